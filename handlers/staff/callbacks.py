"""What the buttons of staff carry. The rules are those of `handlers.callbacks`.

A button gives no right: whoever presses one is asked for their role again, and what it does is checked again when it
is written.
"""

from __future__ import annotations

from typing import Literal

from aiogram.filters.callback_data import CallbackData

from bot.services.staff.staff import Role


class Team(CallbackData, prefix="g4"):
    """The list of staff."""

    page: int = 0


class Colleague(CallbackData, prefix="g5"):
    """Somebody on the staff."""

    person: int


class SetRole(CallbackData, prefix="g6"):
    """Give another role to somebody who has one; it gives none to anybody else."""

    person: int
    role: Role


class Dismiss(CallbackData, prefix="g7"):
    """Take somebody's role away; asked once more until `sure`."""

    person: int
    sure: bool = False


class Invite(CallbackData, prefix="g8"):
    """Invite somebody: for which role?"""


class NewInvite(CallbackData, prefix="g9"):
    """A new link for this role."""

    role: Role


class Invites(CallbackData, prefix="g0"):
    """The invitations so far."""


class RevokeInvite(CallbackData, prefix="i0"):
    """Close an invitation, named by the first characters of its hash."""

    handle: str


class ByForwarding(CallbackData, prefix="i7"):
    """Add somebody by a message of theirs."""


class Grant(CallbackData, prefix="i8"):
    """Give a role to somebody without one. `asked`: the minute (since 1970) of the question that this answers."""

    person: int
    role: Role
    asked: int


class AuditLog(CallbackData, prefix="i9"):
    """The audit log as a file."""

    form: Literal["csv", "xlsx"]


class Stats(CallbackData, prefix="G1"):
    """The numbers."""


class _Chosen(CallbackData, prefix="G0"):
    """Which applications; empty is all. Types, verdicts and statuses go by letters: programmes have long names."""

    kind: str = ""
    programme: str = ""
    verdict: str = ""
    status: str = ""


class Choose(_Chosen, prefix="G2"):
    """The filters of the export; `of`: choose for this one."""

    of: Literal["", "mobility_type", "programme", "verdict", "status"] = ""


class MakeExport(_Chosen, prefix="G3"):
    """The file."""
