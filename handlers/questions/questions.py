"""Free questions: whatever is typed and is no answer to a question of ours gets an answer, or an honest no."""

from __future__ import annotations

from aiogram import Bot, F, Router
from aiogram.filters import Filter
from aiogram.types import CallbackQuery, Message

from bot.i18n import Translator, Translators
from bot.services.interview.interview import InterviewService
from bot.services.questions.questions import QuestionService, Reply
from bot.services.questions.signs import asks
from bot.services.visit import Expects, Visit
from handlers.filters import meant_for_us
from handlers.interview.flow import Way
from handlers.privately import in_private
from handlers.questions.callbacks import Clauses, NoneOfThese, Suggested, Topic, Vote, type_of
from handlers.replies import OPENLY, is_group, tell
from handlers.screens.people.privacy import in_private_screen
from handlers.screens.questions.questions import (
    answer_screen,
    go_on_line,
    group_answer_screen,
    sources_of_topic_screen,
    topic_screen,
    voted,
    voted_text,
)
from handlers.screens.questions.unanswered import (
    gone_topic_screen,
    group_unsure_screen,
    no_answer_screen,
    own_case_screen,
    small_talk_screen,
    suggestions_screen,
)
from handlers.screens.screen import Screen, language
from handlers.typing_sign import typing
from knowledge import Knowledge
from knowledge.answers import UNKNOWN, InvalidAnswer, parse_answer, recognise


class Asks(Filter):
    """A question, though an answer to ours is expected, or though it names a fact."""

    async def __call__(self, message: Message, visit: Visit, knowledge: Knowledge) -> bool:
        """Whether the text asks something."""
        expects = visit.memory.expects
        if not meant_for_us(message) or (expects is not None and expects.kind != "fact"):
            return False
        understood, is_unknown = _read(message.text or "", visit, knowledge)
        if expects is None and not understood:
            return False
        return asks(message.text or "", understood=understood, is_unknown=is_unknown)


def _read(text: str, visit: Visit, knowledge: Knowledge) -> tuple[bool, bool]:
    """Whether the text can be read as an answer, and as "I don't know". One that names a fact and is refused counts."""
    expects = visit.memory.expects
    try:
        named = recognise(knowledge.facts, text, today=visit.today, lang=visit.lang)
    except InvalidAnswer:
        return True, False
    if named is not None:
        return True, named[1] is UNKNOWN
    if expects is None or expects.about not in knowledge.facts:
        return False, False
    try:
        value = parse_answer(knowledge.facts[expects.about], text, today=visit.today, lang=visit.lang)
    except InvalidAnswer:
        return False, False
    return True, value is UNKNOWN


async def question_asked(
    message: Message,
    *,
    bot: Bot,
    visit: Visit,
    translators: Translators,
    t: Translator,
    interview: InterviewService,
    questions: QuestionService,
    knowledge: Knowledge,
    question: str = "",
) -> None:
    """Answer `question`, or what the message says. An interview that is open goes on afterwards."""
    asked = question or message.text or ""
    openly = is_group(message.chat)
    assessment = None if openly else interview.assessment(visit)
    programme = None if openly else interview.facts(visit).get("programme")
    expects = visit.memory.expects
    if expects is not None and expects.kind != "fact":
        pending = expects.about if expects.kind == "question" else ""
        visit.memory.expects = Expects("fact", pending) if pending else None
    async with typing(bot, message.chat.id, at_once=not questions.search.is_ready):
        reply = await questions.ask(
            visit,
            asked,
            known_type=assessment.mobility_type if assessment else None,
            known_programme=str(programme) if programme else None,
            openly=openly,
        )
    me = await bot.me()
    answer_t = translators[reply.lang]
    shown = openly_said(answer_t, knowledge, reply, me.username or "") if openly else said(answer_t, knowledge, reply)
    await tell(message, shown)
    if visit.memory.expects is not None and (not openly or visit.memory.extra.get(OPENLY) == message.chat.id):
        way = Way(visit, t, knowledge, interview)
        await way.proceed(message, way.step, said=go_on_line(t))


def said(t: Translator, knowledge: Knowledge, reply: Reply) -> Screen:
    """The reply in the private chat."""
    answer = reply.answer
    match answer.kind:
        case "answer":
            return answer_screen(t, knowledge, answer, token=reply.token, personal=answer.personal)
        case "smalltalk":
            return small_talk_screen(t, answer.smalltalk)
        case "personal_check":
            return own_case_screen(t)
        case _ if answer.suggestions:
            return suggestions_screen(t, answer.suggestions, token=reply.token)
        case _ if reply.noted:
            return no_answer_screen(t, noted=True)
        case _:
            # A picture, a mark: nothing that could be looked for.
            return small_talk_screen(t, None)


