"""Somebody who presses and types at random for a while: every update is answered, nothing is refused by Telegram."""

from __future__ import annotations

from random import Random

import pytest

from bot.app import App
from bot.sandbox import Sandbox
from bot.sandbox.screen import Button
from tests.support.chat import ChatClient

STEPS = 150
TYPED = (
    *("/start", "/check", "/documents", "/visa", "/deadlines", "/status", "/help", "/language", "/cancel", "/ask"),
    *("3,4", "IPK 3.2", "TOEFL 480", "65 hari", "1 semester", "12 Januari 2027", "<b>&", "ya", "tidak tahu", "unnes"),
    *("/start type_staff_inbound_national", "/start prog_darmasiswa", "/privacy", "/human", "x" * 4000, "👋"),
)
SENT = ("cv.pdf", "transcript.pdf", "scan.jpg", "virus.exe", "paspor.png", "<b>&.pdf", "toefl")
FILES_AMONG_TYPED = 0.4


def within_sight(chat: ChatClient) -> list[Button]:
    """Every button in the chat, those of old messages included."""
    return [button for message in chat.messages if message.from_bot for button in message.buttons if button.data]


@pytest.mark.parametrize(("seed", "lang"), [(1, "id"), (2, "en"), (3, "id"), (4, "en")])
async def test_wandering_through_the_bot(
    sandbox: Sandbox, app: App, caplog: pytest.LogCaptureFixture, seed: int, lang: str
) -> None:
    random = Random(seed)
    chat = ChatClient(sandbox, sandbox.person("Wanda", language=lang), app.inbox.settled)
    await chat.start()
    for _ in range(STEPS):
        on_screen = [button for button in chat.screen.buttons if button.data]
        buttons = on_screen if random.random() < 0.85 else within_sight(chat)
        if buttons and random.random() < 0.85:
            button = random.choice(buttons)
            step = f"{button.text} ({button.data})"
            await chat.tap(button.data, button.message_id)
        elif random.random() < FILES_AMONG_TYPED:
            step = random.choice(SENT)
            await chat.upload(step, random.choice((b"%PDF one", b"%PDF two", b"%PDF three")))
        else:
            step = random.choice(TYPED)
            await chat.say(step)
        troubles = [record.getMessage() for record in caplog.records if record.levelname in ("WARNING", "ERROR")]
        assert not troubles, f"after {step}: {troubles}"
        assert chat.screen.text
    harmless = ("message is not modified", "message to delete not found", "message to edit not found")
    refused = [call.outcome for call in sandbox.calls if not call.ok]
    assert not [outcome for outcome in refused if not any(sign in outcome for sign in harmless)]
