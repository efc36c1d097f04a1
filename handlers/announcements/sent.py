"""/announcements: what became of them, and what can still be done. For staff that may announce."""

from __future__ import annotations

import logging
from typing import Any, Final

from aiogram import Bot, Router
from aiogram.filters import Command
from aiogram.types import BufferedInputFile, CallbackQuery, Message
from aiogram.utils.chat_action import ChatActionSender

from bot.errors import StillOnItsWay
from bot.services.announcements.chart import NotDrawn, drawn
from bot.services.announcements.report import Report
from bot.services.staff.staff import Right
from bot.services.visit import Lang
from handlers.announcements.sent_callbacks import (
    Announcements,
    Correct,
    CorrectText,
    OpenAnnouncement,
    Papers,
    Recall,
    Retry,
    Run,
)
from handlers.announcements.sent_showing import AT_COUNTER, Counter
from handlers.announcements.showing import Awaits
from handlers.privately import for_staff
from handlers.screens.announcements.announcements import (
    begun_screen,
    correct_screen,
    corrected_text,
    list_screen,
    new_text_screen,
    recall_screen,
    recalled_text,
    retried_text,
    retry_screen,
    stop_screen,
    waiting_screen,
)
from handlers.screens.announcements.sent_files import chart_of, chart_title, file_caption, file_words, no_chart_text
from handlers.screens.screen import esc

log = logging.getLogger(__name__)

CORRECTION: Final = "correction"
"""Where `memory.extra` keeps new texts until they are confirmed: the code of the announcement, texts by language."""


async def listed(event: Message | CallbackQuery, *, counter: Counter, page: int = 0) -> None:
    """All announcements."""
    listing = await counter.after.page(counter.visit, page)
    await counter.show(event, list_screen(counter.t, listing, counter.zone))


async def page_turned(query: CallbackQuery, callback_data: Announcements, *, counter: Counter) -> None:
    """Another page of them."""
    await listed(query, counter=counter, page=callback_data.page)


async def opened(query: CallbackQuery, callback_data: OpenAnnouncement, *, counter: Counter) -> None:
    """One of them, as it stands now."""
    stored = await counter.after.find(counter.visit, callback_data.code)
    if stored.state == "started":
        await counter.show_report(query, await counter.after.report(counter.visit, stored.code))
        return
    own = stored.author_id == counter.visit.person.id
    await counter.show(query, waiting_screen(counter.t, stored, counter.zone, own=own))


async def run(query: CallbackQuery, callback_data: Run, *, counter: Counter) -> None:
    """Pause, go on, stop."""
    after, visit = counter.after, counter.visit
    report = await after.report(visit, callback_data.code)
    if callback_data.do == "stop" and report.is_alive and not callback_data.sure:
        await counter.ask(query, report, stop_screen(counter.t, report))
        return
    steps = {"pause": after.pause, "resume": after.resume, "stop": after.stop}
    await counter.show_report(query, steps[callback_data.do](visit, report))


async def retry(query: CallbackQuery, callback_data: Retry, *, counter: Counter) -> None:
    """Try again where it failed."""
    report = await counter.after.report(counter.visit, callback_data.code)
    if report.failed and not callback_data.sure:
        await counter.ask(query, report, retry_screen(counter.t, report))
        return
    if not report.failed:
        await counter.show_report(query, report)
        return
    counter.after.retry(counter.visit, report)
    await counter.ask(query, report, begun_screen(counter.t, report, retried_text(counter.t, report.failed)))


async def recall(query: CallbackQuery, callback_data: Recall, *, counter: Counter) -> None:
    """Delete it everywhere. While the question stands nothing is sent."""
    after, visit, t = counter.after, counter.visit, counter.t
    report = await after.report(visit, callback_data.code)
    if report.is_recalled or not report.sent:
        await counter.show_report(query, report)
        return
    if not callback_data.sure:
        report = after.pause(visit, report)
        await counter.ask(query, report, recall_screen(t, report, paused=report.is_alive))
        return
    try:
        after.recall(visit, report)
    except StillOnItsWay as refusal:
        await counter.show_report(query, report, said=f"⚠️ {esc(refusal.message(t))}")
        return
    await counter.ask(query, report, begun_screen(t, report, recalled_text(t)))


