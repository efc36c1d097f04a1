"""What a question names: a role, a direction, how far, a programme, a stage, and what kind of question it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from knowledge.pack import Knowledge
from knowledge.search.reading.lexicon import Lexicon
from knowledge.search.reading.normalise import Normaliser, Reading
from knowledge.search.reading.phrases import Phrases

STAFF = frozenset({"lecturer", "education_staff", "researcher", "expert"})
PROGRAMME = "programme"
OBEYED = frozenset({"coming"})
"""Kinds that rule labels out by themselves, so that nothing is learned from them."""


@dataclass(frozen=True, slots=True)
class Entities:
    """The values that were named, by kind of signal; a kind that was not named is empty."""

    named: Mapping[str, frozenset[str]]

    def __getitem__(self, kind: str) -> frozenset[str]:
        return self.named.get(kind, frozenset())

    def fits(self, mobility_type: str) -> bool:
        """Whether nothing that was named speaks against the type (`student_outbound_international` …)."""
        who, way, reach = mobility_type.split("_")
        return (
            _allows({"staff" if role in STAFF else role for role in self["role"]}, who)
            and _allows({f"{direction}bound" for direction in self["direction"]}, way)
            and _allows(self["reach"], reach)
        )

    def completed(self, known: Entities) -> Entities:
        """These, and where they are silent what is known already."""
        return Entities({**known.named, **self.named})

    def flags(self) -> frozenset[str]:
        """Every named value that is learned from, as `kind=value`."""
        learned = {kind: values for kind, values in self.named.items() if kind not in OBEYED}
        return frozenset(f"{kind}={value}" for kind, values in learned.items() for value in values)


NOTHING_NAMED = Entities({})


class Recogniser:
    """Finds the phrases of the word lists, and the programmes of the packs, in questions."""

    def __init__(self, knowledge: Knowledge, lexicon: Lexicon, normaliser: Normaliser) -> None:
        kinds = {kind: _pairs(values) for kind, values in lexicon.entities.items()}
        kinds[PROGRAMME] = _pairs(
            {
                programme.key: (*programme.synonyms, programme.name.id, programme.name.en)
                for programme in knowledge.programmes.values()
            }
        )
        self.flags = tuple(
            sorted(f"{kind}={value}" for kind, pairs in kinds.items() if kind not in OBEYED for value in _values(pairs))
        )
        self._phrases = {kind: Phrases(_merged(pairs, normaliser).items()) for kind, pairs in kinds.items()}

    def read(self, reading: Reading) -> Entities:
        """What *reading* names."""
        found = {
            kind: frozenset[str]().union(*phrases.found(reading.general)) for kind, phrases in self._phrases.items()
        }
        return Entities({kind: values for kind, values in found.items() if values})


def _pairs(values: Mapping[str, Iterable[str]]) -> dict[str, set[str]]:
    """Each phrase with the values it stands for."""
    pairs: dict[str, set[str]] = {}
    for value, phrases in values.items():
        for phrase in phrases:
            pairs.setdefault(phrase.lower(), set()).add(value)
    return pairs


def _merged(pairs: Mapping[str, set[str]], normaliser: Normaliser) -> dict[tuple[str, ...], frozenset[str]]:
    """The phrases as the normaliser reads them; those that become the same share their values."""
    merged: dict[tuple[str, ...], frozenset[str]] = {}
    for phrase, values in pairs.items():
        words = normaliser.words(phrase)
        merged[words] = merged.get(words, frozenset()) | values
    return merged


def _values(pairs: Mapping[str, set[str]]) -> set[str]:
    return set().union(*pairs.values())


def _allows(named: Iterable[str], value: str) -> bool:
    named = set(named)
    return not named or value in named
