"""Whom an announcement is for: conditions, their values, how many people they find."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, cast, get_args

from aiogram.types import InlineKeyboardButton

from bot.i18n import Translator
from bot.services.announcements.audience_groups import Condition, Groups, condition_in, groups_of
from bot.services.announcements.audience_sweep import STAGES, STATUSES
from bot.services.announcements.draft import Check, Draft
from bot.services.markup import cut
from bot.services.paging import place
from handlers.announcements.callbacks import (
    AudienceOf,
    Field,
    Fields,
    Listed,
    Negate,
    Saved,
    Toggle,
    Values,
)
from handlers.announcements.callbacks import Draft as DraftButton
from handlers.announcements.callbacks import Group as GroupButton
from handlers.screens.announcements.result_words import result_name
from handlers.screens.paging import page_row
from handlers.screens.review.pipeline import bucket_name
from handlers.screens.screen import Row, Screen, arranged, bold, button, esc, lines, paragraphs, screen
from handlers.screens.titles import verdict_title
from knowledge import Knowledge
from knowledge.items import Verdict

NAMES: Final[Mapping[Field, str]] = {
    "T": "type",
    "R": "role",
    "D": "direction",
    "W": "reach",
    "P": "programme",
    "V": "verdict",
    "S": "stage",
    "M": "missing",
    "L": "language",
    "H": "has_application",
    "A": "status",
    "O": "round",
    "X": "result",
}
"""The field of the expression behind each letter."""
LETTERS: Final[Mapping[str, Field]] = {name: letter for letter, name in NAMES.items()}
PER_PAGE: Final = 8
SHOWN: Final = 4
"""Values of a condition that are named; of more, how many."""

Options = Sequence[tuple[str, str]]
"""Values with their names."""


def audience_screen(t: Translator, draft: Draft, check: Check, names: Mapping[str, Options]) -> Screen:
    """The conditions with the number of people they find; each can be opened, and more can be added."""
    _ = t.gettext
    groups = groups_of(draft.audience)
    rows: list[Row] = []
    for at, group in enumerate(groups):
        rows += [[_condition_button(t, draft, at, condition, names)] for condition in group]
        more = button(_("➕ and …"), Fields(code=draft.code, group=at))
        drop = button(_("🗑 This group"), GroupButton(code=draft.code, do="drop", group=at))
        rows.append([more, drop] if group and len(groups) > 1 else [more])
    if any(groups):
        rows.append([button(_("➕ or …"), Fields(code=draft.code, group=len(groups)))])
        rows.append(
            [
                button(_("👥 Everybody"), GroupButton(code=draft.code, do="all")),
                button(_("💾 Keep"), Saved(code=draft.code, do="keep")),
            ]
        )
    rows.append(
        [
            button(_("📂 Kept ones"), Saved(code=draft.code, do="list")),
            button(_("📋 A list"), Listed(code=draft.code)),
        ]
    )
    rows.append([button(_("◀ Announcement"), DraftButton(code=draft.code))])
    said = _("👥 <b>Who gets it</b>")
    return screen(paragraphs(said, described(t, groups, names), count_line(t, check)), rows)


def described(t: Translator, groups: Groups, names: Mapping[str, Options]) -> str:
    """The conditions in words, for reading."""
    _ = t.gettext
    if not any(groups):
        return _("Everybody who has written to the bot.")
    parts = ["\n".join(f"• {_condition_words(t, one, names)}" for one in group) for group in groups]
    between = _("or")
    return f"\n<i>{between}</i>\n".join(parts)


def count_line(t: Translator, check: Check) -> str:
    """How many they are, and who of them does not get it and why."""
    size = check.size
    total = t.ngettext("<b>{n} person</b> gets it.", "<b>{n} people</b> get it.", max(check.count, 0))
    counts = {
        _unreachable: size.unreachable,
        _muted: size.muted,
        _speechless: check.left_out,
    }
    lacking = [
        t.ngettext("{n} has nothing to put in {place}", "{n} have nothing to put in {place}", n, place=f"{{{place}}}")
        for place, n in check.unfilled.items()
    ]
    return lines(total, *(f"– {line}" for line in (*(say(t, n) for say, n in counts.items() if n), *lacking)))


def _unreachable(t: Translator, n: int) -> str:
    return t.ngettext("{n} has blocked the bot or left Telegram", "{n} have blocked the bot or left Telegram", n)


def _muted(t: Translator, n: int) -> str:
    return t.ngettext("{n} does not want this kind of news", "{n} do not want this kind of news", n)


def _speechless(t: Translator, n: int) -> str:
    return t.ngettext("{n} reads a language without a text", "{n} read a language without a text", n)


def fields_screen(t: Translator, draft: Draft, group: int) -> Screen:
    """What a condition can be about."""
    _ = t.gettext
    buttons = [
        button(field_name(t, letter), Values(code=draft.code, group=group, field=letter)) for letter in get_args(Field)
    ]
    text = paragraphs(_("👥 <b>A condition</b>"), _("What is it about? You can choose several values of it next."))
    return screen(text, [*arranged(buttons), [button(_("◀ Back"), AudienceOf(code=draft.code))]])


def values_screen(
    t: Translator, draft: Draft, check: Check, *, at: int, letter: Field, page: int, options: Options
) -> Screen:
    """The values of one condition; those chosen have a tick."""
    _ = t.gettext
    groups = groups_of(draft.audience)
    condition = condition_in(groups[at] if at < len(groups) else (), NAMES[letter])
    chosen = {str(value) for value in condition.values}
    shown = place(len(options), page, each=PER_PAGE)
    rows = [
        [
            button(
                f"{'✅' if value in chosen else '▫️'} {name}",
                Toggle(code=draft.code, group=at, field=letter, value=value, page=shown.number),
            )
        ]
        for value, name in (options[number] for number in shown.entries)
    ]
    turning = page_row(t, shown, lambda to: Values(code=draft.code, group=at, field=letter, page=to), short=True)
    if condition.values:
        label = _("🔁 Only these") if condition.but else _("🔁 All but these")
        rows.append([button(label, Negate(code=draft.code, group=at, field=letter))])
    text = paragraphs(
        bold(field_name(t, letter)),
        _("Everybody <b>but</b> these:") if condition.but and condition.values else _("Any of these:"),
        "" if options else _("There is nothing to choose yet."),
        count_line(t, check),
    )
    return screen(text, [*rows, turning, [button(_("Done"), AudienceOf(code=draft.code))]])


def list_screen(t: Translator, draft: Draft, *, unreadable: bool = False) -> Screen:
    """How to give a list of people."""
    _ = t.gettext
    text = paragraphs(
        _("⚠️ I could not read that.") if unreadable else "",
        _("📋 <b>A list of people</b>"),
        _(
            "Send usernames, Telegram ids or application codes, one a line or with commas between, "
            "or a CSV or XLSX file with them in its first column."
        ),
        _("I show you who is not found before anything is sent."),
    )
    return screen(text, [[button(_("◀ Back"), AudienceOf(code=draft.code))]])


def found_list_screen(t: Translator, draft: Draft, found: int, missing: Sequence[str], twice: int) -> Screen:
    """What became of a list."""
    _ = t.gettext
    shown = ", ".join(esc(name) for name in missing[:20])
    more = t.ngettext(" and {n} more", " and {n} more", len(missing) - 20) if len(missing) > 20 else ""
    text = paragraphs(
        t.ngettext("📋 <b>{n} person found.</b>", "📋 <b>{n} people found.</b>", found),
        t.ngettext("{n} line was there twice.", "{n} lines were there twice.", twice) if twice else "",
        _("Not found, so they get nothing: {names}{more}", names=shown, more=more) if missing else "",
    )
    return screen(text, [[button(_("👥 Who gets it"), AudienceOf(code=draft.code))]])


def saved_screen(t: Translator, draft: Draft, kept: Sequence[tuple[int, str]]) -> Screen:
    """The audiences under a name."""
    _ = t.gettext
    rows: list[Row] = []
    for number, name in kept:
        rows.append(
            [
                button(name, Saved(code=draft.code, do="use", id=number)),
                button("🗑", Saved(code=draft.code, do="drop", id=number)),
            ]
        )
    text = paragraphs(
        _("📂 <b>Kept audiences</b>"),
        _("Tap one to use it here.")
        if kept
        else _("None yet. Put conditions together and press 💾, then you find them here the next time."),
    )
    return screen(text, [*rows, [button(_("◀ Back"), AudienceOf(code=draft.code))]])


def name_audience_screen(t: Translator, draft: Draft) -> Screen:
    """Asks under which name to keep it."""
    _ = t.gettext
    text = paragraphs(_("💾 Under which name shall I keep it?"), _("A few words, like: Inbound, visa not there yet"))
    return screen(text, [[button(_("◀ Back"), AudienceOf(code=draft.code))]], passing=True)


def field_name(t: Translator, letter: Field) -> str:
    """What a condition is about."""
    _ = t.gettext
    names: dict[Field, str] = {
        "T": _("Kind of mobility"),
        "R": _("Student or staff"),
        "D": _("Out or in"),
        "W": _("Within Indonesia or not"),
        "P": _("Programme"),
        "V": _("Verdict"),
        "S": _("Stage"),
        "M": _("Missing document"),
        "L": _("Language"),
        "H": _("Has an application"),
        "A": _("How far"),
        "O": _("Selection round"),
        "X": _("Result"),
    }
    return names[letter]


def fixed_options(t: Translator, knowledge: Knowledge) -> dict[str, Options]:
    """The values of every field that the knowledge, not the database, decides."""
    _ = t.gettext
    documents = {
        item.id: t.text(item.text)
        for file in (*knowledge.types.values(), *knowledge.common.values())
        for item in file.documents
        if item.text is not None
    }
    return {
        "type": [(key, t.text(kind.name)) for key, kind in knowledge.types.items()],
        "role": [("student", _("Students")), ("staff", _("Staff"))],
        "direction": [("outbound", _("Going out")), ("inbound", _("Coming to UNNES"))],
        "reach": [("national", _("Within Indonesia")), ("international", _("Across the border"))],
        "programme": [(key, t.text(one.name)) for key, one in knowledge.programmes.items()],
        "verdict": [(one, verdict_title(t, cast(Verdict, one))) for one in get_args(Verdict)],
        "stage": [(one, bucket_name(t, one)) for one in ("unclear", *STAGES, "complete")],
        "missing": sorted(documents.items(), key=lambda one: one[1]),
        "language": [("id", "Bahasa Indonesia"), ("en", "English")],
        "has_application": [("yes", _("Yes")), ("no", _("No"))],
        "status": [(one, _status(t, one)) for one in STATUSES],
        "result": [(one, result_name(t, one)) for one in ("selected", "reserve", "not_selected")],
    }


def _status(t: Translator, status: str) -> str:
    _ = t.gettext
    return {"begun": _("Not all handed in"), "handed_in": _("All handed in"), "accepted": _("All accepted")}[status]


def _condition_button(
    t: Translator, draft: Draft, at: int, condition: Condition, names: Mapping[str, Options]
) -> InlineKeyboardButton:
    letter = LETTERS.get(condition.field)
    to = Listed(code=draft.code) if letter is None else Values(code=draft.code, group=at, field=letter)
    return button(cut(f"✏️ {_condition_words(t, condition, names)}"), to)


def _condition_words(t: Translator, condition: Condition, names: Mapping[str, Options]) -> str:
    _ = t.gettext
    letter = LETTERS.get(condition.field)
    if letter is None:
        who = t.ngettext("{n} person of a list", "{n} people of a list", len(condition.values))
        return _("not: {who}", who=who) if condition.but else who
    known = dict(names.get(condition.field, ()))
    values = [known.get(str(value), str(value)) for value in condition.values]
    if len(values) > SHOWN:
        values = [*values[:SHOWN], t.ngettext("{n} more", "{n} more", len(values) - SHOWN)]
    what = esc(", ".join(values))
    field = field_name(t, letter)
    return _("{field}: not {what}", field=field, what=what) if condition.but else f"{field}: {what}"
