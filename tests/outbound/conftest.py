"""Databases of both kinds with people in them."""

from __future__ import annotations

from tests.bot.conftest import clock, database, databases, dialect, url

__all__ = ["clock", "database", "databases", "dialect", "url"]
