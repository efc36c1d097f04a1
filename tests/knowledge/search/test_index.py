"""The index: built, kept in a file, refused where it is stale; vectors of unchanged texts are not made again."""

from __future__ import annotations

import logging
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from knowledge.search.embeddings import vectors
from knowledge.search.embeddings.embedding import Embedder
from knowledge.search.indexing import index_file
from knowledge.search.indexing.fingerprint import fingerprint
from knowledge.search.indexing.linear import solve
from knowledge.search.indexing.meaning import Meaning, unit
from knowledge.search.indexing.postings import Postings
from knowledge.search.indexing.regression import solved
from knowledge.search.phrasings import phrasings
from knowledge.search.reading.reader import documents
from knowledge.search.reading.terms import Rarity
from knowledge.search.weighing.engine import Search, StaleIndex, open_search
from tests.knowledge.profiles import KNOWLEDGE
from tests.knowledge.search.small_world import (
    SOME,
    HashedWords,
    small_index,
    small_material,
    small_search,
    some_topics,
)


def opened(path: Path, embedder: Embedder | None = None) -> Search:
    return open_search(KNOWLEDGE, some_topics(), embedder, path)


def test_a_saved_index_is_the_same_when_it_is_read(tmp_path: Path) -> None:
    search = small_search(HashedWords())
    index_file.save(search.index, tmp_path / "index.npz")
    read = opened(tmp_path / "index.npz", HashedWords())

    assert read.index.fingerprint == search.index.fingerprint
    assert (read.labels, read.index.typed) == (search.labels, search.index.typed)
    query = search.reader.read("how long must my passport be valid?")
    meaning = search.meaning(query)
    np.testing.assert_array_equal(read.table(query, meaning), search.table(query, meaning))


def test_the_same_texts_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "other"):
        index_file.save(small_index(HashedWords()), tmp_path / name)

    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "other.npz").read_bytes()


def test_without_a_file_the_cure_is_named(tmp_path: Path) -> None:
    with pytest.raises(StaleIndex, match=r"index.npz\) is missing; run: python -m knowledge train"):
        opened(tmp_path / "index.npz")


def test_an_index_of_an_older_layout_is_no_index(tmp_path: Path) -> None:
    np.savez(tmp_path / "index.npz", layout=np.array(index_file.LAYOUT - 1))

    assert index_file.load(tmp_path / "index.npz") is None


def test_an_index_of_other_topics_is_refused(tmp_path: Path) -> None:
    index_file.save(small_index(None, small_material(some_topics(SOME[:4]))), tmp_path / "index.npz")

    with pytest.raises(StaleIndex, match="made of other topics"):
        opened(tmp_path / "index.npz")


