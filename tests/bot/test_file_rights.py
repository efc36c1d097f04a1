"""A database file that others could open: made private at the start, or said where that is not permitted."""

from __future__ import annotations

import logging
import os
from pathlib import Path

import pytest

from bot.db.engine import open_database
from bot.db.url import DatabaseUrl, sqlite_url

pytestmark = pytest.mark.skipif(os.name != "posix", reason="files have other rights here")
OF_THE_KERNEL = Path(f"/proc/{os.getpid()}/status")
"""Everybody reads it, and nobody may change that, not even root."""


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


async def open_and_close(url: DatabaseUrl) -> None:
    await open_database(url).close()


async def test_a_file_that_others_can_read_is_narrowed_with_what_lies_beside_it(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "restored.sqlite3"
    beside = [path.with_name(f"{path.name}{ending}") for ending in ("-wal", "-shm")]
    for file in (path, *beside):
        file.touch()
        file.chmod(0o644)
    link = tmp_path / "link.sqlite3"
    link.symlink_to(path)
    with caplog.at_level(logging.INFO, logger="bot.db"):
        await open_and_close(sqlite_url(link))
        await open_and_close(sqlite_url(path))
    assert [oct(mode(file)) for file in (path, *beside)] == ["0o600"] * 3
    (record,) = caplog.records
    assert record.levelno == logging.INFO
    assert str(path) in record.getMessage()


async def test_a_private_file_is_left_alone(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / "private.sqlite3"
    path.touch()
    path.chmod(0o400)
    with caplog.at_level(logging.INFO, logger="bot.db"):
        await open_and_close(DatabaseUrl("sqlite", "", "", path))
        await open_and_close(sqlite_url(tmp_path / "not-there-yet.sqlite3"))
    assert mode(path) == 0o400
    assert not (tmp_path / "not-there-yet.sqlite3").exists()
    assert not caplog.records


@pytest.mark.skipif(not OF_THE_KERNEL.exists(), reason="no such file here")
async def test_where_it_is_not_permitted_it_is_said_once_and_goes_on(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger="bot.db"):
        await open_and_close(DatabaseUrl("sqlite", "", "", OF_THE_KERNEL))
    (record,) = caplog.records
    assert record.levelno == logging.WARNING
    assert f"chmod 600 {OF_THE_KERNEL}" in record.getMessage()
