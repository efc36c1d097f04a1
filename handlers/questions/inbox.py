"""/inbox, for staff: questions without a good answer, to be answered, decided about, or handed on to the packs."""

from __future__ import annotations

from typing import Any, Final

from aiogram import Bot, F, Router
from aiogram.filters import Command
from aiogram.types import BufferedInputFile, CallbackQuery, Message

from bot.i18n import Translator, Translators
from bot.services.questions.inbox import LONGEST_ANSWER, Asker, Pile, QuestionInbox
from bot.services.staff.staff import Right
from bot.services.visit import Expects, Visit
from handlers.filters import Expecting
from handlers.outgoing import outgoing
from handlers.privately import for_staff
from handlers.questions.callbacks import (
    DecideGroup,
    ExportGroup,
    Inbox,
    InboxGroup,
    ReopenGroup,
    SendAnswer,
    StaffAnswer,
)
from handlers.replies import show
from handlers.screens.questions.inbox import (
    export_caption,
    from_the_office_screen,
    gone_group_line,
    group_screen,
    inbox_screen,
    nobody_waits_line,
    preview_screen,
    sent_line,
    write_answer_screen,
)

DRAFT: Final = "draft"
"""Key of `memory.extra`: the answer that is about to be sent, [group, text]."""


async def inbox(
    event: Message | CallbackQuery,
    *,
    visit: Visit,
    t: Translator,
    question_inbox: QuestionInbox,
    pile: Pile = "open",
    page: int = 0,
    said: str = "",
    without: int | None = None,
) -> None:
    """The groups of questions, `without` the one that is just being moved to the other pile."""
    _stop_writing(visit)
    await show(event, visit, inbox_screen(t, await question_inbox.page(pile, page, without=without), said=said))


async def inbox_asked(message: Message, *, visit: Visit, t: Translator, question_inbox: QuestionInbox) -> None:
    """/inbox"""
    await inbox(message, visit=visit, t=t, question_inbox=question_inbox)


async def inbox_pressed(
    query: CallbackQuery, callback_data: Inbox, *, visit: Visit, t: Translator, question_inbox: QuestionInbox
) -> None:
    """A page of the inbox."""
    await inbox(
        query, visit=visit, t=t, question_inbox=question_inbox, pile=callback_data.pile, page=callback_data.page
    )


async def group_pressed(
    query: CallbackQuery, callback_data: InboxGroup, *, visit: Visit, t: Translator, question_inbox: QuestionInbox
) -> None:
    """A group of questions."""
    await _open(query, callback_data.group, visit=visit, t=t, question_inbox=question_inbox)


async def answer_pressed(
    query: CallbackQuery, callback_data: StaffAnswer, *, visit: Visit, t: Translator, question_inbox: QuestionInbox
) -> None:
    """Write an answer: the next text is it."""
    card = await question_inbox.card(visit, callback_data.group)
    if card is None or not card.group.askers:
        said = nobody_waits_line(t) if card else gone_group_line(t)
        await inbox(query, visit=visit, t=t, question_inbox=question_inbox, said=said)
        return
    visit.memory.extra.pop(DRAFT, None)
    visit.memory.expects = Expects("staff_answer", str(callback_data.group))
    await show(query, visit, write_answer_screen(t, card.group, longest=LONGEST_ANSWER))


async def answer_typed(
    message: Message,
    *,
    visit: Visit,
    t: Translator,
    translators: Translators,
    question_inbox: QuestionInbox,
) -> None:
    """The answer was typed: shown as they will read it, not sent yet."""
    about = visit.memory.expects.about if visit.memory.expects else ""
    group_id, text = int(about or 0), (message.text or "").strip()
    card = await question_inbox.card(visit, group_id)
    waiting = await question_inbox.waiting(visit, group_id)
    if card is None or not waiting:
        await inbox(message, visit=visit, t=t, question_inbox=question_inbox, said=nobody_waits_line(t))
        return
    if not 0 < len(text) <= LONGEST_ANSWER:
        await show(message, visit, write_answer_screen(t, card.group, longest=LONGEST_ANSWER, trouble=True))
        return
    visit.memory.extra[DRAFT] = [group_id, text]
    first = waiting[0]
    example = from_the_office_screen(translators[first.language], first.text, text)
    await show(message, visit, preview_screen(t, card.group, example=example))


