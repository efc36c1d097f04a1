"""What must be in order before going: insurance, permissions, agreement, length; and the lists of staff."""

from __future__ import annotations

import pytest

from tests.knowledge.profiles import (
    LECTURER_ABROAD,
    LECTURER_AT_HOME,
    LECTURER_FROM_ABROAD,
    LECTURER_FROM_INDONESIA,
    OF_EACH_TYPE,
    STUDENT_ABROAD,
    STUDENT_AT_HOME,
    STUDENT_FROM_ABROAD,
    STUDENT_FROM_INDONESIA,
    Facts,
    assessed,
    ids,
    item,
    statuses,
)

POSSESSIONS = [
    (STUDENT_ABROAD, "insurance", "health_and_life_insurance", "III.A.2.d.3.c"),
    (STUDENT_FROM_ABROAD, "insurance", "health_and_life_insurance", "III.B.2.d.p1"),
    (STUDENT_FROM_INDONESIA, "insurance", "health_and_life_insurance", "III.B.1.c.p1"),
    (LECTURER_FROM_ABROAD, "health_insurance", "health_insurance", "II.B.2.d.p1"),
    (LECTURER_FROM_INDONESIA, "health_insurance", "health_insurance", "II.B.1.b.p1"),
    (STUDENT_ABROAD, "health_check", "health_check", "III.A.2.d.3.a"),
    (STUDENT_ABROAD, "sp_setneg", "has_sp_setneg", "III.A.2.d.4.p1"),
    (LECTURER_ABROAD, "sp_setneg", "has_sp_setneg", "II.A.2.a.3"),
    (LECTURER_ABROAD, "written_permission", "has_written_permission", "II.A.2.a.2"),
    (LECTURER_AT_HOME, "written_permission", "has_written_permission", "II.A.1.a.2"),
    (LECTURER_ABROAD, "invitation", "has_invitation", "II.A.2.a.1"),
    (LECTURER_AT_HOME, "invitation", "has_invitation", "II.A.1.a.1"),
    (STUDENT_ABROAD, "invitation", "has_invitation", "III.A.2.c.p1"),
    (STUDENT_FROM_ABROAD, "invitation", "has_invitation", "III.B.2.b.2"),
    (STUDENT_FROM_INDONESIA, "agreement", "has_agreement", "III.B.1.b.1"),
    (STUDENT_FROM_ABROAD, "agreement", "has_agreement", "III.B.2.e.1"),
    (LECTURER_FROM_ABROAD, "agreement", "has_agreement", "II.B.2.a.1"),
    (LECTURER_FROM_INDONESIA, "agreement", "has_agreement", "II.B.1.a.1"),
]


@pytest.mark.parametrize(("profile", "key", "fact", "clause"), POSSESSIONS)
def test_a_condition_follows_its_fact_and_never_the_verdict(profile: Facts, key: str, fact: str, clause: str) -> None:
    expected = {None: "unknown", True: "met", False: "not_met"}
    verdicts = set()
    for value, status in expected.items():
        found = assessed(profile, {fact: value})
        verdicts.add(found["verdict"])
        one = item(found, "conditions", key)
        assert one["status"] == status
        assert clause in one["clauses"]
        assert (fact in found["missing"]) == (value is None)
    assert len(verdicts) == 1
    assert "not_eligible" not in verdicts


def test_insurance_is_no_duty_where_the_pob_names_none() -> None:
    for profile in (STUDENT_AT_HOME, LECTURER_ABROAD, LECTURER_AT_HOME):
        found = assessed(profile, health_insurance=False, health_and_life_insurance=False)
        assert not {"insurance", "health_insurance"} & set(ids(found, "conditions"))


def test_national_students_without_agreement_are_told_that_it_cannot_proceed() -> None:
    found = assessed(STUDENT_FROM_INDONESIA, has_agreement=False)

    assert "cannot proceed" in item(found, "conditions", "agreement")["text"]
    assert found["verdict"] == "decided_elsewhere"
    international = item(assessed(STUDENT_FROM_ABROAD, has_agreement=False), "conditions", "agreement")
    assert (international["status"], "not as a condition of acceptance" in international["note"]) == ("not_met", True)


