"""The parts of which screens are made."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.services.markup import ON_A_BUTTON, length, progress_bar
from handlers.callbacks import Home
from handlers.screens.paging import Block, page_of, pages
from handlers.screens.screen import arranged, bold, button, choices, esc, screen


def labels(rows: list[list[str]]) -> list[list[str]]:
    buttons = [button(label, Home()) for row in rows for label in row]
    return [[each.text for each in row] for row in arranged(buttons)]


@pytest.mark.parametrize(
    "rows",
    [
        [["1", "2", "3", "4"], ["5", "6"]],
        [["Ya", "Tidak"]],
        [["Mahasiswa", "Dosen"], ["Tenaga kependidikan (tendik)"], ["Peneliti", "Tenaga ahli"]],
        [["A label too long for half a phone"], ["Another one"]],
    ],
)
def test_buttons_stand_in_rows_that_fit_a_phone(rows: list[list[str]]) -> None:
    assert labels(rows) == rows


def test_names_that_fit_stand_on_their_buttons_alone() -> None:
    assert choices(["Dosen", "Tendik"], [" (3)", " (1) ✓"]) == ("", ["Dosen (3)", "Tendik (1) ✓"])


def test_names_that_begin_alike_are_told_apart_by_number_and_read_in_full_above() -> None:
    names = ["Dosen atau tendik UNNES ke luar negeri", "Dosen atau tendik UNNES ke institusi <lain>"]
    in_full, shown = choices(names, [" (3)", " (12)"])
    assert shown == ["1. Dosen atau tendik UNNES ke… (3)", "2. Dosen atau tendik UNNES… (12)"]
    assert all(len(label) <= ON_A_BUTTON for label in shown)
    assert in_full == esc(f"1. {names[0]}\n2. {names[1]}")


@pytest.mark.parametrize(
    ("done", "total", "bar"),
    [
        (0, 10, "▱▱▱▱▱▱▱▱▱▱"),
        (1, 100, "▰▱▱▱▱▱▱▱▱▱"),
        (99, 100, "▰▰▰▰▰▰▰▰▰▱"),
        (5, 5, "▰▰▰▰▰▰▰▰▰▰"),
        (0, 0, "▱▱▱▱▱▱▱▱▱▱"),
    ],
)
def test_a_progress_bar_is_full_only_at_the_end(done: int, total: int, bar: str) -> None:
    assert progress_bar(done, total) == bar


def test_what_comes_from_outside_is_escaped() -> None:
    assert esc("<b>&</b>") == "&lt;b&gt;&amp;&lt;/b&gt;"
    assert bold("a<b") == "<b>a&lt;b</b>"
    assert length(bold("a<b")) == len("a<b")


def test_length_is_counted_as_telegram_counts() -> None:
    assert length("📄") == 2
    assert length("<code>III.A</code> &amp;") == len("III.A &")


def test_a_screen_without_buttons_has_no_keyboard() -> None:
    assert screen("text", [[], []]).keyboard is None


def test_neighbours_share_what_they_share_and_a_new_page_says_it_again() -> None:
    blocks = [
        Block("one", "Stage", "only if"),
        Block("two", "Stage", "only if"),
        Block("three", "Stage"),
        Block("four", "Other"),
    ]
    assert pages(blocks) == [
        "<b>Stage</b>\nonly if\none\n\ntwo\n\n<b>Stage</b>\nthree\n\n<b>Other</b>\nfour",
    ]
    assert pages(blocks, most=1)[1] == "<b>Stage</b>\nonly if\ntwo"


def test_nothing_is_one_empty_page() -> None:
    page = page_of([], 3)
    assert (page.text, page.number, page.count, list(page.blocks)) == ("", 0, 1, [])


@given(
    sizes=st.lists(st.integers(min_value=1, max_value=60), max_size=30),
    most=st.integers(min_value=1, max_value=8),
    room=st.integers(min_value=60, max_value=200),
    number=st.integers(min_value=-3, max_value=40),
)
def test_pages_lose_nothing_and_none_is_too_long(sizes: list[int], most: int, room: int, number: int) -> None:
    blocks = [Block("x" * size) for size in sizes]
    page = page_of(blocks, number, most=most, room=room)
    every = [page_of(blocks, at, most=most, room=room) for at in range(page.count)]
    assert [at for one in every for at in one.blocks] == list(range(len(blocks)))
    assert all(len(one.blocks) <= most and length(one.text) <= room for one in every)
    assert page == every[max(0, min(number, page.count - 1))]
