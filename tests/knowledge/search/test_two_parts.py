"""Where a question asks two things."""

from __future__ import annotations

import pytest

from knowledge.search.answering.answerer import Answerer
from knowledge.search.answering.two_parts import halves


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("berapa biaya itas dan apa syarat telex visa?", ("berapa biaya itas", "apa syarat telex visa")),
        ("how long is it and who pays for it?", ("how long is it", "who pays for it")),
        ("berapa lama magang? siapa yang bayar?", ("berapa lama magang", "siapa yang bayar")),
        ("biaya dan syarat visa?", None),  # two words for one thing
        ("visa, paspor dan asuransi", None),
        ("satu dua dan tiga empat dan lima enam", None),
        ("apa itu LoA?", None),
        ("", None),
    ],
)
def test_a_question_has_two_halves_where_two_are_joined(question: str, parts: tuple[str, str] | None) -> None:
    assert halves(question) == parts


def test_a_comparison_is_one_question(answerer: Answerer) -> None:
    assert answerer.answer("apa beda joint degree dan double degree?").topics == ("joint_or_double",)


def test_each_half_gets_its_topic(answerer: Answerer) -> None:
    answer = answerer.answer("what GPA do I need for exchange abroad and how long must my passport be valid?")

    assert set(answer.topics) == {"gpa_minimum", "passport_student"}
    assert len(answer.parts) == 2
