"""Telegram in, screens out: thin handlers over the services."""

from __future__ import annotations

from aiogram import Router

from handlers import fallback, membership, nobody, start, words
from handlers.announcements import announce, announcements, results
from handlers.applications import applications, links
from handlers.applications.news import NewsOfRelease
from handlers.capitals import CommandsInAnyCase
from handlers.deadlines import reminders
from handlers.groups import OwnButtons
from handlers.interview import interview, lists, result
from handlers.people import privacy, settings
from handlers.questions import ask, inbox, inline, questions
from handlers.review import pipeline, review
from handlers.staff import adding as staff_adding
from handlers.staff import export, staff, stats
from handlers.uploads import uploads

ORDER = (
    nobody,
    announce,
    announcements,
    results,
    staff,
    staff_adding,
    stats,
    export,
    inbox,
    words,
    uploads,
    ask,
    links,
    start,
    lists,
    applications,
    reminders,
    privacy,
    settings,
    review,
    pipeline,
    membership,
    interview,
    result,
    questions,
    inline,
    fallback,
)
"""The order in which routers are asked: `nobody` takes what must not be kept, `words` takes its texts from those who
expect one, `uploads` the reasons it asked for from `ask`, that its questions from `interview`,
`lists` its buttons; `questions` answers every text that is left, `fallback` takes what nobody took."""


def build_router() -> Router:
    """A fresh router with all handlers; it can be attached to one dispatcher."""
    router = Router(name=__name__)
    router.message.outer_middleware(CommandsInAnyCase())
    router.callback_query.outer_middleware(OwnButtons())
    for observer in (router.message, router.callback_query):
        observer.outer_middleware(NewsOfRelease())
    router.include_routers(*(module.build_router() for module in ORDER))
    return router
