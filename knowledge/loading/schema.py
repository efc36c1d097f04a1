"""What a pack may contain, file by file: frozen models, unknown keys refused.

The models say what is written; `checks` looks at what the parts say of each other, `rules` compiles them for a day.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from knowledge.loading.item_schema import ClauseIds, Contact, Item, Key, Lists, Model, Written
from knowledge.parameters import Unit
from knowledge.text import Text


class Source(Model):
    """The document a pack rests on."""

    title: Text
    short: Text
    year: int
    in_force: date


class PackHead(Model):
    """pack.yaml: who and what the pack is about."""

    id: Key
    name: Text
    document: Source
    footer: Text
    advice: Text


class Clause(Model):
    """One statement of the source with its paraphrases; ids are positions in the source."""

    id: str
    lines: tuple[int, int]
    printed: str | None = None
    kind: str
    applies_to: tuple[str, ...] = ()
    programme: tuple[str, ...] = ()
    id_text: Annotated[str, Field(min_length=1)]
    en_text: Annotated[str, Field(min_length=1)]
    answers: bool

    def text(self, lang: str) -> str:
        """The paraphrase in *lang*, `id` or `en`."""
        return self.id_text if lang == "id" else self.en_text


class Parameter(Model):
    """A number of the procedure by the first day on which it holds."""

    id: Key
    unit: Unit
    clauses: ClauseIds
    note: Text | None = None
    values: Annotated[dict[date, float], Field(min_length=1)]


class AskedDates(Model):
    """Dates that are asked although a default is in force, because the stay is counted from them (I33)."""

    facts: tuple[str, ...]
    when: Written


class MobilityTypeFile(Lists):
    """types/<type>.yaml: one of the eight kinds of mobility."""

    type: Key
    name: Text
    summary: Text
    clauses: ClauseIds
    when: Written
    ask_dates: AskedDates | None = None


class OutsideScope(Model):
    """Why the procedure does not cover a profile, and whom to ask instead."""

    id: Key
    when: Written
    text: Text
    clauses: ClauseIds
    readings: tuple[str, ...] = ()
    contacts: tuple[Contact, ...] = ()
    keeps_type: bool = False


class CommonFile(Lists):
    """common.yaml: what holds for several types."""

    outside_scope: tuple[OutsideScope, ...] = ()


class Boundary(Model):
    """A length near a threshold that the source leaves unclear."""

    id: Key
    measure: Literal["stay", "duration"]
    between: tuple[str, str]
    text: Text
    clauses: ClauseIds
    readings: tuple[str, ...] = ()


class ProgrammeLength(Model):
    """The least and the most a programme lasts, where the source states it."""

    at_least: str | None = None
    at_most: str | None = None
    types: tuple[str, ...] = ()
    """The mobility types for which it is stated; none: every type the programme fits."""
    text: Text
    note: Text | None = None
    clauses: ClauseIds
    readings: tuple[str, ...] = ()


class Programme(Model):
    """A kind of programme. None for credit or degree: the source does not settle it."""

    key: Key
    name: Text
    synonyms: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    bears_credit: bool | None
    leads_to_degree: bool | None
    clauses: tuple[str, ...] = ()
    readings: tuple[str, ...] = ()
    about: tuple[Item, ...] = ()
    length: ProgrammeLength | None = None


class Office(Model):
    """A unit, under the name the source prints; `assumed` says which names we take for the same (I69)."""

    key: Key
    name: Text
    printed: tuple[str, ...] = ()
    assumed: Text | None = None
    clauses: tuple[str, ...] = ()


class Portal(Model):
    """A web address exactly as printed, with its year (I68)."""

    key: Key
    url: str
    year: int
    clauses: ClauseIds
    text: Text


class OfficesFile(Model):
    """offices.yaml."""

    units: tuple[Office, ...] = ()
    portals: tuple[Portal, ...] = ()
