"""YAML packs in, one `Knowledge` out; or one error that names file, line, key and cure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache
from itertools import chain
from pathlib import Path
from typing import TypeVar

from knowledge.loading.checks import check
from knowledge.loading.pack_reader import PackReader
from knowledge.loading.schema import (
    Boundary,
    Clause,
    CommonFile,
    MobilityTypeFile,
    OfficesFile,
    PackHead,
    Parameter,
    Programme,
)
from knowledge.loading.yaml_reader import PackError, fault
from knowledge.pack import Knowledge
from knowledge.vocabulary import FactSpec, Option

PACKS_FOLDER = Path(__file__).parents[1] / "packs"
PACKS = ("unnes", "aln")
"""The packs that are loaded, the one with the procedure first."""
PACK_FOLDERS = tuple(PACKS_FOLDER / name for name in PACKS)

M = TypeVar("M")


@cache
def load() -> Knowledge:
    """The packs that come with Lintas. Raises PackError with one line where they are not usable."""
    return load_packs(PACK_FOLDERS)


def load_packs(folders: Iterable[Path]) -> Knowledge:
    """The knowledge in *folders*, checked. The first must hold the types, facts and boundaries."""
    packs = [PackReader(folder) for folder in folders]
    main = packs[0]
    places = _Places(packs)
    heads = [pack.one("pack.yaml", PackHead) for pack in packs]
    clauses = [list(pack.items("clauses", Clause)) for pack in packs]
    offices = [pack.optional("offices.yaml", OfficesFile, OfficesFile()) for pack in packs]
    knowledge = Knowledge(
        packs=places.by_key(heads, lambda head: head.id),
        clauses=places.by_key(chain(*clauses), lambda clause: clause.id),
        facts=places.by_key(main.items("facts", FactSpec), lambda spec: spec.key),
        programmes=places.by_key(
            chain(*(pack.items("programmes", Programme) for pack in packs)), lambda programme: programme.key
        ),
        types=places.by_key(main.each("types", MobilityTypeFile), lambda file: file.type),
        common={head.id: pack.one("common.yaml", CommonFile) for head, pack in zip(heads, packs, strict=True)},
        parameters=places.by_key(main.items("parameters", Parameter), lambda parameter: parameter.id),
        boundaries=places.by_key(main.items("boundaries", Boundary), lambda boundary: boundary.id),
        offices={unit.key: unit for file in offices for unit in file.units},
        portals={portal.key: portal for file in offices for portal in file.portals},
        order=main.optional("order.yaml", dict[str, tuple[str, ...]], {}),
        clause_packs={clause.id: head.id for head, own in zip(heads, clauses, strict=True) for clause in own},
    )
    knowledge = _with_programmes_as_answers(knowledge, main)
    check(knowledge, places.all(), offices)
    return knowledge


class _Places:
    """Where the models of several packs stand."""

    def __init__(self, packs: list[PackReader]) -> None:
        self._packs = packs

    def all(self) -> dict[int, tuple[Path, tuple[str | int, ...]]]:
        """The place of every model that was read."""
        return {key: place for pack in self._packs for key, place in pack.places.items()}

    def by_key(self, models: Iterable[M], key: Callable[[M], str]) -> dict[str, M]:
        """The models by their key. Raises PackError where a key stands twice."""
        found: dict[str, M] = {}
        for one in models:
            if key(one) in found:
                path, location = self.all()[id(one)]
                raise fault(path, location, f"'{key(one)}' stands twice; keep one or give it another name")
            found[key(one)] = one
        return found


def _with_programmes_as_answers(knowledge: Knowledge, main: PackReader) -> Knowledge:
    """The fact `programme` is answered with one of the programmes of the packs."""
    spec = knowledge.facts.get("programme")
    if spec is None:
        raise PackError("facts.yaml: the fact 'programme' is missing; add it")
    options = tuple(
        Option(value=programme.key, label=programme.name, synonyms=programme.synonyms)
        for programme in knowledge.programmes.values()
    )
    asked = spec.model_copy(update={"options": options})
    main.places[id(asked)] = main.places[id(spec)]
    return replace(knowledge, facts={**knowledge.facts, "programme": asked})
