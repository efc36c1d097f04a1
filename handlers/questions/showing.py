"""What the handlers of questions share: the window at which they are answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from aiogram import Bot
from aiogram.filters import Filter
from aiogram.types import CallbackQuery, Message, TelegramObject

from bot.i18n import Translator, Translators
from bot.services.interview.interview import InterviewService
from bot.services.questions.questions import QuestionService, Reply
from bot.services.visit import Expects, Visit
from handlers.interview.flow import Way
from handlers.replies import OPENLY, is_group, show, tell
from handlers.screens.people.privacy import in_private_screen
from handlers.screens.questions.ask import categories_screen, category_screen
from handlers.screens.questions.questions import answer_screen, go_on_line, group_answer_screen, topic_screen
from handlers.screens.questions.unanswered import (
    gone_topic_screen,
    group_unsure_screen,
    no_answer_screen,
    own_case_screen,
    small_talk_screen,
    suggestions_screen,
)
from handlers.screens.screen import Screen, language
from handlers.typing_sign import typing
from knowledge import Knowledge


@dataclass(frozen=True)
class Enquiries:
    """Everything that answering a question takes."""

    bot: Bot
    way: Way
    translators: Translators
    questions: QuestionService

    async def answer(self, message: Message, question: str) -> None:
        """Answer what was asked with a message. An interview that is open goes on afterwards."""
        way, visit, questions = self.way, self.way.visit, self.questions
        openly = is_group(message.chat)
        assessment = None if openly else way.assessment
        programme = None if openly else way.interview.facts(visit).get("programme")
        expects = visit.memory.expects
        if expects is not None and expects.kind != "fact":
            pending = expects.about if expects.kind == "question" else ""
            visit.memory.expects = Expects("fact", pending) if pending else None
        async with typing(self.bot, message.chat.id, at_once=not questions.search.is_ready):
            reply = await questions.ask(
                visit,
                question,
                known_type=assessment.mobility_type if assessment else None,
                known_programme=str(programme) if programme else None,
                openly=openly,
            )
        me = await self.bot.me()
        t, knowledge = self.translators[reply.lang], way.knowledge
        shown = _openly_said(t, knowledge, reply, me.username or "") if openly else _said(t, knowledge, reply)
        await tell(message, shown)
        if visit.memory.expects is not None and (not openly or visit.memory.extra.get(OPENLY) == message.chat.id):
            await way.proceed(message, way.step, said=go_on_line(way.t))

    async def open_topic(
        self,
        event: Message | CallbackQuery,
        topic: str,
        *,
        t: Translator,
        known_type: str | None,
        token: str = "",
    ) -> None:
        """Show a topic that was picked by hand, in the language of `t`."""
        visit = self.way.visit
        opened = await self.questions.open(visit, topic, lang=language(t), known_type=known_type, token=token)
        if opened is None:
            await tell(event, gone_topic_screen(t))
            return
        await tell(event, topic_screen(t, self.way.knowledge, opened[1], token=opened[0]))

    async def show_category(self, event: Message | CallbackQuery, group: str, *, page: int = 0) -> None:
        """A page of a category; all of them where there is none of that name."""
        visit, t, search = self.way.visit, self.way.t, self.questions.search
        groups = await search.groups(visit.lang)
        known = next((one for one in groups if one.group == group), None)
        if known is None:
            await show(event, visit, categories_screen(t, groups))
            return
        topics = await search.in_group(group, visit.lang, self.way.assessment.mobility_type)
        await show(event, visit, category_screen(t, known, topics, page))


class AtEnquiries(Filter):
    """Hands on the window, as `enquiries`."""

    async def __call__(
        self,
        _event: TelegramObject,
        *,
        bot: Bot,
        visit: Visit,
        t: Translator,
        translators: Translators,
        knowledge: Knowledge,
        interview: InterviewService,
        questions: QuestionService,
    ) -> dict[str, Enquiries]:
        """Everybody may ask."""
        return {"enquiries": Enquiries(bot, Way(visit, t, knowledge, interview), translators, questions)}


AT_ENQUIRIES: Final = AtEnquiries()


def _said(t: Translator, knowledge: Knowledge, reply: Reply) -> Screen:
    """The reply in the private chat."""
    answer = reply.answer
    match answer.kind:
        case "answer":
            return answer_screen(t, knowledge, answer, token=reply.token, personal=answer.personal)
        case "smalltalk":
            return small_talk_screen(t, answer.smalltalk)
        case "personal_check":
            return own_case_screen(t)
        case _ if answer.suggestions:
            return suggestions_screen(t, answer.suggestions, token=reply.token)
        case _ if reply.noted:
            return no_answer_screen(t, noted=True)
        case _:
            # A picture, a mark: nothing that could be looked for.
            return small_talk_screen(t, None)


def _openly_said(t: Translator, knowledge: Knowledge, reply: Reply, username: str) -> Screen:
    """The reply in a group: nothing of the asker's in it."""
    answer = reply.answer
    match answer.kind:
        case "answer":
            return group_answer_screen(t, knowledge, answer, username)
        case "smalltalk":
            return Screen(small_talk_screen(t, answer.smalltalk).text)
        case "personal_check":
            return in_private_screen(t, username)
        case _:
            return group_unsure_screen(t, answer.suggestions, username)
