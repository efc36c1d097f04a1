"""Typed answers that cannot be taken are refused kindly, in both languages, with what is accepted."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge import load
from knowledge.answers import InvalidAnswer, Refusal, parse_answer

FACTS = load().facts
TODAY = date(2027, 3, 10)


def refused(key: str, text: str) -> InvalidAnswer:
    with pytest.raises(InvalidAnswer) as caught:
        parse_answer(FACTS[key], text, lang="id", today=TODAY)
    return caught.value


@pytest.mark.parametrize(
    ("key", "text", "code"),
    [
        *[("gpa", text, Refusal.EMPTY) for text in ("", "  ", "\n")],
        *[
            ("gpa", text, Refusal.NOT_UNDERSTOOD)
            for text in (
                *(
                    "abc",
                    "3.500",
                    "3,4,5",
                    "3-4",
                    "3 4",
                    ".5",
                    "1e1",
                    "NaN",
                    "3½",
                    "3²",
                    "~3,4",
                    "min 3,4",
                    ">3",
                    "3.4/5",
                ),
                *("kurang dari 3", "?", "9" * 300),
            )
        ],
        *[("gpa", text, Refusal.OUT_OF_RANGE) for text in ("34", "4,01", "-3", "9" * 100)],
        *[("semester", text, Refusal.NOT_UNDERSTOOD) for text in ("tahun kedua", "akhir", "5/8")],
        ("semester", "3,5", Refusal.NOT_WHOLE),
        ("semester", "21", Refusal.OUT_OF_RANGE),
        *[("toefl_itp", text, Refusal.IMPLAUSIBLE) for text in ("90", "TOEFL iBT 90", "0", "-5")],
        ("toefl_itp", "678", Refusal.OUT_OF_RANGE),
        ("ielts", "480", Refusal.IMPLAUSIBLE),
        *[
            ("duration_days", text, Refusal.NOT_UNDERSTOOD)
            for text in ("2-3 bulan", "lebih dari 3 bulan", "semester 5", "lama", "3 jam")
        ],
        *[("duration_days", text, Refusal.OUT_OF_RANGE) for text in ("0", "3000", "10 tahun")],
        ("duration_days", "1,5 minggu", Refusal.NOT_WHOLE),
        *[("start_date", text, Refusal.NOT_A_DAY) for text in ("30 februari 2027", "8/17/2027", "31/4", "2027-02-29")],
        *[
            ("start_date", text, Refusal.DAY_MISSING)
            for text in ("September 2027", "2027", "bulan depan", "next month", "17", "in 2027")
        ],
        *[
            ("start_date", text, Refusal.NOT_UNDERSTOOD)
            for text in ("3,4", "kapan ya", "awal september", "12 jan 2027 jam 9")
        ],
        *[("start_date", text, Refusal.OUT_OF_RANGE) for text in ("12 januari 1999", "1/1/2101")],
        ("passport_expiry", "12 januari", Refusal.YEAR_MISSING),
        *[("active_student", text, Refusal.NOT_UNDERSTOOD) for text in ("mungkin", "ya/tidak", "3", "0", "ok")],
        *[("role", text, Refusal.NOT_UNDERSTOOD) for text in ("bukan mahasiswa", "6", "0", "guru?!", "x")],
        ("role", "mahasiswa dan dosen", Refusal.AMBIGUOUS),
        ("programme", "magang", Refusal.AMBIGUOUS),
    ],
)
def test_what_is_not_clear_is_refused_in_both_languages(key: str, text: str, code: Refusal) -> None:
    error = refused(key, text)
    assert error.code is code
    for lang in ("id", "en"):
        message = error.message(lang)
        assert message.endswith((".", "?"))
        assert len(message) < 400
        assert "{" not in message


def test_a_comma_left_out_is_asked_back() -> None:
    assert "Maksud Anda 3,4?" in refused("gpa", "34").message("id")
    assert "Did you mean 3.25?" in refused("gpa", "325").message("en")
    assert refused("ielts", "55").suggestion == 5.5


def test_an_ibt_score_is_told_which_scale_is_meant() -> None:
    assert "iBT" in refused("toefl_itp", "90").message("id")


def test_an_almost_right_choice_is_asked_back_not_taken() -> None:
    assert refused("role", "mahasiwa").suggestion == "student"


def test_a_word_for_two_programmes_is_clear_once_only_one_is_offered() -> None:
    assert {option.value for option in refused("programme", "magang").options} >= {"internship", "staff_internship"}
    offered = [option for option in FACTS["programme"].options if option.value in ("internship", "credit_transfer")]
    assert parse_answer(FACTS["programme"], "magang", lang="id", today=TODAY, options=offered) == "internship"


def test_a_message_quotes_only_the_beginning_of_a_long_answer() -> None:
    assert len(refused("role", "x" * 5000).message("en")) < 300


def test_toefl_is_no_answer_to_the_question_about_ielts() -> None:
    assert refused("ielts", "TOEFL 480").code is Refusal.NOT_UNDERSTOOD
