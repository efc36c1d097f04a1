"""Files on their way to an item: one that was asked for, that caption or name tells, or that the person chooses.

Until the item is known a file waits; of it, too, only Telegram's ids are kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from bot.db.submissions import StoredFile
from bot.errors import NoSuchFile
from bot.services.applications.applications import ApplicationService
from bot.services.applications.checklist import ApplicationView, ChecklistItem
from bot.services.uploads.matching import item_named
from bot.services.uploads.submissions import Put, SubmissionService
from bot.services.uploads.waiting_room import (
    Album,
    Upload,
    WaitingRoom,
    expect_upload,
    expected_upload,
    forget_upload,
    last_album,
    pin_upload,
    remember_album,
)
from bot.services.visit import Visit

How = Literal["expected", "named", "chosen"]
"""How the item was known: it was opened for uploading, caption or name told, the person chose it."""


@dataclass(frozen=True)
class Attached:
    """Files went to an item."""

    put: Put
    batch: int
    """What the files are called together, for whoever says that they are for another item."""
    how: How
    elsewhere: tuple[ChecklistItem, ...] = ()
    """Other items that have the same file."""
    waiting: int = 0
    """How many other files still wait."""

    @property
    def came(self) -> tuple[StoredFile, ...]:
        """The files that came together and are there now: of an album also those before this one."""
        return tuple(file for file in self.put.files if file.batch == self.batch)


@dataclass(frozen=True)
class Unsorted:
    """Files wait for their item to be named."""

    files: tuple[StoredFile, ...]
    batch: int
    others: int
    """Files of other batches that wait."""
    views: tuple[ApplicationView, ...]
    """The person's applications."""
    is_repeated: bool = False
    """Whether the file just sent was waiting already."""
    is_full: bool = False
    """Whether the file just sent was not taken, because too many wait."""

    @property
    def view(self) -> ApplicationView | None:
        """The application that is meant unless the person says otherwise."""
        return meant(self.views)

    def likely(self, view: ApplicationView) -> ChecklistItem | None:
        """The item of an application that the names of all the files speak of; None if they do not."""
        found = [item_named(stem(file), open_papers(view)) for file in self.files]
        return found[0] if all(one is not None and one == found[0] for one in found) else None


