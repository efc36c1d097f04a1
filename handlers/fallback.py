"""The last router: whatever nobody took gets an answer that leads on. It asks nothing of other routers' memory."""

from __future__ import annotations

import logging
import re
from difflib import get_close_matches
from typing import Final

from aiogram import Bot, F, Router
from aiogram.enums import ContentType
from aiogram.exceptions import TelegramBadRequest
from aiogram.filters import Command
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message

from bot.i18n import Translator
from bot.services.interview.interview import InterviewService
from bot.services.visit import Visit
from handlers.questions.callbacks import AskHuman
from handlers.questions.showing import AT_ENQUIRIES, Enquiries
from handlers.replies import is_group, show, tell
from handlers.screens.fallback import (
    Unreadable,
    human_screen,
    in_group_screen,
    outdated_in_group_text,
    outdated_text,
    unknown_command_screen,
    unreadable_screen,
    ways_on,
)
from handlers.screens.people.privacy import in_private_screen
from knowledge import Knowledge

log = logging.getLogger(__name__)

COMMANDS: Final = (
    *("start", "check", "documents", "visa", "deadlines", "ask", "status", "language", "human"),
    *("help", "settings", "privacy", "mydata", "delete", "cancel"),
)
"""What a misspelt command may have been meant to be."""
UNREADABLE: Final[dict[str, Unreadable]] = {
    ContentType.PAID_MEDIA: "photo",
    ContentType.VOICE: "sound",
    ContentType.AUDIO: "sound",
    ContentType.VIDEO: "sound",
    ContentType.VIDEO_NOTE: "sound",
    ContentType.STICKER: "sticker",
    ContentType.ANIMATION: "sticker",
    ContentType.CONTACT: "other",
    ContentType.LOCATION: "other",
    ContentType.VENUE: "other",
    ContentType.POLL: "other",
    ContentType.DICE: "other",
    ContentType.GAME: "other",
    ContentType.STORY: "other",
    ContentType.CHECKLIST: "other",
    ContentType.RICH_MESSAGE: "other",
    ContentType.GIVEAWAY: "other",
    ContentType.INVOICE: "other",
    ContentType.UNKNOWN: "other",
}
"""What people send on purpose, beside files (`handlers.uploads.receiving`), and what is newer than this program;
everything else that is no text is Telegram's own news, and needs no answer."""
WORD: Final = re.compile(r"\w")
ALBUM: Final = "album"
"""Key of `memory.extra`: the album that was answered. Its pictures come one by one, and one answer is enough."""


async def human(
    message: Message, *, visit: Visit, t: Translator, interview: InterviewService, knowledge: Knowledge
) -> None:
    """/human: whom to ask."""
    visit.memory.expects = None
    # In a group others would read which kind of mobility it is.
    contacts = () if is_group(message.chat) else interview.assessment(visit)["contacts"]
    await show(message, visit, human_screen(t, knowledge, contacts))


async def human_pressed(
    query: CallbackQuery, *, t: Translator, visit: Visit, interview: InterviewService, knowledge: Knowledge
) -> None:
    """Whom to ask, below the answer that was not enough."""
    message = query.message
    contacts = interview.assessment(visit)["contacts"]
    await tell(message if isinstance(message, Message) else query, human_screen(t, knowledge, contacts))


async def unknown_command(message: Message, *, visit: Visit, t: Translator) -> None:
    """A command we do not have."""
    word = (message.text or "").split()[0].strip("/").partition("@")[0].lower()
    close = get_close_matches(word, COMMANDS, n=1)
    await show(message, visit, unknown_command_screen(t, meant=close[0] if close else None))


async def unreadable(message: Message, *, visit: Visit, t: Translator) -> None:
    """A picture, a voice message, a file …"""
    album = message.media_group_id
    if album is not None and visit.memory.extra.get(ALBUM) == album:
        return
    visit.memory.extra.pop(ALBUM, None)
    if album is not None:
        visit.memory.extra[ALBUM] = album
    await show(message, visit, unreadable_screen(t, UNREADABLE[message.content_type]))


async def spoken_to_in_group(message: Message, *, bot: Bot, visit: Visit, t: Translator, enquiries: Enquiries) -> None:
    """Somebody answered us in a group, or named us: a question, if there is anything beside our name and it is no
    command."""
    me = await bot.me()
    question = re.sub(rf"@{me.username}\b", " ", message.text or "", flags=re.IGNORECASE).strip()
    if question.startswith("/") or not WORD.search(question):
        await show(message, visit, in_group_screen(t, me.username or ""))
        return
    await enquiries.answer(message, question)


async def file_in_group(message: Message, *, bot: Bot, visit: Visit, t: Translator) -> None:
    """A picture or a file below which we are named: what it shows is personal."""
    me = await bot.me()
    await show(message, visit, in_private_screen(t, me.username or ""))


async def outdated(query: CallbackQuery, *, t: Translator) -> None:
    """A button nobody knows (any more). The message keeps its text, which may still be wanted, and gets buttons that
    work; in a group it may be somebody else's, so there it is left alone."""
    message = query.message
    if message is None or message.chat.type != "private":
        await query.answer(outdated_in_group_text(t), show_alert=True)
        return
    await query.answer(outdated_text(t), show_alert=True)
    if isinstance(message, Message):
        try:
            await message.edit_reply_markup(reply_markup=InlineKeyboardMarkup(inline_keyboard=ways_on(t)))
        except TelegramBadRequest as refusal:
            log.debug("an outdated menu stays as it is: %s", refusal.message)


async def is_addressed(message: Message, bot: Bot) -> bool:
    """Whether a message in a group is meant for us: it answers us, or names us."""
    replied = message.reply_to_message
    if replied is not None and replied.from_user is not None and replied.from_user.id == bot.id:
        return True
    me = await bot.me()
    return f"@{me.username}".lower() in (message.text or message.caption or "").lower()


def build_router() -> Router:
    """Handlers of what nobody else took."""
    router = Router(name=__name__)
    private = F.chat.type == "private"
    router.message.register(human, Command("human"))
    router.message.register(unknown_command, private, F.text.startswith("/"))
    router.message.register(unreadable, private, F.content_type.in_(UNREADABLE))
    router.message.register(spoken_to_in_group, ~private, F.text, is_addressed, AT_ENQUIRIES)
    router.message.register(file_in_group, ~private, F.caption, is_addressed)
    router.callback_query.register(human_pressed, AskHuman.filter(), F.message.chat.type == "private")
    router.callback_query.register(outdated)
    return router
