"""The project's own source as the guard tests read it: modules, what they import, what they refer to."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
CODE = ("bot", "handlers", "knowledge")


class Mention(NamedTuple):
    """A dotted name (`datetime.datetime.now`, `bot.db.people.Person`) and the line that mentions it."""

    name: str
    line: int


@dataclass(frozen=True)
class Module:
    """One Python file. `name` is its dotted name; a package goes by the name of its folder."""

    name: str
    path: Path
    source: str

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.source, filename=str(self.path))

    @property
    def package(self) -> str:
        """What a relative import in this file starts from."""
        return self.name if self.path.name == "__init__.py" else self.name.rpartition(".")[0]

    def imports(self) -> Iterator[Mention]:
        """Everything imported, wherever it stands: in functions, under TYPE_CHECKING, by import_module("…")."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from (Mention(alias.name, node.lineno) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                origin = self._origin(node)
                yield from (Mention(f"{origin}.{alias.name}", node.lineno) for alias in node.names)
            elif isinstance(node, ast.Call):
                yield from _dynamic_import(node)

    def references(self) -> Iterator[Mention]:
        """Every name used, spelt out by its imports: `dt.date.today` is `datetime.date.today`, called or passed on."""
        names = self._imported_names()
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Attribute | ast.Name):
                root, _, rest = ast.unparse(node).partition(".")
                if root in names:
                    yield Mention(f"{names[root]}.{rest}" if rest else names[root], node.lineno)

    def _origin(self, node: ast.ImportFrom) -> str:
        if not node.level:
            return node.module or ""
        parts = self.package.split(".")
        base = ".".join(parts[: len(parts) - node.level + 1])
        return f"{base}.{node.module}" if node.module else base

    def _imported_names(self) -> dict[str, str]:
        names: dict[str, str] = {}
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                for alias in node.names:
                    bound = alias.asname or alias.name.partition(".")[0]
                    names[bound] = alias.name if alias.asname else bound
            elif isinstance(node, ast.ImportFrom):
                origin = self._origin(node)
                names |= {alias.asname or alias.name: f"{origin}.{alias.name}" for alias in node.names}
        return names


def _dynamic_import(call: ast.Call) -> Iterator[Mention]:
    function = ast.unparse(call.func).rpartition(".")[2]
    if function in {"import_module", "__import__"} and call.args:
        target = call.args[0]
        if isinstance(target, ast.Constant) and isinstance(target.value, str):
            yield Mention(target.value, call.lineno)


def read(path: Path, root: Path = ROOT) -> Module:
    """The module that the file at `path` is when `root` is on the import path."""
    parts = path.relative_to(root).with_suffix("").parts
    name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
    return Module(name, path.relative_to(root), path.read_text(encoding="utf-8"))


def modules(*packages: str) -> list[Module]:
    """All modules of the named top-level packages, sorted by path."""
    return [read(path) for package in packages for path in sorted((ROOT / package).rglob("*.py"))]


def within(name: str, *roots: str) -> bool:
    """Whether the dotted `name` is one of `roots` or lies beneath one."""
    return any(name == root or name.startswith(f"{root}.") for root in roots)
