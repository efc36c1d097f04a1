"""The bot on a laptop: leaving and coming back, alone or with others, on the same database."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

from bot.chat import person_id, talk
from bot.config import Settings
from bot.db.url import sqlite_url


async def typed(folder: Path, *lines: str, name: str = "Ana") -> str:
    """What the terminal shows."""
    shown = StringIO()
    await talk(
        Settings(database=sqlite_url(folder / "chat.sqlite3")),
        name=name,
        language="en",
        downloads=folder / "downloads",
        stdin=StringIO("\n".join(lines)),
        stdout=shown,
    )
    return shown.getvalue()


async def test_somebody_who_comes_back_at_once_is_known_and_answered(tmp_path: Path) -> None:
    first = await typed(tmp_path, "/start type_student_outbound_international", *["/help"] * 20)
    again = await typed(tmp_path, "/start", "/help")
    assert first.count("/privacy") == 20
    assert again.count("/privacy") == 1
    assert "Continue" in again


async def test_everybody_has_answers_of_their_own(tmp_path: Path) -> None:
    await typed(tmp_path, "/start type_student_outbound_international")
    assert "Continue" not in await typed(tmp_path, "/start", name="Budi")


def test_a_name_is_the_same_person_however_it_is_written() -> None:
    assert person_id("Ana") == person_id("ana")
    assert person_id("Ana") != person_id("Budi")
