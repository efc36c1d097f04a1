"""Phrasings that do not hold are refused with file, key and cure."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import yaml

from knowledge.loading.yaml_reader import PackError
from knowledge.search.phrasings import FEWEST, load_phrasings
from tests.knowledge.search.refusals import refused
from tests.knowledge.search.small_world import some_topics

Content = dict[str, Any]


def sound(topic: str, id_word: str, en_word: str) -> Content:
    asked = {lang: [f"{word} {n}" for n in range(FEWEST)] for lang, word in (("id", id_word), ("en", en_word))}
    return {"topic": topic, **asked}


PASSPORT, DORMITORY = sound("passport_student", "paspor", "passport"), sound("dormitory", "asrama", "dormitory")


def load(folder: Path, *contents: Content) -> None:
    (folder / "phrasings").mkdir(exist_ok=True)
    (folder / "phrasings" / "some.yaml").write_text(yaml.safe_dump(list(contents), allow_unicode=True), "utf-8")
    load_phrasings(some_topics(("passport_student", "dormitory")), [folder])


def test_sound_phrasings_load(tmp_path: Path) -> None:
    load(tmp_path, PASSPORT, DORMITORY)


def _first(asked: Content, text: str) -> None:
    asked["en"][0] = text


REFUSED: dict[str, tuple[Callable[[Content], Any], tuple[str, ...]]] = {
    "missing language": (lambda asked: asked.pop("id"), ("0.id", "the key is missing; add it")),
    "too few": (lambda asked: asked["en"].pop(), ("0.en", f"at least {FEWEST} items")),
    "empty": (lambda asked: _first(asked, ""), ("0.en.0", "at least 1 character")),
    "without words": (lambda asked: _first(asked, "???"), ("0.en.0", "has no words; write a question")),
    "twice in one topic": (
        lambda asked: _first(asked, "PASSPORT 1!"),
        ("0.en.1", "is already a phrasing of 'passport_student'; word one of them otherwise"),
    ),
    "of another topic": (
        lambda asked: _first(asked, "dormitory 3?"),
        ("1.en.3", "is already a phrasing of 'passport_student'"),
    ),
    "unknown topic": (lambda asked: asked.update(topic="pasport"), ("0.topic", "unknown topic 'pasport'", "declare")),
    "topic twice": (lambda asked: asked.update(topic="dormitory"), ("1.topic", "'dormitory' stands twice")),
    "unknown key": (lambda asked: asked.update(fr=["passeport"]), ("0.fr", "unknown key")),
}


@pytest.mark.parametrize("problem", REFUSED)
def test_what_does_not_hold_is_refused_with_place_and_cure(tmp_path: Path, problem: str) -> None:
    broken = deepcopy(PASSPORT)
    change, said = REFUSED[problem]
    change(broken)

    refused(lambda: load(tmp_path, broken, DORMITORY), file="some.yaml", said=said)


def test_a_topic_without_phrasings_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="phrasings: the topic 'dormitory' has none; write at least 12 in each"):
        load(tmp_path, PASSPORT)
