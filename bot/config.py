"""Settings from the environment, checked before anything is opened.

| variable | meaning | default |
|---|---|---|
| BOT_TOKEN | token from BotFather | none |
| TELEGRAM_API_URL | base of the Bot API server | Telegram's own |
| DATABASE_URL | `sqlite+aiosqlite:///file` or `postgresql+asyncpg://…` (short forms work) | file in LINTAS_DATA |
| LINTAS_DATA | folder of the SQLite file | `data` in the working directory, made when it is missing |
| STAFF_IDS | Telegram user ids of the first administrators, comma-separated | empty |
| TIMEZONE | IANA name | Asia/Jakarta |
| BROADCAST_RATE | messages a second | 25 |
| ANNOUNCE_APPROVAL | `yes`: a second person has to agree before an announcement goes out | no |
| WEBHOOK_URL, WEBHOOK_SECRET, PORT | webhook mode | none, derived from the token, 8080 |

Every bad value is a `ConfigError`: one line that says what is wrong, where, and how to mend it.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from bot.clock import is_timezone
from bot.db.url import DatabaseUrl, parse_database_url, sqlite_url
from bot.errors import ConfigError
from bot.secret import Secret

TOKEN: Final = re.compile(r"\d+:[A-Za-z0-9_-]+")
LARGEST_ID: Final = 2**52 - 1
"""Ids of Telegram have at most 52 bits."""
WEBHOOK_SECRET: Final = re.compile(r"[A-Za-z0-9_-]{1,256}")
FASTEST_BROADCAST: Final = 1000.0
"""Messages a second that Telegram allows at the very most (paid broadcasts)."""


@dataclass(frozen=True)
class Settings:
    """Everything the environment decides. `repr` shows no secret."""

    database: DatabaseUrl
    bot_token: Secret | None = None
    telegram_api_url: str | None = None
    staff_ids: frozenset[int] = field(default_factory=frozenset)
    timezone: str = "Asia/Jakarta"
    broadcast_rate: float = 25.0
    announce_approval: bool = False
    webhook_url: str | None = None
    webhook_secret: Secret | None = None
    port: int = 8080

    def token(self) -> Secret:
        """The token, for the commands that talk to Telegram.

        Raises:
            ConfigError: BOT_TOKEN is not set.
        """
        if self.bot_token is None:
            raise ConfigError(
                "BOT_TOKEN",
                "not set",
                "Get one from @BotFather on Telegram and set BOT_TOKEN=<token>; `python -m bot chat` needs none",
            )
        return self.bot_token


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Read and check the environment.

    Raises:
        ConfigError: the first value that cannot be used.
    """
    value = _Values(environment)
    return Settings(
        database=_database(value),
        bot_token=_token(value),
        telegram_api_url=_api_url(value),
        staff_ids=_staff_ids(value),
        timezone=_timezone(value),
        broadcast_rate=_broadcast_rate(value),
        announce_approval=_announce_approval(value),
        webhook_url=_webhook_url(value),
        webhook_secret=_webhook_secret(value),
        port=_port(value),
    )


