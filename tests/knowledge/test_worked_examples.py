"""The contract's worked examples, to the letter."""

from __future__ import annotations

from tests.knowledge.profiles import FOREIGN_GUEST, LISTS, SEMESTER_ABROAD, assessed, ids, item, statuses


def test_a_student_going_abroad_for_a_semester() -> None:
    found = assessed(SEMESTER_ABROAD)

    assert (found["mobility_type"], found["outside_scope"]) == ("student_outbound_international", None)
    assert (found["duration_category"], found["verdict"]) == ("long", "eligible")
    assert {one["id"]: (one["status"], one["clauses"]) for one in found["criteria"]} == {
        "level": ("met", ["III.A.2.a.1.a.p1"]),
        "active_student": ("met", ["III.A.2.a.1.a.1"]),
        "second_year": ("met", ["III.A.2.a.1.a.2"]),
        "gpa": ("met", ["III.A.2.a.1.a.3"]),
        "english": ("met", ["III.A.2.a.1.a.4"]),
    }
    passport, health = (item(found, "conditions", key) for key in ("passport_validity", "health_check"))
    assert (passport["status"], passport["clauses"]) == ("met", ["III.A.2.d.1.p1"])
    assert (health["status"], health["clauses"]) == ("unknown", ["III.A.2.d.3.a"])
    assert {"health_check", "health_and_life_insurance", "has_sp_setneg", "reciprocal_agreement"} <= set(
        found["missing"]
    )
    assert "toefl_itp" not in found["missing"]


def test_its_documents_visa_deadlines_and_fees() -> None:
    found = assessed(SEMESTER_ABROAD)

    registration = [one for one in found["documents"] if one["stage"] == "registration"]
    assert [(one["required"], one["clauses"]) for one in registration] == [
        (True, [f"III.A.2.a.2.d.{number}"]) for number in range(1, 7)
    ]
    permit = [one for one in found["documents"] if one["stage"] == "permit"]
    assert [(one["required"], one["clauses"]) for one in permit] == [
        (True, [f"III.A.2.d.4.{letter}"]) for letter in "abcdef"
    ]
    assert (registration[0]["id"], permit[0]["id"]) == ("cv", "sp_setneg_loa")
    visa = item(found, "immigration", "student_visa")
    assert (visa["required"], visa["clauses"]) == (True, ["III.A.2.d.2.a"])
    selection = item(found, "deadlines", "selection_finished")
    assert {key: selection[key] for key in ("date", "working_date", "from", "clauses")} == {
        "date": "2027-06-01",
        "working_date": "2027-05-31",  # 1 June is a public holiday
        "from": "departure_date",
        "clauses": ["III.A.2.a.2.b"],
    }
    assert found["fees"] == []


def test_a_foreign_student_coming_for_65_days() -> None:
    found = assessed(FOREIGN_GUEST)

    assert (found["mobility_type"], found["verdict"]) == ("student_inbound_international", "decided_elsewhere")
    assert [(one["id"], one["status"], one["clauses"]) for one in found["criteria"]] == [
        ("home_selection", "decided_elsewhere", ["III.B.2.a.p1"])
    ]
    passport = item(found, "conditions", "passport_validity")
    assert (passport["status"], passport["clauses"]) == ("unknown", ["III.B.2.c.1.p1"])
    required = {one["id"]: one["clauses"] for one in found["immigration"] if one["required"]}
    assert required["study_permit_itas_merp"] == ["III.B.2.c.2.c"]
    assert required["exit_permit"] == ["III.B.2.c.2.e"]
    assert not {"visit_visa", "telex_visa", "vitas_merp"} & set(ids(found, "immigration"))
    (fee,) = found["fees"]
    assert {key: fee[key] for key in ("id", "amount", "currency", "clauses", "year")} == {
        "id": "permit_fee",
        "amount": None,
        "currency": "IDR",
        "clauses": ["III.B.2.f.2.p2"],
        "year": 2021,
    }
    assert all(part in fee["text"] for part in ("60 days", "3 months", "6 months", "Rp1,900,000", "2021"))
    assert {
        one["id"]: (one["date"], one["working_date"], one["from"], one["clauses"]) for one in found["deadlines"]
    } == {
        "loa_request": ("2027-02-15", "2027-02-15", "start_date", ["III.B.2.b.1"]),
        "loa_issued": ("2027-02-22", "2027-02-22", "start_date", ["III.B.2.b.2"]),
        "flight_details": ("2027-03-08", "2027-03-05", "arrival_date", ["III.B.2.f.1"]),
        "exit_permit": ("2027-04-18", "2027-04-16", "return_date", ["III.B.2.c.2.e"]),
    }


def test_not_for_this_procedure() -> None:
    found = assessed(role="student", home="indonesia", host="abroad")

    assert (found["mobility_type"], found["verdict"], found["missing"]) == (None, "undetermined", [])
    assert "neither" in found["outside_scope"]
    assert "your own institution" in found["outside_scope"]
    assert all(found[name] == [] for name in LISTS)


def test_nothing_of_another_kind_of_mobility_is_in_the_examples() -> None:
    going, coming = assessed(SEMESTER_ABROAD), assessed(FOREIGN_GUEST)

    assert all(clause.startswith(("III.A.2", "IV.B", "I.", "KP")) for clause in clauses(going))
    assert all(clause.startswith(("III.B.2", "IV.B", "I.", "KP")) for clause in clauses(coming))


def test_statuses_are_only_those_of_their_list() -> None:
    found = assessed(SEMESTER_ABROAD)

    assert set(statuses(found).values()) <= {"met", "not_met", "unknown", "confirm", "decided_elsewhere"}
    assert set(statuses(found, "conditions").values()) <= {"met", "not_met", "unknown"}


def clauses(assessment: dict[str, object]) -> set[str]:
    found = set()
    for name in LISTS:
        listed = assessment[name]
        assert isinstance(listed, list)
        found |= {clause for one in listed for clause in one["clauses"]}
    return found
