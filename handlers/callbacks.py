"""What the buttons carry: one small class for each meaning.

Telegram allows 64 bytes. The digit in a prefix is its version: when the fields of a class change, so does the digit,
and a button that was sent with the old shape gets the fallback's answer instead of a wrong meaning.
Every class names what it is about, so that a button works whenever it is pressed.
"""

from __future__ import annotations

from typing import Self

from aiogram.filters.callback_data import CallbackData

from knowledge import Knowledge
from knowledge.interview import Goal
from knowledge.loading.item_schema import ListName

FactJson = str | int | float | bool | None


class Home(CallbackData, prefix="h1"):
    """The greeting."""


class Help(CallbackData, prefix="h2"):
    """The list of commands."""


class AskQuestion(CallbackData, prefix="h3"):
    """A question of one's own."""


class Languages(CallbackData, prefix="y1"):
    """The choice of a language."""


class Language(CallbackData, prefix="y2"):
    """Speak this language from now on."""

    code: str


class Check(CallbackData, prefix="c1"):
    """Begin the questions, or go on where they stopped; the goal says what the person wants to know."""

    goal: Goal = Goal.ALL


class Answer(CallbackData, prefix="a1"):
    """The answer to a fact, in as many letters as it needs: `t` and `f` for yes and no, else the value itself."""

    fact: str
    value: str

    @classmethod
    def of(cls, fact: str, value: FactJson) -> Self:
        """The button for this value."""
        return cls(fact=fact, value={True: "t", False: "f"}[value] if isinstance(value, bool) else str(value))

    def read(self, knowledge: Knowledge) -> FactJson:
        """The value as a fact has it; the text itself where it cannot be one (the interview refuses it)."""
        spec = knowledge.facts.get(self.fact)
        kind = spec.kind if spec else "choice"
        if kind == "bool":
            return {"t": True, "f": False}.get(self.value, self.value)
        if kind in ("number", "whole"):
            try:
                number = float(self.value)
            except ValueError:
                return self.value
            return int(number) if kind == "whole" and number.is_integer() else number
        return self.value


class DontKnow(CallbackData, prefix="d1"):
    """The person does not know this fact, or skips it."""

    fact: str


class Back(CallbackData, prefix="b1"):
    """The question before the one about this fact."""

    fact: str


class Why(CallbackData, prefix="w1"):
    """Why this fact is asked for."""

    fact: str


class Resume(CallbackData, prefix="q1"):
    """The question where the person stands, or the result."""


class FollowUp(CallbackData, prefix="f1"):
    """The follow-up questions: dates, and which papers are there already."""


class Change(CallbackData, prefix="e1"):
    """Ask this fact again."""

    fact: str


class Answers(CallbackData, prefix="l1"):
    """The list of answers, to change one."""

    page: int = 0


class SkipRest(CallbackData, prefix="k1"):
    """Skip the follow-up questions and show the result."""


class Result(CallbackData, prefix="r1"):
    """The result."""

    page: int = 0


class More(CallbackData, prefix="m1"):
    """What the result has no room for."""


class Section(CallbackData, prefix="s1"):
    """One list of the result."""

    name: ListName
    page: int = 0


class Sources(CallbackData, prefix="z1"):
    """The clauses behind a page of a list: `page` of the list, `at` the page of the sources."""

    name: ListName
    page: int = 0
    at: int = 0


class StartOver(CallbackData, prefix="n1"):
    """Forget the answers; asked once more until `sure`."""

    sure: bool = False
