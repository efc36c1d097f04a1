"""Photos, documents and albums, and downloading what people sent."""

from __future__ import annotations

import mimetypes

from bot.sandbox.call import Call, Upload
from bot.sandbox.errors import bad_request, too_large
from bot.sandbox.files import LARGEST_DOWNLOAD, LARGEST_PHOTO, LARGEST_UPLOAD, StoredFile
from bot.sandbox.images import size_of
from bot.sandbox.methods.sending import caption_content, post, send, target
from bot.sandbox.wire import JSON
from bot.sandbox.world import World

PREVIEW = 320
"""Pixels of the longer side of the small size of a photo."""


def send_photo(world: World, call: Call) -> object:
    content = {"photo": _photo(world, call, call.params.get("photo"), "photo")}
    return send(world, call, content | caption_content(call)).body


def send_document(world: World, call: Call) -> object:
    content = {"document": _document(world, call, call.params.get("document"), "document")}
    return send(world, call, content | caption_content(call)).body


def send_media_group(world: World, call: Call) -> object:
    items = call.list_of("media", "media")
    if items is None or not 2 <= len(items) <= 10:
        raise bad_request("there must be 2-10 media in an album")
    contents = [media_content(world, call, item) for item in items]
    if len({next(iter(content)) for content in contents}) > 1:
        raise bad_request("document can't be mixed with other media types")
    chat = target(world, call)
    group = {"media_group_id": str(world.number("album", 13_000_000_001))}
    protected = call.flag("protect_content")
    return [post(world, chat, c | group, None, protected=protected).body for c in contents]


def media_content(world: World, call: Call, item: object) -> JSON:
    """The content an InputMedia stands for. Raises RefusalError 400 if it is none."""
    if not isinstance(item, dict) or item.get("type") not in ("photo", "document"):
        raise bad_request("can't parse InputMedia: media of this type can't be sent here")
    read = _photo if item["type"] == "photo" else _document
    content: JSON = {item["type"]: read(world, call, item.get("media"), item["type"])}
    return content | caption_content(Call(call.method, item))


def _upload(call: Call, given: object, field: str) -> Upload | None:
    """The file of this call that a parameter means, if it means one."""
    if isinstance(given, str) and given.startswith("attach://"):
        return call.uploads.get(given.removeprefix("attach://"))
    return call.uploads.get(field) if not given else None


def _known(world: World, given: object, field: str) -> StoredFile:
    """A file sent by its id. Raises RefusalError 400 if there is no such file."""
    if not given:
        raise bad_request(f"there is no {field} in the request")
    if str(given).startswith(("http://", "https://")):
        raise bad_request("failed to get HTTP URL content")
    stored = world.files.by_id(str(given))
    if stored is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    if stored.kind != field:
        raise bad_request(f"can't use file of type {stored.kind.title()} as {field.title()}")
    return stored


def _document(world: World, call: Call, given: object, field: str) -> JSON:
    upload = _upload(call, given, field)
    if upload is None:
        return _known(world, given, field).as_json()
    return keep_document(world, upload).as_json()


def keep_document(world: World, upload: Upload) -> StoredFile:
    """Store an uploaded document. Raises RefusalError 400 if empty, 413 above 50 MB."""
    if not upload.data:
        raise bad_request("file must be non-empty")
    if len(upload.data) > LARGEST_UPLOAD:
        raise too_large()
    guessed = mimetypes.guess_type(upload.name)[0] or "application/octet-stream"
    return world.files.add(upload.data, upload.name or "document", upload.mime or guessed)


def _photo(world: World, call: Call, given: object, field: str) -> list[JSON]:
    upload = _upload(call, given, field)
    if upload is None:
        return [_known(world, given, field).as_json()]
    return keep_photo(world, upload)


def keep_photo(world: World, upload: Upload) -> list[JSON]:
    """Store a photo in two sizes. Raises RefusalError 400 if it is no picture or too large."""
    if len(upload.data) > LARGEST_PHOTO:
        raise bad_request("file is too big for a photo; the maximum size is 10485760 bytes")
    size = size_of(upload.data)
    if size is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    width, height = size
    if width + height > 10_000 or max(size) > 20 * max(1, min(size)):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    scale = min(1.0, PREVIEW / max(size))
    sizes = [(max(1, int(width * scale)), max(1, int(height * scale))), size]
    return [
        world.files.add(upload.data, upload.name or "photo.jpg", upload.mime, kind="photo", width=w, height=h).as_json()
        for w, h in dict.fromkeys(sizes)
    ]


def get_file(world: World, call: Call) -> object:
    stored = world.files.by_id(call.text("file_id"))
    if stored is None:
        raise bad_request("invalid file_id")
    if len(stored.data) > LARGEST_DOWNLOAD:
        raise bad_request("file is too big")
    return {
        "file_id": stored.file_id,
        "file_unique_id": stored.unique_id,
        "file_size": len(stored.data),
        "file_path": stored.path,
    }


METHODS = {
    "sendPhoto": send_photo,
    "sendDocument": send_document,
    "sendMediaGroup": send_media_group,
    "getFile": get_file,
}
