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
from handlers.interview.flow import ON_THE_WAY, Way
from handlers.replies import show
from handlers.screens.interview.answers import answers_screen, start_over_screen
from handlers.screens.interview.question import echo, why_screen
from knowledge.answers import InvalidAnswer, recognise
from knowledge.interview import Goal


async def check(message: Message, *, way: Way) -> None:
    """/check: begin, or go on."""
    await way.proceed(message, way.begin(Goal.ALL))


async def check_pressed(query: CallbackQuery, callback_data: Check, *, way: Way) -> None:
    """Begin, or go on, towards what the person wants to know."""
    await way.proceed(query, way.begin(callback_data.goal))


async def resume(query: CallbackQuery, *, way: Way) -> None:
    """Back to where the person stands."""
    await way.proceed(query, way.step)


async def answer_pressed(query: CallbackQuery, callback_data: Answer, *, way: Way) -> None:
    """An answer from a button; an old button answers its own question."""
    step = way.interview.answer(way.visit, callback_data.fact, callback_data.read(way.knowledge))
    await way.proceed(query, step)


async def dont_know(query: CallbackQuery, callback_data: DontKnow, *, way: Way) -> None:
    """The fact stays unknown."""
    await way.proceed(query, way.interview.dont_know(way.visit, callback_data.fact))


async def answer_typed(message: Message, *, way: Way) -> None:
    """A typed answer. One that names its fact (`TOEFL 480`) answers that one, whatever was asked."""
    text = message.text or ""
    expected = way.visit.memory.expects.about if way.visit.memory.expects else ""
    try:
        named = recognise(way.knowledge.facts, text, today=way.visit.today, lang=way.visit.lang)
        fact = named[0] if named else expected
        step = (
            way.interview.answer(way.visit, *named)
            if named and named[0] != expected
            else way.interview.answer_text(way.visit, expected, text)
        )
    except InvalidAnswer as refusal:
        await refuse(message, refusal, way=way)
        return
    said = echo(way.t, way.knowledge.facts[fact], way.visit.person.answers[fact])
    await way.proceed(message, step, said=said)


async def refuse(message: Message, refusal: InvalidAnswer, *, way: Way) -> None:
    """Say kindly what was wrong, above the question that is open."""
    step = way.step
    if step.question is None or (way.visit.memory.expects is None and refusal.spec.key in way.visit.person.answers):
        step = way.interview.change(way.visit, refusal.spec.key)
    await way.proceed(message, step, refusal=refusal)


async def back(query: CallbackQuery, callback_data: Back, *, way: Way) -> None:
    """The question before."""
    await way.proceed(query, way.interview.back(way.visit, callback_data.fact))


async def why(query: CallbackQuery, callback_data: Why, *, way: Way) -> None:
    """Why the question is asked."""
    question = way.question_about(callback_data.fact)
    await show(query, way.visit, why_screen(way.t, way.knowledge, question))


async def follow_up(query: CallbackQuery, *, way: Way) -> None:
    """The follow-up questions, one after the other."""
    way.follow(True)
    await way.proceed(query, way.step)


async def skip_rest(query: CallbackQuery, *, way: Way) -> None:
    """No more follow-up questions."""
    way.follow(False)
    await way.proceed(query, way.interview.start(way.visit, way.visit.person.goal))


async def list_answers(
    query: CallbackQuery, callback_data: Answers, *, visit: Visit, t: Translator, interview: InterviewService
) -> None:
    """The answers, to change one."""
    await show(query, visit, answers_screen(t, interview.answered(visit), callback_data.page))


async def answers_asked(message: Message, *, visit: Visit, t: Translator, interview: InterviewService) -> None:
    """The answers, asked for in words."""
    visit.memory.expects = None
    await show(message, visit, answers_screen(t, interview.answered(visit)))


async def fact_asked(message: Message, *, way: Way) -> None:
    """The name of an answer alone: ask it again."""
    step = way.interview.change(way.visit, fact_named(way.knowledge, message.text or "") or "")
    await way.proceed(message, step)


async def start_over_asked(message: Message, *, visit: Visit, t: Translator) -> None:
    """Starting over, asked for in words: it asks first."""
    visit.memory.expects = None
    await show(message, visit, start_over_screen(t))


async def change(query: CallbackQuery, callback_data: Change, *, way: Way) -> None:
    """Ask one fact again."""
    await way.proceed(query, way.interview.change(way.visit, callback_data.fact))


async def start_over(query: CallbackQuery, callback_data: StartOver, *, way: Way) -> None:
    """Forget the answers, after asking once."""
    if not callback_data.sure:
        await show(query, way.visit, start_over_screen(way.t))
        return
    await way.proceed(query, way.interview.restart(way.visit))


def build_router() -> Router:
    """Handlers of the questions."""
    router = Router(name=__name__)
    router.message.register(check, Command("check"), ON_THE_WAY)
    router.message.register(fact_asked, NamesAnAnswer(), ON_THE_WAY)
    router.message.register(answer_typed, or_f(Expecting("fact"), NamesAFact()), ON_THE_WAY)
    router.callback_query.register(check_pressed, Check.filter(), ON_THE_WAY)
    router.callback_query.register(resume, Resume.filter(), ON_THE_WAY)
    router.callback_query.register(answer_pressed, Answer.filter(), ON_THE_WAY)
    router.callback_query.register(dont_know, DontKnow.filter(), ON_THE_WAY)
    router.callback_query.register(back, Back.filter(), ON_THE_WAY)
    router.callback_query.register(why, Why.filter(), ON_THE_WAY)
    router.callback_query.register(follow_up, FollowUp.filter(), ON_THE_WAY)
    router.callback_query.register(skip_rest, SkipRest.filter(), ON_THE_WAY)
    router.callback_query.register(list_answers, Answers.filter())
    router.callback_query.register(change, Change.filter(), ON_THE_WAY)
    router.callback_query.register(start_over, StartOver.filter(), ON_THE_WAY)
    return said_here(router)
