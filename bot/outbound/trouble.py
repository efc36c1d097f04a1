"""Something is away - the database, Telegram - and comes back: wait longer each time, and say it once."""

from __future__ import annotations

import logging

LONGEST: float = 30.0
"""Seconds."""


class Trouble:
    """One thing that may be away."""

    def __init__(self, log: logging.Logger, what: str) -> None:
        self._log = log
        self._what = what
        self._times = 0

    def again(self, reason: object, *, patience: int = 0) -> float:
        """It failed once more; seconds to wait before the next try. The first `patience` failures in a row cost
        nothing, for they may have reasons of their own."""
        self._times += 1
        times = self._times - patience
        if times <= 0:
            return 0.0
        if times == 1:
            self._log.warning("%s is away (%s); waiting", self._what, _one_line(reason))
        return float(min(LONGEST, 2.0 ** (times - 1) / 2))

    def over(self) -> None:
        """It works."""
        if self._times:
            self._times = 0
            self._log.info("%s is there", self._what)


def _one_line(reason: object) -> str:
    cause = getattr(reason, "orig", None) or reason
    lines = str(cause).strip().splitlines()
    return lines[0][:200] if lines else type(cause).__name__
