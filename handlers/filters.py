"""What a typed text may be, beside a command; who may, and what was refused."""

from __future__ import annotations

from aiogram.filters import Filter
from aiogram.types import ErrorEvent, Message, TelegramObject

from bot.errors import UserError
from bot.services.staff.staff import Right, may
from bot.services.visit import ExpectedText, Visit
from knowledge import Knowledge
from knowledge.answers import InvalidAnswer, recognise


def meant_for_us(message: Message) -> bool:
    """A text that is no command, and in a group an answer to a message of ours."""
    if not message.text or message.text.startswith("/"):
        return False
    if message.chat.type == "private":
        return True
    replied = message.reply_to_message
    return bool(replied and replied.from_user and message.bot and replied.from_user.id == message.bot.id)


class Expecting(Filter):
    """The text that the conversation waits for."""

    def __init__(self, kind: ExpectedText) -> None:
        self.kind = kind

    async def __call__(self, message: Message, visit: Visit) -> bool:
        """Whether this kind of text is expected."""
        expects = visit.memory.expects
        return meant_for_us(message) and expects is not None and expects.kind == self.kind


class NamesAFact(Filter):
    """A text such as `TOEFL 480` while nothing else is expected."""

    async def __call__(self, message: Message, visit: Visit, knowledge: Knowledge) -> bool:
        """Whether the text names a fact and gives it a value, be it one that is refused."""
        if visit.memory.expects is not None or not meant_for_us(message) or message.text is None:
            return False
        try:
            return recognise(knowledge.facts, message.text, today=visit.today, lang=visit.lang) is not None
        except InvalidAnswer:
            return True


class NamesAnAnswer(Filter):
    """The name of an answer, as it stands in the list of answers, while nothing else is expected: `IPK`."""

    async def __call__(self, message: Message, visit: Visit, knowledge: Knowledge) -> bool:
        """Whether the text is the name of a fact that the person has answered."""
        if visit.memory.expects is not None or not meant_for_us(message):
            return False
        return fact_named(knowledge, message.text or "") in visit.person.answers


def fact_named(knowledge: Knowledge, text: str) -> str | None:
    """The fact whose short name in either language is the text."""
    name = text.strip().casefold()
    for key, spec in knowledge.facts.items():
        if name in (spec.short.id.casefold(), spec.short.en.casefold()):
            return key
    return None


class Allowed(Filter):
    """Whether the person's role gives them a right, asked anew with every update."""

    def __init__(self, right: Right) -> None:
        self.right = right

    async def __call__(self, _event: TelegramObject, visit: Visit) -> bool:
        """Whether they may."""
        return may(visit, self.right)


class Refuses(Filter):
    """A refusal of one of these kinds; hands it on as `refusal`, and what met it as `happened`."""

    def __init__(self, *kinds: type[UserError]) -> None:
        self.kinds = kinds

    async def __call__(self, event: ErrorEvent) -> bool | dict[str, object]:
        """Whether a message or a tap was refused so."""
        happened = event.update.callback_query or event.update.message
        if happened is None or not isinstance(event.exception, self.kinds):
            return False
        return {"happened": happened, "refusal": event.exception}
