"""Files that were sent before anybody knew which item they are for, and what the conversation remembers of uploads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.submissions import StoredFile, WaitingFiles
from bot.errors import NoSuchFile
from bot.services.uploads.file_rules import MOST_WAITING, WAITING_DAYS
from bot.services.visit import Visit

UPLOAD: Final = "upload"
"""Key of `memory.extra`: for which item files are being sent, as [code, key, minute since 1970, replaces, panel]."""
ALBUM: Final = "album_for"
"""Key of `memory.extra`: the last album, its batch, and code and key of its item once that is known."""
UPLOAD_MINUTES: Final = 60
"""How long "send me the file now" is remembered."""
TOGETHER: Final = timedelta(minutes=10)
"""Files that were sent this close to each other, and wait, are asked about together."""


@dataclass(frozen=True)
class Upload:
    """The item for which files are being sent."""

    code: str
    key: str
    replaces: bool


def expect_upload(visit: Visit, code: str, key: str, *, replaces: bool = False) -> None:
    """From now on files are for this item, until something else is opened."""
    visit.memory.extra[UPLOAD] = [code, key, int(visit.now.timestamp() // 60), replaces, None]


def pin_upload(visit: Visit) -> None:
    """What is on the screen now belongs to the upload: when something else is shown, it is over."""
    found = visit.memory.extra.get(UPLOAD)
    if isinstance(found, list):
        visit.memory.extra[UPLOAD] = [*found[:4], visit.memory.panel]


def expected_upload(visit: Visit) -> Upload | None:
    """The item for which files are being sent, if there is one."""
    found = visit.memory.extra.get(UPLOAD)
    if not isinstance(found, list) or visit.now.timestamp() // 60 - found[2] > UPLOAD_MINUTES:
        return None
    if found[4] is not None and found[4] != visit.memory.panel:
        return None
    return Upload(found[0], found[1], bool(found[3]))


def forget_upload(visit: Visit) -> None:
    """Files are no longer for a particular item."""
    visit.memory.extra.pop(UPLOAD, None)
    visit.memory.extra.pop(ALBUM, None)


@dataclass(frozen=True)
class Album:
    """Where the last album went: its pictures come one by one, and those to come go the same way."""

    name: str
    """Telegram's id of the group."""
    batch: int
    place: tuple[str, str] | None
    """Code and key; None while its files wait."""


def last_album(visit: Visit) -> Album | None:
    """The last album that came, if nothing else was done since."""
    found = visit.memory.extra.get(ALBUM)
    if not isinstance(found, list):
        return None
    return Album(found[0], found[1], (found[2], found[3]) if len(found) > 2 else None)


def remember_album(visit: Visit, album: Album | None) -> None:
    """Keep where an album went, or that no album is coming."""
    visit.memory.extra.pop(ALBUM, None)
    if album is not None:
        visit.memory.extra[ALBUM] = [album.name, album.batch, *(album.place or ())]


class WaitingRoom:
    """The files that wait, and what is done with them. Writes are those of the visit."""

    def __init__(self, files: WaitingFiles) -> None:
        self._files = files

    async def all(self, visit: Visit) -> tuple[StoredFile, ...]:
        """The person's files that wait, oldest first."""
        since = visit.now - timedelta(days=WAITING_DAYS)
        return tuple(file for file in await self._files.of_person(visit.person.id) if file.sent_at >= since)

    async def batch(self, visit: Visit, batch: int) -> tuple[StoredFile, ...]:
        """The files of one batch.

        Raises:
            NoSuchFile: none of this person's files that wait is in it (any more).
        """
        found = tuple(file for file in await self.all(visit) if file.batch == batch)
        if not found:
            raise NoSuchFile
        return found

    @staticmethod
    def join(there: Sequence[StoredFile], file: StoredFile) -> int:
        """The batch that a file belongs to: that of the last one that waits, if it came just before."""
        if there and file.sent_at - there[-1].sent_at <= TOGETHER:
            return there[-1].batch
        return file.batch

    def put(self, visit: Visit, *files: StoredFile) -> None:
        """Let files wait."""
        since = visit.now - timedelta(days=WAITING_DAYS)

        async def write(connection: AsyncConnection) -> None:
            for file in files:
                await self._files.add(connection, visit.person.id, file, since=since)

        visit.writes["files wait"] = write

    def take(self, visit: Visit, files: Sequence[StoredFile]) -> None:
        """These files wait no longer."""
        numbers = [file.seq for file in files]

        async def write(connection: AsyncConnection) -> None:
            await self._files.take(connection, visit.person.id, numbers)

        visit.writes["files taken"] = write

    def separate(self, visit: Visit, files: Sequence[StoredFile]) -> None:
        """These files belong to different items: they are asked about one by one."""
        numbers = [file.seq for file in files]

        async def write(connection: AsyncConnection) -> None:
            await self._files.separate(connection, visit.person.id, numbers)

        visit.writes["files apart"] = write

    @staticmethod
    def is_full(there: Sequence[StoredFile]) -> bool:
        """Whether so many wait that the next one is not taken."""
        return len(there) >= MOST_WAITING
