"""The command line: what is wrong is said at once, on one line, with a non-zero exit."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.db.url import DatabaseUrl
from tests.bot.conftest import Databases
from tests.support.source import ROOT

TOKEN = "123456:AAbbCCddEEffGGhhIIjjKKllMMnnOOppQQr"


@pytest.fixture(autouse=True)
def at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(
    ("command", "settings", "start"),
    [
        (["run"], {}, "lintas: BOT_TOKEN: not set."),
        (["run"], {"BOT_TOKEN": "nonsense"}, "lintas: BOT_TOKEN: not a token."),
        (["webhook"], {"BOT_TOKEN": TOKEN}, "lintas: WEBHOOK_URL: not set."),
        (["run"], {"BOT_TOKEN": TOKEN, "TIMEZONE": "Mars"}, "lintas: TIMEZONE: unknown time zone 'Mars'."),
        (["chat"], {"LINTAS_DATA": "nowhere"}, "lintas: LINTAS_DATA: no folder nowhere."),
        (["chat", "--data", "nowhere"], {}, "lintas: LINTAS_DATA: no folder nowhere."),
        (["db", "upgrade"], {"DATABASE_URL": "oracle://x"}, "lintas: DATABASE_URL: unsupported driver 'oracle'."),
        (
            ["db", "upgrade"],
            {"DATABASE_URL": "postgresql://127.0.0.1:1/lintas"},
            "lintas: DATABASE_URL: cannot open postgresql://127.0.0.1/lintas",
        ),
        (
            ["db", "upgrade"],
            {"DATABASE_URL": "postgresql://127.0.0.1:1/lintas?no_such_option=1"},
            "lintas: DATABASE_URL: cannot open postgresql://127.0.0.1/lintas",
        ),
        (
            ["run"],
            {"BOT_TOKEN": TOKEN, "DATABASE_URL": "postgresql://127.0.0.1:1/lintas?no_such_option=1"},
            "lintas: DATABASE_URL: cannot open postgresql://127.0.0.1/lintas",
        ),
    ],
)
def test_a_wrong_setting_ends_the_command_with_one_line(
    command: list[str],
    settings: dict[str, str],
    start: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    assert main(command) == 2
    said = capsys.readouterr().err.splitlines()[-1]
    assert said.startswith(start)


def test_a_missing_token_is_reported_without_importing_the_library(tmp_path: Path) -> None:
    began = time.monotonic()
    ended = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "bot", "run"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 2
    assert "BOT_TOKEN: not set" in ended.stderr
    assert "aiogram" not in ended.stderr
    assert time.monotonic() - began < 20


def test_upgrading_makes_the_tables(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["db", "upgrade"]) == 0
    assert "is up to date" in capsys.readouterr().out
    assert (tmp_path / "data" / "lintas.sqlite3").exists()


def test_a_server_without_tables_says_what_to_run(
    empty_postgres: DatabaseUrl, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    monkeypatch.setenv("DATABASE_URL", empty_postgres.url)
    assert main(["run"]) == 2
    assert "Run: python -m bot db upgrade" in capsys.readouterr().err


@pytest.fixture
async def empty_postgres(databases: Databases) -> DatabaseUrl:
    return await databases.postgres.empty()
