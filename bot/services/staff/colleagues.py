"""Other members of staff, as far as one writes to them."""

from __future__ import annotations

from dataclasses import dataclass

from bot.db.staff import StaffRepository
from bot.services.staff.staff import RIGHTS, Right, Role
from bot.services.visit import Lang


@dataclass(frozen=True)
class Colleague:
    """Somebody on the staff who has written to the bot, so that the bot can write to them."""

    person_id: int
    language: Lang


class Colleagues:
    """Finds colleagues."""

    def __init__(self, staff: StaffRepository) -> None:
        self._staff = staff

    async def who_may(self, right: Right, *, besides: int) -> list[Colleague]:
        """Everybody with a right, but for one person."""
        members = await self._staff.members()
        return [
            Colleague(one.person_id, "id" if one.language == "id" else "en")
            for one in members
            if one.language is not None
            and one.person_id != besides
            and one.role in set(Role)
            and right in RIGHTS[Role(one.role)]
        ]

    async def language_of(self, person_id: int) -> Lang:
        """In which somebody is spoken to."""
        return "en" if await self._staff.language_of(person_id) == "en" else "id"
