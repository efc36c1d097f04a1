"""A text that must not be seen in a log, and a log that does not show it."""

from __future__ import annotations

import logging
from collections.abc import Iterable

MASK = "***"


class Secret:
    """Wraps a secret so that printing the settings does not print it."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """The text itself, for the one place that sends it."""
        return self._text

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._text == self._text

    def __hash__(self) -> int:
        return hash(self._text)

    def __repr__(self) -> str:
        return f"Secret({MASK})"

    __str__ = __repr__


class RedactingFormatter(logging.Formatter):
    """Masks secrets in whatever is logged: libraries put whole addresses, token included, into their errors."""

    def __init__(self, layout: str, secrets: Iterable[str]) -> None:
        super().__init__(layout)
        self._secrets = tuple(secret for secret in secrets if secret)

    def format(self, record: logging.LogRecord) -> str:
        line = super().format(record)
        for secret in self._secrets:
            line = line.replace(secret, MASK)
        return line
