"""Tuning: the network computes what the engine computes, and learns to tell labels apart.

PyTorch is wanted by those only who tune, so it is in no lock file, and where it is missing its tests are left out.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from knowledge.__main__ import main
from knowledge.search.embeddings.embedding import TunedE5, base_model
from knowledge.search.embeddings.model_file import layout

TEXTS = ("syarat visa apa saja", "my passport has nine months left", "paspor", "visa documents")


def test_without_torch_the_command_says_what_it_needs(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "torch", None)

    assert main(["tune"]) == 2
    assert "tune needs torch, which nothing else does; install it first" in capsys.readouterr().err


def _network() -> tuple[Any, list[list[int]]]:
    pytest.importorskip("torch")
    from knowledge.search.tuning.network import Network
    from knowledge.search.tuning.pieces import Pieces

    file = base_model().read_bytes()
    found = layout(file)
    pieces = Pieces(file, found.vocabulary)
    return Network(file, found), [pieces.numbers(text) for text in TEXTS]


def test_the_network_computes_what_the_engine_computes(tmp_path: Path) -> None:
    network, texts = _network()
    np.savez(tmp_path / "plain.npz")

    # The engine rounds what goes through it to eight bits.
    engine = TunedE5(tmp_path / "plain.npz").embed(TEXTS)
    assert (network.embed(texts).detach().numpy() * engine).sum(axis=1).min() > 0.999


def test_labels_are_told_apart_and_the_engine_sees_it(tmp_path: Path) -> None:
    network, texts = _network()
    from knowledge.search.tuning.tuning import Lesson, learn

    told: list[str] = []
    lessons = [Lesson(text, number % 2) for number, text in enumerate(texts)]
    before = network.embed(texts).detach().numpy()
    learn(network, lessons, 2, told.append, epochs=60)
    np.savez(tmp_path / "tuned.npz", **network.changes())
    after = TunedE5(tmp_path / "tuned.npz").embed(TEXTS)

    assert len(told) == 60
    assert after[0] @ after[2] - after[0] @ after[1] > before[0] @ before[2] - before[0] @ before[1]
