"""Text with styles as a row of cells, wrapped to the width of a phone."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from bot.sandbox.wire import JSON

STYLES = {
    "bold": "1",
    "italic": "3",
    "underline": "4",
    "strikethrough": "9",
    "code": "36",
    "pre": "36",
    "text_link": "4",
    "url": "4",
    "bot_command": "34",
}
QUOTES = ("blockquote", "expandable_blockquote")
BAR = "│ "


@dataclass(frozen=True)
class Cell:
    """One character, its style (SGR codes) and whether it stands in a quotation."""

    character: str
    style: tuple[str, ...] = ()
    quoted: bool = False


def cells_of(text: str, entities: tuple[JSON, ...]) -> list[Cell]:
    """``text`` as cells; the address of a link follows its text."""
    positions = _positions(text)
    styles: list[list[str]] = [[] for _ in text]
    quoted = [False] * len(text)
    after: dict[int, str] = {}
    for entity in entities:
        start = positions[min(entity["offset"], len(positions) - 1)]
        end = positions[min(entity["offset"] + entity["length"], len(positions) - 1)]
        for at in range(start, end):
            quoted[at] = quoted[at] or entity["type"] in QUOTES
            if entity["type"] in STYLES:
                styles[at].append(STYLES[entity["type"]])
        if entity["type"] == "text_link" and entity["url"].rstrip("/") != text[start:end].rstrip("/"):
            after[end] = f" ({entity['url']})"
    cells: list[Cell] = []
    for at, character in enumerate(text):
        cells += [Cell(c, ("2",)) for c in after.get(at, "")]
        cells.append(Cell(character, tuple(styles[at]), quoted[at]))
    return cells + [Cell(c, ("2",)) for c in after.get(len(text), "")]


def _positions(text: str) -> list[int]:
    """From an offset in UTF-16 code units to an index of ``text``; one more for the end."""
    positions: list[int] = []
    for at, character in enumerate(text):
        positions += [at] * (2 if character > "\uffff" else 1)
    return [*positions, len(text)]


def columns(text: str) -> int:
    """How many columns of a terminal ``text`` takes."""
    return sum(_columns(character) for character in text)


def _columns(character: str) -> int:
    if unicodedata.combining(character) or character in "\u200b\u200d\ufe0e\ufe0f":
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def lines_of(cells: list[Cell], width: int | None) -> list[list[Cell]]:
    """The cells line by line, broken at spaces if a width is given; quotations get a bar."""
    lines: list[list[Cell]] = []
    paragraph: list[Cell] = []
    for cell in [*cells, Cell("\n")]:
        if cell.character != "\n":
            paragraph.append(cell)
            continue
        bar = [Cell(c, ("2",)) for c in BAR] if any(each.quoted for each in paragraph) else []
        room = None if width is None else width - len(bar)
        lines += [bar + line for line in _wrapped(paragraph, room)]
        paragraph = []
    return lines


def _wrapped(cells: list[Cell], width: int | None) -> list[list[Cell]]:
    if width is None:
        return [cells]
    lines: list[list[Cell]] = []
    line: list[Cell] = []
    used = 0
    for cell in cells:
        line.append(cell)
        used += _columns(cell.character)
        if used > width:
            cut = max((at for at, c in enumerate(line) if c.character == " "), default=-1)
            head, line = (line[:cut], line[cut + 1 :]) if cut > 0 else (line[:-1], line[-1:])
            lines.append(head)
            used = sum(_columns(each.character) for each in line)
    return [*lines, line]


def painted(line: list[Cell], *, colour: bool) -> str:
    """The line as text, with ANSI codes if ``colour``."""
    if not colour:
        return "".join(cell.character for cell in line)
    pieces: list[str] = []
    style: tuple[str, ...] = ()
    for cell in line:
        if cell.style != style:
            pieces.append("\x1b[0m" if style else "")
            pieces.append(f"\x1b[{';'.join(cell.style)}m" if cell.style else "")
            style = cell.style
        pieces.append(cell.character)
    return "".join(pieces) + ("\x1b[0m" if style else "")
