"""What changed in a checklist since its owner last heard of it."""

from __future__ import annotations

from typing import Final, cast

from bot.i18n import Translator
from bot.services.applications.checklist import ApplicationView
from bot.services.applications.news import Altered, ChecklistNews, Gone
from handlers.applications.callbacks import Checklist
from handlers.screens.screen import Row, Screen, bold, button, esc, lines, paragraphs, screen
from handlers.screens.titles import list_title, verdict_title
from knowledge import Knowledge
from knowledge.items import Verdict

MOST_LINES: Final = 20
"""Changes that are named; more of them are only counted."""


def news_text(t: Translator, knowledge: Knowledge, news: ChecklistNews) -> str:
    """Every change in a line of its own, as HTML."""
    _ = t.gettext
    verdict = ""
    if news.verdict is not None:
        before, after = (verdict_title(t, cast("Verdict", one)) for one in news.verdict)
        verdict = f"{before} → {after}"
    said = [
        *(f"➕ {esc(list_title(t, one.list_name))}: {esc(one.item.text)}" for one in news.appeared),
        *(_gone(t, one) for one in news.went),
        *(_altered(t, one) for one in news.altered),
    ]
    more = len(said) - MOST_LINES
    return lines(
        _("🔔 <b>What changed since you last looked</b>"),
        _kind(t, knowledge, news),
        verdict,
        *said[:MOST_LINES],
        t.ngettext("… and {n} more", "… and {n} more", more) if more > 0 else "",
        _("What you ticked and sent is kept.") if said else "",
    )


def release_screen(
    t: Translator, knowledge: Knowledge, told: tuple[tuple[ApplicationView, ChecklistNews], ...]
) -> Screen:
    """The rules were revised: what that changes for each application."""
    _ = t.gettext
    text = paragraphs(
        _("📢 The rules in my handbook were updated. This concerns you:"),
        *(lines(f"📋 {bold(view.name)}", news_text(t, knowledge, news)) for view, news in told),
    )
    rows: list[Row] = [[button(_("📋 {name}", name=view.name[:32]), Checklist(code=view.code))] for view, _news in told]
    return screen(text, rows)


def _kind(t: Translator, knowledge: Knowledge, news: ChecklistNews) -> str:
    if news.mobility_type is None:
        return ""
    after = knowledge.types.get(news.mobility_type[1] or "")
    if after is None:
        return t.gettext("I can no longer tell which rules are yours.")
    return t.gettext("Now you are: {kind}.", kind=esc(t.text(after.name)))


def _gone(t: Translator, gone: Gone) -> str:
    back = " " + t.gettext("(kept, in case it comes back)") if gone.is_kept else ""
    return f"➖ {esc(list_title(t, gone.list))}: {esc(gone.text)}{back}"


def _altered(t: Translator, altered: Altered) -> str:
    _ = t.gettext
    duty = ""
    if altered.now_required is not None:
        duty = _("now required") if altered.now_required else _("now only in the case named")
    before = _("before: “{text}”", text=esc(altered.before)) if altered.before else ""
    how = "; ".join(part for part in (duty, before) if part)
    return f"✏️ {esc(altered.item.item.text)} ({how})"
