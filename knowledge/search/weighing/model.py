"""The trained part: how much each signal counts, how sure the search may be, and from where on it answers.

A plain data file, made by `python -m knowledge train`; applying it needs no training library.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from pydantic import TypeAdapter, ValidationError

from knowledge.loading.item_schema import Model
from knowledge.loading.yaml_reader import PackError
from knowledge.search.arrays import Floats
from knowledge.search.folders import MODEL
from knowledge.search.weighing.signals import SIGNALS

FILE = MODEL / "model.json"


class Weights(Model):
    """What was learned, with or without embeddings."""

    signals: dict[str, float]
    slope: float
    intercept: float
    """Of the calibration: log odds of the probability → log odds of being right."""
    answer_from: float
    """The least confidence with which a topic is given as the answer."""
    suggest_from: float
    """The least probability with which a topic is suggested."""

    def utilities(self, table: Floats) -> Floats:
        """How well each label fits, from its row of signals."""
        return table @ np.array([self.signals[name] for name in SIGNALS], np.float32)

    def probabilities(self, table: Floats) -> Floats:
        """The probability of each label."""
        utilities = self.utilities(table)
        shares = np.exp(utilities - utilities.max())
        return shares / shares.sum()  # type: ignore[no-any-return]

    def confidence(self, probability: float) -> float:
        """How often an answer with this probability is right, 0 to 1."""
        return float(1 / (1 + np.exp(-(self.slope * log_odds(probability) + self.intercept))))


class TrainedModel(Model):
    """model.json."""

    full: Weights
    lexical: Weights
    """For machines without embeddings."""


def log_odds(probability: float) -> float:
    """The log odds of a probability, kept finite."""
    kept = min(max(probability, 1e-4), 1 - 1e-4)
    return float(np.log(kept / (1 - kept)))


def read_model(path: Path = FILE) -> TrainedModel:
    """The trained model. Raises PackError where it is missing or made for other signals."""
    try:
        model = TypeAdapter(TrainedModel).validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        raise PackError(f"{path.name}: missing or not usable; run `python -m knowledge train`") from error
    for weights in (model.full, model.lexical):
        if set(weights.signals) != set(SIGNALS):
            raise PackError(f"{path.name}: made for other signals; run `python -m knowledge train`")
    return model


def write_model(model: TrainedModel, path: Path = FILE) -> None:
    """Writes the model so that the same weights give the same bytes."""
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(model.model_dump(), indent=1, sort_keys=True) + "\n", encoding="utf-8")
