"""The greeting, the help, the choice of a language."""

from __future__ import annotations

from bot.i18n import Translator
from handlers.applications.callbacks import MyApplications
from handlers.callbacks import AskQuestion, Check, Home, Language, Languages, Resume
from handlers.screens.interview.question import other_language
from handlers.screens.screen import Row, Screen, bold, button, paragraphs, screen
from knowledge.interview import Goal


def greeting_screen(t: Translator, name: str, *, answers: int = 0, applications: int = 0, said: str = "") -> Screen:
    """Who I am and what I do. `answers` and `applications` say how much there is to go on with."""
    _ = t.gettext
    text = paragraphs(said, _("Hello, {name}! 👋", name=bold(name)), what_i_do(t))
    going_on: Row = (
        [button(_("▶️ Continue my check"), Check())] if answers else [button(_("🎯 Check my programme"), Check())]
    )
    rows: list[Row] = [
        going_on,
        [button(_("📁 My applications ({n})", n=applications), MyApplications())] if applications else [],
        [button(_("📄 Documents"), Check(goal=Goal.DOCUMENTS)), button(_("🛂 Visa"), Check(goal=Goal.IMMIGRATION))],
        [button(_("💬 Ask a question"), AskQuestion())],
        [other_language(t)],
    ]
    return screen(text, rows)


def what_i_do(t: Translator) -> str:
    """The bot in two lines."""
    return t.gettext(
        "I am <b>Lintas</b>. Answer a few questions and I tell you whether you can join a UNNES mobility programme, "
        "and what to prepare.\n"
        "Every line names its clause in the UNNES procedure (POB Kerja Sama, 2021)."
    )


def welcome_line(t: Translator, name: str) -> str:
    """A greeting on one line, before the question that a link led to."""
    return t.gettext(
        "Hello, {name}! 👋 I am <b>Lintas</b>, your guide through the UNNES mobility rules.", name=bold(name)
    )


def unknown_link_line(t: Translator) -> str:
    """For a link that leads nowhere any more."""
    return t.gettext("That link is no longer in use. No problem, let us start here.")


def languages_screen(t: Translator) -> Screen:
    """The choice of a language."""
    _ = t.gettext
    names = {"id": "Bahasa Indonesia", "en": "English"}
    rows: list[Row] = [
        [button(f"✓ {name}" if code == t.lang else name, Language(code=code))] for code, name in names.items()
    ]
    return screen(_("<b>Language</b>\nWhich language shall I speak?"), rows)


def help_screen(t: Translator, *, of_staff: str = "") -> Screen:
    """The commands, grouped; `of_staff` (HTML) are those that come with a role."""
    _ = t.gettext
    text = paragraphs(
        _("<b>What I can do</b>"),
        of_staff,
        _(
            "<b>Find out</b>\n"
            "/check – do I qualify, what do I need?\n"
            "/documents – the papers\n"
            "/visa – visa and stay permit\n"
            "/deadlines – the dates to keep\n"
            "/ask – ask anything, or browse the topics\n"
            "/human – which person to ask"
        ),
        _("<b>Keep track</b>\n/status – my applications and checklists\n/cancel – stop what we are doing"),
        _(
            "<b>About you</b>\n"
            "/language – Bahasa Indonesia or English\n"
            "/settings – time zone, what I send you\n"
            "/privacy – what I keep about you\n"
            "/mydata – all of it as a file\n"
            "/delete – erase it"
        ),
        _("📎 A photo or a PDF of a paper: send it at any time, and I put it to your checklist."),
        _("You can also just type, a question or an answer: “how long must my passport be valid?”, “IPK 3.4”."),
    )
    return screen(text, [[button(_("🎯 Check my programme"), Check())], [button(_("🌐 Language"), Languages())]])


def cancelled_screen(t: Translator, *, pending: bool) -> Screen:
    """Something was stopped, or there was nothing to stop."""
    _ = t.gettext
    text = _("Stopped. Your answers are kept.") if pending else _("Nothing was going on. Your answers are kept.")
    return screen(text, [[button(_("▶️ Go on"), Resume())], [button(_("‹ Start page"), Home())]])


def thanks_screen(t: Translator) -> Screen:
    """An answer to a thank-you, with the way back."""
    _ = t.gettext
    text = _("You are welcome! 🙏 Good luck with your plans. I am here whenever you need me.")
    return screen(text, [[button(_("▶️ Go on"), Resume())], [button(_("‹ Start page"), Home())]])
