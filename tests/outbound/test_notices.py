"""What the worker itself says to staff, and what Telegram may say to it."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from bot.db.engine import Database
from bot.outbound.notices import Notices
from bot.outbound.outcome import Ending, Outcome
from tests.outbound.desk import Postbox, desk_for
from tests.outbound.rows import add_people, batch_to_all, message, put, states
from tests.support.clock import TestClock


@pytest.mark.parametrize(("language", "word"), [("id", "dijeda"), ("en", "is paused")])
async def test_the_author_is_told_in_their_language(
    database: Database, clock: TestClock, language: str, word: str
) -> None:
    await add_people(database, range(1, 3))
    async with database.connect() as connection:
        await connection.execute(text("UPDATE people SET language = :language"), {"language": language})
    batch = await batch_to_all(database)
    async with database.connect() as connection:
        await connection.execute(text("UPDATE batches SET state = 'paused'"))
    await Notices(database, clock).paused(batch, "can't parse <b>")
    box = Postbox()
    await desk_for(database, box, clock).worker.drain()
    ((author, call),) = box.sent
    assert author == 1
    assert word in call.parameters["text"]
    assert "can't parse &lt;b&gt;" in call.parameters["text"]


async def test_whatever_telegram_says_can_be_kept(database: Database, clock: TestClock) -> None:
    box = Postbox()
    box.answer(1, Outcome(Ending.RECIPIENT, text="half a \ud83d pair and a \0 " + "x" * 500))
    await put(database, message(1), message(2))
    await desk_for(database, box, clock).worker.drain()
    assert await states(database) == {"to 1": "refused", "to 2": "sent"}


async def test_a_worker_that_cannot_record_sends_nothing_more(
    database: Database, clock: TestClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def stumble(*_: object) -> None:
        raise RuntimeError("nobody thought of this")

    desk = desk_for(database, Postbox(), clock)
    monkeypatch.setattr(desk.ledger, "record", stumble)
    await put(database, message(1))
    with pytest.raises(RuntimeError, match="nobody thought of this"):
        await desk.worker.drain()
    assert await states(database) == {"to 1": "sending"}
