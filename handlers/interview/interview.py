"""The questions, one at a time: buttons and typed answers, back, why, change."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters import Command, or_f
from aiogram.types import CallbackQuery, Message

from bot.i18n import Translator
from bot.services.interview.interview import InterviewService
from bot.services.visit import Visit
from handlers.callbacks import (
    Answer,
    Answers,
    Back,
    Change,
    Check,
    DontKnow,
    FollowUp,
    Resume,
    SkipRest,
    StartOver,
    Why,
)
from handlers.filters import Expecting, NamesAFact, NamesAnAnswer, fact_named
from handlers.groups import said_here
from handlers.interview.flow import begin, follow, proceed, question_about
from handlers.replies import show
from handlers.screens.interview.answers import answers_screen, start_over_screen
from handlers.screens.interview.question import echo, why_screen
from knowledge import Knowledge
from knowledge.answers import InvalidAnswer, recognise
from knowledge.interview import Goal


async def check(
    message: Message, *, visit: Visit, t: Translator, interview: InterviewService, knowledge: Knowledge
) -> None:
    """/check: begin, or go on."""
    step = begin(visit, interview, Goal.ALL)
    await proceed(message, step, visit=visit, t=t, interview=interview, knowledge=knowledge)


async def check_pressed(
    query: CallbackQuery,
    callback_data: Check,
    *,
    visit: Visit,
    t: Translator,
    interview: InterviewService,
    knowledge: Knowledge,
) -> None:
    """Begin, or go on, towards what the person wants to know."""
    step = begin(visit, interview, callback_data.goal)
    await proceed(query, step, visit=visit, t=t, interview=interview, knowledge=knowledge)


async def resume(
    query: CallbackQuery, *, visit: Visit, t: Translator, interview: InterviewService, knowledge: Knowledge
) -> None:
    """Back to where the person stands."""
    await proceed(query, interview.step(visit), visit=visit, t=t, interview=interview, knowledge=knowledge)


async def answer_pressed(
    query: CallbackQuery,
    callback_data: Answer,
    *,
    visit: Visit,
    t: Translator,
    interview: InterviewService,
    knowledge: Knowledge,
) -> None:
    """An answer from a button; an old button answers its own question."""
    step = interview.answer(visit, callback_data.fact, callback_data.read(knowledge))
    await proceed(query, step, visit=visit, t=t, interview=interview, knowledge=knowledge)


async def dont_know(
    query: CallbackQuery,
    callback_data: DontKnow,
    *,
    visit: Visit,
    t: Translator,
    interview: InterviewService,
    knowledge: Knowledge,
) -> None:
    """The fact stays unknown."""
    step = interview.dont_know(visit, callback_data.fact)
    await proceed(query, step, visit=visit, t=t, interview=interview, knowledge=knowledge)


async def answer_typed(
    message: Message, *, visit: Visit, t: Translator, interview: InterviewService, knowledge: Knowledge
) -> None:
    """A typed answer. One that names its fact (`TOEFL 480`) answers that one, whatever was asked."""
    text = message.text or ""
    expected = visit.memory.expects.about if visit.memory.expects else ""
    try:
        named = recognise(knowledge.facts, text, today=visit.today, lang=visit.lang)
        fact = named[0] if named else expected
        step = (
            interview.answer(visit, *named)
            if named and named[0] != expected
            else interview.answer_text(visit, expected, text)
        )
    except InvalidAnswer as refusal:
        await refuse(message, refusal, visit=visit, t=t, interview=interview, knowledge=knowledge)
        return
    said = echo(t, knowledge.facts[fact], visit.person.answers[fact])
    await proceed(message, step, visit=visit, t=t, interview=interview, knowledge=knowledge, said=said)


async def refuse(
    message: Message,
    refusal: InvalidAnswer,
    *,
    visit: Visit,
    t: Translator,
    interview: InterviewService,
    knowledge: Knowledge,
) -> None:
    """Say kindly what was wrong, above the question that is open."""
    step = interview.step(visit)
    if step.question is None or (visit.memory.expects is None and refusal.spec.key in visit.person.answers):
        step = interview.change(visit, refusal.spec.key)
    await proceed(message, step, visit=visit, t=t, interview=interview, knowledge=knowledge, refusal=refusal)


async def back(
    query: CallbackQuery,
    callback_data: Back,
    *,
    visit: Visit,
    t: Translator,
    interview: InterviewService,
    knowledge: Knowledge,
) -> None:
    """The question before."""
    step = interview.back(visit, callback_data.fact)
    await proceed(query, step, visit=visit, t=t, interview=interview, knowledge=knowledge)


async def why(
    query: CallbackQuery,
    callback_data: Why,
    *,
    visit: Visit,
    t: Translator,
    interview: InterviewService,
    knowledge: Knowledge,
) -> None:
    """Why the question is asked."""
    question = question_about(callback_data.fact, visit=visit, interview=interview, knowledge=knowledge)
    await show(query, visit, why_screen(t, knowledge, question))


async def follow_up(
    query: CallbackQuery, *, visit: Visit, t: Translator, interview: InterviewService, knowledge: Knowledge
) -> None:
    """The follow-up questions, one after the other."""
    follow(visit, True)
    await proceed(query, interview.step(visit), visit=visit, t=t, interview=interview, knowledge=knowledge)


async def skip_rest(
    query: CallbackQuery, *, visit: Visit, t: Translator, interview: InterviewService, knowledge: Knowledge
) -> None:
    """No more follow-up questions."""
    follow(visit, False)
    step = interview.start(visit, visit.person.goal)
    await proceed(query, step, visit=visit, t=t, interview=interview, knowledge=knowledge)


async def list_answers(
    query: CallbackQuery, callback_data: Answers, *, visit: Visit, t: Translator, interview: InterviewService
) -> None:
    """The answers, to change one."""
    await show(query, visit, answers_screen(t, interview.answered(visit), callback_data.page))


async def answers_asked(message: Message, *, visit: Visit, t: Translator, interview: InterviewService) -> None:
    """The answers, asked for in words."""
    visit.memory.expects = None
    await show(message, visit, answers_screen(t, interview.answered(visit)))


async def fact_asked(
    message: Message, *, visit: Visit, t: Translator, interview: InterviewService, knowledge: Knowledge
) -> None:
    """The name of an answer alone: ask it again."""
    step = interview.change(visit, fact_named(knowledge, message.text or "") or "")
    await proceed(message, step, visit=visit, t=t, interview=interview, knowledge=knowledge)


async def start_over_asked(message: Message, *, visit: Visit, t: Translator) -> None:
    """Starting over, asked for in words: it asks first."""
    visit.memory.expects = None
    await show(message, visit, start_over_screen(t))


async def change(
    query: CallbackQuery,
    callback_data: Change,
    *,
    visit: Visit,
    t: Translator,
    interview: InterviewService,
    knowledge: Knowledge,
) -> None:
    """Ask one fact again."""
    step = interview.change(visit, callback_data.fact)
    await proceed(query, step, visit=visit, t=t, interview=interview, knowledge=knowledge)


async def start_over(
    query: CallbackQuery,
    callback_data: StartOver,
    *,
    visit: Visit,
    t: Translator,
    interview: InterviewService,
    knowledge: Knowledge,
) -> None:
    """Forget the answers, after asking once."""
    if not callback_data.sure:
        await show(query, visit, start_over_screen(t))
        return
    step = interview.restart(visit)
    await proceed(query, step, visit=visit, t=t, interview=interview, knowledge=knowledge)


def build_router() -> Router:
    """Handlers of the questions."""
    router = Router(name=__name__)
    router.message.register(check, Command("check"))
    router.message.register(fact_asked, NamesAnAnswer())
    router.message.register(answer_typed, or_f(Expecting("fact"), NamesAFact()))
    router.callback_query.register(check_pressed, Check.filter())
    router.callback_query.register(resume, Resume.filter())
    router.callback_query.register(answer_pressed, Answer.filter())
    router.callback_query.register(dont_know, DontKnow.filter())
    router.callback_query.register(back, Back.filter())
    router.callback_query.register(why, Why.filter())
    router.callback_query.register(follow_up, FollowUp.filter())
    router.callback_query.register(skip_rest, SkipRest.filter())
    router.callback_query.register(list_answers, Answers.filter())
    router.callback_query.register(change, Change.filter())
    router.callback_query.register(start_over, StartOver.filter())
    return said_here(router)
