"""Deadlines, calendar files, the printable sheet, reminders."""
