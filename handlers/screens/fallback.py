"""What is said when nothing else fits: always a way on, and never more than is true."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

from aiogram.types import InlineKeyboardButton

from bot.i18n import Translator
from handlers.applications.callbacks import MyApplications
from handlers.callbacks import Check, Help, Home, Section
from handlers.screens.items import item_text
from handlers.screens.screen import (
    Row,
    Screen,
    bold,
    button,
    cited,
    italic,
    lines,
    paragraphs,
    screen,
)
from handlers.screens.titles import ICONS, list_title
from knowledge import AssessedItem, Knowledge
from knowledge.interview import Goal

Unreadable = Literal["photo", "sound", "sticker", "other"]
"""What people send that is no text."""
MOST_CONTACTS: Final = 3
FIRST_CONTACTS: Final = ("bagian_kerja_sama", "kui")
"""Whom to ask as long as nothing is known: the units that the POB names for all kinds of mobility."""


def unknown_command_screen(t: Translator, *, meant: str | None) -> Screen:
    """A command we do not have; `meant` is one that looks like it."""
    _ = t.gettext
    text = paragraphs(
        _("I do not know that command."),
        _("Did you mean /{command}?", command=meant) if meant else "",
        _("/help lists what I can do."),
    )
    return screen(text, ways_on(t))


def unreadable_screen(t: Translator, kind: Unreadable) -> Screen:
    """A voice message, a sticker …: what to do instead."""
    _ = t.gettext
    texts: dict[Unreadable, str] = {
        "photo": _("Thank you, but I cannot open this, and I do not keep it. Please send it as a photo or as a file."),
        "sound": _("I am sorry, I cannot listen or watch. Please type it, as a question or an answer."),
        "sticker": _("Nice one! 😊 I only understand text and buttons, though."),
        "other": _("I am sorry, I only understand text and buttons."),
    }
    return screen(texts[kind], ways_on(t))


def human_screen(t: Translator, knowledge: Knowledge, contacts: Sequence[AssessedItem]) -> Screen:
    """Whom to ask. `contacts` are those of the person's kind of mobility, if it is known; the first ones help most."""
    _ = t.gettext
    named = [item_text(t, knowledge, item) for item in contacts[:MOST_CONTACTS]] or [
        _office(t, knowledge, key) for key in FIRST_CONTACTS if key in knowledge.offices
    ]
    who = _("For your kind of mobility the POB names:") if contacts else _("These units of UNNES can help you:")
    text = paragraphs(
        _("🙋 <b>Ask a person</b>"),
        _("The quickest way is to ask there yourself. {who}", who=who),
        *named,
        italic(_("The POB prints no phone number and no e-mail; look for the unit on the website of UNNES.")),
    )
    everybody = f"{ICONS['contacts']} {list_title(t, 'contacts')} ({len(contacts)})"
    rows: list[Row] = [
        [button(everybody, Section(name="contacts"))] if len(contacts) > MOST_CONTACTS else [],
        [button(_("🎯 Check my programme"), Check())],
        [button(_("‹ Start page"), Home())],
    ]
    return screen(text, rows)


def in_group_screen(t: Translator, username: str) -> Screen:
    """Somebody named us in a group, and said nothing else."""
    _ = t.gettext
    way = InlineKeyboardButton(text=_("💬 Open the private chat"), url=f"https://t.me/{username}")
    text = _("Yes? Ask me here like this: /ask@{username} how long is a visa valid?", username=username)
    return screen(text, [[way]])


def outdated_text(t: Translator) -> str:
    """A button that means nothing any more (at most 200 characters)."""
    return t.gettext("This menu is outdated. I have put new buttons below the message.")


def outdated_in_group_text(t: Translator) -> str:
    """The same in a group, where the message may be somebody else's."""
    return t.gettext("This menu is outdated. Please send /check or /help.")


def ways_on(t: Translator) -> list[Row]:
    """Where to go from anywhere."""
    _ = t.gettext
    return [
        [button(_("🎯 Check my programme"), Check())],
        [button(_("📄 Documents"), Check(goal=Goal.DOCUMENTS)), button(_("🛂 Visa"), Check(goal=Goal.IMMIGRATION))],
        [button(_("📁 My applications"), MyApplications())],
        [button(_("❓ What I can do"), Help())],
    ]


def _office(t: Translator, knowledge: Knowledge, key: str) -> str:
    office = knowledge.offices[key]
    return lines(
        f"🏢 {bold(t.text(office.name))} {cited(office.clauses)}",
        italic(t.text(office.assumed)) if office.assumed else "",
    )
