"""Meaning as vectors."""