async def send_pressed(
    query: CallbackQuery,
    callback_data: SendAnswer,
    *,
    visit: Visit,
    t: Translator,
    translators: Translators,
    question_inbox: QuestionInbox,
) -> None:
    """Send what was written."""
    draft = visit.memory.extra.get(DRAFT)
    if draft is None or draft[0] != callback_data.group:
        await _open(query, callback_data.group, visit=visit, t=t, question_inbox=question_inbox)
        return

    def render(asker: Asker) -> tuple[str, dict[str, Any]]:
        return outgoing(from_the_office_screen(translators[asker.language], asker.text, draft[1]))

    people = await question_inbox.answer(visit, callback_data.group, draft[1], render)
    said = sent_line(t, people) if people else nobody_waits_line(t)
    await inbox(
        query,
        visit=visit,
        t=t,
        question_inbox=question_inbox,
        said=said,
        without=callback_data.group if people else None,
    )


async def decide_pressed(
    query: CallbackQuery, callback_data: DecideGroup, *, visit: Visit, t: Translator, question_inbox: QuestionInbox
) -> None:
    """Done, or out of scope."""
    question_inbox.decide(visit, callback_data.group, callback_data.decision)
    await inbox(query, visit=visit, t=t, question_inbox=question_inbox, without=callback_data.group)


async def reopen_pressed(
    query: CallbackQuery, callback_data: ReopenGroup, *, visit: Visit, t: Translator, question_inbox: QuestionInbox
) -> None:
    """Take a decision back."""
    question_inbox.reopen(visit, callback_data.group)
    await inbox(query, visit=visit, t=t, question_inbox=question_inbox, pile="closed", without=callback_data.group)


async def export_pressed(
    query: CallbackQuery,
    callback_data: ExportGroup,
    *,
    bot: Bot,
    visit: Visit,
    t: Translator,
    question_inbox: QuestionInbox,
) -> None:
    """A YAML file for the packs."""
    exported = await question_inbox.export(visit, callback_data.group, as_new=callback_data.as_new)
    if exported is None:
        await inbox(query, visit=visit, t=t, question_inbox=question_inbox, said=gone_group_line(t))
        return
    await bot.send_document(
        visit.person.id,
        BufferedInputFile(exported.content, exported.name),
        caption=export_caption(t, topic=exported.topic),
    )


async def _open(
    query: CallbackQuery, group_id: int, *, visit: Visit, t: Translator, question_inbox: QuestionInbox
) -> None:
    _stop_writing(visit)
    card = await question_inbox.card(visit, group_id)
    if card is None:
        await inbox(query, visit=visit, t=t, question_inbox=question_inbox, said=gone_group_line(t))
        return
    await show(query, visit, group_screen(t, card))


def _stop_writing(visit: Visit) -> None:
    visit.memory.extra.pop(DRAFT, None)
    if visit.memory.expects is not None and visit.memory.expects.kind == "staff_answer":
        visit.memory.expects = None


def build_router() -> Router:
    """Handlers of the inbox."""
    router = Router(name=__name__)
    router.message.register(inbox_asked, Command("inbox"))
    router.message.register(answer_typed, Expecting("staff_answer"), F.text)
    router.callback_query.register(inbox_pressed, Inbox.filter())
    router.callback_query.register(group_pressed, InboxGroup.filter())
    router.callback_query.register(answer_pressed, StaffAnswer.filter())
    router.callback_query.register(send_pressed, SendAnswer.filter())
    router.callback_query.register(decide_pressed, DecideGroup.filter())
    router.callback_query.register(reopen_pressed, ReopenGroup.filter())
    router.callback_query.register(export_pressed, ExportGroup.filter())
    return for_staff(router, Right.REVIEW, commands=["inbox"])
