"""The index on disk: plain arrays, no code. The same content gives the same bytes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge.search.index import Index
from knowledge.search.postings import Floats, Postings
from knowledge.search.terms import Rarity
from knowledge.search.vectors import Vectors

FILE = Path(__file__).parent / "model" / "index.npz"
LAYOUT = 5
"""Counted up where the arrays change."""
_POSTINGS = ("words", "letters", "documents")


def save(index: Index, path: Path = FILE) -> None:
    """Writes the index to *path*."""
    arrays: dict[str, Any] = {
        "layout": np.array(LAYOUT),
        "fingerprint": np.array(index.fingerprint),
        "label_names": np.array(index.label_names),
        "owners": index.owners.astype(np.int16),
        "flags": index.flags.astype(np.float16),
        "kind_odds": index.kind_odds.astype(np.float16),
        "lexical_weights": _planes(index.lexical_weights),
        "word_rarity": index.word_rarity.weights,
        "letter_rarity": index.letter_rarity.weights,
        "letter_odds": index.letter_odds.astype(np.float16),
    }
    for name in _POSTINGS:
        postings: Postings = getattr(index, name)
        arrays[f"{name}.texts"] = np.array(postings.texts)
        arrays |= {f"{name}.{part}": getattr(postings, part) for part in ("starts", "owners", "weights")}
    if index.vectors is not None and index.full_weights is not None:
        arrays |= {"vectors.keys": index.vectors.keys, "vectors.rows": index.vectors.rows}
        arrays["full_weights"] = _planes(index.full_weights)
    path.parent.mkdir(exist_ok=True)
    np.savez_compressed(path, **arrays)


def _planes(weights: Floats) -> NDArray[np.uint8]:
    """Halves as two arrays of bytes: the first bytes are much alike and shrink well once they stand together."""
    halves = np.ascontiguousarray(weights.astype("<f2"))
    return np.ascontiguousarray(np.moveaxis(halves.view(np.uint8).reshape(*halves.shape, 2), -1, 0))


def _joined(planes: NDArray[np.uint8]) -> Floats:
    halves = np.empty(planes.shape[1:], "<f2")
    places = halves.view(np.uint8).reshape(*halves.shape, 2)
    for place, plane in enumerate(planes):
        places[..., place] = plane
    weights: Floats = halves.astype(np.float32)
    return weights


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
    with_meaning = "full_weights" in file.files
    return Index(
        fingerprint=str(file["fingerprint"]),
        label_names=str(file["label_names"]),
        owners=file["owners"].astype(np.int64),
        word_rarity=Rarity(file["word_rarity"]),
        letter_rarity=Rarity(file["letter_rarity"]),
        flags=file["flags"].astype(np.float32),
        kind_odds=file["kind_odds"].astype(np.float32),
        letter_odds=file["letter_odds"].astype(np.float32),
        lexical_weights=_joined(file["lexical_weights"]),
        vectors=Vectors(file["vectors.keys"], file["vectors.rows"]) if with_meaning else None,
        full_weights=_joined(file["full_weights"]) if with_meaning else None,
        **{name: _postings(file, name) for name in _POSTINGS},
    )


def _postings(file: Any, name: str) -> Postings:
    parts = (file[f"{name}.{part}"] for part in ("starts", "owners", "weights"))
    return Postings(int(file[f"{name}.texts"]), *parts)
