"""The web page of the sandbox: one static file."""

from __future__ import annotations

from importlib.resources import files

from aiohttp import web

# The page carries its own script and style and loads nothing from elsewhere.
POLICY = "default-src 'self'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src 'self'"


def add_page(app: web.Application) -> None:
    app.router.add_get("/", _page)


async def _page(_: web.Request) -> web.Response:
    text = files("bot.sandbox").joinpath("static/index.html").read_text(encoding="utf-8")
    headers = {"Content-Security-Policy": POLICY}
    return web.Response(text=text, content_type="text/html", headers=headers)
