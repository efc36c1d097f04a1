"""YAML from the inbox: the loader takes it once somebody has finished it, and not before."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml

from bot.db.questions import Example
from bot.services.questions.snippet import LONGEST_ID, new_topic, phrasings
from knowledge import Knowledge, PackError
from knowledge.loading.loader import PACKS_FOLDER
from knowledge.search.phrasings import Phrasings, load_phrasings
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


def loaded(knowledge: Knowledge, folder: Path) -> Mapping[str, Phrasings]:
    """The phrasings of all topics: both files must hold."""
    known = load_topics(knowledge, [folder / pack for pack in knowledge.packs])
    return load_phrasings(known, [folder / pack for pack in knowledge.packs])


def test_phrasings_are_pasted_into_their_topic(knowledge: Knowledge, packs: Path) -> None:
    snippet = phrasings("permit_fee", EXAMPLES, PACKS_FOLDER)
    (path,) = [one for one in packs.glob("*/phrasings/*.yaml") if "- topic: permit_fee\n" in one.read_text("utf-8")]
    assert f"packs/{path.relative_to(packs)}" in snippet
    lines = snippet.splitlines()
    before, topic, after = path.read_text("utf-8").partition("- topic: permit_fee\n")
    for lang in ("id", "en"):
        pasted = lines[lines.index(f"  {lang}:") + 1]
        own, head, rest = after.partition(f"  {lang}:\n")
        after = f"{own}{head}{pasted}\n{rest}"
    path.write_text(before + topic + after, "utf-8")
    found = loaded(knowledge, packs)["permit_fee"]
    assert EXAMPLES[0].text in found.id
    assert "how many suitcases? call …" in found.en


def test_a_new_topic_loads_once_it_is_finished(knowledge: Knowledge, packs: Path) -> None:
    known = set(loaded(knowledge, packs))
    topic, asked = new_topic(7, EXAMPLES).split("---\n")
    topics_file, phrasings_file = (packs / "unnes" / folder / "general.yaml" for folder in ("topics", "phrasings"))
    topics_before, phrasings_before = topics_file.read_text("utf-8"), phrasings_file.read_text("utf-8")

    topics_file.write_text(f"{topics_before}\n{topic}", "utf-8")
    with pytest.raises(PackError, match=r"clauses|answer"):
        loaded(knowledge, packs)
    finished = topic.replace("clauses: []", "clauses: [P2.p1]")
    finished = finished.replace('    id: ""', "    id: Dua koper.").replace('    en: ""', "    en: Two suitcases.")
    topics_file.write_text(f"{topics_before}\n{finished}", "utf-8")
    with pytest.raises(PackError, match="the topic 'boleh_bawa_koper_dua_berapa_kilo' has none"):
        loaded(knowledge, packs)
    phrasings_file.write_text(f"{phrasings_before}\n{asked}", "utf-8")
    with pytest.raises(PackError, match=r"phrasings/general.yaml:\d+: .*at least 12 items"):
        loaded(knowledge, packs)
    for lang, word in (("id", "koper"), ("en", "suitcase")):
        more = "".join(f"    - {word} nomor {number}\n" for number in range(12))
        asked = asked.replace(f"  {lang}:\n", f"  {lang}:\n{more}")
    phrasings_file.write_text(f"{phrasings_before}\n{asked}", "utf-8")
    assert set(loaded(knowledge, packs)) - known == {"boleh_bawa_koper_dua_berapa_kilo"}


@pytest.mark.parametrize("text", ["?", "12345 67890", "🤷", "x" * 300, "a: [b", "- - -", "'\"", "…", "Ä ö ß"])
def test_any_question_makes_good_yaml(text: str) -> None:
    for lang in ("id", "en"):
        [topic], [asked] = yaml.safe_load_all(new_topic(3, [Example(text, lang, "down", None)]))
        assert asked == {"topic": topic["id"], lang: [text]}
        assert 0 < len(topic["id"]) <= LONGEST_ID
        assert len(topic["title"]["id"]) <= 60
        (known,) = yaml.safe_load(phrasings("no_such_topic", [Example(text, lang, "down", None)], PACKS_FOLDER))
        assert known == {"topic": "no_such_topic", lang: [text]}
