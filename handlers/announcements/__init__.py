"""For staff: announcements from the draft to the report, results of a selection."""
