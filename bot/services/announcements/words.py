"""The message that shows its author how far an announcement is, and, at the end, what became of it.

The worker writes it and edits it; handlers show the same where staff opens an announcement. Buttons are JSON of the Bot
API, for the worker knows nothing of the handlers; what they carry is unpacked there, and a test holds the two together.
"""

from __future__ import annotations

import html
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final, Protocol
from zoneinfo import ZoneInfo

from bot.services.announcements.report import Part, Reason, Report
from bot.services.markup import progress_bar, start_of

FIRST_WORDS: Final = 80
"""Characters of the text by which an announcement is recognised."""
MOST_REASONS: Final = 5
CELLS: Final = 12
"""Of the progress bar."""

Buttons = list[list[dict[str, str]]]


class Words(Protocol):
    """What of a translator is needed."""

    @property
    def lang(self) -> str: ...

    def gettext(self, message: str, /, **fields: object) -> str: ...

    def ngettext(self, one: str, many: str, n: int, /, **fields: object) -> str: ...

    def number(self, number: float) -> str: ...

    def date(self, day: Any) -> str: ...


def progress_text(t: Words, report: Report, zone: str, *, rate: float | None = None) -> str:
    """The message. `rate`: messages a second of late; None where nobody measured it."""
    head = f"{_head(t, report)}\n<i>{begins(report.announcement.content, t.lang)}</i>"
    sections = [_section(t, part, report, zone, rate) for part in report.parts]
    return "\n\n".join([head, *(section for section in sections if section)])


def progress_keyboard(t: Words, report: Report, *, listed: bool = False) -> Buttons:
    """What can be done now. `listed`: somebody opened it from the list, so there is a way back, and to look again."""
    _, code = t.gettext, report.announcement.code
    rows: Buttons = []
    if report.is_alive:
        going = _button(_("⏸ Pause"), f"Y6:{code}:pause:0")
        if report.state == "paused":
            going = _button(_("▶️ Go on"), f"Y6:{code}:resume:0")
        rows.append([going, _button(_("⏹ Stop"), f"Y6:{code}:stop:0")])
    elif report.parts:
        rows.append([_button(_("📄 Recipients (CSV)"), f"Z1:{code}:csv"), _button(_("📈 Chart"), f"Z1:{code}:chart")])
        if report.failed:
            label = t.ngettext("🔁 Try {n} again", "🔁 Try {n} again", report.failed)
            rows.append([_button(label, f"Y7:{code}:0")])
        if report.announcement.round_id is not None:
            rows.append([_button(_("📋 List to put up"), f"Z4:{code}:ask")])
    if report.sent and not report.is_recalled:
        correct = [_button(_("✏️ Correct"), f"Y8:{code}:0")] if report.announcement.content.get("texts") else []
        rows.append([*correct, _button(_("🗑 Call back"), f"Y9:{code}:0")])
    if listed:
        again = [_button(_("🔄 Look again"), f"Y5:{code}")] if report.is_alive or not report.parts else []
        rows.append([*again, _button(_("◀ All"), "Y4:0")])
    return rows


def begins(content: Mapping[str, Any], lang: str) -> str:
    """The first words of what it says, ready for HTML."""
    texts: Mapping[str, str] = content.get("texts") or {}
    text = texts.get(lang) or next(iter(texts.values()), "")
    return start_of(text, FIRST_WORDS) or ("📎" if content.get("files") else "–")


