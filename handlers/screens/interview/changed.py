"""What a changed answer changed in the result."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.i18n import Translator
from handlers.screens.items import mark
from handlers.screens.screen import esc, lines
from handlers.screens.titles import list_title, verdict_title
from knowledge import AssessedItem, Knowledge
from knowledge.explain import Changes

MOST_NAMED = 4
"""Items named of those that are new, and of those that went; the rest is counted."""
MOST_ALTERED = 6
"""The same for those that are different."""


def changed_text(t: Translator, knowledge: Knowledge, changes: Changes, *, covered: bool = True) -> str:
    """The difference in a few lines, as HTML: type, verdict, what is new, what went, what is different. `covered`: the
    procedure covers the plan as it is now, as far as that is known."""
    _ = t.gettext
    title = _("<b>What changed</b>")
    verdict = ""
    if changes.verdict is not None:
        before, after = (verdict_title(t, verdict) for verdict in changes.verdict)
        verdict = f"{before} → {after}"
    if changes.mobility_type is not None:
        verdict = verdict if covered and changes.mobility_type[1] is not None else ""
        return lines(title, _new_kind(t, knowledge, changes.mobility_type, covered=covered), verdict)
    # What people wait for are the dates.
    dates_first = sorted(changes.altered, key=lambda pair: pair[0].date == pair[1].date)
    altered = [_difference(t, before, after) for before, after in dates_first]
    return lines(
        title,
        verdict,
        *_named("➕", t, changes.appeared),
        *_named("➖", t, changes.went),
        *_limited(t, altered, MOST_ALTERED),
    )


def tells_all(changes: Changes) -> bool:
    """Whether `changed_text` names every change, so that nothing is left to be told elsewhere."""
    few = len(changes.appeared) <= MOST_NAMED and len(changes.went) <= MOST_NAMED
    return changes.mobility_type is None and few and len(changes.altered) <= MOST_ALTERED


def _new_kind(t: Translator, knowledge: Knowledge, kinds: tuple[str | None, str | None], *, covered: bool) -> str:
    """Another kind of mobility: then every list is another one, and naming its items would tell nothing."""
    _ = t.gettext
    after = kinds[1]
    if not covered:
        return _("The procedure does not cover this plan.")
    if after is None:
        return _("I can no longer tell which rules are yours.")
    return _("Now you are: {kind}. All lists are new.", kind=esc(t.text(knowledge.types[after].name)))


def _named(sign: str, t: Translator, items: Iterable[AssessedItem]) -> list[str]:
    return _limited(t, [f"{sign} {esc(list_title(t, item.list))}: {esc(item.text)}" for item in items])


def _limited(t: Translator, named: list[str], most: int = MOST_NAMED) -> list[str]:
    more = len(named) - most
    if more <= 0:
        return named
    return [*named[:most], t.ngettext("… and {n} more", "… and {n} more", more)]


def _difference(t: Translator, before: AssessedItem, after: AssessedItem) -> str:
    how = ", ".join(_differences(t, before, after))
    return f"• {esc(after.text)}" + (f" ({how})" if how else "")


def _differences(t: Translator, before: AssessedItem, after: AssessedItem) -> Iterator[str]:
    _ = t.gettext
    if before.status != after.status and before.status and after.status:
        yield f"{mark(before)} → {mark(after)}"
    if before.required != after.required:
        yield _("now required") if after.required else _("now only in the case named")
    if before.date != after.date:
        yield f"📅 {t.date(after.date)}" if after.date else _("date open again")
    if before.amount != after.amount:
        yield f"💰 {t.money(after.amount, after.currency or 'IDR')}" if after.amount else _("amount open")
    if after.boundary and not before.boundary:
        yield "⚠️"
