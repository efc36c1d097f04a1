"""What an announcement says: texts with places to fill in, files, buttons. Pure: what it is made into is JSON of the
Bot API, for the preview in the chat as for the worker, so that both show the same.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, Self, get_args

from bot.services.markup import TAG
from bot.services.visit import LANGUAGES, Json, Lang

FileKind = Literal["photo", "document", "video"]
ButtonKind = Literal["link", "topic", "status"]
Placeholder = Literal["name", "programme", "type", "deadline", "code", "result", "note"]

PLACEHOLDERS: Final[tuple[Placeholder, ...]] = get_args(Placeholder)
OF_RESULTS: Final[frozenset[Placeholder]] = frozenset({"result", "note"})
"""Places that only the results of a selection fill."""
OPTIONAL: Final[frozenset[Placeholder]] = frozenset({"note"})
"""Places that may stay empty: then what stands on their line is left out."""
LONGEST_TEXT: Final = 4096
LONGEST_CAPTION: Final = 1024
"""Telegram's limits in UTF-16 units, after the markup is read (platform-facts §1.2)."""
MOST_FILES: Final = 10
"""What fits an album."""
METHODS: Final[Mapping[FileKind, str]] = {"photo": "sendPhoto", "document": "sendDocument", "video": "sendVideo"}
_PLACE: Final = re.compile(r"\{([a-z_]+)\}")
_EMPTY_LINES: Final = re.compile(r"\n{3,}")


@dataclass(frozen=True)
class File:
    """A file by its id at Telegram."""

    kind: FileKind
    file_id: str


@dataclass(frozen=True)
class Button:
    """A button below the text: a link, a topic of the knowledge by its id, or the person's own applications."""

    kind: ButtonKind
    label: Mapping[Lang, str]
    value: str = ""


@dataclass(frozen=True)
class Content:
    """What is said. Texts are Telegram's HTML, as the author's formatting gave it."""

    texts: Mapping[Lang, str]
    one_for_all: bool = False
    """Whoever reads the language that has no text gets the other one; if not, they get nothing."""
    files: tuple[File, ...] = ()
    buttons: tuple[Button, ...] = ()

    @classmethod
    def from_json(cls, stored: Mapping[str, Json]) -> Self:
        """Read what `as_json` wrote."""
        return cls(
            texts={lang: stored["texts"][lang] for lang in LANGUAGES if lang in stored.get("texts", {})},
            one_for_all=bool(stored.get("one_for_all")),
            files=tuple(File(kind, file_id) for kind, file_id in stored.get("files", ())),
            buttons=tuple(Button(kind, label, value) for kind, label, value in stored.get("buttons", ())),
        )

    def as_json(self) -> dict[str, Json]:
        """What is kept."""
        return {
            "texts": dict(self.texts),
            "one_for_all": self.one_for_all,
            "files": [[file.kind, file.file_id] for file in self.files],
            "buttons": [[button.kind, dict(button.label), button.value] for button in self.buttons],
        }

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to send."""
        return not self.texts and not self.files

    @property
    def is_album(self) -> bool:
        """Several files in one: Telegram allows no buttons below them."""
        return len(self.files) > 1

    @property
    def longest(self) -> int:
        """UTF-16 units that a text may have."""
        return LONGEST_CAPTION if self.files else LONGEST_TEXT

    def text(self, lang: Lang) -> str | None:
        """The text for whoever reads a language; None if they get none. Files without any text are for all."""
        if lang in self.texts:
            return self.texts[lang]
        if not self.texts:
            return ""
        return next(iter(self.texts.values())) if self.one_for_all else None

    def places(self) -> frozenset[str]:
        """The names of all places to fill in, known ones and misspelt ones."""
        return frozenset(name for text in self.texts.values() for name in _PLACE.findall(text))

    @property
    def unknown_places(self) -> tuple[str, ...]:
        """Names in braces that nothing fills."""
        return tuple(sorted(self.places() - set(PLACEHOLDERS)))


@dataclass(frozen=True)
class Unfilled(Exception):
    """There is a place for which this recipient has nothing."""

    place: str


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with every place filled in. Values are plain text and are escaped. A line with an optional place for
    which there is nothing is left out.

    Raises:
        Unfilled: a value is missing or empty.
    """

    def value(found: re.Match[str]) -> str:
        name = found[1]
        if name not in PLACEHOLDERS:
            return found[0]
        if not values.get(name):
            raise Unfilled(name)
        return html.escape(values[name], quote=False)

    lacking = [place for place in OPTIONAL if f"{{{place}}}" in text and not values.get(place)]
    return _PLACE.sub(value, _without(text, lacking) if lacking else text)


def _without(text: str, places: Sequence[str]) -> str:
    """The text without the lines in which one of the places stands; tags stay, for others may close them."""
    lines: list[str] = []
    for line in text.split("\n"):
        if any(f"{{{place}}}" in line for place in places):
            if tags := "".join(TAG.findall(line)):
                lines.append(tags)
        else:
            lines.append(line)
    return _EMPTY_LINES.sub("\n\n", "\n".join(lines)).strip("\n")


def sending(
    content: Content, lang: Lang, values: Mapping[str, str], keyboard: Json = None
) -> tuple[str, dict[str, Any]] | None:
    """The method of the Bot API and its parameters for one recipient; None where there is nothing in their language.

    Raises:
        Unfilled: a place that this recipient has nothing for.
    """
    text = content.text(lang)
    if text is None:
        return None
    said = filled(text, values)
    if content.is_album:
        return "sendMediaGroup", {"media": _album(content.files, said)}
    markup = {"reply_markup": keyboard} if keyboard else {}
    if content.files:
        [file] = content.files
        caption = {"caption": said, "parse_mode": "HTML"} if said else {}
        return METHODS[file.kind], {file.kind: file.file_id, **caption, **markup}
    return "sendMessage", {"text": said, "parse_mode": "HTML", "link_preview_options": {"is_disabled": True}, **markup}


def changing(
    content: Content, lang: Lang, values: Mapping[str, str], keyboard: Json = None
) -> tuple[str, dict[str, Any]] | None:
    """The same for a message that was sent before: its text or its caption is changed, files stay as they are.

    Raises:
        Unfilled: a place that this recipient has nothing for.
    """
    made = sending(content, lang, values, keyboard)
    if made is None:
        return None
    _, parameters = made
    kept: dict[str, Any] = {name: parameters[name] for name in ("parse_mode", "reply_markup") if name in parameters}
    if content.is_album:
        first = parameters["media"][0]
        return "editMessageCaption", {"caption": first.get("caption", ""), "parse_mode": "HTML"}
    if content.files:
        return "editMessageCaption", {"caption": parameters.get("caption", ""), **kept}
    return "editMessageText", {"text": parameters["text"], "link_preview_options": {"is_disabled": True}, **kept}


def _album(files: Sequence[File], caption: str) -> list[dict[str, Any]]:
    media: list[dict[str, Any]] = [{"type": file.kind, "media": file.file_id} for file in files]
    if caption:
        media[0] |= {"caption": caption, "parse_mode": "HTML"}
    return media
