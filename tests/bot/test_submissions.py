"""Files and moves in the database: kept, restored, nobody else's, and no move over somebody else's."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.db.applications import Move
from bot.db.engine import Database
from bot.db.submissions import Place, StoredFile, SubmissionRepository, WaitingFiles
from bot.services.applications.checklist import ItemStatus
from knowledge import Knowledge
from tests.bot.people import ANI, BUDI, STUDENT_ABROAD, Office
from tests.support.clock import TestClock


@pytest.fixture
def office(database: Database, knowledge: Knowledge, clock: TestClock) -> Office:
    return Office(database, knowledge, clock)


@pytest.fixture
def files(database: Database) -> SubmissionRepository:
    return SubmissionRepository(database)


async def kept(office: Office) -> str:
    """The code of an application of Ani's."""
    await office.tell(STUDENT_ABROAD)
    visit = await office.visit()
    view = await office.applications.keep(visit)
    await office.visits.end(visit)
    return view.code


def a_file(office: Office, seq: int = 1, name: str = "cv.pdf") -> StoredFile:
    return StoredFile(
        file_id=f"id{seq}",
        file_unique_id=f"unique {name}",
        kind="document",
        file_name=name,
        mime_type="application/pdf",
        size=2**33,
        sent_at=office.clock.now(),
        seq=seq,
        batch=1,
    )


async def test_a_file_is_kept_removed_and_restored(office: Office, files: SubmissionRepository) -> None:
    place = Place(ANI, await kept(office), "documents", "cv")
    first, second = a_file(office), a_file(office, 2, "more.pdf")
    now = office.clock.now()
    async with office.database.transaction() as connection:
        await files.add(connection, place, first)
        await files.add(connection, place, second)
        await files.remove(connection, place, [1], seq=7, now=now)
    record = await files.record(place)
    assert record.files == (replace(first, removed_at=now, removed_seq=7), second)
    assert record.present == (second,)
    assert await files.files_of(ANI, place.code) == {("documents", "cv"): (second,)}
    async with office.database.transaction() as connection:
        await files.restore(connection, place, 7)
    assert (await files.record(place)).present == (first, second)


async def test_a_file_that_comes_back_is_there_once(office: Office, files: SubmissionRepository) -> None:
    place = Place(ANI, await kept(office), "documents", "cv")
    async with office.database.transaction() as connection:
        await files.add(connection, place, a_file(office))
        await files.remove(connection, place, [1], seq=7, now=office.clock.now())
        await files.add(connection, place, a_file(office, 9))
    assert [file.seq for file in (await files.record(place)).files] == [9]


async def test_nobody_else_reads_or_writes(office: Office, files: SubmissionRepository) -> None:
    place = Place(ANI, await kept(office), "documents", "cv")
    theirs = replace(place, person_id=BUDI)
    now = office.clock.now()
    async with office.database.transaction() as connection:
        await files.add(connection, place, a_file(office))
        await files.state(connection, place, "lost it", now=now)
        await files.add(connection, theirs, a_file(office, 2, "evil.pdf"))
        await files.remove(connection, theirs, [1], seq=8, now=now)
        await files.drop(connection, theirs, [1])
        await files.withdraw(connection, theirs, now=now)
        await files.state(connection, theirs, "evil", now=now)
    record = await files.record(place)
    assert [file.seq for file in record.present] == [1]
    assert record.statement is not None
    assert record.statement.text == "lost it"
    assert await files.record(theirs) == type(record)()


async def test_a_statement_stands_until_another_one_or_until_it_is_withdrawn(
    office: Office, files: SubmissionRepository
) -> None:
    place = Place(ANI, await kept(office), "documents", "cv")
    now = office.clock.now()
    async with office.database.transaction() as connection:
        await files.state(connection, place, "first", now=now)
        await files.state(connection, place, "second", now=now)
    record = await files.record(place)
    assert record.statement is not None
    assert [one.text for one in record.statements] == ["first", "second"]
    assert record.statement.text == "second"
    async with office.database.transaction() as connection:
        await files.withdraw(connection, place, now=now)
    assert (await files.record(place)).statement is None


async def test_a_move_does_not_go_over_another_one(office: Office) -> None:
    code = await kept(office)
    now = office.clock.now()
    by_staff = Move("documents", "cv", "todo", "waived", BUDI, now, "lecturer")
    too_late = Move("documents", "cv", "todo", "have", ANI, now)
    async with office.database.transaction() as connection:
        assert await office.kept.move(connection, ANI, code, by_staff)
        assert not await office.kept.move(connection, ANI, code, too_late)
        assert not await office.kept.move(connection, BUDI, code, replace(too_late, from_status="waived"))
        assert not await office.kept.move(connection, ANI, "nonesuch", by_staff)
    view = await office.applications.get(await office.visit(), code)
    item = view.item("d:cv")
    assert item is not None
    assert item.status is ItemStatus.WAIVED
    assert [move["to_status"] for move in (await office.kept.history(ANI))[code]["moves"]] == ["waived"]
    assert (await office.kept.find_for_staff(code) or (0, None))[0] == ANI
    assert await office.kept.find_for_staff("nonesuch") is None


async def test_files_wait_and_are_taken(office: Office) -> None:
    await kept(office)
    waiting = WaitingFiles(office.database)
    long_ago = office.clock.now() - timedelta(days=30)
    async with office.database.transaction() as connection:
        await waiting.add(connection, ANI, replace(a_file(office), sent_at=long_ago), since=long_ago)
        for seq in (2, 3):
            await waiting.add(connection, ANI, a_file(office, seq), since=long_ago + timedelta(days=1))
    assert [file.seq for file in await waiting.of_person(ANI)] == [2, 3]
    async with office.database.transaction() as connection:
        await waiting.take(connection, BUDI, [2, 3])
        await waiting.separate(connection, ANI, [3])
    assert [(file.seq, file.batch) for file in await waiting.of_person(ANI)] == [(2, 1), (3, 3)]
    async with office.database.transaction() as connection:
        await waiting.take(connection, ANI, [2])
    assert await waiting.kept_of(ANI) == 1
    assert await waiting.kept_of(BUDI) == 0
    assert await waiting.of_person(BUDI) == ()
