"""YAML from the inbox: the loader takes it once somebody has finished it, and not before."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml

from bot.db.questions import Example
from bot.services.questions.snippet import LONGEST_ID, new_topic, phrasings
from knowledge import Knowledge, PackError
from knowledge.loading.loader import PACKS_FOLDER
from knowledge.topics import load_topics

EXAMPLES = [
    Example('boleh bawa "koper" dua: berapa #kilo?', "id", "unanswered", None),
    Example("how many suitcases? call […]", "en", "unanswered", None),
]


@pytest.fixture
def packs(tmp_path: Path) -> Path:
    """A copy of the packs."""
    shutil.copytree(PACKS_FOLDER, tmp_path / "packs")
    return tmp_path / "packs"


def loaded(knowledge: Knowledge, folder: Path) -> set[str]:
    return set(load_topics(knowledge, [folder / pack for pack in knowledge.packs]))


def test_phrasings_are_pasted_into_their_topic(knowledge: Knowledge, packs: Path) -> None:
    snippet = phrasings("permit_fee", EXAMPLES, PACKS_FOLDER)
    (path,) = [path for path in packs.glob("*/topics/*.yaml") if "- id: permit_fee\n" in path.read_text("utf-8")]
    assert f"packs/{path.relative_to(packs)}" in snippet
    lines = snippet.splitlines()
    before, topic, after = path.read_text("utf-8").partition("- id: permit_fee\n")
    for lang in ("id", "en"):
        start = lines.index(f"    {lang}:") + 1
        pasted = [line for line in lines[start:] if line.startswith("      - ")][:1]
        head = f"  phrasings:\n    {lang}:\n" if lang == "id" else f"    {lang}:\n"
        own, mark, rest = after.partition(head)
        after = own + mark + "\n".join(pasted) + "\n" + rest
    path.write_text(before + topic + after, "utf-8")
    found = load_topics(knowledge, [packs / pack for pack in knowledge.packs])["permit_fee"]
    assert EXAMPLES[0].text in found.phrasings.id
    assert "how many suitcases? call …" in found.phrasings.en


def test_a_new_topic_loads_once_it_is_finished(knowledge: Knowledge, packs: Path) -> None:
    known = loaded(knowledge, packs)
    snippet = new_topic(7, EXAMPLES)
    path = packs / "unnes" / "topics" / "general.yaml"
    original = path.read_text("utf-8")
    path.write_text(original + "\n" + snippet, "utf-8")
    with pytest.raises(PackError) as refusal:
        loaded(knowledge, packs)
    assert "clauses" in str(refusal.value) or "answer" in str(refusal.value) or "phrasings" in str(refusal.value)
    finished = snippet.replace("clauses: []", "clauses: [P2.p1]")
    finished = finished.replace('    id: ""', "    id: Dua koper.").replace('    en: ""', "    en: Two suitcases.")
    for lang, word in (("id", "koper"), ("en", "suitcase")):
        more = "".join(f"      - {word} nomor {number}\n" for number in range(12))
        finished = finished.replace(f"    {lang}:\n      - ", f"    {lang}:\n{more}      - ")
    path.write_text(original + "\n" + finished, "utf-8")
    assert loaded(knowledge, packs) - known == {"boleh_bawa_koper_dua_berapa_kilo"}


@pytest.mark.parametrize("text", ["?", "12345 67890", "🤷", "x" * 300, "a: [b", "- - -", "'\"", "…", "Ä ö ß"])
def test_any_question_makes_good_yaml(text: str) -> None:
    for lang in ("id", "en"):
        (topic,) = yaml.safe_load(new_topic(3, [Example(text, lang, "down", None)]))
        assert topic["phrasings"][lang] == [text]
        assert 0 < len(topic["id"]) <= LONGEST_ID
        assert len(topic["title"]["id"]) <= 60
        (known,) = yaml.safe_load(phrasings("no_such_topic", [Example(text, lang, "down", None)], PACKS_FOLDER))
        assert known["phrasings"] == {lang: [text]}
