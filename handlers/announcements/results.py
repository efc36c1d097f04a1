"""The results of a selection: a table in, a draft out, and the list to put up. For staff that may announce."""

from __future__ import annotations

import asyncio
from typing import Final

from aiogram import Bot, F, Router
from aiogram.types import BufferedInputFile, CallbackQuery, Message

from bot.errors import InvalidName
from bot.i18n import Translators
from bot.services.announcements.after import AfterService
from bot.services.announcements.audience_lists import UnreadableTable, table_of
from bot.services.announcements.selection_table import given_in
from bot.services.announcements.selections import LONGEST_ROUND, Reading, SelectionService
from bot.services.markup import length, plain
from bot.services.staff.staff import Right
from handlers.announcements.downloads import bytes_of, content_of
from handlers.announcements.sent_callbacks import GiveResults, OpenList
from handlers.announcements.sent_showing import AT_COUNTER, Counter
from handlers.announcements.showing import Awaits
from handlers.privately import for_staff
from handlers.screens.announcements.results import (
    give_screen,
    kept_screen,
    open_list,
    open_list_name,
    open_list_screen,
    read_screen,
    unreadable_text,
)
from handlers.screens.screen import MOST_CHARACTERS
from knowledge import Knowledge

TABLE: Final = "results"
"""Where `memory.extra` keeps the table until its selection has a name: id and name of the file at Telegram."""
WAITS_FOR_FILE: Final = "all results"
WAITS_FOR_NAME: Final = "all round"
"""What the next message is about: the part after the space, as `Awaits` takes it."""


async def give(query: CallbackQuery, *, counter: Counter) -> None:
    """Asks for the table."""
    counter.visit.memory.extra.pop(TABLE, None)
    await counter.show(query, give_screen(counter.t), then=WAITS_FOR_FILE)


async def table_given(message: Message, *, counter: Counter, bot: Bot, selections: SelectionService) -> None:
    """The table; what it says is shown, and what of it does not count."""
    file = await content_of(message, bot)
    reading = await _reading(file, selections) if file else None
    if reading is None or message.document is None:
        await counter.show(message, give_screen(counter.t, trouble=unreadable_text(counter.t)), then=WAITS_FOR_FILE)
        return
    counter.visit.memory.extra[TABLE] = [message.document.file_id, message.document.file_name or ""]
    then = WAITS_FOR_NAME if reading.entries else WAITS_FOR_FILE
    await counter.show(message, read_screen(counter.t, reading), then=then)


async def named(message: Message, *, counter: Counter, bot: Bot, selections: SelectionService) -> None:
    """The name of the selection: everything is read once more and kept, and there is a draft."""
    visit, t = counter.visit, counter.t
    kept = visit.memory.extra.get(TABLE)
    reading = None
    if kept:
        reading = await _reading((await bytes_of(kept[0], bot), kept[1]), selections)
    if reading is None or not reading.entries:
        await counter.show(message, give_screen(t, trouble=unreadable_text(t)), then=WAITS_FOR_FILE)
        return
    name = " ".join((message.text or "").split())
    if not 1 <= len(name) <= LONGEST_ROUND:
        trouble = InvalidName(longest=LONGEST_ROUND).message(t)
        await counter.show(message, read_screen(t, reading, trouble=trouble), then=WAITS_FOR_NAME)
        return
    visit.memory.extra.pop(TABLE, None)
    code = selections.keep(visit, name, reading)
    await counter.show(message, kept_screen(t, reading, name, code))


async def put_up(
    query: CallbackQuery,
    callback_data: OpenList,
    *,
    counter: Counter,
    bot: Bot,
    after: AfterService,
    selections: SelectionService,
    translators: Translators,
    knowledge: Knowledge,
) -> None:
    """The list of those selected, in a message that can be passed on; where it is too long, as a file."""
    visit = counter.visit
    report = await after.report(visit, callback_data.code)
    results = await selections.of_round(report.announcement.round_id or 0)
    if callback_data.what == "ask" or not results:
        count = sum(one.result == "selected" for one in results)
        await counter.ask(query, report, open_list_screen(counter.t, callback_data.code, count))
        return
    names = callback_data.what == "names"
    texts = open_list(translators, knowledge, results[0].round, results, names=names)
    selections.put_up(visit, callback_data.code, names=names)
    await query.answer()
    if all(length(text) <= MOST_CHARACTERS for text in texts):
        for text in texts:
            await bot.send_message(visit.person.id, text)
        return
    seen = plain("\n\n\n".join(texts))
    await bot.send_document(visit.person.id, BufferedInputFile(seen.encode(), open_list_name(callback_data.code)))


async def _reading(file: tuple[bytes, str], selections: SelectionService) -> Reading | None:
    try:
        rows = await asyncio.to_thread(table_of, *file)
    except UnreadableTable:
        return None
    return await selections.read(given_in(rows)) if rows else None


def build_router() -> Router:
    """Handlers of results."""
    router = Router(name=__name__)
    router.callback_query.register(give, GiveResults.filter(), AT_COUNTER)
    router.callback_query.register(put_up, OpenList.filter(), AT_COUNTER)
    # A better file may come while the name is waited for.
    router.message.register(table_given, Awaits("results", "round"), F.document, AT_COUNTER)
    router.message.register(table_given, Awaits("results"), AT_COUNTER)
    router.message.register(named, Awaits("round"), F.text, AT_COUNTER)
    return for_staff(router, Right.ANNOUNCE)
