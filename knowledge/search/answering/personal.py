"""Whether a question is about somebody's own case."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

_FIRST_PERSON: Final = frozenset(
    ("saya", "aku", "kami", "anakku", "i", "i'm", "i've", "i'd", "my", "me", "mine", "our", "we")
)


def is_personal(words: Collection[str]) -> bool:
    """Whether words of a question (slang resolved) speak of the asker or the asker's child."""
    return not _FIRST_PERSON.isdisjoint(words)
