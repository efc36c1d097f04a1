"""Tuning: the network computes what the engine computes, and learns to tell labels apart.

PyTorch is wanted by those only who tune, so it is in no lock file, and where it is missing its tests are left out.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from knowledge.__main__ import main
from knowledge.search.embeddings import encoder_file
from knowledge.search.embeddings.model_file import base_model, layout
from knowledge.search.embeddings.pieces import Pieces, alphabet
from knowledge.search.embeddings.tuned_e5 import TunedE5

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

    file = base_model().read_bytes()
    found = layout(file)
    pieces = Pieces(file, found.vocabulary, alphabet(file, found.vocabulary))
    network = Network(file, found)
    return network, [pieces.numbers(text, network.longest) for text in TEXTS]


def _engine(network: Any, path: Path) -> TunedE5:
    encoder_file.save(network.tensors(), base_model().read_bytes(), path)
    return TunedE5(path)


def test_the_network_computes_what_the_engine_computes(tmp_path: Path) -> None:
    network, texts = _network()

    # The engine rounds the weights to eight bits.
    engine = _engine(network, tmp_path / "plain.npz").embed(TEXTS)
    assert (network.embed(texts).detach().numpy() * engine).sum(axis=1).min() > 0.9995


def test_labels_are_told_apart_and_the_engine_sees_it(tmp_path: Path) -> None:
    network, texts = _network()
    from knowledge.search.tuning.tuning import Lesson, learn

    told: list[str] = []
    lessons = [Lesson(text, number % 2) for number, text in enumerate(texts)]
    before = network.embed(texts).detach().numpy()
    learn(network, lessons, 2, told.append, epochs=60)
    after = _engine(network, tmp_path / "tuned.npz").embed(TEXTS)

    assert len(told) == 60
    assert after[0] @ after[2] - after[0] @ after[1] > before[0] @ before[2] - before[0] @ before[1]