class _Values:
    """The environment, where empty means not set."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = environment

    def get(self, name: str) -> str | None:
        return self._environment.get(name, "").strip() or None


def _database(value: _Values) -> DatabaseUrl:
    url = value.get("DATABASE_URL")
    if url is not None:
        return parse_database_url(url)
    return sqlite_url(data_folder(value.get("LINTAS_DATA")) / "lintas.sqlite3", where="LINTAS_DATA")


def data_folder(named: str | None) -> Path:
    """The folder of the bot's files. One that was named must exist: a misspelt path must not become an empty database.

    Raises:
        ConfigError: the named folder is missing, or the default one cannot be made.
    """
    if named is not None:
        folder = Path(named)
        if not folder.is_dir():
            raise ConfigError("LINTAS_DATA", f"no folder {folder}", f"Make it (mkdir -p {folder}) or name another one")
        return folder
    folder = Path("data")
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise ConfigError(
            "LINTAS_DATA",
            f"cannot make the folder {folder.absolute()} ({error.strerror})",
            "Set LINTAS_DATA to a folder that can be written to",
        ) from error
    return folder


def _token(value: _Values) -> Secret | None:
    text = value.get("BOT_TOKEN")
    if text is None:
        return None
    if not TOKEN.fullmatch(text):
        raise ConfigError("BOT_TOKEN", "not a token", "Copy it whole from @BotFather: digits, a colon, letters")
    return Secret(text)


def _api_url(value: _Values) -> str | None:
    text = value.get("TELEGRAM_API_URL")
    if text is None:
        return None
    _check_url("TELEGRAM_API_URL", text, example="http://127.0.0.1:8081")
    return text.rstrip("/")


def _staff_ids(value: _Values) -> frozenset[int]:
    text = value.get("STAFF_IDS")
    if text is None:
        return frozenset()
    ids = [part.strip() for part in text.split(",") if part.strip()]
    for part in ids:
        if not _is_whole(part, 1, LARGEST_ID):
            raise ConfigError(
                "STAFF_IDS",
                f"{part[:40]!r} is not a number of a user",
                "Give Telegram user ids separated by commas, like 12345,67890",
            )
    return frozenset(int(part) for part in ids)


def _timezone(value: _Values) -> str:
    name = value.get("TIMEZONE") or "Asia/Jakarta"
    if not is_timezone(name):
        raise ConfigError("TIMEZONE", f"unknown time zone {name!r}", "Use an IANA name like Asia/Jakarta")
    return name


def _broadcast_rate(value: _Values) -> float:
    text = value.get("BROADCAST_RATE")
    if text is None:
        return 25.0
    problem = ConfigError(
        "BROADCAST_RATE",
        f"{text!r} is not a number above 0",
        f"Give messages a second, at most {FASTEST_BROADCAST:.0f}",
    )
    try:
        rate = float(text)
    except ValueError:
        raise problem from None
    if not 0 < rate <= FASTEST_BROADCAST:
        raise problem
    return rate


def _announce_approval(value: _Values) -> bool:
    text = (value.get("ANNOUNCE_APPROVAL") or "no").lower()
    if text not in ("yes", "no"):
        raise ConfigError("ANNOUNCE_APPROVAL", f"{text!r} is neither", "Set it to yes or no")
    return text == "yes"


def _webhook_url(value: _Values) -> str | None:
    text = value.get("WEBHOOK_URL")
    if text is None:
        return None
    _check_url("WEBHOOK_URL", text, example="https://bot.example.ac.id/telegram")
    parts = urlsplit(text)
    if parts.scheme == "http" and not _is_loopback(parts.hostname or ""):
        raise ConfigError(
            "WEBHOOK_URL", "not https", "Telegram calls only https addresses; http works on loopback alone"
        )
    if any(character in parts.path for character in "{}"):
        raise ConfigError("WEBHOOK_URL", "has a brace in its path", "Use letters, digits, / _ and - there")
    return text


def _webhook_secret(value: _Values) -> Secret | None:
    text = value.get("WEBHOOK_SECRET")
    if text is None:
        return None
    if not WEBHOOK_SECRET.fullmatch(text):
        raise ConfigError(
            "WEBHOOK_SECRET", "has a character that Telegram refuses", "Use 1 to 256 characters of A-Z a-z 0-9 _ -"
        )
    return Secret(text)


def _port(value: _Values) -> int:
    text = value.get("PORT")
    if text is None:
        return 8080
    if not _is_whole(text, 1, 65535):
        raise ConfigError("PORT", f"{text[:40]!r} is not a port", "Give a number from 1 to 65535")
    return int(text)


def _is_whole(text: str, least: int, most: int) -> bool:
    """Whether it is a whole number in these bounds. Python reads no number of thousands of digits."""
    return text.isascii() and text.isdigit() and len(text) <= len(str(most)) and least <= int(text) <= most


def _check_url(name: str, text: str, *, example: str) -> None:
    problem = ConfigError(name, f"{text!r} is not an http address", f"It should look like {example}")
    try:
        parts = urlsplit(text)
        host, _port_number = parts.hostname, parts.port
    except ValueError:
        raise problem from None
    if parts.scheme not in ("http", "https") or not host:
        raise problem


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
