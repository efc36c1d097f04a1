"""Keeping a result, ticking its checklist, and what others cannot do to it."""

from __future__ import annotations

import pytest

from bot.app import App
from bot.config import Settings
from bot.sandbox import Sandbox
from handlers.applications.callbacks import (
    Checklist,
    Continue,
    ItemCard,
    Keep,
    Mark,
    MyApplications,
    Remove,
    Rename,
)
from handlers.callbacks import Answer, Check, Result
from knowledge import Knowledge
from tests.handlers.pressing import buttons, change, press, rows, the_button
from tests.support.bot import bot_at_work
from tests.support.chat import ChatClient
from tests.support.clock import TestClock

OUTBOUND = "type_student_outbound_national"


async def kept(chat: ChatClient, payload: str = OUTBOUND) -> str:
    """Keep what a link says of somebody, open the checklist; the code of the application."""
    await chat.start(payload)
    await chat.say("/status")
    await press(chat, Keep)
    code = Checklist.unpack((await press(chat, Checklist)).data).code
    assert code
    return code


@pytest.mark.parametrize("lang", ["id", "en"])
async def test_progress_survives_a_restart(
    settings: Settings, sandbox: Sandbox, clock: TestClock, knowledge: Knowledge, lang: str
) -> None:
    person = sandbox.person("Rina", language=lang)
    async with bot_at_work(settings, clock, knowledge) as app:
        rina = ChatClient(sandbox, person, app.inbox.settled)
        code = await kept(rina)
        assert "0/" in rina.screen.text
        await press(rina, ItemCard, key=ItemCard.unpack(buttons(rina, ItemCard)[1].data).key)
        key = Mark.unpack(buttons(rina, Mark)[0].data).key
        await press(rina, Mark, status="h")
        assert " 1/" in rina.screen.text
        await press(rina, Mark, status="t")
        assert " 0/" in rina.screen.text
        await press(rina, Mark, status="s")
        on_the_card = rina.screen
    async with bot_at_work(settings, clock, knowledge) as app:
        rina = ChatClient(sandbox, person, app.inbox.settled)
        await rina.tap(Mark(code=code, key=key, status="s").pack(), on_the_card.message_id)
        assert rina.screen.text == on_the_card.text
        await rina.say("/status")
        assert "▰" in rina.screen.text
        await press(rina, Checklist)
        assert "2. 📨" in rina.screen.text


async def test_a_tick_is_set_and_not_toggled(john: ChatClient, settings: Settings) -> None:
    await kept(john)
    await press(john, ItemCard)
    first = await press(john, Mark, status="h")
    await john.tap(first.data, john.screen.message_id)
    assert "You have it" in john.screen.text
    assert rows(settings, "SELECT from_status, to_status FROM item_moves") == [("todo", "have")]


async def test_keeping_twice_keeps_once(john: ChatClient, settings: Settings) -> None:
    await john.start(OUTBOUND)
    await john.say("/status")
    keep = the_button(john, Keep)
    await john.press(keep)
    await john.tap(keep.data, keep.message_id)
    assert "already kept" in john.screen.text
    assert len(rows(settings, "SELECT code FROM applications")) == 1


async def test_a_kept_result_can_be_named_by_typing(john: ChatClient) -> None:
    await john.start(OUTBOUND)
    await john.say("/status")
    await press(john, Keep)
    await john.say("x" * 61)
    assert "1 to 60 characters" in john.screen.text
    await john.say("  My <b>Bali</b>   semester & more ")
    assert "My <b>Bali</b> semester & more" in john.screen.text
    await john.say("/status")
    assert "My <b>Bali</b> semester & more" in john.screen.text


async def test_a_text_typed_later_is_no_name(john: ChatClient, settings: Settings) -> None:
    await kept(john)
    await john.say("hello there")
    assert rows(settings, "SELECT name FROM applications") != [("hello there",)]
    assert "Ask me anything" in john.screen.text


async def test_nobody_else_can_open_or_change_an_application(john: ChatClient, settings: Settings) -> None:
    code = await kept(john)
    key = ItemCard.unpack(buttons(john, ItemCard)[0].data).key
    await press(john, Rename)
    await john.say("Secret plan")
    before = rows(settings, "SELECT * FROM applications"), rows(settings, "SELECT * FROM item_moves")
    eve = john.other("Eve", language="en")
    taps = [
        Checklist(code=code),
        ItemCard(code=code, key=key),
        Mark(code=code, key=key, status="h"),
        Rename(code=code),
        Remove(code=code),
        Remove(code=code, sure=True),
        Continue(code=code, sure=True),
    ]
    for tap in taps:
        await eve.start("type_student_inbound_international")
        await eve.tap(tap.pack(), eve.screen.message_id)
        assert "no longer here" in eve.screen.text, tap
        await eve.say("a new name")
    assert not any("Secret" in said for said in eve.said)
    assert (rows(settings, "SELECT * FROM applications"), rows(settings, "SELECT * FROM item_moves")) == before
    await john.say("/status")
    assert "Secret plan" in john.screen.text


async def test_an_application_is_removed_after_asking(john: ChatClient, settings: Settings) -> None:
    await kept(john)
    asked = await press(john, Remove, sure=False)
    assert "the files you sent" in john.screen.text
    await press(john, Checklist)
    assert rows(settings, "SELECT count(*) FROM applications") == [(1,)]
    await john.tap(asked.data, john.screen.message_id)
    sure = await press(john, Remove, sure=True)
    assert "is removed" in john.screen.text
    assert "kept nothing yet" in john.screen.text
    assert rows(settings, "SELECT count(*) FROM applications") == [(0,)]
    assert rows(settings, "SELECT answers FROM people") == [("{}",)]
    await john.tap(sure.data, john.screen.message_id)
    assert "no longer here" in john.screen.text


