"""The results of a selection: everybody gets their own and nothing else, and what is doubtful is listed first."""

from __future__ import annotations

import csv
from collections.abc import AsyncIterator, Sequence
from io import BytesIO, StringIO
from typing import Any

import pytest
from openpyxl import Workbook

from bot.config import Settings
from bot.sandbox import Sandbox
from handlers.announcements import results
from handlers.announcements.callbacks import AudienceOf, Confirm, Draft, Preview
from handlers.announcements.sent_callbacks import GiveResults, OpenList
from tests.handlers.pressing import buttons, change, press, rows
from tests.handlers.reviewing import hire, kept
from tests.handlers.sending_out import Dispatch, dispatch_at
from tests.support.chat import ChatClient
from tests.support.clock import TestClock

ABROAD = "type_student_outbound_international"
HOME = "type_student_outbound_national"


@pytest.fixture
def dewi(john: ChatClient, settings: Settings) -> ChatClient:
    """Somebody who may announce, and speaks English."""
    dewi = john.other("Dewi", language="en")
    hire(settings, dewi, "announcer")
    return dewi


@pytest.fixture
async def dispatch(settings: Settings, sandbox: Sandbox, clock: TestClock, dewi: ChatClient) -> AsyncIterator[Dispatch]:
    async with dispatch_at(settings, sandbox, clock) as made:
        yield made


def as_csv(*lines: Sequence[str]) -> bytes:
    written = StringIO()
    csv.writer(written).writerows(lines)
    return written.getvalue().encode()


def as_xlsx(*lines: Sequence[Any]) -> bytes:
    book, written = Workbook(), BytesIO()
    for line in lines:
        assert book.active is not None
        book.active.append(list(line))
    book.save(written)
    return written.getvalue()


async def given(dewi: ChatClient, table: bytes, name: str = "results.csv") -> None:
    await dewi.say("/announcements")
    await press(dewi, GiveResults)
    await dewi.upload(name, table)


async def announced(dewi: ChatClient, dispatch: Dispatch, table: bytes, name: str = "Batch 1") -> None:
    await given(dewi, table)
    await dewi.say(name)
    await press(dewi, Draft)
    await press(dewi, Confirm)
    await press(dewi, Confirm, sure=True)
    await dispatch.work()


def texts(chat: ChatClient) -> list[str]:
    return [one.text for one in chat.messages if one.from_bot]


async def test_everybody_gets_their_own_result_and_status_shows_it(
    dewi: ChatClient, john: ChatClient, ani: ChatClient, dispatch: Dispatch, settings: Settings
) -> None:
    first, second = await kept(john, ABROAD), await kept(ani, HOME)
    table = as_csv(["Kode", "Hasil", "Catatan"], [first, "LOLOS", "Bring <2> photos"], [second, "Tidak lolos", ""])
    await given(dewi, table)
    for part in ("Selected: 1", "Not selected: 1"):
        assert part in dewi.screen.text
    await dewi.say("IISMA {2027}")
    assert rows(settings, "SELECT category, state FROM announcements") == [("result", "draft")]
    await john.say("/status")
    assert "IISMA" not in john.screen.text
    await press(dewi, Draft)
    assert "2 people get it" in dewi.screen.text
    assert not buttons(dewi, AudienceOf)
    await press(dewi, Preview)
    assert "[result]" in "".join(texts(dewi))
    await dewi.tap(Draft(code=Draft.unpack(buttons(dewi, Draft)[0].data).code).pack(), dewi.screen.message_id)
    await press(dewi, Confirm)
    await press(dewi, Confirm, sure=True)
    await dispatch.work()
    [mine] = [text for text in texts(john) if "IISMA" in text]
    assert mine == f"📊 IISMA (2027)\n\nHello John, the result of application {first}: selected.\n\nBring <2> photos"
    [hers] = [text for text in texts(ani) if "IISMA" in text]
    assert hers == f"📊 IISMA (2027)\n\nHalo Ani, hasil untuk pendaftaran Anda {second}: belum lolos seleksi."
    await john.say("/status")
    assert "🎉 IISMA {2027}: Selected · Bring <2> photos" in john.screen.text
    await ani.say("/status")
    assert "IISMA {2027}" in ani.screen.text
    assert "photos" not in ani.screen.text


