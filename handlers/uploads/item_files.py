"""What is handed in for one item: its files, the word that it is not there, and what happened so far."""

from __future__ import annotations

from aiogram import Bot, Router
from aiogram.types import CallbackQuery, Message

from bot.errors import InvalidStatement, NoSuchFile
from bot.i18n import Translator
from bot.services.uploads.submissions import SubmissionService
from bot.services.uploads.uploads import UploadService
from bot.services.visit import Expects, Visit
from handlers.filters import Expecting
from handlers.replies import show, show_below
from handlers.review.files import send_files
from handlers.screens.applications.card import card_screen
from handlers.screens.screen import bold
from handlers.screens.uploads.item_files import (
    files_screen,
    handed_in_text,
    history_screen,
    lost_text,
    not_there_screen,
    removed_text,
    restored_text,
    send_it_screen,
    shown_text,
    stated_text,
)
from handlers.uploads.callbacks import Files, HandIn, History, NotThere, RemoveFile, RestoreFiles, ShowFiles, Upload
from knowledge import Knowledge


async def upload(
    query: CallbackQuery,
    callback_data: Upload,
    *,
    visit: Visit,
    t: Translator,
    submissions: SubmissionService,
    uploads: UploadService,
) -> None:
    """The next files are for this item. A question of the interview stays open meanwhile."""
    view, item = await submissions.item(visit, callback_data.code, callback_data.key)
    if visit.memory.expects is not None and visit.memory.expects.kind != "fact":
        visit.memory.expects = None
    uploads.expect(visit, view.code, item.key, replaces=callback_data.replace)
    there = (await submissions.record(visit, view.code, item.key)).present if callback_data.replace else ()
    await show(query, visit, send_it_screen(t, view, item, replace=len(there)))
    uploads.pin(visit)


async def list_files(
    query: CallbackQuery, callback_data: Files, *, visit: Visit, t: Translator, submissions: SubmissionService
) -> None:
    """The files of an item."""
    await show(query, visit, files_screen(t, await submissions.get(visit, callback_data.code, callback_data.key)))


async def show_files(
    query: CallbackQuery,
    callback_data: ShowFiles,
    *,
    bot: Bot,
    visit: Visit,
    t: Translator,
    submissions: SubmissionService,
) -> None:
    """Send the files back into the chat, and the list of them below."""
    handled = await submissions.get(visit, callback_data.code, callback_data.key)
    files = handled.record.present
    if not files:
        raise NoSuchFile
    lost = await send_files(bot, visit.person.id, files, bold(handled.item.item.text))
    said = lost_text(t, lost) if lost else shown_text(t, len(files))
    await show_below(query, visit, files_screen(t, handled, said=said))


async def remove_file(
    query: CallbackQuery, callback_data: RemoveFile, *, visit: Visit, t: Translator, submissions: SubmissionService
) -> None:
    """Take a file away; it can be undone."""
    handled = await submissions.remove(visit, callback_data.code, callback_data.key, callback_data.seq)
    await show(query, visit, files_screen(t, handled, said=removed_text(t), removed_seq=visit.seq))


async def restore_files(
    query: CallbackQuery, callback_data: RestoreFiles, *, visit: Visit, t: Translator, submissions: SubmissionService
) -> None:
    """Bring back what was removed or replaced."""
    handled = await submissions.restore(visit, callback_data.code, callback_data.key, callback_data.seq)
    await show(query, visit, files_screen(t, handled, said=restored_text(t)))


async def hand_in(
    query: CallbackQuery,
    callback_data: HandIn,
    *,
    visit: Visit,
    t: Translator,
    submissions: SubmissionService,
    knowledge: Knowledge,
) -> None:
    """Done: the staff may look at it."""
    handled = await submissions.hand_in(visit, callback_data.code, callback_data.key)
    await show(query, visit, card_screen(t, knowledge, handled, said=handed_in_text(t)))


async def not_there(
    query: CallbackQuery,
    callback_data: NotThere,
    *,
    visit: Visit,
    t: Translator,
    submissions: SubmissionService,
    uploads: UploadService,
) -> None:
    """They do not have this paper: why?"""
    view, item = await submissions.item(visit, callback_data.code, callback_data.key)
    uploads.forget(visit)
    visit.memory.expects = Expects("no_document", f"{view.code} {item.key}")
    await show(query, visit, not_there_screen(t, view, item))


async def take_reason(
    message: Message,
    *,
    visit: Visit,
    t: Translator,
    submissions: SubmissionService,
    knowledge: Knowledge,
) -> None:
    """The reason was typed: the question goes to staff."""
    expected, visit.memory.expects = visit.memory.expects, None
    code, _, key = (expected.about if expected else "").partition(" ")
    try:
        handled = await submissions.state(visit, code, key, message.text or "")
    except InvalidStatement as error:
        view, item = await submissions.item(visit, code, key)
        visit.memory.expects = expected
        await show(message, visit, not_there_screen(t, view, item, trouble=error.message(t)))
        return
    await show(message, visit, card_screen(t, knowledge, handled, said=stated_text(t)))


async def history(
    query: CallbackQuery, callback_data: History, *, visit: Visit, t: Translator, submissions: SubmissionService
) -> None:
    """What happened to an item."""
    handled = await submissions.get(visit, callback_data.code, callback_data.key)
    await show(query, visit, history_screen(t, handled, day=visit.day_of, own=visit.person.id))


def build_router() -> Router:
    """Handlers of what is handed in for one item."""
    router = Router(name=__name__)
    router.message.register(take_reason, Expecting("no_document"))
    router.callback_query.register(upload, Upload.filter())
    router.callback_query.register(list_files, Files.filter())
    router.callback_query.register(show_files, ShowFiles.filter())
    router.callback_query.register(remove_file, RemoveFile.filter())
    router.callback_query.register(restore_files, RestoreFiles.filter())
    router.callback_query.register(hand_in, HandIn.filter())
    router.callback_query.register(not_there, NotThere.filter())
    router.callback_query.register(history, History.filter())
    return router
