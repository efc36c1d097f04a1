"""Announcements while they are written: a draft that is kept with every step, checked, and confirmed.

    draft ─▶ approval ─▶ scheduled ─▶ started        approval only where a second person is asked
    approval, scheduled ─▶ draft                     taken back before it starts
    draft ─▶ discarded

Whoever calls this has made sure that the person may announce. A draft is its author's; everybody who may announce sees
what is scheduled or started.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from typing import Any, Final, Literal, get_args
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.announcements import AnnouncementRepository, StoredAnnouncement
from bot.db.audience import EVERYONE, Audience, as_json, from_json
from bot.db.audiences import AudienceRepository, Size
from bot.errors import NoSuchAnnouncement, NotConfirmed, Overtaken
from bot.services.announcement_content import OF_RESULTS, Content, length
from bot.services.applications import code_of
from bot.services.audience_sweep import AudienceSweep
from bot.services.staff import audit
from bot.services.visit import Visit

Category = Literal["selection", "programme", "deadline", "event", "general"]
CATEGORIES: Final[tuple[Category, ...]] = get_args(Category)
"""What an announcement is about. Applicants may mute each; results of their own applications they always get."""
RESULT_CATEGORY: Final = "result"
"""The category of results: nobody mutes it."""
TYPED_FROM: Final = 50
"""With more recipients than this the number is typed to confirm."""
NIGHT: Final = (time(21), time(7))
"""When people sleep: an announcement that starts then is warned about."""

Problem = Literal["empty", "unknown_place", "too_long", "album_buttons", "nobody", "results_only", "past"]


@dataclass(frozen=True)
class Draft:
    """An announcement as its author sees it."""

    stored: StoredAnnouncement
    content: Content
    audience: Audience

    @property
    def code(self) -> str:
        """What buttons carry."""
        return self.stored.code


@dataclass(frozen=True)
class Check:
    """What stands in the way of sending, and whom it would reach."""

    size: Size
    problems: tuple[Problem, ...]
    left_out: int
    """People whose language has no text."""

    @property
    def count(self) -> int:
        """Who gets it."""
        return self.size.reachable - self.size.muted - self.left_out


class AnnouncementService:
    """Use cases of whoever writes announcements."""

    def __init__(
        self, rows: AnnouncementRepository, audiences: AudienceRepository, sweep: AudienceSweep, *, approval: bool
    ) -> None:
        self._rows = rows
        self._audiences = audiences
        self._sweep = sweep
        self.approval = approval
        """Whether a second person has to agree."""

    async def begin(self, visit: Visit) -> Draft:
        """A new draft, kept from now on."""
        stored = StoredAnnouncement(
            id=0,
            code=code_of(visit.seq),
            author_id=visit.person.id,
            category="general",
            state="draft",
            content=Content(texts={}).as_json(),
            audience=as_json(EVERYONE),
            on_unknown="again",
            due=None,
            joins_until=None,
            round_id=None,
            approver_id=None,
            version=1,
            progress=None,
            created_at=visit.now,
            updated_at=visit.now,
            started_at=None,
        )
        values = {name: value for name, value in vars(stored).items() if name != "id"}

        async def write(connection: AsyncConnection) -> None:
            await self._rows.insert(connection, values)

        visit.writes[f"announcement {stored.code}"] = write
        return _draft(stored)

    async def current(self, visit: Visit) -> Draft | None:
        """The draft that the person worked on last."""
        stored = await self._rows.draft_of(visit.person.id)
        return None if stored is None else _draft(stored)

    async def draft(self, visit: Visit, code: str) -> Draft:
        """A draft of the person.

        Raises:
            NoSuchAnnouncement: there is none, it is no draft any more, or it is somebody else's.
        """
        stored = await self._rows.find(code)
        if stored is None or stored.state != "draft" or stored.author_id != visit.person.id:
            raise NoSuchAnnouncement
        return _draft(stored)

    async def change(
        self,
        visit: Visit,
        code: str,
        *,
        content: Content | None = None,
        audience: Audience | None = None,
        **columns: Any,
    ) -> Draft:
        """Change a draft; `columns` are columns of its row.

        Raises:
            NoSuchAnnouncement: as `draft`.
        """
        draft = await self.draft(visit, code)
        values: dict[str, Any] = {**columns, "updated_at": visit.now}
        if content is not None:
            values["content"] = content.as_json()
        if audience is not None:
            values["audience"] = as_json(audience)
        self._write(visit, code, values, states=("draft",))
        return _draft(StoredAnnouncement(**{**vars(draft.stored), **values}))

    async def check(self, draft: Draft, now: datetime) -> Check:
        """Whom it would reach now, and what stands in the way."""
        audience = await self._sweep.worked_out(draft.audience, now)
        size = await self._audiences.size(audience, category=draft.stored.category)
        content = draft.content
        left_out = sum(
            n for lang, n in size.by_language.items() if content.text("id" if lang == "id" else "en") is None
        )
        return Check(size, tuple(_problems(draft, size, now)), left_out)

    async def confirm(self, visit: Visit, code: str, *, typed: int | None = None) -> Draft:
        """Send it at its time; where a second person has to agree, ask for that.

        Raises:
            NoSuchAnnouncement: as `draft`.
            NotConfirmed: something stands in the way, or the number of recipients has to be typed and is another one.
        """
        draft = await self.draft(visit, code)
        found = await self.check(draft, visit.now)
        if found.problems or (draft.stored.round_id is None and found.count > TYPED_FROM and typed != found.count):
            raise NotConfirmed(count=found.count)
        state = "approval" if self.approval else "scheduled"
        self._write(visit, code, {"state": state, "updated_at": visit.now}, states=("draft",))
        audit(visit, "announcement confirmed", subject=code, recipients=found.count)
        return _draft(StoredAnnouncement(**{**vars(draft.stored), "state": state}))

    async def approve(self, visit: Visit, code: str) -> Draft:
        """Agree with what a colleague wants to send.

        Raises:
            NoSuchAnnouncement: it does not wait for that, or it is the person's own.
        """
        stored = await self._rows.find(code)
        if stored is None or stored.state != "approval" or stored.author_id == visit.person.id:
            raise NoSuchAnnouncement
        values = {"state": "scheduled", "approver_id": visit.person.id, "updated_at": visit.now}
        self._write(visit, code, values, states=("approval",))
        audit(visit, "announcement approved", subject=code)
        return _draft(StoredAnnouncement(**{**vars(stored), **values}))

    async def take_back(self, visit: Visit, code: str) -> Draft:
        """Make a draft again of what has not started; only its author, or whoever was to agree, does that.

        Raises:
            NoSuchAnnouncement: it has started, or is gone.
        """
        stored = await self._rows.find(code)
        if stored is None or stored.state not in ("approval", "scheduled"):
            raise NoSuchAnnouncement
        values = {"state": "draft", "approver_id": None, "updated_at": visit.now}
        self._write(visit, code, values, states=("approval", "scheduled"))
        audit(visit, "announcement taken back", subject=code)
        return _draft(StoredAnnouncement(**{**vars(stored), **values}))

    async def discard(self, visit: Visit, code: str) -> None:
        """Throw a draft away.

        Raises:
            NoSuchAnnouncement: as `draft`.
        """
        await self.draft(visit, code)
        self._write(visit, code, {"state": "discarded", "updated_at": visit.now}, states=("draft",))

    def _write(self, visit: Visit, code: str, values: dict[str, Any], *, states: tuple[str, ...]) -> None:
        async def write(connection: AsyncConnection) -> None:
            if not await self._rows.update(connection, code, values, states=states):
                raise Overtaken

        visit.writes[f"announcement {code} {len(visit.writes)}"] = write


def _draft(stored: StoredAnnouncement) -> Draft:
    return Draft(stored, Content.from_json(stored.content), from_json(stored.audience))


def _problems(draft: Draft, size: Size, now: datetime) -> list[Problem]:
    content, stored = draft.content, draft.stored
    found: dict[Problem, bool] = {
        "empty": content.is_empty,
        "unknown_place": bool(content.unknown_places),
        "too_long": any(length(text) > content.longest for text in content.texts.values()),
        "album_buttons": content.is_album and bool(content.buttons),
        "nobody": stored.round_id is None and size.reachable == 0,
        "results_only": stored.round_id is None and bool(content.places() & OF_RESULTS),
        "past": stored.due is not None and stored.due < now,
    }
    return [problem for problem, holds in found.items() if holds]


def is_night(moment: datetime, timezone: str) -> bool:
    """Whether people sleep then in this time zone."""
    evening, morning = NIGHT
    local = moment.astimezone(ZoneInfo(timezone)).time()
    return local >= evening or local < morning
