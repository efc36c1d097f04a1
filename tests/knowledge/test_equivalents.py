"""Papers that do as well: what the POB takes instead, in both languages, with its clause and the limits in force."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from knowledge import assess, load
from knowledge.text import Language

ABROAD = {"role": "student", "home": "unnes", "host": "abroad", "programme": "credit_transfer"}
LECTURER = {"role": "lecturer", "home": "unnes", "host": "abroad"}


def papers(facts: Mapping[str, object], lang: Language) -> dict[str, dict[str, object]]:
    assessment = assess(load(), facts, lang=lang, today=date(2027, 3, 1))
    return {one["id"]: one for one in assessment.as_dict()["documents"]}


@pytest.mark.parametrize(("lang", "words"), [("id", "IELTS minimal 5,0"), ("en", "IELTS 5.0")])
def test_one_english_test_will_do(lang: Language, words: str) -> None:
    paper = papers(ABROAD, lang)["english_certificate"]
    assert words in str(paper["equivalent"])
    assert "450" in str(paper["equivalent"])
    assert paper["equivalent_clauses"] == ["III.A.2.a.1.a.4"]
    assert "equivalent" not in papers(ABROAD, lang)["cv"]


@pytest.mark.parametrize("lang", ["id", "en"])
def test_every_paper_for_which_the_pob_names_two(lang: Language) -> None:
    found = {key for key, paper in papers(LECTURER, lang).items() if "equivalent" in paper}
    assert found == {"sp_setneg_funding", "written_evidence"}
