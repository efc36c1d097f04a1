"""Telegram in, screens out: thin handlers over the services."""

from __future__ import annotations

from aiogram import Router

from handlers import fallback, membership, nobody, start, words
from handlers.announcements import announce, results, sent
from handlers.applications import keeping, links
from handlers.applications.news import NewsOfRelease
from handlers.capitals import CommandsInAnyCase
from handlers.deadlines import reminders
from handlers.groups import OwnButtons
from handlers.interview import asking, lists, result
from handlers.people import privacy, settings
from handlers.questions import answering, ask, inbox, inline
from handlers.review import pipeline, queue
from handlers.staff import adding as staff_adding
from handlers.staff import export, stats, team
from handlers.uploads import receiving

ORDER = (
    nobody,
    announce,
    sent,
    results,
    team,
    staff_adding,
    stats,
    export,
    inbox,
    words,
    receiving,
    ask,
    links,
    start,
    lists,
    keeping,
    reminders,
    privacy,
    settings,
    queue,
    pipeline,
    membership,
    asking,
    result,
    answering,
    inline,
    fallback,
)
"""The order in which routers are asked: `nobody` takes what must not be kept, `words` takes its texts from those who
expect one, `receiving` the reasons it asked for from `ask`, that its questions from `asking`,
`lists` its buttons; `answering` answers every text that is left, `fallback` takes what nobody took."""


def build_router() -> Router:
    """A fresh router with all handlers; it can be attached to one dispatcher."""
    router = Router(name=__name__)
    router.message.outer_middleware(CommandsInAnyCase())
    router.callback_query.outer_middleware(OwnButtons())
    for observer in (router.message, router.callback_query):
        observer.outer_middleware(NewsOfRelease())
    router.include_routers(*(module.build_router() for module in ORDER))
    return router
