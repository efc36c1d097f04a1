"""Training: the same questions give the same bytes; what is learned makes sense; a misfit is refused."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from knowledge.loading.yaml_reader import PackError
from knowledge.search.weighing.fitting import fit_calibration, fit_choice
from knowledge.search.weighing.model import TrainedModel, read_model, write_model
from knowledge.search.weighing.signals import SIGNALS
from knowledge.search.weighing.training import train
from tests.knowledge.search.small_world import HashedWords, small_search, some_questions, some_topics


def _trained() -> TrainedModel:
    return train(small_search(HashedWords()), some_questions(), some_topics())


def test_training_again_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one.json", "other.json"):
        write_model(_trained(), tmp_path / name)

    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "other.json").read_bytes()
    model = read_model(tmp_path / "one.json")
    assert set(model.full.signals) == set(model.lexical.signals) == set(SIGNALS)
    assert 0.2 <= model.full.answer_from < 1
    assert model.full.slope > 0


def test_the_model_that_comes_along_fits_the_signals() -> None:
    model = read_model()

    assert set(model.full.signals) == set(SIGNALS)
    assert model.full.confidence(0.99) > model.full.confidence(0.5) > model.full.confidence(0.01)


@pytest.mark.parametrize("content", [None, "not json", "{}"])
def test_a_model_that_cannot_be_read_names_the_cure(tmp_path: Path, content: str | None) -> None:
    file = tmp_path / "model.json"
    if content is not None:
        file.write_text(content, "utf-8")

    with pytest.raises(PackError, match=r"model.json: missing or not usable; run `python -m knowledge train`"):
        read_model(file)


def test_a_model_for_other_signals_is_refused(tmp_path: Path) -> None:
    content = read_model().model_dump()
    del content["full"]["signals"][SIGNALS[0]]
    (tmp_path / "model.json").write_text(json.dumps(content), "utf-8")

    with pytest.raises(PackError, match="made for other signals; run"):
        read_model(tmp_path / "model.json")


def test_a_signal_that_tells_the_right_label_gets_its_weight() -> None:
    random = np.random.default_rng(7)
    tables = random.normal(size=(200, 5, 2))
    right = np.zeros((200, 5), bool)
    right[np.arange(200), tables[:, :, 0].argmax(axis=1)] = True

    telling, idle = fit_choice(tables, right, 0.3)
    assert telling > 2 > abs(idle) * 4


def test_calibration_makes_odds_honest() -> None:
    random = np.random.default_rng(3)
    odds = random.normal(size=4000) * 2
    right = random.random(4000) < 1 / (1 + np.exp(-(0.5 * odds + 1)))

    slope, intercept = fit_calibration(odds.tolist(), right.tolist())
    assert slope == pytest.approx(0.5, abs=0.1)
    assert intercept == pytest.approx(1, abs=0.15)
