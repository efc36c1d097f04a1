"""How the bot presents itself in Telegram: its commands and descriptions, in every language; to staff, theirs too.

Telegram limits how often these may be set, so they are compared first. The bot works without them: whatever goes wrong
here is logged and that is all.
"""

from __future__ import annotations

import logging
from typing import Final

from aiogram import Bot
from aiogram.exceptions import AiogramError
from aiogram.types import BotCommand, BotCommandScopeChat

from bot.errors import N_
from bot.i18n import Translator, Translators
from bot.services.staff.staff import Right, rights_of

log = logging.getLogger(__name__)

COMMANDS: Final = {
    "start": N_("Begin"),
    "check": N_("Check my programme"),
    "ask": N_("Ask anything"),
    "documents": N_("Documents I need"),
    "visa": N_("Visa and immigration"),
    "deadlines": N_("My deadlines"),
    "status": N_("My applications"),
    "settings": N_("Language, time zone, messages"),
    "language": N_("Bahasa / Language"),
    "help": N_("What I can do"),
    "privacy": N_("What is kept about me"),
    "mydata": N_("Get a copy of my data"),
    "delete": N_("Erase my data"),
    "cancel": N_("Stop what we are doing"),
}
STAFF_COMMANDS: Final = {
    "review": (Right.REVIEW, N_("Staff: review documents")),
    "pipeline": (Right.REVIEW, N_("Staff: who stands where")),
    "inbox": (Right.REVIEW, N_("Staff: questions from people")),
    "stats": (Right.REVIEW, N_("Staff: numbers and export")),
    "announce": (Right.ANNOUNCE, N_("Staff: write an announcement")),
    "announcements": (Right.ANNOUNCE, N_("Staff: announcements so far")),
    "staff": (Right.ADMINISTRATE, N_("Staff: who may do what")),
}
"""What a role adds to the menu, with the right it takes."""
DESCRIPTION: Final = N_(
    "Going to another university, or coming to UNNES? Answer a few questions and get your own checklist: "
    "documents, visa, deadlines and fees. Every line names its clause of the UNNES mobility handbook (2021)."
)
SHORT_DESCRIPTION: Final = N_(
    "Your checklist for mobility at UNNES, for students and staff, with the clause for every line."
)


def commands(t: Translator, role: str | None = None) -> list[BotCommand]:
    """The command menu in one language; what comes with a role stands first."""
    rights = rights_of(role)
    of_staff = {name: text for name, (right, text) in STAFF_COMMANDS.items() if right in rights}
    return [BotCommand(command=name, description=t.gettext(text)) for name, text in (of_staff | COMMANDS).items()]


async def present(bot: Bot, translators: Translators) -> None:
    """Register commands and descriptions: English for every language but those we speak."""
    for t in translators:
        code = None if t.lang == "en" else t.lang
        try:
            await _present(bot, t, code)
        except AiogramError as error:
            log.warning("commands and descriptions (%s) could not be registered: %s", t.lang, error)


async def speak(bot: Bot, person_id: int, t: Translator, role: str | None = None) -> None:
    """Show a person the menu of their role in the language they have chosen, whatever their phone speaks."""
    try:
        await bot.set_my_commands(commands(t, role), scope=BotCommandScopeChat(chat_id=person_id))
    except AiogramError as error:
        log.warning("the menu of a person could not be set: %s", error)


async def _present(bot: Bot, t: Translator, code: str | None) -> None:
    wanted = commands(t)
    if _pairs(await bot.get_my_commands(language_code=code)) != _pairs(wanted):
        await bot.set_my_commands(wanted, language_code=code)
    description = t.gettext(DESCRIPTION)
    if (await bot.get_my_description(language_code=code)).description != description:
        await bot.set_my_description(description, language_code=code)
    short = t.gettext(SHORT_DESCRIPTION)
    if (await bot.get_my_short_description(language_code=code)).short_description != short:
        await bot.set_my_short_description(short, language_code=code)


def _pairs(menu: list[BotCommand]) -> list[tuple[str, str]]:
    """What of a menu is to be compared: the objects also differ by the bot they came from."""
    return [(entry.command, entry.description) for entry in menu]
