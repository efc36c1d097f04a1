"""`python -m knowledge train`: builds the index and learns the weights from the development questions.

The questions are not among the phrasings, so nothing here is ever found by itself; the test part is never looked at.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from knowledge.search.arrays import Doubles
from knowledge.search.outside import Question
from knowledge.search.weighing.engine import Search
from knowledge.search.weighing.fitting import Marks, fit_calibration, fit_choice
from knowledge.search.weighing.model import TrainedModel, Weights, log_odds
from knowledge.search.weighing.signals import SIGNALS
from knowledge.topics import Topics

_STRENGTH = 0.3
_FOLDS = 5
_MOST_WRONG = 0.03
"""The share of questions inside the knowledge that may be answered wrongly."""
_MOST_REFUSED = 0.03
"""The share of questions inside the knowledge that may get no answer."""
_MOST_OUTSIDE = 0.05
"""The share of questions outside the knowledge that may be answered at all."""
_SUGGEST_FROM = 0.05
_DIGITS = 4


@dataclass(frozen=True)
class Lessons:
    """The development questions in the form they are learned from."""

    tables: Doubles
    right: Marks
    inside: Marks
    answers: Marks
    """Which labels are topics that answer; one that only says that the sources are silent is as good as a refusal."""

    def only(self, questions: Marks) -> Lessons:
        """Some of the questions."""
        return replace(self, tables=self.tables[questions], right=self.right[questions], inside=self.inside[questions])


def train(search: Search, questions: Sequence[Question], topics: Topics) -> TrainedModel:
    """The weights with and without embeddings."""
    lexical = learn(lessons(search, questions, topics, by_meaning=False))
    full = learn(lessons(search, questions, topics, by_meaning=True)) if search.knows_meaning else lexical
    return TrainedModel(full=full, lexical=lexical)


def lessons(search: Search, questions: Sequence[Question], topics: Topics, *, by_meaning: bool) -> Lessons:
    """What each question looks like to the search, and which labels would be right."""
    queries = [search.reader.read(question.question) for question in questions]
    meanings = search.meanings(queries) if by_meaning else [None] * len(queries)
    tables = [search.table(query, meaning) for query, meaning in zip(queries, meanings, strict=True)]
    answers = np.array([label.kind == "topic" and topics[label.name].regulated for label in search.labels])
    clauses = [set(topics[label.name].every_clause) if label.kind == "topic" else set() for label in search.labels]
    right = np.array(
        [
            [bool(own & set(question.clauses)) for own in clauses] if question.clauses else ~answers
            for question in questions
        ],
        bool,
    )
    answerable = np.asarray(right.any(axis=1))
    found = Lessons(
        tables=np.stack(tables).astype(np.float64),
        right=right,
        inside=np.array([bool(question.clauses) for question in questions]),
        answers=answers,
    )
    return found.only(answerable)


def learn(lessons: Lessons) -> Weights:
    """The weights, and honest thresholds: each part of the questions is judged by weights from the other parts."""
    count = len(lessons.tables)
    part = np.arange(count) * 7919 % _FOLDS
    probabilities = np.zeros(lessons.right.shape)
    for fold in range(_FOLDS):
        others = lessons.only(part != fold)
        probabilities[part == fold] = _judged(
            fit_choice(others.tables, others.right, _STRENGTH), lessons.tables[part == fold]
        )
    of_topics = np.where(lessons.answers, probabilities, 0)
    best = of_topics.argmax(axis=1)
    rows = np.arange(count)
    right = lessons.right[rows, best] & lessons.inside
    slope, intercept = fit_calibration([log_odds(p) for p in of_topics[rows, best]], right.tolist())
    weights = fit_choice(lessons.tables, lessons.right, _STRENGTH)
    draft = Weights(
        signals={name: round(float(weight), _DIGITS) for name, weight in zip(SIGNALS, weights, strict=True)},
        slope=round(slope, _DIGITS),
        intercept=round(intercept, _DIGITS),
        answer_from=0,
        suggest_from=_SUGGEST_FROM,
    )
    offered = probabilities.argmax(axis=1) == best
    confidences = np.where(offered, [draft.confidence(p) for p in of_topics[rows, best]], 0)
    return draft.model_copy(update={"answer_from": _threshold(confidences, right, lessons.inside)})


def _threshold(confidences: Doubles, right: Marks, inside: Marks) -> float:
    """The confidence from which on the worst of three shares stays furthest below what is allowed."""

    def worst(threshold: float) -> float:
        answered = confidences >= threshold
        shares = (
            _share(answered & ~right, inside) / _MOST_WRONG,
            _share(~answered, inside) / _MOST_REFUSED,
            _share(answered, ~inside) / _MOST_OUTSIDE,
        )
        return max(shares)

    return round(float(min(np.arange(0.2, 0.96, 0.01), key=worst)), _DIGITS)


def _share(some: Marks, among: Marks) -> float:
    return float((some & among).sum() / max(1, among.sum()))


def _judged(weights: Doubles, tables: Doubles) -> Doubles:
    utilities = tables @ weights
    powers = np.exp(utilities - utilities.max(axis=1, keepdims=True))
    shares: Doubles = powers / powers.sum(axis=1, keepdims=True)
    return shares
