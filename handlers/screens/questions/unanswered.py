"""What is said to a question without a certain answer: did you mean …, an honest no; and to what is no question."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.i18n import Translator
from handlers.applications.callbacks import MyApplications
from handlers.callbacks import AskQuestion, Check, Home
from handlers.questions.callbacks import AskHuman, Browse, NoneOfThese, Suggested
from handlers.screens.questions.questions import link
from handlers.screens.screen import Row, Screen, button, language, paragraphs, screen

if TYPE_CHECKING:
    from knowledge.search.answering.answer import Suggestion


def suggestions_screen(t: Translator, suggestions: Sequence[Suggestion], *, token: str) -> Screen:
    """Did you mean …?"""
    lang = language(t)
    rows: list[Row] = [[button(one.title, Suggested(token=token, topic=one.topic, lang=lang))] for one in suggestions]
    rows.append([button(t.gettext("None of these"), NoneOfThese(token=token, lang=lang))])
    return screen(_unsure(t), rows)


def no_answer_screen(t: Translator, *, noted: bool) -> Screen:
    """An honest no, and the ways on. `noted`: staff will see the question."""
    _ = t.gettext
    text = paragraphs(
        _do_not_have(t),
        _(
            "I only answer from the rules of UNNES mobility and the ALN. Other words may help, with who goes where: "
            "“visa for a foreign student of UNNES, 6 months”."
        ),
        _(
            "I have noted your question without your name. If the international office answers it, "
            "you get the answer here."
        )
        if noted
        else "",
        _("A person can help you right away: /human"),
    )
    rows: list[Row] = [
        [button(_("🗂 Browse the topics"), Browse())],
        [button(_("🙋 Ask a person"), AskHuman()), button(_("🎯 Check"), Check())],
    ]
    return screen(text, rows)


def group_unsure_screen(t: Translator, suggestions: Sequence[Suggestion], username: str) -> Screen:
    """No certain answer, in a group."""
    rows: list[Row] = [[link(one.title, username, f"topic_{one.topic}")] for one in suggestions]
    private = [link(t.gettext("💬 Ask in private"), username, "ask")]
    head = _unsure(t) if suggestions else _do_not_have(t)
    return screen(head, [*rows, private])


def gone_topic_screen(t: Translator) -> Screen:
    """A link or an old button for a topic that is no longer there."""
    _ = t.gettext
    text = _("That topic is no longer here. Ask me in your own words, or look around:")
    return screen(text, [[button(_("🗂 Browse the topics"), Browse())], [button(_("‹ Start page"), Home())]])


def small_talk_screen(t: Translator, kind: str | None) -> Screen:
    """A short reply to what is no question."""
    _ = t.gettext
    texts = {
        "greeting": _("Hello! 👋 Ask me anything about mobility at UNNES."),
        "thanks": _("You are welcome! 🙏 Ask again whenever you like."),
        "goodbye": _("Goodbye, and good luck with your plans! 👋"),
        "insult": _("I am sorry this is frustrating. 🙏 Tell me what you need, or ask a person: /human"),
        "praise": _("Thank you, that is kind of you! 😊"),
        "who_are_you": _(
            "I am <b>Lintas</b>, a bot. I answer from the mobility rules of UNNES, with the clause for every answer. "
            "A person you find with /human."
        ),
        "nonsense": _("I did not understand that. Please ask in a short sentence, in Indonesian or English."),
        "yes_no": _("I am not sure what that is about. Please ask in a short sentence."),
        "help": _("Gladly! Ask about requirements, documents, visa, costs or deadlines, or choose:"),
    }
    rows: list[Row] = [[button(_("💬 Examples"), AskQuestion()), button(_("🎯 Check"), Check())]]
    return screen(texts.get(kind or "", texts["nonsense"]), rows)


def own_case_screen(t: Translator) -> Screen:
    """A question about the asker's own case, with nothing in it that a rule could answer."""
    _ = t.gettext
    text = _(
        "That depends on <b>your own case</b>. Answer a few questions and I tell you whether you can take part and "
        "what you need; what you have already stands in your applications."
    )
    rows: list[Row] = [
        [button(_("🎯 Check my programme"), Check(), style="primary")],
        [button(_("📁 My applications"), MyApplications())],
    ]
    return screen(text, rows)


def _unsure(t: Translator) -> str:
    return t.gettext("🤔 I am not sure I understood. <b>Did you mean …?</b>")


def _do_not_have(t: Translator) -> str:
    return t.gettext("🙏 <b>I do not have an answer to that.</b>")
