"""A bot of thirty lines without any library: it repeats words, counts taps and sends a file."""

from __future__ import annotations

import asyncio
from html import escape
from typing import Any

from tests.sandbox.client import BotClient


class Parrot:
    """Says what it hears, with a button that counts; ``settled`` tells when nothing is left to do."""

    def __init__(self, client: BotClient) -> None:
        self.client = client
        self.count = 0
        self.offers: list[dict[str, Any]] = []
        self.idle = asyncio.Event()
        self.idle.set()

    async def settled(self) -> None:
        await self.idle.wait()

    async def run(self) -> None:
        offset = 0
        while True:
            for update in await self.client.call("getUpdates", offset=offset, timeout=50):
                offset = update["update_id"] + 1
                self.idle.clear()
                await self.handle(update)
            self.idle.set()

    async def handle(self, update: dict[str, Any]) -> None:
        if "inline_query" in update:
            await self.client.call(
                "answerInlineQuery", inline_query_id=update["inline_query"]["id"], results=self.offers
            )
        elif "callback_query" in update:
            await self.tapped(update["callback_query"])
        elif "document" in update.get("message", {}):
            await self.client.call("sendDocument", chat_id=update["message"]["chat"]["id"], document=b"received")
        elif "message" in update:
            await self.heard(update["message"])

    async def heard(self, message: dict[str, Any]) -> None:
        text = f"You said <b>{escape(message['text'])}</b>, see <a href='https://unnes.ac.id/'>UNNES</a>"
        await self.client.call(
            "sendMessage", chat_id=message["chat"]["id"], text=text, parse_mode="HTML", reply_markup=self.keyboard()
        )

    async def tapped(self, query: dict[str, Any]) -> None:
        self.count += 1
        place = {"chat_id": query["message"]["chat"]["id"], "message_id": query["message"]["message_id"]}
        await self.client.call(
            "editMessageText", **place, text=f"Pressed {query['data']}: {self.count}", reply_markup=self.keyboard()
        )
        await self.client.call("answerCallbackQuery", callback_query_id=query["id"], text="counted")

    def keyboard(self) -> dict[str, Any]:
        more = {"text": "More", "callback_data": "more"}
        site = {"text": "Site", "url": "https://unnes.ac.id"}
        return {"inline_keyboard": [[more, site], [{"text": "Copy", "copy_text": {"text": "A-17"}}]]}
