"""Plain ways of finding a topic, to compare ours with: each ranks by one measure and refuses below a threshold."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from knowledge.search.arrays import Floats
from knowledge.search.indexing.index import Evidence
from knowledge.search.measuring.evaluation import Measures
from knowledge.search.outside import Question
from knowledge.search.weighing.engine import Ranker
from knowledge.topics import Topics

_FALSE_REFUSALS = 0.03
"""The share of development questions inside the knowledge that a baseline may refuse; its threshold follows from it."""
Score = Callable[[Evidence], Floats]


def _meaning(evidence: Evidence) -> Floats:
    if evidence.by_phrasing is None:
        raise ValueError("there are no embeddings to rank by")
    return evidence.by_phrasing


BASELINES: dict[str, Score] = {
    "BM25 (topic texts)": lambda evidence: evidence.documents,
    "TF-IDF (words)": lambda evidence: evidence.words,
    "TF-IDF (letters)": lambda evidence: evidence.letters,
    "embeddings": _meaning,
}


def compared(
    ranker: Ranker, topics: Topics, fitted_on: Sequence[Question], questions: Sequence[Question]
) -> Iterator[tuple[str, Measures]]:
    """The measures of each baseline on *questions*, with its threshold *fitted_on* others."""
    for name, score in BASELINES.items():
        if name == "embeddings" and not ranker.search.knows_meaning:
            continue
        best = _scores(ranker, score, [question for question in fitted_on if question.clauses]).max(axis=1)
        threshold = float(np.quantile(best, _FALSE_REFUSALS))
        yield name, _measured(ranker, topics, questions, _scores(ranker, score, questions), threshold)


def _scores(ranker: Ranker, score: Score, questions: Sequence[Question]) -> Floats:
    """One row a question, one column a label; what is no topic has no chance."""
    search = ranker.search
    queries = [search.reader.read(question.question) for question in questions]
    meanings = search.meanings(queries)
    rows = [score(search.index.evidence(query, meaning)) for query, meaning in zip(queries, meanings, strict=True)]
    is_topic = np.array([label.kind == "topic" for label in search.labels])
    return np.where(is_topic, np.stack(rows), -np.inf).astype(np.float32)


def _measured(
    ranker: Ranker, topics: Topics, questions: Sequence[Question], scores: Floats, threshold: float
) -> Measures:
    clauses = [set(topics[one.name].every_clause) if one.kind == "topic" else set() for one in ranker.search.labels]
    order = np.argsort(-scores, axis=1, kind="stable")[:, :3]
    right = np.array(
        [
            [bool(clauses[label] & set(asked.clauses)) for label in row]
            for asked, row in zip(questions, order, strict=True)
        ]
    )
    inside = np.array([bool(question.clauses) for question in questions])
    answered = scores.max(axis=1) >= threshold
    return Measures(
        inside=int(inside.sum()),
        outside=int((~inside).sum()),
        hit_1=float((answered & right[:, 0])[inside].mean()),
        hit_3=float(right[inside].any(axis=1).mean()),
        precision=float(right[:, 0][inside & answered].mean()),
        wrong=float((answered & ~right[:, 0])[inside].mean()),
        false_refusal=float((~answered)[inside].mean()),
        refusal=float((~answered)[~inside].mean()),
    )
