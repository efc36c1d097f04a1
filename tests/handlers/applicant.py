"""Somebody who answers whatever is asked, in whichever order, from what is true of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from handlers.callbacks import Answer, DontKnow, FactJson
from tests.handlers.pressing import buttons, press
from tests.support.chat import ChatClient

MOST_QUESTIONS: Final = 60
Profile = Mapping[str, FactJson]

GOING_ABROAD: Final[Profile] = {
    "role": "student",
    "home": "unnes",
    "host": "abroad",
    "programme": "credit_transfer",
    "level": "s1",
    "citizenship": "indonesian",
    "active_student": True,
    "semester": 5,
    "gpa": 3.4,
    "ielts": 5.5,
    "duration_days": 150,
    "has_agreement": True,
    "reciprocal_agreement": False,
    "collects_research_data": False,
}
"""A student of UNNES with a good result for a credit transfer abroad."""


def asked(chat: ChatClient) -> str | None:
    """The fact that is asked on the screen; None if it is no question."""
    found = [one for one in buttons(chat, DontKnow) if one.message_id == chat.screen.message_id]
    return DontKnow.unpack(found[0].data).fact if found else None


async def reply(chat: ChatClient, value: FactJson) -> None:
    """Answer the question on the screen: by its button if there is one for the value, else by typing."""
    fact = asked(chat)
    assert fact is not None, f"no question on the screen: {chat.screen.text}"
    if value is None:
        await press(chat, DontKnow)
    elif any(one.data == Answer.of(fact, value).pack() for one in chat.screen.buttons):
        await press(chat, Answer, fact=fact, value=Answer.of(fact, value).value)
    else:
        await chat.say(str(value))


async def interviewed(chat: ChatClient, profile: Profile = GOING_ABROAD, *, until: str | None = None) -> list[str]:
    """Answer from the profile, "I don't know" to what it does not say, until a fact is asked or nothing more.
    Returns the facts in the order in which they were asked."""
    questions: list[str] = []
    while (fact := asked(chat)) is not None and fact != until:
        assert len(questions) < MOST_QUESTIONS, f"there is no end to it: {questions}"
        questions.append(fact)
        await reply(chat, profile.get(fact))
    assert until is None or fact == until, f"{until} was not asked"
    return questions
