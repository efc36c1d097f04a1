"""/staff, for administrators: who may do what, and the log of what was done."""

from __future__ import annotations

from aiogram import Bot, Router
from aiogram.filters import Command
from aiogram.types import BufferedInputFile, CallbackQuery, ErrorEvent, Message, User
from aiogram.utils.chat_action import ChatActionSender

from bot.errors import LastAdministrator, NamedInSettings, NoSuchInvite, NoSuchMember, UserError
from bot.i18n import Translator, Translators
from bot.services.outbox import Outbox, Outgoing
from bot.services.staff.log import LogService
from bot.services.staff.staff import Right, Role, may
from bot.services.staff.team import TeamService
from bot.services.visit import Visit
from handlers.filters import Refuses
from handlers.outgoing import outgoing
from handlers.privately import for_staff
from handlers.replies import show
from handlers.screens.screen import esc
from handlers.screens.staff.log import log_caption, log_name, log_words
from handlers.screens.staff.staff import (
    colleague_screen,
    dismiss_screen,
    dismissed_text,
    no_longer_screen,
    role_changed_text,
    role_notice,
    team_screen,
)
from handlers.staff.callbacks import AuditLog, Colleague, Dismiss, SetRole, Team


async def show_team(
    event: Message | CallbackQuery,
    *,
    visit: Visit,
    t: Translator,
    team: TeamService,
    page: int = 0,
    said: str = "",
    without: int | None = None,
    my_name: str | None = None,
) -> None:
    """The list of staff, `without` somebody who is being removed."""
    visit.memory.expects = None
    if not may(visit, Right.ADMINISTRATE):
        await show(event, visit, no_longer_screen(t, said))
        return
    members = [one for one in await team.members(visit, my_name=my_name) if one.person_id != without]
    await show(event, visit, team_screen(t, members, page=page, said=said))


async def staff(message: Message, *, visit: Visit, t: Translator, team: TeamService, event_from_user: User) -> None:
    """/staff. Whoever opens it is known by name from then on."""
    await team.note_name(visit, event_from_user.full_name)
    await show_team(message, visit=visit, t=t, team=team, my_name=event_from_user.full_name)


async def team_pressed(
    query: CallbackQuery, callback_data: Team, *, visit: Visit, t: Translator, team: TeamService
) -> None:
    """A page of the list."""
    await show_team(query, visit=visit, t=t, team=team, page=callback_data.page)


async def colleague(
    query: CallbackQuery, callback_data: Colleague, *, visit: Visit, t: Translator, team: TeamService
) -> None:
    """Somebody on the staff."""
    visit.memory.expects = None
    member = await team.member(visit, callback_data.person)
    await show(query, visit, colleague_screen(t, member, timezone=visit.person.timezone))


async def role_chosen(
    query: CallbackQuery,
    callback_data: SetRole,
    *,
    visit: Visit,
    t: Translator,
    translators: Translators,
    team: TeamService,
    outbox: Outbox,
) -> None:
    """Another role for somebody who has one."""
    visit.memory.expects = None
    member = await team.change_role(visit, callback_data.person, callback_data.role)
    tell(visit, callback_data.person, translators, outbox)
    said = role_changed_text(t, member)
    if not may(visit, Right.ADMINISTRATE):
        await show(query, visit, no_longer_screen(t, said))
        return
    await show(query, visit, colleague_screen(t, member, timezone=visit.person.timezone, said=said))


async def dismiss(
    query: CallbackQuery,
    callback_data: Dismiss,
    *,
    visit: Visit,
    t: Translator,
    translators: Translators,
    team: TeamService,
    outbox: Outbox,
) -> None:
    """Take somebody's role away, after asking once."""
    visit.memory.expects = None
    if not callback_data.sure:
        await show(query, visit, dismiss_screen(t, await team.member(visit, callback_data.person)))
        return
    gone = await team.remove(visit, callback_data.person)
    tell(visit, gone.person_id, translators, outbox)
    await show_team(query, visit=visit, t=t, team=team, said=dismissed_text(t, gone), without=gone.person_id)


def tell(visit: Visit, person_id: int, translators: Translators, outbox: Outbox) -> bool:
    """Tell somebody else what they may do now. False if their role did not change, or there is no chat with them."""
    menu = visit.menus.get(person_id)
    if menu is None or person_id == visit.person.id:
        return False
    method, parameters = outgoing(role_notice(translators[menu.language], Role(menu.role) if menu.role else None))
    outbox.put(visit, Outgoing(f"role:{person_id}:{visit.seq}", person_id, "notice", method, parameters))
    return True


async def log_wanted(
    query: CallbackQuery, callback_data: AuditLog, *, bot: Bot, visit: Visit, t: Translator, log: LogService
) -> None:
    """The audit log as a file."""
    await query.answer()
    async with ChatActionSender.upload_document(chat_id=visit.person.id, bot=bot):
        made = await log.export(visit, callback_data.form, log_words(t, visit.person.timezone))
        file = BufferedInputFile(made.data, log_name(visit.today, callback_data.form))
        await bot.send_document(visit.person.id, file, caption=log_caption(t, made.lines))


async def refused(
    _event: ErrorEvent,
    *,
    happened: Message | CallbackQuery,
    refusal: UserError,
    visit: Visit,
    t: Translator,
    team: TeamService,
) -> None:
    """What cannot be done is said above the list as it is now."""
    await show_team(happened, visit=visit, t=t, team=team, said=f"⚠️ {esc(refusal.message(t))}")


def build_router() -> Router:
    """Handlers of the list of staff."""
    router = Router(name=__name__)
    router.message.register(staff, Command("staff"))
    router.callback_query.register(team_pressed, Team.filter())
    router.callback_query.register(colleague, Colleague.filter())
    router.callback_query.register(role_chosen, SetRole.filter())
    router.callback_query.register(dismiss, Dismiss.filter())
    router.callback_query.register(log_wanted, AuditLog.filter())
    router.errors.register(refused, Refuses(NoSuchMember, LastAdministrator, NamedInSettings, NoSuchInvite))
    return for_staff(router, Right.ADMINISTRATE, commands=["staff"])