async def test_several_applications_stand_side_by_side(john: ChatClient, settings: Settings) -> None:
    first = await kept(john)
    await john.start("prog_darmasiswa")
    await john.say("/status")
    assert "not kept yet" in john.screen.text
    await press(john, Keep)
    await john.say("/status")
    assert len(buttons(john, Checklist)) == 2
    await press(john, Checklist, code=first)
    assert rows(settings, "SELECT application FROM people") == [(first,)]


async def test_answers_that_are_not_kept_are_not_thrown_away_unasked(john: ChatClient, settings: Settings) -> None:
    first = await kept(john)
    await john.start("prog_darmasiswa")
    await john.say("/status")
    await press(john, Checklist, code=first)
    await press(john, Continue)
    assert "not kept yet" in john.screen.text
    assert "darmasiswa" in rows(settings, "SELECT answers FROM people")[0][0]
    await press(john, Continue, sure=True)
    assert rows(settings, "SELECT application FROM people") == [(first,)]
    assert "darmasiswa" not in rows(settings, "SELECT answers FROM people")[0][0]
    assert buttons(john, Answer) or buttons(john, Result)


async def test_a_condition_that_the_answers_meet_is_done(john: ChatClient, settings: Settings) -> None:
    code = await kept(john, "type_student_inbound_international")
    await john.tap(Answer.of("health_and_life_insurance", True).pack(), john.screen.message_id)
    await john.tap(ItemCard(code=code, key="c:insurance").pack(), john.screen.message_id)
    assert "By your answers this is in order" in john.screen.text
    assert " 1/" in john.screen.text
    await press(john, Mark, status="t")
    assert "Not yet" in john.screen.text
    assert " 0/" in john.screen.text


async def test_what_the_staff_decided_is_shown(john: ChatClient, settings: Settings) -> None:
    code = await kept(john)
    keys = [ItemCard.unpack(one.data).key for one in buttons(john, ItemCard)]
    statuses = dict(zip(("accepted", "waived", "returned"), keys, strict=False))
    for status, key in statuses.items():
        change(
            settings,
            "INSERT INTO checklist_items (application_id, list_name, item, status, updated_at)"
            " SELECT id, 'documents', ?, ?, '2027-03-01 00:00:00.000000' FROM applications",
            key.partition(":")[2],
            status,
        )
    await john.say("/status")
    await press(john, Checklist)
    for mark in ("🟢", "➖", "↩️"):
        assert mark in john.screen.text
    for status in ("accepted", "waived"):
        await john.tap(ItemCard(code=code, key=statuses[status]).pack(), john.screen.message_id)
        assert not buttons(john, Mark)
    await john.tap(ItemCard(code=code, key=statuses["returned"]).pack(), john.screen.message_id)
    assert "Returned" in john.screen.text
    assert buttons(john, Mark)


async def test_without_an_application_the_way_to_one_is_shown(john: ChatClient) -> None:
    await john.say("/status")
    assert "kept nothing yet" in john.screen.text
    await press(john, Check)
    assert buttons(john, Answer)


async def test_keep_of_an_old_result_without_answers_keeps_nothing(john: ChatClient, settings: Settings) -> None:
    await john.start()
    await john.tap(Keep().pack(), john.screen.message_id)
    assert "no result to keep" in john.screen.text
    assert rows(settings, "SELECT count(*) FROM applications") == [(0,)]


async def test_an_item_that_is_gone_leads_back(john: ChatClient) -> None:
    code = await kept(john)
    for tap in (ItemCard(code=code, key="d:no_such_paper"), Mark(code=code, key="x:cv", status="h")):
        await john.tap(tap.pack(), john.screen.message_id)
        assert "no longer on your checklist" in john.screen.text
        assert buttons(john, Checklist)


async def test_a_page_that_is_gone_shows_the_last_one(john: ChatClient) -> None:
    code = await kept(john)
    await john.tap(Checklist(code=code, page=99).pack(), john.screen.message_id)
    assert buttons(john, ItemCard)
    await john.tap(MyApplications(page=99).pack(), john.screen.message_id)
    assert buttons(john, Checklist)


async def test_applications_are_not_shown_in_a_group(john: ChatClient, sandbox: Sandbox, app: App) -> None:
    code = await kept(john)
    await press(john, Rename)
    await john.say("Secret plan")
    group = sandbox.group("Friends", [john.person])
    await john.person.say("/status", group=group)
    await john.quiet()
    assert "Secret plan" not in group.screen.text
    assert "private chat" in group.screen.text
    await john.person.tap(Checklist(code=code).pack(), group.screen.message_id, group=group)
    await john.quiet()
    assert "Secret plan" not in group.screen.text
    assert "private chat" in john.notices[-1]


@pytest.mark.parametrize("status", ["accepted", "waived"])
async def test_an_old_button_does_not_undo_what_the_staff_settled(
    john: ChatClient, settings: Settings, status: str
) -> None:
    code = await kept(john)
    await press(john, ItemCard)
    pressed = await press(john, Mark, status="h")
    change(settings, "UPDATE checklist_items SET status = ?", status)
    await john.tap(Mark(code=code, key=Mark.unpack(pressed.data).key, status="t").pack(), john.screen.message_id)
    assert rows(settings, "SELECT status FROM checklist_items") == [(status,)]
    assert "already settled" in john.notices[-1]
    assert not buttons(john, Mark)
