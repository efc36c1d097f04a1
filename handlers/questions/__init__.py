"""Free questions, topics, inline mode; for staff the inbox."""
