"""README.md tells what is so: its conversations are recorded ones, its examples of rules load, its files exist."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from knowledge import assess
from knowledge.loading.loader import PACKS, PACKS_FOLDER, load_packs
from tests.support.source import ROOT
from tests.transcripts.excerpts import EXCERPT, refreshed
from tests.transcripts.playing import TODAY

ADDITION = re.compile(r"<!-- add to (?P<path>\S+)(?: under (?P<key>\w+))? -->\n```yaml\n(?P<text>.*?)```\n", re.DOTALL)
LINK = re.compile(r"\]\((?P<path>[^)#:]+)\)")
TREE = re.compile(r"^(?P<indent> *)(?P<names>\S+(?:, \S+)*)  +\S", re.MULTILINE)


@pytest.fixture(scope="module")
def readme() -> str:
    return (ROOT / "README.md").read_text(encoding="utf-8")


def test_it_shows_conversations_in_both_languages_as_they_were_recorded(readme: str) -> None:
    shown = list(EXCERPT.finditer(readme))
    assert {found["name"].rpartition(".")[2] for found in shown} == {"id", "en"}
    assert all(len(found["text"].splitlines()) > 10 for found in shown)
    assert readme == refreshed(readme), "run `python -m tests.transcripts`"


def test_its_examples_of_rules_work_together(readme: str, tmp_path: Path) -> None:
    shutil.copytree(PACKS_FOLDER, tmp_path / "packs")
    additions = list(ADDITION.finditer(readme))
    assert len(additions) == 6
    for addition in additions:
        path = tmp_path / Path(addition["path"]).relative_to("knowledge")
        path.write_text(added(path.read_text(encoding="utf-8"), addition["key"], addition["text"]), encoding="utf-8")
    knowledge = load_packs(tmp_path / "packs" / name for name in PACKS)
    facts = {"role": "student", "home": "unnes", "host": "indonesia", "programme": "national_debate"}
    result = assess(knowledge, {**facts, "supervisor_agrees": True}, lang="id", today=TODAY)
    assert {(fee.id, fee.amount) for fee in result["fees"]} >= {("registration_fee", 150_000)}
    assert {(condition.id, condition.status) for condition in result["conditions"]} >= {("supervisor", "met")}
    assert "supervisor_agrees" in assess(knowledge, facts, lang="id", today=TODAY).missing


def added(file: str, key: str | None, text: str) -> str:
    """A pack file with more entries: at its end, or first under a key."""
    if key is None:
        return f"{file.rstrip()}\n{text}"
    before, found, after = file.partition(f"\n{key}:\n")
    assert found, key
    return before + found + text + after


def test_the_files_it_speaks_of_exist(readme: str) -> None:
    named = [found["path"] for found in LINK.finditer(readme)]
    tree = readme.partition("## How it is laid out\n\n```text\n")[2].partition("```")[0]
    parents: list[str] = []
    for found in TREE.finditer(tree):
        del parents[len(found["indent"]) // 2 :]
        named += ["".join(parents) + name for name in found["names"].split(", ")]
        parents.append(found["names"])
    assert len(named) > 10
    assert not [name for name in named if not (ROOT / name).exists()]
