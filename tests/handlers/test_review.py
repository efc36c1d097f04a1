"""The queue of the staff: one item after the other, decided, told, and taken back for a minute."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from bot.config import Settings
from handlers.review_callbacks import Decide, NextItem, OpenItem, ReviewQueue, UndoDecision
from tests.handlers.pressing import buttons, press, rows
from tests.handlers.reviewing import handed_in, hire
from tests.support.chat import ChatClient
from tests.support.clock import TestClock


@pytest.fixture
def rita(john: ChatClient, settings: Settings) -> ChatClient:
    """A reviewer."""
    rita = john.other("Rita", language="en")
    hire(settings, rita)
    return rita


async def test_an_empty_queue_is_nice(rita: ChatClient) -> None:
    await rita.say("/review")
    assert "Nothing waits" in rita.screen.text
    assert not buttons(rita, NextItem)


async def test_items_are_accepted_one_after_the_other_oldest_first(
    john: ChatClient, rita: ChatClient, settings: Settings, clock: TestClock
) -> None:
    code, keys = await handed_in(john, 2)
    clock.move(timedelta(hours=3))
    await rita.say("/review")
    assert "2 items wait" in rita.screen.text
    await press(rita, NextItem)
    first = rita.screen.text
    assert "John" in first
    await press(rita, Decide, decision="a")
    assert "Accepted" in rita.screen.text
    await press(rita, Decide, decision="a")
    assert "Nothing waits" in rita.screen.text
    assert {status for (status,) in rows(settings, "SELECT status FROM checklist_items")} == {"accepted"}
    messages = rows(settings, "SELECT state, payload FROM deliveries ORDER BY id")
    assert [state for state, _ in messages] == ["dropped", "queued"]
    assert "2 items" in json.loads(messages[-1][1])["text"]
    print(first, "\n------\n", rita.screen.text, "\n----\n", json.loads(messages[-1][1]))
    assert len(rows(settings, "SELECT action FROM audit WHERE action = 'item accepted'")) == 2
    assert rows(settings, "SELECT count(*) FROM review_claims") == [(0,)]
