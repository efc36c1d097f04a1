"""/ask: how to ask, examples, topics by category, links to a topic; and questions in the middle of an interview."""

from __future__ import annotations

from aiogram import F, Router
from aiogram.filters import Command, CommandObject, CommandStart
from aiogram.types import CallbackQuery, Message

from bot.i18n import Translator
from bot.services.questions.questions import QuestionService
from bot.services.visit import Expects, Visit
from handlers.callbacks import AskQuestion
from handlers.privately import in_private
from handlers.questions.answering import build_questions_first
from handlers.questions.callbacks import Browse, Category, Example
from handlers.questions.showing import AT_ENQUIRIES, Enquiries
from handlers.replies import is_group, show
from handlers.screens.questions.ask import ask_screen, categories_screen, examples


async def ask(event: Message | CallbackQuery, *, visit: Visit, t: Translator) -> None:
    """How to ask. Whatever is typed next is a question, be it a single word; what we asked before waits meanwhile."""
    expects = visit.memory.expects
    pending = expects.about if expects is not None and expects.kind in ("fact", "question") else ""
    visit.memory.expects = Expects("question", pending)
    await show(event, visit, ask_screen(t))


async def ask_command(message: Message, command: CommandObject, *, enquiries: Enquiries) -> None:
    """/ask, perhaps with the question behind it."""
    visit, t = enquiries.way.visit, enquiries.way.t
    if command.args:
        await enquiries.answer(message, command.args)
    elif is_group(message.chat):
        await show(message, visit, ask_screen(t))
    else:
        await ask(message, visit=visit, t=t)


async def example_pressed(query: CallbackQuery, callback_data: Example, *, enquiries: Enquiries) -> None:
    """One of the examples is asked; the list of them stays."""
    known = examples(enquiries.way.t)
    if isinstance(query.message, Message) and 0 <= callback_data.number < len(known):
        await enquiries.answer(query.message, known[callback_data.number])


async def browse(query: CallbackQuery, *, visit: Visit, t: Translator, questions: QuestionService) -> None:
    """The categories."""
    await show(query, visit, categories_screen(t, await questions.search.groups(visit.lang)))


async def category_pressed(query: CallbackQuery, callback_data: Category, *, enquiries: Enquiries) -> None:
    """A page of a category."""
    await enquiries.show_category(query, callback_data.group, page=callback_data.page)


async def topic_link(message: Message, command: CommandObject, *, enquiries: Enquiries) -> None:
    """A link to a topic, from a group, from inline mode or from a poster."""
    topic, way = (command.args or "").removeprefix("topic_"), enquiries.way
    await enquiries.open_topic(message, topic, t=way.t, known_type=way.assessment.mobility_type)


async def group_link(message: Message, command: CommandObject, *, enquiries: Enquiries) -> None:
    """A link to a category."""
    await enquiries.show_category(message, (command.args or "").removeprefix("group_"))


async def ask_link(message: Message, *, visit: Visit, t: Translator) -> None:
    """A link to whoever wants to ask something."""
    await ask(message, visit=visit, t=t)


def build_router() -> Router:
    """Handlers of asking and looking around."""
    router = Router(name=__name__)
    buttons = Router(name=f"{__name__}.buttons")
    router.message.register(ask_command, Command("ask"), AT_ENQUIRIES)
    private = F.chat.type == "private"
    router.message.register(
        topic_link, private, CommandStart(deep_link=True, magic=F.args.startswith("topic_")), AT_ENQUIRIES
    )
    router.message.register(
        group_link, private, CommandStart(deep_link=True, magic=F.args.startswith("group_")), AT_ENQUIRIES
    )
    router.message.register(ask_link, private, CommandStart(deep_link=True, magic=F.args == "ask"))
    router.callback_query.register(ask, AskQuestion.filter())
    buttons.callback_query.register(example_pressed, Example.filter(), AT_ENQUIRIES)
    buttons.callback_query.register(browse, Browse.filter())
    buttons.callback_query.register(category_pressed, Category.filter(), AT_ENQUIRIES)
    router.include_routers(in_private(buttons), build_questions_first())
    return router
