"""Profiles for the tests of the knowledge, and short ways to assess them and to look at the result."""

from __future__ import annotations

from datetime import date
from typing import Any

from knowledge import assess, load

TODAY = date(2027, 3, 1)
KNOWLEDGE = load()

Facts = dict[str, Any]

STUDENT_ABROAD: Facts = {"role": "student", "home": "unnes", "host": "abroad"}
STUDENT_AT_HOME: Facts = {"role": "student", "home": "unnes", "host": "indonesia"}
STUDENT_FROM_ABROAD: Facts = {"role": "student", "home": "abroad", "host": "unnes"}
STUDENT_FROM_INDONESIA: Facts = {"role": "student", "home": "indonesia", "host": "unnes"}
LECTURER_ABROAD: Facts = {"role": "lecturer", "home": "unnes", "host": "abroad"}
LECTURER_AT_HOME: Facts = {"role": "lecturer", "home": "unnes", "host": "indonesia"}
LECTURER_FROM_ABROAD: Facts = {"role": "lecturer", "home": "abroad", "host": "unnes"}
LECTURER_FROM_INDONESIA: Facts = {"role": "lecturer", "home": "indonesia", "host": "unnes"}
OF_EACH_TYPE: dict[str, Facts] = {
    "student_outbound_international": STUDENT_ABROAD,
    "student_outbound_national": STUDENT_AT_HOME,
    "student_inbound_international": STUDENT_FROM_ABROAD,
    "student_inbound_national": STUDENT_FROM_INDONESIA,
    "staff_outbound_international": LECTURER_ABROAD,
    "staff_outbound_national": LECTURER_AT_HOME,
    "staff_inbound_international": LECTURER_FROM_ABROAD,
    "staff_inbound_national": LECTURER_FROM_INDONESIA,
}

# The worked examples of the contract.
SEMESTER_ABROAD: Facts = STUDENT_ABROAD | {
    "programme": "credit_transfer",
    "level": "s1",
    "citizenship": "indonesian",
    "active_student": True,
    "semester": 5,
    "gpa": 3.4,
    "ielts": 5.5,
    "registration_date": "2027-04-01",
    "passport_expiry": "2028-04-01",
    "start_date": "2027-09-01",
    "duration_days": 150,
}
FOREIGN_GUEST: Facts = STUDENT_FROM_ABROAD | {
    "citizenship": "foreign",
    "start_date": "2027-03-15",
    "duration_days": 65,
}

LISTS = (
    *("criteria", "conditions", "documents", "immigration", "deadlines", "fees", "funding", "obligations", "rights"),
    *("procedure", "contacts"),
)


def assessed(*parts: Facts, today: date = TODAY, lang: Any = "en", **facts: Any) -> dict[str, Any]:
    """The JSON object of the profile that *parts* and *facts* make together; a fact that is None is left out."""
    profile: Facts = {}
    for part in (*parts, facts):
        profile |= part
    known = {key: value for key, value in profile.items() if value is not None}
    return assess(KNOWLEDGE, known, lang=lang, today=today).as_dict()


def statuses(assessment: dict[str, Any], name: str = "criteria") -> dict[str, str]:
    """The status of each item of a list."""
    return {item["id"]: item["status"] for item in assessment[name]}


def ids(assessment: dict[str, Any], name: str) -> list[str]:
    """The ids of a list, in its order."""
    return [item["id"] for item in assessment[name]]


def item(assessment: dict[str, Any], name: str, key: str) -> dict[str, Any]:
    """The one item of a list with this id."""
    (found,) = (one for one in assessment[name] if one["id"] == key)
    return dict(found)
