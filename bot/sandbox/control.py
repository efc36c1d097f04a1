"""The control surface under /sandbox/: be a person, watch, make trouble, from another process.

Everything is JSON. A request that comes from a foreign web page is refused.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable

from aiohttp import web

from bot.sandbox.errors import RefusalError
from bot.sandbox.people import Person
from bot.sandbox.reading import read_call
from bot.sandbox.showing import chat_json, person_json
from bot.sandbox.town import Town
from bot.sandbox.trouble import make_trouble
from bot.sandbox.view import NotOnScreenError
from bot.sandbox.wire import JSON
from bot.sandbox.writing import CannotDoError

LONGEST_WAIT = 50.0
"""Seconds an events request may wait."""
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Control:
    """The routes; people are named by their name."""

    def __init__(self, town: Town) -> None:
        self.town = town

    def add_to(self, app: web.Application) -> None:
        app.middlewares.append(own_pages_only)
        app.router.add_get("/sandbox/people", self.people)
        app.router.add_post("/sandbox/people", self.add_person)
        app.router.add_get("/sandbox/people/{name}/messages", self.messages)
        app.router.add_post("/sandbox/people/{name}/{action}", self.act)
        app.router.add_get("/sandbox/files/{file_id}", self.file)
        app.router.add_get("/sandbox/events", self.events)
        app.router.add_get("/sandbox/calls", self.calls)
        app.router.add_post("/sandbox/quiet", self.quiet)
        app.router.add_post("/sandbox/trouble", self.trouble)

    async def people(self, _: web.Request) -> web.Response:
        return _json([person_json(person) for person in self.town.people])

    async def add_person(self, request: web.Request) -> web.Response:
        """``{"name": …, "language": "id"}``: the person of this name, made if need be."""
        wish = await read_call(request, "person")
        name = wish.text("name").strip()
        if not name:
            return _json({"error": "a person needs a name"}, 400)
        person = self.town.person(name, language=wish.text("language") or "id", username=wish.text("username"))
        return _json(person_json(person))

    async def messages(self, request: web.Request) -> web.Response:
        return _json(chat_json(self._person(request)))

    async def act(self, request: web.Request) -> web.Response:
        """say, start, press, tap, upload, photo, block or unblock."""
        person = self._person(request)
        try:
            result = await _act(person, request)
        except (NotOnScreenError, CannotDoError) as trouble:
            return _json({"error": str(trouble)}, 409)
        except RefusalError as trouble:
            return _json({"error": trouble.description}, 400)
        return _json({"result": result})

    async def events(self, request: web.Request) -> web.Response:
        """Events after a number, for one person or all; waits up to ``timeout`` seconds for some."""
        wish = await read_call(request, "events")
        events = self.town.world.events
        name = wish.text("person")
        chat_id = self.town.person(name).id if name else None
        after = wish.whole("after")
        try:
            async with asyncio.timeout(min(LONGEST_WAIT, wish.whole("timeout"))):
                await events.bell.until(lambda: bool(events.after(after, chat_id)))
        except TimeoutError:
            pass
        found = events.after(after, chat_id)
        last = found[-1].number if found else max(after, 0)
        return _json({"events": [event.as_json() for event in found], "last": last})

    async def calls(self, _: web.Request) -> web.Response:
        return _json(self.town.calls.as_json())

    async def quiet(self, request: web.Request) -> web.Response:
        """Wait until the bot has taken every update and was silent for ``silence_ms``."""
        wish = await read_call(request, "quiet")
        try:
            silence = wish.whole("silence_ms", 50) / 1000
            await self.town.quiet(seconds=wish.whole("seconds", 30), silence=silence)
        except TimeoutError:
            return _json({"quiet": False})
        return _json({"quiet": True})

    async def trouble(self, request: web.Request) -> web.Response:
        wish = await read_call(request, "trouble")
        try:
            make_trouble(self.town.world, wish)
        except ValueError as reason:
            return _json({"error": str(reason)}, 400)
        return _json({"result": True})

    async def file(self, request: web.Request) -> web.Response:
        """A file of a chat, always as a download: what a bot sends is never run as a page."""
        stored = self.town.world.files.by_id(request.match_info["file_id"])
        if stored is None:
            raise web.HTTPNotFound
        kind = stored.mime if stored.mime.startswith("image/") else "application/octet-stream"
        name = stored.name.encode("ascii", "replace").decode().replace('"', "'")
        disposition = "inline" if stored.kind == "photo" else f'attachment; filename="{name}"'
        headers = {"Content-Disposition": disposition, "X-Content-Type-Options": "nosniff"}
        return web.Response(body=stored.data, content_type=kind, headers=headers)

    def _person(self, request: web.Request) -> Person:
        return self.town.person(request.match_info["name"])


async def _act(person: Person, request: web.Request) -> object:
    action = request.match_info["action"]
    wish = await read_call(request, action)
    if action == "say":
        return await person.say(wish.text("text"))
    if action == "start":
        return await person.start(wish.text("payload"))
    if action == "press":
        button = wish.text("label") or wish.whole("number")
        return await person.press(button, message_id=wish.whole("message_id") or None)
    if action == "tap":
        return await person.tap(wish.text("data"), wish.whole("message_id"))
    if action in ("upload", "photo"):
        return [
            await _send(person, action, file.name, file.data, wish.text("caption")) for file in wish.uploads.values()
        ]
    if action == "block":
        await person.block()
        return True
    if action == "unblock":
        await person.unblock()
        return True
    raise web.HTTPNotFound


async def _send(person: Person, action: str, name: str, data: bytes, caption: str) -> int:
    if action == "photo":
        return await person.send_photo(data, caption=caption)
    return await person.send_document(name, data, caption=caption)


def _json(body: JSON | list[JSON], status: int = 200) -> web.Response:
    return web.json_response(body, status=status, dumps=_dumps)


def _dumps(body: object) -> str:
    return json.dumps(body, ensure_ascii=False, default=str)


@web.middleware
async def own_pages_only(request: web.Request, handler: Handler) -> web.StreamResponse:
    """A page from elsewhere must not drive the sandbox through somebody's browser."""
    origin = request.headers.get("Origin")
    local = request.url.host in ("127.0.0.1", "localhost", "::1")
    if origin is not None and not (local and origin == f"{request.scheme}://{request.host}"):
        raise web.HTTPForbidden(text="this page does not belong to the sandbox")
    return await handler(request)
