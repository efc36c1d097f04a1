"""Plays a script to the bot, just as `python -m bot chat` does with piped input."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Final

from bot.chat import talk
from bot.clock import StandingClock
from bot.config import Settings
from bot.db.url import sqlite_url

FOLDER: Final = Path(__file__).parent
TODAY: Final = date(2027, 3, 1)
"""The day on which every conversation takes place; deadlines in them are counted from dates later than this."""
NAMES: Final = {"id": "Sari", "en": "Ana"}


@dataclass(frozen=True)
class Transcript:
    """One conversation. `path` is that of its script."""

    path: Path

    @property
    def mobility_type(self) -> str:
        return self.path.name.split(".")[0]

    @property
    def language(self) -> str:
        return self.path.name.split(".")[1]

    @property
    def name(self) -> str:
        """Who speaks."""
        return NAMES[self.language]

    @property
    def script(self) -> str:
        """What is typed."""
        return self.path.read_text(encoding="utf-8")

    @property
    def recording(self) -> Path:
        """Where the conversation is written down."""
        return self.path.with_suffix(".txt")

    @property
    def command(self) -> list[str]:
        """The arguments of `python -m bot` that lead to the same conversation, given the script as input."""
        return ["chat", "--fresh", "--lang", self.language, "--as", self.name, "--today", TODAY.isoformat()]

    def __str__(self) -> str:
        return self.path.stem


def transcripts() -> list[Transcript]:
    """All of them, by name."""
    return [Transcript(path) for path in sorted(FOLDER.glob("*.script"))]


async def play(transcript: Transcript, folder: Path) -> str:
    """The conversation as the terminal shows it. `folder` is an empty one for the database."""
    shown = StringIO()
    await talk(
        Settings(database=sqlite_url(folder / "chat.sqlite3")),
        name=transcript.name,
        language=transcript.language,
        downloads=folder / "downloads",
        clock=StandingClock.at_noon(TODAY),
        stdin=StringIO(transcript.script),
        stdout=shown,
    )
    return shown.getvalue()
