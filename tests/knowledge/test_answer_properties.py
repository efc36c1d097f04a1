"""Properties of typed answers: what is written out is read back, and no text at all breaks the reader."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from knowledge import load
from knowledge.answers import UNKNOWN, InvalidAnswer, Refusal, parse_answer, recognise, spell

FACTS = load().facts
TODAY = date(2027, 3, 10)
DAYS = st.dates(date(2000, 1, 1), date(2100, 12, 31))
LANGUAGES = st.sampled_from(["id", "en"])
FORMS = st.sampled_from(["spelt", "upper", "slashes", "dashes", "dots", "iso", "us"])


def answer(key: str, text: str, *, lang: str = "id", today: date = TODAY) -> Any:
    """The value, or the refusal."""
    try:
        return parse_answer(FACTS[key], text, lang=lang, today=today)
    except InvalidAnswer as refusal:
        return refusal


@given(DAYS, LANGUAGES, FORMS)
def test_every_day_of_two_centuries_is_read_back_in_any_written_form(day: date, lang: str, form: str) -> None:
    spelt = spell(FACTS["passport_expiry"], day.isoformat(), lang)
    number, month, year = spelt.split()
    text = {
        "spelt": spelt,
        "upper": f"  tgl {spelt.upper()}! ",
        "slashes": f"{day:%d/%m/%Y}",
        "dashes": f"{day.day}-{day.month}-{day.year}",
        "dots": f"{day:%d.%m.%Y}",
        "iso": day.isoformat(),
        "us": f"{month} {number}, {year}",
    }[form]
    assert answer("passport_expiry", text, lang=lang) == day.isoformat()


@given(DAYS, DAYS)
def test_a_date_without_a_year_is_the_next_such_day(day: date, today: date) -> None:
    text = spell(FACTS["start_date"], day.isoformat(), "id").rsplit(" ", 1)[0]
    found = answer("start_date", text, today=today)
    if isinstance(found, InvalidAnswer):
        assert found.code is Refusal.OUT_OF_RANGE
        assert today > date(2092, 1, 1)
        return
    read = date.fromisoformat(found)
    assert today <= read
    assert (read.month, read.day) == (day.month, day.day)
    assert read.year - today.year <= 8


@given(st.integers(0, 400), LANGUAGES, st.sampled_from(["{}", "IPK {}", "ipk saya {} kak", "{}/4"]))
def test_every_gpa_is_read_back_in_both_notations(hundredths: int, lang: str, form: str) -> None:
    value = hundredths / 100
    assert answer("gpa", form.format(spell(FACTS["gpa"], value, lang)), lang=lang) == value


@given(st.integers(1, 2000), LANGUAGES)
def test_every_length_is_read_back(days: int, lang: str) -> None:
    assert answer("duration_days", spell(FACTS["duration_days"], days, lang), lang=lang) == days


@given(st.sampled_from(sorted(FACTS)), st.text(max_size=60) | st.from_regex(r"[a-z0-9 ,./%-]{0,30}", fullmatch=True))
def test_any_text_gives_an_accepted_value_or_a_kind_refusal(key: str, text: str) -> None:
    found = answer(key, text)
    if isinstance(found, InvalidAnswer):
        assert found.message("id")
        assert found.message("en")
    else:
        assert found is UNKNOWN or FACTS[key].check(found) == found


@given(st.text(max_size=60))
def test_any_text_can_be_looked_at_for_a_named_fact(text: str) -> None:
    try:
        found = recognise(FACTS, text, today=TODAY)
    except InvalidAnswer:
        return
    assert found is None or found[0] in FACTS
