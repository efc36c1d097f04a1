"""Files that people send: taken at any time, put where they belong, or asked about with one tap."""

from __future__ import annotations

from typing import Final

from aiogram import F, Router
from aiogram.enums import ContentType
from aiogram.filters import ExceptionTypeFilter, Filter
from aiogram.types import CallbackQuery, Document, ErrorEvent, Message, PhotoSize

from bot.errors import IllegalMove, NoSuchFile
from bot.i18n import Translator
from bot.services.interview.interview import InterviewService
from bot.services.uploads.file_rules import refusal
from bot.services.uploads.submissions import StoredFile
from bot.services.uploads.uploads import Attached, Unsorted, UploadService
from bot.services.visit import Visit
from handlers.privately import in_private
from handlers.replies import renew, show, tell
from handlers.screens.screen import Screen, screen
from handlers.screens.uploads.uploads import (
    attached_screen,
    forgotten_screen,
    no_application_screen,
    refused_text,
    which_application_screen,
    which_item_screen,
    wrong_kind_text,
)
from handlers.uploads import item_files
from handlers.uploads.callbacks import (
    BUTTONS,
    ForgetFiles,
    OneByOne,
    OtherItem,
    PutTo,
    WhichApplication,
    WhichItem,
)

FILES: Final = (ContentType.DOCUMENT, ContentType.PHOTO, ContentType.LIVE_PHOTO)
NO_FILES: Final = (
    *(ContentType.VIDEO, ContentType.VIDEO_NOTE, ContentType.VOICE, ContentType.AUDIO),
    *(ContentType.STICKER, ContentType.ANIMATION, ContentType.PAID_MEDIA),
)
"""What people send in place of a file; it gets a word of ours while one is awaited."""


class AwaitsFile(Filter):
    """Whether files for an item are awaited."""

    async def __call__(self, _message: Message, visit: Visit) -> bool:
        """Whether they are."""
        return UploadService.is_expecting(visit)


async def receive(
    message: Message, *, visit: Visit, t: Translator, interview: InterviewService, uploads: UploadService
) -> None:
    """A photo, a document, or one of an album."""
    file = stored_file(message, visit)
    if file is None:
        return
    refused = refusal(file.kind, file.file_name, file.mime_type, file.size)
    if refused is not None:
        await tell(message, screen(refused_text(t, refused, file.file_name)))
        return
    answer = renew if uploads.is_next_of_album(visit, message.media_group_id) else show
    expecting = uploads.is_expecting(visit)
    found = await uploads.receive(visit, file, caption=message.caption or "", album=message.media_group_id)
    await answer(message, visit, screen_of(found, visit=visit, t=t, interview=interview))
    if expecting:
        uploads.pin(visit)


async def no_file(message: Message, *, t: Translator) -> None:
    """A film or a sound in place of the file that is awaited."""
    await tell(message, screen(wrong_kind_text(t)))


async def which_item(
    query: CallbackQuery,
    callback_data: WhichItem,
    *,
    visit: Visit,
    t: Translator,
    interview: InterviewService,
    uploads: UploadService,
) -> None:
    """A page of the documents that files may be for."""
    unsorted = await uploads.unsorted(visit, callback_data.batch)
    shown = screen_of(unsorted, visit=visit, t=t, interview=interview, code=callback_data.code, page=callback_data.page)
    await show(query, visit, shown)


async def put_to(
    query: CallbackQuery, callback_data: PutTo, *, visit: Visit, t: Translator, uploads: UploadService
) -> None:
    """The document was chosen."""
    attached = await uploads.assign(visit, callback_data.code, callback_data.key, callback_data.batch)
    await show(query, visit, attached_screen(t, attached, asking=is_asking(visit)))


async def which_application(
    query: CallbackQuery, callback_data: WhichApplication, *, visit: Visit, t: Translator, uploads: UploadService
) -> None:
    """The files are for another application."""
    unsorted = await uploads.unsorted(visit, callback_data.batch)
    await show(query, visit, which_application_screen(t, unsorted, asking=is_asking(visit)))


