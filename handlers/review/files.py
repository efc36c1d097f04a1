"""Files of an applicant, shown to a reviewer in the chat. Telegram has them; we only know what it calls them."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from itertools import groupby
from typing import Final, Protocol

from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import InputMediaDocument, InputMediaPhoto, MediaUnion

log = logging.getLogger(__name__)

LARGEST_ALBUM: Final = 10
"""Files that Telegram takes in one album; it takes no album of one, and none of photos and documents together."""


class HandedIn(Protocol):
    """What of a file that was handed in is needed to send it again."""

    @property
    def kind(self) -> str:
        """Photo or document."""

    @property
    def file_id(self) -> str:
        """Telegram's name of it, for this bot."""


async def send_files(bot: Bot, chat_id: int, files: Sequence[HandedIn], caption: str) -> int:
    """Show files, as albums where there are several; `caption` (HTML) stands below the first. Returns how many of them
    Telegram does not give out any more."""
    lost = 0
    for kind, group in groupby(sorted(files, key=lambda file: file.kind), key=lambda file: file.kind):
        same = list(group)
        for at in range(0, len(same), LARGEST_ALBUM):
            lost += await _send(bot, chat_id, kind, same[at : at + LARGEST_ALBUM], caption)
            caption = ""
    return lost


async def _send(bot: Bot, chat_id: int, kind: str, files: Sequence[HandedIn], caption: str) -> int:
    """Send an album. If one of its files is lost, the others go one by one."""
    try:
        if len(files) > 1:
            album = [_media(kind, file, caption if file is files[0] else "") for file in files]
            await bot.send_media_group(chat_id, album)
        elif kind == "photo":
            await bot.send_photo(chat_id, files[0].file_id, caption=caption)
        else:
            await bot.send_document(chat_id, files[0].file_id, caption=caption)
    except TelegramBadRequest as refusal:
        if len(files) == 1:
            log.info("a file cannot be shown: %s", refusal.message)
            return 1
        return sum([await _send(bot, chat_id, kind, [file], caption if file is files[0] else "") for file in files])
    return 0


def _media(kind: str, file: HandedIn, caption: str) -> MediaUnion:
    if kind == "photo":
        return InputMediaPhoto(media=file.file_id, caption=caption)
    return InputMediaDocument(media=file.file_id, caption=caption)
