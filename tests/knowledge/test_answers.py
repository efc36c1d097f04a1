"""Typed answers: what people write on a phone is read in both languages, or refused kindly; nothing is guessed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from knowledge import load
from knowledge.answers import UNKNOWN, InvalidAnswer, parse_answer, read_answer, recognise

FACTS = load().facts
TODAY = date(2027, 3, 10)  # a Wednesday


def read(key: str, text: str, lang: str = "id") -> Any:
    return parse_answer(FACTS[key], text, lang=lang, today=TODAY)


@pytest.mark.parametrize(
    ("key", "text", "value"),
    [
        *[
            ("gpa", text, 3.4)
            for text in ("3,4", "3.4", "IPK 3.4", "ipknya 3,4 kak", "3,40", "my gpa is 3.4 🙏", "IPK3.4")
        ],
        *[
            ("gpa", text, 3.25)
            for text in ("ipk saya 3,25", "3.25/4", "3,25/4,00", "3.25 dari 4", "three point two five")
        ],
        *[("gpa", text, 4) for text in ("4", "4,0", "4/4", "empat")],
        *[("ielts", text, 5.5) for text in ("IELTS 5,5", "5.5", "band 5.5", "skor ielts saya 5,5", "lima koma lima")],
        *[("toefl_itp", text, 480) for text in ("TOEFL 480", "480", "toefl itp saya 480", "TOEFL prediction 480")],
        *[
            ("semester", text, 5)
            for text in ("semester 5", "smt 5", "semester lima", "V", "ke-5", "5th semester", "fifth")
        ],
        ("semester", "XIV", 14),
        ("semester", "dua belas", 12),
        ("semester", "twenty", 20),
        *[("credits_completed_percent", text, 50) for text in ("50%", "50 persen", "72/144", "72 dari 144 SKS")],
    ],
)
def test_numbers_are_read_in_both_notations(key: str, text: str, value: float) -> None:
    assert read(key, text) == value


@pytest.mark.parametrize(
    ("text", "days"),
    [
        *[(text, 90) for text in ("90", "90 hari", "90 days", "3 bulan", "3 bln", "three months", "tiga bulan")],
        *[(text, 30) for text in ("sebulan", "1 bulan", "a month", "one month", "sekitar 1 bulan")],
        *[(text, 14) for text in ("2 minggu", "two weeks", "dua minggu", "2 mgg", "selama 2 minggu")],
        *[(text, 7) for text in ("seminggu", "1 pekan", "a week")],
        *[(text, 150) for text in ("one semester", "satu semester", "1 smt", "1 semester")],
        *[(text, 365) for text in ("1 tahun", "setahun", "one year", "12 bulan", "1 thn")],
        *[(text, 730) for text in ("2 tahun", "24 months")],
        *[(text, 180) for text in ("6 bulan", "setengah tahun", "half a year")],
        *[(text, 45) for text in ("1,5 bulan", "satu setengah bulan", "one and a half months", "1 bulan 15 hari")],
        ("1 tahun 6 bulan", 545),
        ("1.000 hari", 1000),
    ],
)
def test_spans_of_time_become_days(text: str, days: int) -> None:
    assert read("duration_days", text) == days
    assert read("stay_days", text) == days


@pytest.mark.parametrize(
    ("text", "day"),
    [
        *[
            (text, "2027-01-12")
            for text in (
                *("12 Januari 2027", "12 jan 27", "12/1/2027", "12-01-2027", "12.1.27", "2027-01-12", "2027/1/12"),
                *("January 12, 2027", "12th of January 2027", "Selasa, 12 Januari 2027", "12jan27", "12-Jan-2027"),
                *("tanggal 12 bulan 1 tahun 2027", "tgl 12 januari 2027"),
            )
        ],
        *[
            (text, "2027-08-17")
            for text in ("17/8/2027", "17-08-2027", "17 Agt 2027", "tgl 17 agustus", "17/8", "aug 17")
        ],
        *[(text, "2027-03-10") for text in ("hari ini", "today", "10 maret")],
        *[(text, "2027-03-11") for text in ("besok", "bsk", "tomorrow")],
        *[(text, "2027-03-12") for text in ("lusa", "day after tomorrow", "Jum'at")],
        *[
            (text, "2027-03-17")
            for text in ("minggu depan", "next week", "seminggu lagi", "tgl 17", "the 17th", "rabu")
        ],
        *[(text, "2027-03-24") for text in ("2 minggu lagi", "in two weeks", "2 weeks from now")],
        *[(text, "2027-04-17") for text in ("17 bulan depan", "tanggal 17 bulan depan", "17 next month")],
        ("9 maret", "2028-03-09"),
        ("29 feb", "2028-02-29"),
        ("tgl 5", "2027-04-05"),
        ("12 januari tahun depan", "2028-01-12"),
        ("3 bulan lagi", "2027-06-10"),
        ("3 bulan yang lalu", "2026-12-10"),
        ("Senin depan", "2027-03-15"),
        ("hari minggu", "2027-03-14"),
    ],
)
def test_dates_are_read_day_first_and_forward_from_today(text: str, day: str) -> None:
    assert read("start_date", text) == day


@pytest.mark.parametrize(
    ("key", "text", "value"),
    [
        *[
            ("active_student", text, True)
            for text in ("ya", "iya", "y", "sudah", "yes", "yep", "masih aktif", "1", "Ya, aktif")
        ],
        *[
            ("active_student", text, False)
            for text in ("tidak", "nggak", "gak", "belum", "no", "not yet", "lagi cuti", "2")
        ],
        ("active_student", "tidak aktif", False),
        ("active_student", "nggak cuti", True),
        *[("has_sp_setneg", text, True) for text in ("punya", "sudah punya", "udah ada", "yes I have it")],
        *[("has_sp_setneg", text, False) for text in ("belum punya", "tidak ada", "no, not yet", "I don't have it")],
        ("education_major", "bukan kependidikan", False),
        ("passed_selection", "lulus", True),
        ("passed_selection", "tidak lulus", False),
        ("passed_selection", "belum", UNKNOWN),
        *[("role", text, "student") for text in ("mahasiswa", "Student", "saya mahasiswa S1", "1", "mhs")],
        *[("role", text, "lecturer") for text in ("dosen", "lecturer", "saya dosen di UNNES", "nomor 2")],
        *[("role", text, "education_staff") for text in ("tendik", "staff", "tenaga kependidikan")],
        *[("level", text, "s1") for text in ("S1", "sarjana", "bachelor", "s-1", "strata 1")],
        *[("level", text, "other") for text in ("D3", "sarjana terapan", "PPG", "lainnya")],
        ("level", "PhD", "s3"),
        *[("citizenship", text, "indonesian") for text in ("WNI", "indonesia", "Indonesian", "saya orang Indonesia")],
        *[("citizenship", text, "foreign") for text in ("WNA", "foreigner", "Malaysia")],
        *[("home", text, "unnes") for text in ("unnes", "UNNES Semarang", "universitas negeri semarang")],
        *[("home", text, "abroad") for text in ("luar negeri", "universitas di Malaysia", "abroad")],
        *[("home", text, "indonesia") for text in ("kampus lain di indonesia", "UGM", "dalam negeri")],
        ("programme", "gelar ganda percepatan kak", "accelerated_double_degree"),
        ("programme", "credit_transfer", "credit_transfer"),
        ("programme", "Darmasiswa", "darmasiswa"),
    ],
)
def test_choices_are_read_by_label_number_and_synonym(key: str, text: str, value: Any) -> None:
    assert read(key, text) == value


def test_a_name_of_programmes_at_home_and_abroad_means_the_one_that_is_offered() -> None:
    spec = FACTS["programme"]
    with pytest.raises(InvalidAnswer):
        read("programme", "transfer kredit")
    for value in ("credit_transfer", "national_credit_transfer"):
        offered = [option for option in spec.offered if option.value in (value, "darmasiswa", "other")]
        assert parse_answer(spec, "transfer kredit", today=TODAY, options=offered) == value


@pytest.mark.parametrize("key", sorted(FACTS))
@pytest.mark.parametrize(
    "text", ["tidak tahu", "gak tau", "belum tahu", "I don't know", "idk", "not sure", "skip", "lewati", "lupa"]
)
def test_not_knowing_is_an_answer_to_every_question(key: str, text: str) -> None:
    assert read(key, text) is UNKNOWN


@pytest.mark.parametrize(
    "text", ["belum pernah tes", "belum", "tidak punya", "I have not taken it", "I haven't taken it yet", "none"]
)
def test_no_english_test_yet_is_unknown_and_not_zero(text: str) -> None:
    assert read("ielts", text) is UNKNOWN
    assert read("toefl_itp", text) is UNKNOWN


@pytest.mark.parametrize(
    ("key", "text", "echo"),
    [
        ("gpa", "3,4", None),
        ("gpa", "IPK 3.4", "3,4"),
        ("duration_days", "90", None),
        ("duration_days", "3 bulan", "90 hari"),
        ("start_date", "12 Januari 2027", None),
        ("start_date", "2027-01-12", None),
        ("start_date", "besok", "11 Maret 2027"),
        ("role", "mahasiswa", None),
        ("level", "sarjana", "S1 (sarjana)"),
        ("active_student", "iya", None),
    ],
)
def test_an_answer_that_had_to_be_interpreted_can_be_echoed(key: str, text: str, echo: str | None) -> None:
    reading = read_answer(FACTS[key], text, today=TODAY)
    assert (reading.echo("id") if reading.interpreted else None) == echo


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("TOEFL 480", ("toefl_itp", 480)),
        ("toefl saya 480", ("toefl_itp", 480)),
        ("TOEFL belum", ("toefl_itp", UNKNOWN)),
        ("IPK saya 3,4", ("gpa", 3.4)),
        ("saya semester 5", ("semester", 5)),
        ("SP Setneg sudah", ("has_sp_setneg", True)),
        ("asuransi jiwa belum", ("health_and_life_insurance", False)),
        ("mulai 1 september 2027", ("start_date", "2027-09-01")),
        ("1 semester", None),
        ("480", None),
        ("IPK berapa?", None),
        ("IPK minimal 3,25 ya", None),
        ("TOEFL 450 boleh?", None),
        ("paspor mahasiswa asing minimal berlaku brp lama", None),
        ("program double degree itu apa", None),
        ("", None),
    ],
)
def test_a_text_that_names_its_fact_is_recognised_and_a_question_is_not(
    text: str, found: tuple[str, Any] | None
) -> None:
    assert recognise(FACTS, text, today=TODAY) == found


def test_a_named_fact_with_an_impossible_value_is_refused_rather_than_ignored() -> None:
    with pytest.raises(InvalidAnswer) as caught:
        recognise(FACTS, "TOEFL 90", today=TODAY)
    assert caught.value.spec.key == "toefl_itp"


@pytest.mark.parametrize("spec", FACTS.values(), ids=FACTS.keys())
def test_every_button_and_example_means_the_same_when_typed(spec: Any) -> None:
    for lang in ("id", "en"):
        for option in spec.offered:
            assert read(spec.key, option.label.get(lang)) == option.value
        if spec.dont_know:
            assert read(spec.key, spec.dont_know.label.get(lang)) is UNKNOWN
        if spec.example:
            assert read(spec.key, spec.example.get(lang)) is not UNKNOWN


@pytest.mark.parametrize(
    "spec", [spec for spec in FACTS.values() if spec.key != "programme"], ids=lambda spec: str(spec.key)
)
def test_every_synonym_means_its_own_option(spec: Any) -> None:
    for option in spec.offered:
        for synonym in option.synonyms:
            assert read(spec.key, synonym) == option.value
