"""Announcements while they are written: a draft that is kept with every step, checked, and confirmed.

    draft ─▶ approval ─▶ scheduled ─▶ started        approval only where a second person is asked
    approval, scheduled ─▶ draft                     taken back before it starts
    draft ─▶ discarded

Whoever calls this has made sure that the person may announce. A draft is its author's; everybody who may announce sees
what is scheduled or started.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.announcements import AnnouncementRepository, Recipient, StoredAnnouncement
from bot.db.audience import EVERYONE, Audience, as_json
from bot.db.audiences import AudienceRepository, KeptAudience
from bot.errors import NoSuchAnnouncement, NotConfirmed, Overtaken
from bot.services.announcements.audience_sweep import AudienceSweep
from bot.services.announcements.content import Content
from bot.services.announcements.draft import Check, Draft, draft_of, problems_of
from bot.services.announcements.values import AnnouncementValues
from bot.services.applications.applications import code_of
from bot.services.staff.staff import audit
from bot.services.visit import Lang, Visit

TYPED_FROM: Final = 50
"""With more recipients than this the number is typed to confirm."""
AT_ONCE: Final = 200
"""People that are looked at before others get their turn."""


class AnnouncementService:
    """Use cases of whoever writes announcements."""

    def __init__(
        self,
        rows: AnnouncementRepository,
        audiences: AudienceRepository,
        sweep: AudienceSweep,
        values: AnnouncementValues,
        *,
        approval: bool,
    ) -> None:
        self._rows = rows
        self._audiences = audiences
        self._sweep = sweep
        self._values = values
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
        return draft_of(stored)

    async def current(self, visit: Visit) -> Draft | None:
        """The draft that the person worked on last."""
        stored = await self._rows.draft_of(visit.person.id)
        return None if stored is None else draft_of(stored)

    async def draft(self, visit: Visit, code: str) -> Draft:
        """A draft of the person.

        Raises:
            NoSuchAnnouncement: there is none, it is no draft any more, or it is somebody else's.
        """
        stored = await self._rows.find(code)
        if stored is None or stored.state != "draft" or stored.author_id != visit.person.id:
            raise NoSuchAnnouncement
        return draft_of(stored)

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
        return draft_of(StoredAnnouncement(**{**vars(draft.stored), **values}))

    async def check(self, draft: Draft, now: datetime) -> Check:
        """Whom it would reach now, and what stands in the way."""
        audience = await self._sweep.worked_out(draft.audience, now)
        size = await self._audiences.size(audience, category=draft.stored.category)
        content = draft.content
        left_out = sum(
            n for lang, n in size.by_language.items() if content.text("id" if lang == "id" else "en") is None
        )
        unfilled = await self._unfilled(draft, audience, now)
        return Check(size, tuple(problems_of(draft, size, now)), left_out, unfilled)

    async def sample(self, visit: Visit, draft: Draft, lang: Lang) -> dict[str, str]:
        """Values for a preview: the author's own, and words in their place where the author has none."""
        [*own] = await self._rows.recipients([visit.person.id])
        places = draft.content.places()
        found = self._values.of(replace(own[0], language=lang), places, visit.now) if own else {}
        return {place: f"[{place}]" for place in places} | found

    async def _unfilled(self, draft: Draft, audience: Audience, now: datetime) -> dict[str, int]:
        """Who would be left out because there is nothing to fill in, each counted for the first such place."""
        places = sorted(draft.content.places() - set(draft.content.unknown_places))
        lacking: Counter[str] = Counter()
        if not places or draft.stored.round_id is not None:
            return lacking
        people = await self._audiences.ids(audience, category=draft.stored.category)
        for begin in range(0, len(people), AT_ONCE):
            latest: dict[int, Recipient] = {}
            for recipient in await self._rows.recipients(people[begin : begin + AT_ONCE]):
                latest.setdefault(recipient.person_id, recipient)
            for recipient in latest.values():
                if draft.content.text("id" if recipient.language == "id" else "en") is not None:
                    values = self._values.of(recipient, places, now)
                    lacking.update([place for place in places if not values.get(place)][:1])
            await asyncio.sleep(0)
        return lacking

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
        return draft_of(StoredAnnouncement(**{**vars(draft.stored), "state": state}))

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
        return draft_of(StoredAnnouncement(**{**vars(stored), **values}))

    async def give_back(self, visit: Visit, code: str) -> Draft:
        """Do not agree: it is a draft of its author again.

        Raises:
            NoSuchAnnouncement: as `approve`.
        """
        stored = await self._rows.find(code)
        if stored is None or stored.state != "approval" or stored.author_id == visit.person.id:
            raise NoSuchAnnouncement
        return self._back_to_draft(visit, stored, "announcement given back")

    async def take_back(self, visit: Visit, code: str) -> Draft:
        """Make a draft again of what has not started. In an emergency everybody who may announce does that.

        Raises:
            NoSuchAnnouncement: it has started, or is gone.
        """
        stored = await self._rows.find(code)
        if stored is None or stored.state not in ("approval", "scheduled"):
            raise NoSuchAnnouncement
        return self._back_to_draft(visit, stored, "announcement taken back")

    def _back_to_draft(self, visit: Visit, stored: StoredAnnouncement, action: str) -> Draft:
        values: dict[str, Any] = {"state": "draft", "approver_id": None, "updated_at": visit.now}
        self._write(visit, stored.code, values, states=(stored.state,))
        audit(visit, action, subject=stored.code)
        return draft_of(StoredAnnouncement(**{**vars(stored), **values}))

    async def kept_audiences(self) -> list[KeptAudience]:
        """Audiences under a name, by name."""
        return await self._audiences.kept()

    def keep_audience(self, visit: Visit, name: str, audience: Audience) -> None:
        """Keep an audience under a name; one that has it already is replaced."""

        async def write(connection: AsyncConnection) -> None:
            await self._audiences.keep(connection, name, audience, actor_id=visit.person.id, now=visit.now)

        visit.writes[f"audience {name}"] = write
        audit(visit, "audience kept", subject=name)

    def forget_audience(self, visit: Visit, kept: KeptAudience) -> None:
        """Forget an audience; announcements that used it are as before."""

        async def write(connection: AsyncConnection) -> None:
            await self._audiences.forget(connection, kept.id)

        visit.writes[f"audience {kept.id}"] = write
        audit(visit, "audience forgotten", subject=kept.name)

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
