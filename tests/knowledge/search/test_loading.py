"""A topic that does not hold is refused with file, key and cure."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import yaml

from knowledge.loading.yaml_reader import PackError
from knowledge.topics import load_topics
from tests.knowledge.profiles import KNOWLEDGE
from tests.knowledge.search.refusals import refused

Content = dict[str, Any]

SOUND: Content = {
    "id": "passports",
    "title": {"id": "Paspor", "en": "Passports"},
    "group": "immigration",
    "types": ["student_outbound_international"],
    "clauses": ["III.A.2.d.1.p1"],
    "answer": {
        "id": "Minimal {passport_validity_student_outbound}.",
        "en": "At least {passport_validity_student_outbound}.",
    },
}


def _load(folder: Path, *contents: Content) -> None:
    (folder / "topics").mkdir(exist_ok=True)
    (folder / "topics" / "some.yaml").write_text(yaml.safe_dump(list(contents), allow_unicode=True), "utf-8")
    load_topics(KNOWLEDGE, [folder])


def test_a_sound_topic_loads(tmp_path: Path) -> None:
    _load(tmp_path, SOUND)


REFUSED: dict[str, tuple[Callable[[Content], Any], tuple[str, ...]]] = {
    "stale reference": (
        lambda topic: topic["answer"].update(id="{pasport_validity}", en="{pasport_validity}"),
        ("answer.id", "unknown parameter 'pasport_validity'", "did you mean"),
    ),
    "stale item": (
        lambda topic: topic["answer"].update(id="{item:common.about.gone}", en="{item:common.about.gone}"),
        ("answer.id", "unknown item of common.about 'gone'"),
    ),
    "differing references": (
        lambda topic: topic["answer"].update(en="At least a year."),
        ("answer.en", "the languages refer to different things", "use the same references in both"),
    ),
    "missing language of the answer": (
        lambda topic: topic["answer"].pop("en"),
        ("answer.en", "the key is missing; add it"),
    ),
    "empty title": (lambda topic: topic["title"].update(id=" "), ("title.id", "at least 1 character")),
    "unknown clause": (
        lambda topic: topic["clauses"].append("III.A.2.d.1.p9"),
        ("clauses.1", "unknown clause 'III.A.2.d.1.p9'", "did you mean"),
    ),
    "no clause": (lambda topic: topic.update(clauses=[]), ("clauses", "at least 1 item")),
    "unknown type": (lambda topic: topic.update(types=["students"]), ("types.0", "unknown mobility type 'students'")),
    "unknown related topic": (lambda topic: topic.update(related=["visas"]), ("related.0", "unknown topic 'visas'")),
    "related to itself": (lambda topic: topic.update(related=["passports"]), ("related", "remove it")),
    "long title": (lambda topic: topic["title"].update(en="x" * 61), ("the title (en) has 61 characters; 60 fit",)),
    "unknown key": (lambda topic: topic.update(titel="x"), ("titel", "unknown key")),
    "unknown group": (lambda topic: topic.update(group="visas"), ("group",)),
    "variant for a foreign type": (
        lambda topic: topic.update(
            variants=[{"types": ["staff_inbound_national"], "clauses": topic["clauses"], "answer": topic["answer"]}]
        ),
        ("which 'types' lacks; add it there or remove it",),
    ),
}


@pytest.mark.parametrize("problem", REFUSED)
def test_what_does_not_hold_is_refused_with_place_and_cure(tmp_path: Path, problem: str) -> None:
    broken = deepcopy(SOUND)
    change, said = REFUSED[problem]
    change(broken)

    refused(lambda: _load(tmp_path, broken), file="some.yaml", said=said)


def test_two_topics_with_one_id_are_refused(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="'passports' stands twice; give one of the topics another id"):
        _load(tmp_path, SOUND, SOUND)
