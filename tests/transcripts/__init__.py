"""Recorded conversations: what somebody typed (.script) and what the terminal showed (.txt), for every kind of mobility
in both languages. `python -m tests.transcripts` records them anew."""
