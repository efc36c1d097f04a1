"""What must not be kept of a question: addresses, numbers of people, telephones, papers."""

from __future__ import annotations

import re
from typing import Final

from bot.services.markup import cut

LONGEST: Final = 300
"""Characters of a question that are kept."""
MASK: Final = "[…]"

_UNSEEN: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]+")
_PRIVATE: Final = re.compile(
    r"""
      (?:https?://|www\.)\S+                               # addresses of pages: some carry a name or a key
    | (?:t\.me|telegram\.me|wa\.me|bit\.ly)/\S+
    | [\w.+-]+\s?@\s?[\w-]+(?:\.[\w-]+)+                   # e-mail
    | (?<![\w@])@\w{3,}                                    # names in Telegram
    | \b[a-z]{1,2}[\s-]?\d{6,8}\b                          # passports
    """,
    re.IGNORECASE | re.VERBOSE,
)
_DIGITS: Final = re.compile(r"[+(]{0,2}\d(?:[\s().+-]{0,2}\d){5,}")
"""Six digits and more, with whatever people put between them."""
_HARMLESS: Final = re.compile(
    r"""
      (?:19|20)\d\d[\s-]{1,3}(?:19|20)\d\d                  # 2026-2027
    | \d{1,3}(?:[.]\d{3})*[.]000                            # 1.900.000
    | \d{1,3}0{5,9}                                         # 1900000
    """,
    re.VERBOSE,
)

_CURRENCY: Final = re.compile(r"(?:\brp|\bidr|\busd|[$€])[.\s]?\Z", re.IGNORECASE)


def masked(text: str) -> str:
    """The question as it may be kept: on one line, short, without what tells who asked.

    A name that somebody writes out is not recognised; amounts and years stay.
    """
    line = " ".join(_UNSEEN.sub(" ", text).split())
    line = _DIGITS.sub(_unless_harmless, _PRIVATE.sub(MASK, line))
    return cut(line, LONGEST)


def _unless_harmless(found: re.Match[str]) -> str:
    is_money = _CURRENCY.search(found.string, 0, found.start())
    return found[0] if is_money or _HARMLESS.fullmatch(found[0]) else MASK
