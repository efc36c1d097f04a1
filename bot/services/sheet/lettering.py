"""The letters of the printable sheet: DejaVu Sans, as it comes with matplotlib, embedded as far as it is used."""

from __future__ import annotations

import unicodedata
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final

FILES: Final = {"": "DejaVuSans.ttf", "B": "DejaVuSans-Bold.ttf"}
"""By fpdf2's name of the style."""
_RIGHT_TO_LEFT: Final = frozenset({"R", "AL", "RLE", "RLO", "RLI"})


def font_file(style: str) -> Path:
    """The file of a style. matplotlib is only looked for: importing it takes a second.

    Raises:
        FileNotFoundError: matplotlib is not installed, or has no such font (any more).
    """
    package = find_spec("matplotlib")
    if package is None or package.origin is None:
        raise FileNotFoundError("matplotlib, which brings the fonts, is not installed")
    path = Path(package.origin).parent / "mpl-data" / "fonts" / "ttf" / FILES[style]
    if not path.is_file():
        raise FileNotFoundError(path)
    return path


def can_be_written(name: str) -> bool:
    """Whether every letter of a name is in the font and runs from left to right; pictures in it do not count."""
    spelt = [letter for letter in unicodedata.normalize("NFC", name) if unicodedata.category(letter)[0] in "LMN"]
    return any(letter.isalpha() for letter in spelt) and all(
        ord(letter) in letters() and unicodedata.bidirectional(letter) not in _RIGHT_TO_LEFT for letter in spelt
    )


def written(text: str) -> str:
    """The text without what the font does not have, such as pictures, and without the gaps these leave."""
    kept = "".join(
        letter for letter in unicodedata.normalize("NFC", text) if letter.isspace() or ord(letter) in letters()
    )
    return " ".join(kept.split())


@cache
def letters() -> frozenset[int]:
    """The code points that the font has."""
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

    with TTFont(font_file(""), lazy=True) as font:
        return frozenset(font.getBestCmap())
