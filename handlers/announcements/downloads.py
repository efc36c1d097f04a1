"""Fetching what staff sends to be read: tables of names and results. Files of applicants are never fetched."""

from __future__ import annotations

from io import BytesIO

from aiogram import Bot
from aiogram.types import Message

from bot.services.announcements.audience_lists import LARGEST_FILE


async def content_of(message: Message, bot: Bot) -> tuple[bytes, str] | None:
    """The bytes of the document in a message and its name; None if there is none, or one that is too large."""
    document = message.document
    if document is None or (document.file_size or 0) > LARGEST_FILE:
        return None
    return await bytes_of(document.file_id, bot), document.file_name or ""


async def bytes_of(file_id: str, bot: Bot) -> bytes:
    """The bytes of a file by its id at Telegram."""
    into = BytesIO()
    await bot.download(file_id, into)
    return into.getvalue()
