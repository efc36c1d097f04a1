"""The printable sheet as a file. What draws it is imported at the first sheet: a start should not pay for it."""

from __future__ import annotations

import asyncio

from bot.services.sheet.sheet import Sheet


async def drawn(sheet: Sheet) -> bytes:
    """The sheet as a PDF. It is drawn in a thread: conversations go on meanwhile."""
    return await asyncio.to_thread(_draw, sheet)


def _draw(sheet: Sheet) -> bytes:
    from bot.services.sheet.drawing import draw

    return draw(sheet)
