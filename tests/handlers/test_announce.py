"""/announce: a draft, whom it is for and what it says; and who may not see it."""

from __future__ import annotations

import pytest

from bot.config import Settings
from handlers.announcements.callbacks import (
    About,
    Approve,
    AudienceOf,
    Buttons,
    Confirm,
    Discard,
    Draft,
    Fields,
    Files,
    Group,
    Listed,
    Negate,
    NewDraft,
    OneForAll,
    Preview,
    Saved,
    TakeBack,
    Toggle,
    Values,
    When,
    Write,
)
from tests.handlers.announcing import ABROAD, announcement, drafted
from tests.handlers.pressing import buttons, press, rows
from tests.handlers.reviewing import hire, kept
from tests.support.chat import ChatClient


@pytest.fixture
def dewi(john: ChatClient, settings: Settings) -> ChatClient:
    """Somebody who may announce, and speaks English."""
    dewi = john.other("Dewi", language="en")
    hire(settings, dewi, "announcer")
    return dewi


async def test_a_draft_is_kept_with_every_step_and_found_again(dewi: ChatClient, settings: Settings) -> None:
    await drafted(dewi, "Hello <everybody> & all")
    assert announcement(settings)["content"]["texts"] == {"en": "Hello &lt;everybody&gt; &amp; all"}
    await dewi.say("/announce")
    assert "You have a draft" in dewi.screen.text
    assert "Hello <everybody> & all" in dewi.screen.text
    await press(dewi, Draft)
    assert "1 person gets it" in dewi.screen.text
    await press(dewi, Discard)
    await press(dewi, Discard, sure=True)
    assert announcement(settings)["state"] == "discarded"
    await press(dewi, NewDraft)
    assert "nothing to send yet" in dewi.screen.text


async def test_conditions_find_whom_they_mean(
    dewi: ChatClient, john: ChatClient, ani: ChatClient, settings: Settings
) -> None:
    await kept(john, f"type_{ABROAD}")
    await ani.say("/start")
    await drafted(dewi)
    assert "3 people get it" in dewi.screen.text
    await press(dewi, AudienceOf)
    await press(dewi, Fields, group=0)
    await press(dewi, Values, field="T")
    await press(dewi, Toggle, value=ABROAD)
    assert "1 person gets it" in dewi.screen.text
    await press(dewi, Negate)
    assert "2 people get it" in dewi.screen.text
    await press(dewi, AudienceOf)
    await press(dewi, Fields, group=1)
    await press(dewi, Values, field="T")
    await press(dewi, Toggle, value=ABROAD)
    await press(dewi, AudienceOf)
    assert "3 people get it" in dewi.screen.text
    assert announcement(settings)["audience"].keys() == {"or"}
    await press(dewi, Group, do="drop", group=0)
    assert "1 person gets it" in dewi.screen.text
    await press(dewi, Group, do="all")
    assert announcement(settings)["audience"] == {"all": True}


async def test_an_audience_is_kept_used_and_forgotten(dewi: ChatClient, settings: Settings) -> None:
    await drafted(dewi)
    await press(dewi, AudienceOf)
    await press(dewi, Fields, group=0)
    await press(dewi, Values, field="L")
    await press(dewi, Toggle, value="id")
    await press(dewi, AudienceOf)
    await press(dewi, Saved, do="keep")
    await dewi.say("Readers of Indonesian")
    await press(dewi, Group, do="all")
    await press(dewi, Saved, do="list")
    await press(dewi, Saved, do="use")
    assert "0 people get it" in dewi.screen.text
    await press(dewi, Saved, do="list")
    await press(dewi, Saved, do="drop")
    assert rows(settings, "SELECT name FROM audiences") == []


