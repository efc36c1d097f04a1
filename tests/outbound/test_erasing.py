"""What the ledger holds about a person: exported, and forgotten when they ask for it."""

from __future__ import annotations

from bot.db import ledger
from bot.db.engine import Database
from bot.db.ledger import LedgerRepository
from bot.db.ledger_report import LedgerReports
from bot.outbound.outcome import Ending, Outcome
from bot.outbound.rendering import Call
from tests.outbound.desk import desk_for
from tests.outbound.rows import NOW, add_people, batch_to_all, message, put, states
from tests.support.clock import TestClock


async def test_somebody_who_is_erased_leaves_a_number_behind_and_nothing_else(database: Database) -> None:
    await add_people(database, range(1, 4))
    batch = await batch_to_all(database)
    await put(database, message(2, "review:abcd", parameters={"text": "Diterima"}))
    async with database.transaction() as connection:
        await ledger.forget_person(connection, 2, NOW)
    found = await states(database)
    assert [state for key, state in found.items() if key.startswith("erased ")] == ["dropped", "dropped"]
    assert (await LedgerReports(database).counts([batch])).by_state == {"queued": 2, "dropped": 1}
    assert await LedgerRepository(database).of_person(2) == []


async def test_somebody_who_is_erased_while_it_is_sent_stays_erased(database: Database, clock: TestClock) -> None:
    class Erasing:
        async def send(self, chat_id: int, call: Call, slot: float) -> Outcome:
            async with database.transaction() as connection:
                await ledger.forget_person(connection, chat_id, NOW)
            return Outcome(Ending.SENT, message_ids=(5,))

    await put(database, message(2))
    await desk_for(database, Erasing(), clock).worker.drain()
    assert list((await states(database)).values()) == ["sent"]
    assert await LedgerRepository(database).of_person(2) == []


async def test_an_export_tells_what_was_sent_and_what_waits(database: Database) -> None:
    await put(database, message(1, "a", parameters={"text": "Diterima"}), message(2, "b"))
    (told,) = await LedgerRepository(database).of_person(1)
    assert (told["state"], told["payload"]) == ("queued", {"text": "Diterima"})
