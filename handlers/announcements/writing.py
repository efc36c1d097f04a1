"""What a draft says: texts, files, buttons."""

from __future__ import annotations

from dataclasses import replace
from typing import Final
from urllib.parse import urlsplit

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from bot.services.announcements.content import MOST_FILES, Button, Content, File
from bot.services.announcements.draft import Draft
from bot.services.markup import cut
from bot.services.questions.search import QuestionSearch
from bot.services.visit import LANGUAGES, Lang
from handlers.announcements.callbacks import Buttons, Files, OneForAll, Write
from handlers.announcements.showing import AT_DESK, Awaits, Desk
from handlers.screens.announcements.announce import (
    ask_button_screen,
    buttons_screen,
    files_screen,
    one_for_all_screen,
    write_screen,
)

LONGEST_LABEL: Final = 64
"""Characters on a button."""
MOST_BUTTONS: Final = 8
SCHEMES: Final = ("http", "https", "tg")
STATUS_LABEL: Final[dict[Lang, str]] = {"id": "📋 Pendaftaran saya", "en": "📋 My applications"}


async def write(query: CallbackQuery, callback_data: Write, *, desk: Desk) -> None:
    """Asks for the text of a language, or removes it."""
    draft = await desk.draft(callback_data.code)
    lang = callback_data.lang
    if callback_data.drop:
        texts = {key: text for key, text in draft.content.texts.items() if key != lang}
        await desk.show_card(query, await _change(desk, draft, replace(draft.content, texts=texts)))
        return
    await desk.show(query, write_screen(desk.t, draft, lang), then=f"{draft.code} {lang}")


async def written(message: Message, *, desk: Desk, code: str, part: str) -> None:
    """The text of a language, with its formatting; a file that came along is attached."""
    draft = await desk.draft(code)
    lang: Lang = "id" if part == "id" else "en"
    content, file = draft.content, _file_of(message)
    if file is not None:
        content = replace(content, files=(*content.files, file)[:MOST_FILES])
    if message.text or message.caption:
        content = replace(content, texts={**content.texts, lang: message.html_text})
    elif file is None:
        await desk.show(message, write_screen(desk.t, draft, lang), then=f"{code} {part}")
        return
    draft = await _change(desk, draft, content)
    if len(content.texts) == 1 and not content.one_for_all:
        await desk.show(message, one_for_all_screen(desk.t, draft))
    else:
        await desk.show_card(message, draft)


async def one_for_all(query: CallbackQuery, callback_data: OneForAll, *, desk: Desk) -> None:
    """Whether the other language gets this text."""
    draft = await desk.draft(callback_data.code)
    await desk.show_card(query, await _change(desk, draft, replace(draft.content, one_for_all=callback_data.yes)))


async def files(query: CallbackQuery, callback_data: Files, *, desk: Desk) -> None:
    """Asks for files, or removes all."""
    draft = await desk.draft(callback_data.code)
    if callback_data.drop:
        draft = await _change(desk, draft, replace(draft.content, files=()))
    await desk.show(query, files_screen(desk.t, draft), then=f"{draft.code} files")


async def file_given(message: Message, *, desk: Desk, code: str) -> None:
    """A file; more may follow, as the pictures of an album do."""
    draft, file = await desk.draft(code), _file_of(message)
    if file is not None and file not in draft.content.files and len(draft.content.files) < MOST_FILES:
        draft = await _change(desk, draft, replace(draft.content, files=(*draft.content.files, file)))
    await desk.show(message, files_screen(desk.t, draft), then=f"{code} files")


async def buttons(query: CallbackQuery, callback_data: Buttons, *, desk: Desk) -> None:
    """The buttons: the list, one more, or none."""
    draft, content = await desk.draft(callback_data.code), None
    if callback_data.do in ("link", "topic"):
        asked = ask_button_screen(desk.t, draft, callback_data.do)
        await desk.show(query, asked, then=f"{draft.code} {callback_data.do}")
        return
    if callback_data.do == "drop":
        content = replace(draft.content, buttons=())
    elif callback_data.do == "status" and all(one.kind != "status" for one in draft.content.buttons):
        content = _with(draft.content, Button("status", STATUS_LABEL))
    if content is not None:
        draft = await _change(desk, draft, content)
    await desk.show(query, buttons_screen(desk.t, draft))


async def link_given(message: Message, *, desk: Desk, code: str) -> None:
    """The label and the address of a link."""
    draft = await desk.draft(code)
    said = (message.text or "").strip()
    label, _, address = said.rpartition("\n" if "\n" in said else " ")
    label, address = label.strip(), address.strip()
    parts = urlsplit(address)
    if not 1 <= len(label) <= LONGEST_LABEL or parts.scheme not in SCHEMES or not parts.netloc:
        await desk.show(message, ask_button_screen(desk.t, draft, "link"), then=f"{code} link")
        return
    draft = await _change(desk, draft, _with(draft.content, Button("link", {desk.visit.lang: label}, address)))
    await desk.show(message, buttons_screen(desk.t, draft))


async def topic_given(message: Message, *, desk: Desk, code: str, search: QuestionSearch) -> None:
    """A topic by some of its words: the best that is found."""
    draft, today = await desk.draft(code), desk.visit.today
    _lang, found = await search.find(message.text or "", otherwise=desk.visit.lang, most=1, today=today)
    if not found:
        await desk.show(message, ask_button_screen(desk.t, draft, "topic"), then=f"{code} topic")
        return
    label: dict[Lang, str] = {}
    for lang in LANGUAGES:
        topic = await search.topic(found[0].topic, lang=lang, today=today)
        if topic is not None:
            label[lang] = cut(f"💡 {topic.title}", LONGEST_LABEL)
    draft = await _change(desk, draft, _with(draft.content, Button("topic", label, found[0].topic)))
    await desk.show(message, buttons_screen(desk.t, draft))


async def _change(desk: Desk, draft: Draft, content: Content) -> Draft:
    return await desk.announcements.change(desk.visit, draft.code, content=content)


def _with(content: Content, button: Button) -> Content:
    return replace(content, buttons=(*content.buttons, button)[:MOST_BUTTONS])


def _file_of(message: Message) -> File | None:
    if message.photo:
        return File("photo", message.photo[-1].file_id)
    if message.video:
        return File("video", message.video.file_id)
    if message.document:
        return File("document", message.document.file_id)
    return None


def build_router() -> Router:
    """Handlers of texts, files and buttons, within those of a draft."""
    router = Router(name=__name__)
    router.callback_query.register(write, Write.filter(), AT_DESK)
    router.callback_query.register(one_for_all, OneForAll.filter(), AT_DESK)
    router.callback_query.register(files, Files.filter(), AT_DESK)
    router.callback_query.register(buttons, Buttons.filter(), AT_DESK)
    router.message.register(written, Awaits("id", "en"), AT_DESK)
    router.message.register(file_given, Awaits("files"), AT_DESK)
    router.message.register(link_given, Awaits("link"), AT_DESK)
    router.message.register(topic_given, Awaits("topic"), AT_DESK)
    return router
