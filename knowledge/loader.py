"""YAML packs in, one `Knowledge` out; or one error that names file, line, key and cure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from knowledge.checks import check
from knowledge.pack import Knowledge
from knowledge.schema import (
    Boundary,
    Clause,
    CommonFile,
    MobilityTypeFile,
    OfficesFile,
    PackHead,
    Parameter,
    Programme,
)
from knowledge.vocabulary import FactSpec, Option
from knowledge.yaml_reader import PackError, fault, read_yaml

PACKS_FOLDER = Path(__file__).parent / "packs"
PACKS = ("unnes", "aln")
"""The packs that are loaded, the one with the procedure first."""

M = TypeVar("M")


@cache
def load() -> Knowledge:
    """The packs that come with Lintas. Raises PackError with one line where they are not usable."""
    return load_packs(PACKS_FOLDER / name for name in PACKS)


def load_packs(folders: Iterable[Path]) -> Knowledge:
    """The knowledge in *folders*, checked. The first must hold the types, facts and boundaries."""
    packs = [PackReader(folder) for folder in folders]
    read = [(pack, pack.one("pack.yaml", PackHead)) for pack in packs]
    knowledge = Knowledge(
        packs={head.id: head for _, head in read},
        clauses=_collected(packs, "clauses.yaml", Clause, lambda clause: clause.id),
        facts=_collected(packs[:1], "facts.yaml", FactSpec, lambda spec: spec.key),
        programmes=_collected(packs, "programmes*", Programme, lambda programme: programme.key),
        types=_collected(packs[:1], "types", MobilityTypeFile, lambda file: file.type, listed=False),
        common={head.id: pack.one("common.yaml", CommonFile) for pack, head in read},
        parameters=_collected(packs, "parameters*", Parameter, lambda parameter: parameter.id),
        boundaries=_collected(packs[:1], "boundaries.yaml", Boundary, lambda boundary: boundary.id),
        offices={unit.key: unit for pack in packs for unit in pack.offices.units},
        portals={portal.key: portal for pack in packs for portal in pack.offices.portals},
        clause_packs={
            clause_id: head.id for pack, head in read for clause_id in pack.keys_of("clauses.yaml")
        },
    )
    knowledge = _with_programmes_as_answers(knowledge)
    check(knowledge, {key: place for pack in packs for key, place in pack.places.items()})
    return knowledge


@dataclass
class PackReader:
    """Reads the files of one pack folder and remembers where each model stands, for messages."""

    folder: Path
    places: dict[int, tuple[Path, tuple[str | int, ...]]] = field(default_factory=dict)
    """By the identity of a model: its file and its place there."""
    _keys: dict[str, list[str]] = field(default_factory=dict)

    def one(self, name: str, model: type[M]) -> M:
        """The file *name* as one model."""
        return self._validated(self.folder / name, model)

    def several(self, name: str, model: type[M], *, listed: bool, key: Callable[[M], str]) -> Iterator[tuple[str, M]]:
        """The models of a file, or of every file of a folder; `listed` says whether a file holds a list."""
        for path in self._files(name):
            found: tuple[M, ...] = self._validated(path, tuple[model, ...]) if listed else (self._validated(path, model),)  # type: ignore[valid-type]
            for index, one in enumerate(found):
                self.places[id(one)] = (path, (index,) if listed else ())
                self._keys.setdefault(name, []).append(key(one))
                yield key(one), one

    def keys_of(self, name: str) -> list[str]:
        """The keys that `several` has read from *name*."""
        return self._keys.get(name, [])

    @property
    def offices(self) -> OfficesFile:
        """offices.yaml, which a pack may lack."""
        path = self.folder / "offices.yaml"
        return self.one("offices.yaml", OfficesFile) if path.exists() else OfficesFile()

    def _files(self, name: str) -> list[Path]:
        """`name` as a file, as a folder of files, or (`name*`) as whichever of them there is."""
        stem = name.removesuffix("*")
        if name.endswith(".yaml"):
            return [self.folder / name]
        folder, file = self.folder / stem, self.folder / f"{stem}.yaml"
        if folder.is_dir():
            return sorted(folder.glob("*.yaml"))
        return [file] if file.exists() else []

    def _validated(self, path: Path, model: Any) -> Any:
        content = read_yaml(path)
        try:
            validated = _adapter(model).validate_python(content)
        except ValidationError as error:
            first = error.errors()[0]
            raise fault(path, [part for part in first["loc"] if part != "function-after"], _cure(first)) from error
        if isinstance(validated, BaseModel):
            self.places[id(validated)] = (path, ())
        return validated


@cache
def _adapter(model: Any) -> TypeAdapter[Any]:
    return TypeAdapter(model)


def _cure(error: Any) -> str:
    """What pydantic found, as a sentence with the cure."""
    match error["type"]:
        case "extra_forbidden":
            return "unknown key; remove it or correct its name"
        case "missing":
            return "the key is missing; add it"
        case "value_error":
            return str(error["ctx"]["error"])
        case _:
            return f"{error['msg']}, not {error['input']!r}"


def _collected(
    packs: Iterable[PackReader], name: str, model: type[M], key: Callable[[M], str], *, listed: bool = True
) -> dict[str, M]:
    found: dict[str, M] = {}
    for pack in packs:
        for one_key, one in pack.several(name, model, listed=listed, key=key):
            if one_key in found:
                path, location = pack.places[id(one)]
                raise fault(path, location, f"'{one_key}' stands twice; keep one or give it another name")
            found[one_key] = one
    return found


def _with_programmes_as_answers(knowledge: Knowledge) -> Knowledge:
    """The fact `programme` is answered with one of the programmes of the packs."""
    spec = knowledge.facts.get("programme")
    if spec is None:
        raise PackError("facts.yaml: the fact 'programme' is missing; add it")
    options = tuple(
        Option(value=programme.key, label=programme.name, synonyms=programme.synonyms) for programme in knowledge.programmes.values()
    )
    facts = {key: spec.model_copy(update={"options": options}) if key == "programme" else one for key, one in knowledge.facts.items()}
    return Knowledge(**{**knowledge.__dict__, "facts": facts, "_rules": {}})
