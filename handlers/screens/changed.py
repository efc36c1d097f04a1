"""What a changed answer changed in the result."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.i18n import Translator
from handlers.screens.screen import MARKS, esc
from handlers.screens.titles import list_title, verdict_title
from knowledge import AssessedItem, Knowledge
from knowledge.explain import Changes

MOST_NAMED = 4
"""Items named of each kind; the rest is counted."""


def changed_text(t: Translator, knowledge: Knowledge, changes: Changes) -> str:
    """The difference in a few lines, as HTML: type, verdict, what is new, what went, what is different."""
    _ = t.gettext
    parts = [_("<b>What changed</b>")]
    if changes.mobility_type is not None:
        kinds = [t.text(knowledge.types[key].name) if key else "?" for key in changes.mobility_type]
        parts.append(_("You are now: {after} (before: {before}).", before=esc(kinds[0]), after=esc(kinds[1])))
    if changes.verdict is not None:
        before, after = (verdict_title(t, verdict) for verdict in changes.verdict)
        parts.append(f"{before} → {after}")
    parts += _named("➕ ", t, changes.appeared)
    parts += _named("➖ ", t, changes.went)
    parts += _limited(t, [_difference(t, before, after) for before, after in changes.altered])
    return "\n".join(parts)


def _named(sign: str, t: Translator, items: Iterable[AssessedItem]) -> list[str]:
    return _limited(t, [f"{sign}{esc(list_title(t, item.list))}: {esc(item.text)}" for item in items])


def _limited(t: Translator, named: list[str]) -> list[str]:
    more = len(named) - MOST_NAMED
    if more <= 0:
        return named
    return [*named[:MOST_NAMED], t.ngettext("… and {n} more", "… and {n} more", more)]


def _difference(t: Translator, before: AssessedItem, after: AssessedItem) -> str:
    return f"• {esc(after.text)} {'; '.join(_differences(t, before, after))}".rstrip()


def _differences(t: Translator, before: AssessedItem, after: AssessedItem) -> Iterator[str]:
    _ = t.gettext
    if before.status != after.status and before.status and after.status:
        yield f"{MARKS[before.status]} → {MARKS[after.status]}"
    if before.required != after.required:
        yield _("now required") if after.required else _("now only in the case named")
    if before.date != after.date:
        yield f"📅 {t.date(after.date)}" if after.date else _("date open again")
    if before.amount != after.amount:
        yield f"💰 {t.money(after.amount, after.currency or 'IDR')}" if after.amount else _("amount open")
    if after.boundary and not before.boundary:
        yield "⚠️"
