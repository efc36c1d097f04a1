"""What a topic's answer takes over from the rules: `{parameter}`, `{item:…}`, `{list:…}`, names and addresses.

An answer states no amount, list or name of its own, so the rules and the answers cannot disagree.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches
from typing import Final, TypeVar, get_args

from knowledge.loading.item_schema import Document, Item, ListName, Stage
from knowledge.loading.packs import Packs
from knowledge.rules import LIST_NAMES, Rules
from knowledge.text import Language, Text

REFERENCE: Final = re.compile(r"\{([^{}]*)\}")
COMMON: Final = "common"
T = TypeVar("T")
_ONLY = {"id": "hanya", "en": "only"}


class UnknownReferenceError(ValueError):
    """A reference that names nothing in the packs. The message says what it names and what there is."""


class References:
    """Fills in what answers refer to, with the amounts in force that *rules* were compiled for."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._kinds: dict[str, Callable[[str, Language], str]] = {
            "": self._parameter,
            "item": self._item,
            "list": self._list,
            "programme": self._programme,
            "office": self._office,
            "portal": self._portal,
        }

    @property
    def knowledge(self) -> Packs:
        """The packs that are referred to."""
        return self._rules.knowledge

    def fill(self, text: Text, lang: Language) -> str:
        """*text* in *lang* with every reference filled in. Raises UnknownReferenceError."""
        return REFERENCE.sub(lambda match: self.resolve(match[1], lang), text.get(lang))

    def resolve(self, reference: str, lang: Language) -> str:
        """What the inside of one pair of braces stands for."""
        kind, colon, name = reference.rpartition(":")
        if kind not in self._kinds or (colon and not kind):
            raise UnknownReferenceError(f"{{{reference}}} begins with none of {', '.join(filter(None, self._kinds))}")
        return self._kinds[kind](name, lang)

    def problems(self, text: Text) -> Iterator[tuple[Language, str]]:
        """What is wrong with the references of a text, each with its language."""
        named = {lang: sorted(REFERENCE.findall(text.get(lang))) for lang in get_args(Language)}
        for lang, references in named.items():
            for reference in references:
                try:
                    self.resolve(reference, lang)
                except UnknownReferenceError as error:
                    yield lang, str(error)
        if set(named["id"]) != set(named["en"]):
            differing = ", ".join(sorted(set(named["id"]) ^ set(named["en"])))
            yield "en", f"the languages refer to different things ({differing}); use the same references in both"

    def _parameter(self, name: str, lang: Language) -> str:
        return _known(self._rules.amounts, name, "parameter").written(lang)

    def _programme(self, name: str, lang: Language) -> str:
        return _known(self.knowledge.programmes, name, "programme").name.get(lang)

    def _office(self, name: str, lang: Language) -> str:
        return _known(self.knowledge.offices, name, "office").name.get(lang)

    def _portal(self, name: str, lang: Language) -> str:
        portal = _known(self.knowledge.portals, name, "portal")
        return f"{portal.url} ({portal.year})"

    def _item(self, name: str, lang: Language) -> str:
        place, _, rest = name.partition(".")
        list_name, _, item_id = rest.partition(".")
        items = {item.id: item for item in self._items(place, list_name)}
        return self._rules.written(_known(items, item_id, f"item of {place}.{list_name}").text, lang)

    def _list(self, name: str, lang: Language) -> str:
        path, _, stage = name.partition("@")
        place, _, list_name = path.partition(".")
        items = self._items(place, list_name)
        if stage:
            _known(dict.fromkeys(get_args(Stage)), stage, "stage")
            items = [item for item in items if isinstance(item, Document) and item.stage == stage]
        if not items:
            raise UnknownReferenceError(f"{{list:{name}}} has no items; refer to a list that has some")
        return "\n".join(f"• {self._line(item, lang)}" for item in items)

    def _line(self, item: Item, lang: Language) -> str:
        text = self._rules.written(item.text, lang)
        limits = [self._programme(key, lang) for key in item.programmes]
        if (item.when is not None or item.required_when is not None) and item.when_text is not None:
            limits.append(self._rules.written(item.when_text, lang))
        return f"{text.rstrip('.')} ({_ONLY[lang]} {', '.join(limits)})" if limits else text

    def _items(self, place: str, list_name: str) -> list[Item]:
        """The items of a list of a mobility type; with place `common`, all of the common files."""
        name: ListName = _known({known: known for known in LIST_NAMES}, list_name, "list")
        common = [item for file in self.knowledge.common.values() for item in getattr(file, name)]
        if place == COMMON:
            return common
        own = getattr(_known(self.knowledge.types, place, "mobility type"), name)
        return [*own, *(item for item in common if place in item.types)]


def _known(things: Mapping[str, T], name: str, what: str) -> T:
    if name in things:
        return things[name]
    close = get_close_matches(name, list(things), n=1)
    cure = f"did you mean '{close[0]}'?" if close else "declare it or correct the name"
    raise UnknownReferenceError(f"unknown {what} '{name}'; {cure}")