async def one_by_one(
    query: CallbackQuery,
    callback_data: OneByOne,
    *,
    visit: Visit,
    t: Translator,
    interview: InterviewService,
    uploads: UploadService,
) -> None:
    """The files are for different documents."""
    unsorted = await uploads.separate(visit, callback_data.batch)
    await show(query, visit, screen_of(unsorted, visit=visit, t=t, interview=interview))


async def forget_files(
    query: CallbackQuery, callback_data: ForgetFiles, *, visit: Visit, t: Translator, uploads: UploadService
) -> None:
    """The files are for no document."""
    left = await uploads.discard(visit, callback_data.batch)
    await show(query, visit, forgotten_screen(t, left, asking=is_asking(visit)))


async def other_item(
    query: CallbackQuery,
    callback_data: OtherItem,
    *,
    visit: Visit,
    t: Translator,
    interview: InterviewService,
    uploads: UploadService,
) -> None:
    """The files went to the wrong document."""
    unsorted = await uploads.reassign(visit, callback_data.code, callback_data.key, callback_data.batch)
    await show(query, visit, screen_of(unsorted, visit=visit, t=t, interview=interview, code=callback_data.code))


async def overtaken(event: ErrorEvent, *, t: Translator) -> None:
    """A button for files or an item that were dealt with in the meantime: say so."""
    query = event.update.callback_query
    if query is None or not isinstance(event.exception, NoSuchFile | IllegalMove):
        raise event.exception
    await query.answer(event.exception.message(t), show_alert=True)


def screen_of(
    found: Attached | Unsorted,
    *,
    visit: Visit,
    t: Translator,
    interview: InterviewService,
    code: str = "",
    page: int = 0,
) -> Screen:
    """What to say of files that came in. `code`: the application that was chosen for them."""
    asking = is_asking(visit)
    if isinstance(found, Attached):
        return attached_screen(t, found, asking=asking)
    if not found.views:
        draft = interview.assessment(visit).mobility_type is not None
        return no_application_screen(t, found, draft=draft, asking=asking)
    view = next((one for one in found.views if one.code == code), None) if code else found.view
    if view is None:
        return which_application_screen(t, found, asking=asking)
    return which_item_screen(t, found, view, page=page, asking=asking)


def is_asking(visit: Visit) -> bool:
    """Whether a question of the interview is open; it goes on afterwards."""
    return visit.memory.expects is not None and visit.memory.expects.kind == "fact"


def stored_file(message: Message, visit: Visit) -> StoredFile | None:
    """What is kept of the file of a message: Telegram's ids, name, type and size; None if it has none."""
    photos = message.photo or (message.live_photo.photo if message.live_photo else None)
    given: Document | PhotoSize | None = max(photos, key=lambda one: one.width * one.height) if photos else None
    given = given or message.document
    if given is None:
        return None
    document = given if isinstance(given, Document) else None
    return StoredFile(
        file_id=given.file_id,
        file_unique_id=given.file_unique_id,
        kind="document" if document else "photo",
        file_name=document.file_name if document else None,
        mime_type=document.mime_type if document else "image/jpeg",
        size=given.file_size,
        sent_at=visit.now,
        seq=visit.seq,
        batch=visit.seq,
    )


def build_router() -> Router:
    """Handlers of files."""
    router = Router(name=__name__)
    router.message.register(receive, F.content_type.in_(FILES))
    router.message.register(no_file, F.content_type.in_(NO_FILES), AwaitsFile())
    router.callback_query.register(which_item, WhichItem.filter())
    router.callback_query.register(put_to, PutTo.filter())
    router.callback_query.register(which_application, WhichApplication.filter())
    router.callback_query.register(one_by_one, OneByOne.filter())
    router.callback_query.register(forget_files, ForgetFiles.filter())
    router.callback_query.register(other_item, OtherItem.filter())
    router.include_router(item_files.build_router())
    router.errors.register(overtaken, ExceptionTypeFilter(NoSuchFile, IllegalMove))
    return in_private(router, buttons=BUTTONS)
