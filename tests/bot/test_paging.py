"""The pages of a long list: each entry is on one of them, and a page that has gone is answered with the nearest."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.services.paging import Place, place


@given(total=st.integers(0, 200), each=st.integers(1, 20), number=st.integers(-3, 300))
def test_every_entry_is_on_one_page_and_no_page_is_out_of_reach(total: int, each: int, number: int) -> None:
    found = place(total, number, each=each)
    every = [place(total, at, each=each) for at in range(found.count)]
    assert [entry for one in every for entry in one.entries] == list(range(total))
    assert found == every[max(0, min(number, len(every) - 1))]


def test_nothing_stands_on_one_empty_page() -> None:
    assert place(0, 4, each=6) == Place(0, 1, range(0))
