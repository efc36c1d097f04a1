"""Free questions: whatever is typed and is no answer to a question of ours gets an answer, or an honest no."""

from __future__ import annotations

from typing import Literal

from aiogram import F, Router
from aiogram.filters import Filter
from aiogram.types import CallbackQuery, Message

from bot.i18n import Translator, Translators
from bot.services.questions.questions import QuestionService
from bot.services.questions.signs import asks
from bot.services.visit import Visit
from handlers.filters import meant_for_us
from handlers.privately import in_private
from handlers.questions.callbacks import Clauses, NoneOfThese, Suggested, Topic, Vote, type_of
from handlers.questions.showing import AT_ENQUIRIES, Enquiries
from handlers.replies import tell
from handlers.screens.questions.questions import sources_of_topic_screen, voted, voted_text
from handlers.screens.questions.unanswered import gone_topic_screen, no_answer_screen
from knowledge import Knowledge
from knowledge.answers import UNKNOWN, InvalidAnswer, names, parse_answer, recognise

Read = Literal["answer", "unknown", "attempt"]
"""What a text says as an answer: "I don't know" is one, too; what may have been meant to be one is an attempt."""


class Asks(Filter):
    """A question, or small talk, though an answer to ours is expected, or though it names a fact."""

    async def __call__(self, message: Message, visit: Visit, knowledge: Knowledge, questions: QuestionService) -> bool:
        """Whether the text asks something, or is no answer and the search surely knows what it is about."""
        expects, text = visit.memory.expects, message.text or ""
        if not meant_for_us(message) or (expects is not None and expects.kind != "fact"):
            return False
        read = _read(text, visit, knowledge)
        if expects is None and read is None:
            return False
        if asks(text, understood=read in ("answer", "unknown"), is_unknown=read == "unknown"):
            return True
        if read is not None or expects is None or not text or text.startswith("/"):
            return False
        fact = knowledge.facts.get(expects.about)
        # What somebody chooses in their own words sounds like a topic, too: "I want to do a credit transfer".
        return await questions.recognises(visit, text, topics=fact is not None and fact.kind != "choice")


def _read(text: str, visit: Visit, knowledge: Knowledge) -> Read | None:
    """The text as an answer; None if it is none. One that names a fact and is refused counts."""
    expects = visit.memory.expects
    try:
        named = recognise(knowledge.facts, text, today=visit.today, lang=visit.lang)
    except InvalidAnswer:
        return "answer"
    if named is not None:
        return "unknown" if named[1] is UNKNOWN else "answer"
    if expects is None or expects.about not in knowledge.facts:
        return None
    try:
        value = parse_answer(knowledge.facts[expects.about], text, today=visit.today, lang=visit.lang)
    except InvalidAnswer as refusal:
        # "My GPA is good" attempts an answer, however little it says.
        return "attempt" if refusal.suggestion is not None or names(refusal.spec, text) else None
    return "unknown" if value is UNKNOWN else "answer"


async def question_asked(message: Message, *, enquiries: Enquiries) -> None:
    """The message is a question."""
    await enquiries.answer(message, message.text or "")


async def topic_pressed(query: CallbackQuery, callback_data: Topic, *, enquiries: Enquiries) -> None:
    """A topic that is near, or one of its cases."""
    await enquiries.open_topic(
        query,
        callback_data.topic,
        t=enquiries.translators[callback_data.lang],
        known_type=type_of(callback_data.kind, enquiries.way.knowledge.types),
        token=callback_data.token,
    )


async def suggestion_pressed(query: CallbackQuery, callback_data: Suggested, *, enquiries: Enquiries) -> None:
    """One of the suggestions is what was meant."""
    way = enquiries.way
    await enquiries.questions.choose(way.visit, callback_data.token, callback_data.topic)
    await enquiries.open_topic(
        query,
        callback_data.topic,
        t=enquiries.translators[callback_data.lang],
        known_type=way.assessment.mobility_type,
        token=callback_data.token,
    )


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
    router.message.register(question_asked, Asks(), AT_ENQUIRIES)
    return router


def build_router() -> Router:
    """Handlers of free questions, for what nobody else took."""
    texts = Router(name=f"{__name__}.texts")
    texts.message.register(question_asked, F.chat.type == "private", F.text, ~F.text.startswith("/"), AT_ENQUIRIES)
    buttons = Router(name=f"{__name__}.buttons")
    buttons.callback_query.register(topic_pressed, Topic.filter(), AT_ENQUIRIES)
    buttons.callback_query.register(suggestion_pressed, Suggested.filter(), AT_ENQUIRIES)
    buttons.callback_query.register(clauses_pressed, Clauses.filter())
    buttons.callback_query.register(none_of_these, NoneOfThese.filter())
    buttons.callback_query.register(thumb_pressed, Vote.filter())
    router = Router(name=__name__)
    router.include_routers(texts, in_private(buttons))
    return router
