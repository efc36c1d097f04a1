"""What the buttons of deadlines, calendar files and printable sheets carry; see `handlers.callbacks` for the rules."""

from __future__ import annotations

from datetime import date

from aiogram.filters.callback_data import CallbackData


class Deadlines(CallbackData, prefix="j1"):
    """The deadlines of an application."""

    code: str
    page: int = 0


class Tick(CallbackData, prefix="j2"):
    """Say that what a deadline asks for is done, or that it is not: sets it, whatever it was."""

    code: str
    deadline: str
    done: bool


class CalendarFile(CallbackData, prefix="j3"):
    """Send the deadlines of an application as a calendar file."""

    code: str


class Sheet(CallbackData, prefix="j4"):
    """Send an application as a sheet to print."""

    code: str


class SheetName(CallbackData, prefix="j5"):
    """Type the name that stands on the sheet."""

    code: str


class MoveDates(CallbackData, prefix="j6"):
    """Move all dates of the plan, so that this one falls on this day: nothing moves when it is pressed again."""

    fact: str
    day: int
    """Its number, counted from the year 1."""

    @property
    def wanted(self) -> date | None:
        """The day; None for a number that is none, which a button of ours never has."""
        return date.fromordinal(self.day) if 0 < self.day <= date.max.toordinal() else None
