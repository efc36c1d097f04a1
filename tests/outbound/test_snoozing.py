"""What is put off or muted, and comes back."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest

from bot.errors import NoSuchReminder
from tests.bot.people import BUDI
from tests.outbound.reminder_world import AT_HOST, SELECTION, World


async def snoozed(world: World, how: str) -> date | None:
    """Put off what came today."""
    visit = await world.office.visit()
    day = await world.office.snoozing.snooze(visit, visit.today, how)
    await world.office.visits.end(visit)
    return day


@pytest.mark.parametrize(
    ("how", "heard"), [("1", [13, 7, 3, 1]), ("3", [11, 7, 3, 1]), ("w", [7, 3, 1])], ids=["tomorrow", "3days", "week"]
)
async def test_what_is_put_off_comes_when_it_was_put_off_to(world: World, how: str, heard: list[int]) -> None:
    await world.keep()
    await world.days(SELECTION - timedelta(days=15), SELECTION - timedelta(days=14))
    assert await snoozed(world, how) == SELECTION - timedelta(days=heard[0])
    said = await world.days(SELECTION - timedelta(days=13), SELECTION + timedelta(days=2))
    assert [(SELECTION - day).days for day, _ in said] == heard


async def test_it_cannot_be_put_off_too_late(world: World) -> None:
    await world.keep()
    await world.days(SELECTION - timedelta(days=15), SELECTION - timedelta(days=1))
    assert await snoozed(world, "3") is None
    assert await snoozed(world, "w") is None
    assert await snoozed(world, "1") == SELECTION
    said = await world.days(SELECTION, SELECTION + timedelta(days=2))
    assert [text.count("Today is the last day") for _, text in said] == [1]


async def test_a_deadline_that_is_muted_is_not_heard_of_and_the_others_are(world: World) -> None:
    code = await world.keep()
    await world.days(SELECTION - timedelta(days=15), SELECTION - timedelta(days=14))
    visit = await world.office.visit()
    told = await world.office.snoozing.mute(visit, visit.today, 0)
    await world.office.visits.end(visit)
    assert [(due.code, due.item) for due in told.dues] == [(code, "selection_finished")]
    assert await world.days(SELECTION - timedelta(days=13), SELECTION) == []
    said = await world.days(AT_HOST - timedelta(days=30), AT_HOST)
    assert len(said) == 5


async def test_as_usual_brings_back_what_was_muted(world: World) -> None:
    await world.keep()
    await world.days(SELECTION - timedelta(days=15), SELECTION - timedelta(days=14))
    visit = await world.office.visit()
    came_on = visit.today
    await world.office.snoozing.mute(visit, came_on, None)
    world.office.snoozing.mute_all(visit)
    await world.office.visits.end(visit)
    assert await world.days(SELECTION - timedelta(days=13), SELECTION - timedelta(days=7)) == []
    visit = await world.office.visit()
    await world.office.snoozing.as_usual(visit, came_on)
    await world.office.visits.end(visit)
    said = await world.days(SELECTION - timedelta(days=6), SELECTION)
    assert [(SELECTION - day).days for day, _ in said] == [3, 1]


async def test_a_reminder_of_somebody_else_is_none(world: World) -> None:
    await world.keep()
    await world.days(SELECTION - timedelta(days=15), SELECTION - timedelta(days=14))
    visit = await world.office.visit(BUDI)
    with pytest.raises(NoSuchReminder):
        await world.office.snoozing.snooze(visit, visit.today, "1")


async def test_old_reminders_are_forgotten_and_their_own_are_exported(world: World) -> None:
    await world.keep()
    await world.days(SELECTION - timedelta(days=15), SELECTION - timedelta(days=14))
    visit = await world.office.visit()
    exported = json.loads(await world.office.privacy.export(visit))
    assert [one["day"] for one in exported["reminders"]][-1:] == ["2027-05-05"]
    world.clock.move(timedelta(days=90))
    await world.work()
    assert "2027-05-05" not in str(await world.rows("SELECT day FROM reminders"))