async def test_rows_that_leave_a_doubt_are_listed_and_left_out(
    dewi: ChatClient, john: ChatClient, ani: ChatClient, settings: Settings
) -> None:
    first, second = await kept(john, ABROAD), await kept(ani, HOME)
    rows_given = [
        [first, "accepted"],
        [first, "accepted"],
        [second, "cadangan"],
        [second, "ditolak"],
        ["zzzzzzzz", "lolos"],
        [first, "perhaps"],
    ]
    await given(dewi, as_csv(*rows_given))
    for part in (
        "Selected: 1",
        "Nobody has this code or username",
        "zzzzzzzz: lolos",
        "There twice, counted once",
        "different results",
        f"{second}: cadangan",
        f"{second}: ditolak",
        "I do not know this result",
        "perhaps",
    ):
        assert part in dewi.screen.text
    assert rows(settings, "SELECT * FROM selection_rounds") == []
    await dewi.upload("better.csv", as_csv([first, "accepted"], [second, "reserve"]))
    assert "On the reserve list: 1" in dewi.screen.text
    assert "Nobody" not in dewi.screen.text
    await dewi.say("x" * 81)
    assert "1 to 80" in dewi.screen.text
    await dewi.say("Round")
    assert rows(settings, "SELECT result FROM selection_results ORDER BY id") == [("selected",), ("reserve",)]


async def test_a_workbook_with_usernames_and_several_applications(
    dewi: ChatClient, john: ChatClient, ani: ChatClient, settings: Settings
) -> None:
    await kept(john, ABROAD)
    await kept(ani, HOME)
    await kept(john, HOME)
    usernames = {ani.person.id: "ani_s", john.person.id: "john_d"}
    for person_id, username in usernames.items():
        change(settings, "UPDATE people SET username = ? WHERE id = ?", username, person_id)
    table = as_xlsx(
        ["result", "note", "username"],
        ["selected", 7, f"@{usernames[ani.person.id]}"],
        ["selected", None, usernames[john.person.id]],
    )
    await given(dewi, table, "results.xlsx")
    for part in ("Selected: 1", "They have several applications"):
        assert part in dewi.screen.text


async def test_what_is_no_table_is_asked_for_again(dewi: ChatClient) -> None:
    await given(dewi, b"PK\x03\x04 broken", "results.xlsx")
    assert "could not read that" in dewi.screen.text
    await dewi.say("a text instead")
    assert "could not read that" in dewi.screen.text
    await dewi.upload("results.csv", as_csv(["nobody", "lolos"]))
    assert "No row counts" in dewi.screen.text


async def test_the_list_to_put_up_names_its_clause(
    dewi: ChatClient, john: ChatClient, ani: ChatClient, dispatch: Dispatch
) -> None:
    first, second = await kept(john, ABROAD), await kept(ani, HOME)
    await announced(dewi, dispatch, as_csv([first, "lolos"], [second, "ditolak"]), "Batch 7")
    await press(dewi, OpenList)
    await press(dewi, OpenList, what="codes")
    indonesian, english = texts(dewi)[-2:]
    for text in (indonesian, english):
        assert first in text
        assert "III.A.2.a.2.i" in text
        assert second not in text
        assert "John" not in text
    await press(dewi, OpenList, what="names")
    assert f"{first} John" in texts(dewi)[-1]


async def test_a_long_list_comes_as_a_file(
    dewi: ChatClient, john: ChatClient, dispatch: Dispatch, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = await kept(john, ABROAD)
    await announced(dewi, dispatch, as_csv([code, "lolos"]))
    monkeypatch.setattr(results, "MOST_CHARACTERS", 10)
    await press(dewi, OpenList)
    await press(dewi, OpenList, what="codes")
    attachment = dewi.screen.attachment
    assert attachment is not None
    assert code in attachment.data.decode()
    assert "<" not in attachment.data.decode()


async def test_nobody_else_may(john: ChatClient, dewi: ChatClient, dispatch: Dispatch, settings: Settings) -> None:
    code = await kept(john, ABROAD)
    await announced(dewi, dispatch, as_csv([code, "lolos"]))
    (announcement,) = rows(settings, "SELECT code FROM announcements")[0]
    before = len(texts(john))
    for button in (GiveResults(), OpenList(code=announcement, what="names")):
        await john.tap(button.pack(), john.screen.message_id)
    assert len(texts(john)) == before
    assert "Results of a selection" not in john.screen.text
