"""Who is on the staff: giving roles, changing them, taking them away.

Every change is checked again in the transaction that writes it. What does not hold by then is no change: the update is
handled again and its handler sees what there is now.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.audit import of_person, record
from bot.db.staff import StaffRepository, StoredMember, revoke_invites_of
from bot.errors import LastAdministrator, NamedInSettings, NoSuchMember, Overtaken
from bot.services.staff.staff import Role
from bot.services.visit import LANGUAGES, Menu, Visit

LONGEST_NAME: Final = 130
"""Characters: first and last name as Telegram allows them, and the space between them."""


@dataclass(frozen=True)
class Member:
    """Somebody on the staff."""

    person_id: int
    role: Role
    name: str | None
    """None while they have not been seen."""
    granted_by: str | None
    """Name or number of whoever gave the role; None for those of STAFF_IDS."""
    granted_at: datetime
    is_named_in_settings: bool
    is_last_administrator: bool
    is_me: bool
    """Whether it is the person who looks."""

    @property
    def called(self) -> str:
        """The name, or the number where no name is known."""
        return self.name or str(self.person_id)

    @property
    def is_settled(self) -> bool:
        """Whether the role cannot be changed in the chat."""
        return self.is_named_in_settings or self.is_last_administrator


class TeamService:
    """Use cases of administrators. `named` are the administrators of STAFF_IDS."""

    def __init__(self, staff: StaffRepository, named: Set[int]) -> None:
        self._staff = staff
        self._named = named

    async def members(self, visit: Visit, *, my_name: str | None = None) -> tuple[Member, ...]:
        """Everybody on the staff, administrators first. `my_name`: what the one who looks is called."""
        found = self._members(visit, await self._staff.members())
        return tuple(replace(one, name=my_name) if one.is_me and my_name else one for one in found)

    async def member(self, visit: Visit, person_id: int) -> Member:
        """One of them.

        Raises:
            NoSuchMember: no role (any more).
        """
        for one in await self.members(visit):
            if one.person_id == person_id:
                return one
        raise NoSuchMember

    async def add(self, visit: Visit, person_id: int, name: str, role: Role) -> tuple[Member, bool]:
        """Give a role to somebody. Whoever has one keeps it, and False is returned with them."""
        try:
            return await self.member(visit, person_id), False
        except NoSuchMember:
            pass
        name = name[:LONGEST_NAME]

        async def write(connection: AsyncConnection) -> None:
            allowed = await self._staff.lock_for(connection, visit.person.id)
            by, now = visit.person.id, visit.now
            if not allowed or not await self._staff.add(connection, person_id, role, name=name, by=by, now=now):
                raise Overtaken
            await _write_down(connection, visit, "role given", person_id, role=role.value, way="forwarded message")

        visit.writes[f"staff {person_id}"] = write
        await self._show_menu(visit, person_id, role)
        return self._new(visit, person_id, name, role), True

    async def change_role(self, visit: Visit, person_id: int, role: Role) -> Member:
        """Another role for somebody who has one.

        Raises:
            NoSuchMember: they have none (any more).
            NamedInSettings: their role comes from STAFF_IDS.
            LastAdministrator: nobody else could give roles.
        """
        member = await self._changeable(visit, person_id)
        me = await self.member(visit, visit.person.id)
        if member.role is role:
            return member

        async def write(connection: AsyncConnection) -> None:
            allowed = await self._staff.lock_for(connection, visit.person.id)
            by, now = visit.person.id, visit.now
            if not allowed or not await self._staff.set_role(connection, person_id, role, by=by, now=now):
                raise Overtaken
            if role is not Role.ADMINISTRATOR:
                await revoke_invites_of(connection, person_id, now)
            changed = {"from": member.role.value, "to": role.value}
            await _write_down(connection, visit, "role changed", person_id, **changed)

        visit.writes[f"staff {person_id}"] = write
        await self._show_menu(visit, person_id, role)
        return replace(member, role=role, granted_by=me.called, granted_at=visit.now)

    async def remove(self, visit: Visit, person_id: int) -> Member:
        """Take a role away; the person's next update is that of an applicant. Returns who it was.

        Raises:
            NoSuchMember: they have none (any more).
            NamedInSettings: their role comes from STAFF_IDS.
            LastAdministrator: nobody else could give roles.
        """
        member = await self._changeable(visit, person_id)

        async def write(connection: AsyncConnection) -> None:
            allowed = await self._staff.lock_for(connection, visit.person.id)
            if not allowed or not await self._staff.remove(connection, person_id):
                raise Overtaken
            await revoke_invites_of(connection, person_id, visit.now)
            await _write_down(connection, visit, "role taken away", person_id, role=member.role.value)

        visit.writes[f"staff {person_id}"] = write
        await self._show_menu(visit, person_id, None)
        return member

    async def note_name(self, visit: Visit, name: str) -> None:
        """Remember what a member of staff is called, for the others."""
        name = name[:LONGEST_NAME]
        mine = await self._staff.member(visit.person.id)
        if mine is None or mine.name == name:
            return

        async def write(connection: AsyncConnection) -> None:
            await self._staff.set_name(connection, visit.person.id, name)

        visit.writes["staff name"] = write

    async def _changeable(self, visit: Visit, person_id: int) -> Member:
        member = await self.member(visit, person_id)
        if member.is_named_in_settings:
            raise NamedInSettings
        if member.is_last_administrator:
            raise LastAdministrator
        return member

    async def _show_menu(self, visit: Visit, person_id: int, role: Role | None) -> None:
        """The menu goes with the role. Whoever has never written has no chat to show it in; they get it with /start."""
        if person_id == visit.person.id:
            visit.role = role.value if role else None
            visit.menus[person_id] = Menu(visit.lang, visit.role)
            return
        found = await self._staff.language_of(person_id)
        language = next((lang for lang in LANGUAGES if lang == found), None)
        if language is not None:
            visit.menus[person_id] = Menu(language, role.value if role else None)

    def _members(self, visit: Visit, stored: list[StoredMember]) -> tuple[Member, ...]:
        names = {one.person_id: one.name for one in stored}
        administrators = [one for one in stored if one.role == Role.ADMINISTRATOR]
        return tuple(
            Member(
                person_id=one.person_id,
                role=Role(one.role),
                name=one.name,
                granted_by=None if one.granted_by is None else names.get(one.granted_by) or str(one.granted_by),
                granted_at=one.granted_at,
                is_named_in_settings=one.person_id in self._named and one.role == Role.ADMINISTRATOR,
                is_last_administrator=administrators == [one],
                is_me=one.person_id == visit.person.id,
            )
            for one in stored
            if one.role in set(Role)
        )

    @staticmethod
    def _new(visit: Visit, person_id: int, name: str, role: Role) -> Member:
        return Member(person_id, role, name, None, visit.now, False, False, person_id == visit.person.id)


async def _write_down(connection: AsyncConnection, visit: Visit, action: str, person_id: int, **details: str) -> None:
    """A line of the log about somebody's role, in the transaction that changes it."""
    me = visit.person.id
    await record(connection, action, now=visit.now, actor_id=me, subject=of_person(person_id), details=details)
