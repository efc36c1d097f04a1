"""Free questions: answers, the log of those without one, the inbox."""
