"""Any profile: random facts with values on both sides of every threshold."""

from __future__ import annotations

from typing import Any, Final

from hypothesis import strategies as st

from knowledge.profile import Profile
from tests.knowledge.profiles import KNOWLEDGE, Facts

DAYS: Final = [
    1,
    7,
    14,
    15,
    30,
    31,
    58,
    60,
    61,
    85,
    88,
    89,
    90,
    92,
    93,
    96,
    119,
    120,
    123,
    184,
    185,
    365,
    366,
    367,
    732,
]
STARTS: Final = ["2027-02-01", "2027-03-15", "2027-05-31", "2028-02-29"]
VALUES: Final[dict[str, list[Any]]] = {
    **{key: list(spec.values) for key, spec in KNOWLEDGE.facts.items() if spec.values},
    "gpa": [2.9, 3.0, 3.24, 3.25, 4],
    "ielts": [4.9, 5.0],
    "toefl_itp": [449, 450],
    "semester": [1, 2, 3, 4, 5],
    "credits_completed_percent": [49, 50],
    "duration_days": DAYS,
    "stay_days": DAYS,
    **dict.fromkeys(("start_date", "arrival_date", "departure_date", "registration_date"), STARTS),
    "return_date": ["2027-04-30", "2027-05-14", "2027-08-31", "2028-01-31", "2028-06-30"],
    "passport_expiry": ["2027-12-31", "2028-02-01", "2028-03-15", "2028-05-30", "2028-05-31", "2030-01-01"],
}
SIDES: Final = [("unnes", "abroad"), ("unnes", "indonesia"), ("abroad", "unnes"), ("indonesia", "unnes")]


def profiles(**fixed: st.SearchStrategy[Any]) -> st.SearchStrategy[Facts]:
    """Profiles of any kind, most of them with UNNES on one side."""
    others = {key: st.sampled_from(values) for key, values in VALUES.items() if key not in ("role", "home", "host")}
    return st.builds(
        _joined,
        st.one_of(st.sampled_from(SIDES), st.tuples(*[st.sampled_from(VALUES["home"])] * 2)),
        st.sampled_from(["student", "student", "student", *VALUES["role"], None]),
        st.fixed_dictionaries(fixed, optional={key: one for key, one in others.items() if key not in fixed}),
    )


def _joined(sides: tuple[str, str], role: str | None, others: Facts) -> Facts:
    home, host = sides
    return {"home": home, "host": host, **({"role": role} if role else {}), **others}


def settled_by_default(profile: Facts) -> set[str]:
    """The facts that are not given but follow from others (contract §1)."""
    known = Profile(KNOWLEDGE, profile)
    found = {key for key in ("bears_credit", "leads_to_degree") if known.value(key) is not None}
    found |= {key for key in ("arrival_date", "departure_date", "return_date") if known.day(key) is not None}
    if known.length("stay") is not None:
        found.add("stay_days")
    return found - set(profile)
