"""Inviting somebody to the staff by a link that works once. Of its token only the hash is kept."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.audit import of_person, record
from bot.db.staff import StaffRepository, lock
from bot.db.staff_invites import StaffInviteRepository, StoredInvite
from bot.errors import NoSuchInvite, Overtaken
from bot.services.staff.staff import Role
from bot.services.staff.team import LONGEST_NAME
from bot.services.visit import Menu, Visit, Write

PREFIX: Final = "staff_"
"""How the payload of such a link begins."""
VALID_FOR: Final = timedelta(days=3)
TOKEN_BYTES: Final = 24
"""Random bytes of a token: nobody guesses it, and it fits the 64 characters of a link."""
HANDLE: Final = 12
"""Characters of the hash by which a button names an invitation."""
RECENT: Final = 30
"""Invitations that can be looked at."""

InviteState = Literal["open", "used", "revoked", "expired"]


@dataclass(frozen=True)
class Invite:
    """An invitation, without its token: that is shown once and kept nowhere."""

    handle: str
    role: Role
    created_by: str | None
    """Name or number."""
    created_at: datetime
    expires_at: datetime
    state: InviteState
    used_by: str | None
    used_at: datetime | None


@dataclass(frozen=True)
class Arrival:
    """What became of somebody who opened a link: `welcome` on the staff; on it `already`, so that the link stays for
    somebody else; here `again` by the link that brought them; or the link is `closed`."""

    kind: Literal["welcome", "already", "again", "closed"]
    role: Role | None = None


class InviteService:
    """Use cases of invitations."""

    def __init__(self, invites: StaffInviteRepository, staff: StaffRepository) -> None:
        self._invites = invites
        self._staff = staff

    def create(self, visit: Visit, role: Role) -> tuple[Invite, str]:
        """A new invitation with the payload of its link."""
        token = secrets.token_urlsafe(TOKEN_BYTES)
        hashed, until = _hash(token), visit.now + VALID_FOR

        async def write(connection: AsyncConnection) -> None:
            me = visit.person.id
            if not await self._staff.lock_for(connection, me):
                raise Overtaken
            await self._invites.insert(connection, hashed, role, by=me, now=visit.now, until=until)
            details = {"role": role.value, "until": until.isoformat(timespec="minutes")}
            subject = _subject(hashed)
            await record(connection, "invitation made", now=visit.now, actor_id=me, subject=subject, details=details)

        visit.writes[f"invite {hashed}"] = write
        invite = Invite(hashed[:HANDLE], role, None, visit.now, until, "open", None, None)
        return invite, f"{PREFIX}{token}"

    async def recent(self, visit: Visit) -> tuple[Invite, ...]:
        """The last invitations, newest first."""
        names = {one.person_id: one.name for one in await self._staff.members()}
        return tuple(_shown(one, names, visit.now) for one in await self._invites.newest(RECENT))

    async def revoke(self, visit: Visit, handle: str) -> Invite:
        """Close an invitation; one that nobody can use any more stays as it is. Returns it as it was.

        Raises:
            NoSuchInvite: none of the recent ones.
        """
        found = [one for one in await self._invites.newest(RECENT) if one.token_hash[:HANDLE] == handle]
        if not found:
            raise NoSuchInvite
        stored = found[0]

        async def write(connection: AsyncConnection) -> None:
            me = visit.person.id
            if not await self._staff.lock_for(connection, me):
                raise Overtaken
            if await self._invites.revoke(connection, stored.token_hash, visit.now):
                subject = _subject(stored.token_hash)
                await record(connection, "invitation revoked", now=visit.now, actor_id=me, subject=subject)

        if stored.is_open(visit.now):
            visit.writes[f"invite {stored.token_hash}"] = write
        return _shown(stored, {}, visit.now)

    async def arrive(self, visit: Visit, payload: str, name: str) -> Arrival:
        """Somebody opened a link. Whoever is on the staff already stays what they are and leaves the link unused."""
        stored = await self._invites.with_hash(_hash(payload.removeprefix(PREFIX)))
        if visit.role is not None:
            if stored is not None and stored.used_by == visit.person.id:
                return Arrival("again", Role(visit.role))
            is_open = stored is not None and stored.is_open(visit.now)
            return Arrival("already" if is_open else "closed", Role(visit.role))
        if stored is None or not stored.is_open(visit.now) or stored.role not in set(Role):
            return Arrival("closed")
        role = Role(stored.role)
        visit.role = role.value
        visit.menus[visit.person.id] = Menu(visit.lang, visit.role)
        visit.writes["arrival"] = self._arrival(visit, stored, role, name[:LONGEST_NAME])
        return Arrival("welcome", role)

    def _arrival(self, visit: Visit, stored: StoredInvite, role: Role, name: str) -> Write:
        async def write(connection: AsyncConnection) -> None:
            await lock(connection)
            me, now = visit.person.id, visit.now
            if not await self._invites.use(connection, stored.token_hash, me, name, now):
                raise Overtaken
            if not await self._staff.add(connection, me, role, name=name, by=stored.created_by, now=now):
                raise Overtaken
            details = {"role": role.value, "way": "invitation", "invitation": _number(stored.token_hash)}
            await record(connection, "role given", now=now, actor_id=me, subject=of_person(me), details=details)

        return write


def is_invite(payload: str | None) -> bool:
    """Whether a link's payload is that of an invitation."""
    return payload is not None and payload.startswith(PREFIX)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _number(token_hash: str) -> str:
    """What an invitation is called in the log: it leads to no link."""
    return token_hash[:HANDLE]


def _subject(token_hash: str) -> str:
    return f"invitation {_number(token_hash)}"


def _shown(stored: StoredInvite, names: dict[int, str | None], now: datetime) -> Invite:
    def called(person_id: int | None) -> str | None:
        return None if person_id is None else names.get(person_id) or str(person_id)

    return Invite(
        handle=stored.token_hash[:HANDLE],
        role=Role(stored.role),
        created_by=called(stored.created_by),
        created_at=stored.created_at,
        expires_at=stored.expires_at,
        state=_state(stored, now),
        used_by=stored.used_name or called(stored.used_by),
        used_at=stored.used_at,
    )


def _state(stored: StoredInvite, now: datetime) -> InviteState:
    if stored.used_at is not None:
        return "used"
    if stored.revoked_at is not None:
        return "revoked"
    return "open" if now < stored.expires_at else "expired"
