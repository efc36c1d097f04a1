"""/stats and the export, in the chat."""

from __future__ import annotations

import pytest

from bot.config import Settings
from bot.services.staff.staff import Role
from handlers.staff.callbacks import Choose, MakeExport, Stats
from tests.handlers.pressing import buttons, press, rows
from tests.handlers.test_applications import kept
from tests.handlers.test_limits import LONGEST_SEEN
from tests.handlers.test_staff import boss, dewi, hire, settings
from tests.support.chat import ChatClient
from tests.support.sheets import rows_of, sheet_of

__all__ = ["boss", "dewi", "settings"]


async def test_an_empty_office_is_said_in_words(boss: ChatClient) -> None:
    await boss.say("/stats")
    assert "No applications yet" in boss.screen.text
    assert "Nothing waits for review" in boss.screen.text
    assert not buttons(boss, Choose)


@pytest.mark.parametrize("lang", ["id", "en"])
async def test_the_numbers_fit_a_phone(boss: ChatClient, dewi: ChatClient, lang: str) -> None:
    await kept(boss.other("John", language="en"))
    await boss.start()
    if lang == "id":
        await boss.press("🌐 Bahasa Indonesia")
    await boss.say("/stats")
    assert len(boss.screen.text) < LONGEST_SEEN
    assert ("Orang: 3" if lang == "id" else "People: 3") in boss.screen.text
    assert ("Permohonan: 1" if lang == "id" else "Applications: 1") in boss.screen.text
    await press(boss, Stats)
    assert buttons(boss, Choose)


async def test_a_reviewer_exports_what_is_chosen(boss: ChatClient, dewi: ChatClient, settings: Settings) -> None:
    john = boss.other("John", language="en")
    code = await kept(john)
    await hire(boss, dewi, Role.REVIEWER)
    await dewi.say("/stats")
    await press(dewi, Choose, of="")
    assert "1 permohonan" in dewi.screen.text
    for of in ("mobility_type", "programme", "verdict"):
        await press(dewi, Choose, of=of)
        await dewi.press(dewi.screen.labels[0])
        assert "1 permohonan" in dewi.screen.text
    chosen = MakeExport.unpack(buttons(dewi, MakeExport)[0].data)
    assert (chosen.kind, chosen.programme, chosen.verdict) == ("ton", "-", "u")
    await press(dewi, MakeExport)
    file = dewi.screen.attachment
    assert file is not None
    assert file.name == "lintas-applications-2027-03-01.xlsx"
    assert "data pribadi" in dewi.screen.text
    head, row = rows_of(file.data)
    assert head[:3] == ("Kode", "Nama permohonan", "Nomor Telegram")
    assert (row[0], row[2]) == (code, john.person.id)
    assert "belum" in row
    assert sheet_of(file.data).freeze_panes == "B2"
    ((details,),) = rows(settings, "SELECT details FROM audit WHERE action = 'applications exported'")
    assert '"mobility_type": "student_outbound_national"' in details


async def test_filters_that_nothing_fits_make_no_file(boss: ChatClient) -> None:
    await kept(boss.other("John", language="en"))
    await boss.say("/stats")
    await press(boss, Choose)
    await boss.tap(Choose(status="r").pack(), boss.screen.message_id)
    assert "No application is like that" in boss.screen.text
    assert not buttons(boss, MakeExport)
    await press(boss, Choose, of="status")
    assert boss.screen.labels[:1] == ["All"]


async def test_an_old_button_with_letters_of_no_meaning_asks_for_all(boss: ChatClient) -> None:
    await kept(boss.other("John", language="en"))
    await boss.say("/stats")
    await boss.tap(Choose(kind="xyz", verdict="z", status="z").pack(), boss.screen.message_id)
    assert "1 application" in boss.screen.text
