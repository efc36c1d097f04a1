"""YAML files read strictly: duplicate keys are refused, and a mistake is shown with its line."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from pathlib import Path
from typing import Any

import yaml

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class PackError(Exception):
    """A pack that cannot be used. The message is one line: file, line, key, what is wrong and how to mend it."""


class _StrictLoader(_Loader):  # type: ignore[misc, valid-type]
    """A safe loader that refuses a key that stands twice in a mapping (YAML itself keeps the last one silently)."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise yaml.constructor.ConstructorError(
                    None, None, "a list or mapping is no key; write a word", key.start_mark
                )
            if key.value in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"key '{key.value}' stands twice; keep one", key.start_mark
                )
            seen.add(key.value)
        mapping: dict[Hashable, Any] = super().construct_mapping(node, deep=deep)
        return mapping


def _date(loader: Any, node: yaml.ScalarNode) -> Any:
    try:
        return loader.construct_yaml_timestamp(node)
    except ValueError as error:
        problem = f"{node.value} is no day of the calendar; correct it"
        raise yaml.constructor.ConstructorError(None, None, problem, node.start_mark) from error


_StrictLoader.add_constructor("tag:yaml.org,2002:timestamp", _date)


def read_yaml(path: Path) -> Any:
    """The content of *path*. Raises PackError where it is missing, not YAML, empty or has a key twice."""
    try:
        with path.open("rb") as file:
            content = yaml.load(file, Loader=_StrictLoader)  # noqa: S506 - a SafeLoader underneath
    except OSError as error:
        raise PackError(f"{path.name}: {error.strerror or error}; the pack needs this file at {shown(path)}") from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = f":{mark.line + 1}" if mark else ""
        cure = "" if isinstance(error, yaml.constructor.ConstructorError) else "; check indentation, colons and quotes"
        raise PackError(f"{shown(path)}{line}: {error.problem}{cure}") from error
    except yaml.reader.ReaderError as error:
        raise PackError(f"{shown(path)}: {error.reason} at byte {error.position}; save it as UTF-8") from error
    if content is None:
        raise PackError(f"{shown(path)}: the file is empty; write its content or remove it")
    return content


def fault(path: Path, location: Sequence[str | int], problem: str) -> PackError:
    """A PackError for the value at *location* (keys and indices from the top of the file)."""
    line = _line_of(path, location)
    where = ".".join(str(part) for part in location)
    return PackError(
        f"{shown(path)}{f':{line}' if line else ''}: {where + ': ' if where else ''}{problem}".replace("\n", " ")
    )


def shown(path: Path) -> str:
    """*path* from the packs folder on, without the place on this machine."""
    parts = path.parts
    return "/".join(parts[parts.index("packs") :]) if "packs" in parts else path.name


def _line_of(path: Path, location: Sequence[str | int]) -> int | None:
    """The line on which the deepest part of *location* that exists begins."""
    try:
        with path.open("rb") as file:
            node = yaml.compose(file, Loader=_Loader)
    except (OSError, yaml.YAMLError):
        return None
    line = None
    for part in location:
        if isinstance(node, yaml.MappingNode):
            found = [(key, value) for key, value in node.value if key.value == str(part)]
            if not found:
                break
            line, node = found[0][0].start_mark.line + 1, found[0][1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
            line = node.start_mark.line + 1
        else:
            break
    return line
