"""What ours is compared with: the least that an aiogram bot can do, and the least with a database.

Both call the Bot API as often as ours does: a message is answered by a new one and the old one goes; a press changes
the message it stands on and is answered.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from aiogram import BaseMiddleware, Bot, Dispatcher, Router
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import CallbackQuery, Message, TelegramObject, User
from sqlalchemy import event, select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    """Tables of the bare bot."""


class Visitor(Base):
    """Somebody, and how often they wrote."""

    __tablename__ = "visitors"
    id: Mapped[int] = mapped_column(primary_key=True)
    updates: Mapped[int] = mapped_column(default=0)


class OneRow(BaseMiddleware):
    """One SELECT, one UPDATE (at first contact an INSERT) and one COMMIT for every update."""

    def __init__(self, sessions: async_sessionmaker[AsyncSession]) -> None:
        self._sessions = sessions

    async def __call__(
        self, handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]], event: TelegramObject, data: Any
    ) -> Any:
        user: User = data["event_from_user"]
        async with self._sessions() as session:
            visitor = await session.scalar(select(Visitor).where(Visitor.id == user.id))
            if visitor is None:
                visitor = Visitor(id=user.id, updates=0)
                session.add(visitor)
            visitor.updates += 1
            result = await handler(event, data)
            await session.commit()
            return result


def echo_router() -> Router:
    """Says what it hears."""
    router = Router()
    last: dict[int, int] = {}

    @router.message()
    async def message(message: Message) -> None:
        if (old := last.get(message.chat.id)) is not None and message.bot is not None:
            await message.bot.delete_message(message.chat.id, old)
        last[message.chat.id] = (await message.answer(message.text or "?")).message_id

    @router.callback_query()
    async def press(query: CallbackQuery) -> None:
        if isinstance(query.message, Message):
            await query.message.edit_text(f"{query.data} {query.id}")
        await query.answer()

    return router


async def run_bare(url: str, token: str, database: Path | None) -> None:
    """Poll until a signal; with a row in `database` for every person, if one is given."""
    dispatcher = Dispatcher()
    dispatcher.include_router(echo_router())
    if database is not None:
        engine = create_async_engine(f"sqlite+aiosqlite:///{database}")
        event.listen(engine.sync_engine, "connect", _as_ours)
        async with engine.begin() as connection:
            await connection.run_sync(Base.metadata.create_all)
        for observer in (dispatcher.message, dispatcher.callback_query):
            observer.outer_middleware(OneRow(async_sessionmaker(engine, expire_on_commit=False)))
    bot = Bot(token, session=AiohttpSession(api=TelegramAPIServer.from_base(url)))
    await dispatcher.start_polling(bot)


def _as_ours(connection: Any, _record: Any) -> None:
    """The file is written to as our bot does it."""
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
