"""The search of the project once for all tests, and a small world of its own where a test changes things."""

from __future__ import annotations

import pytest

from knowledge.search.answering.answerer import Answerer, default_ranker
from knowledge.search.reading.normalise import Normaliser
from knowledge.search.weighing.engine import Ranker, open_search
from knowledge.search.weighing.model import read_model
from knowledge.topics import topics
from tests.knowledge.profiles import KNOWLEDGE


@pytest.fixture(scope="session")
def ranker() -> Ranker:
    return default_ranker(KNOWLEDGE, topics())


@pytest.fixture(scope="session")
def answerer(ranker: Ranker) -> Answerer:
    return Answerer(KNOWLEDGE, ranker)


@pytest.fixture(scope="session")
def without_embeddings() -> Answerer:
    return Answerer(KNOWLEDGE, Ranker(open_search(KNOWLEDGE, topics(), None), read_model()))


@pytest.fixture(scope="session")
def normaliser(ranker: Ranker) -> Normaliser:
    return ranker.search.reader.normaliser
