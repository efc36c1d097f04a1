"""The barest Bot API client: it posts a form and returns what came back."""

from __future__ import annotations

import json
from typing import Any, Self

from aiohttp import ClientSession, FormData


class Refused(Exception):
    """The server said no."""

    def __init__(self, status: int, body: dict[str, Any]) -> None:
        super().__init__(body["description"])
        self.status = status
        self.body = body
        self.description: str = body["description"]
        self.parameters: dict[str, Any] = body.get("parameters", {})


class BotClient:
    """Calls methods by name: ``await bot.call("sendMessage", chat_id=1, text="…")``."""

    def __init__(self, url: str, token: str) -> None:
        self.url = url
        self.token = token
        self.session = ClientSession()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.session.close()

    async def call(self, method: str, **params: Any) -> Any:
        """The result. Raises Refused with Telegram's description."""
        form = FormData()
        for name, value in params.items():
            if isinstance(value, bytes):
                form.add_field(name, value, filename=f"{name}.bin")
            else:
                form.add_field(name, value if isinstance(value, str) else json.dumps(value))
        async with self.session.post(f"{self.url}/bot{self.token}/{method}", data=form) as response:
            body = await response.json()
            if not body["ok"]:
                raise Refused(response.status, body)
            return body["result"]
