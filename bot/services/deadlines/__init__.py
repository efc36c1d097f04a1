"""Plans: dates, calendar files, reminders."""
