"""Settings: every bad value is one clear line that says what, where and how to mend it; secrets are never shown."""

from __future__ import annotations

import logging
import sys
from pathlib import Path

import pytest

from bot.config import Settings, read_settings
from bot.db.url import parse_database_url
from bot.errors import ConfigError
from bot.secret import RedactingFormatter, Secret

TOKEN = "123456:AAbbCCddEEffGGhhIIjjKKllMMnnOOppQQr"


def read(tmp_path: Path, **values: str) -> Settings:
    return read_settings({"LINTAS_DATA": str(tmp_path), **values})


def test_without_anything_the_defaults_hold(tmp_path: Path) -> None:
    settings = read(tmp_path)
    assert settings.database.path == tmp_path / "lintas.sqlite3"
    assert (settings.timezone, settings.broadcast_rate, settings.port) == ("Asia/Jakarta", 25.0, 8080)
    assert settings.staff_ids == frozenset()
    assert settings.telegram_api_url is None


def test_the_default_folder_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert read_settings({}).database.path == Path("data/lintas.sqlite3")
    assert (tmp_path / "data").is_dir()


def test_all_values_are_read(tmp_path: Path) -> None:
    settings = read(
        tmp_path,
        BOT_TOKEN=TOKEN,
        TELEGRAM_API_URL="http://127.0.0.1:8081/",
        STAFF_IDS=" 12, 34 ,",
        TIMEZONE="Asia/Makassar",
        BROADCAST_RATE="0.5",
        WEBHOOK_URL="https://bot.example.ac.id/hook",
        WEBHOOK_SECRET="s3cret_-",
        PORT="8443",
    )
    assert settings.token().reveal() == TOKEN
    assert settings.telegram_api_url == "http://127.0.0.1:8081"
    assert settings.staff_ids == {12, 34}
    assert settings.timezone == "Asia/Makassar"
    assert settings.broadcast_rate == 0.5
    assert settings.port == 8443


@pytest.mark.parametrize(
    ("name", "value", "part"),
    [
        ("BOT_TOKEN", "hello", "not a token"),
        ("BOT_TOKEN", "123456: AA", "not a token"),
        ("TELEGRAM_API_URL", "localhost:8081", "not an http address"),
        ("TELEGRAM_API_URL", "ftp://localhost", "not an http address"),
        ("TELEGRAM_API_URL", "http://host:port", "not an http address"),
        ("DATABASE_URL", "mysql://localhost/lintas", "unsupported driver 'mysql'"),
        ("DATABASE_URL", "lintas.db", "unsupported driver 'lintas.db'"),
        ("DATABASE_URL", "postgresql+psycopg2://localhost/lintas", "unsupported driver 'postgresql+psycopg2'"),
        ("DATABASE_URL", "postgresql://localhost", "not a PostgreSQL address"),
        ("DATABASE_URL", "postgresql://localhost:port/lintas", "not a PostgreSQL address"),
        ("DATABASE_URL", "sqlite://", "names no file"),
        ("DATABASE_URL", "sqlite:///:memory:", "names no file"),
        ("DATABASE_URL", "sqlite:////nowhere/at/all/lintas.db", "no folder /nowhere/at/all"),
        ("LINTAS_DATA", "/nowhere/at/all", "no folder /nowhere/at/all"),
        ("STAFF_IDS", "12,ani", "'ani' is not a number"),
        ("STAFF_IDS", "-12", "'-12' is not a number"),
        ("STAFF_IDS", "0", "'0' is not a number of a user"),
        ("STAFF_IDS", "99999999999999999999", "is not a number of a user"),
        ("STAFF_IDS", "9" * 5000, "is not a number of a user"),
        ("PORT", "9" * 5000, "is not a port"),
        ("WEBHOOK_URL", "https://bot.example.ac.id/{token", "has a brace in its path"),
        ("TIMEZONE", "Asia/Djakarta", "unknown time zone 'Asia/Djakarta'"),
        ("TIMEZONE", "../etc/passwd", "unknown time zone"),
        ("BROADCAST_RATE", "fast", "'fast' is not a number above 0"),
        ("BROADCAST_RATE", "0", "'0' is not a number above 0"),
        ("BROADCAST_RATE", "nan", "'nan' is not a number above 0"),
        ("WEBHOOK_URL", "http://bot.example.ac.id/hook", "not https"),
        ("WEBHOOK_URL", "bot.example.ac.id", "not an http address"),
        ("WEBHOOK_SECRET", "mit Leerzeichen", "refuses"),
        ("PORT", "http", "'http' is not a port"),
        ("PORT", "70000", "'70000' is not a port"),
    ],
)
def test_a_bad_value_is_named_with_its_cure(tmp_path: Path, name: str, value: str, part: str) -> None:
    with pytest.raises(ConfigError) as caught:
        read(tmp_path, **{name: value})
    line = str(caught.value)
    assert line.startswith(f"{name}: ")
    assert part in line
    assert "\n" not in line
    assert len(line.split(". ", 1)[1]) > 10, "no cure"


def test_webhooks_on_loopback_need_no_https(tmp_path: Path) -> None:
    assert read(tmp_path, WEBHOOK_URL="http://127.0.0.1:9000/hook").webhook_url == "http://127.0.0.1:9000/hook"


def test_a_missing_token_is_missed_only_by_who_needs_it(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="BOT_TOKEN: not set"):
        read(tmp_path).token()


def test_a_folder_cannot_be_the_database(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="is a folder"):
        read(tmp_path, DATABASE_URL=f"sqlite:///{tmp_path}")


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("postgres://u:p%40ss@db.example:5432/lintas", "postgresql+asyncpg://u:p%40ss@db.example:5432/lintas"),
        ("postgresql://db/lintas?sslmode=require", "postgresql+asyncpg://db/lintas?ssl=require"),
        ("postgresql+asyncpg:///lintas?host=/run/pg", "postgresql+asyncpg:///lintas?host=%2Frun%2Fpg"),
    ],
)
def test_addresses_of_postgresql_are_understood_as_they_are_handed_out(given: str, meant: str) -> None:
    assert parse_database_url(given).url == meant


def test_printing_the_settings_shows_no_secret(tmp_path: Path) -> None:
    settings = read(
        tmp_path, BOT_TOKEN=TOKEN, WEBHOOK_SECRET="hush-hush", DATABASE_URL="postgres://u:pass-word@db/lintas"
    )
    shown = f"{settings!r} {settings} {settings.database.shown}"
    assert TOKEN not in shown
    assert "hush-hush" not in shown
    assert "pass-word" not in shown


def test_the_log_masks_secrets_wherever_they_appear() -> None:
    formatter = RedactingFormatter("%(message)s", [TOKEN])
    try:
        raise ValueError(f"cannot reach /bot{TOKEN}/getMe")
    except ValueError:
        record = logging.makeLogRecord({"msg": "called %s", "args": (f"/bot{TOKEN}/",)})
        record.exc_info = sys.exc_info()
    assert TOKEN not in formatter.format(record)
    assert "/bot***/getMe" in formatter.format(record)


def test_a_secret_is_equal_only_to_the_same_secret() -> None:
    assert Secret("a") == Secret("a")
    assert Secret("a") != Secret("b")
    assert Secret("a") != "a"
