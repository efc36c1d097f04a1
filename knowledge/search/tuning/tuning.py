"""`python -m knowledge tune`: the embeddings learn to tell the topics of the packs apart.

Every phrasing is drawn to the direction of its label and away from all others. Only phrasings are learned from, never
the labelled questions, so that these still measure honestly. About an hour on two cores; wanted after many
new phrasings, not after each: `train` fits everything else to what the embeddings are.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch
from torch.nn import functional

from knowledge.search.embeddings import encoder_file
from knowledge.search.embeddings.model_file import base_model, layout
from knowledge.search.embeddings.pieces import Pieces, alphabet
from knowledge.search.indexing.building import numbered
from knowledge.search.indexing.labels import Example
from knowledge.search.indexing.meaning import SHARPNESS
from knowledge.search.reading.reader import QueryReader
from knowledge.search.tuning.network import Network, Numbers

EPOCHS: Final = 3
_AT_ONCE: Final = 64
_OF_LIKE_LENGTH: Final = 16
"""Batches that are filled together, so that texts of like length share one."""
_STEP, _STEP_OF_LABELS = 1e-3, 3e-3
_WARM_UP: Final = 60
"""Steps until the steps have their full size; from then on they shrink to almost nothing."""
_LEAST: Final = 0.02
_DOUBT: Final = 0.05
"""Shared out over all labels instead of insisting that a phrasing can be of one only."""
_FORGET: Final = 0.1
_STEEPEST: Final = 1.0
Report = Callable[[str], None]


@dataclass(frozen=True)
class Lesson:
    """A phrasing in the pieces of the model, and its label by number."""

    pieces: list[int]
    label: int


def tune(reader: QueryReader, examples: Sequence[Example], report: Report, path: Path = encoder_file.FILE) -> None:
    """Writes what was learned from *examples* to *path*. *report* is told how it goes on, once an epoch."""
    file = base_model().read_bytes()
    found = layout(file)
    pieces = Pieces(file, found.vocabulary, alphabet(file, found.vocabulary))
    owners, labels = numbered([example.label for example in examples])
    texts = (reader.read(example.text).reading.text for example in examples)
    network = Network(file, found)
    cut = (pieces.numbers(text, network.longest) for text in texts)
    lessons = [Lesson(numbers, int(owner)) for numbers, owner in zip(cut, owners, strict=True)]
    learn(network, lessons, len(labels), report)
    encoder_file.save(network.tensors(), file, path)


def learn(network: Network, lessons: Sequence[Lesson], labels: int, report: Report, epochs: int = EPOCHS) -> None:
    """Changes *network*; the same every time on one kind of machine."""
    random.seed(1)
    torch.manual_seed(1)
    centre, directions = _begin(network, lessons, labels)
    learned = list(network.learned.values())
    groups = [{"params": learned, "lr": _STEP}, {"params": [directions], "lr": _STEP_OF_LABELS}]
    optimiser = torch.optim.Adam(groups, betas=(0.9, 0.98))
    steps = epochs * -(-len(lessons) // _AT_ONCE)
    pace = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1.0, (step + 1) / _WARM_UP) * max(_LEAST, 1 - step / steps)
    )
    for epoch in range(1, epochs + 1):
        losses = []
        for batch in _batches(lessons):
            found = network.embed([one.pieces for one in batch], _FORGET)
            cosines = functional.normalize(found - centre) @ functional.normalize(directions).T
            wanted = torch.tensor([one.label for one in batch])
            loss = functional.cross_entropy(SHARPNESS * cosines, wanted, label_smoothing=_DOUBT)
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(learned, _STEEPEST)
            optimiser.step()
            pace.step()
            losses.append(loss.item())
        report(f"epoch {epoch} of {epochs}: loss {np.mean(losses):.3f}")


def _begin(network: Network, lessons: Sequence[Lesson], labels: int) -> tuple[Numbers, Numbers]:
    """What all phrasings have in common, and the direction of each label, before anything was learned."""
    order = sorted(range(len(lessons)), key=lambda number: len(lessons[number].pieces))
    found = torch.zeros((len(lessons), network.shape.hidden))
    with torch.no_grad():
        for start in range(0, len(order), _AT_ONCE):
            rows = order[start : start + _AT_ONCE]
            found[rows] = network.embed([lessons[row].pieces for row in rows])
    centre = found.mean(0)
    owners = torch.tensor([one.label for one in lessons])
    directions = torch.zeros((labels, network.shape.hidden)).index_add_(0, owners, found - centre)
    return centre, functional.normalize(directions).requires_grad_(True)


def _batches(lessons: Sequence[Lesson]) -> Iterator[Sequence[Lesson]]:
    order: list[Any] = random.sample(lessons, len(lessons))
    room = _AT_ONCE * _OF_LIKE_LENGTH
    found = [
        part[start : start + _AT_ONCE]
        for part in (
            sorted(order[at : at + room], key=lambda one: len(one.pieces)) for at in range(0, len(order), room)
        )
        for start in range(0, len(part), _AT_ONCE)
    ]
    random.shuffle(found)
    yield from found
