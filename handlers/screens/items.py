"""One line of an assessment in words: what, when, how much, on which clause it rests."""

from __future__ import annotations

from bot.i18n import Translator
from handlers.screens.screen import MARKS, NOT_YET, bold, cited, esc, italic, lines
from knowledge import AssessedItem, Knowledge


def item_text(t: Translator, knowledge: Knowledge, item: AssessedItem, *, when: bool = True) -> str:
    """The item with everything a person needs to act on it, as HTML. Without `when` the condition under which it is
    needed is said elsewhere."""
    match item.list:
        case "criteria" | "conditions":
            return lines(_statement(item, mark(item)), _note(item))
        case "deadlines":
            return _deadline(t, knowledge, item)
        case "fees":
            return _fee(t, item)
        case "contacts":
            return _contact(t, knowledge, item)
        case _:
            return lines(_statement(item, _duty_mark(item)), when_line(t, item) if when else "", _note(item))


def short_item(item: AssessedItem) -> str:
    """The item on one line: mark, text, clauses."""
    return _statement(item, mark(item) if item.status else _duty_mark(item))


def mark(item: AssessedItem) -> str:
    """The mark of a criterion or condition. A condition can still be put right: nobody failed at it."""
    if item.list == "conditions" and item.status == "not_met":
        return NOT_YET
    return MARKS[item.status or "unknown"]


def when_line(t: Translator, item: AssessedItem) -> str:
    """Under which condition the item is needed, where it is not certain."""
    if item.required is not False or item.when is None:
        return ""
    return t.gettext("↳ Only {condition}.", condition=esc(item.when.rstrip(".")))


def _statement(item: AssessedItem, sign: str) -> str:
    sign = "⚠️" if item.boundary else sign
    return f"{sign} {esc(item.text)} {cited(item.clauses)}"


def _duty_mark(item: AssessedItem) -> str:
    return "◦" if item.required is False else "•"


def _note(item: AssessedItem) -> str:
    return italic(item.note) if item.note else ""


def _deadline(t: Translator, knowledge: Knowledge, item: AssessedItem) -> str:
    _ = t.gettext
    what = f"{esc(item.text)} {cited(item.clauses)}"
    if item.date is None:
        counted_from = t.text(knowledge.facts[item.from_].short) if item.from_ else ""
        when = _("❔ No date yet. It counts from: {fact}.", fact=bold(counted_from))
        return lines(when, what, when_line(t, item), _note(item))
    sign = "❗️" if item.passed else "📅"
    working = ""
    if item.working_date is not None and item.working_date != item.date:
        working = _("That is not a working day; the last one before it is {day}.", day=t.long_date(item.working_date))
    missed = ""
    if item.passed:
        missed = lines(_("This day has passed."), esc(item.missed or ""))
    return lines(f"{sign} {bold(t.long_date(item.date))}", what, working, missed, when_line(t, item), _note(item))


def _fee(t: Translator, item: AssessedItem) -> str:
    _ = t.gettext
    if item.amount is None:
        amount = _("the POB states no amount")
    elif item.amount == 0:
        amount = _("nothing to pay")
    else:
        money = t.money(item.amount, item.currency or "IDR")
        amount = _("{money} (figure of {year})", money=money, year=item.year)
    borne = _("Paid by: {who}", who=esc(item.borne_by)) if item.borne_by else ""
    return lines(f"• {esc(item.text)} {cited(item.clauses)}", f"💰 <b>{amount}</b>", borne, _note(item))


def _contact(t: Translator, knowledge: Knowledge, item: AssessedItem) -> str:
    office = knowledge.offices.get(item.unit or "")
    if office is None:
        return lines(_statement(item, "•"), when_line(t, item), _note(item))
    assumed = italic(t.text(office.assumed)) if office.assumed else ""
    what = f"{esc(item.text)} {cited(item.clauses)}"
    # Where there is a note, it says what we take for granted about the unit, too.
    return lines(f"🏢 {bold(t.text(office.name))}", what, when_line(t, item), _note(item) or assumed)
