"""Announcements that are confirmed or sent: the list, one of them, and the questions before something is done to it."""

from __future__ import annotations

from collections.abc import Mapping

from aiogram.types import InlineKeyboardMarkup

from bot.i18n import Translator
from bot.services.announcements.after import Listed, Listing, StoredAnnouncement
from bot.services.announcements.report import Report
from bot.services.announcements.words import begins, progress_keyboard, progress_text
from bot.services.visit import Lang
from handlers.announcements.callbacks import Approve, NewDraft, TakeBack
from handlers.announcements.callbacks import Draft as DraftButton
from handlers.announcements.sent_callbacks import (
    Announcements,
    Correct,
    CorrectText,
    GiveResults,
    OpenAnnouncement,
    Recall,
    Retry,
    Run,
)
from handlers.screens.announcements.announce import LANGUAGES
from handlers.screens.announcements.words import moment_words
from handlers.screens.paging import page_row
from handlers.screens.screen import Row, Screen, button, lines, paragraphs, screen

MARKS = {
    "draft": "📝",
    "approval": "🤝",
    "scheduled": "🕒",
    "starting": "🚀",
    "running": "▶️",
    "paused": "⏸",
    "stopped": "⏹",
    "finished": "✅",
}


def list_screen(t: Translator, listing: Listing, zone: str) -> Screen:
    """All announcements, a button for each."""
    _ = t.gettext
    said = [_line(t, number, line, zone) for number, line in enumerate(listing.lines, 1)]
    text = paragraphs(
        _("📣 <b>Announcements</b>"), *said, "" if said else _("There are none yet. Everything begins with a draft.")
    )
    numbers = [
        button(f"{MARKS[_state(line)]} {number}", _opens(line.announcement))
        for number, line in enumerate(listing.lines, 1)
    ]
    turning = page_row(t, listing.place, lambda at: Announcements(page=at), short=True)
    rows: list[Row] = [numbers[:3], numbers[3:], turning]
    rows.append([button(_("📣 A new announcement"), NewDraft())])
    rows.append([button(_("📊 Results of a selection"), GiveResults())])
    return screen(text, rows)


def waiting_screen(t: Translator, stored: StoredAnnouncement, zone: str, *, own: bool) -> Screen:
    """One that is confirmed and has not started."""
    _ = t.gettext
    approval = stored.state == "approval"
    head = _("🤝 <b>Waits for a colleague to agree</b>") if approval else _("🕒 <b>Scheduled</b>")
    when = moment_words(t, stored.due, zone) if stored.due else _("as soon as it is confirmed")
    texts: Mapping[str, str] = stored.content.get("texts", {})
    text = paragraphs(f"{head}\n🕒 {when}", *texts.values())
    rows: list[Row] = []
    if approval and not own:
        agree, back = Approve(code=stored.code, yes=True), Approve(code=stored.code, yes=False)
        rows.append([button(_("✅ Agree"), agree), button(_("✋ Give it back"), back)])
    else:
        rows.append([button(_("↩️ Take it back"), TakeBack(code=stored.code))])
    return screen(text, [*rows, [button(_("◀ All"), Announcements())]])


def report_screen(t: Translator, report: Report, zone: str, *, listed: bool, said: str = "") -> Screen:
    """How far it is, or what became of it: the same as the worker's message. `said` (HTML) is what to tell first."""
    rows = progress_keyboard(t, report, listed=listed)
    keyboard = InlineKeyboardMarkup.model_validate({"inline_keyboard": rows}) if rows else None
    return Screen(paragraphs(said, progress_text(t, report, zone)), keyboard)


def stop_screen(t: Translator, report: Report) -> Screen:
    """Asks whether to stop for good."""
    _ = t.gettext
    waiting = sum(part.counts.open for part in report.parts)
    text = t.ngettext(
        "⏹ <b>Stop for good?</b> {n} person who waits does not get it. Pausing can be undone, this cannot.",
        "⏹ <b>Stop for good?</b> {n} people who wait do not get it. Pausing can be undone, this cannot.",
        waiting,
    )
    yes = button(_("⏹ Yes, stop it"), Run(code=report.announcement.code, do="stop", sure=True), style="danger")
    return screen(text, [[yes], _back(t, report)])


def retry_screen(t: Translator, report: Report) -> Screen:
    """Asks whether to try again."""
    _ = t.gettext
    unknown = sum(part.counts.of("unknown") for part in report.to_retry)
    text = paragraphs(
        t.ngettext("🔁 <b>Try {n} again?</b>", "🔁 <b>Try {n} again?</b>", report.failed),
        t.ngettext(
            "{n} of them may have it already and would have it twice.",
            "{n} of them may have it already and would have it twice.",
            unknown,
        )
        if unknown
        else "",
    )
    yes = button(_("🔁 Yes, try again"), Retry(code=report.announcement.code, sure=True))
    return screen(text, [[yes], _back(t, report)])


