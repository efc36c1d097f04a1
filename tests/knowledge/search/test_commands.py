"""`python -m knowledge ask`: a question or lines of JSON in, answers out."""

from __future__ import annotations

import io
import json

import pytest

from knowledge.__main__ import main


def test_a_question_is_answered_on_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "what GPA do I need to study abroad?", "--lang", "id", "--today", "2027-03-01"]) == 0
    [line] = capsys.readouterr().out.splitlines()
    answer = json.loads(line)

    assert (answer["answered"], answer["topic"], answer["lang"]) == (True, "gpa_minimum", "id")
    assert "3,25" in answer["answer"]
    assert answer["clauses"]


def test_lines_are_answered_each_on_its_own(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = [
        '{"id": 7, "question": "apa itu ALN?", "lang": "en"}',
        "",
        "no json",
        '{"id": 8}',
        '{"question": "x", "lang": "fr"}',
    ]
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(asked)))
    assert main(["ask", "--jsonl"]) == 0
    good, *bad = [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    assert (good["id"], good["topic"], good["lang"]) == (7, "what_is_aln", "en")
    assert [one.get("id") for one in bad] == [None, 8, None]
    assert ["write" in one["error"] or "is accepted" in one["error"] for one in bad] == [True] * 3


@pytest.mark.parametrize("arguments", [["ask", "visa", "--type", "student"], ["ask", ""]])
def test_what_cannot_be_asked_is_said(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) != 0
    out, err = capsys.readouterr()
    assert out == ""
    assert "Traceback" not in err
    assert ";" in err
