"""What belongs to staff that may review is not there for anybody else, whichever button they get hold of."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from aiogram.filters.callback_data import CallbackData

from bot.config import Settings
from bot.sandbox import Sandbox
from handlers.review import callbacks
from handlers.review.callbacks import (
    Decide,
    NextItem,
    OpenFiles,
    OpenItem,
    Pipeline,
    PipelinePerson,
    RemindAll,
    ReopenItem,
    ReviewFilter,
    ReviewQueue,
    UndoDecision,
)
from tests.handlers.pressing import change, press, rows, the_button
from tests.handlers.reviewing import handed_in, hire
from tests.support.chat import ChatClient
from tests.support.clock import TestClock

KIND = "student_outbound_national"
NOW = int(TestClock().now().timestamp()) // 60

BUTTONS: dict[str, Callable[[str, int, str, int], CallbackData]] = {
    "queue": lambda _code, _item, _version, _decision: ReviewQueue(),
    "next": lambda _code, _item, _version, _decision: NextItem(),
    "skip": lambda _code, item, _version, _decision: NextItem(skip=item),
    "open": lambda _code, item, _version, _decision: OpenItem(item=item),
    "files": lambda _code, item, _version, _decision: OpenFiles(item=item),
    "accept": lambda _code, item, version, _decision: Decide(item=item, version=version, decision="a"),
    "return": lambda _code, item, version, _decision: Decide(item=item, version=version, decision="r"),
    "unreadable": lambda _c, item, version, _d: Decide(item=item, version=version, decision="r", reason="unreadable"),
    "in words": lambda _c, item, version, _d: Decide(item=item, version=version, decision="r", reason="other"),
    "waive": lambda _c, item, version, _d: Decide(item=item, version=version, decision="w", reason="on_file"),
    "undo": lambda _code, _item, _version, decision: UndoDecision(decision=decision),
    "reopen": lambda _code, item, _version, _decision: ReopenItem(item=item + 1),
    "filters": lambda _code, _item, _version, _decision: ReviewFilter(),
    "filter": lambda _code, _item, _version, _decision: ReviewFilter(by="t", value=KIND),
    "pipeline": lambda _code, _item, _version, _decision: Pipeline(),
    "people": lambda _code, _item, _version, _decision: Pipeline(mobility=KIND, bucket="unclear"),
    "person": lambda code, _item, _version, _decision: PipelinePerson(code=code),
    "remind": lambda _code, _item, _version, _decision: RemindAll(mobility=KIND, bucket="unclear"),
    "remind now": lambda _code, _item, _version, _decision: RemindAll(mobility=KIND, bucket="unclear", asked=NOW),
}
TABLES = (
    "SELECT * FROM checklist_items",
    "SELECT * FROM item_moves",
    "SELECT * FROM review_claims",
    "SELECT * FROM review_decisions",
    "SELECT key, state, due FROM deliveries",
    "SELECT * FROM audit",
)


async def test_every_button_is_tried() -> None:
    made = {type(make("abcd2345", 1, "abcdef", 1)) for make in BUTTONS.values()}
    there = {
        one
        for one in vars(callbacks).values()
        if isinstance(one, type) and issubclass(one, CallbackData) and one is not CallbackData
    }
    assert made == there


async def prepared(john: ChatClient, settings: Settings) -> tuple[str, int, str, int]:
    """An item that waits and one that is decided: code, numbers and version of what there is."""
    code, _keys = await handed_in(john, 2)
    rita = john.other("Rita", language="en")
    hire(settings, rita)
    await rita.say("/review")
    await press(rita, NextItem)
    await press(rita, Decide, decision="a")
    waiting = Decide.unpack(the_button(rita, Decide, decision="a").data)
    ((decision,),) = rows(settings, "SELECT id FROM review_decisions")
    change(settings, "DELETE FROM review_claims")
    return code, waiting.item, waiting.version, decision


@pytest.mark.parametrize("role", [None, "announcer", "reviewer no more"])
async def test_no_button_changes_or_reveals_anything(john: ChatClient, settings: Settings, role: str | None) -> None:
    there = await prepared(john, settings)
    eve = john.other("Eve", language="en")
    await eve.start()
    if role is not None:
        hire(settings, eve, role.partition(" ")[0])
    if role == "reviewer no more":
        await eve.say("/review")
        change(settings, "DELETE FROM staff WHERE person_id = ?", eve.person.id)
    before, said = [rows(settings, table) for table in TABLES], list(eve.said)
    for button, make in BUTTONS.items():
        await eve.tap(make(*there).pack(), eve.screen.message_id)
        assert [rows(settings, table) for table in TABLES] == before, button
        assert eve.said == said, button
    assert not any("John" in notice or "CV" in notice for notice in eve.notices)


@pytest.mark.parametrize("command", ["/review", "/pipeline"])
async def test_the_commands_are_unknown_to_everybody_else(john: ChatClient, command: str) -> None:
    await john.say("/nonsense_command")
    unknown = john.screen.text
    await john.say(command)
    assert john.screen.text.splitlines()[0] == unknown.splitlines()[0]


async def test_a_reason_typed_by_somebody_who_may_no_longer_review_decides_nothing(
    john: ChatClient, settings: Settings
) -> None:
    await handed_in(john)
    rita = john.other("Rita", language="en")
    hire(settings, rita)
    await rita.say("/review")
    await press(rita, NextItem)
    await press(rita, Decide, decision="r")
    await press(rita, Decide, decision="r", reason="other")
    change(settings, "DELETE FROM staff")
    await rita.say("/status")
    await rita.say("no")
    assert rows(settings, "SELECT status FROM checklist_items") == [("submitted",)]


async def test_in_a_group_nothing_of_it_is_shown(john: ChatClient, sandbox: Sandbox, settings: Settings) -> None:
    there = await prepared(john, settings)
    rita = john.other("Rita", language="en")
    group = sandbox.group("Office", [rita.person])
    for command in ("/review", "/pipeline"):
        await rita.person.say(command, group=group)
        await rita.quiet()
        assert "private chat" in group.screen.text
    for make in BUTTONS.values():
        await rita.person.tap(make(*there).pack(), group.screen.message_id, group=group)
        await rita.quiet()
        assert "CV" not in group.screen.text
    assert rows(settings, "SELECT count(*) FROM review_claims") == [(0,)]
