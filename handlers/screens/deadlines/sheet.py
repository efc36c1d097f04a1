"""The words of the printable sheet of an application, and what is said when it is sent."""

from __future__ import annotations

from datetime import date, datetime
from itertools import groupby
from typing import Final
from unicodedata import category

from bot.i18n import Translator
from bot.services.applications.checklist import ApplicationView, ChecklistItem, ItemStatus
from bot.services.deadlines.timeline import Plan
from bot.services.sheet.sheet import DateLine, FeeLine, Group, Headings, ItemLine, Mark, Sheet, SourceLine, Tone
from handlers.deadlines.callbacks import Deadlines, SheetName
from handlers.screens.applications.checklist import ordered, stage_of, status_name
from handlers.screens.deadlines.deadlines import days_left
from handlers.screens.screen import Screen, bold, button, italic, language, lines, paragraphs, screen
from handlers.screens.titles import list_title, verdict_title
from knowledge import AssessedItem, Knowledge
from knowledge.items import Verdict
from knowledge.timeline import Entry, Milestone, Timing

TONES: Final[dict[Verdict, Tone]] = {
    "eligible": "good",
    "not_eligible": "bad",
    "undetermined": "open",
    "to_confirm": "open",
    "decided_elsewhere": "neutral",
}
_MARKS: Final[dict[Timing, Mark]] = {"overdue": "late", "done": "done", "behind": "own"}
LONGEST_NAME: Final = 80
"""Characters of a name that was typed."""


def sheet_of(
    t: Translator, knowledge: Knowledge, view: ApplicationView, plan: Plan, *, person: str, link: str, now: datetime
) -> Sheet:
    """Everything that stands on the sheet; `person` is empty where a line is left to write on."""
    _ = t.gettext
    assessment = view.assessment
    document = t.text(knowledge.main.document.title)
    replan = plan.timeline.replan
    return Sheet(
        lang=t.lang,
        made_at=now,
        brand=_("LINTAS · Checklist for mobility at UNNES"),
        title=view.name,
        person_label=_("Name"),
        person=person,
        about=tuple(_about(t, knowledge, view)),
        verdict=_without_pictures(verdict_title(t, assessment.verdict)),
        verdict_text=_verdict_text(t, assessment.verdict),
        tone=TONES[assessment.verdict],
        progress=_("{done} of {total} done", done=view.done, total=view.total),
        done=view.done,
        total=view.total,
        warning=""
        if replan is None
        else _(
            "As it stands, this plan is no longer possible by the POB. The earliest that still works: {fact} {day}.",
            fact=t.text(knowledge.facts[replan.fact].short).lower(),
            day=t.long_date(replan.day),
        ),
        dates=tuple(_dates(t, knowledge, plan)),
        no_dates=_("The POB sets no deadline in days for your case. Start early: its steps take time all the same."),
        groups=tuple(_groups(t, view)),
        fees=tuple(_fee(t, item) for item in assessment["fees"]),
        fee_advice=t.text(knowledge.main.advice),
        sources=tuple(_sources(t, knowledge, view, plan)),
        headings=Headings(
            dates=_("Dates"),
            checklist=_("Checklist"),
            fees=_("Fees"),
            sources=_("Clauses, in our words"),
            page=_("Page {page} of {pages}"),
        ),
        footer=_(
            "From: {document}. Printed on {day}. The wording of the document counts.",
            document=document,
            day=t.date(plan.today),
        ),
        link=link,
        link_label=_("Scan to open it in Telegram ({code})", code=view.code),
    )


def sheet_caption(t: Translator, view: ApplicationView, *, person: str) -> str:
    """What is said below the file (HTML)."""
    _ = t.gettext
    named = _("It is made out to {name}.", name=bold(person)) if person else _("There is a line to write your name on.")
    return lines(_("🖨 {name} as a sheet to print (A4).", name=bold(view.name)), named)


def sheet_keyboard(t: Translator, code: str) -> Screen:
    """The buttons below the file."""
    _ = t.gettext
    return screen(
        "",
        [[button(_("✏️ Another name on it"), SheetName(code=code))], [button(_("📅 Deadlines"), Deadlines(code=code))]],
    )


def sheet_name_screen(t: Translator, code: str, *, trouble: bool = False) -> Screen:
    """Asks for the name that is to stand on the sheet."""
    _ = t.gettext
    text = paragraphs(
        _("⚠️ That is no name that I can print. Up to {n} letters, as in your passport.", n=LONGEST_NAME)
        if trouble
        else "",
        _("✏️ Which name shall stand on the sheet?"),
        italic(_("Type it as it stands in your passport and send it.")),
    )
    return screen(text, [[button(_("‹ Leave it as it is"), Deadlines(code=code))]])


def _about(t: Translator, knowledge: Knowledge, view: ApplicationView) -> list[tuple[str, str]]:
    _ = t.gettext
    kind = knowledge.types.get(view.mobility_type or "")
    programme = knowledge.programmes.get(view.programme or "")
    found = [(_("Mobility"), kind), (_("Programme"), programme)]
    about = [(label, t.text(one.name)) for label, one in found if one is not None]
    if view.assessment.duration_category is not None:
        labels = {"short": _("short"), "medium": _("medium"), "long": _("long")}
        about.append((_("Duration"), labels[view.assessment.duration_category]))
    return about


