"""The result: what you are, whether you qualify and why, what is open, and the way to every list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from aiogram.types import InlineKeyboardButton

from bot.i18n import Translator
from bot.services.interview.steps import Step
from bot.services.markup import length
from handlers.callbacks import Answers, Change, FactJson, More, Result, Section, Sources, StartOver
from handlers.screens.interview.dates import too_soon_text
from handlers.screens.interview.sections import follow_up
from handlers.screens.items import item_text, short_item
from handlers.screens.paging import Block, page_of, page_row
from handlers.screens.screen import Row, Screen, arranged, bold, button, cited, esc, italic, lines, paragraphs, screen
from handlers.screens.titles import ICONS, list_title
from knowledge import AssessedItem, Assessment, Knowledge
from knowledge.items import SHOWN_LISTS
from knowledge.loading.item_schema import ListName
from knowledge.timeline import Replan

ROOM: Final = 2400
"""Characters of a result: the head, and the criteria, which belong on one page wherever they fit."""
MOST_NAMED: Final = 6
MOST_ASKED: Final = 3
MOST_ASKED_AGAIN: Final = 2
MOST_NOT_IN_ORDER: Final = 3
FIRST_LISTS: Final[tuple[ListName, ...]] = (
    *("documents", "immigration", "conditions"),
    *("deadlines", "fees", "obligations"),
)
"""The lists with a button on the result. The others stand behind "More", so that the buttons fit a phone too."""
OTHER_LISTS: Final = tuple(name for name in SHOWN_LISTS if name not in (*FIRST_LISTS, "criteria"))


def result_screen(
    t: Translator,
    knowledge: Knowledge,
    assessment: Assessment,
    step: Step,
    *,
    facts: Mapping[str, FactJson],
    deciding: Sequence[str] = (),
    number: int = 0,
    said: str = "",
    keep: Sequence[Row] = (),
    replan: Replan | None = None,
) -> Screen:
    """One page of the result; there is hardly ever a second. `facts` are the answers in force, `deciding` the facts
    that the verdict waits for, `said` (HTML) comes first, `keep` are the rows about keeping it as an application,
    `replan` says when a plan that is too late could begin instead."""
    if assessment.outside_scope is not None:
        return _outside_screen(t, knowledge, assessment, said)
    if assessment.mobility_type is None:
        return _unclear_screen(t, knowledge, assessment, said)
    _ = t.gettext
    head = lines(
        bold(t.text(knowledge.types[assessment.mobility_type].name)), _programme(t, knowledge, assessment, facts)
    )
    tail = paragraphs(
        too_soon_text(t, knowledge, replan),
        _not_in_order(t, assessment),
        _open(t, knowledge, assessment),
        italic(t.text(knowledge.main.footer)),
    )
    verdict = f"<b>{verdict_text(t, knowledge, assessment, deciding)}</b>"
    room = ROOM - length(paragraphs(said, head, verdict, tail))
    page = page_of(_criteria(t, assessment), number, most=12, room=room)
    text = paragraphs(said if page.number == 0 else "", head, verdict, page.text, tail)
    rows = [
        page_row(t, page, lambda at: Result(page=at)),
        *(_ask(t, knowledge, deciding[:MOST_ASKED_AGAIN]) if assessment.verdict == "undetermined" else []),
        *arranged(_lists(t, assessment, FIRST_LISTS)),
        *follow_up(t, step),
        *keep,
        [button(_("✏️ Change an answer"), Answers())],
        [button(_("☰ More"), More())],
    ]
    return screen(text, rows)


def before_result_line(t: Translator) -> str:
    """Said above the question that comes before the result that was asked for."""
    return t.gettext("For the result I need a few more answers.")


def more_screen(t: Translator, knowledge: Knowledge, assessment: Assessment) -> Screen:
    """Behind "More" on the result: the lists that fewer people need, the clauses, starting over."""
    _ = t.gettext
    kind = knowledge.types.get(assessment.mobility_type or "")
    text = paragraphs(bold(t.text(kind.name)) if kind else "", _("What else would you like to see?"))
    rows = [
        *arranged(_lists(t, assessment, OTHER_LISTS)),
        *arranged([button(_("📖 Sources"), Sources(name="criteria")), button(_("↺ Start over"), StartOver())]),
        [button(_("‹ Result"), Result())],
    ]
    return screen(text, rows)


def verdict_text(t: Translator, knowledge: Knowledge, assessment: Assessment, deciding: Sequence[str] = ()) -> str:
    """The verdict in one friendly sentence: what the POB says by the answers. Nobody is accepted or refused here."""
    _ = t.gettext
    statuses = [item.status for item in assessment["criteria"]]
    match assessment.verdict:
        case "eligible":
            return _(
                "✅ You meet every requirement that the POB sets. "
                "Who gets a place is decided by your university and your host."
            )
        case "not_eligible":
            return t.ngettext(
                "❌ Not yet, I am sorry. By your answers one requirement of the POB is not met.",
                "❌ Not yet, I am sorry. By your answers {n} requirements of the POB are not met.",
                statuses.count("not_met"),
            )
        case "undetermined":
            names = t.list([esc(t.text(knowledge.facts[fact].short)) for fact in deciding or assessment.missing])
            return _("❔ I cannot say yet. For that I need to know: {facts}.", facts=names)
        case "to_confirm":
            return t.ngettext(
                "⚠️ One requirement, marked ⚠️, is not clear in the POB for your case. Please have it confirmed first.",
                "⚠️ {n} requirements, marked ⚠️, are not clear in the POB for your case. "
                "Please have them confirmed first.",
                statuses.count("confirm"),
            )
        case "decided_elsewhere":
            return _("🏛 The POB sets no requirements of its own for you. This is who decides:")


def _programme(t: Translator, knowledge: Knowledge, assessment: Assessment, facts: Mapping[str, FactJson]) -> str:
    _ = t.gettext
    terms = {"short": _("short term"), "medium": _("medium term"), "long": _("long term")}
    programme = knowledge.programmes.get(str(facts.get("programme")))
    parts = [
        esc(t.text(programme.name)) if programme else "",
        terms[assessment.duration_category] if assessment.duration_category else "",
    ]
    line = " · ".join(part for part in parts if part)
    return line[:1].upper() + line[1:]


def _criteria(t: Translator, assessment: Assessment) -> list[Block]:
    """The criteria with their marks; those that are not met first, as what would have to change."""
    refused = [item for item in assessment["criteria"] if item.status == "not_met"]
    others = [item for item in assessment["criteria"] if item.status != "not_met"]
    heading = t.gettext("The other requirements") if refused else ""
    change = t.gettext("What would have to change")
    return [
        Block("\n".join(_criterion(assessment, item) for item in items), title)
        for items, title in ((refused, change), (others, heading))
        if items
    ]


def _criterion(assessment: Assessment, item: AssessedItem) -> str:
    """A criterion with its note where that helps: not where it is met, nor where it was not asked any more."""
    settled = item.status == "met" or (item.status == "unknown" and assessment.verdict == "not_eligible")
    return lines(short_item(item), italic(item.note) if item.note and not settled else "")


def _open(t: Translator, knowledge: Knowledge, assessment: Assessment) -> str:
    """The facts that could still change something."""
    _ = t.gettext
    if not assessment.missing:
        return ""
    if assessment.verdict == "not_eligible":
        return _("I stopped here, because this alone decides it. When it changes, change the answer and I go on.")
    named = [esc(t.text(knowledge.facts[fact].short)) for fact in assessment.missing]
    more = len(named) - MOST_NAMED
    shown = ", ".join(named[:MOST_NAMED]) + (t.ngettext(" and {n} more", " and {n} more", more) if more > 0 else "")
    return _("<b>Still open:</b> {facts}.", facts=shown)


def _not_in_order(t: Translator, assessment: Assessment) -> str:
    """The conditions that the answers do not meet: no requirement, but without them it may not go ahead."""
    _ = t.gettext
    named = [short_item(item) for item in assessment["conditions"] if item.status == "not_met"]
    if not named:
        return ""
    more = len(named) - MOST_NOT_IN_ORDER
    return lines(
        _("<b>Still to be put in order</b>"),
        *named[:MOST_NOT_IN_ORDER],
        t.ngettext("… and {n} more", "… and {n} more", more) if more > 0 else "",
    )


def _lists(t: Translator, assessment: Assessment, names: Sequence[ListName]) -> list[InlineKeyboardButton]:
    """A button for each of these lists that has something in it, with how much."""
    return [
        button(f"{ICONS[name]} {list_title(t, name)} ({len(assessment[name])})", Section(name=name))
        for name in names
        if assessment[name]
    ]


def _ask(t: Translator, knowledge: Knowledge, facts: Sequence[str]) -> list[Row]:
    return arranged(
        button(t.gettext("✏️ {fact}", fact=t.text(knowledge.facts[fact].short)), Change(fact=fact)) for fact in facts
    )


def _outside_screen(t: Translator, knowledge: Knowledge, assessment: Assessment, said: str) -> Screen:
    """Why the procedure does not cover this person, and whom to ask instead."""
    _ = t.gettext
    why = f"{esc(assessment.outside_scope or '')} {cited(assessment.outside_clauses)}"
    contacts = [item_text(t, knowledge, item) for item in assessment["contacts"]]
    basis = [
        f"{cited([clause])} {esc(knowledge.clauses[clause].text(t.lang))} "
        f"({italic(t.text(knowledge.document(clause).short))})"
        for clause in assessment.outside_clauses
    ]
    text = paragraphs(
        said,
        _("<b>This procedure does not cover your plan</b>"),
        why,
        paragraphs(_("<b>Whom to ask</b>"), *contacts) if contacts else "",
        lines(_("<b>What it rests on</b>"), *basis),
    )
    return screen(text, arranged([button(_("✏️ Change an answer"), Answers()), button(_("↺ Start over"), StartOver())]))


def _unclear_screen(t: Translator, knowledge: Knowledge, assessment: Assessment, said: str) -> Screen:
    """Without the kind of mobility there is no result: the answers that would settle it."""
    _ = t.gettext
    names = t.list([esc(t.text(knowledge.facts[fact].short)) for fact in assessment.missing])
    text = paragraphs(
        said,
        _("<b>I cannot tell yet which rules are yours</b>"),
        _("For that I need: {facts}. Even a rough answer helps, you can change it later.", facts=names)
        if names
        else "",
    )
    ways = [button(_("✏️ Change an answer"), Answers()), button(_("↺ Start over"), StartOver())]
    return screen(text, [*_ask(t, knowledge, assessment.missing[:MOST_ASKED]), *arranged(ways)])
