"""Texts that must fit: what stays of them, and what stands behind."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.services.markup import ON_A_BUTTON, cut


@given(text=st.text(), most=st.integers(12, 80), after=st.sampled_from(["", " (3)", " (12) ✓"]))
def test_what_is_cut_fits_and_begins_like_the_whole(text: str, most: int, after: str) -> None:
    short = cut(text, most, after=after)
    assert len(short) <= most
    assert short.endswith(after)
    begun = short.removesuffix(after)
    assert begun == text or text.startswith(begun.removesuffix("…"))


@given(words=st.lists(st.from_regex("[a-zé]{1,9}", fullmatch=True), min_size=1, max_size=30))
def test_no_word_is_cut(words: list[str]) -> None:
    kept = cut(" ".join(words)).removesuffix("…").split()
    assert kept == words[: len(kept)]


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("fits as it is", "fits as it is"),
        ("x" * ON_A_BUTTON, "x" * ON_A_BUTTON),
        ("a word that ends just where it is cut", "a word that ends just where it is…"),
        ("no comma before the three dots, please", "no comma before the three dots…"),
        ("Surat_Keterangan_Aktif_Kuliah_2027.pdf", "Surat_Keterangan_Aktif_Kuliah_202…"),
        ("12. Surat_Keterangan_Aktif_Kuliah_2027.pdf", "12. Surat_Keterangan_Aktif_Kuliah…"),
    ],
)
def test_where_it_is_cut(text: str, short: str) -> None:
    assert cut(text) == short
