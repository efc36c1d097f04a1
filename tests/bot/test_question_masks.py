"""What must not be kept of a question, and what may."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.services.questions.masks import LONGEST, MASK, masked


@pytest.mark.parametrize(
    "private",
    [
        "0812-3456-7890",
        "+62 812 3456 7890",
        "(024) 850 8081",
        "62812.3456.7890",
        "3374 0112 3456 7890",
        "3374011234567890",
        "5301420012",
        "budi@students.unnes.ac.id",
        "Budi.S+x @ gmail.com",
        "@budi_santoso",
        "A1234567",
        "X 123456",
        "https://drive.google.com/file/d/abc?key=1",
        "t.me/budi_santoso",
        "17-08-2004",
    ],
)
def test_what_tells_who_asked_is_masked(private: str) -> None:
    assert masked(f"tolong hubungi saya {private} ya") == f"tolong hubungi saya {MASK} ya"


@pytest.mark.parametrize(
    "harmless",
    [
        "tahun 2026-2027 boleh daftar?",
        "Rp1.900.000 itu total?",
        "total 2.850.000 atau Rp 1.912.345?",
        "biaya 1900000 per semester?",
        "IPK 3.25, TOEFL 480, semester 5",
        "visa 60 hari atau 180 hari",
        "tahun akademik 2026/2027",
        "S1 atau S2?",
    ],
)
def test_what_the_question_is_about_stays(harmless: str) -> None:
    assert masked(harmless) == harmless


@given(st.text(max_size=2000))
def test_what_is_kept_is_short_plain_and_the_same_when_masked_again(text: str) -> None:
    kept = masked(text)
    assert len(kept) <= LONGEST
    assert "\x00" not in kept
    assert "\n" not in kept
    kept.encode()


@given(st.text(alphabet="0123456789 -.()+", min_size=9).filter(lambda one: sum(c.isdigit() for c in one) >= 9))
def test_no_long_number_survives(text: str) -> None:
    survivors = [part for part in masked(f"nomor {text} saya").split() if part.isdigit() and len(part) > 6]
    assert all(part.endswith("00000") for part in survivors), "round amounts only"
