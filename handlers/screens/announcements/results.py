"""The results of a selection: giving them, what of a table was not understood, the list to put up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, get_args

from bot.i18n import Translator, Translators
from bot.services.announcements.selection_table import Result
from bot.services.announcements.selections import Problem, Reading, StoredResult, Why
from handlers.announcements.callbacks import Draft as DraftButton
from handlers.announcements.sent_callbacks import Announcements, GiveResults, OpenAnnouncement, OpenList
from handlers.screens.announcements.result_words import MARKS, result_name
from handlers.screens.screen import Screen, button, cited, esc, lines, paragraphs, screen
from knowledge import Knowledge

MOST_SHOWN: Final = 15
"""Rows of one problem that are listed; of more, how many."""
CLAUSES: Final[Mapping[str, str]] = {
    "student_outbound_national": "III.A.1.a.2.i",
    "student_outbound_international": "III.A.2.a.2.i",
}
"""Where the POB asks for an open announcement of the names, by mobility type."""


def give_screen(t: Translator, *, trouble: str = "") -> Screen:
    """How to give results. `trouble` (HTML) is what was wrong."""
    _ = t.gettext
    text = paragraphs(
        f"⚠️ {trouble}" if trouble else "",
        _("📊 <b>Results of a selection</b>"),
        _(
            "Send a CSV or XLSX file with a row for each applicant: application code or username, result, "
            "and a note if you like. Results may be called:"
        ),
        lines(
            _("🎉 selected, accepted, lolos, diterima"),
            _("🕒 reserve, cadangan"),
            _("➖ not selected, tidak lolos, ditolak"),
        ),
        _("I show you every row that I cannot place. Nothing is sent before you confirm it."),
    )
    return screen(text, [[button(_("◀ All"), Announcements())]])


def unreadable_text(t: Translator) -> str:
    """The file is no table."""
    return t.gettext("I could not read that. It has to be a CSV or XLSX file of 5 MB at most.")


def read_screen(t: Translator, reading: Reading, *, trouble: str = "") -> Screen:
    """What the table says, what of it does not count, and the question for a name."""
    _ = t.gettext
    counts = [
        f"{MARKS[result]} {result_name(t, result)}: <b>{t.number(reading.count(result))}</b>"
        for result in get_args(Result)
        if reading.count(result)
    ]
    text = paragraphs(
        f"⚠️ {trouble}" if trouble else "",
        lines(_("📊 <b>That is what I read</b>"), *counts),
        *_problems(t, reading),
        _("To mend these rows, send the file again. Without that they are left out.") if reading.problems else "",
        _("✍️ <b>What is this selection called?</b> Everybody reads the name, like: IISMA 2027")
        if reading.entries
        else _("No row counts, so there is nothing to announce. Please send another file."),
    )
    return screen(text, [[button(_("📊 Another file"), GiveResults())], [button(_("◀ All"), Announcements())]])


def kept_screen(t: Translator, reading: Reading, name: str, code: str) -> Screen:
    """The round is kept, and its announcement is a draft."""
    _ = t.gettext
    text = paragraphs(
        t.ngettext(
            "💾 <b>{name}</b>: {n} result is kept. Nobody has been told yet.",
            "💾 <b>{name}</b>: {n} results are kept. Nobody has been told yet.",
            len(reading.entries),
            name=esc(name),
        ),
        t.ngettext("{n} row is left out.", "{n} rows are left out.", len(reading.problems)) if reading.problems else "",
        _("The announcement is a draft: change its texts, preview it, send it. Everybody gets only their own result."),
    )
    return screen(text, [[button(_("📣 Open the draft"), DraftButton(code=code), style="success")]])


def open_list_screen(t: Translator, code: str, count: int) -> Screen:
    """Codes only, or names, too?"""
    _ = t.gettext
    text = paragraphs(
        t.ngettext(
            "📋 <b>The list to put up: {n} selected application</b>",
            "📋 <b>The list to put up: {n} selected applications</b>",
            count,
        ),
        lines(
            _("The POB asks for the names of those selected to be announced openly."),
            cited(sorted(CLAUSES.values())),
        ),
        _("With codes everybody recognises themselves, and nobody else. With names everybody can read who it is."),
    )
    rows = [
        [button(_("Codes only"), OpenList(code=code, what="codes"))],
        [button(_("With names"), OpenList(code=code, what="names"))],
        [button(_("◀ Back"), OpenAnnouncement(code=code))],
    ]
    return screen(text, rows)


def open_list(
    translators: Translators, knowledge: Knowledge, name: str, results: Sequence[StoredResult], *, names: bool
) -> list[str]:
    """The list in each language, Indonesian first; HTML."""
    chosen = [one for one in results if one.result == "selected"]
    return [_list(translators[lang], knowledge, name, chosen, names=names) for lang in ("id", "en")]


def open_list_name(code: str) -> str:
    """What the file is called where the list is too long for a message."""
    return f"lintas-selection-{code}.txt"


def _list(t: Translator, knowledge: Knowledge, name: str, chosen: Iterable[StoredResult], *, names: bool) -> str:
    _ = t.gettext
    groups: dict[tuple[str, str], list[StoredResult]] = {}
    for one in chosen:
        groups.setdefault((one.mobility_type or "", one.programme or ""), []).append(one)
    said: list[str] = []
    for (kind, programme), some in sorted(groups.items()):
        known = (knowledge.types.get(kind), knowledge.programmes.get(programme))
        head = " · ".join(t.text(one.name) for one in known if one is not None)
        who = [f"{n}. {_who(one, names=names)}" for n, one in enumerate(sorted(some, key=lambda x: x.code), 1)]
        said.append(lines(f"<b>{esc(head)}</b>" if head else "", *who))
    clauses = sorted({CLAUSES[kind] for kind, _programme in groups if kind in CLAUSES})
    return paragraphs(
        _("📊 <b>Selected: {name}</b>", name=esc(name)),
        *said or [_("Nobody was selected.")],
        _("Announced openly according to the mobility handbook of UNNES (POB 2021), {clauses}.", clauses=cited(clauses))
        if clauses
        else "",
    )


def _who(one: StoredResult, *, names: bool) -> str:
    code = f"<code>{esc(one.code)}</code>"
    return f"{code} {esc(one.name)}" if names and one.name else code


def _problems(t: Translator, reading: Reading) -> list[str]:
    return [
        lines(f"⚠️ <b>{why_text(t, why)}</b>", *_rows(t, found)) for why in get_args(Why) if (found := reading.of(why))
    ]


def _rows(t: Translator, found: Sequence[Problem]) -> list[str]:
    shown = [f"• {esc(one.who[:40] or '–')}: {esc(one.said[:40] or '–')}" for one in found[:MOST_SHOWN]]
    left = len(found) - MOST_SHOWN
    return [*shown, t.ngettext("… and {n} more", "… and {n} more", left)] if left > 0 else shown


def why_text(t: Translator, why: Why) -> str:
    """Why a row does not count."""
    _ = t.gettext
    return {
        "nobody": _("Nobody has this code or username"),
        "no_application": _("They have not kept an application"),
        "ambiguous": _("They have several applications: give the code"),
        "unknown_result": _("I do not know this result"),
        "twice": _("There twice, counted once"),
        "contradiction": _("There with different results: none of them counts"),
    }[why]