async def test_a_list_of_people_says_who_is_not_found(dewi: ChatClient, john: ChatClient, settings: Settings) -> None:
    code = await kept(john, f"type_{ABROAD}")
    await drafted(dewi)
    await press(dewi, AudienceOf)
    await press(dewi, Listed)
    await dewi.say(f"{john.person.id}, {code}, nobody_1, {dewi.person.id}")
    assert "2 people found" in dewi.screen.text
    assert "nobody_1" in dewi.screen.text
    assert "1 line was there twice" in dewi.screen.text
    await press(dewi, AudienceOf)
    assert "2 people get it" in dewi.screen.text
    await press(dewi, Listed)
    await dewi.upload("people.csv", f"{john.person.id};x\n".encode())
    assert "1 person found" in dewi.screen.text
    await dewi.say("/announce")
    await press(dewi, Draft)
    await press(dewi, AudienceOf)
    await press(dewi, Listed)
    await dewi.upload("people.xlsx", b"PK\x03\x04 no workbook")
    assert "could not read" in dewi.screen.text
    assert announcement(settings)["audience"]["and"][0]["of"] == [john.person.id]


async def test_files_and_buttons(dewi: ChatClient, settings: Settings) -> None:
    await drafted(dewi)
    await press(dewi, Files)
    await dewi.upload("poster.pdf", b"%PDF-1.4 poster")
    await dewi.upload("form.pdf", b"%PDF-1.4 form")
    assert "2 files" in dewi.screen.text
    await press(dewi, Draft)
    await press(dewi, Buttons)
    await press(dewi, Buttons, do="link")
    await dewi.say("no address")
    await dewi.say("Register here https://unnes.ac.id/x")
    await press(dewi, Buttons, do="status")
    await press(dewi, Buttons, do="topic")
    await dewi.say("passport validity")
    content = announcement(settings)["content"]
    assert [kind for kind, *_ in content["files"]] == ["document", "document"]
    assert [kind for kind, *_ in content["buttons"]] == ["link", "status", "topic"]
    await press(dewi, Draft)
    assert "An album has no buttons" in dewi.screen.text
    assert not buttons(dewi, Confirm)
    await press(dewi, Files)
    await press(dewi, Files, drop=True)
    await press(dewi, Draft)
    assert buttons(dewi, Confirm)
    await press(dewi, Buttons)
    await press(dewi, Buttons, do="drop")
    assert announcement(settings)["content"]["buttons"] == []


async def test_a_kind_of_news_can_be_chosen(dewi: ChatClient, settings: Settings) -> None:
    await drafted(dewi)
    await press(dewi, About)
    await press(dewi, About, category="deadline")
    assert announcement(settings)["category"] == "deadline"
    await dewi.tap(About(code=announcement(settings)["code"], category="result").pack(), dewi.screen.message_id)
    assert announcement(settings)["category"] == "deadline"


@pytest.mark.parametrize("role", ["", "reviewer"])
async def test_who_may_not_announce_finds_no_such_thing(
    dewi: ChatClient, john: ChatClient, settings: Settings, role: str
) -> None:
    await drafted(dewi)
    before = announcement(settings)
    await john.say("/start")
    if role:
        hire(settings, john, role)
    code = before["code"]
    taps = [
        *(kind(code=code) for kind in (Draft, AudienceOf, Listed, Files, Buttons, About, When, Preview, TakeBack)),
        *(NewDraft(), Fields(code=code, group=0), Values(code=code, group=0, field="T")),
        *(Toggle(code=code, group=0, field="T", value=ABROAD), Negate(code=code, group=0, field="T")),
        *(Group(code=code, do="all"), Saved(code=code, do="list"), Write(code=code, lang="en", drop=True)),
        *(OneForAll(code=code, yes=False), Confirm(code=code, sure=True), Discard(code=code, sure=True)),
        *(Approve(code=code, yes=True), Approve(code=code, yes=False)),
    ]
    for tap in taps:
        await john.tap(tap.pack(), john.screen.message_id)
        assert "Hello" not in john.screen.text.replace("Hello, John", "")
    await john.say("/announce")
    assert "draft" not in john.screen.text
    assert announcement(settings) == before
    assert len(rows(settings, "SELECT id FROM announcements")) == 1


async def test_the_draft_of_a_colleague_is_theirs(dewi: ChatClient, john: ChatClient, settings: Settings) -> None:
    await drafted(dewi)
    hire(settings, john, "announcer")
    await john.say("/start")
    code = announcement(settings)["code"]
    for tap in (Draft(code=code), Discard(code=code, sure=True), Confirm(code=code, sure=True)):
        await john.tap(tap.pack(), john.screen.message_id)
        assert "Hello" not in john.screen.text.replace("Hello, John", "")
    assert announcement(settings)["state"] == "draft"
