"""The tables.

    people ──< applications ──< checklist_items
                            ├─< item_moves      every change of an item, never altered
                            ├─< submissions     files, by Telegram's ids only
                            ├─< statements      why somebody does not have a paper
                            ├─< calendar_events as they stood in the last calendar file
                            └─< reminder_holds  deadlines that somebody wants to hear of later, or never
    people ──< reminders                        the messages that reminded them, one a day at most
    people ──< waiting_files                    files nobody knows the item of, yet
    checklist_items ──< review_claims, review_decisions
    staff        who may review, announce, administrate; staff_invites: links to become one of them
    audit        what staff did, append-only
    inbox        updates of Telegram, stored before they are confirmed
    question_groups ──< questions ──< question_askers >── people     the last for a month at most
    selection_rounds ──< selection_results >── applications
    announcements ──< batches    the sendings of an announcement; audiences: kept under a name
    batches ──< deliveries       every message to others, and what became of it; sender: who sends them now

An update of one person costs three statements: it is inserted into the inbox, read together with its person, and the
person's row is written with everything that changed and the number of the update (`applied_seq`).
"""

from __future__ import annotations

from bot.db.models.announcements import AnnouncementRow, AudienceRow, ResultRow, RoundRow
from bot.db.models.applications import (
    ApplicationRow,
    ChecklistItemRow,
    ItemMoveRow,
    StatementRow,
    SubmissionRow,
    WaitingFileRow,
)
from bot.db.models.base import Base
from bot.db.models.inbox import InboxRow
from bot.db.models.ledger import BatchRow, DeliveryRow, SenderRow
from bot.db.models.people import PersonRow
from bot.db.models.questions import QuestionAskerRow, QuestionGroupRow, QuestionRow
from bot.db.models.reminders import CalendarEventRow, ReminderHoldRow, ReminderRow
from bot.db.models.review import ReviewClaimRow, ReviewDecisionRow
from bot.db.models.staff import AuditRow, StaffInviteRow, StaffRow

__all__ = [
    "AnnouncementRow",
    "ApplicationRow",
    "AudienceRow",
    "AuditRow",
    "Base",
    "BatchRow",
    "CalendarEventRow",
    "ChecklistItemRow",
    "DeliveryRow",
    "InboxRow",
    "ItemMoveRow",
    "PersonRow",
    "QuestionAskerRow",
    "QuestionGroupRow",
    "QuestionRow",
    "ReminderHoldRow",
    "ReminderRow",
    "ResultRow",
    "ReviewClaimRow",
    "ReviewDecisionRow",
    "RoundRow",
    "SenderRow",
    "StaffInviteRow",
    "StaffRow",
    "StatementRow",
    "SubmissionRow",
    "WaitingFileRow",
]
