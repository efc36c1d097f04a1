"""The lines of a pack's lists: frozen models, unknown keys refused."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from knowledge.text import Text

Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
ClauseIds = Annotated[tuple[str, ...], Field(min_length=1)]
Written = dict[str, Any]
"""A condition as it is written; `condition_syntax` gives it meaning."""

Stage = Literal["registration", "loa", "permit", "visa", "departure", "arrival", "during", "return"]
ListName = Literal[
    "criteria",
    "conditions",
    "documents",
    "immigration",
    "deadlines",
    "fees",
    "funding",
    "obligations",
    "rights",
    "procedure",
    "contacts",
    "programme",
    "about",
]


class Model(BaseModel):
    """Base of every model of a pack."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Variant(Model):
    """Fields that replace those of an item where the condition is true."""

    when: Written
    text: Text | None = None
    note: Text | None = None
    clauses: ClauseIds | None = None
    amount: str | int | None = None
    borne_by: Text | None = None


class Item(Model):
    """One line of a list, with the clauses it rests on."""

    id: Key
    clauses: ClauseIds
    text: Text
    note: Text | None = None
    readings: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    programmes: tuple[str, ...] = ()
    when: Written | None = None
    when_text: Text | None = None
    required_when: Written | None = None
    variants: tuple[Variant, ...] = ()

    @model_validator(mode="after")
    def _says_when(self) -> Self:
        if (self.when or self.required_when) and self.when_text is None and self._needs_when_text:
            raise ValueError(f"item '{self.id}': 'when_text' is missing; say in both languages when it applies")
        return self

    @property
    def _needs_when_text(self) -> bool:
        """Whether there are profiles for which the item is shown as not yet required."""
        return self.required_when is not None or set(self.when or {}) != {"unless"}


class Criterion(Item):
    """Who may take part: met, not met, to confirm, unknown, or decided elsewhere."""

    met: Written | None = None
    confirm: Written | None = None
    decided_elsewhere: bool = False

    @model_validator(mode="after")
    def _one_rule(self) -> Self:
        if (self.met is None) != self.decided_elsewhere:
            raise ValueError(f"criterion '{self.id}': either 'met' or 'decided_elsewhere: true' is expected")
        return self

    @property
    def _needs_when_text(self) -> bool:
        return False


class Requirement(Item):
    """What must be in order before going and can still be put right."""

    met: Written

    @property
    def _needs_when_text(self) -> bool:
        return False


class Equivalent(Model):
    """Another paper that does as well, by what clauses say."""

    text: Text
    clauses: ClauseIds


class Document(Item):
    """A paper to hand in or to hold, at a stage of the way."""

    stage: Stage
    group: Text | None = None
    equivalent: Equivalent | None = None


class Immigration(Item):
    """A visa or permit step; `near` names the boundaries at which it is unclear (I32)."""

    near: tuple[str, ...] = ()


class Deadline(Item):
    """The last day that is still in time, counted from a date of the applicant."""

    from_: str = Field(alias="from")
    before: str | None = None
    after: str | None = None
    missed: Text | None = None
    settled_by: tuple[str, ...] = ()
    """Items (`list.id`) that settle it: once one of them is there, nothing is left to be in time for."""


class Obligation(Item):
    """A duty; `at` is the date of the applicant on which it begins, where the source names no number of days (I30)."""

    at: str | None = None


class Fee(Item):
    """Something to pay: a parameter's id, 0 where it is waived, nothing where the source states no amount."""

    amount: str | int | None
    currency: Literal["IDR", "USD"] = "IDR"
    borne_by: Text | None = None
    year: int | None = None

    @property
    def _needs_when_text(self) -> bool:
        return False


class Contact(Item):
    """Whom to ask, and what for."""

    unit: Key


class Lists(Model):
    """The lists of a mobility type, or of several."""

    criteria: tuple[Criterion, ...] = ()
    conditions: tuple[Requirement, ...] = ()
    documents: tuple[Document, ...] = ()
    immigration: tuple[Immigration, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    fees: tuple[Fee, ...] = ()
    funding: tuple[Item, ...] = ()
    obligations: tuple[Obligation, ...] = ()
    rights: tuple[Item, ...] = ()
    procedure: tuple[Item, ...] = ()
    contacts: tuple[Contact, ...] = ()
    programme: tuple[Item, ...] = ()
    about: tuple[Item, ...] = ()
