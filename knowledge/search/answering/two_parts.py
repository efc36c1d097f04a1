"""Questions that ask two things at once: "how much is the permit and which documents do I need?"."""

from __future__ import annotations

import re
from typing import Final

from knowledge.search.reading.normalise import tokens

_JOINT: Final = re.compile(r"\s(?:dan|serta|plus|and|also|sekalian|trus|terus|sama)\s|\s?[&;?]\s", re.IGNORECASE)
_FEWEST_WORDS: Final = 2


def halves(question: str) -> tuple[str, str] | None:
    """What stands before and behind the one place where two questions may be joined; None where there is none."""
    parts = [part for part in _JOINT.split(question.strip(" ?!.")) if part]
    if len(parts) != 2 or any(len(tokens(part)) < _FEWEST_WORDS for part in parts):
        return None
    return parts[0], parts[1]