def openly_said(t: Translator, knowledge: Knowledge, reply: Reply, username: str) -> Screen:
    """The reply in a group: nothing of the asker's in it."""
    answer = reply.answer
    match answer.kind:
        case "answer":
            return group_answer_screen(t, knowledge, answer, username)
        case "smalltalk":
            return Screen(small_talk_screen(t, answer.smalltalk).text)
        case "personal_check":
            return in_private_screen(t, username)
        case _:
            return group_unsure_screen(t, answer.suggestions, username)


async def topic_pressed(
    query: CallbackQuery,
    callback_data: Topic,
    *,
    visit: Visit,
    translators: Translators,
    questions: QuestionService,
    knowledge: Knowledge,
) -> None:
    """A topic that is near, or one of its cases."""
    await open_topic(
        query,
        callback_data.topic,
        visit=visit,
        t=translators[callback_data.lang],
        questions=questions,
        knowledge=knowledge,
        known_type=type_of(callback_data.kind, knowledge.types),
        token=callback_data.token,
    )


async def suggestion_pressed(
    query: CallbackQuery,
    callback_data: Suggested,
    *,
    visit: Visit,
    translators: Translators,
    interview: InterviewService,
    questions: QuestionService,
    knowledge: Knowledge,
) -> None:
    """One of the suggestions is what was meant."""
    await questions.choose(visit, callback_data.token, callback_data.topic)
    await open_topic(
        query,
        callback_data.topic,
        visit=visit,
        t=translators[callback_data.lang],
        questions=questions,
        knowledge=knowledge,
        known_type=interview.assessment(visit).mobility_type,
        token=callback_data.token,
    )


async def open_topic(
    event: Message | CallbackQuery,
    topic: str,
    *,
    visit: Visit,
    t: Translator,
    questions: QuestionService,
    knowledge: Knowledge,
    known_type: str | None,
    token: str = "",
) -> None:
    """Show a topic that was picked by hand."""
    opened = await questions.open(visit, topic, lang=language(t), known_type=known_type, token=token)
    if opened is None:
        await tell(event, gone_topic_screen(t))
        return
    await tell(event, topic_screen(t, knowledge, opened[1], token=opened[0]))


async def clauses_pressed(
    query: CallbackQuery,
    callback_data: Clauses,
    *,
    visit: Visit,
    translators: Translators,
    questions: QuestionService,
    knowledge: Knowledge,
) -> None:
    """The clauses behind a topic."""
    t = translators[callback_data.lang]
    part = await questions.search.topic(
        callback_data.topic,
        lang=callback_data.lang,
        known_type=type_of(callback_data.kind, knowledge.types),
        today=visit.today,
    )
    if part is None:
        await tell(query, gone_topic_screen(t))
        return
    back = Topic(topic=callback_data.topic, lang=callback_data.lang, kind=callback_data.kind, token=callback_data.token)
    await tell(query, sources_of_topic_screen(t, knowledge, part, back, page=callback_data.page))


async def none_of_these(
    query: CallbackQuery,
    callback_data: NoneOfThese,
    *,
    visit: Visit,
    translators: Translators,
    questions: QuestionService,
) -> None:
    """None of the suggestions is what was meant."""
    await questions.none_of_these(visit, callback_data.token)
    await tell(query, no_answer_screen(translators[callback_data.lang], noted=True))


async def thumb_pressed(
    query: CallbackQuery, callback_data: Vote, *, visit: Visit, t: Translator, questions: QuestionService
) -> None:
    """A thumb up or down; the last one counts."""
    await questions.vote(visit, callback_data.token, callback_data.topic, up=callback_data.up)
    await query.answer(voted_text(t, up=callback_data.up))
    message = query.message
    if isinstance(message, Message) and message.reply_markup is not None:
        await message.edit_reply_markup(reply_markup=voted(t, message.reply_markup, callback_data))


def build_questions_first() -> Router:
    """The handler of questions that could be taken for an answer."""
    router = Router(name=f"{__name__}.first")
    router.message.register(question_asked, Asks())
    return router


def build_router() -> Router:
    """Handlers of free questions, for what nobody else took."""
    texts = Router(name=f"{__name__}.texts")
    texts.message.register(question_asked, F.chat.type == "private", F.text, ~F.text.startswith("/"))
    buttons = Router(name=f"{__name__}.buttons")
    buttons.callback_query.register(topic_pressed, Topic.filter())
    buttons.callback_query.register(suggestion_pressed, Suggested.filter())
    buttons.callback_query.register(clauses_pressed, Clauses.filter())
    buttons.callback_query.register(none_of_these, NoneOfThese.filter())
    buttons.callback_query.register(thumb_pressed, Vote.filter())
    router = Router(name=__name__)
    router.include_routers(texts, in_private(buttons))
    return router
