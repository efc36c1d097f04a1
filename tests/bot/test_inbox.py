"""The inbox: nothing stored is lost, nothing is done twice, each person's updates are handled in order."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bot.db.engine import Database, open_database
from bot.db.inbox import Waiting
from tests.bot.inbox_world import Death, World, updates
from tests.support.waiting import eventually

ANI, BUDI = 11, 2**52


@asynccontextmanager
async def started(world: World) -> AsyncIterator[World]:
    await world.inbox.start()
    try:
        yield world
    finally:
        await world.inbox.stop()


async def test_updates_of_a_person_are_handled_in_order(database: Database) -> None:
    async with started(World(database)) as world:
        await world.inbox.accept(updates(*((number, ANI if number % 2 else BUDI) for number in range(1, 41))))
        await world.inbox.settled()
        assert await world.log_of(ANI) == list(range(1, 41, 2))
        assert await world.log_of(BUDI) == list(range(2, 41, 2))


async def test_several_people_are_served_at_the_same_time_but_not_too_many(database: Database) -> None:
    async with started(World(database, pause=0.01, at_once=4)) as world:
        await world.inbox.accept(updates(*((number, number) for number in range(1, 21))))
        await world.inbox.settled()
        assert 1 < world.busiest <= 4
        assert len(world.replies) == 20


async def test_an_update_that_comes_again_is_recognised(database: Database) -> None:
    async with started(World(database)) as world:
        await world.inbox.accept(updates((1, ANI)))
        await world.inbox.settled()
        await world.inbox.accept(updates((1, ANI), (2, ANI)))
        await world.inbox.accept(updates((2, ANI)))
        await world.inbox.settled()
        assert world.replies == [(ANI, 1), (ANI, 2)]


async def test_somebody_with_much_to_say_does_not_keep_others_waiting(database: Database) -> None:
    async with started(World(database, at_once=1)) as world:
        await world.inbox.accept(updates(*((number, ANI) for number in range(1, 30)), (30, BUDI)))
        await world.inbox.settled()
        assert world.replies.index((BUDI, 30)) == 1


async def test_a_stop_finishes_what_is_being_handled_and_keeps_the_rest(database: Database) -> None:
    begun = asyncio.Event()

    def note(_point: str, _waiting: Waiting) -> None:
        begun.set()

    async with started(World(database, at=note, pause=0.05, at_once=1)) as world:
        await world.inbox.accept(updates((1, ANI), (2, ANI), (3, ANI)))
        await begun.wait()
    assert await world.log_of(ANI) == [1]
    async with started(World(database)) as after:
        await after.inbox.settled()
        assert await after.log_of(ANI) == [1, 2, 3]


@pytest.mark.parametrize("point", ["begin", "reply", "write", "written"])
async def test_dying_at_any_point_loses_nothing_and_does_nothing_twice(database: Database, point: str) -> None:
    def die(name: str, waiting: Waiting) -> None:
        if name == point and waiting.update_id == 2:
            raise Death

    world = World(database, at=die, at_once=1)
    await world.inbox.start()
    await world.inbox.accept(updates((1, ANI), (2, ANI), (3, ANI)))
    await asyncio.wait_for(world.die(), 20)
    async with started(World(database)) as after:
        # What was not confirmed before the death comes again.
        await after.inbox.accept(updates((2, ANI), (3, ANI), (4, ANI)))
        await after.inbox.settled()
        assert await after.log_of(ANI) == [1, 2, 3, 4]


async def test_what_is_finished_and_confirmed_is_deleted_and_nothing_else(database: Database) -> None:
    async with started(World(database)) as world:
        await world.inbox.accept(updates((1, ANI), (2, BUDI)))
        await world.inbox.settled()
        await world.store.add(updates((3, ANI)))
        await world.store.forget_finished(await world.store.newest())
        assert await world.store.unfinished() == {ANI: 1}
        assert await world.store.content_of(BUDI) == []


async def test_emptied_updates_are_still_recognised(database: Database) -> None:
    async with started(World(database)) as world:
        await world.inbox.accept(updates((1, ANI)))
        await world.inbox.settled()
        await world.store.empty_finished()
        assert await world.store.content_of(ANI) == []
        await world.inbox.accept(updates((1, ANI)))
        await world.inbox.settled()
        assert world.replies == [(ANI, 1)]


@pytest.mark.parametrize("dialect", ["postgresql"])
async def test_processes_share_an_inbox_and_keep_each_persons_order(database: Database) -> None:
    other_database = open_database(database.url)
    async with started(World(database, pause=0.002)) as one, started(World(other_database, pause=0.002)) as other:
        for number in range(1, 61):
            world = one if number % 2 else other
            await world.inbox.accept(updates((number, ANI), (number + 1000, BUDI)))
        await _until_empty(one)
        assert await one.log_of(ANI) == list(range(1, 61))
        assert await one.log_of(BUDI) == list(range(1001, 1061))
        assert len(one.replies) + len(other.replies) == 120
        assert one.replies
        assert other.replies
    await other_database.close()


@pytest.mark.parametrize("dialect", ["postgresql"])
async def test_another_process_takes_over_what_a_dead_one_left(database: Database) -> None:
    dead = World(database)
    await dead.store.add(updates((1, ANI)))
    async with started(World(database)) as alive:
        await dead.store.add(updates((2, ANI)))
        await _until_empty(alive)
        assert await alive.log_of(ANI) == [1, 2]


async def _until_empty(world: World) -> None:
    async def nothing_waits() -> bool:
        return not await world.store.unfinished()

    await eventually(nothing_waits, seconds=20)


async def test_a_backlog_is_kept_in_the_database_and_not_in_memory(database: Database) -> None:
    async with started(World(database)) as world:
        for start in range(1, 601, 100):
            await world.inbox.accept(updates(*((number, number % 50 + 1) for number in range(start, start + 100))))
        await asyncio.wait_for(world.inbox.settled(), 60)
        assert len(world.replies) == 600
        assert await world.store.unfinished() == {}
