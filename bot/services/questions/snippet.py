"""What the packs can learn from questions, as YAML to paste: phrasings for a topic, or the beginning of a new one.

The loader refuses a new topic until somebody has written its answer and its clauses: nothing half-done gets in.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from bot.db.questions import Example
from bot.services.markup import cut
from bot.services.questions.masks import MASK
from knowledge.loading.loader import PACKS_FOLDER
from knowledge.loading.topic_schema import LONGEST_TITLE
from knowledge.search.phrasings import FEWEST, FOLDER

LANGUAGES: Final = ("id", "en")
LONGEST_ID: Final = 32
"""Longer ids do not fit beside the rest of a button."""
_PLAIN: Final = re.compile(r"[a-z0-9]+")


def phrasings(topic: str, examples: Sequence[Example], folder: Path = PACKS_FOLDER) -> str:
    """Lines for the phrasings of a topic that exists."""
    place = _place(topic, folder)
    where = f" in {place}" if place else ""
    parts = [
        f"# New phrasings for the topic `{topic}`{where}.",
        "# Read each one: is this what the topic answers? Then paste the lines to those that the topic has already,",
        "# under the language they are in, and run `python -m knowledge coverage` and `python -m knowledge train`.",
        f"- topic: {topic}",
        *_lines(examples),
    ]
    return "\n".join(parts) + "\n"


def new_topic(group_id: int, examples: Sequence[Example]) -> str:
    """The beginning of a topic that does not exist yet."""
    title, name = _title(examples[0].text), _id(examples[0].text, group_id)
    parts = [
        "# A new topic. Paste it into the file of `knowledge/packs/<pack>/topics` where it belongs, then",
        "# - name the clauses it rests on and write the answer in both languages (figures as {references},",
        "#   see the topics beside it), `types:` and `programmes:` where it holds for some only.",
        f"- id: {name}",
        f"  title: {{id: {_quoted(title)}, en: {_quoted(title)}}}",
        "  group: general",
        "  types: []",
        "  programmes: []",
        "  clauses: []",
        "  answer:",
        '    id: ""',
        '    en: ""',
        "  related: []",
        "---",
        "# And its phrasings. Paste them into the file of the same name in `knowledge/packs/<pack>/phrasings`, then",
        f"# - complete them: at least {FEWEST} in each language, as different people would ask;",
        "# - run `python -m knowledge coverage`, then `python -m knowledge train`.",
        f"- topic: {name}",
        *_lines(examples),
    ]
    return "\n".join(parts) + "\n"


def _lines(examples: Sequence[Example]) -> Iterator[str]:
    """The examples as YAML, by language."""
    for lang in LANGUAGES:
        texts = [example.text.replace(MASK, "…") for example in examples if example.lang == lang]
        if texts:
            yield f"  {lang}:"
            yield from (f"    - {_quoted(text)}" for text in texts)


def _quoted(text: str) -> str:
    """A text as YAML takes it: what JSON quotes is quoted in YAML too."""
    return json.dumps(text, ensure_ascii=False)


def _title(text: str) -> str:
    line = text.replace(MASK, "…").strip()
    return cut(line[:1].upper() + line[1:], LONGEST_TITLE)


def _id(text: str, group_id: int) -> str:
    words = [word for word in _PLAIN.findall(text.lower()) if len(word) > 2 and not word.isdigit()]
    name = "_".join(words)[:LONGEST_ID].strip("_")
    return name if name[:1].isalpha() else f"question_{group_id}"


def _place(topic: str, folder: Path) -> str:
    """The file in which the phrasings of a topic stand, below the folder of packs."""
    head = f"- topic: {topic}\n"
    for path in sorted(folder.glob(f"*/{FOLDER}/*.yaml")):
        if head in path.read_text(encoding="utf-8"):
            return f"{folder.parent.name}/{path.relative_to(folder.parent)}"
    return ""
