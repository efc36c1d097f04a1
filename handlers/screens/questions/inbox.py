"""The staff's inbox: what people asked without a good answer, and the message to those who asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.i18n import Translator
from bot.services.markup import cut
from bot.services.questions.inbox import GroupCard, InboxPage, StoredGroup
from handlers.questions.callbacks import (
    DecideGroup,
    ExportGroup,
    Inbox,
    InboxGroup,
    ReopenGroup,
    SendAnswer,
    StaffAnswer,
)
from handlers.screens.paging import page_count, page_row
from handlers.screens.screen import Row, Screen, bold, button, choices, esc, italic, lines, paragraphs, screen

if TYPE_CHECKING:
    from knowledge.search.answering.answer import Answer

LONGEST_EXAMPLE: Final = 160


def inbox_screen(t: Translator, page: InboxPage, *, said: str = "") -> Screen:
    """A page of groups, the most asked first. `said` (HTML) is told first."""
    _ = t.gettext
    is_open = page.pile == "open"
    title = _("📥 <b>Questions without a good answer</b>") if is_open else _("🗄 <b>Questions that were dealt with</b>")
    if page.groups:
        body = _("The most asked first. Nobody's name is kept with them.") if is_open else ""
    elif is_open:
        body = _("Nothing is waiting. 🎉 What the bot cannot answer, or answers badly, will stand here.")
    else:
        body = _("Nothing here yet.")
    in_full, labels = choices([cut(_line(group), LONGEST_EXAMPLE) for group in page.groups])
    text = paragraphs(said, title + page_count(t, page.place), body, in_full)
    other = (
        button(_("🗄 Dealt with ({n})", n=page.closed), Inbox(pile="closed"))
        if is_open
        else button(_("📥 Open ({n})", n=page.open), Inbox(pile="open"))
    )
    rows: list[Row] = [
        *([button(label, InboxGroup(group=group.id))] for label, group in zip(labels, page.groups, strict=True)),
        page_row(t, page.place, lambda at: Inbox(pile=page.pile, page=at)),
        [other],
    ]
    return screen(text, rows)


def group_screen(t: Translator, card: GroupCard, *, said: str = "") -> Screen:
    """A group of questions: examples, counts, what the bot says to it now, and what can be done."""
    _ = t.gettext
    group = card.group
    examples = [f"• {esc(cut(example.text, LONGEST_EXAMPLE))}" for example in card.examples]
    counted = lines(
        t.ngettext("Asked {n} time", "Asked {n} times", group.asked)
        + " · "
        + _("last on {day}", day=t.date(group.last_asked_at.date())),
        t.ngettext("👎 {n} bad answer", "👎 {n} bad answers", group.down) if group.down else "",
        t.ngettext("🙋 {n} person can still be answered", "🙋 {n} people can still be answered", group.askers)
        if group.askers
        else _("Nobody can be answered any more."),
        _("Most likely topic: {title}", title=bold(card.topic_title)) if card.topic_title else "",
    )
    text = paragraphs(
        said,
        f"💬 {bold(cut(group.text, 300))}",
        _status(t, group),
        counted,
        lines(_("<b>As people put it</b>"), *examples) if len(examples) > 1 else "",
        lines(_("<b>The bot says now</b>"), _now(t, card.now)),
        lines(_("<b>Answered so far</b>"), esc(group.answer)) if group.answer else "",
    )
    return screen(text, _actions(t, card))


def write_answer_screen(t: Translator, group: StoredGroup, *, longest: int, trouble: bool = False) -> Screen:
    """Write the answer now. `trouble`: what was sent is too long or no text."""
    _ = t.gettext
    text = paragraphs(
        _("⚠️ Please send a text of 1 to {longest} characters.", longest=longest) if trouble else "",
        _("✍️ <b>Write your answer</b>"),
        f"💬 {italic(cut(group.text, 300))}",
        t.ngettext(
            "It goes to {n} person who asked, as “Answer from the international office”. You see it before it is sent.",
            "It goes to {n} people who asked, as “Answer from the international office”. You see it before it is sent.",
            group.askers,
        ),
    )
    return screen(text, [[button(_("✖️ Do not answer"), InboxGroup(group=group.id))]])


def preview_screen(t: Translator, group: StoredGroup, *, example: Screen) -> Screen:
    """What they will read; `example` is the message to one of them."""
    _ = t.gettext
    text = paragraphs(
        t.ngettext(
            "👀 <b>This is what {n} person will read:</b>", "👀 <b>This is what {n} people will read:</b>", group.askers
        ),
        f"<blockquote>{example.text}</blockquote>",
    )
    rows: list[Row] = [
        [button(_("📤 Send"), SendAnswer(group=group.id), style="primary")],
        [button(_("✏️ Write it anew"), StaffAnswer(group=group.id))],
        [button(_("✖️ Do not answer"), InboxGroup(group=group.id))],
    ]
    return screen(text, rows)


def from_the_office_screen(t: Translator, question: str, answer: str) -> Screen:
    """The answer of staff, as whoever asked reads it, in their language."""
    _ = t.gettext
    text = paragraphs(
        _("🏢 <b>Answer from the international office</b>"),
        lines(_("You asked:"), italic(cut(question, 300))),
        esc(answer),
        _("Another question? Just type it. A person: /human"),
    )
    return screen(text)


def sent_line(t: Translator, people: int) -> str:
    """After sending."""
    return t.ngettext("📤 Your answer goes to {n} person.", "📤 Your answer goes to {n} people.", people)


def nobody_waits_line(t: Translator) -> str:
    """There is nobody (any more) to answer."""
    return t.gettext("Nobody waits for an answer any more: a colleague was faster, or too much time has passed.")


def gone_group_line(t: Translator) -> str:
    """A button of a group that is no longer there."""
    return t.gettext("These questions are no longer here.")


def export_caption(t: Translator, *, topic: str | None) -> str:
    """Said with the YAML file."""
    _ = t.gettext
    if topic:
        return _(
            "Phrasings for the topic {topic}. Read them before you paste them.", topic=f"<code>{esc(topic)}</code>"
        )
    return _("The beginning of a new topic. It loads once its answer, clauses and phrasings are complete.")


def _actions(t: Translator, card: GroupCard) -> list[Row]:
    _ = t.gettext
    group = card.group
    export: Row = [button(_("📄 As a new topic"), ExportGroup(group=group.id, as_new=True))]
    if card.topic_title:
        export.insert(0, button(_("📄 As phrasings"), ExportGroup(group=group.id, as_new=False)))
    if group.status == "open":
        decide: Row = [
            button(_("✅ Done"), DecideGroup(group=group.id, decision="done")),
            button(_("🚫 Out of scope"), DecideGroup(group=group.id, decision="out_of_scope")),
        ]
        answer: Row = [button(_("✍️ Answer"), StaffAnswer(group=group.id), style="primary")] if group.askers else []
    else:
        decide, answer = [button(_("↩️ Open again"), ReopenGroup(group=group.id))], []
    back: Row = [button(_("‹ Inbox"), Inbox(pile="open" if group.status == "open" else "closed"))]
    return [answer, decide, export, back]


def _status(t: Translator, group: StoredGroup) -> str:
    _ = t.gettext
    texts = {"answered": _("📤 Answered"), "done": _("✅ Done"), "out_of_scope": _("🚫 Out of scope")}
    return texts.get(group.status, "")


def _now(t: Translator, answer: Answer) -> str:
    """What the bot says to the newest question, and how sure it is."""
    _ = t.gettext
    sure = _("{percent} % sure", percent=round(answer.confidence * 100))
    if answer.parts:
        return f"{bold(' + '.join(part.title for part in answer.parts))} ({sure})"
    if answer.suggestions:
        titles = esc(" · ".join(one.title for one in answer.suggestions))
        return _("“Did you mean …?” {titles}", titles=titles) + f" ({sure})"
    return _("no answer") + f" ({sure})"


def _line(group: StoredGroup) -> str:
    return f"{'👎' if group.down else '💬'} {group.asked}× {group.text}"
