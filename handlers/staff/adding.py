"""Adding somebody to the staff: links that work once, and forwarded messages."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from aiogram import Bot, F, Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.filters import CommandObject, CommandStart, Filter
from aiogram.types import (
    CallbackQuery,
    Message,
    MessageOriginChannel,
    MessageOriginChat,
    MessageOriginHiddenUser,
    MessageOriginUser,
    User,
)

from bot.i18n import Translator, Translators
from bot.services.outbox import Outbox
from bot.services.staff.invites import InviteService, is_invite
from bot.services.staff.staff import Right
from bot.services.staff.team import TeamService
from bot.services.visit import Expects, Visit
from handlers.privately import for_staff
from handlers.replies import show
from handlers.screens.people.privacy import minute
from handlers.screens.staff.adding import (
    NotAddable,
    forward_screen,
    grant_screen,
    granted_screen,
    invite_screen,
    invited_screen,
    invites_screen,
    revoked_text,
    too_late_screen,
    welcome_screen,
)
from handlers.staff.callbacks import ByForwarding, Grant, Invite, Invites, NewInvite, RevokeInvite
from handlers.staff.team import tell
from handlers.words import is_place

STILL_MEANT: Final = 60
"""Minutes for which a question about a forwarded message can be answered."""
WORDS_OF_A_NAME: Final = 5
"""What is longer was not meant to say whom to add."""
FORWARDED: Final = "forwarded"
"""Key of `memory.extra`: number and name of the author of the forwarded message that was asked about."""


class AwaitsForwarded(Filter):
    """Whether a message of somebody is waited for."""

    async def __call__(self, message: Message, visit: Visit) -> bool:
        """Whether this is such a message, or a name in place of one; a command, a question or "cancel" is none."""
        expects = visit.memory.expects
        if expects is None or expects.kind != "new_staff":
            return False
        if message.forward_origin is not None:
            return True
        text = message.text or "/"
        if text.startswith("/") or text.endswith("?") or is_place(text):
            return False
        return len(text.split()) <= WORDS_OF_A_NAME


async def arrived(
    message: Message,
    command: CommandObject,
    *,
    visit: Visit,
    t: Translator,
    invites: InviteService,
    event_from_user: User,
) -> None:
    """Somebody opened the link of an invitation. One that opens nothing is answered like any old link."""
    arrival = await invites.arrive(visit, command.args or "", event_from_user.full_name)
    if arrival.role is None or arrival.kind == "closed":
        raise SkipHandler
    visit.memory.expects = None
    await show(message, visit, welcome_screen(t, arrival.role, arrival.kind))


async def invite(query: CallbackQuery, *, visit: Visit, t: Translator) -> None:
    """A link: for which role?"""
    visit.memory.expects = None
    await show(query, visit, invite_screen(t))


async def invited(
    query: CallbackQuery, callback_data: NewInvite, *, bot: Bot, visit: Visit, t: Translator, invites: InviteService
) -> None:
    """A new link, shown this once."""
    made, payload = invites.create(visit, callback_data.role)
    me = await bot.me()
    link = f"https://t.me/{me.username}?start={payload}"
    await show(query, visit, invited_screen(t, made, link, timezone=visit.person.timezone))


async def invitations(query: CallbackQuery, *, visit: Visit, t: Translator, invites: InviteService) -> None:
    """The invitations so far."""
    visit.memory.expects = None
    found = await invites.recent(visit)
    await show(query, visit, invites_screen(t, found, timezone=visit.person.timezone))


async def revoked(
    query: CallbackQuery, callback_data: RevokeInvite, *, visit: Visit, t: Translator, invites: InviteService
) -> None:
    """Close an invitation."""
    before = await invites.revoke(visit, callback_data.handle)
    found = [
        replace(one, state="revoked") if one.handle == before.handle and one.state == "open" else one
        for one in await invites.recent(visit)
    ]
    said = revoked_text(t, before)
    await show(query, visit, invites_screen(t, found, timezone=visit.person.timezone, said=said))


async def forwarding(query: CallbackQuery, *, visit: Visit, t: Translator) -> None:
    """Add the author of a message that comes next."""
    visit.memory.expects = Expects("new_staff")
    await show(query, visit, forward_screen(t))


async def forwarded(message: Message, *, visit: Visit, t: Translator) -> None:
    """The message: whose is it?"""
    author = _author(message)
    if isinstance(author, str):
        await show(message, visit, forward_screen(t, author))
        return
    visit.memory.expects = None
    visit.memory.extra[FORWARDED] = [author.id, author.full_name]
    await show(message, visit, grant_screen(t, author.id, author.full_name, now=visit.now))


async def granted(
    query: CallbackQuery,
    callback_data: Grant,
    *,
    visit: Visit,
    t: Translator,
    translators: Translators,
    team: TeamService,
    outbox: Outbox,
) -> None:
    """A role for the author of the message that was forwarded last, if it was asked about not long ago."""
    asked_about, name = visit.memory.extra.pop(FORWARDED, None) or (None, "")
    if asked_about != callback_data.person or minute(visit.now) - callback_data.asked > STILL_MEANT:
        await show(query, visit, too_late_screen(t))
        return
    member, added = await team.add(visit, callback_data.person, name, callback_data.role)
    told = tell(visit, callback_data.person, translators, outbox)
    await show(query, visit, granted_screen(t, member, added=added, told=told))


def _author(message: Message) -> User | NotAddable:
    origin = message.forward_origin
    if isinstance(origin, MessageOriginHiddenUser):
        return "hidden"
    if isinstance(origin, (MessageOriginChat, MessageOriginChannel)):
        return "chat"
    if not isinstance(origin, MessageOriginUser):
        return "typed"
    author = origin.sender_user
    if author.is_bot:
        return "bot"
    return "me" if message.from_user and author.id == message.from_user.id else author


def build_router() -> Router:
    """Handlers of adding staff."""
    router = Router(name=__name__)
    router.message.register(forwarded, AwaitsForwarded())
    router.callback_query.register(invite, Invite.filter())
    router.callback_query.register(invited, NewInvite.filter())
    router.callback_query.register(invitations, Invites.filter())
    router.callback_query.register(revoked, RevokeInvite.filter())
    router.callback_query.register(forwarding, ByForwarding.filter())
    router.callback_query.register(granted, Grant.filter())
    opened = Router(name=f"{__name__}.opened")
    is_private = F.chat.type == "private"
    opened.message.register(arrived, is_private, CommandStart(magic=F.args.func(is_invite)))
    both = Router(name=f"{__name__}.all")
    both.include_routers(opened, for_staff(router, Right.ADMINISTRATE))
    return both
