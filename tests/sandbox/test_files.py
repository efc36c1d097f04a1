"""Files in both directions."""

from __future__ import annotations

import json
import struct
from typing import Any

import pytest
from aiohttp import FormData

from bot.sandbox import Person
from bot.sandbox.files import LARGEST_DOWNLOAD, LARGEST_UPLOAD
from bot.sandbox.methods import media
from tests.sandbox.client import BotClient, Refused


def png(width: int, height: int) -> bytes:
    """As much of a PNG as tells its size."""
    return b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", width, height) + b"\x08\x02\0\0\0"


PHOTO = png(640, 480)


@pytest.fixture(autouse=True)
async def started(ani: Person) -> None:
    await ani.start()


async def last_update(bot: BotClient) -> dict[str, Any]:
    updates: list[dict[str, Any]] = await bot.call("getUpdates")
    return updates[-1]["message"]  # type: ignore[no-any-return]


async def test_a_document_of_a_person_is_downloaded(bot: BotClient, ani: Person) -> None:
    await ani.send_document("Transkrip nilai.pdf", b"%PDF-1.4 data", caption="mine")
    message = await last_update(bot)
    document = message["document"]
    assert (document["file_name"], document["mime_type"], document["file_size"], message["caption"]) == (
        "Transkrip nilai.pdf",
        "application/pdf",
        13,
        "mine",
    )
    file = await bot.call("getFile", file_id=document["file_id"])
    assert file["file_unique_id"] == document["file_unique_id"]
    async with bot.session.get(f"{bot.url}/file/bot{bot.token}/{file['file_path']}") as response:
        assert await response.read() == b"%PDF-1.4 data"
    async with bot.session.get(f"{bot.url}/file/bot{bot.token}/documents/none.pdf") as response:
        assert response.status == 404


async def test_a_file_is_sent_again_by_its_id(bot: BotClient, ani: Person) -> None:
    first = await bot.call("sendDocument", chat_id=ani.id, document=b"data", caption="<b>new</b>", parse_mode="HTML")
    assert first["caption_entities"] == [{"type": "bold", "offset": 0, "length": 3}]
    again = await bot.call("sendDocument", chat_id=ani.id, document=first["document"]["file_id"])
    assert again["document"] == first["document"]
    assert ani.screen.attachment is not None
    assert ani.screen.attachment.data == b"data"


async def test_a_photo_comes_in_two_sizes(bot: BotClient, ani: Person) -> None:
    sent = await bot.call("sendPhoto", chat_id=ani.id, photo=PHOTO)
    assert [(size["width"], size["height"]) for size in sent["photo"]] == [(320, 240), (640, 480)]
    await ani.send_photo(PHOTO)
    assert len((await last_update(bot))["photo"]) == 2


@pytest.mark.parametrize(
    ("method", "params", "reason"),
    [
        ("sendDocument", {}, "there is no document in the request"),
        ("sendDocument", {"document": "nonsense"}, "wrong file identifier/HTTP URL specified"),
        ("sendDocument", {"document": "https://example.org/x"}, "failed to get HTTP URL content"),
        ("sendDocument", {"document": b""}, "file must be non-empty"),
        ("sendPhoto", {"photo": b"no picture"}, "IMAGE_PROCESS_FAILED"),
        ("sendPhoto", {"photo": png(9_000, 2_000)}, "PHOTO_INVALID_DIMENSIONS"),
        ("sendPhoto", {"photo": png(2_100, 100)}, "PHOTO_INVALID_DIMENSIONS"),
        ("getFile", {"file_id": "nonsense"}, "invalid file_id"),
        ("sendMediaGroup", {"media": []}, "there must be 2-10 media in an album"),
    ],
)
async def test_a_bad_file_is_refused(
    bot: BotClient, ani: Person, method: str, params: dict[str, Any], reason: str
) -> None:
    with pytest.raises(Refused) as refused:
        await bot.call(method, chat_id=ani.id, **params)
    assert refused.value.description == f"Bad Request: {reason}"


async def test_a_file_above_the_limit_cannot_be_downloaded(
    bot: BotClient, ani: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert LARGEST_DOWNLOAD == 20 * 1024 * 1024
    monkeypatch.setattr(media, "LARGEST_DOWNLOAD", 10)
    await ani.send_document("film.mp4", bytes(11))
    with pytest.raises(Refused, match="Bad Request: file is too big"):
        await bot.call("getFile", file_id=(await last_update(bot))["document"]["file_id"])


async def test_a_file_above_the_limit_cannot_be_sent(
    bot: BotClient, ani: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert LARGEST_UPLOAD == 50 * 1024 * 1024
    monkeypatch.setattr(media, "LARGEST_UPLOAD", 10)
    with pytest.raises(Refused) as refused:
        await bot.call("sendDocument", chat_id=ani.id, document=bytes(11))
    assert refused.value.status == 413


async def test_an_album_is_several_messages_of_one_group(bot: BotClient, ani: Person) -> None:
    form = FormData()
    items = [
        {"type": "document", "media": "attach://a", "caption": "both"},
        {"type": "document", "media": "attach://b"},
    ]
    form.add_field("chat_id", str(ani.id))
    form.add_field("media", json.dumps(items))
    form.add_field("a", b"1", filename="a.txt")
    form.add_field("b", b"2", filename="b.txt")
    async with bot.session.post(f"{bot.url}/bot{bot.token}/sendMediaGroup", data=form) as response:
        messages = (await response.json())["result"]
    assert len({message["media_group_id"] for message in messages}) == 1
    assert [message["document"]["file_name"] for message in messages] == ["a.txt", "b.txt"]
    assert [message.get("caption") for message in messages] == ["both", None]


async def test_an_album_of_a_person_arrives_as_single_messages(bot: BotClient, ani: Person) -> None:
    await ani.send_album([("a.pdf", b"1"), ("b.pdf", b"2"), ("c.pdf", b"3")], caption="all")
    messages = [update["message"] for update in (await bot.call("getUpdates"))[1:]]
    assert len({message["media_group_id"] for message in messages}) == 1
    assert [message.get("caption") for message in messages] == ["all", None, None]


async def test_photos_go_as_an_album_too(bot: BotClient, ani: Person) -> None:
    await ani.send_album([("a.png", PHOTO), ("b.png", png(640, 481))], caption="both", as_photos=True)
    first, second = (one["message"] for one in (await bot.call("getUpdates"))[-2:])
    assert first["media_group_id"] == second["media_group_id"]
    assert (first["caption"], "caption" in second) == ("both", False)
    assert first["photo"][-1]["width"] == second["photo"][-1]["width"] == 640


async def test_the_same_file_is_known_again(bot: BotClient, ani: Person) -> None:
    sent = []
    for name, data in (("a.pdf", b"one"), ("b.pdf", b"one"), ("c.pdf", b"two")):
        await ani.send_document(name, data)
        sent.append((await last_update(bot))["document"])
    unique = [one["file_unique_id"] for one in sent]
    assert unique[0] == unique[1] != unique[2]
    assert len({one["file_id"] for one in sent}) == 3


async def test_a_document_can_take_the_place_of_another(bot: BotClient, ani: Person) -> None:
    first = await bot.call("sendDocument", chat_id=ani.id, document=b"old")
    second = await bot.call("sendDocument", chat_id=ani.id, document=b"new")
    await bot.call(
        "editMessageMedia",
        chat_id=ani.id,
        message_id=first["message_id"],
        media={"type": "document", "media": second["document"]["file_id"], "caption": "replaced"},
    )
    assert ani.screen.attachment is not None
    assert (ani.screen.text, ani.screen.attachment.data) == ("replaced", b"new")