def lasting(t: Words, seconds: float) -> str:
    """A span of time in two units at most."""
    _ = t.gettext
    whole = max(1, round(seconds))
    if whole < 60:
        return _("{s} s", s=whole)
    if whole < 3600:
        return _("{m} min {s} s", m=whole // 60, s=whole % 60)
    return _("{h} h {m} min", h=whole // 3600, m=whole % 3600 // 60)


def _head(t: Words, report: Report) -> str:
    _ = t.gettext
    return {
        "starting": _("🚀 <b>Announcement: it starts</b>"),
        "running": _("▶️ <b>Announcement: on its way</b>"),
        "paused": _("⏸ <b>Announcement: paused</b>"),
        "stopped": _("⏹ <b>Announcement: stopped</b>"),
        "finished": _("✅ <b>Announcement: finished</b>"),
    }[report.state]


def _section(t: Words, part: Part, report: Report, zone: str, rate: float | None) -> str:
    _ = t.gettext
    title = {"correct": _("✏️ <b>Correction</b>"), "recall": _("🗑 <b>Calling back</b>")}.get(part.batch.purpose, "")
    lines = [title, *_bar(t, part), *_counts(t, part), *_times(t, part, report, zone, rate)]
    if part.batch.pause_reason and part.batch.state == "paused":
        lines.append(_("⚠️ Telegram refused it: <i>{reason}</i>", reason=_esc(part.batch.pause_reason)))
    return "\n".join(line for line in lines if line)


def _bar(t: Words, part: Part) -> list[str]:
    done, total = part.done, part.counts.total
    percent = 100 * done // total if total else 100
    said = t.gettext("{done} of {total} ({percent} %)", done=t.number(done), total=t.number(total), percent=percent)
    return [f"{progress_bar(done, total, cells=CELLS)} {said}"]


def _counts(t: Words, part: Part) -> list[str]:
    _, counts, purpose = t.gettext, part.counts, part.batch.purpose
    arrived = {"correct": _("📬 Corrected: {n}"), "recall": _("📬 Deleted: {n}")}.get(purpose, _("📬 Sent: {n}"))
    lines = [arrived.format(n=t.number(counts.of("sent")))]
    for state, label in (
        ("blocked", _("🚫 Not reachable: {n}")),
        ("refused", _("⚠️ Could not be deleted: {n}") if purpose == "recall" else _("⚠️ Failed: {n}")),
        ("unknown", _("❔ Unknown whether it arrived: {n}")),
        ("dropped", _("✋ Not sent any more: {n}")),
    ):
        if counts.of(state):
            lines.append(label.format(n=t.number(counts.of(state))))
            lines += _reasons(t, part, state)
    if counts.maybe_twice:
        lines.append(t.ngettext("♊️ {n} may have it twice", "♊️ {n} may have it twice", counts.maybe_twice))
    return lines


def _reasons(t: Words, part: Part, state: str) -> list[str]:
    found = part.words(state)
    if not found or (state == "unknown" and len(found) == 1):
        return []
    return [f"   – {t.number(n)}: {reason_words(t, reason, said)}" for reason, said, n in found[:MOST_REASONS]]


def reason_words(t: Words, reason: Reason, said: str = "") -> str:
    """Why somebody did not get it, ready for HTML; `said` is what Telegram said where we have no words for it."""
    _ = t.gettext
    words: dict[Reason, str] = {
        "blocked": _("blocked the bot"),
        "unreachable": _("had blocked the bot or left Telegram before"),
        "gone": _("left Telegram"),
        "never_started": _("cannot be written to: they never started the bot"),
        "no_text": _("no text in their language"),
        "not_filled": _("there is nothing to fill in for them"),
        "no_application": _("they, or their application, are gone"),
        "too_old": _("Telegram does not allow it any more (deleting: within 48 hours only)"),
        "not_there": _("the message is not there any more"),
        "stopped": _("it was stopped before"),
        "erased": _("erased their data"),
        "lost": _("Telegram's answer was lost"),
    }
    return words.get(reason, _("Telegram said: {said}", said=f"<i>{_esc(said)}</i>"))


def _times(t: Words, part: Part, report: Report, zone: str, rate: float | None) -> list[str]:
    _, batch = t.gettext, part.batch
    until = batch.open_until
    if part.is_alive:
        if not part.counts.open and until is not None and until > report.now:
            return [_("👋 Open until {moment} for who joins.", moment=_moment(t, until, zone))]
        if batch.state == "paused" or not rate or not part.counts.open:
            return []
        left = lasting(t, part.counts.open / rate)
        return [_("⏱ {rate} a second, about {time} left", rate=t.number(round(rate, 1)), time=left)]
    ended = batch.finished_at or report.now
    seconds = max(1.0, (ended - batch.created_at).total_seconds())
    tried = part.counts.total - part.counts.of("dropped")
    took = _(
        "⏱ {time}, {rate} a second",
        time=lasting(t, seconds),
        rate=t.number(round(tried / seconds, 1)),
    )
    return [took, f"🏁 {_moment(t, ended, zone)}"]


def _moment(t: Words, moment: datetime, zone: str) -> str:
    local = moment.astimezone(ZoneInfo(zone))
    return f"{t.date(local.date())}, {local:%H:%M}"


def _button(label: str, data: str) -> dict[str, str]:
    return {"text": label, "callback_data": data}


def _esc(text: str) -> str:
    return html.escape(text, quote=False)
