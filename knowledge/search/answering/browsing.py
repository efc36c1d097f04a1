"""Topics by category, for those who would rather look around than ask."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import get_args

from knowledge.loading.topic_schema import Group
from knowledge.loading.yaml_reader import PackError, read_yaml
from knowledge.search.answering.answer import TopicTitle
from knowledge.search.folders import DATA
from knowledge.text import Language, Text
from knowledge.topics import Topics

GROUPS: tuple[Group, ...] = get_args(Group)


@dataclass(frozen=True, slots=True)
class GroupTitle:
    """A category of topics."""

    group: Group
    title: str
    topics: int
    """How many topics it has."""


def groups(topics: Topics, lang: Language) -> tuple[GroupTitle, ...]:
    """The categories that have topics."""
    counts = Counter(topic.group for topic in topics.values())
    return tuple(
        GroupTitle(group, title.get(lang), counts[group]) for group, title in group_names().items() if counts[group]
    )


def in_group(topics: Topics, group: str, lang: Language, known_type: str | None = None) -> tuple[TopicTitle, ...]:
    """The topics of a category in the order of the packs, those that hold for *known_type* first."""
    found = [topic for topic in topics.values() if topic.group == group]
    if known_type is not None:
        found.sort(key=lambda topic: bool(topic.types) and known_type not in topic.types)
    return tuple(TopicTitle(topic.id, topic.title.get(lang)) for topic in found)


@cache
def group_names() -> dict[Group, Text]:
    """The name of each category, in the order of browsing. Raises PackError where one is missing."""
    path = DATA / "groups.yaml"
    written = read_yaml(path)
    if not isinstance(written, dict) or set(written) != set(GROUPS):
        raise PackError(f"{path.name}: the names of the categories must be those of {', '.join(GROUPS)}")
    return {group: Text.model_validate(name) for group, name in written.items()}
