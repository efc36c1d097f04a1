"""`python -m knowledge assess` and `interview`: JSON in, JSON out, one clear line for what cannot be read."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from knowledge.__main__ import main
from tests.knowledge.profiles import FOREIGN_GUEST, LISTS, SEMESTER_ABROAD, assessed
from tests.support.source import ROOT


class Terminal:
    """Runs the command line in this process with something on its standard input."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self._monkeypatch, self._capsys = monkeypatch, capsys

    def run(self, *arguments: str, given: str | bytes = b"") -> tuple[int, str, str]:
        content = given.encode() if isinstance(given, str) else given
        self._monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
        try:
            code = main(arguments)
        except SystemExit as stop:  # argparse ends that way
            code = int(str(stop.code))
        out, err = self._capsys.readouterr()
        return code, out, err

    def refusal(self, given: str | bytes, *arguments: str, command: str = "assess") -> str:
        """The one line on standard error for input that is refused; nothing else may be said."""
        code, out, err = self.run(command, *arguments, given=given)
        assert (code, out) == (2, "")
        assert err.endswith("\n")
        assert err.count("\n") == 1
        return err.rstrip()

    def lines(self, *given: str | bytes, command: str = "assess") -> list[dict[str, Any]]:
        """What `--jsonl` answers to these lines."""
        content = b"\n".join(line.encode() if isinstance(line, str) else line for line in given)
        code, out, err = self.run(command, "--jsonl", "--lang", "en", "--today", "2027-03-01", given=content)
        assert (code, err) == (0, "")
        return [json.loads(line) for line in out.splitlines()]


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Terminal:
    return Terminal(monkeypatch, capsys)


def test_a_profile_in_and_one_json_object_out_and_nothing_else(terminal: Terminal) -> None:
    code, out, err = terminal.run(
        "assess", "--lang", "en", "--today", "2027-03-01", given="\ufeff" + json.dumps(SEMESTER_ABROAD)
    )

    assert (code, err, out.count("\n")) == (0, "", 1)
    assert json.loads(out) == assessed(SEMESTER_ABROAD)
    assert list(json.loads(out))[:7] == [
        *("mobility_type", "outside_scope", "duration_category", "verdict", "criteria", "conditions", "missing")
    ]
    assert set(LISTS) <= set(json.loads(out))


@pytest.mark.parametrize(
    ("given", "line"),
    [
        ('{"role": "student", "gpa": "3.4"}', 'gpa: "3.4" is text; a number from 0 to 4 is accepted'),
        ('{"role": "student", "gpa": 34}', "gpa: 34 is out of range; a number from 0 to 4 is accepted"),
        ('{"rolle": "student"}', "rolle: unknown fact; did you mean role?"),
        ('{"active_student": 1}', "active_student: 1 is a number; true or false is accepted"),
    ],
)
def test_bad_input_of_the_contract_is_refused_in_its_words(terminal: Terminal, given: str, line: str) -> None:
    assert terminal.refusal(given) == line


@pytest.mark.parametrize(
    ("given", "parts"),
    [
        ("", ("not JSON",)),
        ("{", ("not JSON", "column")),
        ("{}\n{}", ("not JSON", "line 2")),
        ("[]", ("list", "object of facts")),
        ('"student"', ("text", "object of facts")),
        ("null", ("object of facts",)),
        ('{"gpa": NaN}', ("gpa", "NaN", "0 to 4")),
        ('{"gpa": -Infinity}', ("gpa", "-Infinity", "0 to 4")),
        ('{"gpa": 1e999}', ("gpa", "0 to 4")),
        ('{"gpa": -0.01}', ("gpa", "-0.01", "0 to 4")),
        ('{"gpa": null}', ("gpa", "null", "leave the key out")),
        ('{"gpa": {"value": 3}}', ("gpa", "object", "0 to 4")),
        ('{"duration_days": ' + "9" * 5000 + "}", ("duration_days", "1 to 2000")),
        ('{"duration_days": 0}', ("duration_days", "1 to 2000")),
        ('{"duration_days": 2001}', ("duration_days", "1 to 2000")),
        ('{"duration_days": 1.5}', ("duration_days", "whole number")),
        ('{"duration_days": true}', ("duration_days", "truth value")),
        ('{"semester": 21}', ("semester", "1 to 20")),
        ('{"toefl_itp": 678}', ("toefl_itp", "0 to 677")),
        ('{"ielts": 9.5}', ("ielts", "0 to 9")),
        ('{"credits_completed_percent": 101}', ("credits_completed_percent", "0 to 100")),
        ('{"role": "dosen"}', ("role", "dosen", "lecturer")),
        ('{"host": "Abroad"}', ("host", "did you mean abroad")),
        ('{"programme": "erasmus"}', ("programme", "erasmus", "credit_transfer", "other")),
        ('{"active_student": "true"}', ("active_student", "text", "true or false")),
        ('{"start_date": "2027-02-29"}', ("start_date", "calendar", "YYYY-MM-DD")),
        ('{"start_date": "1 Mei 2027"}', ("start_date", "YYYY-MM-DD")),
        ('{"start_date": 20270501}', ("start_date", "number", "YYYY-MM-DD")),
        ('{"gpa": 3, "gpa": 3.5}', ("gpa", "twice")),
        ('{"": 1}', ('""', "unknown fact")),
        ('{"Role": "student"}', ("Role", "did you mean role?")),
        (b'{"role": "stu\xff"}', ("not UTF-8", "byte 13")),
        ('{"role": "student"}'.encode("utf-16"), ("not UTF-8",)),
    ],
)
def test_bad_input_is_refused_with_key_and_what_is_accepted(
    terminal: Terminal, given: str | bytes, parts: tuple[str, ...]
) -> None:
    line = terminal.refusal(given)

    assert all(part in line for part in parts), line


