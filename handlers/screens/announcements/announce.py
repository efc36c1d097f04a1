"""The card of a draft, and what is asked while it is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from bot.i18n import Translator
from bot.services.announcements.audience_groups import groups_of
from bot.services.announcements.content import PLACEHOLDERS, Content
from bot.services.announcements.draft import CATEGORIES, Check, Draft
from bot.services.markup import start_of
from handlers.announcements.callbacks import (
    About,
    AudienceOf,
    Buttons,
    Confirm,
    Discard,
    Files,
    NewDraft,
    OneForAll,
    Preview,
    When,
    Write,
)
from handlers.announcements.callbacks import Draft as DraftButton
from handlers.screens.announcements.audience import Options, count_line, described
from handlers.screens.announcements.words import category_name, moment_words, problem_words, when_words
from handlers.screens.screen import Row, Screen, arranged, button, esc, lines, paragraphs, screen

LANGUAGES: Final[Mapping[str, str]] = {"id": "Bahasa Indonesia", "en": "English"}


def card_screen(t: Translator, draft: Draft, check: Check, names: Mapping[str, Options], zone: str) -> Screen:
    """Everything about a draft on one screen, with a way to change each."""
    _ = t.gettext
    code, content = draft.code, draft.content
    text = paragraphs(
        _("📣 <b>Announcement</b> (draft, kept as you go)"),
        described(t, groups_of(draft.audience), names),
        count_line(t, check),
        lines(
            *(
                f"{'✅' if lang in content.texts else '⬜'} {name}: {_start(t, content, lang)}"
                for lang, name in LANGUAGES.items()
            ),
            _extras(t, content),
            f"🏷 {category_name(t, draft.stored.category)}",
            f"🕒 {when_words(t, draft, zone)}",
        ),
        *(f"⚠️ {problem_words(t, problem, draft)}" for problem in check.problems),
    )
    of_results = draft.stored.round_id is not None
    rows: list[Row] = [
        [] if of_results else [button(_("👥 Who gets it"), AudienceOf(code=code))],
        [
            button(f"✍️ {name}", Write(code=code, lang="id" if lang == "id" else "en"))
            for lang, name in LANGUAGES.items()
        ],
        [button(_("📎 Files"), Files(code=code)), button(_("🔘 Buttons"), Buttons(code=code))],
        [*([] if of_results else [button(_("🏷 Kind"), About(code=code))]), button(_("🕒 When"), When(code=code))],
        [button(_("👁 Preview"), Preview(code=code)), button(_("🗑 Discard"), Discard(code=code))],
    ]
    if not check.problems:
        rows.append([button(_("📤 Send …"), Confirm(code=code), style="success")])
    return screen(text, rows)


def go_on_screen(t: Translator, draft: Draft) -> Screen:
    """There is a draft already."""
    _ = t.gettext
    text = paragraphs(
        _("📣 <b>You have a draft.</b>"),
        _start(t, draft.content, "id" if "id" in draft.content.texts else "en"),
        _("Go on with it, or begin a new one? A draft stays until you send or discard it."),
    )
    rows = [[button(_("Go on"), DraftButton(code=draft.code))], [button(_("A new one"), NewDraft())]]
    return screen(text, rows)


def write_screen(t: Translator, draft: Draft, lang: str) -> Screen:
    """Asks for the text in a language."""
    _ = t.gettext
    places = " ".join(f"<code>{{{place}}}</code>" for place in PLACEHOLDERS)
    text = paragraphs(
        _("✍️ <b>The text in {language}</b>", language=LANGUAGES[lang]),
        _(
            "Send it as you want it to look: bold, links and line breaks stay. {limit} characters at most.",
            limit=t.number(draft.content.longest),
        ),
        _("These are filled in for everybody: {places}", places=places),
    )
    rows: list[Row] = []
    if lang in draft.content.texts:
        rows.append(
            [button(_("🗑 Remove this text"), Write(code=draft.code, lang="id" if lang == "id" else "en", drop=True))]
        )
    return screen(text, [*rows, [button(_("◀ Announcement"), DraftButton(code=draft.code))]], passing=True)


def one_for_all_screen(t: Translator, draft: Draft) -> Screen:
    """One language has no text: do its readers get the other?"""
    _ = t.gettext
    there = next(iter(draft.content.texts))
    missing = LANGUAGES["en" if there == "id" else "id"]
    text = _(
        "There is no text in <b>{missing}</b>. Shall people who read {missing} get the one in {there}? "
        "If not, they get nothing.",
        missing=missing,
        there=LANGUAGES[there],
    )
    rows = [
        [button(_("Yes, one text for all"), OneForAll(code=draft.code, yes=True))],
        [button(_("No, they get nothing"), OneForAll(code=draft.code, yes=False))],
        [button(_("◀ Announcement"), DraftButton(code=draft.code))],
    ]
    return screen(text, rows)


def files_screen(t: Translator, draft: Draft) -> Screen:
    """Asks for files."""
    _ = t.gettext
    count = len(draft.content.files)
    text = paragraphs(
        t.ngettext("📎 <b>{n} file</b>", "📎 <b>{n} files</b>", count) if count else _("📎 <b>No files yet</b>"),
        _(
            "Send a photo, a video or a document, up to 10 in all. "
            "Several of them go out as an album, which has no buttons."
        ),
    )
    rows: list[Row] = [[button(_("🗑 Remove all"), Files(code=draft.code, drop=True))]] if count else []
    return screen(text, [*rows, [button(_("◀ Announcement"), DraftButton(code=draft.code))]])


def buttons_screen(t: Translator, draft: Draft) -> Screen:
    """The buttons below the text."""
    _ = t.gettext
    content = draft.content
    own = _("their applications")
    there = [f"• {esc(' / '.join(one.label.values()))} → {esc(one.value or own)}" for one in content.buttons]
    text = paragraphs(_("🔘 <b>Buttons below the text</b>"), lines(*there) or _("None yet."))
    add = [
        button(_("➕ A link"), Buttons(code=draft.code, do="link")),
        button(_("➕ A topic"), Buttons(code=draft.code, do="topic")),
        button(_("➕ My applications"), Buttons(code=draft.code, do="status")),
    ]
    drop = [button(_("🗑 Remove all"), Buttons(code=draft.code, do="drop"))] if there else []
    return screen(text, [*arranged(add), drop, [button(_("◀ Announcement"), DraftButton(code=draft.code))]])


def ask_button_screen(t: Translator, draft: Draft, kind: str) -> Screen:
    """Asks for a link or a topic."""
    _ = t.gettext
    text = (
        _("Send the words on the button and the address, like:\n<code>Register here https://unnes.ac.id</code>")
        if kind == "link"
        else _("Which topic? Send a few words, like: <i>visa fee</i>")
    )
    return screen(text, [[button(_("◀ Back"), Buttons(code=draft.code))]], passing=True)


def about_screen(t: Translator, draft: Draft) -> Screen:
    """What kind of news it is."""
    _ = t.gettext
    text = paragraphs(
        _("🏷 <b>What kind of news is it?</b>"),
        _("People can mute each kind in /settings. Results of their own applications they always get."),
    )
    rows = [[button(category_name(t, one), About(code=draft.code, category=one))] for one in CATEGORIES]
    return screen(text, [*rows, [button(_("◀ Announcement"), DraftButton(code=draft.code))]])


def when_screen(t: Translator, draft: Draft, zone: str, *, said: str = "") -> Screen:
    """When it starts, who joins later, and what becomes of lost answers."""
    _ = t.gettext
    code, stored = draft.code, draft.stored
    joins = (
        _("👋 Who joins the audience until {moment} gets it, too.", moment=moment_words(t, stored.joins_until, zone))
        if stored.joins_until
        else _("👋 Only those who are in the audience when it starts get it.")
    )
    unknown = (
        _("❔ If Telegram's answer is lost, it is sent again: somebody may have it twice.")
        if stored.on_unknown == "again"
        else _("❔ If Telegram's answer is lost, it is not sent again: somebody may not have it.")
    )
    text = paragraphs(said, f"🕒 <b>{when_words(t, draft, zone)}</b>", joins, unknown)
    rows: list[Row] = [
        [button(_("As soon as I confirm"), When(code=code, do="now"))],
        [button(_("At a day and time"), When(code=code, do="type"))],
        [button(_("👋 Open for who joins"), When(code=code, do="joins"))]
        if stored.joins_until is None
        else [button(_("👋 Nobody joins later"), When(code=code, do="closed"))],
        [button(_("❔ Send again"), When(code=code, do="again"))]
        if stored.on_unknown == "leave"
        else [button(_("❔ Do not send again"), When(code=code, do="leave"))],
        [button(_("◀ Announcement"), DraftButton(code=code))],
    ]
    return screen(text, rows)


def ask_moment_screen(t: Translator, draft: Draft, zone: str, *, joins: bool, again: bool = False) -> Screen:
    """Asks for a day and a time."""
    _ = t.gettext
    text = paragraphs(
        _("⚠️ I need a day and a time that lie ahead; people can only join after the start.") if again else "",
        _("👋 <b>Until when may people join?</b>") if joins else _("🕒 <b>When shall it start?</b>"),
        _(
            "Send a day and a time ({zone}), like: <code>12 Jan 2027 09:00</code>, <code>tomorrow 8.30</code>",
            zone=zone,
        ),
    )
    return screen(text, [[button(_("◀ Back"), When(code=draft.code))]], passing=True)


def discard_screen(t: Translator, draft: Draft) -> Screen:
    """Asks whether a draft is thrown away."""
    _ = t.gettext
    rows = [
        [button(_("Yes, throw it away"), Discard(code=draft.code, sure=True), style="danger")],
        [button(_("◀ Announcement"), DraftButton(code=draft.code))],
    ]
    return screen(_("🗑 Throw this draft away? It cannot be brought back."), rows)


def discarded_screen(t: Translator) -> Screen:
    """The draft is gone."""
    _ = t.gettext
    return screen(_("🗑 The draft is gone."), [[button(_("📣 A new announcement"), NewDraft())]])


def _start(t: Translator, content: Content, lang: str) -> str:
    text = content.texts.get("id" if lang == "id" else "en")
    if text is None:
        if content.texts:
            return t.gettext("gets the other text") if content.one_for_all else t.gettext("gets nothing")
        return "–"
    return start_of(text)


def _extras(t: Translator, content: Content) -> str:
    parts: Sequence[str] = [
        t.ngettext("📎 {n} file", "📎 {n} files", len(content.files)) if content.files else "",
        t.ngettext("🔘 {n} button", "🔘 {n} buttons", len(content.buttons)) if content.buttons else "",
    ]
    return " · ".join(part for part in parts if part)
