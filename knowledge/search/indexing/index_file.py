"""The index on disk: plain arrays, no code. The same content gives the same bytes."""

from __future__ import annotations

from operator import attrgetter
from pathlib import Path
from typing import Any, cast

import numpy as np

from knowledge.search.embeddings.vectors import Vectors
from knowledge.search.folders import MODEL
from knowledge.search.indexing.index import Index
from knowledge.search.indexing.labels import Label, LabelKind
from knowledge.search.indexing.meaning import Meaning
from knowledge.search.indexing.postings import Postings
from knowledge.search.indexing.regression import Regression
from knowledge.search.reading.terms import Rarity

FILE = MODEL / "index.npz"
LAYOUT = 9
"""Counted up where the arrays change."""
_POSTINGS = ("words", "letters", "documents")
_SAID = ("regression.words", "regression.letters")
_MEANING = ("centre", "middles", "lengths", "own_lengths")


def save(index: Index, path: Path = FILE) -> None:
    """Writes the index to *path*."""
    arrays: dict[str, Any] = {
        "layout": np.array(LAYOUT),
        "fingerprint": np.array(index.fingerprint),
        "labels": np.array("\n".join(f"{label.kind}:{label.name}" for label in index.labels)),
        "typed": np.array("\n".join(index.typed)),
        "kind_odds": index.kind_odds.astype(np.float16),
        "regression.flags": index.regression.flags.astype(np.float16),
        "regression.always": index.regression.always.astype(np.float16),
        "word_rarity": index.word_rarity.weights,
        "letter_rarity": index.letter_rarity.weights,
        "letter_odds": index.letter_odds.astype(np.float16),
    }
    for name in (*_POSTINGS, *_SAID):
        postings: Postings = attrgetter(name)(index)
        arrays[f"{name}.texts"] = np.array(postings.texts)
        arrays |= {f"{name}.{part}": getattr(postings, part) for part in ("starts", "owners", "weights")}
    if index.meaning is not None:
        vectors = index.meaning.vectors
        arrays |= {"vectors.model": np.array(vectors.model), "vectors.keys": vectors.keys, "vectors.rows": vectors.rows}
        arrays["meaning.owners"] = index.meaning.owners.astype(np.int16)
        arrays |= {f"meaning.{part}": getattr(index.meaning, part) for part in _MEANING}
    path.parent.mkdir(exist_ok=True)
    # Compressed it would be a fourth smaller, and the bot ready a quarter of a second later.
    np.savez(path, **arrays)


def load(path: Path = FILE) -> Index | None:
    """The index in *path*, or None where there is none of this layout."""
    if not path.exists():
        return None
    with np.load(path, allow_pickle=False) as file:
        if "layout" not in file.files or int(file["layout"]) != LAYOUT:
            return None
        # One array after the other is unpacked: all at once would hold twice the memory for a moment.
        return _read(file)


def _read(file: Any) -> Index:
    return Index(
        fingerprint=str(file["fingerprint"]),
        labels=tuple(map(_label, str(file["labels"]).split("\n"))),
        typed=tuple(str(file["typed"]).split("\n")),
        word_rarity=Rarity(file["word_rarity"]),
        letter_rarity=Rarity(file["letter_rarity"]),
        kind_odds=file["kind_odds"].astype(np.float32),
        letter_odds=file["letter_odds"].astype(np.float32),
        regression=_regression(file),
        meaning=_meaning(file) if "vectors.model" in file.files else None,
        **{name: _postings(file, name) for name in _POSTINGS},
    )


def _label(line: str) -> Label:
    kind, name = line.split(":", 1)
    return Label(cast(LabelKind, kind), name)


def _regression(file: Any) -> Regression:
    words, letters = (_postings(file, name) for name in _SAID)
    flags, always = (file[f"regression.{part}"].astype(np.float32) for part in ("flags", "always"))
    return Regression(words, letters, flags, always)


def _meaning(file: Any) -> Meaning:
    vectors = Vectors(str(file["vectors.model"]), file["vectors.keys"], file["vectors.rows"])
    return Meaning(
        vectors,
        file["meaning.owners"].astype(np.int64),
        **{part: file[f"meaning.{part}"] for part in _MEANING},
    )


def _postings(file: Any, name: str) -> Postings:
    parts = (file[f"{name}.{part}"] for part in ("starts", "owners", "weights"))
    return Postings(int(file[f"{name}.texts"]), *parts)
