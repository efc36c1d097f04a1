"""What people hand in for the items of their checklists: files, and statements about papers they do not have.

Only Telegram's ids of the files are kept. What staff sees and decides is in `bot.services.review.review`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.submissions import ItemRecord, Place, Statement, StoredFile, SubmissionRepository
from bot.errors import IllegalMove, InvalidStatement, NoSuchFile, NoSuchItem
from bot.services.applications.applications import ApplicationService
from bot.services.applications.checklist import LISTS, ApplicationView, ChecklistItem, ItemStatus, key_of
from bot.services.uploads.file_rules import LONGEST_STATEMENT, MOST_FILES
from bot.services.uploads.waiting_room import forget_upload
from bot.services.visit import Visit

__all__ = ["Handled", "ItemRecord", "Put", "Statement", "StoredFile", "SubmissionService"]


@dataclass(frozen=True)
class Handled:
    """An item after something was done with it."""

    view: ApplicationView
    item: ChecklistItem
    record: ItemRecord


@dataclass(frozen=True)
class Put:
    """What became of files that were put to an item."""

    view: ApplicationView
    item: ChecklistItem
    files: tuple[StoredFile, ...]
    """All that the item has now."""
    new: tuple[StoredFile, ...]
    """Those that came with this; fewer than were sent if some were there already."""
    seq: int
    """Number of this visit, under which the older files can be brought back."""
    replaced: int
    """How many older files went for them."""
    repeated: int
    """How many of the files were there already."""
    too_many: int
    """How many were left out because an item has only so many."""


class SubmissionService:
    """Use cases of what is handed in. What is written is written at the end of the visit."""

    def __init__(self, applications: ApplicationService, submissions: SubmissionRepository) -> None:
        self._applications = applications
        self._submissions = submissions

    async def get(self, visit: Visit, code: str, key: str) -> Handled:
        """An item of this person's with all that was handed in for it.

        Raises:
            NoSuchApplication, NoSuchItem: not there (any more), or somebody else's.
        """
        view = await self._applications.get(visit, code)
        return _handled(view, key, await self.record(visit, code, key))

    async def record(self, visit: Visit, code: str, key: str) -> ItemRecord:
        """What was handed in for an item of this person's, and what became of it."""
        list_name = LISTS.get(key[:1], "")
        return await self._submissions.record(Place(visit.person.id, code, list_name, key[2:]))

    async def counts(self, visit: Visit, code: str) -> dict[str, int]:
        """How many files each item of an application has, by its key."""
        found = await self._submissions.files_of(visit.person.id, code)
        return {key_of(*place): len(files) for place, files in found.items()}

    async def remove(self, visit: Visit, code: str, key: str, seq: int) -> Handled:
        """Take a file away; `restore` with the number of this visit brings it back.

        Raises:
            NoSuchFile: the item has no such file (any more).
            NoSuchApplication, NoSuchItem, IllegalMove: see `item`.
        """
        view, item = await self.item(visit, code, key)
        record = await self.record(visit, code, key)
        if seq not in {file.seq for file in record.present}:
            raise NoSuchFile
        place = self._place(visit, view, item)

        async def write(connection: AsyncConnection) -> None:
            await self._submissions.remove(connection, place, [seq], seq=visit.seq, now=visit.now)

        visit.writes["file removed"] = write
        left = tuple(file for file in record.present if file.seq != seq)
        if not left and record.statement is None and item.status is ItemStatus.SUBMITTED:
            view = self._applications.move(visit, view, item, ItemStatus.HAVE)
        return _handled(view, key, replace(record, files=left))

    async def restore(self, visit: Visit, code: str, key: str, removed_seq: int) -> Handled:
        """Bring back what one update removed.

        Raises:
            NoSuchFile: nothing that was removed then can be brought back.
            NoSuchApplication, NoSuchItem, IllegalMove: see `item`.
        """
        view, item = await self.item(visit, code, key)
        record = await self.record(visit, code, key)
        if removed_seq not in {file.removed_seq for file in record.files}:
            raise NoSuchFile
        place = self._place(visit, view, item)

        async def write(connection: AsyncConnection) -> None:
            await self._submissions.restore(connection, place, removed_seq)

        visit.writes["files restored"] = write
        files = tuple(
            replace(file, removed_at=None, removed_seq=None) if file.removed_seq == removed_seq else file
            for file in record.files
        )
        return _handled(view, key, replace(record, files=files))

    async def mark(self, visit: Visit, code: str, key: str, status: ItemStatus) -> Handled:
        """Say how far an item is; see `ApplicationService.mark`. Moving it withdraws what was said about not having it.

        Raises:
            NoSuchApplication, NoSuchItem: see `ApplicationService.mark`.
        """
        before = await self._applications.get(visit, code)
        view = await self._applications.mark(visit, code, key, status)
        record = await self.record(visit, code, key)
        item = view.item(key)
        if item is None or before.item(key) == item:
            return _handled(view, key, record)
        place = self._place(visit, view, item)

        async def write(connection: AsyncConnection) -> None:
            await self._submissions.withdraw(connection, place, now=visit.now)

        visit.writes["statement withdrawn"] = write
        return _handled(view, key, record.withdrawn(visit.now))

    async def hand_in(self, visit: Visit, code: str, key: str) -> Handled:
        """The files are complete: staff may look at them.

        Raises:
            NoSuchApplication, NoSuchItem, IllegalMove: see `item`.
        """
        await self.item(visit, code, key)
        forget_upload(visit)
        return await self.mark(visit, code, key, ItemStatus.SUBMITTED)

    async def state(self, visit: Visit, code: str, key: str, text: str) -> Handled:
        """Put the question of a paper that somebody does not have to staff, with their reason.

        Raises:
            InvalidStatement: empty or too long.
            NoSuchApplication, NoSuchItem, IllegalMove: see `item`.
        """
        said = " ".join(text.split())
        if not 1 <= len(said) <= LONGEST_STATEMENT:
            raise InvalidStatement(longest=LONGEST_STATEMENT)
        view, item = await self.item(visit, code, key)
        place = self._place(visit, view, item)
        view = self._applications.move(visit, view, item, ItemStatus.SUBMITTED)

        async def write(connection: AsyncConnection) -> None:
            await self._submissions.state(connection, place, said, now=visit.now)

        visit.writes["statement"] = write
        forget_upload(visit)
        record = (await self.record(visit, code, key)).withdrawn(visit.now)
        stated = Statement(said, visit.now, withdrawn_at=None)
        return _handled(view, key, replace(record, statements=(*record.statements, stated)))

    async def item(self, visit: Visit, code: str, key: str) -> tuple[ApplicationView, ChecklistItem]:
        """An item of this person's that they may still change.

        Raises:
            NoSuchApplication, NoSuchItem: not there (any more), or somebody else's.
            IllegalMove: staff has settled it.
        """
        view = await self._applications.get(visit, code)
        item = view.item(key)
        if item is None:
            raise NoSuchItem
        if item.is_settled:
            raise IllegalMove
        return view, item

    async def attach(
        self,
        visit: Visit,
        view: ApplicationView,
        item: ChecklistItem,
        files: Sequence[StoredFile],
        *,
        replaces: bool = False,
    ) -> Put:
        """Put files to an item, beside or in place of those it has. What was said about not having it is withdrawn."""
        record = await self.record(visit, view.code, item.key)
        known = {file.file_unique_id for file in record.present}
        fresh = {file.file_unique_id: file for file in files if file.file_unique_id not in known}
        gone = record.present if replaces and fresh else ()
        stay = () if gone else record.present
        new = tuple(fresh.values())[: max(0, MOST_FILES - len(stay))]
        place = self._place(visit, view, item)
        numbers = [file.seq for file in gone]

        async def write(connection: AsyncConnection) -> None:
            await self._submissions.remove(connection, place, numbers, seq=visit.seq, now=visit.now)
            await self._submissions.withdraw(connection, place, now=visit.now)
            for file in new:
                await self._submissions.add(connection, place, file)

        if new:
            visit.writes["files attached"] = write
            if item.status is ItemStatus.TODO:
                view = self._applications.move(visit, view, item, ItemStatus.HAVE)
        return Put(
            view=view,
            item=view.item(item.key) or item,
            files=(*stay, *new),
            new=new,
            seq=visit.seq,
            replaced=len(gone),
            repeated=len(files) - len(fresh),
            too_many=len(fresh) - len(new),
        )

    async def drop(
        self, visit: Visit, view: ApplicationView, item: ChecklistItem, batch: int
    ) -> tuple[ApplicationView, tuple[StoredFile, ...]]:
        """Take the files of a batch away from an item as if they had never been there: they are for another one.

        Raises:
            NoSuchFile: the item has none of them (any more).
        """
        record = await self.record(visit, view.code, item.key)
        files = tuple(file for file in record.present if file.batch == batch)
        if not files:
            raise NoSuchFile
        place = self._place(visit, view, item)
        numbers = [file.seq for file in files]

        async def write(connection: AsyncConnection) -> None:
            await self._submissions.drop(connection, place, numbers)

        visit.writes["files dropped"] = write
        came_with_them = bool(record.moves) and record.moves[-1].at >= files[0].sent_at
        if len(files) == len(record.present) and item.status is ItemStatus.HAVE and came_with_them:
            view = self._applications.move(visit, view, item, ItemStatus.TODO)
        return view, files

    async def elsewhere(
        self, visit: Visit, view: ApplicationView, item: ChecklistItem, files: Sequence[StoredFile]
    ) -> tuple[ChecklistItem, ...]:
        """Other items of the application that have one of these files, too."""
        unique = {file.file_unique_id for file in files}
        found = await self._submissions.files_of(visit.person.id, view.code)
        keys = {
            key_of(*place) for place, there in found.items() if unique & {file.file_unique_id for file in there}
        } - {item.key}
        return tuple(one for one in view.items if one.key in keys)

    def _place(self, visit: Visit, view: ApplicationView, item: ChecklistItem) -> Place:
        return Place(visit.person.id, view.code, item.list_name, item.item.id)


def _handled(view: ApplicationView, key: str, record: ItemRecord) -> Handled:
    item = view.item(key)
    if item is None:
        raise NoSuchItem
    return Handled(view, item, record)
