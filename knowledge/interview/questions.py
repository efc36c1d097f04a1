"""A fact as it is asked: wording, reason, answers to choose from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.profile import Profile
from knowledge.rules import Rules
from knowledge.text import Language, Text
from knowledge.vocabulary import FactSpec, Option


@dataclass(frozen=True)
class Question:
    """One question. Its texts have the amounts in force filled in."""

    spec: FactSpec
    options: tuple[Option, ...]
    """Answers to offer as buttons; a number or a date can always be typed instead."""
    _question: Text
    _why: Text
    _rules: Rules

    @classmethod
    def about(cls, spec: FactSpec, rules: Rules, profile: Profile, offered: Sequence[str] | None = None) -> Question:
        """The question about *spec*, worded for what is known; *offered* limits the answers to these values."""
        options = (
            spec.offered if offered is None else tuple(option for option in spec.offered if option.value in offered)
        )
        wording = next((w for w in spec.asks_about if rules.vocabulary.parse(w.when).truth(profile) is True), None)
        question, why = (wording.question, wording.why or spec.why) if wording else (spec.question, spec.why)
        return cls(spec, options, question, why, rules)

    @property
    def key(self) -> str:
        """The fact that is asked for."""
        return self.spec.key

    @property
    def clauses(self) -> tuple[str, ...]:
        """The clauses for which it is asked."""
        return self.spec.clauses

    def text(self, lang: Language) -> str:
        """The question."""
        return self._rules.written(self._question, lang)

    def why(self, lang: Language) -> str:
        """Why it is asked."""
        return self._rules.written(self._why, lang)

    def example(self, lang: Language) -> str | None:
        """An answer as it may be typed."""
        return None if self.spec.example is None else self._rules.written(self.spec.example, lang)