async def correct(query: CallbackQuery, callback_data: Correct, *, counter: Counter) -> None:
    """Change what it says. While new texts are written nothing is sent."""
    after, visit, t = counter.after, counter.visit, counter.t
    report = await after.report(visit, callback_data.code)
    texts = _texts(counter, callback_data.code)
    if report.is_recalled or not report.sent:
        await counter.show_report(query, report)
        return
    if not callback_data.sure or not texts:
        report = after.pause(visit, report)
        await counter.ask(query, report, correct_screen(t, report, texts, paused=report.is_alive))
        return
    try:
        after.correct(visit, report, texts)
    except StillOnItsWay as refusal:
        await counter.ask(query, report, correct_screen(t, report, texts, trouble=esc(refusal.message(t))))
        return
    visit.memory.extra.pop(CORRECTION, None)
    await counter.ask(query, report, begun_screen(t, report, corrected_text(t)))


async def ask_text(query: CallbackQuery, callback_data: CorrectText, *, counter: Counter) -> None:
    """Asks for the new text of a language."""
    report = await counter.after.report(counter.visit, callback_data.code)
    screen = new_text_screen(counter.t, report, callback_data.lang)
    await counter.ask(query, report, screen, then=f"{callback_data.code} new-{callback_data.lang}")


async def text_given(message: Message, *, counter: Counter, code: str, part: str) -> None:
    """The new text of a language."""
    after, visit, t = counter.after, counter.visit, counter.t
    lang: Lang = "id" if part == "new-id" else "en"
    report = await after.report(visit, code)
    if not message.text or after.mistake(report.announcement, message.html_text):
        await counter.show(message, new_text_screen(t, report, lang, again=True), then=f"{code} {part}")
        return
    texts = {**_texts(counter, code), lang: message.html_text}
    visit.memory.extra[CORRECTION] = {"code": code, "texts": texts}
    await counter.show(message, correct_screen(t, report, texts, paused=report.state == "paused"))


async def papers(query: CallbackQuery, callback_data: Papers, *, counter: Counter, bot: Bot) -> None:
    """The list of recipients, or the picture over time, in a message of its own."""
    visit, t, zone = counter.visit, counter.t, counter.zone
    report = await counter.after.report(visit, callback_data.code)
    if callback_data.what == "chart":
        await _chart(query, counter, bot, report)
        return
    await query.answer()
    async with ChatActionSender.upload_document(chat_id=visit.person.id, bot=bot):
        data = await counter.after.recipients(visit, report, file_words(t, zone))
        file = BufferedInputFile(data, f"lintas-announcement-{report.announcement.code}.csv")
        await bot.send_document(visit.person.id, file, caption=file_caption(t))


async def _chart(query: CallbackQuery, counter: Counter, bot: Bot, report: Report) -> None:
    visit, t = counter.visit, counter.t
    started = report.announcement.started_at or visit.now
    moments = await counter.after.moments(report)
    try:
        async with ChatActionSender.upload_photo(chat_id=visit.person.id, bot=bot):
            picture = await drawn(chart_of(t, moments, chart_title(t, started, counter.zone)))
    except (NotDrawn, OSError) as error:
        log.warning("no picture: %s", error)
        await query.answer(no_chart_text(t), show_alert=True)
        return
    await query.answer()
    await bot.send_photo(visit.person.id, BufferedInputFile(picture, "announcement.png"))


def _texts(counter: Counter, code: str) -> dict[Lang, str]:
    kept: dict[str, Any] = counter.visit.memory.extra.get(CORRECTION) or {}
    return dict(kept["texts"]) if kept.get("code") == code else {}


def build_router() -> Router:
    """Handlers of announcements that are confirmed or sent."""
    router = Router(name=__name__)
    router.message.register(listed, Command("announcements"), AT_COUNTER)
    router.callback_query.register(page_turned, Announcements.filter(), AT_COUNTER)
    router.callback_query.register(opened, OpenAnnouncement.filter(), AT_COUNTER)
    router.callback_query.register(run, Run.filter(), AT_COUNTER)
    router.callback_query.register(retry, Retry.filter(), AT_COUNTER)
    router.callback_query.register(recall, Recall.filter(), AT_COUNTER)
    router.callback_query.register(correct, Correct.filter(), AT_COUNTER)
    router.callback_query.register(ask_text, CorrectText.filter(), AT_COUNTER)
    router.callback_query.register(papers, Papers.filter(), AT_COUNTER)
    router.message.register(text_given, Awaits("new-id", "new-en"), AT_COUNTER)
    return for_staff(router, Right.ANNOUNCE, commands=("announcements",))
