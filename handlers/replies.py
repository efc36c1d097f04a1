"""Showing a screen: the one message that is edited in place, and what to do when it cannot be."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import CallbackQuery, Chat, InaccessibleMessage, Message, ReplyParameters, User

from bot.services.visit import Visit
from handlers.screens.screen import Screen, bold

log = logging.getLogger(__name__)

GROUP_PANEL = "group"
"""Where `memory.extra` keeps the person's message in the last group: [chat id, message id]."""
OPENLY = "openly"
"""Where `memory.extra` keeps the group in which all the answers were given; nothing if some were given in private."""
PASSING = "passing"
"""Whether the panel shows a question: `memory.extra` has this key."""
CANNOT_EDIT = ("can't be edited", "message to edit not found", "MESSAGE_ID_INVALID")
"""Parts of Telegram's refusals that mean: send a new message instead."""


async def show(event: Message | CallbackQuery, visit: Visit, screen: Screen) -> None:
    """Show a screen to the person whose update it is.

    A button changes the message it stands on. A command or a typed text gets a fresh message below it; the old one
    goes if it was a question, else it loses its buttons. In a group everybody has a message of their own, an answer
    to what they wrote.
    """
    place = _place(event)
    if isinstance(event, CallbackQuery) and event.message is not None:
        if await _edit(place, event.message, screen):
            _remember(place, visit, event.message.message_id, screen)
            return
    elif not place.in_group and visit.memory.panel is not None:
        # First, so that the new message is the last thing that happens in the chat.
        await _put_away(place, visit.memory.panel, passing=PASSING in visit.memory.extra)
    sent = await _send(place, screen)
    _remember(place, visit, sent.message_id, screen)


async def renew(message: Message, visit: Visit, screen: Screen) -> None:
    """Show a screen in place of the one that is there, though it is not by its button that somebody came: the next
    picture of an album that was answered. Where it cannot be changed, show it below."""
    place, panel = _place(message), visit.memory.panel
    if panel is not None and not place.in_group and await _edit_text(place, panel, screen):
        _remember(place, visit, panel, screen)
        return
    await show(message, visit, screen)


async def show_below(query: CallbackQuery, visit: Visit, screen: Screen) -> None:
    """Show a screen below what was sent since its button was made; the message with the button goes."""
    place = _place(query)
    if query.message is not None:
        await _put_away(place, query.message.message_id, passing=True)
    sent = await _send(place, screen)
    _remember(place, visit, sent.message_id, screen)


async def tell(event: Message | CallbackQuery, screen: Screen) -> None:
    """Show a screen beside the panel: an answer that stays where it is, with its buttons, whatever comes after it.

    A button changes the message it stands on.
    """
    place = _place(event)
    if isinstance(event, CallbackQuery) and event.message is not None and await _edit(place, event.message, screen):
        return
    await _send(place, screen)


@dataclass(frozen=True)
class _Place:
    """Where the reply goes."""

    bot: Bot
    chat_id: int
    in_group: bool
    reply_to: int | None
    pressed_by: User | None


def _place(event: Message | CallbackQuery) -> _Place:
    message = event if isinstance(event, Message) else event.message
    bot = event.bot
    if bot is None:
        raise RuntimeError("an update without its bot cannot be answered")
    pressed_by = event.from_user if isinstance(event, CallbackQuery) else None
    if message is None:
        # A button of a message that was sent by way of the bot (inline): the private chat is the place to answer.
        return _Place(bot, event.from_user.id if event.from_user else 0, False, None, pressed_by)
    in_group = is_group(message.chat)
    return _Place(bot, message.chat.id, in_group, message.message_id if in_group else None, pressed_by)


def is_group(chat: Chat) -> bool:
    """Whether others read along."""
    return chat.type != "private"


async def _edit(place: _Place, message: Message | InaccessibleMessage, screen: Screen) -> bool:
    """Whether the message could be changed; one that was deleted or carries no text cannot."""
    if isinstance(message, InaccessibleMessage) or message.text is None:
        return False
    return await _edit_text(place, message.message_id, screen)


async def _edit_text(place: _Place, message_id: int, screen: Screen) -> bool:
    try:
        await place.bot.edit_message_text(
            screen.text, chat_id=place.chat_id, message_id=message_id, reply_markup=screen.keyboard
        )
    except TelegramBadRequest as refusal:
        if not any(sign in refusal.message for sign in CANNOT_EDIT):
            raise
        log.debug("the panel cannot be edited: %s", refusal.message)
        return False
    return True


async def _put_away(place: _Place, message_id: int, *, passing: bool) -> None:
    """An old panel is history: its text stays, its buttons would only mislead. An answered question goes altogether.
    The message may be gone already, too old to delete, or have no buttons."""
    try:
        if passing:
            await place.bot.delete_message(place.chat_id, message_id)
        else:
            await place.bot.edit_message_reply_markup(chat_id=place.chat_id, message_id=message_id)
    except TelegramBadRequest as refusal:
        log.debug("the old panel stays as it is: %s", refusal.message)


async def _send(place: _Place, screen: Screen) -> Message:
    text = screen.text
    if place.in_group and place.pressed_by is not None:
        text = f"{bold(place.pressed_by.first_name)}\n{text}"
    reply = ReplyParameters(message_id=place.reply_to, allow_sending_without_reply=True) if place.reply_to else None
    return await place.bot.send_message(place.chat_id, text, reply_markup=screen.keyboard, reply_parameters=reply)


def _remember(place: _Place, visit: Visit, message_id: int, screen: Screen) -> None:
    if place.in_group:
        visit.memory.extra[GROUP_PANEL] = [place.chat_id, message_id]
        return
    visit.memory.extra.pop(OPENLY, None)
    visit.memory.panel = message_id
    visit.memory.extra.pop(PASSING, None)
    if screen.passing:
        visit.memory.extra[PASSING] = True
