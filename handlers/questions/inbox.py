"""/inbox, for staff: questions without a good answer, to be answered, decided about, or handed on to the packs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from aiogram import Bot, F, Router
from aiogram.filters import Command, Filter
from aiogram.types import BufferedInputFile, CallbackQuery, Message, TelegramObject

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


@dataclass(frozen=True)
class Tray:
    """Everything that showing staff the questions takes."""

    visit: Visit
    t: Translator
    inbox: QuestionInbox

    async def show(
        self,
        event: Message | CallbackQuery,
        *,
        pile: Pile = "open",
        page: int = 0,
        said: str = "",
        without: int | None = None,
    ) -> None:
        """The groups of questions, `without` the one that is just being moved to the other pile."""
        self._stop_writing()
        groups = await self.inbox.page(pile, page, without=without)
        await show(event, self.visit, inbox_screen(self.t, groups, said=said))

    async def open(self, query: CallbackQuery, group_id: int) -> None:
        """A group of questions."""
        self._stop_writing()
        card = await self.inbox.card(self.visit, group_id)
        if card is None:
            await self.show(query, said=gone_group_line(self.t))
            return
        await show(query, self.visit, group_screen(self.t, card))

    def _stop_writing(self) -> None:
        memory = self.visit.memory
        memory.extra.pop(DRAFT, None)
        if memory.expects is not None and memory.expects.kind == "staff_answer":
            memory.expects = None


class AtTray(Filter):
    """Hands on the tray, as `tray`."""

    async def __call__(
        self, _event: TelegramObject, visit: Visit, t: Translator, question_inbox: QuestionInbox
    ) -> dict[str, Tray]:
        """Everybody has one; whether they may look into it, the router asks."""
        return {"tray": Tray(visit, t, question_inbox)}


AT_TRAY: Final = AtTray()


async def inbox_asked(message: Message, *, tray: Tray) -> None:
    """/inbox"""
    await tray.show(message)


async def inbox_pressed(query: CallbackQuery, callback_data: Inbox, *, tray: Tray) -> None:
    """A page of the inbox."""
    await tray.show(query, pile=callback_data.pile, page=callback_data.page)


async def group_pressed(query: CallbackQuery, callback_data: InboxGroup, *, tray: Tray) -> None:
    """A group of questions."""
    await tray.open(query, callback_data.group)


async def answer_pressed(query: CallbackQuery, callback_data: StaffAnswer, *, tray: Tray) -> None:
    """Write an answer: the next text is it."""
    visit, t = tray.visit, tray.t
    card = await tray.inbox.card(visit, callback_data.group)
    if card is None or not card.group.askers:
        await tray.show(query, said=nobody_waits_line(t) if card else gone_group_line(t))
        return
    visit.memory.extra.pop(DRAFT, None)
    visit.memory.expects = Expects("staff_answer", str(callback_data.group))
    await show(query, visit, write_answer_screen(t, card.group, longest=LONGEST_ANSWER))


async def answer_typed(message: Message, *, tray: Tray, translators: Translators) -> None:
    """The answer was typed: shown as they will read it, not sent yet."""
    visit, t = tray.visit, tray.t
    about = visit.memory.expects.about if visit.memory.expects else ""
    group_id, text = int(about or 0), (message.text or "").strip()
    card = await tray.inbox.card(visit, group_id)
    waiting = await tray.inbox.waiting(visit, group_id)
    if card is None or not waiting:
        await tray.show(message, said=nobody_waits_line(t))
        return
    if not 0 < len(text) <= LONGEST_ANSWER:
        await show(message, visit, write_answer_screen(t, card.group, longest=LONGEST_ANSWER, trouble=True))
        return
    visit.memory.extra[DRAFT] = [group_id, text]
    first = waiting[0]
    example = from_the_office_screen(translators[first.language], first.text, text)
    await show(message, visit, preview_screen(t, card.group, example=example))


async def send_pressed(
    query: CallbackQuery, callback_data: SendAnswer, *, tray: Tray, translators: Translators
) -> None:
    """Send what was written."""
    draft = tray.visit.memory.extra.get(DRAFT)
    if draft is None or draft[0] != callback_data.group:
        await tray.open(query, callback_data.group)
        return

    def render(asker: Asker) -> tuple[str, dict[str, Any]]:
        return outgoing(from_the_office_screen(translators[asker.language], asker.text, draft[1]))

    people = await tray.inbox.answer(tray.visit, callback_data.group, draft[1], render)
    said = sent_line(tray.t, people) if people else nobody_waits_line(tray.t)
    await tray.show(query, said=said, without=callback_data.group if people else None)


async def decide_pressed(query: CallbackQuery, callback_data: DecideGroup, *, tray: Tray) -> None:
    """Done, or out of scope."""
    tray.inbox.decide(tray.visit, callback_data.group, callback_data.decision)
    await tray.show(query, without=callback_data.group)


async def reopen_pressed(query: CallbackQuery, callback_data: ReopenGroup, *, tray: Tray) -> None:
    """Take a decision back."""
    tray.inbox.reopen(tray.visit, callback_data.group)
    await tray.show(query, pile="closed", without=callback_data.group)


async def export_pressed(query: CallbackQuery, callback_data: ExportGroup, *, bot: Bot, tray: Tray) -> None:
    """A YAML file for the packs."""
    exported = await tray.inbox.export(tray.visit, callback_data.group, as_new=callback_data.as_new)
    if exported is None:
        await tray.show(query, said=gone_group_line(tray.t))
        return
    await bot.send_document(
        tray.visit.person.id,
        BufferedInputFile(exported.content, exported.name),
        caption=export_caption(tray.t, topic=exported.topic),
    )


def build_router() -> Router:
    """Handlers of the inbox."""
    router = Router(name=__name__)
    router.message.register(inbox_asked, Command("inbox"), AT_TRAY)
    router.message.register(answer_typed, Expecting("staff_answer"), F.text, AT_TRAY)
    router.callback_query.register(inbox_pressed, Inbox.filter(), AT_TRAY)
    router.callback_query.register(group_pressed, InboxGroup.filter(), AT_TRAY)
    router.callback_query.register(answer_pressed, StaffAnswer.filter(), AT_TRAY)
    router.callback_query.register(send_pressed, SendAnswer.filter(), AT_TRAY)
    router.callback_query.register(decide_pressed, DecideGroup.filter(), AT_TRAY)
    router.callback_query.register(reopen_pressed, ReopenGroup.filter(), AT_TRAY)
    router.callback_query.register(export_pressed, ExportGroup.filter(), AT_TRAY)
    return for_staff(router, Right.REVIEW, commands=["inbox"])
