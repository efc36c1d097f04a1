"""Conversations in the terminal, from /start to a kept checklist, for every kind of mobility in both languages.

They are compared with what was recorded: a change of any word that people see shows up here. If it is meant, record
anew with `python -m tests.transcripts` and look at the difference.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from knowledge import Knowledge, load
from tests.support.source import ROOT
from tests.transcripts.playing import Transcript, play, transcripts

CHECKLIST_LINE = re.compile(r"^\d+\. \S+ (?P<text>.+)$", re.MULTILINE)
CLAUSE = re.compile(r"\b(?:[IVP]+\d*|ALN)(?:\.\w+)+")
PROGRESS = re.compile(r"^[▰▱]+ (\d+)/\d+", re.MULTILINE)
KEPT = {"id": "💾 Disimpan sebagai ", "en": "💾 Kept as "}
MY_APPLICATIONS = {"id": "📁 Rencana saya", "en": "📁 My applications"}
TAKEN_FOR_A_QUESTION = ("🤔", "🙏", "👎")
"""Signs of what is said when the typed words were no answer: did you mean …, I have no answer, does this help."""

each_transcript = pytest.mark.parametrize("transcript", transcripts(), ids=str)


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load()


def recorded(transcript: Transcript) -> str:
    return transcript.recording.read_text(encoding="utf-8")


def test_every_kind_of_mobility_has_a_conversation_in_both_languages(knowledge: Knowledge) -> None:
    played = {(one.mobility_type, one.language) for one in transcripts()}
    assert played == {(kind, language) for kind in knowledge.types for language in ("id", "en")}


@each_transcript
async def test_the_conversation_is_the_recorded_one(transcript: Transcript, tmp_path: Path) -> None:
    assert await play(transcript, tmp_path) == recorded(transcript), f"record anew: {transcript} (see the top of this)"


@each_transcript
def test_the_kind_of_mobility_is_named(transcript: Transcript, knowledge: Knowledge) -> None:
    name = knowledge.types[transcript.mobility_type].name.get(transcript.language)
    assert f"\n{name}\n" in recorded(transcript)


@each_transcript
def test_every_line_of_the_checklist_names_an_existing_clause(transcript: Transcript, knowledge: Knowledge) -> None:
    lines = [found["text"] for found in CHECKLIST_LINE.finditer(recorded(transcript))]
    assert lines
    for line in lines:
        cited = CLAUSE.findall(line)
        assert cited, f"no clause: {line}"
        assert set(cited) <= set(knowledge.clauses), line


@each_transcript
def test_the_checklist_is_kept_with_two_more_items_ticked(transcript: Transcript, knowledge: Knowledge) -> None:
    before, mark, after = recorded(transcript).partition(KEPT[transcript.language])
    assert mark, "nothing was kept"
    assert "/start" in before
    *_, status = after.partition("> /status\n")
    assert status.startswith(MY_APPLICATIONS[transcript.language])
    assert "\n📂 " in status
    assert knowledge.types[transcript.mobility_type].name.get(transcript.language) in status
    done = [int(found) for found in PROGRESS.findall(after)]
    assert done[-1] == done[0] + 2


@each_transcript
def test_the_bot_understood_everything(transcript: Transcript) -> None:
    assert not [sign for sign in TAKEN_FOR_A_QUESTION if sign in recorded(transcript)]


def test_the_command_shows_the_same() -> None:
    transcript = next(one for one in transcripts() if str(one) == "student_outbound_international.id")
    run = subprocess.run(
        [sys.executable, "-m", "bot", *transcript.command],
        cwd=ROOT,
        input=transcript.script,
        capture_output=True,
        encoding="utf-8",
        timeout=600,
        check=True,
    )
    assert run.stderr == ""
    starting, _, conversation = run.stdout.partition("\n")
    assert starting.startswith("Starting")
    assert conversation == recorded(transcript)