def recall_screen(t: Translator, report: Report, *, paused: bool) -> Screen:
    """Asks whether to delete it everywhere."""
    _ = t.gettext
    text = paragraphs(
        t.ngettext("🗑 <b>Delete it from {n} chat?</b>", "🗑 <b>Delete it from {n} chats?</b>", report.sent),
        _("Telegram deletes only what is younger than 48 hours. The report says where it could not be deleted."),
        _("Whoever has read it has read it: to put something right, correct it instead."),
        _("⏸ Until you decide it is paused.") if paused else "",
    )
    yes = button(_("🗑 Yes, delete it"), Recall(code=report.announcement.code, sure=True), style="danger")
    return screen(text, [[yes], _back(t, report)])


def correct_screen(
    t: Translator, report: Report, texts: Mapping[Lang, str], *, paused: bool = False, trouble: str = ""
) -> Screen:
    """The texts with those that were corrected; asks whether to change it everywhere. `trouble` is HTML."""
    _ = t.gettext
    code, there = report.announcement.code, report.announcement.content.get("texts", {})
    said = [f"<b>{name}</b>: {texts[lang]}" for lang, name in _languages() if lang in texts]
    question = t.ngettext(
        "Change it in {n} chat? Whoever still waits gets the new text at once.",
        "Change it in {n} chats? Whoever still waits gets the new text at once.",
        report.sent,
    )
    text = paragraphs(
        f"⚠️ {trouble}" if trouble else "",
        _("✏️ <b>Correct it</b>"),
        *said,
        question if texts else _("Which text is wrong? You send it anew, and it is changed for everybody."),
        _("⏸ Until you decide it is paused.") if paused else "",
    )
    rows: list[Row] = []
    if texts:
        rows.append([button(_("✅ Yes, change it"), Correct(code=code, sure=True), style="success")])
    rows.append(
        [button(f"✍️ {name}", CorrectText(code=code, lang=lang)) for lang, name in _languages() if lang in there]
    )
    return screen(text, [*rows, _back(t, report)])


def new_text_screen(t: Translator, report: Report, lang: Lang, *, again: bool = False) -> Screen:
    """Asks for the new text of a language, and shows the old one."""
    _ = t.gettext
    old = report.announcement.content.get("texts", {}).get(lang, "")
    text = paragraphs(
        _("⚠️ That text is too long, or has {places} that nothing fills.", places="{…}") if again else "",
        _("✍️ <b>The new text in {language}</b>. Send it as you want it to look.", language=dict(_languages())[lang]),
        _("Now it says:"),
        old,
    )
    return screen(text, [[button(_("◀ Back"), Correct(code=report.announcement.code))]], passing=True)


def begun_screen(t: Translator, report: Report, said: str) -> Screen:
    """Something was begun. `said` (HTML): what."""
    _ = t.gettext
    text = paragraphs(said, _("The message about this announcement shows how far it is, and so does “Look again”."))
    again = button(_("🔄 Look again"), OpenAnnouncement(code=report.announcement.code))
    return screen(text, [[again, button(_("◀ All"), Announcements())]])


def retried_text(t: Translator, count: int) -> str:
    """Said above the report after "try again"."""
    return t.ngettext("🔁 {n} is tried again.", "🔁 {n} are tried again.", count)


def recalled_text(t: Translator) -> str:
    """Said above the report after "call back"."""
    return t.gettext("🗑 <b>It is being called back.</b>")


def corrected_text(t: Translator) -> str:
    """Said above the report after a correction."""
    return t.gettext("✏️ <b>It is being corrected.</b>")


def _line(t: Translator, number: int, line: Listed, zone: str) -> str:
    stored, state = line.announcement, _state(line)
    at = stored.started_at or stored.due or stored.updated_at
    first = f"{number}. {MARKS[state]} <b>{state_name(t, state)}</b> · {moment_words(t, at, zone)}"
    counts = ""
    if line.report is not None and line.report.parts:
        part = line.report.parts[0]
        counts = t.gettext("📬 {sent} of {total}", sent=t.number(line.report.sent), total=t.number(part.counts.total))
    return lines(first, begins(stored.content, t.lang), counts)


def state_name(t: Translator, state: str) -> str:
    """How it stands, in a word or two."""
    _ = t.gettext
    return {
        "draft": _("Draft"),
        "approval": _("Waits for a colleague"),
        "scheduled": _("Scheduled"),
        "starting": _("Starts"),
        "running": _("On its way"),
        "paused": _("Paused"),
        "stopped": _("Stopped"),
        "finished": _("Finished"),
    }[state]


def _state(line: Listed) -> str:
    return line.announcement.state if line.report is None else line.report.state


def _opens(stored: StoredAnnouncement) -> DraftButton | OpenAnnouncement:
    return DraftButton(code=stored.code) if stored.state == "draft" else OpenAnnouncement(code=stored.code)


def _back(t: Translator, report: Report) -> Row:
    return [button(t.gettext("◀ No, leave it"), OpenAnnouncement(code=report.announcement.code))]


def _languages() -> tuple[tuple[Lang, str], ...]:
    return ("id", LANGUAGES["id"]), ("en", LANGUAGES["en"])
