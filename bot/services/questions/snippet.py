"""What the packs can learn from questions, as YAML to paste: phrasings for a topic, or the beginning of a new one.

The loader refuses a new topic until somebody has written its answer and its clauses: nothing half-done gets in.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from bot.db.questions import Example
from bot.services.markup import cut
from bot.services.questions.masks import MASK
from knowledge.loading.loader import PACKS_FOLDER
from knowledge.loading.topic_schema import FEWEST_PHRASINGS, LONGEST_TITLE

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
        "# Read each one: is this what the topic answers? Then paste the lines below `phrasings:` of the topic,",
        "# under the language they are in, and run `python -m knowledge coverage` and `python -m knowledge train`.",
        f"- id: {topic}",
        "  phrasings:",
    ]
    for lang in LANGUAGES:
        texts = _texts(examples, lang)
        if texts:
            parts += [f"    {lang}:", *(f"      - {_quoted(text)}" for text in texts)]
    return "\n".join(parts) + "\n"


def new_topic(group_id: int, examples: Sequence[Example]) -> str:
    """The beginning of a topic that does not exist yet."""
    title = _title(examples[0].text)
    parts = [
        "# A new topic. Paste it into the file of `knowledge/packs/<pack>/topics` where it belongs, then",
        "# - name the clauses it rests on and write the answer in both languages (figures as {references},",
        "#   see the topics beside it), `types:` and `programmes:` where it holds for some only;",
        f"# - complete the phrasings: at least {FEWEST_PHRASINGS} in each language, as different people would ask;",
        "# - run `python -m knowledge coverage`, then `python -m knowledge train`.",
        f"- id: {_id(examples[0].text, group_id)}",
        f"  title: {{id: {_quoted(title)}, en: {_quoted(title)}}}",
        "  group: general",
        "  types: []",
        "  programmes: []",
        "  clauses: []",
        "  answer:",
        '    id: ""',
        '    en: ""',
        "  related: []",
        "  phrasings:",
    ]
    for lang in LANGUAGES:
        texts = _texts(examples, lang)
        lines = [f"      - {_quoted(text)}" for text in texts]
        parts += [f"    {lang}:" if lines else f"    {lang}: []", *lines]
    return "\n".join(parts) + "\n"


def _texts(examples: Iterable[Example], lang: str) -> list[str]:
    return [example.text.replace(MASK, "…") for example in examples if example.lang == lang]


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
    """The file in which a topic stands, below the folder of packs."""
    head = f"- id: {topic}\n"
    for path in sorted(folder.glob("*/topics/*.yaml")):
        if head in path.read_text(encoding="utf-8"):
            return f"{folder.parent.name}/{path.relative_to(folder.parent)}"
    return ""
