"""A screen is a value: one message with its text and its buttons. Nothing here is sent."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.i18n import Translator
from bot.services.markup import cut
from knowledge.text import Language

MOST_CHARACTERS: Final = 4096
"""Telegram's limit of a message, in UTF-16 units after the markup is read (platform-facts §1.2)."""
FITS_A_PHONE: Final = 1500
"""The same measure; about two phone screens, which is as far as people scroll."""
WIDE_LABEL: Final = 17
"""Characters of a label that still fit beside another one on a small phone."""
NARROW_LABEL: Final = 7
MARKS: Final = {"met": "✅", "not_met": "❌", "unknown": "❔", "confirm": "⚠️", "decided_elsewhere": "🏛"}
"""The mark of each status of a criterion or condition."""
NOT_YET: Final = "⬜"
"""The mark of what is still to be done."""


@dataclass(frozen=True)
class Screen:
    """One message: text in Telegram's HTML, and its buttons."""

    text: str
    keyboard: InlineKeyboardMarkup | None = None
    passing: bool = False
    """A question: of no use once there is an answer, so it need not stay in the chat."""


Row = list[InlineKeyboardButton]


def language(t: Translator) -> Language:
    """The language of a translator, as the knowledge names it."""
    return "id" if t.lang == "id" else "en"


def screen(text: str, rows: Iterable[Row] = (), *, passing: bool = False) -> Screen:
    """A screen with these rows of buttons; empty rows are left out."""
    kept = [row for row in rows if row]
    return Screen(text, InlineKeyboardMarkup(inline_keyboard=kept) if kept else None, passing)


def esc(text: str) -> str:
    """Text from outside the catalogue, safe within HTML. Do it where the text enters a sentence."""
    return html.escape(text, quote=False)


def bold(text: str) -> str:
    """Plain text in bold."""
    return f"<b>{esc(text)}</b>"


def italic(text: str) -> str:
    """Plain text in italics."""
    return f"<i>{esc(text)}</i>"


def cited(clauses: Iterable[str]) -> str:
    """Clause ids behind a statement. As code, so that no app takes `III.A.2` for a web address."""
    return " ".join(f"<code>{esc(clause)}</code>" for clause in clauses)


def paragraphs(*parts: str) -> str:
    """The parts that are not empty, with a blank line between them."""
    return "\n\n".join(part for part in parts if part)


def lines(*parts: str) -> str:
    """The parts that are not empty, one below the other."""
    return "\n".join(part for part in parts if part)


def button(label: str, callback: CallbackData, *, style: str | None = None) -> InlineKeyboardButton:
    """A button with a label of plain text. `style`: danger, success or primary; older apps do not show it."""
    return InlineKeyboardButton(text=label, callback_data=callback.pack(), style=style)


def choices(names: Sequence[str], behind: Sequence[str] = ()) -> tuple[str, list[str]]:
    """Labels of buttons for these names, each with what stands `behind` it, and HTML to be read above them: where a
    phone does not show every name to its end, all of them in full, numbered, since beginnings may be alike."""
    behind = behind or [""] * len(names)
    labels = [cut(name, after=after) for name, after in zip(names, behind, strict=True)]
    if all(label == name + after for label, name, after in zip(labels, names, behind, strict=True)):
        return "", labels
    numbered = [f"{number}. {name}" for number, name in enumerate(names, 1)]
    return esc("\n".join(numbered)), [cut(name, after=after) for name, after in zip(numbered, behind, strict=True)]


def arranged(buttons: Iterable[InlineKeyboardButton]) -> list[Row]:
    """Buttons in rows that fit a phone: one wide label a row, two middling ones, or four short ones."""
    rows: list[Row] = []
    for each in buttons:
        if rows and len(rows[-1]) < _room([*rows[-1], each]):
            rows[-1].append(each)
        else:
            rows.append([each])
    return rows


def _room(row: Row) -> int:
    widest = max(len(each.text) for each in row)
    return 4 if widest <= NARROW_LABEL else 2 if widest <= WIDE_LABEL else 1
