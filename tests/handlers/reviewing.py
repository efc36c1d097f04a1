"""An applicant whose papers wait, and a member of staff who looks at them."""

from __future__ import annotations

from bot.config import Settings
from handlers.application_callbacks import Checklist, ItemCard, Keep, Mark
from tests.handlers.pressing import buttons, change, press
from tests.support.chat import ChatClient

OUTBOUND = "type_student_outbound_national"


async def kept(chat: ChatClient, payload: str = OUTBOUND) -> str:
    """Keep what a link says of somebody, open the checklist; the code of the application."""
    await chat.start(payload)
    await chat.say("/status")
    await press(chat, Keep)
    return Checklist.unpack((await press(chat, Checklist)).data).code


async def handed_in(chat: ChatClient, count: int = 1, *, payload: str = OUTBOUND) -> tuple[str, list[str]]:
    """The code of an application with `count` items that wait for the staff, and their keys."""
    code = await kept(chat, payload)
    keys = [ItemCard.unpack(one.data).key for one in buttons(chat, ItemCard)][:count]
    for key in keys:
        await chat.tap(Mark(code=code, key=key, status="s").pack(), chat.screen.message_id)
    return code, keys


def hire(settings: Settings, chat: ChatClient, role: str = "reviewer") -> None:
    """Make somebody a member of staff."""
    change(
        settings,
        "INSERT INTO staff (person_id, role, name, granted_at) VALUES (?, ?, ?, '2027-01-01 00:00:00.000000')",
        chat.person.id,
        role,
        chat.person.user.first_name,
    )
