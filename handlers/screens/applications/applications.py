"""The applications of a person: the list, keeping one, renaming and removing it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.i18n import Translator
from bot.services.applications.checklist import ApplicationView
from bot.services.applications.news import news_of
from bot.services.markup import cut
from handlers.applications.callbacks import Checklist, Continue, Keep, MyApplications, Remove
from handlers.callbacks import Check, Result, StartOver
from handlers.screens.announcements.result_words import result_lines
from handlers.screens.applications.checklist import about, progress, waiting_row
from handlers.screens.paging import Block, page_of, page_row
from handlers.screens.screen import Row, Screen, bold, button, esc, italic, language, lines, paragraphs, screen
from handlers.screens.titles import verdict_title
from knowledge import AssessedItem, Knowledge


def overview_screen(
    t: Translator,
    knowledge: Knowledge,
    applications: Sequence[ApplicationView],
    *,
    draft: bool,
    page: int = 0,
    said: str = "",
) -> Screen:
    """The applications. `draft`: there are answers that are not kept. `said` (HTML) is what to tell first."""
    _ = t.gettext
    unkept = _("You also have answers that are not kept yet.") if draft and applications else ""
    shown = page_of([Block(_summary(t, knowledge, view)) for view in applications], page, most=5)
    text = paragraphs(
        said,
        _("📁 <b>My applications</b>"),
        shown.text or _empty(t, draft=draft),
        unkept,
    )
    rows: list[Row] = [
        *([button(cut(f"📂 {applications[at].name}"), Checklist(code=applications[at].code))] for at in shown.blocks),
        page_row(t, shown, lambda at: MyApplications(page=at)),
        *_ways_on(t, applications, draft=draft),
    ]
    return screen(text, rows)


def kept_screen(
    t: Translator, knowledge: Knowledge, view: ApplicationView, *, is_new: bool, waiting: int = 0
) -> Screen:
    """After "keep": under which name, and how to choose another one. `waiting`: files that wait for their item."""
    _ = t.gettext
    if is_new:
        said = _("💾 Kept as {name}.", name=bold(view.name))
        hint = _("Would you like another name? Just type it and send it.")
        open_it = button(_("👍 Keep this name"), Checklist(code=view.code))
    else:
        said = _("💾 This is already kept as {name}. Changes go into it by themselves.", name=bold(view.name))
        hint = ""
        open_it = button(_("📋 Open the checklist"), Checklist(code=view.code))
    text = paragraphs(
        said,
        lines(about(t, knowledge, view), progress(t, view)),
        _("You find it under /status at any time, also weeks from now."),
        hint,
    )
    return screen(text, [waiting_row(t, waiting), [open_it], [button(_("‹ Result"), Result())]])


def nothing_to_keep_screen(t: Translator) -> Screen:
    """ "Keep" was pressed, but there is no result (any more)."""
    _ = t.gettext
    text = _("There is no result to keep at the moment. Answer a few questions first, it takes two minutes.")
    return screen(
        text, [[button(_("🎯 Check my programme"), Check())], [button(_("📁 My applications"), MyApplications())]]
    )


def rename_screen(t: Translator, view: ApplicationView, *, trouble: str = "") -> Screen:
    """Asks for a name. `trouble` (plain) is what was wrong with the one that was typed."""
    _ = t.gettext
    text = paragraphs(
        f"⚠️ {esc(trouble)}" if trouble else "",
        _("✏️ What shall {name} be called?", name=bold(view.name)),
        italic(_("Type the new name and send it.")),
    )
    return screen(text, [[button(_("‹ Leave it as it is"), Checklist(code=view.code))]])


def remove_screen(t: Translator, view: ApplicationView) -> Screen:
    """Asks once more before an application is removed."""
    _ = t.gettext
    text = paragraphs(
        _("🗑 Remove {name}?", name=bold(view.name)),
        _("Its answers, what you ticked and the files you sent go with it. I cannot bring them back."),
    )
    rows: list[Row] = [
        [button(_("🗑 Yes, remove it"), Remove(code=view.code, sure=True), style="danger")],
        [button(_("‹ No, keep it"), Checklist(code=view.code))],
    ]
    return screen(text, rows)


def renamed_text(t: Translator, view: ApplicationView) -> str:
    """Said above the checklist after its name was typed."""
    return t.gettext("✏️ It is called {name} now.", name=bold(view.name))


def removed_text(t: Translator, view: ApplicationView) -> str:
    """Said above the list of what is left."""
    return t.gettext("🗑 {name} is removed.", name=bold(view.name))


def unkept_screen(t: Translator, view: ApplicationView) -> Screen:
    """Asks before answers that are not kept make room for those of an application."""
    _ = t.gettext
    text = paragraphs(
        _("You have answers that are not kept yet. Going on with {name} replaces them.", name=bold(view.name)),
        _("What would you like to do with them?"),
    )
    rows: list[Row] = [
        [button(_("💾 Keep them as an application"), Keep())],
        [button(_("Let them go"), Continue(code=view.code, sure=True))],
        [button(_("‹ Checklist"), Checklist(code=view.code))],
    ]
    return screen(text, rows)


def _summary(t: Translator, knowledge: Knowledge, view: ApplicationView) -> str:
    sign = "📂" if view.is_open else "📁"
    return lines(
        f"{sign} {bold(view.name)}",
        about(t, knowledge, view),
        verdict_title(t, view.assessment.verdict),
        progress(t, view),
        *result_lines(t, view.results),
        t.gettext("🔔 Something has changed; open it to see what.") if news_of(view, language(t)) else "",
        _deadline(t, view.next_deadline),
    )


def _deadline(t: Translator, item: AssessedItem | None) -> str:
    if item is None or item.last_day is None:
        return ""
    return t.gettext("⏰ Next: {day}. {what}", day=f"<b>{t.date(item.last_day)}</b>", what=esc(item.text))


def _empty(t: Translator, *, draft: bool) -> str:
    _ = t.gettext
    if draft:
        return _("You have answers, but have kept nothing yet. Keep them, and their checklist waits for you here.")
    return _(
        "You have kept nothing yet. Answer a few questions first; "
        "then keep the result, and its checklist with your progress waits for you here."
    )


def _ways_on(t: Translator, applications: Sequence[ApplicationView], *, draft: bool) -> list[Row]:
    _ = t.gettext
    if draft:
        return [[button(_("💾 Keep my answers"), Keep())], [button(_("🎯 Go on with them"), Result())]]
    if not applications:
        return [[button(_("🎯 Check my programme"), Check())]]
    # Nothing is lost by starting over: all answers are those of an application that is kept.
    return [[button(_("➕ Check another programme"), StartOver(sure=True))]]
