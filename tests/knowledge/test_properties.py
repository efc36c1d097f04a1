"""What holds for every profile, whatever is known of it."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.knowledge.any_profile import VALUES, profiles, settled_by_default
from tests.knowledge.profiles import KNOWLEDGE, LISTS, TODAY, Facts, assessed, statuses

OTHER_TYPES = {
    # An accelerated double degree may lead abroad; its clauses stand in the national section (contract, fine print).
    "I.E.3.b.": "student_outbound_international",
    # Categories of length are official for international mobility, a description for national (I1).
    "I.C.1.": "staff_outbound_national, staff_inbound_national",
}
"""Clauses that are cited for a type they do not name, with the reason."""

TEXTS = {"text", "note", "when", "group", "missed", "borne_by", "equivalent"}


def items(assessment: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for name in (*LISTS, "programme"):
        yield from ((name, one) for one in assessment[name])


def without_missing(assessment: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in assessment.items() if key != "missing"}


@given(profiles())
@settings(max_examples=120)
def test_the_verdict_follows_from_the_statuses(profile: Facts) -> None:
    found = assessed(profile)
    seen = set(statuses(found).values())

    if found["mobility_type"] is None:
        expected = "undetermined"
    elif "not_met" in seen:
        expected = "not_eligible"
    elif "unknown" in seen:
        expected = "undetermined"
    elif "confirm" in seen:
        expected = "to_confirm"
    else:
        expected = "eligible" if "met" in seen else "decided_elsewhere"
    assert found["verdict"] == expected


@given(profiles())
@settings(max_examples=120)
def test_every_item_cites_existing_clauses_of_its_own_type_and_has_all_its_keys(profile: Facts) -> None:
    found = assessed(profile)

    for name, one in items(found):
        assert one["clauses"]
        for clause in one["clauses"]:
            types = KNOWLEDGE.clauses[clause].applies_to
            excused = any(
                clause.startswith(start) and found["mobility_type"] in others for start, others in OTHER_TYPES.items()
            )
            assert not types or found["mobility_type"] in types or found["outside_scope"] or excused, (name, one)
        assert one["text"].strip() == one["text"] != ""
        assert "{" not in "".join(str(one.get(key, "")) for key in TEXTS)
        if one.get("required") is False:
            assert one["when"]
    for name in LISTS:
        listed = [one["id"] for one in found[name]]
        assert len(listed) == len(set(listed)), name


@given(profiles(), st.sampled_from(sorted(VALUES)), st.data())
@settings(max_examples=120)
def test_a_fact_that_is_absent_refuses_nobody_and_knowing_more_takes_nothing_back(
    profile: Facts, key: str, data: st.DataObject
) -> None:
    if key in profile or key in settled_by_default(profile) or key in ("role", "home", "host"):
        return
    before = statuses(assessed(profile))
    after = statuses(assessed(profile, {key: data.draw(st.sampled_from(VALUES[key]))}))

    for criterion, status in before.items():
        if status in ("met", "not_met") and criterion in after:
            assert after[criterion] == status
        if status in ("met", "not_met", "confirm"):
            assert criterion in after


@given(profiles(), st.data())
@settings(max_examples=150)
def test_a_fact_that_is_not_missing_changes_nothing(profile: Facts, data: st.DataObject) -> None:
    found = assessed(profile)
    settled = {*profile, *found["missing"], *settled_by_default(profile)}
    for key in data.draw(st.permutations(sorted(set(VALUES) - settled)))[:4]:
        value = data.draw(st.sampled_from(VALUES[key]))
        assert assessed(profile, {key: value}) == found, (key, value)


@given(profiles(), st.integers(0, 2**32))
@settings(max_examples=120)
def test_a_fact_that_is_missing_changes_something_given_suitable_others(profile: Facts, seed: int) -> None:
    found, chance = assessed(profile), Random(seed)
    for key in chance.sample(found["missing"], min(3, len(found["missing"]))):
        assert any(matters(other, key) for other in (profile, *extensions(profile, key, chance))), key


def matters(profile: Facts, key: str) -> bool:
    found = without_missing(assessed(profile))
    return any(without_missing(assessed(profile, {key: value})) != found for value in VALUES[key])


def extensions(profile: Facts, key: str, chance: Random) -> Iterator[Facts]:
    """The profile with more and more of the other facts."""
    for attempt in range(400):
        others = {
            other: chance.choice(values) for other, values in VALUES.items() if chance.random() < 0.3 + attempt / 600
        }
        yield {**{other: value for other, value in others.items() if other != key}, **profile}


@given(profiles())
@settings(max_examples=100)
def test_the_language_changes_texts_only(profile: Facts) -> None:
    assert without_texts(assessed(profile, lang="id")) == without_texts(assessed(profile, lang="en"))


def without_texts(assessment: dict[str, Any]) -> dict[str, Any]:
    stripped: dict[str, Any] = dict(assessment) | {"outside_scope": bool(assessment["outside_scope"])}
    for name in (*LISTS, "programme"):
        stripped[name] = [
            {key: bool(value) if key in TEXTS else value for key, value in one.items()} for one in assessment[name]
        ]
    return stripped


@given(profiles())
@settings(max_examples=100)
def test_the_order_of_the_facts_does_not_matter_and_nothing_is_remembered(profile: Facts) -> None:
    found = assessed(profile)

    assert assessed(dict(reversed(profile.items()))) == found
    assert assessed(profile) == found


def test_what_is_remembered_does_not_grow_with_the_number_of_assessments() -> None:
    rules = KNOWLEDGE.rules(TODAY)

    def kept() -> int:
        return len(rules.shown) + len(rules.fixed["en"]) + len(rules.scopes)

    profiles = [{"home": "unnes", "host": "unnes"}, {"home": "abroad", "host": "unnes", "role": "education_staff"}]
    for profile in profiles:
        assessed(profile)
    before = kept()
    for profile in profiles * 3:
        assessed(profile)
    assert kept() == before
