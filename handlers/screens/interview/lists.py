"""What /documents, /visa and /deadlines answer, and the situations by which a visa rule is found fastest."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.i18n import Translator
from bot.services.deadlines.timeline import Plan
from bot.services.interview.steps import Step
from handlers.applications.callbacks import AskOn, Situation
from handlers.callbacks import Answers, Change, Check
from handlers.screens.applications.keeping import keep_rows
from handlers.screens.deadlines.deadlines import timeline_screen
from handlers.screens.interview.sections import section_screen
from handlers.screens.items import item_text
from handlers.screens.screen import (
    Row,
    Screen,
    arranged,
    bold,
    button,
    cited,
    esc,
    italic,
    language,
    lines,
    paragraphs,
    screen,
)
from handlers.screens.titles import ICONS, list_title
from knowledge import Assessment, Knowledge
from knowledge.interview import Goal
from knowledge.loading.item_schema import ListName
from knowledge.vocabulary import FactValue

SITUATIONS: Final[dict[str, dict[str, FactValue]]] = {
    "guest_student": {"role": "student", "home": "abroad", "host": "unnes", "citizenship": "foreign"},
    "guest_staff": {"home": "abroad", "host": "unnes", "citizenship": "foreign"},
    "student_abroad": {"role": "student", "home": "unnes", "host": "abroad"},
    "staff_abroad": {"home": "unnes", "host": "abroad"},
    "other": {},
}
"""What follows from each situation. "Staff" are people of several roles, so theirs is asked."""
OF_STAFF: Final = frozenset({"guest_staff", "staff_abroad"})
"""The situations in which nobody is a student."""
NO_VISA_READING: Final = "I4"
"""The reading by which a visa among the costs of national mobility is none for Indonesian citizens."""


def goal_screen(
    t: Translator,
    knowledge: Knowledge,
    assessment: Assessment,
    step: Step,
    *,
    plan: Plan | None = None,
    application: str | None = None,
    page: int = 0,
    said: str = "",
) -> Screen:
    """The list that was wanted. `plan` has the dates, for the deadlines; `application` is the code of the one that is
    open; `said` (HTML) comes first."""
    name = step.goal.lists[0]
    ways_on = _ways_on(t, knowledge, assessment, step, application)
    head = paragraphs(said, lines(*_whose(t, knowledge, assessment, step), _refused(t, assessment)))
    if not assessment[name]:
        return _empty_screen(t, knowledge, assessment, name, head=head, ways_on=ways_on)
    if name == "deadlines" and plan is not None:
        return timeline_screen(t, knowledge, plan, number=page, head=head, ways_on=ways_on)
    return section_screen(t, knowledge, assessment, name, number=page, said=head, ways_on=ways_on)


def situations_screen(t: Translator, *, said: str = "") -> Screen:
    """Who goes where? One tap instead of three questions."""
    _ = t.gettext
    labels = {
        "guest_student": _("🎓 Foreign student coming to UNNES"),
        "guest_staff": _("👩‍🏫 Foreign lecturer or researcher to UNNES"),
        "student_abroad": _("✈️ UNNES student going abroad"),
        "staff_abroad": _("💼 UNNES staff going abroad"),
        "other": _("Something else"),
    }
    text = paragraphs(
        said,
        f"{ICONS['immigration']} {bold(list_title(t, 'immigration'))}",
        _("Which visa or permit you need depends on who goes where. Which one is you?"),
    )
    return screen(text, [[button(label, Situation(key=key))] for key, label in labels.items()])


def _whose(t: Translator, knowledge: Knowledge, assessment: Assessment, step: Step) -> list[str]:
    """For whom the list holds: kind of mobility and programme."""
    kind = knowledge.types.get(assessment.mobility_type or "")
    programme = knowledge.programmes.get(str(step.position.facts.get("programme")))
    known = [t.text(one.name) for one in (kind, programme) if one is not None]
    return [italic(" · ".join(known))] if known else []


def _refused(t: Translator, assessment: Assessment) -> str:
    if assessment.verdict != "not_eligible":
        return ""
    return t.gettext("❌ By your answers a requirement is not met yet. This is what you would need once it is.")


def _ways_on(
    t: Translator, knowledge: Knowledge, assessment: Assessment, step: Step, application: str | None
) -> list[Row]:
    _ = t.gettext
    return [
        *_open_questions(t, knowledge, assessment, step),
        *keep_rows(t, assessment, application),
        [button(_("✏️ Change an answer"), Answers())],
        [button(_("🎯 Check everything"), Check())],
    ]


def _open_questions(t: Translator, knowledge: Knowledge, assessment: Assessment, step: Step) -> list[Row]:
    """What can still be answered for this list: the questions that are open, and dates that were not known."""
    rows: list[Row] = []
    if step.question is not None:
        label = t.ngettext("📝 Answer {n} more question", "📝 Answer {n} more questions", step.remaining)
        rows.append([button(label, AskOn(goal=step.goal), style="primary")])
    elif step.goal is Goal.DEADLINES:
        rows += arranged(
            button(t.gettext("📅 {fact}", fact=t.text(knowledge.facts[fact].short)), Change(fact=fact))
            for fact in dict.fromkeys(item.from_ for item in assessment["deadlines"] if item.date is None)
            if fact is not None
        )
    return rows


def _empty_screen(
    t: Translator, knowledge: Knowledge, assessment: Assessment, name: ListName, *, head: str, ways_on: Sequence[Row]
) -> Screen:
    """Nothing is listed: what that means, and whom to ask."""
    contacts = [item_text(t, knowledge, item) for item in assessment["contacts"][:2]]
    text = paragraphs(
        f"{ICONS[name]} {bold(list_title(t, name))}",
        head,
        _nothing(t, knowledge, assessment, name),
        paragraphs(t.gettext("<b>Whom to ask</b>"), *contacts) if contacts else "",
    )
    return screen(text, ways_on)


def _nothing(t: Translator, knowledge: Knowledge, assessment: Assessment, name: ListName) -> str:
    _ = t.gettext
    match name:
        case "documents":
            return _("The POB lists no documents for your case. Whoever sends or receives you may still ask for some.")
        case "deadlines":
            return _("The POB sets no deadline in days for your case. Start early: its steps take time all the same.")
        case _:
            return _no_visa(t, knowledge, assessment)


def _no_visa(t: Translator, knowledge: Knowledge, assessment: Assessment) -> str:
    """Why no visa is needed. Within Indonesia, with the clause that mentions one nevertheless, if there is any."""
    _ = t.gettext
    if not (assessment.mobility_type or "").endswith("_national"):
        return _("None of the visa and permit rules concerns you by your answers: they are for foreign citizens.")
    basis = next((item for item in assessment["funding"] if NO_VISA_READING in item.readings), None)
    foreign = _("Not an Indonesian citizen? Ask the immigration office whether your stay permit has to change.")
    if basis is None:
        return paragraphs(_("The POB names no visa or permit step for mobility within Indonesia."), foreign)
    sources = "\n".join(
        f"{cited([clause])} {esc(knowledge.clauses[clause].text(language(t)))} "
        f"({italic(t.text(knowledge.document(clause).short))})"
        for clause in basis.clauses
    )
    return paragraphs(
        _("<b>As an Indonesian citizen you need no visa</b>: you stay within Indonesia."),
        lines(
            _("The POB does list a visa among the costs; we read that as carried over from mobility abroad:"), sources
        ),
        foreign,
    )