def _verdict_text(t: Translator, verdict: Verdict) -> str:
    _ = t.gettext
    return {
        "eligible": _("By the answers given, every criterion of the POB is met."),
        "not_eligible": _("By the answers given, at least one criterion of the POB is not met yet."),
        "undetermined": _("Some answers are still open; they decide."),
        "to_confirm": _("The POB can be read both ways here. Ask your faculty or unit to confirm."),
        "decided_elsewhere": _("The POB leaves the choice to a unit, the Rector or the home university."),
    }[verdict]


def _dates(t: Translator, knowledge: Knowledge, plan: Plan) -> list[DateLine]:
    """Deadlines and the applicant's own dates, in the order in which they come; those without a date last."""
    found = [(entry.item.date or date.max, _deadline(t, knowledge, entry)) for entry in plan.timeline.entries]
    found += [(one.day, _own_date(t, knowledge, one)) for one in plan.timeline.milestones]
    return [line for _day, line in sorted(found, key=lambda one: one[0])]


def _own_date(t: Translator, knowledge: Knowledge, milestone: Milestone) -> DateLine:
    return DateLine(
        day=t.date(milestone.day),
        text=t.text(knowledge.facts[milestone.fact].short),
        clauses=_clauses([clause for item in milestone.duties for clause in item.clauses]),
        mark="own",
        note=" ".join(item.text for item in milestone.duties),
    )


def _deadline(t: Translator, knowledge: Knowledge, entry: Entry) -> DateLine:
    _ = t.gettext
    item = entry.item
    said: list[str] = []
    if entry.timing == "overdue":
        said.append(_("This day has passed."))
    elif entry.timing in ("soon", "later"):
        said.append(days_left(t, entry.days_left or 0))
    elif entry.timing == "done":
        said.append(_("Done"))
    elif entry.timing == "undated" and item.from_:
        said.append(_("Counts from: {fact}", fact=t.text(knowledge.facts[item.from_].short)))
    if item.working_date is not None and item.working_date != item.date:
        said.append(_("last working day: {day}", day=t.date(item.working_date)))
    if item.required is False and item.when:
        said.append(_("only {condition}", condition=item.when.rstrip(".")))
    return DateLine(
        day=t.date(item.date) if item.date is not None else "–",
        text=item.text,
        clauses=_clauses(item.clauses),
        mark=_MARKS.get(entry.timing, "next"),
        note="  ·  ".join(said),
    )


def _groups(t: Translator, view: ApplicationView) -> list[Group]:
    def title(item: ChecklistItem) -> str:
        return stage_of(t, item) or list_title(t, item.item.list)

    return [
        Group(heading, tuple(_item(t, item) for item in items)) for heading, items in groupby(ordered(view), key=title)
    ]


def _item(t: Translator, item: ChecklistItem) -> ItemLine:
    _ = t.gettext
    needed = item.item.required is False and item.item.when is not None
    return ItemLine(
        status=item.status,
        text=item.item.text,
        clauses=_clauses(item.item.clauses),
        said="" if item.status is ItemStatus.TODO else status_name(t, item.status),
        note=_("only {condition}", condition=(item.item.when or "").rstrip(".")) if needed else "",
    )


def _fee(t: Translator, item: AssessedItem) -> FeeLine:
    _ = t.gettext
    if item.amount is None:
        amount = _("not stated")
    elif item.amount == 0:
        amount = _("nothing to pay")
    else:
        amount = _("{money} ({year})", money=t.money(item.amount, item.currency or "IDR"), year=item.year)
    borne = _("Paid by: {who}", who=item.borne_by) if item.borne_by else ""
    note = " ".join(part for part in (borne, item.note or "") if part)
    return FeeLine(item.text, amount, _clauses(item.clauses), note)


def _sources(t: Translator, knowledge: Knowledge, view: ApplicationView, plan: Plan) -> list[SourceLine]:
    """Every clause on the sheet, once, in the order of the document."""
    cited = [
        *(entry.item for entry in plan.timeline.entries),
        *(item for milestone in plan.timeline.milestones for item in milestone.duties),
        *(item.item for item in view.items),
        *view.assessment["fees"],
    ]
    named = {clause for item in cited for clause in item.clauses}
    return [SourceLine(key, clause.text(language(t))) for key, clause in knowledge.clauses.items() if key in named]


def _clauses(clauses: tuple[str, ...] | list[str]) -> str:
    return "\n".join(dict.fromkeys(clauses))


def telegram_name(first: str, last: str | None) -> str:
    """The name as Telegram has it, on one line."""
    return " ".join(f"{first} {last or ''}".split())


def kept_name(text: str) -> str:
    """A typed name on one line; empty where it is none."""
    name = " ".join(text.split())
    return name if len(name) <= LONGEST_NAME else ""


def _without_pictures(text: str) -> str:
    return "".join(letter for letter in text if category(letter) not in ("So", "Mn")).strip()
