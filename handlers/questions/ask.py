"""/ask: how to ask, examples, topics by category, links to a topic; and questions in the middle of an interview."""

from __future__ import annotations

from aiogram import Bot, F, Router
from aiogram.filters import Command, CommandObject, CommandStart
from aiogram.types import CallbackQuery, Message

from bot.i18n import Translator, Translators
from bot.services.interview.interview import InterviewService
from bot.services.questions.questions import QuestionService
from bot.services.visit import Expects, Visit
from handlers.callbacks import AskQuestion
from handlers.privately import in_private
from handlers.questions.callbacks import Browse, Category, Example
from handlers.questions.questions import build_questions_first, open_topic, question_asked
from handlers.replies import is_group, show
from handlers.screens.questions.ask import ask_screen, categories_screen, category_screen, examples
from knowledge import Knowledge


async def ask(event: Message | CallbackQuery, *, visit: Visit, t: Translator) -> None:
    """How to ask. Whatever is typed next is a question, be it a single word; what we asked before waits meanwhile."""
    expects = visit.memory.expects
    pending = expects.about if expects is not None and expects.kind in ("fact", "question") else ""
    visit.memory.expects = Expects("question", pending)
    await show(event, visit, ask_screen(t))


async def ask_command(
    message: Message,
    command: CommandObject,
    *,
    bot: Bot,
    visit: Visit,
    t: Translator,
    translators: Translators,
    interview: InterviewService,
    questions: QuestionService,
    knowledge: Knowledge,
) -> None:
    """/ask, perhaps with the question behind it."""
    if not command.args and is_group(message.chat):
        await show(message, visit, ask_screen(t))
    elif not command.args:
        await ask(message, visit=visit, t=t)
    else:
        await question_asked(
            message,
            bot=bot,
            visit=visit,
            t=t,
            translators=translators,
            interview=interview,
            questions=questions,
            knowledge=knowledge,
            question=command.args,
        )


async def example_pressed(
    query: CallbackQuery,
    callback_data: Example,
    *,
    bot: Bot,
    visit: Visit,
    t: Translator,
    translators: Translators,
    interview: InterviewService,
    questions: QuestionService,
    knowledge: Knowledge,
) -> None:
    """One of the examples is asked; the list of them stays."""
    known = examples(t)
    if isinstance(query.message, Message) and 0 <= callback_data.number < len(known):
        await question_asked(
            query.message,
            bot=bot,
            visit=visit,
            t=t,
            translators=translators,
            interview=interview,
            questions=questions,
            knowledge=knowledge,
            question=known[callback_data.number],
        )


async def browse(query: CallbackQuery, *, visit: Visit, t: Translator, questions: QuestionService) -> None:
    """The categories."""
    await show(query, visit, categories_screen(t, await questions.search.groups(visit.lang)))


async def category_pressed(
    query: CallbackQuery,
    callback_data: Category,
    *,
    visit: Visit,
    t: Translator,
    interview: InterviewService,
    questions: QuestionService,
) -> None:
    """A page of a category."""
    await _category(
        query,
        callback_data.group,
        callback_data.page,
        visit=visit,
        t=t,
        interview=interview,
        questions=questions,
    )


async def topic_link(
    message: Message,
    command: CommandObject,
    *,
    visit: Visit,
    t: Translator,
    interview: InterviewService,
    questions: QuestionService,
    knowledge: Knowledge,
) -> None:
    """A link to a topic, from a group, from inline mode or from a poster."""
    topic = (command.args or "").removeprefix("topic_")
    kind = interview.assessment(visit).mobility_type
    await open_topic(message, topic, visit=visit, t=t, questions=questions, knowledge=knowledge, known_type=kind)


async def group_link(
    message: Message,
    command: CommandObject,
    *,
    visit: Visit,
    t: Translator,
    interview: InterviewService,
    questions: QuestionService,
) -> None:
    """A link to a category."""
    group = (command.args or "").removeprefix("group_")
    await _category(message, group, 0, visit=visit, t=t, interview=interview, questions=questions)


async def ask_link(message: Message, *, visit: Visit, t: Translator) -> None:
    """A link to whoever wants to ask something."""
    await ask(message, visit=visit, t=t)


async def _category(
    event: Message | CallbackQuery,
    group: str,
    page: int,
    *,
    visit: Visit,
    t: Translator,
    interview: InterviewService,
    questions: QuestionService,
) -> None:
    groups = await questions.search.groups(visit.lang)
    known = next((one for one in groups if one.group == group), None)
    if known is None:
        await show(event, visit, categories_screen(t, groups))
        return
    kind = interview.assessment(visit).mobility_type
    topics = await questions.search.in_group(group, visit.lang, kind)
    await show(event, visit, category_screen(t, known, topics, page))


def build_router() -> Router:
    """Handlers of asking and looking around."""
    router = Router(name=__name__)
    buttons = Router(name=f"{__name__}.buttons")
    router.message.register(ask_command, Command("ask"))
    private = F.chat.type == "private"
    router.message.register(topic_link, private, CommandStart(deep_link=True, magic=F.args.startswith("topic_")))
    router.message.register(group_link, private, CommandStart(deep_link=True, magic=F.args.startswith("group_")))
    router.message.register(ask_link, private, CommandStart(deep_link=True, magic=F.args == "ask"))
    router.callback_query.register(ask, AskQuestion.filter())
    buttons.callback_query.register(example_pressed, Example.filter())
    buttons.callback_query.register(browse, Browse.filter())
    buttons.callback_query.register(category_pressed, Category.filter())
    router.include_routers(in_private(buttons), build_questions_first())
    return router