def test_an_index_of_changed_texts_serves_and_says_what_to_do(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    index_file.save(replace(small_index(None), fingerprint="of other texts"), tmp_path / "index.npz")
    with caplog.at_level(logging.WARNING):
        opened(tmp_path / "index.npz")

    assert "run: python -m knowledge train" in caplog.text


def test_the_fingerprint_follows_answers_and_phrasings(tmp_path: Path) -> None:
    taught = tmp_path / "phrasings.yaml"
    taught.write_text("one", "utf-8")
    before = fingerprint(documents(KNOWLEDGE, some_topics()), [taught])
    assert fingerprint(documents(KNOWLEDGE, some_topics()), [taught]) == before

    changed = dict(some_topics())
    answer = changed["dormitory"].answer.model_copy(update={"en": "There is a bed."})
    changed["dormitory"] = changed["dormitory"].model_copy(update={"answer": answer})
    assert fingerprint(documents(KNOWLEDGE, changed), [taught]) != before
    taught.write_text("two", "utf-8")
    assert fingerprint(documents(KNOWLEDGE, some_topics()), [taught]) != before


def test_only_changed_texts_are_embedded_again() -> None:
    embedder, asked = HashedWords(), dict(phrasings())
    first = ("may I sleep in a residence hall", *asked["dormitory"].en[1:])
    asked["dormitory"] = asked["dormitory"].model_copy(update={"en": first})
    changed = small_material(asked=asked)
    found = changed.vectors(embedder, small_material().vectors(HashedWords()))

    assert embedder.embedded == ["may i sleep in a residence hall"]
    assert len(found.rows) == len(changed.examples)


def test_vectors_belong_to_a_model() -> None:
    other = HashedWords()
    other.name = "another model"
    vectors.embedded(other, ["a text"], vectors.embedded(HashedWords(), ["a text"]))

    assert other.embedded == ["a text"]


def test_an_index_without_embeddings_has_none() -> None:
    search = small_search(None)

    assert search.index.meaning is None
    assert search.meaning(search.reader.read("passport")) is None


def test_a_question_that_is_looked_at_twice_is_embedded_once() -> None:
    embedder = HashedWords()
    search = small_search(embedder)
    embedder.embedded.clear()
    for asked in ("how long must my passport be valid?", "How long must my passport be valid"):
        search.meaning(search.reader.read(asked))

    assert embedder.embedded == ["how long must my passport be valid"]


def test_every_example_speaks_for_its_own_label() -> None:
    search, examples = small_search(None), small_material().examples
    right = 0
    for example in examples:
        evidence = search.index.evidence(search.reader.read(example.text), None)
        right += search.labels[int(evidence.regression.argmax())] == example.label

    assert right / len(examples) > 0.98


def test_the_meaning_of_an_example_is_most_like_that_of_its_own_label() -> None:
    found = small_material().vectors(HashedWords())
    owners = np.arange(len(found.rows)) // 2
    meaning = Meaning.of(found, owners)
    for told in (meaning.by_label, meaning.by_phrasing):
        shares = np.stack([told(row) for row in unit(found.rows.astype(np.float32))])

        assert (shares <= 0).all()
        assert np.mean(shares.argmax(axis=1) == owners) > 0.9


def test_an_index_of_other_embeddings_is_refused(tmp_path: Path) -> None:
    index_file.save(small_index(HashedWords()), tmp_path / "index.npz")
    other = HashedWords()
    other.name = "another model"

    with pytest.raises(StaleIndex, match="made with other embeddings"):
        opened(tmp_path / "index.npz", other)
    assert not opened(tmp_path / "index.npz").knows_meaning


def test_postings_add_up_shared_terms() -> None:
    entries = (np.array([0, 0, 2]), np.array([1, 3, 3]), np.array([1.0, 2.0, 4.0], np.float32))
    postings = Postings.of(3, 5, entries)

    assert postings.scores(np.array([3, 1]), np.array([0.5, 1.0], np.float32)).tolist() == [2.0, 0.0, 2.0]
    assert postings.scores(np.array([4]), np.array([1.0], np.float32)).tolist() == [0.0, 0.0, 0.0]
    assert postings.scores(np.zeros(0, np.int64), np.zeros(0, np.float32)).tolist() == [0.0, 0.0, 0.0]


def test_what_terms_say_adds_up_to_what_the_regression_over_examples_says() -> None:
    random = np.random.default_rng(1)
    texts = [np.unique(random.integers(0, 40, size=6)) for _ in range(30)]
    words = Rarity.among(texts).vectors(texts)
    flags = np.where(random.random((30, 3)) < 0.3, 0.5, 0).astype(np.float32)
    owners = np.arange(30) // 5
    found = solved(words, words, flags, owners, 6)
    rows = [Rarity.among(texts).vector(text) for text in texts]
    scores = np.stack([found.scores(row, row, named) for row, named in zip(rows, flags, strict=True)])

    assert (scores.argmax(axis=1) == owners).all()
    assert scores[np.arange(30), owners].mean() > 0.7
    np.testing.assert_allclose(scores.sum(axis=1), 1, atol=0.15)


@pytest.mark.parametrize("equations", [1, 7, 8, 30])
def test_equations_are_solved_block_by_block(equations: int) -> None:
    random = np.random.default_rng(equations)
    half = random.normal(size=(equations, equations))
    matrix = half @ half.T + np.eye(equations)
    wanted = random.normal(size=(equations, 3))

    np.testing.assert_allclose(solve(matrix.copy(), wanted, block=8), np.linalg.solve(matrix, wanted), rtol=1e-7)
