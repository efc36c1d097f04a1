"""DATABASE_URL: which drivers we speak, and where the SQLite file lies. Imports no database library."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal
from urllib.parse import parse_qsl, urlencode, urlsplit

from bot.errors import ConfigError

Dialect = Literal["sqlite", "postgresql"]
SCHEMES: Final[dict[str, Dialect]] = {
    "sqlite": "sqlite",
    "sqlite+aiosqlite": "sqlite",
    "postgres": "postgresql",
    "postgresql": "postgresql",
    "postgresql+asyncpg": "postgresql",
}
WHERE: Final = "DATABASE_URL"


@dataclass(frozen=True)
class DatabaseUrl:
    """A checked address. `url` is what SQLAlchemy takes; `shown` is the same without a password."""

    dialect: Dialect
    url: str = field(repr=False)
    shown: str
    path: Path | None = None
    """The file, for SQLite."""


def parse_database_url(text: str) -> DatabaseUrl:
    """Check DATABASE_URL and bring it into the form that SQLAlchemy takes.

    Raises:
        ConfigError: an unknown driver, an address without its parts, or a SQLite file that cannot be there.
    """
    scheme = text.partition("://")[0].lower()
    if "://" not in text or scheme not in SCHEMES:
        raise ConfigError(
            WHERE,
            f"unsupported driver {scheme if '://' in text else text!r}",
            "Use sqlite+aiosqlite:///path/to/file.sqlite3 or postgresql+asyncpg://user:password@host/database",
        )
    if SCHEMES[scheme] == "sqlite":
        return _sqlite(text)
    return _postgresql(text)


def sqlite_url(path: Path, *, where: str = WHERE) -> DatabaseUrl:
    """The address of a SQLite file, after checking that it can be opened or made there.

    Raises:
        ConfigError: missing folder, a folder in place of the file, or no right to write.
    """
    folder = path.parent
    if not folder.is_dir():
        raise ConfigError(
            where, f"no folder {folder} for the database", f"Make it (mkdir -p {folder}) or name another one"
        )
    if path.is_dir():
        raise ConfigError(where, f"{path} is a folder", "Name a file in it, like lintas.sqlite3")
    locked = next((place for place in (folder, path) if place.exists() and not os.access(place, os.W_OK)), None)
    if locked is not None:
        raise ConfigError(where, f"cannot write to {locked}", "Give the bot's user the right to write there")
    return DatabaseUrl("sqlite", f"sqlite+aiosqlite:///{path}", f"sqlite:///{path}", path)


def unreachable(url: DatabaseUrl, error: BaseException) -> ConfigError:
    """What to tell whoever runs the bot when the database does not answer."""
    cause = str(getattr(error, "orig", None) or error).strip().splitlines() or [type(error).__name__]
    cure = (
        "Check that the file is a database of this bot and that its folder can be written to"
        if url.dialect == "sqlite"
        else "Check the address, the password and that the server is running"
    )
    return ConfigError(WHERE, f"cannot open {url.shown} ({cause[0]})", cure)


def _sqlite(text: str) -> DatabaseUrl:
    rest = text.partition("://")[2].partition("?")[0]
    if not rest.startswith("/") or rest in ("/", "/:memory:"):
        raise ConfigError(
            WHERE,
            "names no file",
            "Use sqlite+aiosqlite:///relative/file.sqlite3, or four slashes for a path from the root",
        )
    return sqlite_url(Path(rest[1:]))


def _postgresql(text: str) -> DatabaseUrl:
    problem = ConfigError(
        WHERE, "not a PostgreSQL address", "It should look like postgresql+asyncpg://user:password@host:5432/database"
    )
    try:
        parts = urlsplit(text)
        _port_number = parts.port
    except ValueError:
        raise problem from None
    query = dict(parse_qsl(parts.query))
    if not parts.path.strip("/") or not (parts.hostname or "host" in query):
        raise problem
    # Hosting services hand out libpq's name for it; asyncpg calls it ssl.
    if "sslmode" in query:
        query["ssl"] = query.pop("sslmode")
    url = f"postgresql+asyncpg://{parts.netloc}{parts.path}" + (f"?{urlencode(query)}" if query else "")
    shown = f"postgresql://{parts.hostname or query.get('host')}{parts.path}"
    return DatabaseUrl("postgresql", url, shown)
