"""Announcements: what they say, whom they are for, when they start, what became of them."""