class UploadService:
    """Use cases of files that come in. What is written is written at the end of the visit."""

    def __init__(self, applications: ApplicationService, submissions: SubmissionService, waiting: WaitingRoom) -> None:
        self._applications = applications
        self._submissions = submissions
        self._waiting = waiting

    async def receive(
        self, visit: Visit, file: StoredFile, *, caption: str = "", album: str | None = None
    ) -> Attached | Unsorted:
        """Take a file in: to its item if that can be told, else among those that wait."""
        views = await self._applications.overview(visit)
        there = await self._waiting.all(visit)
        before = last_album(visit) if self.is_next_of_album(visit, album) else None
        if before is not None:
            file = replace(file, batch=before.batch)
        expected = expected_upload(visit)
        how, place = self._place(views, file, caption, before, expected)
        view = next((one for one in views if place and one.code == place[0]), None)
        item = view.item(place[1]) if view is not None and place else None
        if view is None or item is None or item.is_settled:
            return self._wait(visit, views, there, file, album=album, before=before)
        replaces = how == "expected" and expected is not None and expected.replaces
        if replaces:
            # The first file takes the place of what was there, all others come beside it.
            expect_upload(visit, view.code, item.key)
        remember_album(visit, Album(album, file.batch, (view.code, item.key)) if album else None)
        return await self._attach(visit, view, item, [file], how, replaces=replaces, waiting=len(there))

    async def waiting(self, visit: Visit) -> int:
        """How many files wait for their item to be named."""
        return len(await self._waiting.all(visit))

    @staticmethod
    def expect(visit: Visit, code: str, key: str, *, replaces: bool = False) -> None:
        """The next files are for this item, in place of those it has if it `replaces` them."""
        remember_album(visit, None)
        expect_upload(visit, code, key, replaces=replaces)

    @staticmethod
    def pin(visit: Visit) -> None:
        """What was just shown belongs to the upload: when something else is shown, it is over."""
        pin_upload(visit)

    @staticmethod
    def is_expecting(visit: Visit) -> bool:
        """Whether files for a particular item are awaited."""
        return expected_upload(visit) is not None

    @staticmethod
    def is_next_of_album(visit: Visit, album: str | None) -> bool:
        """Whether this album was answered already, at its first picture."""
        before = last_album(visit)
        return before is not None and before.name == album

    @staticmethod
    def forget(visit: Visit) -> None:
        """The next files are for no particular item."""
        forget_upload(visit)

    async def unsorted(self, visit: Visit, batch: int = 0) -> Unsorted:
        """The files of a batch that wait; 0 stands for the last one.

        Raises:
            NoSuchFile: none waits in this batch.
        """
        there = await self._waiting.all(visit)
        number = batch or (there[-1].batch if there else 0)
        files = tuple(file for file in there if file.batch == number)
        if not files:
            raise NoSuchFile
        return Unsorted(files, number, len(there) - len(files), await self._applications.overview(visit))

    async def assign(self, visit: Visit, code: str, key: str, batch: int) -> Attached:
        """Put the files of a batch to an item.

        Raises:
            NoSuchFile: none waits in this batch (any more).
            NoSuchApplication, NoSuchItem: not there (any more), or somebody else's.
            IllegalMove: staff has settled the item.
        """
        there = await self._waiting.all(visit)
        files = await self._waiting.batch(visit, batch)
        view, item = await self._submissions.item(visit, code, key)
        self._waiting.take(visit, files)
        album = last_album(visit)
        if album is not None and album.batch == batch:
            remember_album(visit, replace(album, place=(code, key)))
        return await self._attach(visit, view, item, files, "chosen", waiting=len(there) - len(files))

    async def separate(self, visit: Visit, batch: int) -> Unsorted:
        """The files of a batch belong to different items: the first of them is asked about alone.

        Raises:
            NoSuchFile: none waits in this batch (any more).
        """
        files = await self._waiting.batch(visit, batch)
        self._waiting.separate(visit, files)
        others = len(await self._waiting.all(visit)) - 1
        forget_upload(visit)
        first = replace(files[0], batch=files[0].seq)
        return Unsorted((first,), first.batch, others, await self._applications.overview(visit))

    async def discard(self, visit: Visit, batch: int) -> int:
        """Forget the files of a batch that wait; how many others still do.

        Raises:
            NoSuchFile: none waits in this batch (any more).
        """
        files = await self._waiting.batch(visit, batch)
        self._waiting.take(visit, files)
        return len(await self._waiting.all(visit)) - len(files)

    async def reassign(self, visit: Visit, code: str, key: str, batch: int) -> Unsorted:
        """The files of a batch that went to an item are for another one: they wait again.

        Raises:
            NoSuchFile: the item has none of them (any more).
            NoSuchApplication, NoSuchItem, IllegalMove: see `assign`.
        """
        view, item = await self._submissions.item(visit, code, key)
        view, files = await self._submissions.drop(visit, view, item, batch)
        self._waiting.put(visit, *files)
        forget_upload(visit)
        others = len(await self._waiting.all(visit))
        views = await self._applications.overview(visit)
        return Unsorted(files, batch, others, tuple(view if one.code == code else one for one in views))

    async def _attach(
        self,
        visit: Visit,
        view: ApplicationView,
        item: ChecklistItem,
        files: Sequence[StoredFile],
        how: How,
        *,
        replaces: bool = False,
        waiting: int = 0,
    ) -> Attached:
        put = await self._submissions.attach(visit, view, item, files, replaces=replaces)
        elsewhere = await self._submissions.elsewhere(visit, put.view, put.item, files)
        return Attached(put, files[0].batch, how, elsewhere, waiting)

    def _wait(
        self,
        visit: Visit,
        views: tuple[ApplicationView, ...],
        there: tuple[StoredFile, ...],
        file: StoredFile,
        *,
        album: str | None,
        before: Album | None,
    ) -> Unsorted:
        is_repeated = any(one.file_unique_id == file.file_unique_id for one in there)
        is_full = not is_repeated and self._waiting.is_full(there)
        if not is_repeated and not is_full:
            batch = file.batch if before is not None else self._waiting.join(there, file)
            file = replace(file, batch=batch)
            self._waiting.put(visit, file)
            there = (*there, file)
        batch = there[-1].batch
        remember_album(visit, Album(album, batch, None) if album else None)
        files = tuple(one for one in there if one.batch == batch)
        return Unsorted(
            files,
            batch,
            len(there) - len(files),
            views,
            is_repeated=is_repeated,
            is_full=is_full,
        )

    def _place(
        self,
        views: Sequence[ApplicationView],
        file: StoredFile,
        caption: str,
        before: Album | None,
        expected: Upload | None,
    ) -> tuple[How, tuple[str, str] | None]:
        """How the item is known, and which one it is: code and key."""
        if before is not None:
            return "expected" if expected is not None else "chosen", before.place
        if expected is not None:
            return "expected", (expected.code, expected.key)
        return "named", self._named(views, file, caption)

    @staticmethod
    def _named(views: Sequence[ApplicationView], file: StoredFile, caption: str) -> tuple[str, str] | None:
        """The item that the caption, or else the file's name, speaks of."""
        view = meant(views)
        if view is None:
            return None
        item = item_named(caption or stem(file), open_papers(view))
        return None if item is None else (view.code, item.key)


def meant(views: Sequence[ApplicationView]) -> ApplicationView | None:
    """The application that is meant unless the person says otherwise: the open one, or the only one."""
    opened = next((view for view in views if view.is_open), None)
    return opened or (views[0] if len(views) == 1 else None)


def open_papers(view: ApplicationView) -> list[ChecklistItem]:
    """What files can be for: the papers that staff has not settled."""
    return [one for one in view.items if one.is_paper and not one.is_settled]


def stem(file: StoredFile) -> str:
    """The name of a file without its ending."""
    return (file.file_name or "").rpartition(".")[0]