@pytest.mark.parametrize(
    ("facts", "special", "near"),
    [
        ({"duration_days": 84}, False, False),
        ({"duration_days": 85}, False, True),
        ({"duration_days": 88}, False, True),
        ({"duration_days": 89}, True, True),  # it may be three months: 1 February to 30 April
        ({"duration_days": 95}, True, True),
        ({"duration_days": 96}, True, False),
        ({"start_date": "2027-02-01", "duration_days": 88}, False, True),
        ({"start_date": "2027-02-01", "duration_days": 89}, True, True),  # exactly three months
        ({"start_date": "2027-03-01", "duration_days": 91}, False, True),
        ({"start_date": "2027-03-01", "duration_days": 92}, True, True),
        ({"duration_days": 31}, False, False),
    ],
)
def test_special_permission_of_staff_from_three_calendar_months(facts: Facts, special: bool, near: bool) -> None:
    found = assessed(LECTURER_ABROAD, facts)

    assert ("special_permission" in ids(found, "documents")) == special
    assert ("special_permission_nearby" in ids(found, "procedure")) == near
    if facts["duration_days"] > 30:
        assert found["duration_category"] == "long"


def test_special_permission_is_open_while_the_length_is() -> None:
    found = item(assessed(LECTURER_ABROAD), "documents", "special_permission")

    assert (found["required"], "3 months" in found["when"]) == (False, True)
    assert "special_permission" not in ids(assessed(LECTURER_AT_HOME, duration_days=200), "documents")


@pytest.mark.parametrize(("dipa", "required"), [(True, True), (None, False)])
@pytest.mark.parametrize("profile", [LECTURER_ABROAD, LECTURER_AT_HOME])
def test_dipa_money_asks_for_all_three_elements(profile: Facts, dipa: bool | None, required: bool) -> None:
    found = assessed(profile, dipa_funded=dipa)
    tridarma = [one for one in found["obligations"] if one["id"].startswith("tridarma")]

    assert [one["required"] for one in tridarma] == [required] * 3
    assert not [one for one in assessed(profile, dipa_funded=False)["obligations"] if one["id"].startswith("tridarma")]
    tendik = assessed(profile, role="education_staff", dipa_funded=True)["obligations"]
    assert all("Written for lecturers" in one["note"] for one in tendik if one["id"].startswith("tridarma"))


@pytest.mark.parametrize(
    ("facts", "shown", "required"),
    [
        ({"collects_research_data": True}, True, True),
        ({"collects_research_data": False}, False, False),
        ({}, True, False),
    ],
)
def test_a_research_permit_only_for_those_who_collect_data(facts: Facts, shown: bool, required: bool) -> None:
    found = assessed(LECTURER_FROM_ABROAD, facts, citizenship="foreign")

    assert ("research_permit" in ids(found, "immigration")) == shown
    if shown:
        permit = item(found, "immigration", "research_permit")
        papers = item(found, "documents", "research_permit_documents")
        assert (permit["required"], papers["required"]) == (required, required)
        assert "annex 1" in papers["note"]
        assert "BRIN" in permit["note"]


@pytest.mark.parametrize(
    ("paid", "shown", "required"), [(True, True, True), (False, False, False), (None, True, False)]
)
def test_a_working_visa_only_for_those_on_a_unnes_salary(paid: bool | None, shown: bool, required: bool) -> None:
    found = assessed(LECTURER_FROM_ABROAD, citizenship="foreign", paid_by_unnes=paid)

    assert ("working_visa" in ids(found, "immigration")) == shown
    if shown:
        assert item(found, "immigration", "working_visa")["required"] == required


def test_staff_have_no_line_at_sixty_days() -> None:
    texts = [
        assessed(LECTURER_FROM_ABROAD, citizenship="foreign", stay_days=days)["immigration"] for days in (3, 61, 93)
    ]

    assert texts[0] == texts[1] == texts[2]
    assert all("day limit" in item({"x": texts[0]}, "x", key)["note"] for key in ("visa_type", "vitas"))


def test_education_staff_follow_the_staff_way_and_are_told_that_it_was_written_for_lecturers() -> None:
    for profile in (LECTURER_ABROAD, LECTURER_AT_HOME):
        lecturer, tendik = assessed(profile), assessed(profile, role="education_staff")
        assert ids(tendik, "documents") == ids(lecturer, "documents")
        assert ids(tendik, "conditions") == ids(lecturer, "conditions")
        assert "education_staff" in ids(tendik, "procedure")
        assert "education_staff" not in ids(lecturer, "procedure")
        notes = [one.get("note", "") for one in (*tendik["conditions"], *tendik["criteria"])]
        assert all("lecturers" in note for note in notes)


