"""The front door: greeting and links, help, language, cancel."""

from __future__ import annotations

from dataclasses import replace

from aiogram import Router
from aiogram.filters import Command, CommandObject, CommandStart
from aiogram.types import CallbackQuery, Message, User

from bot.i18n import Translator, Translators
from bot.services.applications.applications import ApplicationService
from bot.services.interview.prefill import from_start
from bot.services.people.people import PeopleService
from bot.services.staff.staff import rights_of
from bot.services.visit import LANGUAGES, Menu, Visit
from handlers.callbacks import Help, Home, Language, Languages
from handlers.interview.flow import ON_THE_WAY, Way
from handlers.interview.lists import open_list
from handlers.replies import is_group, show
from handlers.screens.staff.staff import staff_help
from handlers.screens.start import (
    cancelled_screen,
    greeting_screen,
    help_screen,
    languages_screen,
    thanks_screen,
    unknown_link_line,
    welcome_line,
)
from knowledge.interview import Goal


async def start(
    message: Message, command: CommandObject, *, way: Way, applications: ApplicationService, event_from_user: User
) -> None:
    """/start, perhaps from a link that says what it is about."""
    visit, t = way.visit, way.t
    if (visit.is_staff or visit.person.language_chosen) and not is_group(message.chat):
        visit.menus[visit.person.id] = Menu(visit.lang, visit.role)
    wanted = from_start("" if is_group(message.chat) else command.args or "", way.knowledge)
    if wanted.kind != "check":
        said = unknown_link_line(t) if wanted.kind == "unknown" else ""
        await _greet(message, visit=visit, t=t, applications=applications, user=event_from_user, said=said)
        return
    said = welcome_line(t, event_from_user.first_name) if visit.is_new else ""
    if wanted.goal is not Goal.ALL:
        await open_list(message, wanted.goal, way=way, said=said)
        return
    await way.proceed(message, way.begin(wanted.goal, wanted.facts, wanted.fitting), said=said)


async def home(
    event: Message | CallbackQuery,
    *,
    visit: Visit,
    t: Translator,
    applications: ApplicationService,
    event_from_user: User,
) -> None:
    """The greeting again."""
    await _greet(event, visit=visit, t=t, applications=applications, user=event_from_user)


async def _greet(
    event: Message | CallbackQuery,
    *,
    visit: Visit,
    t: Translator,
    applications: ApplicationService,
    user: User,
    said: str = "",
) -> None:
    kept = () if visit.is_new or _read_by_others(event) else await applications.overview(visit)
    answers = () if _read_by_others(event) else visit.person.answers
    screen = greeting_screen(t, user.first_name, answers=len(answers), applications=len(kept), said=said)
    await show(event, visit, screen)


def _read_by_others(event: Message | CallbackQuery) -> bool:
    message = event if isinstance(event, Message) else event.message
    return message is not None and is_group(message.chat)


async def thanked(message: Message, *, visit: Visit, t: Translator) -> None:
    """Somebody says thank you."""
    await show(message, visit, thanks_screen(t))


async def help_asked(event: Message | CallbackQuery, *, visit: Visit, t: Translator) -> None:
    """/help. What staff may do stands in it for staff only, and where nobody else reads it."""
    role = None if _read_by_others(event) else visit.role
    await show(event, visit, help_screen(t, of_staff=staff_help(t, rights_of(role))))


async def language_asked(event: Message | CallbackQuery, *, visit: Visit, t: Translator) -> None:
    """/language: which one?"""
    await show(event, visit, languages_screen(t))


async def language_chosen(
    query: CallbackQuery,
    callback_data: Language,
    *,
    way: Way,
    translators: Translators,
    people: PeopleService,
    applications: ApplicationService,
    event_from_user: User,
) -> None:
    """Speak another language and go on where we are: with the question that is open, else with the greeting."""
    visit = way.visit
    chosen = next((lang for lang in LANGUAGES if lang == callback_data.code), visit.lang)
    people.set_language(visit, chosen)
    way = replace(way, t=translators[visit.lang])
    asked = visit.memory.expects is not None and visit.memory.expects.kind == "fact"
    if asked and not _read_by_others(query):
        await way.proceed(query, way.step)
        return
    await _greet(query, visit=visit, t=way.t, applications=applications, user=event_from_user)


async def cancel(message: Message, *, way: Way) -> None:
    """/cancel: nothing is expected any more; what was answered stays."""
    visit = way.visit
    pending = visit.memory.expects is not None
    visit.memory.expects = None
    way.follow(False)
    way.interview.start(visit, visit.person.goal)
    await show(message, visit, cancelled_screen(way.t, pending=pending))


def build_router() -> Router:
    """Handlers of the front door."""
    router = Router(name=__name__)
    router.message.register(start, CommandStart(), ON_THE_WAY)
    router.message.register(help_asked, Command("help"))
    router.message.register(language_asked, Command("language"))
    router.message.register(cancel, Command("cancel"), ON_THE_WAY)
    router.callback_query.register(home, Home.filter())
    router.callback_query.register(help_asked, Help.filter())
    router.callback_query.register(language_asked, Languages.filter())
    router.callback_query.register(language_chosen, Language.filter(), ON_THE_WAY)
    return router
