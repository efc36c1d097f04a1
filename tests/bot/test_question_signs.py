"""Which texts ask something while an answer is expected."""

from __future__ import annotations

import pytest

from bot.services.questions.signs import asks


@pytest.mark.parametrize(
    "text",
    [
        "visa bayar berapa?",
        "visa bayar berapa",
        "kapan saya daftar",
        "kak mau tanya, gimana cara daftarnya",
        "how much is it",
        "Where do I send it?",
        "can I come with a tourist visa",
        "paspor saya kurang dari setahun, gimana?",
        "maksudnya IPK apa?",
        "boleh nyusul gak",
    ],
)
def test_what_cannot_be_an_answer_and_asks_is_a_question(text: str) -> None:
    assert asks(text, understood=False)


@pytest.mark.parametrize(
    "text", ["my GPA is good", "tiga koma empat", "3,4,5", "maksudnya?", "?", "/help", "jerman", "May 2030"]
)
def test_an_attempt_is_an_attempt(text: str) -> None:
    assert not asks(text, understood=False)


@pytest.mark.parametrize(
    "text", ["is it for lecturers?", "apa syarat untuk dosen", "mahasiswa s2 boleh gak?", "what is a student exchange"]
)
def test_a_question_that_names_an_answer_is_a_question(text: str) -> None:
    assert asks(text, understood=True)


@pytest.mark.parametrize(
    "text",
    [
        *("dosen", "lecturer?", "saya mahasiswa s1", "3 months", "yes, I have", "5 bulan ya?"),
        *("exchange program in Japan?", "saya kuliah S1 di semester lima ya?", "a stay of about five months, right?"),
    ],
)
def test_an_answer_is_an_answer(text: str) -> None:
    assert not asks(text, understood=True)


@pytest.mark.parametrize("text", ["pulang dari LN aku bikin laporan?", "so I need a passport for this exchange?"])
def test_a_long_question_without_a_word_that_asks_is_no_answer(text: str) -> None:
    assert asks(text, understood=True)


@pytest.mark.parametrize("text", ["belum tahu kapan", "I don't know what", "tidak tahu?", "entah apa"])
def test_not_knowing_is_an_answer(text: str) -> None:
    assert not asks(text, understood=True, is_unknown=True)


def test_not_knowing_and_asking_is_a_question() -> None:
    assert asks("saya belum punya paspor, apakah harus buat dulu?", understood=True, is_unknown=True)
