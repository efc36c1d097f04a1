"""How well questions are answered: shares by language and style, and the worst confusions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from knowledge.search.answering.answer import Answer
from knowledge.search.answering.answerer import Answerer
from knowledge.search.outside import Question

_WORST = 12


@dataclass(frozen=True, slots=True)
class Judged:
    """A labelled question with the answer it got."""

    question: Question
    answer: Answer

    @property
    def inside(self) -> bool:
        """Whether the knowledge holds an answer."""
        return bool(self.question.clauses)

    @property
    def right(self) -> bool:
        """Whether the answer cites a clause that answers the question."""
        return self.answer.answered and bool(set(self.question.clauses) & set(self.answer.clauses))

    @property
    def right_among_three(self) -> bool:
        """Whether the answer or one of its suggestions does."""
        suggested = {clause for suggestion in self.answer.suggestions for clause in suggestion.clauses}
        return self.right or bool(set(self.question.clauses) & suggested)

    @property
    def wrong(self) -> bool:
        """Whether it was answered, and wrongly."""
        return self.answer.answered and not self.right


def ask_all(answerer: Answerer, questions: Sequence[Question]) -> list[Judged]:
    """Every question answered."""
    return [Judged(question, answerer.answer(question.question)) for question in questions]


@dataclass(frozen=True, slots=True)
class Measures:
    """Shares of a group of questions, 0 to 1; None where the group has no question of that sort."""

    inside: int
    outside: int
    hit_1: float | None
    """Answered, and rightly."""
    hit_3: float | None
    """The right clause is in the answer or its suggestions."""
    precision: float | None
    """Of the answers given to questions inside the knowledge, the right ones."""
    wrong: float | None
    """Of the questions inside, those answered wrongly."""
    false_refusal: float | None
    """Of the questions inside, those that got no answer."""
    refusal: float | None
    """Of the questions outside, those that got no answer."""


COLUMNS = ("inside", "outside", "hit@1", "hit@3", "precision", "wrong", "false refusal", "refusal")


def measure(judged: Sequence[Judged]) -> Measures:
    """The shares of *judged*."""
    inside = [one for one in judged if one.inside]
    outside = [one for one in judged if not one.inside]
    answered = [one for one in inside if one.answer.answered]
    return Measures(
        inside=len(inside),
        outside=len(outside),
        hit_1=_share(inside, lambda one: one.right),
        hit_3=_share(inside, lambda one: one.right_among_three),
        precision=_share(answered, lambda one: one.right),
        wrong=_share(inside, lambda one: one.wrong),
        false_refusal=_share(inside, lambda one: not one.answer.answered),
        refusal=_share(outside, lambda one: not one.answer.answered),
    )


def curve(judged: Sequence[Judged]) -> list[tuple[float, float]]:
    """Coverage and precision for every confidence from which one might answer, the most careful first.

    *judged*: answered without a threshold. Coverage: of the questions inside, those answered; precision: of all
    answers, also those to questions outside, the right ones.
    """
    inside = sum(one.inside for one in judged)
    points, answered, right, covered = [], 0, 0, 0
    for one in sorted((one for one in judged if one.answer.answered), key=lambda one: -one.answer.confidence):
        answered, right, covered = answered + 1, right + one.right, covered + one.inside
        points.append((covered / inside, right / answered))
    return points


class Evaluation:
    """The answers to a set of labelled questions, judged."""

    def __init__(self, judged: Sequence[Judged]) -> None:
        self.judged = judged

    def groups(self) -> Iterator[tuple[str, Measures]]:
        """All questions, then those of each language and of each style."""
        yield "all", measure(self.judged)
        for lang in ("id", "en"):
            yield f"language {lang}", measure([one for one in self.judged if one.question.lang == lang])
        for style in sorted({one.question.style for one in self.judged}):
            yield f"style {style}", measure([one for one in self.judged if one.question.style == style])

    def language_recognised(self) -> float:
        """The share of questions answered in the language they were asked in."""
        return _share(self.judged, lambda one: one.answer.lang == one.question.lang) or 0.0

    def confusions(self) -> Iterator[str]:
        """The wrong answers by topic, the most frequent first."""
        wrong = [one for one in self.judged if one.wrong]
        for topic, count in Counter(one.answer.topics[0] for one in wrong).most_common(_WORST):
            example = next(one for one in wrong if one.answer.topics[0] == topic)
            wanted = ", ".join(example.question.clauses) or "nothing (outside)"
            yield f"{count} × {topic}, such as {example.question.question!r}; right would be {wanted}"

    def mistakes(self) -> Iterator[str]:
        """Every question that did not get what it should."""
        for one in self.judged:
            if one.wrong or (one.inside and not one.right):
                got = ", ".join(one.answer.topics) or f"{one.answer.kind}"
                others = ", ".join(suggestion.topic for suggestion in one.answer.suggestions)
                wanted = ", ".join(one.question.clauses) or "outside"
                asked = f"{one.question.id} {one.answer.confidence:.2f} {one.question.question!r}"
                yield f"{asked}: {got} ({others}); {wanted}"


def table(rows: Sequence[tuple[str, Measures]]) -> str:
    """The measures as aligned text."""
    lines: list[tuple[str, ...]] = [("", *COLUMNS)]
    for name, one in rows:
        shares = (one.hit_1, one.hit_3, one.precision, one.wrong, one.false_refusal, one.refusal)
        cells = ("-" if share is None else f"{share:.1%}" for share in shares)
        lines.append((name, str(one.inside), str(one.outside), *cells))
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    return "\n".join(
        "  ".join(
            _padded(cell, width, place) for place, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )


def _padded(cell: str, width: int, place: int) -> str:
    return cell.ljust(width) if place == 0 else cell.rjust(width)


def _share(group: Sequence[Judged], counts: Callable[[Judged], bool]) -> float | None:
    return sum(map(counts, group)) / len(group) if group else None
