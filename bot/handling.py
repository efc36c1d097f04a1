"""One update from the inbox to its end: person, handler, reply, effects.

The effects are written last, in one go with the fact that the update is done. So a process that dies leaves either all
of them or none, and what was not written is handled again from the same state.
"""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass
from typing import Final

from aiogram import Bot, Dispatcher
from aiogram.exceptions import TelegramAPIError, TelegramForbiddenError
from aiogram.types import Update
from aiogram.types.update import UpdateTypeLookupError
from pydantic import ValidationError
from sqlalchemy.exc import DataError

from bot.db.engine import DATABASE_TROUBLE
from bot.db.inbox import Waiting
from bot.errors import N_, Overtaken, UserError
from bot.i18n import Translators
from bot.inbox.raw import RawUpdate, is_nobody, is_private, names, phone_language
from bot.middlewares import answered_taps
from bot.profile import speak
from bot.services.outbox import Outbox
from bot.services.visit import Menu, Visit
from bot.services.visits import VisitStore
from knowledge.answers import InvalidAnswer

log = logging.getLogger(__name__)

SORRY: Final = N_("Sorry, something went wrong on my side. What you told me before is kept. Please try that once more.")

TRIES: Final = 5
"""How often an update is handled that finds at its end that somebody else was faster."""


@dataclass(frozen=True)
class UpdateHandler:
    """Handles updates of the inbox with aiogram's dispatcher."""

    bot: Bot
    dispatcher: Dispatcher
    visits: VisitStore
    translators: Translators
    outbox: Outbox

    async def __call__(self, waiting: Waiting) -> None:
        """Handle one update. Raises only what the database raises when it is away: then the update is not done."""
        try:
            await self._handle(waiting)
        except Exception as error:
            if isinstance(error, DATABASE_TROUBLE) and not isinstance(error, DataError):
                raise
            # Trying again would end in the same way, for ever, and nothing else of this person would be handled.
            log.exception("update %d is given up", waiting.update_id)
            await self.visits.dismiss(waiting)

    async def _handle(self, waiting: Waiting) -> None:
        for tries_left in reversed(range(TRIES)):
            try:
                await self._handle_once(waiting)
                return
            except Overtaken:
                if not tries_left:
                    raise
                log.info("update %d was overtaken and is handled again", waiting.update_id)
                waiting = await self.visits.read_again(waiting)

    async def _handle_once(self, waiting: Waiting) -> None:
        raw: RawUpdate = json.loads(waiting.payload)
        visit = await self.visits.begin(waiting, phone_language(raw))
        language = visit.lang
        if is_private(raw) and "my_chat_member" not in raw:
            # They unblocked us, though the news of that may have been lost.
            visit.person.reachable = True
            visit.person.name, visit.person.username = names(raw)
        keep = await self._run(raw, visit)
        if keep and _leaves_a_trace(raw, visit):
            await self.visits.end(visit)
            if visit.writes:
                self.outbox.wake()
        else:
            await self.visits.dismiss(waiting)
        if visit.erased and visit.is_staff:
            visit.menus[visit.person.id] = Menu(visit.lang, None)
        elif visit.lang != language and not visit.erased:
            visit.menus.setdefault(visit.person.id, Menu(visit.lang, visit.role))
        for person_id, menu in visit.menus.items():
            await speak(self.bot, person_id, self.translators[menu.language], menu.role)

    async def _run(self, raw: RawUpdate, visit: Visit) -> bool:
        """Hand the update to its handler. Returns whether its effects are to be kept."""
        t = self.translators[visit.lang]
        update = self._parsed(raw)
        if update is None:
            await self._reply(raw, t.gettext(SORRY))
            return False
        answered: set[str] = set()
        token = answered_taps.set(answered)
        try:
            await self.dispatcher.feed_update(self.bot, update, visit=visit, t=t)
        except UserError as error:
            await self._reply(raw, error.message(t))
            return True
        except InvalidAnswer as error:
            await self._reply(raw, error.message(t.lang))
            return True
        except TelegramForbiddenError as error:
            log.info("person %d cannot be written to: %s", visit.person.id, error.message)
            visit.person.reachable = False
            return True
        except TelegramAPIError as error:
            log.warning("the reply to update %d failed: %s", raw["update_id"], error)
            await self._reply(raw, t.gettext(SORRY))
            return True
        except Exception:
            # Whatever it is, it must cost one reply and not the bot: the next update is somebody else's.
            log.exception("update %d could not be handled", raw["update_id"])
            await self._reply(raw, t.gettext(SORRY))
            return False
        else:
            await self._end_waiting(raw, answered)
            return True
        finally:
            answered_taps.reset(token)

    def _parsed(self, raw: RawUpdate) -> Update | None:
        """The update as aiogram knows it; None if Telegram has changed its shape since."""
        try:
            update = Update.model_validate(raw, context={"bot": self.bot})
            update.event_type  # noqa: B018 - computed here; it raises for a kind that aiogram does not know
            return update
        except UpdateTypeLookupError:
            log.info("update %d is of an unknown kind", raw["update_id"])
            return None
        except ValidationError as error:
            # Its own words would show what the person wrote.
            places = [".".join(map(str, each["loc"])) for each in error.errors()]
            log.error("update %d cannot be read: %s", raw["update_id"], ", ".join(places[:3]))
            return None

    async def _end_waiting(self, raw: RawUpdate, answered: set[str]) -> None:
        """A tap shows a spinner until it is answered; a handler need not think of it."""
        tap = raw.get("callback_query")
        if tap is None or tap["id"] in answered:
            return
        try:
            await self.bot.answer_callback_query(tap["id"])
        except TelegramAPIError as error:
            log.info("a tap could not be answered: %s", error)

    async def _reply(self, raw: RawUpdate, text: str) -> None:
        """Say a sentence to whoever caused the update, in the least disturbing way."""
        try:
            if (tap := raw.get("callback_query")) is not None:
                await self.bot.answer_callback_query(tap["id"], text=text[:200], show_alert=True)
            elif (message := raw.get("message")) is not None and is_private(raw):
                await self.bot.send_message(message["chat"]["id"], text, parse_mode=None)
        except TelegramAPIError as error:
            log.info("the person could not be told: %s", error)


def _leaves_a_trace(raw: RawUpdate, visit: Visit) -> bool:
    """Somebody who only happens to be in a group with the bot, and does nothing with it, is not kept as a person."""
    if visit.person.id <= 0 or is_nobody(raw):
        return False
    return not visit.is_new or is_private(raw) or bool(visit.writes or visit.person.answers or visit.memory.as_json())
