"""Whom a draft is for: conditions, kept audiences, lists."""

from __future__ import annotations

import asyncio

from aiogram import Bot, Router
from aiogram.types import CallbackQuery, Message

from bot.services.announcements.audience_groups import (
    Condition,
    Groups,
    audience_of,
    groups_of,
    toggled,
    turned,
    with_condition,
)
from bot.services.announcements.audience_lists import AudienceLists, UnreadableTable, names_in, table_of
from bot.services.announcements.draft import Draft
from handlers.announcements.callbacks import AudienceOf, Fields, Group, Listed, Negate, Saved, Toggle, Values
from handlers.announcements.downloads import content_of
from handlers.announcements.showing import AT_DESK, Awaits, Desk
from handlers.screens.announcements.audience import (
    NAMES,
    audience_screen,
    fields_screen,
    found_list_screen,
    list_screen,
    name_audience_screen,
    saved_screen,
    values_screen,
)

LONGEST_NAME = 60
"""Characters of the name of a kept audience."""
NUMBERS = ("round",)
"""Fields whose values are numbers."""


async def audience(query: CallbackQuery, callback_data: AudienceOf, *, desk: Desk) -> None:
    """The conditions."""
    await _show(query, desk, await desk.draft(callback_data.code))


async def fields(query: CallbackQuery, callback_data: Fields, *, desk: Desk) -> None:
    """What another condition is about."""
    await desk.show(query, fields_screen(desk.t, await desk.draft(callback_data.code), callback_data.group))


async def values(query: CallbackQuery, callback_data: Values, *, desk: Desk) -> None:
    """The values of a condition."""
    draft = await desk.draft(callback_data.code)
    await _show_values(query, desk, draft, callback_data)


async def toggle(query: CallbackQuery, callback_data: Toggle, *, desk: Desk) -> None:
    """A value in or out."""
    field = NAMES[callback_data.field]
    draft = await desk.draft(callback_data.code)
    known = {value for value, _ in (await desk.options()).get(field, ())}
    if callback_data.value in known:
        value = int(callback_data.value) if field in NUMBERS else callback_data.value
        draft = await _change(desk, draft, toggled(groups_of(draft.audience), callback_data.group, field, value))
    await _show_values(query, desk, draft, callback_data)


async def negate(query: CallbackQuery, callback_data: Negate, *, desk: Desk) -> None:
    """These, or everybody but these."""
    draft = await desk.draft(callback_data.code)
    changed = turned(groups_of(draft.audience), callback_data.group, NAMES[callback_data.field])
    draft = await _change(desk, draft, changed)
    await _show_values(query, desk, draft, callback_data)


async def group(query: CallbackQuery, callback_data: Group, *, desk: Desk) -> None:
    """One group less, or everybody."""
    draft = await desk.draft(callback_data.code)
    groups = groups_of(draft.audience)
    at = callback_data.group
    left = () if callback_data.do == "all" else (*groups[:at], *groups[at + 1 :])
    await _show(query, desk, await _change(desk, draft, left))


async def saved(query: CallbackQuery, callback_data: Saved, *, desk: Desk) -> None:
    """Audiences under a name."""
    draft, announcements = await desk.draft(callback_data.code), desk.announcements
    if callback_data.do == "keep":
        await desk.show(query, name_audience_screen(desk.t, draft), then=f"{draft.code} name")
        return
    kept = await announcements.kept_audiences()
    chosen = next((one for one in kept if one.id == callback_data.id), None)
    if callback_data.do == "use" and chosen is not None:
        await _show(query, desk, await announcements.change(desk.visit, draft.code, audience=chosen.audience))
        return
    if callback_data.do == "drop" and chosen is not None:
        announcements.forget_audience(desk.visit, chosen)
        kept = [one for one in kept if one.id != chosen.id]
    await desk.show(query, saved_screen(desk.t, draft, [(one.id, one.name) for one in kept]))


async def named(message: Message, *, desk: Desk, code: str) -> None:
    """The name under which an audience is kept."""
    draft = await desk.draft(code)
    name = " ".join((message.text or "").split())
    if not 1 <= len(name) <= LONGEST_NAME:
        await desk.show(message, name_audience_screen(desk.t, draft), then=f"{code} name")
        return
    desk.announcements.keep_audience(desk.visit, name, draft.audience)
    await _show(message, desk, draft)


async def listed(query: CallbackQuery, callback_data: Listed, *, desk: Desk) -> None:
    """Asks for a list."""
    draft = await desk.draft(callback_data.code)
    await desk.show(query, list_screen(desk.t, draft), then=f"{draft.code} list")


async def list_given(message: Message, *, desk: Desk, code: str, bot: Bot, lists: AudienceLists) -> None:
    """A list, pasted or as a file: its people are a condition of the first group."""
    draft = await desk.draft(code)
    names = await _names(message, bot)
    if not names:
        await desk.show(message, list_screen(desk.t, draft, unreadable=True), then=f"{code} list")
        return
    found = await lists.find(names)
    groups = with_condition(groups_of(draft.audience), 0, Condition("people", found.ids))
    if found.ids:
        draft = await _change(desk, draft, groups)
    screen = found_list_screen(desk.t, draft, len(found.ids), found.missing, found.twice)
    await desk.show(message, screen, then="" if found.ids else f"{code} list")


async def _names(message: Message, bot: Bot) -> list[str]:
    if message.text is not None:
        return names_in(message.text)
    file = await content_of(message, bot)
    if file is None:
        return []
    try:
        rows = await asyncio.to_thread(table_of, *file)
    except UnreadableTable:
        return []
    return [row[0] for row in rows if row[0]]


async def _change(desk: Desk, draft: Draft, groups: Groups) -> Draft:
    return await desk.announcements.change(desk.visit, draft.code, audience=audience_of(groups))


async def _show(event: Message | CallbackQuery, desk: Desk, draft: Draft) -> None:
    await desk.show(event, audience_screen(desk.t, draft, await desk.check(draft), await desk.options()))


async def _show_values(query: CallbackQuery, desk: Desk, draft: Draft, pressed: Values | Toggle | Negate) -> None:
    letter, page = pressed.field, 0 if isinstance(pressed, Negate) else pressed.page
    options, check = (await desk.options()).get(NAMES[letter], ()), await desk.check(draft)
    screen = values_screen(desk.t, draft, check, at=pressed.group, letter=letter, page=page, options=options)
    await desk.show(query, screen)


def build_router() -> Router:
    """Handlers of audiences, within those of a draft."""
    router = Router(name=__name__)
    router.callback_query.register(audience, AudienceOf.filter(), AT_DESK)
    router.callback_query.register(fields, Fields.filter(), AT_DESK)
    router.callback_query.register(values, Values.filter(), AT_DESK)
    router.callback_query.register(toggle, Toggle.filter(), AT_DESK)
    router.callback_query.register(negate, Negate.filter(), AT_DESK)
    router.callback_query.register(group, Group.filter(), AT_DESK)
    router.callback_query.register(saved, Saved.filter(), AT_DESK)
    router.callback_query.register(listed, Listed.filter(), AT_DESK)
    router.message.register(named, Awaits("name"), AT_DESK)
    router.message.register(list_given, Awaits("list"), AT_DESK)
    return router
