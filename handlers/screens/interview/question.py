"""One question of the interview: how far it is, what is asked, the answers to press."""

from __future__ import annotations

from typing import Final

from aiogram.types import InlineKeyboardButton

from bot.i18n import Translator
from bot.services.interview.steps import Missing, Step
from bot.services.markup import progress_bar
from handlers.callbacks import Answer, Back, Check, DontKnow, FactJson, Language, Resume, SkipRest, Why
from handlers.screens.interview.dates import change_rows, wrong_order_text
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
from knowledge import Knowledge
from knowledge.answers import InvalidAnswer, spell
from knowledge.interview.questions import Question
from knowledge.vocabulary import FactSpec

LONGEST_LABEL: Final = 40
"""Characters that a button over the whole width of a phone shows."""


def question_screen(
    t: Translator,
    knowledge: Knowledge,
    step: Step,
    *,
    said: str = "",
    refusal: InvalidAnswer | None = None,
    offer_language: bool = False,
) -> Screen:
    """The question of a step that has one. `said` (HTML) is told first, `refusal` says what was wrong with the answer.
    `offer_language` adds the other language, for somebody who has never chosen one."""
    question = step.question
    if question is None:
        raise ValueError("this step has no question")
    text = paragraphs(
        f"⚠️ {esc(refusal.message(t.lang))}" if refusal else "",
        said,
        set_aside(t, knowledge, step.set_aside),
        wrong_order_text(t, knowledge, step.wrong_order),
        _progress(t, step),
        lines(bold(question.text(language(t))), *_hints(t, question)),
        _how_to_answer(t, step, question),
    )
    rows = [
        _meant(t, refusal),
        *arranged(_options(t, step, question)),
        *change_rows(t, knowledge, step.wrong_order),
        *_ways_out(t, step, question),
    ]
    if offer_language:
        rows.append([other_language(t)])
    return screen(text, rows, passing=True)


def why_screen(t: Translator, knowledge: Knowledge, question: Question) -> Screen:
    """Why a question is asked: the reason, then the clauses it rests on."""
    _ = t.gettext
    clauses = [
        f"{cited([clause])} {esc(knowledge.clauses[clause].text(t.lang))} "
        f"({italic(t.text(knowledge.document(clause).short))})"
        for clause in question.clauses
    ]
    text = paragraphs(
        bold(question.text(language(t))),
        lines(_("<b>Why I ask</b>"), esc(question.why(language(t)))),
        "\n".join([_("<b>What it rests on</b>"), *clauses]),
    )
    return screen(text, [[button(_("‹ Back to the question"), Resume())]], passing=True)


def set_aside(t: Translator, knowledge: Knowledge, facts: tuple[str, ...]) -> str:
    """Names the answers that stopped mattering; nothing if there are none."""
    if not facts:
        return ""
    names = t.list([t.text(knowledge.facts[fact].short) for fact in facts])
    return t.gettext(
        "Set aside, as it no longer matters here: {answers}. I keep it in case that changes.", answers=esc(names)
    )


def echo(t: Translator, spec: FactSpec, value: FactJson) -> str:
    """What was understood of a typed answer."""
    return f"✏️ {esc(t.text(spec.short))}: {bold(spell(spec, value, t.lang))}"


def dont_know_label(t: Translator, spec: FactSpec) -> str:
    """The words of this fact for "I don't know"."""
    return t.text(spec.dont_know.label) if spec.dont_know else t.gettext("I don't know")


def other_language(t: Translator) -> InlineKeyboardButton:
    """A button to the language that is not spoken now, in that language."""
    if t.lang == "id":
        return button("🌐 English", Language(code="en"))
    return button("🌐 Bahasa Indonesia", Language(code="id"))


def _meant(t: Translator, refusal: InvalidAnswer | None) -> Row:
    """What a refused answer may have meant, as a button."""
    if refusal is None or refusal.suggestion is None:
        return []
    meant = spell(refusal.spec, refusal.suggestion, t.lang, refusal.options)
    return [button(t.gettext("Yes: {answer}", answer=meant), Answer.of(refusal.spec.key, refusal.suggestion))]


def _progress(t: Translator, step: Step) -> str:
    if step.is_repeat and step.phase != "core":
        return italic(t.gettext("Changing an answer"))
    left = max(step.remaining, 1)
    bar = progress_bar(step.answered, step.answered + left)
    if step.phase == "details":
        told = t.ngettext(
            "{n} follow-up question, skip it if you like", "{n} follow-up questions, skip what you like", left
        )
    elif left == 1:
        told = t.gettext("last question")
    else:
        told = t.ngettext("about {n} question left", "about {n} questions left", left)
    return f"{bar} {italic(told)}"


def _hints(t: Translator, question: Question) -> list[str]:
    return [f"• {esc(t.text(option.label))}: {esc(t.text(option.hint))}" for option in question.options if option.hint]


def _how_to_answer(t: Translator, step: Step, question: Question) -> str:
    _ = t.gettext
    now = ""
    if step.is_repeat:
        now = _("Your answer so far: {answer}", answer=bold(_spelled(t, step, question)))
    if question.spec.kind in ("choice", "bool"):
        return now
    example = question.example(language(t))
    if example is None:
        return now
    if question.options:
        how = _("Press a button or type your answer, for example {example}.", example=example)
    else:
        how = _("Type your answer, for example {example}.", example=example)
    return lines(now, italic(how))


def _spelled(t: Translator, step: Step, question: Question) -> str:
    current = None if isinstance(step.current, Missing) else step.current
    return spell(question.spec, current, t.lang, question.options)


def _options(t: Translator, step: Step, question: Question) -> list[InlineKeyboardButton]:
    buttons = []
    for option in question.options:
        chosen = step.is_repeat and option.value == step.current and type(option.value) is type(step.current)
        label = _fitting(t.text(option.label))
        buttons.append(button(f"✓ {label}" if chosen else label, Answer.of(question.key, option.value)))
    return buttons


def _fitting(label: str) -> str:
    """A label without what stands in its brackets, where with it a phone would cut it off."""
    return label if len(label) <= LONGEST_LABEL else label.partition(" (")[0]


def _ways_out(t: Translator, step: Step, question: Question) -> list[Row]:
    _ = t.gettext
    key = question.key
    can_skip = question.spec.phase == "details" and not question.spec.dont_know
    unknown = _("Skip") if can_skip else dont_know_label(t, question.spec)
    onward = [button(_("‹ Back"), Back(fact=key))] if step.can_go_back else []
    if step.is_repeat and step.phase != "core":
        onward.append(button(_("‹ Result"), Check(goal=step.goal)))
    elif step.phase == "details":
        onward.append(button(_("Skip all ›"), SkipRest()))
    return [
        _keep(t, step, question),
        *arranged([button(unknown, DontKnow(fact=key)), button(_("Why do you ask?"), Why(fact=key))]),
        onward,
    ]


def _keep(t: Translator, step: Step, question: Question) -> Row:
    """The answer given before, where none of the buttons is that answer."""
    current = step.current
    if isinstance(current, Missing) or current is None or current in [option.value for option in question.options]:
        return []
    label = t.gettext("✓ Keep {answer}", answer=_spelled(t, step, question))
    return [button(label, Answer.of(question.key, current))]
