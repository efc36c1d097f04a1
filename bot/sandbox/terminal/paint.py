"""A message as lines: text, the file it carries, its numbered buttons."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.sandbox.screen import Button, Screen
from bot.sandbox.terminal.cells import cells_of, columns, lines_of, painted

GAP = "  "


@dataclass(frozen=True)
class Paint:
    """``width`` None leaves lines as long as they are; ``colour`` adds ANSI codes."""

    width: int | None
    colour: bool

    def message(self, screen: Screen, keys: Iterable[str] = (), saved: str = "") -> list[str]:
        """The lines of a message; ``keys`` are labels of a keyboard below the input field."""
        lines = [
            painted(line, colour=self.colour)
            for line in lines_of(cells_of(screen.text, screen.entities), self.width)
            if screen.text
        ]
        if saved:
            lines.append(self.dim(saved))
        first = len(screen.buttons) + 1
        lines += self._rows([[caption(b) for b in row] for row in screen.rows], 1)
        return lines + self._rows([[key] for key in keys], first)

    def _rows(self, rows: list[list[str]], number: int) -> list[str]:
        """Buttons of one row stand side by side as long as there is room."""
        lines: list[str] = []
        for row in rows:
            line: list[str] = []
            for label in row:
                button = f"[{number}] {label}"
                number += 1
                if line and self.width and columns(GAP.join([*line, button])) > self.width:
                    lines.append(self._button(GAP.join(line)))
                    line = []
                line.append(button)
            lines.append(self._button(GAP.join(line)))
        return lines

    def _button(self, text: str) -> str:
        return f"\x1b[36m{text}\x1b[0m" if self.colour else text

    def dim(self, text: str) -> str:
        return f"\x1b[2m{text}\x1b[0m" if self.colour else text


def caption(button: Button) -> str:
    """The label, and where a link leads or what is copied."""
    if button.url:
        return f"{button.text} ({button.url})"
    return f"{button.text} ⧉ {button.copied}" if button.copied else button.text
