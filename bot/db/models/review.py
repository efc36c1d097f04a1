"""Who reviews which item, and what was decided."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.models.applications import ChecklistItemRow
from bot.db.models.base import Base, BigKey


class ReviewClaimRow(Base):
    """A reviewer has this item before them; until it runs out, others get the next one."""

    __tablename__ = "review_claims"

    item_id: Mapped[int] = mapped_column(
        BigKey, ForeignKey("checklist_items.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    reviewer_id: Mapped[int] = mapped_column(BigInteger)
    until: Mapped[datetime]


class ReviewDecisionRow(Base):
    """What a reviewer decided about an item, kept so that it can be undone for a moment and told in one message."""

    __tablename__ = "review_decisions"

    id: Mapped[int] = mapped_column(BigKey, primary_key=True, autoincrement=False)
    """Number of the update that decided: a button can name it before it is written."""
    item_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("checklist_items.id", ondelete="CASCADE"), index=True)
    reviewer_id: Mapped[int] = mapped_column(BigInteger)
    from_status: Mapped[str] = mapped_column(String(12))
    to_status: Mapped[str] = mapped_column(String(12))
    reason: Mapped[str | None] = mapped_column(Text)
    """The code of a reason, or `other: ` and the reviewer's words."""
    waiting_since: Mapped[datetime]
    """Since when the item had waited: where it goes back to if the decision is undone."""
    at: Mapped[datetime]
    told_with: Mapped[str] = mapped_column(String(80), index=True)
    """The key of the message that tells the applicant."""
    undone_at: Mapped[datetime | None]


Index("ix_review_decisions_reviewer_id_at", ReviewDecisionRow.reviewer_id, ReviewDecisionRow.at)
_WAITING = ChecklistItemRow.status == "submitted"
Index("ix_checklist_items_waiting", ChecklistItemRow.updated_at, sqlite_where=_WAITING, postgresql_where=_WAITING)
