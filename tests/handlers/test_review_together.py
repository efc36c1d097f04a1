"""Several at once: reviewers who reach for the same item, applicants who change what is being looked at."""

from __future__ import annotations

import asyncio

import pytest

from bot.config import Settings
from handlers.applications.callbacks import Mark
from handlers.review.callbacks import Decide, NextItem, OpenFiles, OpenItem
from handlers.uploads.callbacks import Upload
from tests.handlers.pressing import buttons, change, press, rows, the_button
from tests.handlers.reviewing import begun, handed_in, hired, statuses, told
from tests.support.chat import ChatClient


@pytest.fixture
def rita(john: ChatClient, settings: Settings) -> ChatClient:
    """A reviewer who speaks English."""
    return hired(john, settings, "Rita")


@pytest.fixture
def sari(john: ChatClient, settings: Settings) -> ChatClient:
    """Another one, who speaks Indonesian."""
    return hired(john, settings, "Sari", language="id")


async def test_the_second_reviewer_gets_the_next_item_and_may_take_over(
    john: ChatClient, rita: ChatClient, sari: ChatClient, settings: Settings
) -> None:
    await handed_in(john, 2)
    await begun(rita)
    rita_has, accept = rita.screen.text, the_button(rita, Decide, decision="a")
    await begun(sari)
    assert "CV" in rita_has
    assert "CV" not in sari.screen.text
    await sari.say("/review")
    assert "🔒 Rita" in sari.screen.text
    await press(sari, OpenItem)
    assert "Sedang diperiksa Rita" in sari.screen.text
    assert not buttons(sari, Decide)
    await sari.press(next(one for one in buttons(sari, OpenItem) if OpenItem.unpack(one.data).over))
    assert buttons(sari, Decide)
    await rita.press(accept)
    assert "Nothing is decided" in rita.screen.text
    assert "Sari" in rita.screen.text
    assert statuses(settings) == ["submitted", "submitted"]


async def test_a_whole_office_at_once_gets_an_item_each(john: ChatClient, settings: Settings) -> None:
    await handed_in(john, 5)
    office = [hired(john, settings, f"Reviewer {number}") for number in range(5)]
    for one in office:
        await one.say("/review")
    first = [the_button(one, NextItem) for one in office]
    await asyncio.gather(*(one.person.press(button) for one, button in zip(office, first, strict=True)))
    await john.quiet()
    claims = rows(settings, "SELECT item_id, reviewer_id FROM review_claims")
    assert len(claims) == len({reviewer for _, reviewer in claims}) == len(office)
    on_screen = {Decide.unpack(the_button(one, Decide, decision="a").data).item: one.person.id for one in office}
    assert on_screen == dict(claims)


async def test_where_colleagues_have_everything_before_them_it_says_so_and_what_to_do(
    john: ChatClient, rita: ChatClient, sari: ChatClient
) -> None:
    await handed_in(john)
    await begun(rita)
    assert "Colleagues are looking" not in rita.screen.text
    await begun(sari)
    assert "Semuanya sedang diperiksa rekan" in sari.screen.text
    await press(sari, OpenItem)
    await sari.press(next(one for one in buttons(sari, OpenItem) if OpenItem.unpack(one.data).over))
    assert buttons(sari, Decide)
    await begun(rita)
    assert "Colleagues are looking at everything here" in rita.screen.text


async def test_later_puts_an_item_off(john: ChatClient, rita: ChatClient) -> None:
    await handed_in(john, 2)
    await begun(rita)
    assert "CV" in rita.screen.text
    await press(rita, NextItem)
    assert "CV" not in rita.screen.text
    await press(rita, NextItem)
    assert "CV" in rita.screen.text


async def test_what_the_applicant_changed_meanwhile_is_not_decided(
    john: ChatClient, rita: ChatClient, settings: Settings
) -> None:
    code, (key,) = await handed_in(john)
    await begun(rita)
    await john.tap(Mark(code=code, key=key, status="t").pack(), john.screen.message_id)
    await press(rita, Decide, decision="a")
    assert "Nothing is decided" in rita.screen.text
    assert "taken it back" in rita.screen.text
    assert statuses(settings) == ["todo"]
    assert told(settings) == []


async def test_a_file_that_came_after_the_card_is_seen_before_it_is_decided(
    john: ChatClient, rita: ChatClient, settings: Settings
) -> None:
    code, (key,) = await handed_in(john)
    await begun(rita)
    await john.tap(Upload(code=code, key=key).pack(), john.screen.message_id)
    await john.upload("cv.pdf", b"%PDF-1.4\n%%EOF\n")
    await press(rita, Decide, decision="r")
    assert "Nothing is decided" in rita.screen.text
    assert "cv.pdf" in rita.screen.text
    await press(rita, Decide, decision="a")
    assert statuses(settings) == ["accepted"]


async def test_ones_own_item_is_left_to_a_colleague(john: ChatClient, rita: ChatClient, settings: Settings) -> None:
    await handed_in(rita)
    await rita.say("/review")
    assert "Nothing waits" in rita.screen.text
    ((item,),) = rows(settings, "SELECT id FROM checklist_items")
    for tap in (OpenItem(item=item), OpenFiles(item=item), Decide(item=item, version="x", decision="a")):
        await rita.tap(tap.pack(), rita.screen.message_id)
        assert "your own application" in rita.screen.text
    assert statuses(settings) == ["submitted"]


async def test_an_item_that_is_gone_leads_back_to_the_queue(
    john: ChatClient, rita: ChatClient, settings: Settings
) -> None:
    await handed_in(john)
    await begun(rita)
    accept = the_button(rita, Decide, decision="a")
    change(settings, "DELETE FROM applications")
    change(settings, "DELETE FROM checklist_items")
    await rita.press(accept)
    assert "This item is gone" in rita.screen.text
    assert "Nothing waits" in rita.screen.text
