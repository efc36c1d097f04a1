"""What is kept about a person, and how it goes away."""

from __future__ import annotations

from datetime import datetime

from aiogram.types import InlineKeyboardButton

from bot.i18n import Translator
from bot.services.people.privacy import Kept
from handlers.applications.callbacks import Erase, MyData, Privacy
from handlers.callbacks import Home
from handlers.screens.screen import Row, Screen, button, lines, paragraphs, screen

TELEGRAM_POLICY = "telegram.org/privacy"


def privacy_screen(t: Translator, kept: Kept, *, full: bool = False) -> Screen:
    """What is kept, in short; `full`: why, how long, who sees it, rights, and Telegram's part."""
    _ = t.gettext
    text = paragraphs(*(_in_full(t) if full else _in_short(t, kept)))
    rows: list[Row] = [
        [button(_("‹ In short"), Privacy()) if full else button(_("ℹ️ More"), Privacy(full=True))],
        [button(_("📦 Get my data"), MyData()), button(_("🗑 Erase it"), Erase())],
        [button(_("‹ Start page"), Home())],
    ]
    return screen(text, rows)


def now_kept(t: Translator, kept: Kept) -> str:
    """How much there is at the moment."""
    counted = [
        (kept.answers, t.ngettext("{n} answer", "{n} answers", kept.answers)),
        (kept.applications, t.ngettext("{n} application", "{n} applications", kept.applications)),
        (kept.ticks, t.ngettext("{n} ticked item", "{n} ticked items", kept.ticks)),
        (kept.files, t.ngettext("{n} file", "{n} files", kept.files)),
        (
            kept.questions,
            t.ngettext(
                "{n} question that waits for an answer", "{n} questions that wait for an answer", kept.questions
            ),
        ),
    ]
    there = [told for number, told in counted if number]
    if not there:
        return t.gettext("At this moment: no answers yet.")
    return t.gettext("At this moment: {what}.", what=t.list(there))


def export_caption(t: Translator) -> str:
    """Said with the file."""
    _ = t.gettext
    return lines(
        _("📦 This is everything I keep about you, as a JSON file: any text editor opens it."),
        _("To erase it: /delete"),
    )


def erase_screen(t: Translator, kept: Kept, *, now: datetime, is_staff: bool = False) -> Screen:
    """Asks once before everything is erased. The button knows when it was asked. `is_staff`: a role goes with it."""
    _ = t.gettext
    text = paragraphs(
        _("🗑 <b>Erase everything?</b>"),
        now_kept(t, kept),
        _("All of it goes, your progress too, and I cannot bring it back. You may want a copy first: /mydata"),
        _(
            "You are on the staff: that ends with it, and only an administrator can bring it back. "
            "Whoever is the only administrator stays one, without a name."
        )
        if is_staff
        else "",
    )
    rows: list[Row] = [
        [button(_("🗑 Yes, erase everything"), Erase(asked=minute(now)), style="danger")],
        [button(_("‹ No, keep it"), Privacy())],
    ]
    return screen(text, rows)


def erased_screen(t: Translator, *, was_there: bool) -> Screen:
    """After erasing; `was_there`: there was something to erase."""
    _ = t.gettext
    done = _("✅ <b>Done.</b> Everything I kept about you is erased.") if was_there else _("I keep nothing about you.")
    text = paragraphs(
        done,
        _(
            "What I cannot erase are the messages in this chat: they are with Telegram. "
            "You can delete the chat yourself."
        ),
        _("If you write to me again, we begin from the beginning."),
    )
    return screen(text, [[button(_("↺ Begin again"), Home())]])


def in_private_screen(t: Translator, username: str) -> Screen:
    """The way from a group to the private chat; `username` is the bot's."""
    way = InlineKeyboardButton(text=t.gettext("💬 Open the private chat"), url=f"https://t.me/{username}")
    return screen(in_private_text(t), [[way]])


def in_private_text(t: Translator) -> str:
    """Why not here."""
    return t.gettext("That is personal. Please ask me in our private chat, not in a group.")


def not_yours_text(t: Translator) -> str:
    """A button of somebody else's message in a group (at most 200 characters)."""
    return t.gettext("These buttons are somebody else's. Send /check and you get your own.")


def minute(moment: datetime) -> int:
    """Minutes since 1970: short enough for a button."""
    return int(moment.timestamp()) // 60


def _in_short(t: Translator, kept: Kept) -> list[str]:
    _ = t.gettext
    return [
        _("🔒 <b>What I keep about you</b>"),
        _(
            "📝 <b>I keep</b>\n• your answers\n• the applications you keep, with what you ticked\n"
            "• your language and time zone\n• your Telegram number, so that I know you again\n"
            "Only for your checklist, nothing else."
        ),
        _("🚫 <b>I do not ask for</b>\nyour passport number, NIK, phone or e-mail. Please do not send them either."),
        f"📊 {now_kept(t, kept)}",
        _("📦 Get all of it: /mydata\n🗑 Erase all of it: /delete"),
    ]


def _in_full(t: Translator) -> list[str]:
    _ = t.gettext
    return [
        _("🔒 <b>Your data, in full</b>"),
        _(
            "🎯 <b>Why</b>\nYou asked for a checklist, and without your answers there is none. "
            "I decide nothing about you: UNNES and your university do."
        ),
        _(
            "👤 <b>Your name</b>\nThe name and the username that Telegram shows of you, so that the office knows whose "
            "application it reads and can greet you."
        ),
        _(
            "⏳ <b>How long</b>\n• Your data: until you erase it.\n"
            "• The messages you send: only until they are handled; they are removed soon after."
        ),
        _(
            "💬 <b>Your questions</b>\n• Those that I could not answer well are written down without your name, and "
            "with numbers and addresses blacked out, so that the office can add an answer; after a year they go.\n"
            "• For 30 days at most I remember that one was yours, so that the answer reaches you.\n"
            "• The last five I keep with your data."
        ),
        _(
            "📎 <b>Your files</b>\n• I never download them: I keep only Telegram's number, the name and the size of "
            "each.\n• The file itself stays with Telegram, in this chat."
        ),
        _(
            "👀 <b>Who sees it</b>\n• What you keep as an application, and hand in for it: the staff of UNNES who look "
            "after applications. Nobody else in this bot.\n"
            "• Whoever runs the bot could open its database, and must keep it confidential."
        ),
        _(
            "⚖️ <b>Your rights</b> (UU 27/2022)\n• See it: /mydata\n• Correct it: change an answer at any time\n"
            "• Take it back: /delete\nYou need not give a reason."
        ),
        _(
            "✈️ <b>Telegram's part</b>\nAll messages pass through Telegram, whose servers are outside Indonesia, "
            "and stay in this chat. Its own rules hold there: {policy}",
            policy=TELEGRAM_POLICY,
        ),
    ]
