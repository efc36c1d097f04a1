"""The tables.

    people ──< applications ──< checklist_items
                            ├─< item_moves      every change of an item, never altered
                            └─< submissions     files, by Telegram's ids only
    staff        who may review, announce, administrate; staff_invites: links to become one of them
    audit        what staff did, append-only
    inbox        updates of Telegram, stored before they are confirmed

An update of one person costs three statements: it is inserted into the inbox, read together with its person, and the
person's row is written with everything that changed and the number of the update (`applied_seq`).
"""

from __future__ import annotations

from bot.db.models.applications import ApplicationRow, ChecklistItemRow, ItemMoveRow, SubmissionRow
from bot.db.models.base import Base
from bot.db.models.inbox import InboxRow
from bot.db.models.people import PersonRow
from bot.db.models.staff import AuditRow, StaffInviteRow, StaffRow

__all__ = [
    "ApplicationRow",
    "AuditRow",
    "Base",
    "ChecklistItemRow",
    "InboxRow",
    "ItemMoveRow",
    "PersonRow",
    "StaffInviteRow",
    "StaffRow",
    "SubmissionRow",
]
