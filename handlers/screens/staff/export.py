"""Choosing which applications go into a spreadsheet, and the words in it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final, get_args

from bot.i18n import Translator
from bot.services.applications.transitions import ItemStatus
from bot.services.staff.export import NONE, ExportWords, Wanted
from handlers.screens.screen import Row, Screen, bold, button, choices, italic, lines, paragraphs, screen
from handlers.screens.titles import verdict_title
from handlers.staff.callbacks import Choose, MakeExport, Stats
from knowledge import Knowledge
from knowledge.items import Verdict

VERDICTS: Final = {verdict[0]: verdict for verdict in get_args(Verdict)}
"""Verdicts by the letter that stands for them in a button."""
STATUSES: Final = {
    "t": ItemStatus.TODO,
    "h": ItemStatus.HAVE,
    "s": ItemStatus.SUBMITTED,
    "a": ItemStatus.ACCEPTED,
    "r": ItemStatus.RETURNED,
    "w": ItemStatus.WAIVED,
}
MOST_CHOICES: Final = 30
"""Values of a filter that are offered; there are no more programmes than that in use at once."""


def wanted(knowledge: Knowledge, chosen: Choose | MakeExport) -> Wanted:
    """What a button asks for. A letter that stands for nothing any more asks for all."""
    kinds = {_letters(key): key for key in knowledge.types} | {NONE: NONE}
    return Wanted(
        mobility_type=kinds.get(chosen.kind),
        programme=chosen.programme or None,
        verdict=VERDICTS.get(chosen.verdict),
        status=STATUSES.get(chosen.status),
    )


def export_screen(t: Translator, knowledge: Knowledge, which: Wanted, *, count: int) -> Screen:
    """The filters as they are, and how many applications that makes."""
    _ = t.gettext
    text = paragraphs(
        _("⬇️ <b>Applications as a spreadsheet</b>"),
        lines(*(f"{_name(t, of)}: {bold(_value(t, knowledge, of, getattr(which, of)))}" for of in _FILTERS)),
        t.ngettext("That is <b>{n} application</b>.", "That is <b>{n} applications</b>.", count)
        if count
        else _("No application is like that. Choose something else."),
        italic(_("One row an application, one column for each item of the checklists.")),
    )
    rows: list[Row] = [
        [button(_("⬇️ Make the file"), MakeExport(**_fields(which)))] if count else [],
        *([button(f"🔎 {_name(t, of)}", Choose(of=of, **_fields(which)))] for of in _FILTERS),
        [button(_("‹ Numbers"), Stats())],
    ]
    return screen(text, rows)


def choose_screen(t: Translator, knowledge: Knowledge, which: Wanted, of: str, found: Mapping[str, int]) -> Screen:
    """The values of one filter that occur, each with how many applications it makes."""
    _ = t.gettext
    offered = list(found.items())[:MOST_CHOICES]
    in_full, labels = choices(
        [_value(t, knowledge, of, value) for value, _count in offered],
        [f" ({t.number(number)})" for _one, number in offered],
    )
    text = paragraphs(_("⬇️ {what}: which?", what=bold(_name(t, of))), in_full)
    rows: list[Row] = [
        *([button(label, _with(which, of, value))] for label, (value, _count) in zip(labels, offered, strict=True)),
        [button(_("All"), _with(which, of, None))],
        [button(_("‹ Back"), Choose(**_fields(which)))],
    ]
    return screen(text, rows)


def export_words(t: Translator, knowledge: Knowledge, timezone: str) -> ExportWords:
    """The words of the file; its times are those of the time zone."""
    _ = t.gettext
    return ExportWords(
        title=_("Applications"),
        columns=(
            *(_("Code"), _("Name of the application"), _("Telegram number"), _("Language")),
            *(_name(t, "mobility_type"), _name(t, "programme"), _name(t, "verdict")),
            *(_("Kept on ({zone})", zone=timezone), _("Changed on ({zone})", zone=timezone)),
            *(_("Done"), _("Of"), _("Next deadline")),
        ),
        types={key: t.text(kind.name) for key, kind in knowledge.types.items()},
        programmes={key: t.text(programme.name) for key, programme in knowledge.programmes.items()},
        verdicts={verdict: _plain(verdict_title(t, verdict)) for verdict in VERDICTS.values()},
        statuses=_status_words(t),
    )


def export_name(day: date) -> str:
    """What the file is called."""
    return f"lintas-applications-{day.isoformat()}.xlsx"


def export_caption(t: Translator, rows: int) -> str:
    """Said with the file."""
    _ = t.gettext
    return lines(
        t.ngettext("⬇️ {n} application.", "⬇️ {n} applications.", rows),
        _(
            "🔒 It holds <b>personal data</b>: Telegram numbers, names of applications, verdicts, statuses. "
            "Keep it in the office, and delete it when it is not needed any more."
        ),
    )


def making_text(t: Translator) -> str:
    """Shown while the file is made."""
    return t.gettext("⏳ I am making the file …")


_FILTERS: Final = ("mobility_type", "programme", "verdict", "status")


def _name(t: Translator, of: str) -> str:
    _ = t.gettext
    names = {
        "mobility_type": _("Kind of mobility"),
        "programme": _("Programme"),
        "verdict": _("Verdict"),
        "status": _("With an item that is"),
    }
    return names[of]


def _value(t: Translator, knowledge: Knowledge, of: str, value: str | None) -> str:
    _ = t.gettext
    if value is None:
        return _("all")
    if value == NONE:
        return _("not known yet")
    if of == "mobility_type" and value in knowledge.types:
        return t.text(knowledge.types[value].name)
    if of == "programme" and value in knowledge.programmes:
        return t.text(knowledge.programmes[value].name)
    if of == "verdict" and value in VERDICTS.values():
        return _plain(verdict_title(t, value))  # type: ignore[arg-type]
    return _status_words(t)[ItemStatus(value)] if value in set(ItemStatus) else value


def _status_words(t: Translator) -> dict[ItemStatus, str]:
    _ = t.gettext
    return {
        ItemStatus.TODO: _("to do"),
        ItemStatus.HAVE: _("has it"),
        ItemStatus.SUBMITTED: _("handed in"),
        ItemStatus.ACCEPTED: _("accepted"),
        ItemStatus.RETURNED: _("returned"),
        ItemStatus.WAIVED: _("waived"),
    }


def _with(which: Wanted, of: str, value: str | None) -> Choose:
    return Choose(**_fields(Wanted(**{**vars(which), of: value})))


def _fields(which: Wanted) -> dict[str, Any]:
    return {
        "kind": _letters(which.mobility_type or ""),
        "programme": which.programme or "",
        "verdict": (which.verdict or "")[:1],
        "status": (which.status or "")[:1],
    }


def _letters(mobility_type: str) -> str:
    """`toi` for `student_outbound_international`, `fin` for `staff_inbound_national`."""
    if mobility_type in ("", NONE):
        return mobility_type
    who, direction, reach = mobility_type.split("_")
    return f"{who[-1]}{direction[0]}{reach[0]}"


def _plain(title: str) -> str:
    """A title without the picture before it."""
    return title.partition(" ")[2]
