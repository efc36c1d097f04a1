"""HTTP request to call: query, form, multipart or JSON, as the Bot API takes them all."""

from __future__ import annotations

from aiohttp import BodyPartReader, MultipartReader, web

from bot.sandbox.call import Call, Upload
from bot.sandbox.errors import bad_request


async def read_call(request: web.Request, method: str) -> Call:
    """The call in ``request``. Raises RefusalError 400 if the body cannot be read."""
    call = Call(method, dict(request.query))
    kind = request.content_type
    if kind == "application/json" and request.can_read_body:
        await _read_json(request, call)
    elif kind == "multipart/form-data":
        await _read_multipart(request, call)
    elif kind == "application/x-www-form-urlencoded":
        form = await request.post()
        call.params.update({name: value for name, value in form.items() if isinstance(value, str)})
    return call


async def _read_json(request: web.Request, call: Call) -> None:
    try:
        body = await request.json()
    except ValueError:
        raise bad_request("can't parse JSON object") from None
    if not isinstance(body, dict):
        raise bad_request("expected a JSON object")
    call.params.update(body)


async def _read_multipart(request: web.Request, call: Call) -> None:
    await read_parts(await request.multipart(), call)


async def read_parts(parts: MultipartReader, call: Call) -> None:
    """Add the fields and files of a multipart body to ``call``."""
    async for part in parts:
        if not isinstance(part, BodyPartReader) or part.name is None:
            continue
        data = bytes(await part.read(decode=True))
        if part.filename is None:
            call.params[part.name] = data.decode("utf-8", "replace")
        else:
            mime = part.headers.get("Content-Type", "").split(";")[0]
            known = "" if mime == "application/octet-stream" else mime
            call.uploads[part.name] = Upload(part.filename, data, known)
