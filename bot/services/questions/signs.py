"""Whether a typed text asks something: while an answer is expected, a question must not be taken for a bad one."""

from __future__ import annotations

import re
from typing import Final

from knowledge.answers.words import word_set

_WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_FILLERS: Final = word_set(
    "kak kakak min mimin admin gan bro sis mas mbak mba pak bu bang dong sih deh nih eh oh hm hmm maaf permisi halo "
    "hai hi hello hey so well but and ok oke please tolong mau tanya numpang nanya btw kalau kalo klo if terus "
    "trus lalu"
)
_ALWAYS: Final = word_set(
    "apa apakah apaan apaaja bagaimana gimana gmn gmna bgmn gimn berapa brp brapa berapakah kapan kpn kapankah dimana "
    "dmn mana manakah siapa siapakah kenapa mengapa knp knpa ngapain bolehkah bisakah haruskah adakah perlukah "
    "what whats what's how hows how's why"
)
"""Words that ask wherever they stand."""
_FIRST: Final = word_set(
    "when where which who whose whom can could may do does did is are am was were should shall will would must has "
    "have boleh bisa harus perlu wajib emang memangnya apa2"
)
"""Words that ask where they come first."""
_MAY: Final = re.compile(r"\s*may[\s,.]+\d", re.IGNORECASE)
"""The month, not the question: May 2030."""
_WITH_A_MARK: Final = _ALWAYS | _FIRST
_UNSURE: Final = word_set("ya yah iya kan right correct betul benar no")
"""Ends of an answer that wants to be confirmed: "5 bulan ya?"."""
LEAST_WORDS: Final = 2
SENTENCE: Final = 3
LONG: Final = 5
"""Words from which on a question mark is enough: an answer that is only unsure is shorter."""


def asks(text: str, *, understood: bool, is_unknown: bool = False) -> bool:
    """Whether a text is a question rather than an answer. `understood`: it could be read as the answer that was
    expected; `is_unknown`: as "I don't know", in which words that ask are common."""
    if text.startswith("/"):
        return False
    words = [word.lower() for word in _WORD.findall(text)]
    said = [word for word in words if word not in _FILLERS]
    marked = "?" in text
    asking = any(word in _ALWAYS for word in said) or (bool(said) and said[0] in _FIRST and not _MAY.match(text))
    if not understood:
        return len(words) >= LEAST_WORDS and (marked or asking)
    if is_unknown:
        return marked and asking and len(said) > SENTENCE
    if len(said) < SENTENCE:
        return False
    if not marked:
        return asking
    return any(word in _WITH_A_MARK for word in said) or (len(said) >= LONG and said[-1] not in _UNSURE)
