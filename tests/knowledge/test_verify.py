"""The proofs hold for the packs as they are, and fail, with an example, for packs in which something is wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from knowledge import Knowledge
from knowledge.__main__ import main
from knowledge.interview import Goal, Interview
from knowledge.interview.course import Course, Point
from knowledge.loading.item_schema import Item
from knowledge.loading.schema import MobilityTypeFile
from knowledge.proving.best_order import BestOrder
from knowledge.proving.proof import Report, prove
from knowledge.proving.walks import Walks
from tests.knowledge.profiles import KNOWLEDGE, OF_EACH_TYPE, TODAY, Facts

SMALL = [
    *("staff_outbound_national", "staff_inbound_national", "staff_outbound_international"),
    "staff_inbound_international",
]
TYPE = "staff_outbound_national"


def test_the_real_packs_hold() -> None:
    report = prove(KNOWLEDGE, today=TODAY, bounds=False)

    assert report.failures == []
    assert {one.mobility_type for one in report.types} == set(OF_EACH_TYPE)
    assert report.classes > 1000
    assert report.claims > 500
    assert "Everything holds." in report.as_text()


def test_the_amounts_of_another_day_hold_too() -> None:
    changed = {
        "visit_visa_stay": 30,
        "telex_threshold": 2,
        "gpa_minimum_international": 3.5,
        "special_permission_length": 6,
    }
    parameters = {
        key: parameter.model_copy(
            update={"values": {day: float(changed.get(key, value)) for day, value in parameter.values.items()}}
        )
        for key, parameter in KNOWLEDGE.parameters.items()
    }
    knowledge = fresh(replace(KNOWLEDGE, parameters=parameters))

    assert prove(knowledge, today=TODAY, bounds=False).failures == []


def fresh(knowledge: Knowledge) -> Knowledge:
    """The knowledge with nothing compiled yet."""
    return replace(knowledge, _rules={})


def with_type(change: Callable[[MobilityTypeFile], MobilityTypeFile], key: str = TYPE) -> Report:
    """The report on the packs with one mobility type changed."""
    types = dict(KNOWLEDGE.types) | {key: change(KNOWLEDGE.types[key])}
    return prove(fresh(replace(KNOWLEDGE, types=types)), today=TODAY, bounds=False, only=[key])


def with_item(name: str, key: str = TYPE, index: int = 0, **update: Any) -> Report:
    """The report on the packs with one item of a mobility type changed."""

    def change(file: MobilityTypeFile) -> MobilityTypeFile:
        items: list[Item] = list(getattr(file, name))
        items[index] = items[index].model_copy(update=update)
        return file.model_copy(update={name: tuple(items)})

    return with_type(change, key)


def index_of(name: str, key: str, item: str) -> int:
    return [one.id for one in getattr(KNOWLEDGE.types[key], name)].index(item)


@pytest.mark.parametrize(
    "when",
    [
        {"duration": {"over": "special_permission_length", "below": "special_permission_near_low"}},
        {"role": "student"},
        {"home": "abroad"},
        {"dipa_funded": True, "not": {"dipa_funded": True}},
        {"programme": "darmasiswa"},
    ],
)
def test_a_rule_that_nobody_reaches_is_reported(when: dict[str, Any]) -> None:
    report = with_item("obligations", when=when)

    (failure,) = report.failures
    assert failure.startswith(f"{TYPE}: obligations 'tridarma_teaching' can never hold")
    assert "'when'" in failure
    assert not report.holds
    assert f"FAILED: {failure}" in report.as_text()


def test_a_programme_that_does_not_fit_the_type_is_reported() -> None:
    assert any("can never hold" in failure for failure in with_item("obligations", programmes=("bipa",)).failures)


def test_a_variant_that_another_hides_is_reported() -> None:
    index = index_of("conditions", TYPE, "written_permission")
    variant = KNOWLEDGE.types[TYPE].conditions[index].variants[0]
    report = with_item("conditions", index=index, variants=(variant, variant))

    assert [failure for failure in report.failures if "variant 1 can never be used" in failure]


NEVER_MET = {"semester": {"at_least": "ielts_minimum", "below": "second_year_first_semester"}}
WHEN_MET = {"semester": {"at_least": "second_year_completed_semester"}}
ALWAYS_MET = {"any": [{"has_invitation": True}, {"has_invitation": False}]}


@pytest.mark.parametrize(
    ("name", "item", "update", "said"),
    [
        ("criteria", "second_year", {"met": NEVER_MET}, "can never be met"),
        ("criteria", "second_year", {"confirm": WHEN_MET}, "can never be to confirm"),
        ("conditions", "invitation", {"met": ALWAYS_MET}, "can never be not_met"),
        ("documents", "cv", {"required_when": {"home": "abroad"}}, "can never be required"),
        ("documents", "cv", {"when_text": None}, "does not say when"),
    ],
)
def test_a_status_or_duty_that_nothing_reaches_is_reported(
    name: str, item: str, update: dict[str, Any], said: str
) -> None:
    key = "student_outbound_national"
    report = with_item(name, key=key, index=index_of(name, key, item), **update)

    assert [failure for failure in report.failures if said in failure and f"'{item}'" in failure]


def test_a_text_that_cannot_be_filled_or_a_clause_that_is_not_there_is_reported_with_an_example() -> None:
    text = KNOWLEDGE.types[TYPE].obligations[0].text.model_copy(update={"en": ""})
    empty = with_item("obligations", text=text).failures
    homeless = with_item("obligations", clauses=("II.A.9",)).failures

    assert any("with {" in failure and "empty or unfilled in 'en'" in failure for failure in empty)
    assert any("with {" in failure and "no clause that exists" in failure for failure in homeless)


def test_two_types_for_one_profile_are_reported() -> None:
    failures = with_type(lambda file: file.model_copy(update={"when": {"home": "unnes"}})).failures

    assert any("2 types" in failure and "'home': 'unnes'" in failure for failure in failures)


def test_a_profile_without_a_type_and_a_type_without_a_profile_are_reported() -> None:
    failures = with_type(
        lambda file: file.model_copy(update={"when": {"home": "unnes", "not": {"home": "unnes"}}})
    ).failures

    assert any("0 types" in failure and "'host': 'indonesia'" in failure for failure in failures)
    assert f"{TYPE}: nobody is of this kind; correct its 'when'" in failures


def test_a_question_that_nobody_needs_is_reported() -> None:
    spec = KNOWLEDGE.facts["dipa_funded"].model_copy(update={"key": "likes_tea"})
    knowledge = fresh(replace(KNOWLEDGE, facts={**KNOWLEDGE.facts, "likes_tea": spec}))

    assert [failure for failure in prove(knowledge, today=TODAY, only=[]).failures if "'likes_tea'" in failure]


def test_a_question_that_changes_nothing_any_more_is_reported_with_an_example() -> None:
    always = {"any": [{"unless": {"dipa_funded": True}}, {"dipa_funded": True}]}

    def change(file: MobilityTypeFile) -> MobilityTypeFile:
        only = file.obligations[0].model_copy(update={"when": always, "variants": ()})
        return file.model_copy(update={"obligations": (only,)})

    failures = [failure for failure in with_type(change).failures if "is asked after" in failure]

    assert failures[0].startswith(f"{TYPE}, all: 'dipa_funded' is asked after {{'home': 'unnes', 'host': 'indonesia'")
    assert failures[0].endswith("but changes nothing")


@pytest.mark.parametrize("mobility_type", SMALL)
def test_the_best_order_is_the_best_of_all_orders(mobility_type: str) -> None:
    course = Interview(KNOWLEDGE).course(KNOWLEDGE.rules(TODAY), mobility_type, Goal.ALL)

    assert BestOrder(course).mean() == pytest.approx(best_of_all(course))


@pytest.mark.parametrize("mobility_type", ["student_outbound_national", "student_inbound_international"])
@pytest.mark.parametrize("goal", [Goal.DOCUMENTS, Goal.DEADLINES, Goal.IMMIGRATION])
def test_the_best_order_of_a_part_is_the_best_of_all_orders(mobility_type: str, goal: Goal) -> None:
    course = Interview(KNOWLEDGE).course(KNOWLEDGE.rules(TODAY), mobility_type, goal)

    assert BestOrder(course).mean() == pytest.approx(best_of_all(course))


def best_of_all(course: Course) -> float:
    """Every order is tried: at every point every open fact, with every class of answers."""

    @cache
    def cost(point: Point) -> float:
        return min((asking(point, fact) for fact in point.open), default=0.0)

    def asking(point: Point, fact: str) -> float:
        return 1 + sum(answer.weight * cost(point.take(fact, answer.value)) for answer in course.classes(fact))

    return cost(course.start)


@pytest.mark.parametrize(
    ("mobility_type", "goal"),
    [
        ("staff_inbound_national", Goal.ALL),
        ("student_outbound_national", Goal.DOCUMENTS),
        ("student_inbound_international", Goal.IMMIGRATION),
        ("student_outbound_international", Goal.DEADLINES),
    ],
)
def test_the_walks_are_those_of_real_interviews(mobility_type: str, goal: Goal) -> None:
    interview, rules = Interview(KNOWLEDGE), KNOWLEDGE.rules(TODAY)
    course = interview.course(rules, mobility_type, goal)
    figures = Walks(course).figures(course.start)

    def walked(answers: Facts) -> tuple[int, int, float]:
        """Number, longest and mean of the interviews from here on, each answered question by question."""
        here = interview.position(answers, today=TODAY, goal=goal)
        if here.question is None or here.phase != "core":
            return 1, 0, 0.0
        walks, longest, mean = 0, 0, 1.0
        for answer in course.classes(here.question.key):
            below = walked(answers | {here.question.key: answer.value})
            walks, longest, mean = walks + below[0], max(longest, 1 + below[1]), mean + answer.weight * below[2]
        return walks, longest, mean

    walks, longest, mean = walked(dict(OF_EACH_TYPE[mobility_type]))

    assert (walks, longest) == (figures.walks, figures.longest)
    assert mean == pytest.approx(figures.mean)


def test_the_command_prints_its_figures_and_fails_loudly(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(BestOrder, "mean", lambda _: 3.0)
    assert main(["verify", "--today", "2027-03-01"]) == 0
    out = capsys.readouterr().out
    assert all(key in out for key in OF_EACH_TYPE)
    assert "Everything holds." in out

    monkeypatch.setattr("knowledge.proving.proof._verdicts_are_single", lambda: ["an example"])
    assert main(["verify", "--today", "2027-03-01"]) == 1
    assert "FAILED: an example" in capsys.readouterr().out
