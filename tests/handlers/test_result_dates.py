"""Dates that come too soon, or stand the wrong way round: the person is told where it matters, and can act on it."""

from __future__ import annotations

from handlers.applications.callbacks import Checklist, Keep
from handlers.callbacks import Answers, Change, FollowUp, Result, Section, SkipRest
from handlers.deadlines.callbacks import Deadlines, MoveDates, Tick
from tests.handlers.applicant import asked, interviewed
from tests.handlers.pressing import buttons, press
from tests.support.chat import ChatClient

TOO_SOON = "Your dates come too soon"
DOUBT = "⚠️ Please check"


async def told_dates(chat: ChatClient, **dates: str) -> None:
    """A good result, then these dates in the follow-up questions; the screen is the one after the last of them."""
    await chat.start("check")
    await interviewed(chat)
    await press(chat, FollowUp)
    for fact, typed in dates.items():
        await interviewed(chat, until=fact)
        await chat.say(typed)


async def test_a_result_whose_start_comes_too_soon_says_what_is_late_and_when_it_works(john: ChatClient) -> None:
    await told_dates(john, start_date="15 May 2027")
    await press(john, SkipRest)
    text = john.screen.text
    assert (
        "⏳ Your dates come too soon. The last day was 15 Feb 2027 for this: "
        "Selection finished at least 3 months before departure III.A.2.a.2.b\n"
        "All deadlines can still be kept with start date 1 Jun 2027 or later (17 days later than planned), "
        "if you act today. The POB names no exception. Contact your faculty or the unit that runs the programme soon.\n"
        "Done already, or do you want to move your dates? See 📅 Deadlines below."
    ) in text
    assert text.index("✅ You meet every requirement") < text.index(TOO_SOON) < text.index("Still open")
    await press(john, Section, name="deadlines")
    await press(john, MoveDates)
    await john.say("/check")
    assert "You meet every requirement" in john.screen.text
    assert TOO_SOON not in john.screen.text


async def test_the_same_is_said_in_indonesian(ani: ChatClient) -> None:
    await told_dates(ani, start_date="1 september 2027", departure_date="15 mei 2027")
    await press(ani, SkipRest)
    assert (
        "⏳ Tanggal Anda terlalu dekat. Hari terakhirnya sudah lewat (15 Feb 2027) untuk: "
        "Seleksi selesai paling lambat 3 bulan sebelum berangkat III.A.2.a.2.b\n"
        "Semua tenggat masih terkejar dengan tanggal berangkat 1 Jun 2027 atau sesudahnya"
    ) in ani.screen.text
    assert "Segera hubungi fakultas atau unit penyelenggara.\nSudah beres" in ani.screen.text
    assert "📅 Tenggat di bawah" in ani.screen.text


async def test_a_result_in_good_time_says_nothing_of_it(john: ChatClient) -> None:
    await told_dates(john, start_date="1 September 2027", departure_date="30 August 2027")
    assert DOUBT not in john.screen.text
    await press(john, SkipRest)
    assert TOO_SOON not in john.screen.text
    assert DOUBT not in john.screen.text


async def test_what_is_ticked_as_done_makes_the_dates_good(john: ChatClient) -> None:
    await told_dates(john, start_date="15 May 2027")
    await press(john, SkipRest)
    await press(john, Keep)
    await press(john, Checklist)
    await press(john, Deadlines)
    await press(john, Tick, deadline="selection_finished", done=True)
    await john.tap(Result().pack(), john.screen.message_id)
    assert "You meet every requirement" in john.screen.text
    assert TOO_SOON not in john.screen.text


async def test_a_departure_after_the_start_is_kept_and_doubted_in_one_line(john: ChatClient) -> None:
    await told_dates(john, start_date="1 September 2027", departure_date="10 September 2027")
    told = (
        f"{DOUBT}: your departure date (10 Sept 2027) is after your start date (1 Sept 2027). "
        "I keep it as you said; if it is a slip, just change it.\n"
    )
    assert f"✏️ Departure date: 10 September 2027\n\n{told}" in john.screen.text
    assert asked(john) not in (None, "departure_date"), "the next question follows"
    await press(john, SkipRest)
    assert told in john.screen.text
    await press(john, Answers)
    await john.press("Next ▶")
    assert "Departure date: 10 September 2027" in john.screen.labels


async def test_a_date_that_was_a_slip_is_changed_with_one_tap(ani: ChatClient) -> None:
    await told_dates(ani, start_date="1 september 2027", departure_date="10 september 2027")
    assert "⚠️ Mohon diperiksa: tanggal berangkat Anda (10 Sep 2027) jatuh setelah tanggal mulai (1 Sep 2027)." in (
        ani.screen.text
    )
    following = asked(ani)
    assert [Change.unpack(one.data).fact for one in buttons(ani, Change)] == ["departure_date", "start_date"]
    await press(ani, Change, fact="departure_date")
    await ani.say("30 agustus 2027")
    assert "Mohon diperiksa" not in ani.screen.text
    assert asked(ani) == following


async def test_a_date_that_is_confirmed_is_not_doubted_again_before_the_result(john: ChatClient) -> None:
    await told_dates(john, start_date="1 September 2027", departure_date="10 September 2027")
    await press(john, Change, fact="departure_date")
    await john.press("✓ Keep 10 September 2027")
    assert asked(john) is not None
    assert DOUBT not in john.screen.text


async def test_a_start_that_is_moved_before_the_departure_is_doubted_too(john: ChatClient) -> None:
    await told_dates(john, start_date="15 September 2027", departure_date="10 September 2027")
    await press(john, SkipRest)
    await john.say("start date 1 September 2027")
    assert "your departure date (10 Sept 2027) is after your start date (1 Sept 2027)" in john.screen.text
    await john.say("departure date 1 September 2027")
    assert DOUBT not in john.screen.text
