"""How far an announcement is, and what became of it: the ledger's numbers put together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Literal

from bot.db.announcements import StoredAnnouncement
from bot.db.ledger_report import Batch, Counts, LedgerReports

Reason = Literal[
    "blocked",
    "unreachable",
    "gone",
    "never_started",
    "no_text",
    "not_filled",
    "no_application",
    "too_old",
    "not_there",
    "stopped",
    "erased",
    "lost",
    "other",
]
"""Why somebody did not get it, as far as it is worth a sentence of its own."""
SIGNS: Final[tuple[tuple[str, Reason], ...]] = (
    ("bot was blocked", "blocked"),
    ("user is deactivated", "gone"),
    ("input_user_deactivated", "gone"),
    ("chat not found", "never_started"),
    ("initiate conversation", "never_started"),
    ("no text in their language", "no_text"),
    ("nothing to fill in", "not_filled"),
    ("their application is gone", "no_application"),
    ("can't be deleted", "too_old"),
    ("message to delete not found", "not_there"),
    ("message to edit not found", "not_there"),
    ("message_id_invalid", "not_there"),
    ("can't be edited", "too_old"),
)
"""What Telegram's and the worker's words say, by a part of them."""
WHOLE: Final[Mapping[str, Reason]] = {"unreachable": "unreachable", "stopped": "stopped", "erased": "erased"}
"""The ledger's own words."""


@dataclass(frozen=True)
class Part:
    """One sending, correction or recall."""

    batch: Batch
    counts: Counts
    reasons: Mapping[tuple[str, str], int] = field(default_factory=dict)
    """How often each state came with each error; empty while it runs."""

    @property
    def is_alive(self) -> bool:
        """Whether it is running or paused."""
        return self.batch.state in ("running", "paused")

    @property
    def done(self) -> int:
        """Recipients with a final state."""
        return self.counts.total - self.counts.open

    @property
    def failed(self) -> int:
        """Those for whom another try may help."""
        return self.counts.of("refused") + self.counts.of("unknown")

    def words(self, state: str) -> list[tuple[Reason, str, int]]:
        """Why these ended so, the most frequent first: what it means, what was said, how often."""
        found: Counter[tuple[Reason, str]] = Counter()
        for (of, error), n in self.reasons.items():
            if of == state:
                reason = reason_of(error, state)
                found[reason, error if reason == "other" else ""] += n
        return [(reason, error, n) for (reason, error), n in found.most_common()]


@dataclass(frozen=True)
class Report:
    """Everything about a started announcement."""

    announcement: StoredAnnouncement
    parts: tuple[Part, ...]
    now: datetime

    @property
    def state(self) -> Literal["starting", "running", "paused", "stopped", "finished"]:
        """How it stands as a whole."""
        states = {part.batch.state for part in self.parts}
        if not states:
            return "starting"
        if "running" in states:
            return "running"
        if "paused" in states:
            return "paused"
        return "stopped" if "stopped" in {part.batch.state for part in self.of("send")} else "finished"

    @property
    def is_alive(self) -> bool:
        """Whether something of it is running or paused."""
        return any(part.is_alive for part in self.parts)

    @property
    def is_recalled(self) -> bool:
        """Whether it was called back."""
        return bool(self.of("recall"))

    @property
    def failed(self) -> int:
        """Recipients for whom another try may help."""
        return sum(part.failed for part in self.to_retry)

    @property
    def to_retry(self) -> tuple[Part, ...]:
        """The parts that may be tried again: once it is called back, only that, or it would be sent anew."""
        return self.of("recall") or tuple(part for part in self.parts if part.batch.purpose != "recall")

    @property
    def sent(self) -> int:
        """Who got it."""
        return sum(part.counts.of("sent") for part in self.of("send"))

    @property
    def in_the_air(self) -> int:
        """Messages of which nobody knows yet whether they arrived."""
        return sum(part.counts.of("sending") for part in self.parts)

    def of(self, purpose: str) -> tuple[Part, ...]:
        """The sendings, the corrections or the recalls."""
        return tuple(part for part in self.parts if part.batch.purpose == purpose)


async def read_report(reports: LedgerReports, announcement: StoredAnnouncement, now: datetime) -> Report:
    """The report as it is now."""
    parts: list[Part] = []
    for batch in await reports.batches_of(announcement.id):
        ended = batch.state not in ("running", "paused")
        reasons = await reports.reasons([batch.id]) if ended else {}
        parts.append(Part(batch, await reports.counts([batch.id]), reasons))
    return Report(announcement, tuple(parts), now)


def reason_of(error: str, state: str) -> Reason:
    """What an error text means for a reader."""
    if state == "unknown":
        return "lost"
    if error in WHOLE:
        return WHOLE[error]
    words = error.lower()
    return next((reason for sign, reason in SIGNS if sign in words), "other")
