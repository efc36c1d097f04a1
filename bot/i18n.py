"""Words: texts of the interface in the person's language, and dates, numbers and money as they are written in it.

Texts are in gettext catalogues, `locales/<language>/LC_MESSAGES/lintas.po`, with the English text as the key; they are
read as they are, nothing has to be compiled. English needs no catalogue. Screens get a translator as a parameter.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from typing import Final, Protocol

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

LOCALES: Final = Path(__file__).parent.parent / "locales"
DOMAIN: Final = "lintas"
BABEL_LOCALES: Final[Mapping[str, str]] = {"id": "id", "en": "en_GB"}
"""British English writes the day before the month, as Indonesian does: 3/4 cannot mean two things."""


class Readable(Protocol):
    """A text of the knowledge, in both languages."""

    def get(self, lang: str) -> str: ...


class Translator:
    """One language. What a placeholder is filled with is not escaped: the screen knows where it goes."""

    def __init__(self, lang: str, catalogue: NullTranslations) -> None:
        self.lang = lang
        self._catalogue = catalogue
        self._locale = Locale.parse(BABEL_LOCALES[lang])

    def gettext(self, message: str, /, **fields: object) -> str:
        """The text with its `{placeholders}` filled in."""
        text = self._catalogue.gettext(message)
        return text.format(**fields) if fields else text

    def ngettext(self, one: str, many: str, n: int, /, **fields: object) -> str:
        """The text for this number, which is `{n}` in it."""
        return self._catalogue.ngettext(one, many, n).format(n=n, **fields)

    def text(self, text: Readable) -> str:
        """A text of the knowledge."""
        return text.get(self.lang)

    def date(self, day: datetime.date) -> str:
        """`17 Agu 2026`, `17 Aug 2026`."""
        return format_date(day, "d MMM y", locale=self._locale)

    def long_date(self, day: datetime.date) -> str:
        """`Senin, 17 Agustus 2026`, `Monday, 17 August 2026`."""
        return format_date(day, "EEEE, d MMMM y", locale=self._locale)

    def number(self, number: float) -> str:
        """`3,25` or `3.25`; thousands are grouped."""
        return format_decimal(number, locale=self._locale)

    def money(self, amount: int, currency: str) -> str:
        """`Rp1.900.000` or `Rp1,900,000`; other currencies by their code."""
        sign = {"IDR": "Rp", "USD": "US$"}.get(currency, f"{currency} ")
        return f"{sign}{self.number(amount)}"

    def days(self, n: int) -> str:
        """`1 hari`, `14 hari`; `1 day`, `14 days`."""
        return self.ngettext("{n} day", "{n} days", n)

    def list(self, parts: Sequence[str]) -> str:
        """`KTP, ijazah, dan SKHUN`; `a, b and c`."""
        return format_list(list(parts), locale=self._locale)


class Translators:
    """All languages of the bot."""

    def __init__(self, by_lang: Mapping[str, Translator]) -> None:
        self._by_lang = by_lang

    def __getitem__(self, lang: str) -> Translator:
        return self._by_lang[lang]

    def __iter__(self) -> Iterator[Translator]:
        return iter(self._by_lang.values())


@cache
def load_translators(folder: Path = LOCALES) -> Translators:
    """The catalogues, read once: a process may hold the bot and the worker."""
    return Translators({lang: Translator(lang, _catalogue(folder, lang)) for lang in BABEL_LOCALES})


def _catalogue(folder: Path, lang: str) -> NullTranslations:
    path = folder / lang / "LC_MESSAGES" / f"{DOMAIN}.po"
    if not path.exists():
        return NullTranslations()
    compiled = BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file))
    compiled.seek(0)
    return GNUTranslations(compiled)