@pytest.mark.parametrize(
    ("profile", "programme", "days", "status"),
    [
        (STUDENT_ABROAD, "internship", 29, "not_met"),
        (STUDENT_ABROAD, "internship", 30, "met"),  # "1 month", as people say it
        (STUDENT_ABROAD, "teaching_practice", 29, "not_met"),
        (STUDENT_ABROAD, "teaching_practice", 30, "met"),
        (STUDENT_ABROAD, "community_service", 29, "not_met"),
        (STUDENT_ABROAD, "community_service", 30, "met"),
        (STUDENT_ABROAD, "sit_in_short_course", 1, "met"),
        (STUDENT_ABROAD, "sit_in_short_course", 31, "met"),
        (STUDENT_ABROAD, "sit_in_short_course", 32, "not_met"),
        (STUDENT_ABROAD, "credit_transfer", 6, "not_met"),
        (STUDENT_ABROAD, "credit_transfer", 7, "met"),
        (STUDENT_ABROAD, "credit_transfer", 366, "met"),
        (STUDENT_ABROAD, "credit_transfer", 367, "not_met"),
        (STUDENT_FROM_ABROAD, "darmasiswa", 364, "not_met"),
        (STUDENT_FROM_ABROAD, "darmasiswa", 365, "met"),
        (STUDENT_FROM_ABROAD, "darmasiswa", 367, "not_met"),
        (STUDENT_FROM_ABROAD, "bipa", 7, "met"),
        (STUDENT_AT_HOME, "national_internship", 179, "not_met"),
        (STUDENT_AT_HOME, "national_internship", 180, "met"),  # "6 months"
        (STUDENT_AT_HOME, "national_community_service", 30, "met"),
        (STUDENT_AT_HOME, "national_field_study", 32, "not_met"),
        (STUDENT_AT_HOME, "national_credit_transfer", None, "unknown"),
    ],
)
def test_programmes_have_the_length_that_the_pob_states(
    profile: Facts, programme: str, days: int | None, status: str
) -> None:
    found = assessed(profile, programme=programme, duration_days=days)

    assert statuses(found, "conditions")["programme_length"] == status
    assert found["verdict"] != "not_eligible"


@pytest.mark.parametrize(
    ("profile", "programme"),
    [
        (STUDENT_ABROAD, "joint_degree"),
        (STUDENT_FROM_ABROAD, "bachelor_and_graduate"),
        (STUDENT_AT_HOME, "regular_double_degree"),
        (STUDENT_ABROAD, "other"),
        (LECTURER_ABROAD, "guest_lecturer"),
        (STUDENT_FROM_INDONESIA, "national_internship"),
    ],
)
def test_no_length_is_made_up_where_the_pob_states_none(profile: Facts, programme: str) -> None:
    assert "programme_length" not in ids(assessed(profile, programme=programme, duration_days=1), "conditions")


def test_degree_seekers_apply_as_new_students() -> None:
    found = assessed(STUDENT_FROM_ABROAD, programme="bachelor_and_graduate", citizenship="foreign", stay_days=400)

    assert "new UNNES student" in item(found, "criteria", "home_selection")["text"]
    assert not {"loa_request", "loa_issued"} & set(ids(found, "deadlines"))
    assert "new_student_admission" in ids(found, "procedure")
    assert "agreement" not in ids(found, "conditions")
    assert {"study_permit_itas_merp", "telex_visa"} <= set(ids(found, "immigration"))
    assert "international_class_scholarship" in ids(found, "funding")


def test_every_key_of_the_contract_is_there_for_every_type() -> None:
    for mobility_type, profile in OF_EACH_TYPE.items():
        found = assessed(profile)
        assert found["mobility_type"] == mobility_type
        for document in found["documents"]:
            assert document["stage"] in (
                *("registration", "loa", "permit", "visa", "departure", "arrival", "during", "return"),
            )
        assert all(isinstance(one["required"], bool) for one in (*found["documents"], *found["deadlines"]))
        assert all({"date", "working_date", "from"} <= set(one) for one in found["deadlines"])
        assert all({"amount", "currency"} <= set(one) for one in found["fees"])


def test_texts_of_sections_that_speak_of_students_never_call_an_indonesian_foreign() -> None:
    found = assessed(STUDENT_FROM_INDONESIA, citizenship="indonesian", programme="national_credit_transfer")
    texts = [
        text
        for name in found
        if isinstance(found[name], list)
        for one in found[name]
        if isinstance(one, dict)
        for text in (one["text"], one.get("when", ""))
    ]

    assert not [text for text in texts if "foreign" in text.lower()]


def test_rights_after_a_joint_degree_do_not_promise_a_second_diploma() -> None:
    joint = item(assessed(STUDENT_FROM_ABROAD, programme="joint_degree"), "rights", "diploma_and_transcript")
    double = item(assessed(STUDENT_FROM_ABROAD, programme="double_degree"), "rights", "diploma_and_transcript")

    assert "depends on" in joint["text"]
    assert "diploma and transcript" in double["text"]
