"""The command line of the bot: `python -m bot run | webhook | worker | chat | sandbox | db upgrade`.

aiogram takes seconds to import. So settings are checked first, and a wrong one is reported at once.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import logging
import os
import signal
import sys
import tempfile
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import date
from pathlib import Path

from bot.clock import StandingClock, SystemClock
from bot.config import Settings, data_folder, read_settings
from bot.db.url import sqlite_url
from bot.errors import ConfigError, LintasError
from bot.secret import RedactingFormatter

LAYOUT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
CANNOT_START = 2
"""Exit code when a setting is wrong."""


def main(arguments: list[str] | None = None) -> int:
    """Run a command; returns the exit code."""
    options = _parser().parse_args(arguments)
    try:
        command: Callable[[argparse.Namespace], Awaitable[None]] = options.command
        asyncio.run(command(options))  # type: ignore[arg-type]
    except LintasError as error:
        print(f"lintas: {error}", file=sys.stderr)
        return CANNOT_START
    except KeyboardInterrupt:
        return 130
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bot", description="The Lintas bot.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def add(
        name: str, command: Callable[[argparse.Namespace], Awaitable[None]], help_text: str
    ) -> argparse.ArgumentParser:
        one = commands.add_parser(name, help=help_text, description=help_text)
        one.set_defaults(command=command)
        return one

    add("run", run, "Run on Telegram by long polling. Needs BOT_TOKEN.")
    add("webhook", webhook, "Run on Telegram by webhook. Needs BOT_TOKEN and WEBHOOK_URL.")
    add("worker", worker, "Send reminders and announcements, beside `webhook`. Needs BOT_TOKEN.")
    chat_parser = add("chat", chat, "Talk to the bot in this terminal: no token, no network.")
    chat_parser.add_argument(
        "--as", dest="name", metavar="NAME", default="Sari", help="who you are (default: %(default)s)"
    )
    chat_parser.add_argument("--lang", choices=("id", "en"), default="id", help="the language of your phone")
    chat_parser.add_argument(
        "--staff", action="store_true", help="be an administrator; `:as NAME` in the chat is somebody else"
    )
    chat_parser.add_argument(
        "--today", metavar="DATE", type=_day, help="the day it shall be, like 2027-03-01 (default: today)"
    )
    page = add("sandbox", sandbox, "Talk to the bot in a local web page: no token, no network.")
    page.add_argument("--port", type=int, default=0, help="port on this machine (default: a free one)")
    for local in (chat_parser, page):
        local.add_argument("--data", metavar="DIR", help="folder of the database (default: LINTAS_DATA, or data)")
        local.add_argument("--fresh", action="store_true", help="with an empty database that is thrown away afterwards")
    database = commands.add_parser("db", help="The database.").add_subparsers(required=True, metavar="WHAT")
    database.add_parser("upgrade", help="Bring the tables up to date.").set_defaults(command=upgrade)
    return parser


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day like 2027-03-01") from None


async def run(_options: argparse.Namespace) -> None:
    """Long polling."""
    settings = _settings_for_telegram()
    with _importing():
        from bot.app import running, starting
        from bot.sending import sending

    with _stopping() as stop:
        async with starting(running(settings, stay_ready=True), stop) as app:
            if app is not None:
                async with sending(app):
                    await app.poll(stop)


async def worker(_options: argparse.Namespace) -> None:
    """Sending what is due, without taking updates."""
    settings = _settings_for_telegram()
    from bot.db.engine import open_database
    from bot.db.schema import require_head
    from bot.outbound.process import serve

    database = open_database(settings.database)
    try:
        await require_head(database)
        with _stopping() as stop:
            await serve(settings, database, SystemClock(), stop)
    finally:
        await database.close()


async def webhook(_options: argparse.Namespace) -> None:
    """Being called by Telegram."""
    settings = _settings_for_telegram()
    if settings.webhook_url is None:
        raise ConfigError("WEBHOOK_URL", "not set", "Set the https address at which Telegram reaches this bot")
    with _importing():
        from bot.app import running, starting

    with _stopping() as stop:
        async with starting(running(settings, stay_ready=True), stop) as app:
            if app is not None:
                await app.serve_webhook(stop)


async def chat(options: argparse.Namespace) -> None:
    """The bot in this terminal."""
    with _local_settings(options) as (settings, folder):
        with _importing():
            from bot.chat import talk

        await talk(
            settings,
            name=options.name,
            language=options.lang,
            downloads=folder / "downloads",
            is_staff=options.staff,
            clock=StandingClock.at_noon(options.today) if options.today else None,
        )


async def sandbox(options: argparse.Namespace) -> None:
    """The bot in a web page on this machine."""
    with _local_settings(options) as (settings, _folder), _stopping() as stop:
        with _importing():
            from bot.chat import show_page

        await show_page(settings, stop, port=options.port)


async def upgrade(_options: argparse.Namespace) -> None:
    """Bring the tables up to date."""
    settings = read_settings(os.environ)
    _log_to_standard_error(settings, logging.INFO)
    from bot.db.migrate import upgrade as to_head

    await to_head(settings.database)
    print(f"{settings.database.shown} is up to date.")


def _settings_for_telegram() -> Settings:
    settings = read_settings(os.environ)
    settings.token()
    _log_to_standard_error(settings, logging.INFO)
    logging.getLogger(__name__).info("starting")
    return settings


@contextmanager
def _local_settings(options: argparse.Namespace) -> Iterator[tuple[Settings, Path]]:
    """Settings without Telegram: a database of its own, so that trying things out never touches the real one."""
    with tempfile.TemporaryDirectory(prefix="lintas-") as throwaway:
        folder = Path(throwaway) if options.fresh else data_folder(options.data or os.environ.get("LINTAS_DATA"))
        environment = {
            name: value for name, value in os.environ.items() if name not in ("BOT_TOKEN", "TELEGRAM_API_URL")
        }
        if options.fresh or options.data or not environment.get("DATABASE_URL"):
            environment["DATABASE_URL"] = sqlite_url(folder / "chat.sqlite3", where="LINTAS_DATA").shown
        settings = replace(read_settings(environment))
        _log_to_standard_error(settings, logging.WARNING)
        print("Starting… (a few seconds)", flush=True)
        yield settings, folder


@contextmanager
def _importing() -> Iterator[None]:
    """Around the import of aiogram: it makes hundreds of classes that stay for ever, and looking for garbage among
    them, now and later, takes a fifth of the time of the import."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


@contextmanager
def _stopping() -> Iterator[asyncio.Event]:
    """An event that SIGTERM and Ctrl+C set; a second Ctrl+C ends at once."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()

    def ask() -> None:
        stop.set()
        loop.remove_signal_handler(signal.SIGINT)

    for number in (signal.SIGTERM, signal.SIGINT):
        # Windows has no such handlers; Ctrl+C ends at once there, which the inbox survives.
        with suppress(NotImplementedError):
            loop.add_signal_handler(number, ask)
    yield stop


def _log_to_standard_error(settings: Settings, level: int) -> None:
    secrets = [secret.reveal() for secret in (settings.bot_token, settings.webhook_secret) if secret]
    handler = logging.StreamHandler()
    handler.setFormatter(RedactingFormatter(LAYOUT, secrets))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    # One line for every update or call, with nothing in it that ours do not say better.
    for name in ("aiogram.event", "httpx", "apscheduler", "telegram.ext"):
        logging.getLogger(name).setLevel(logging.WARNING)
    # Seven lines about its own parts, before it says what it does.
    logging.getLogger("alembic.runtime.plugins").setLevel(logging.WARNING)


if __name__ == "__main__":
    sys.exit(main())
