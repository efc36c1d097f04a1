"""Every clause that somebody may need is used by an item, and every citation is one that exists."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from knowledge import load_packs
from knowledge.__main__ import main
from knowledge.loading.loader import PACKS, PACKS_FOLDER
from knowledge.proving.coverage import USED_KINDS, coverage
from tests.knowledge.profiles import KNOWLEDGE

NAMED = {
    *("requirement", "document", "deadline", "fee", "immigration", "funding", "obligation", "right", "procedure"),
    *("reporting", "grading", "programme", "contact"),
}


def test_every_clause_of_the_kinds_that_applicants_need_is_cited() -> None:
    assert USED_KINDS == NAMED
    uses = coverage(KNOWLEDGE)

    assert [use.clause.id for use in uses] == list(KNOWLEDGE.clauses)
    assert [use.clause.id for use in uses if use.clause.kind in NAMED and not use.cited_by] == []
    assert [use.clause.id for use in uses if use.lacks] == []


def test_a_citation_names_list_place_and_item() -> None:
    uses = {use.clause.id: use.cited_by for use in coverage(KNOWLEDGE)}

    assert "criteria:student_outbound_international:gpa" in uses["III.A.2.a.1.a.3"]
    assert "fees:student_inbound_international:permit_fee" in uses["III.B.2.f.2.p4"]  # a variant cites it
    assert "programme:credit_transfer" in uses["I.E.2.a.1.p4"]
    assert all(name.count(":") >= 1 for names in uses.values() for name in names)


def test_every_mobility_type_and_programme_rests_on_a_clause() -> None:
    assert all(file.clauses for file in KNOWLEDGE.types.values())
    assert all(programme.clauses for programme in KNOWLEDGE.programmes.values())
    named = {key for clause in KNOWLEDGE.clauses.values() for key in clause.programme}
    assert named <= set(KNOWLEDGE.programmes)
    assert "other" in KNOWLEDGE.programmes


def test_the_clauses_name_only_types_and_languages_that_exist() -> None:
    for clause in KNOWLEDGE.clauses.values():
        assert set(clause.applies_to) <= set(KNOWLEDGE.types)
        assert clause.text("id") != clause.text("en")
        assert KNOWLEDGE.document(clause.id).year in (2019, 2021)


def test_the_command_lists_every_clause(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["coverage"]) == 0
    out, err = capsys.readouterr()
    assert len(out.splitlines()) == len(KNOWLEDGE.clauses) + 1
    assert out.endswith("0 lack an item.\n")
    assert err == ""


def test_the_command_answers_in_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["coverage", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [one["id"] for one in found["clauses"]] == list(KNOWLEDGE.clauses)
    assert found["lacking"] == []
    assert {"id", "kind", "answers", "cited_by"} <= set(found["clauses"][0])


def test_a_clause_that_loses_its_only_citation_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "packs"
    shutil.copytree(PACKS_FOLDER, folder)
    file = folder / "unnes" / "types" / "student_inbound_international.yaml"
    file.write_text(
        file.read_text(encoding="utf-8").replace("clauses: [III.B.2.i.3]", "clauses: [III.B.2.i.2]"), "utf-8"
    )
    monkeypatch.setattr("knowledge.__main__.load", lambda: load_packs(folder / name for name in PACKS))

    assert main(["coverage"]) == 1
    out, err = capsys.readouterr()
    assert "✗ III.B.2.i.3" in out
    assert err == "III.B.2.i.3: nobody cites this clause; add an item that rests on it\n"