@pytest.mark.parametrize("depth", [50, 900, *range(930, 1000, 4), 100_000])
def test_nesting_of_any_depth_is_refused_in_one_line(terminal: Terminal, depth: int) -> None:
    for given in ("[" * depth + "]" * depth, '{"gpa":' * depth + "1" + "}" * depth):
        assert len(terminal.refusal(given)) < 200


def test_files_that_are_not_there_are_named(terminal: Terminal, tmp_path: Path) -> None:
    missing, folder = tmp_path / "nobody.json", tmp_path

    assert "nobody.json" in terminal.refusal(b"", "--facts", str(missing))
    assert str(folder) in terminal.refusal(b"", "--facts", str(folder))
    assert "nobody.json" in terminal.refusal(b"", "--jsonl", "--facts", str(missing))


def test_a_file_is_read_like_standard_input(terminal: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "profil é.json"
    file.write_bytes(b"\xef\xbb\xbf" + json.dumps(FOREIGN_GUEST).encode())

    code, out, _ = terminal.run("assess", "--facts", str(file), "--lang", "en", "--today", "2027-03-01")

    assert (code, json.loads(out)) == (0, assessed(FOREIGN_GUEST))


def test_lines_are_answered_in_their_order_and_a_bad_one_stops_nothing(terminal: Terminal) -> None:
    answers = terminal.lines(
        b"\xef\xbb\xbf" + json.dumps(SEMESTER_ABROAD).encode(),
        "nonsense",
        '{"gpa": 34}',
        "",
        "[1]",
        b'{"role": "\xff"}',
        '{"gpa": 3, "gpa": 3}',
        '{"gpa": NaN}',
        "[" * 100_000,
        json.dumps(FOREIGN_GUEST) + "\r",
        "",
        "",
    )

    assert answers[0] == assessed(SEMESTER_ABROAD)
    assert answers[-1] == assessed(FOREIGN_GUEST)
    errors = [answer["error"] for answer in answers[1:-1]]
    assert [list(answer) for answer in answers[1:-1]] == [["error"]] * 8
    assert errors[1] == "gpa: 34 is out of range; a number from 0 to 4 is accepted"
    assert "not UTF-8 at byte 10" in errors[4]
    assert all("\n" not in error for error in errors)


def test_no_lines_give_no_answers(terminal: Terminal) -> None:
    assert terminal.lines() == []
    assert terminal.lines("", "  ", "") == []


def test_the_day_is_checked(terminal: Terminal) -> None:
    early = terminal.refusal("{}", "--today", "2021-08-03")
    assert "2021-08-03" in early
    assert "2021-08-04" in early
    assert "2021-08-03" in terminal.refusal("{}\n{}", "--jsonl", "--today", "2021-08-03")
    assert terminal.run("assess", "--today", "2021-08-04", given="{}")[0] == 0
    assert "--today" in terminal.refusal("{}", "--today", "yesterday")


def test_the_language_is_one_of_two(terminal: Terminal) -> None:
    texts = [terminal.run("assess", *lang, given=json.dumps(FOREIGN_GUEST))[1] for lang in ((), ("--lang", "id"))]

    assert texts[0] == texts[1]
    assert "Universitas asal Anda" in texts[0]
    assert "--lang" in terminal.refusal("{}", "--lang", "fr")
    assert "\\u" not in texts[0]


def test_an_interview_is_answered_from_a_profile(terminal: Terminal) -> None:
    code, out, err = terminal.run("interview", "--lang", "en", "--today", "2027-03-01", given=json.dumps(FOREIGN_GUEST))
    found = json.loads(out)

    assert (code, err, list(found)) == (0, "", ["asked", "assessment"])
    assert set(found["asked"]) >= {"role", "home", "host", "citizenship", "duration_days", "start_date"}
    assert found["assessment"]["mobility_type"] == "student_inbound_international"
    assert terminal.lines(json.dumps(FOREIGN_GUEST), "x", command="interview")[0] == found
    assert "gpa" in terminal.refusal('{"gpa": 5}', command="interview")


def test_from_a_shell_it_is_utf_8_in_any_locale_and_needs_neither_telegram_nor_a_database() -> None:
    given = b'{"role": "\xc3\xa9"}\n' + json.dumps(SEMESTER_ABROAD).encode()
    code = "import sys, runpy; sys.argv = ['knowledge', 'assess', '--jsonl']\n"
    code += "try: runpy.run_module('knowledge', run_name='__main__')\n"
    code += (
        "finally: print(sorted({'aiogram', 'sqlalchemy', 'telegram', 'asyncio'} & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], input=given, capture_output=True, check=False, cwd=ROOT, env={"LC_ALL": "C"}
    )

    assert (done.returncode, done.stderr) == (0, b"[]\n")
    refused, answered = done.stdout.decode("utf-8").splitlines()
    assert "é" in json.loads(refused)["error"]
    assert "é" in refused
    assert json.loads(answered)["verdict"] == "eligible"


def test_a_refusal_from_a_shell_is_one_line_and_exit_code_2() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "knowledge", "assess"], input=b'{"gpa": 34}', capture_output=True, check=False, cwd=ROOT
    )

    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr == b"gpa: 34 is out of range; a number from 0 to 4 is accepted\n"
