"""What members of staff may do. Their role comes with every update, so taking it away takes effect at once."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.audit import of_person, record
from bot.services.visit import Visit

__all__ = ["RIGHTS", "Right", "Role", "audit", "may", "of_person", "rights_of"]


class Role(StrEnum):
    """What somebody is among the staff."""

    REVIEWER = "reviewer"
    ANNOUNCER = "announcer"
    ADMINISTRATOR = "administrator"


class Right(StrEnum):
    """What a role allows."""

    REVIEW = "review"
    ANNOUNCE = "announce"
    ADMINISTRATE = "administrate"


RIGHTS: Final[Mapping[Role, frozenset[Right]]] = {
    Role.REVIEWER: frozenset({Right.REVIEW}),
    Role.ANNOUNCER: frozenset({Right.ANNOUNCE}),
    Role.ADMINISTRATOR: frozenset(Right),
}


def rights_of(role: str | None) -> frozenset[Right]:
    """What a role allows; nothing for no role, or for one that this program does not know."""
    return RIGHTS[Role(role)] if role in set(Role) else frozenset()


def may(visit: Visit, right: Right) -> bool:
    """Whether the person of this update has the right now."""
    return right in rights_of(visit.role)


def audit(visit: Visit, action: str, *, subject: str | int | None = None, **details: Any) -> None:
    """Write down what the person does, together with what they change. `subject`: the code of an application, the
    number of whatever it is about; a person is named by `of_person(id)` here, and never in the details: what names
    them goes when their data is erased."""

    async def write(connection: AsyncConnection) -> None:
        await record(
            connection,
            action,
            now=visit.now,
            actor_id=visit.person.id,
            subject=None if subject is None else str(subject),
            details=details,
        )

    visit.writes[f"audit {len(visit.writes)}"] = write
