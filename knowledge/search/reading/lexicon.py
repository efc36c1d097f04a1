"""The word lists of the search: chat spellings, synonyms, roots, what gives away a role or a language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from knowledge.loading.yaml_reader import PackError, read_yaml

FOLDER = Path(__file__).parent / "lexicon"
_Lists = dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class Lexicon:
    """Every list, as written."""

    slang: Mapping[str, Sequence[str]]
    """A form and the ways it is written in chats."""
    concepts: Mapping[str, Sequence[str]]
    """A concept and the words of both languages that name it."""
    entities: Mapping[str, Mapping[str, Sequence[str]]]
    """A kind of signal (role, direction …), its values, and the phrases that give each away."""
    languages: Mapping[str, Sequence[str]]
    roots: Sequence[str]
    fillers: Sequence[str]
    places: Mapping[str, Sequence[str]]
    """A kind of place and the names that count as it."""


@cache
def lexicon() -> Lexicon:
    """The lists that come with Lintas. Raises PackError where a file is not usable."""
    return Lexicon(
        slang=_read("slang", _Lists),
        concepts=_read("concepts", _Lists),
        entities=_read("entities", dict[str, _Lists]),
        languages=_read("languages", _Lists),
        roots=_read("roots", tuple[str, ...]),
        fillers=_read("fillers", tuple[str, ...]),
        places=_read("places", _Lists),
    )


def _read(name: str, model: Any) -> Any:
    path = FOLDER / f"{name}.yaml"
    content = read_yaml(path)
    try:
        return TypeAdapter(model).validate_python(content)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise PackError(
            f"{path.name}: {where}: {first['msg']}; write a list of words (in quotes where needed)"
        ) from error
