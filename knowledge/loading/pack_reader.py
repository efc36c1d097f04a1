"""The files of one pack folder as models, with the place of each model for messages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from knowledge.json_values import shown as shortened
from knowledge.loading.yaml_reader import fault, read_yaml

M = TypeVar("M")
Place = tuple[Path, tuple[str | int, ...]]
"""A file, and where in it."""


@dataclass
class PackReader:
    """Reads a pack folder. Raises PackError with file, line, key and cure."""

    folder: Path
    places: dict[int, Place] = field(default_factory=dict)
    """By the identity of a model."""

    def one(self, name: str, model: type[M]) -> M:
        """The file *name* as one model."""
        return self._file(self.folder / name, model)

    def optional(self, name: str, model: type[M], otherwise: M) -> M:
        """The file *name* as one model, or *otherwise* where the pack has no such file."""
        return self.one(name, model) if (self.folder / name).exists() else otherwise

    def each(self, name: str, model: type[M]) -> Iterator[M]:
        """Every file of the folder *name* as one model."""
        for path in sorted((self.folder / name).glob("*.yaml")):
            yield self._file(path, model)

    def items(self, name: str, model: type[M]) -> Iterator[M]:
        """The list in `name.yaml`, or the lists in the files of the folder *name*."""
        folder, file = self.folder / name, self.folder / f"{name}.yaml"
        for path in sorted(folder.glob("*.yaml")) if folder.is_dir() else [file]:
            for index, one in enumerate(_validated(path, list[model])):  # type: ignore[valid-type]
                self.places[id(one)] = (path, (index,))
                yield one

    def _file(self, path: Path, model: type[M]) -> M:
        one: M = _validated(path, model)
        self.places[id(one)] = (path, ())
        return one


def _validated(path: Path, model: Any) -> Any:
    content = read_yaml(path)
    try:
        return _adapter(model).validate_python(content)
    except ValidationError as error:
        errors: list[Any] = list(error.errors())
        first = next((one for one in errors if one["type"] == "extra_forbidden"), errors[0])
        raise fault(path, first["loc"], _cure(first, errors)) from error


@cache
def _adapter(model: Any) -> TypeAdapter[Any]:
    return TypeAdapter(model)


def _cure(error: Any, errors: Iterable[Any]) -> str:
    """What pydantic found, as a sentence with the cure. A key that is missing may be the one that is misspelt."""
    match error["type"]:
        case "extra_forbidden":
            *place, key = error["loc"]
            missing = [
                str(one["loc"][-1]) for one in errors if one["type"] == "missing" and [*one["loc"][:-1]] == place
            ]
            close = get_close_matches(str(key), missing, n=1)
            return f"unknown key; did you mean '{close[0]}'?" if close else "unknown key; remove it or correct its name"
        case "missing":
            return "the key is missing; add it"
        case "value_error":
            return str(error["ctx"]["error"])
        case _:
            return f"{error['msg']}, not {shortened(error['input'])}"
