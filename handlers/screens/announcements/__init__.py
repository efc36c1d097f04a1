"""Drafts, audiences, what was sent, results of a selection."""
