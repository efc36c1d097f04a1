"""The last questions before an announcement goes out, and what follows them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.i18n import Translator
from bot.services.announcements.announcements import TYPED_FROM
from bot.services.announcements.audience_groups import groups_of
from bot.services.announcements.draft import Check, Draft
from bot.services.announcements.times import is_day_off
from bot.services.night import is_night
from handlers.announcements.callbacks import Approve, Confirm, TakeBack
from handlers.announcements.callbacks import Draft as DraftButton
from handlers.screens.announcements.audience import Options, count_line, described
from handlers.screens.announcements.words import moment_words, when_words
from handlers.screens.screen import Row, Screen, button, esc, lines, paragraphs, screen


def confirm_screen(t: Translator, draft: Draft, check: Check, zone: str, now: datetime) -> Screen:
    """The last question before it goes out."""
    _ = t.gettext
    due = draft.stored.due or now
    typed = check.count > TYPED_FROM and draft.stored.round_id is None
    warnings = [
        _("🌙 People sleep then: it is between 21:00 and 7:00 in {zone}.", zone=zone) if is_night(due, zone) else "",
        _("📅 That is a day off in Indonesia.") if is_day_off(due, zone) else "",
    ]
    text = paragraphs(
        t.ngettext("📤 <b>To {n} person: send it?</b>", "📤 <b>To {n} people: send it?</b>", check.count),
        f"🕒 {when_words(t, draft, zone)}",
        lines(*warnings),
        count_line(t, check),
        _(
            "That is more than {limit}. To be sure, send me the number: <b>{count}</b>",
            limit=TYPED_FROM,
            count=check.count,
        )
        if typed
        else "",
    )
    rows: list[Row] = (
        [] if typed else [[button(_("Yes, send it"), Confirm(code=draft.code, sure=True), style="success")]]
    )
    return screen(text, [*rows, [button(_("◀ Announcement"), DraftButton(code=draft.code))]], passing=True)


def confirmed_screen(t: Translator, draft: Draft, zone: str) -> Screen:
    """What happens next."""
    _ = t.gettext
    if draft.stored.state == "approval":
        text = _("🤝 <b>A colleague is asked to agree.</b> It goes out when they do. I tell you.")
    elif draft.stored.due is None:
        text = _("🚀 <b>It starts now.</b> In a few seconds a message here shows how far it is.")
    else:
        text = _(
            "🕒 <b>Scheduled: {moment}.</b> A message here will show how far it is.",
            moment=moment_words(t, draft.stored.due, zone),
        )
    return screen(text, [[button(_("↩️ Take it back"), TakeBack(code=draft.code))]])


def approval_screen(t: Translator, draft: Draft, author: str, count: int, names: Mapping[str, Options]) -> Screen:
    """Asks a colleague to agree."""
    _ = t.gettext
    text = paragraphs(
        _("🤝 <b>{author} wants to announce this. Do you agree?</b>", author=esc(author)),
        described(t, groups_of(draft.audience), names),
        t.ngettext("<b>{n} person</b> gets it.", "<b>{n} people</b> get it.", count),
        *draft.content.texts.values(),
    )
    rows = [
        [
            button(_("✅ Agree"), Approve(code=draft.code, yes=True)),
            button(_("✋ Give it back"), Approve(code=draft.code, yes=False)),
        ]
    ]
    return screen(text, rows)


def preview_screen(t: Translator, draft: Draft, refusals: Sequence[str]) -> Screen:
    """Below the preview: what Telegram did not like, and the way back."""
    _ = t.gettext
    text = paragraphs(
        _("👆 <b>That is how it will look.</b> I sent it to you only.") if not refusals else "",
        *(_("⚠️ Telegram refuses it: <i>{reason}</i>", reason=esc(reason)) for reason in refusals),
        _("In [brackets]: what is filled in for each person.") if draft.content.places() else "",
    )
    return screen(text, [[button(_("◀ Announcement"), DraftButton(code=draft.code))]])


def refused_screen(t: Translator, draft: Draft, reason: str) -> Screen:
    """It was not sent."""
    _ = t.gettext
    rows = [[button(_("◀ Announcement"), DraftButton(code=draft.code))]]
    return screen(f"⚠️ {esc(reason)}", rows)


def approved_screen(t: Translator) -> Screen:
    """The colleague agreed."""
    return screen(t.gettext("✅ <b>Agreed.</b> It goes out at its time; the author is told."))


def given_back_screen(t: Translator) -> Screen:
    """The colleague did not agree."""
    return screen(t.gettext("✋ <b>Given back.</b> It is a draft again; the author is told."))


def taken_back_screen(t: Translator, draft: Draft) -> Screen:
    """It is a draft again."""
    _ = t.gettext
    rows = [[button(_("◀ Announcement"), DraftButton(code=draft.code))]]
    return screen(_("↩️ <b>Taken back.</b> It is a draft again and nobody got it."), rows)


def agreed_notice(t: Translator, name: str, *, agreed: bool) -> Screen:
    """Tells the author what the colleague said."""
    _, colleague = t.gettext, esc(name)
    text = (
        _("✅ <b>{colleague} agrees with your announcement.</b> It goes out at its time.", colleague=colleague)
        if agreed
        else _("✋ <b>{colleague} gave your announcement back.</b> It is a draft again: /announce", colleague=colleague)
    )
    return screen(text)
