"""Files on their way to an item, on both databases: limits, albums, taking back, and staff who was faster."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from bot.db.applications import ITEMS, MOVES, STATEMENTS, SUBMISSIONS, Move
from bot.db.engine import Database
from bot.db.submissions import WAITING
from bot.errors import IllegalMove, InvalidStatement, NoSuchApplication, NoSuchFile, NoSuchItem
from bot.services.applications.checklist import ItemStatus
from bot.services.uploads.file_rules import MOST_FILES, MOST_WAITING, WAITING_DAYS
from bot.services.uploads.submissions import StoredFile
from bot.services.uploads.uploads import Attached, Unsorted
from bot.services.uploads.waiting_room import UPLOAD_MINUTES
from bot.services.visit import Visit
from knowledge import Knowledge
from tests.bot.people import ANI, BUDI, STUDENT_ABROAD, Office
from tests.support.clock import TestClock

CV, TRANSCRIPT = "d:cv", "d:transcript"


@pytest.fixture
def office(database: Database, knowledge: Knowledge, clock: TestClock) -> Office:
    return Office(database, knowledge, clock)


async def keep(office: Office, person_id: int = ANI) -> str:
    await office.tell(STUDENT_ABROAD, person_id)
    visit = await office.visit(person_id)
    kept = await office.applications.keep(visit)
    await office.visits.end(visit)
    return kept.code


def a_file(visit: Visit, unique: str = "", name: str | None = "scan.pdf") -> StoredFile:
    return StoredFile(
        file_id=f"id {visit.seq}",
        file_unique_id=unique or f"u {visit.seq}",
        kind="document",
        file_name=name,
        mime_type="application/pdf",
        size=1000,
        sent_at=visit.now,
        seq=visit.seq,
        batch=visit.seq,
    )


async def send(
    office: Office, *, caption: str = "", album: str | None = None, unique: str = "", name: str = "scan.pdf"
) -> Attached | Unsorted:
    visit = await office.visit()
    found = await office.uploads.receive(visit, a_file(visit, unique, name), caption=caption, album=album)
    await office.visits.end(visit)
    return found


async def expect(office: Office, code: str, key: str = CV, *, replaces: bool = False) -> None:
    visit = await office.visit()
    office.uploads.expect(visit, code, key, replaces=replaces)
    await office.visits.end(visit)


async def status(office: Office, code: str, key: str = CV) -> ItemStatus:
    item = (await office.applications.get(await office.visit(), code)).item(key)
    assert item is not None
    return item.status


async def test_a_file_waits_and_is_put_to_its_item(office: Office) -> None:
    code = await keep(office)
    found = await send(office)
    assert isinstance(found, Unsorted)
    assert found.view is not None
    assert found.view.code == code
    visit = await office.visit()
    attached = await office.uploads.assign(visit, code, CV, found.batch)
    await office.visits.end(visit)
    assert attached.put.item.status is ItemStatus.HAVE
    assert await status(office, code) is ItemStatus.HAVE
    visit = await office.visit()
    assert await office.uploads.waiting(visit) == 0
    with pytest.raises(NoSuchFile):
        await office.uploads.assign(visit, code, TRANSCRIPT, found.batch)
    with pytest.raises(NoSuchFile):
        await office.uploads.unsorted(visit)


async def test_pictures_of_an_album_follow_the_first_even_after_the_choice(office: Office) -> None:
    code = await keep(office)
    first = await send(office, album="a")
    assert isinstance(first, Unsorted)
    assert isinstance(await send(office, album="a"), Unsorted)
    visit = await office.visit()
    await office.uploads.assign(visit, code, TRANSCRIPT, first.batch)
    await office.visits.end(visit)
    late = await send(office, album="a", name="cv.pdf")
    assert isinstance(late, Attached)
    assert late.put.item.key == TRANSCRIPT
    assert len(late.put.files) == 3
    visit = await office.visit()
    back = await office.uploads.reassign(visit, code, TRANSCRIPT, late.batch)
    await office.visits.end(visit)
    assert len(back.files) == 3
    assert await status(office, code, TRANSCRIPT) is ItemStatus.TODO


async def test_an_awaited_file_is_awaited_for_an_hour(office: Office, clock: TestClock) -> None:
    code = await keep(office)
    await expect(office, code)
    clock.move(timedelta(minutes=UPLOAD_MINUTES))
    assert isinstance(await send(office), Attached)
    clock.move(timedelta(minutes=2))
    assert isinstance(await send(office), Unsorted)


async def test_only_the_first_file_replaces(office: Office) -> None:
    code = await keep(office)
    await expect(office, code)
    await send(office)
    await send(office)
    await expect(office, code, replaces=True)
    first, second = await send(office, album="b"), await send(office, album="b")
    assert isinstance(first, Attached)
    assert isinstance(second, Attached)
    assert (first.put.replaced, second.put.replaced) == (2, 0)
    assert len(second.put.files) == 2
    visit = await office.visit()
    restored = await office.submissions.restore(visit, code, CV, first.put.seq)
    await office.visits.end(visit)
    assert len(restored.record.present) == 4
    assert len((await office.submissions.record(await office.visit(), code, CV)).present) == 4


async def test_an_item_has_room_for_so_many(office: Office) -> None:
    code = await keep(office)
    await expect(office, code)
    for _ in range(MOST_FILES):
        await send(office)
    found = await send(office)
    assert isinstance(found, Attached)
    assert (found.put.too_many, len(found.put.files)) == (1, MOST_FILES)
    assert len((await office.submissions.record(await office.visit(), code, CV)).present) == MOST_FILES


async def test_so_many_wait_and_not_for_ever(office: Office, clock: TestClock) -> None:
    await keep(office)
    for _ in range(MOST_WAITING):
        await send(office)
    full = await send(office)
    assert isinstance(full, Unsorted)
    assert full.is_full
    assert len(full.files) == MOST_WAITING
    clock.move(timedelta(days=WAITING_DAYS + 1))
    again = await send(office)
    assert isinstance(again, Unsorted)
    assert len(again.files) == 1
    assert await office.uploads.waiting(await office.visit()) == 1


async def test_what_was_sent_long_before_is_asked_about_by_itself(office: Office, clock: TestClock) -> None:
    await keep(office)
    await send(office)
    clock.move(timedelta(hours=1))
    found = await send(office)
    assert isinstance(found, Unsorted)
    assert (len(found.files), found.others) == (1, 1)


async def test_the_same_file_waits_once(office: Office) -> None:
    await keep(office)
    await send(office, unique="same")
    found = await send(office, unique="same")
    assert isinstance(found, Unsorted)
    assert found.is_repeated
    assert len(found.files) == 1


async def test_taking_back_the_last_file_takes_back_the_submission(office: Office) -> None:
    code = await keep(office)
    await expect(office, code)
    found = await send(office)
    assert isinstance(found, Attached)
    visit = await office.visit()
    await office.submissions.hand_in(visit, code, CV)
    await office.visits.end(visit)
    assert await status(office, code) is ItemStatus.SUBMITTED
    visit = await office.visit()
    await office.submissions.remove(visit, code, CV, found.put.new[0].seq)
    await office.visits.end(visit)
    assert await status(office, code) is ItemStatus.HAVE


async def test_with_a_reason_it_stays_with_staff(office: Office) -> None:
    code = await keep(office)
    await expect(office, code)
    found = await send(office)
    assert isinstance(found, Attached)
    visit = await office.visit()
    await office.submissions.state(visit, code, CV, " only   half of it ")
    await office.visits.end(visit)
    visit = await office.visit()
    handled = await office.submissions.remove(visit, code, CV, found.put.new[0].seq)
    await office.visits.end(visit)
    assert handled.record.statement is not None
    assert handled.record.statement.text == "only half of it"
    assert await status(office, code) is ItemStatus.SUBMITTED
    record = await office.submissions.record(visit, code, CV)
    assert record.statement == handled.record.statement
    with pytest.raises(InvalidStatement):
        await office.submissions.state(visit, code, CV, "  ")


async def test_staff_who_was_faster_is_not_overruled(office: Office) -> None:
    code = await keep(office)
    await expect(office, code)
    await send(office)
    visit = await office.visit()
    await office.submissions.hand_in(visit, code, CV)
    await office.visits.end(visit)
    visit = await office.visit()
    await office.submissions.mark(visit, code, CV, ItemStatus.TODO)
    accepted = Move("documents", "cv", "submitted", "accepted", BUDI, visit.now)
    async with office.database.transaction() as connection:
        assert await office.kept.move(connection, ANI, code, accepted)
    await office.visits.end(visit)
    assert await status(office, code) is ItemStatus.ACCEPTED
    visit = await office.visit()
    for attempt in (
        office.submissions.hand_in(visit, code, CV),
        office.submissions.state(visit, code, CV, "why"),
        office.submissions.remove(visit, code, CV, 1),
        office.submissions.restore(visit, code, CV, 1),
        office.uploads.reassign(visit, code, CV, 1),
    ):
        with pytest.raises(IllegalMove):
            await attempt


async def test_somebody_elses_things_are_not_there(office: Office) -> None:
    code = await keep(office)
    await expect(office, code)
    await send(office)
    await office.tell({"role": "student"}, BUDI)
    visit = await office.visit(BUDI)
    found = await office.uploads.receive(visit, a_file(visit))
    assert isinstance(found, Unsorted)
    assert found.views == ()
    await office.visits.end(visit)
    visit = await office.visit(BUDI)
    for attempt in (
        office.uploads.assign(visit, code, CV, found.batch),
        office.submissions.get(visit, code, CV),
        office.submissions.state(visit, code, CV, "why"),
        office.submissions.hand_in(visit, code, CV),
        office.submissions.mark(visit, code, CV, ItemStatus.TODO),
    ):
        with pytest.raises(NoSuchApplication):
            await attempt
    assert (await office.submissions.record(visit, code, CV)).files == ()
    assert await office.submissions.counts(visit, code) == {}
    visit = await office.visit()
    with pytest.raises(NoSuchFile):
        await office.uploads.discard(visit, found.batch)
    with pytest.raises(NoSuchItem):
        await office.submissions.get(visit, code, "d:shoe_size")


async def test_erasing_takes_files_and_reasons_along_and_the_export_has_them(office: Office) -> None:
    code = await keep(office)
    await send(office, name="waits.pdf")
    await expect(office, code)
    await send(office, name="there.pdf")
    visit = await office.visit()
    await office.submissions.state(visit, code, TRANSCRIPT, "not before March")
    await office.visits.end(visit)
    visit = await office.visit()
    told = (await office.privacy.export(visit)).decode()
    assert all(word in told for word in ("waits.pdf", "there.pdf", "not before March"))
    assert (await office.privacy.kept(visit)).files == 2
    office.privacy.erase(visit)
    await office.visits.end(visit)
    async with office.database.connect() as connection:
        for table in (WAITING, SUBMISSIONS, STATEMENTS, MOVES, ITEMS):
            assert await connection.scalar(select(func.count()).select_from(table)) == 0, table.name
