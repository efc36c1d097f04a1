"""Long lists page by page: what fits on a page, its number, and the buttons to the next one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from aiogram.filters.callback_data import CallbackData

from bot.i18n import Translator
from bot.services.markup import length
from bot.services.paging import Place
from handlers.screens.screen import FITS_A_PHONE, Row, button, italic, lines


@dataclass(frozen=True)
class Block:
    """Something that stands together on a page: HTML text, under a heading and a line that neighbours may share."""

    text: str
    heading: str = ""
    under: str = ""


@dataclass(frozen=True)
class Page:
    """One page of a long list."""

    text: str
    number: int
    """From 0."""
    count: int
    blocks: range
    """Which of the blocks are on it."""


def page_of(blocks: Sequence[Block], number: int, *, most: int = 7, room: int = FITS_A_PHONE) -> Page:
    """A page of the blocks: at most `most` of them and `room` long. An old button may ask for a page that has gone:
    the nearest one is shown."""
    cuts = _cuts(blocks, most, room)
    number = max(0, min(number, len(cuts) - 1))
    return Page(_joined(blocks[cuts[number].start : cuts[number].stop]), number, len(cuts), cuts[number])


def pages(blocks: Sequence[Block], *, most: int = 7, room: int = FITS_A_PHONE) -> list[str]:
    """The texts of all pages; one empty text if there is nothing."""
    return [_joined(blocks[cut.start : cut.stop]) for cut in _cuts(blocks, most, room)]


def page_row(t: Translator, page: Page | Place, to: Callable[[int], CallbackData], *, short: bool = False) -> Row:
    """Buttons to the pages before and after; none where there is only one page. `short`: arrows alone."""
    row = []
    if page.number > 0:
        row.append(button("◀" if short else t.gettext("◀ Previous"), to(page.number - 1)))
    if page.number + 1 < page.count:
        row.append(button("▶" if short else t.gettext("Next ▶"), to(page.number + 1)))
    return row


def page_count(t: Translator, page: Page | Place) -> str:
    """Behind a title: which page of how many, where there are several."""
    if page.count < 2:
        return ""
    return " · " + italic(t.gettext("page {page} of {pages}", page=page.number + 1, pages=page.count))


def _cuts(blocks: Sequence[Block], most: int, room: int) -> list[range]:
    cuts = [range(0)]
    for at, _ in enumerate(blocks):
        longer = range(cuts[-1].start, at + 1)
        if len(cuts[-1]) and (len(longer) > most or length(_joined(blocks[longer.start : longer.stop])) > room):
            cuts.append(range(at, at + 1))
        else:
            cuts[-1] = longer
    return cuts


def _joined(blocks: Sequence[Block]) -> str:
    """The blocks one after the other; what neighbours share is said once, and again at the top of a page."""
    parts: list[str] = []
    before = Block("")
    for block in blocks:
        # Without its line a block must not seem to stand under the line of the one before.
        anew = block.heading != before.heading or (before.under and not block.under)
        heading = f"<b>{block.heading}</b>" if block.heading and anew else ""
        under = block.under if anew or block.under != before.under else ""
        parts.append(lines(heading, under, block.text))
        before = block
    return "\n\n".join(parts)
