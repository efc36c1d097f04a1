"""The box before an item of the printable sheet: empty to be ticked by hand, or drawn with its status."""

from __future__ import annotations

from typing import Final

from fpdf import FPDF

from bot.services.applications.transitions import ItemStatus

Colour = tuple[int, int, int]

EDGE: Final[Colour] = (75, 85, 99)
HAVE: Final[Colour] = (13, 94, 117)
ACCEPTED: Final[Colour] = (22, 101, 52)
RETURNED: Final[Colour] = (185, 28, 28)
WAIVED: Final[Colour] = (156, 163, 175)
WHITE: Final[Colour] = (255, 255, 255)


def box(page: FPDF, x: float, y: float, size: float, status: ItemStatus) -> None:
    """Draw the box at a place; its status is not told by colour alone."""
    match status:
        case ItemStatus.TODO:
            _edge(page, x, y, size, EDGE)
        case ItemStatus.HAVE:
            _edge(page, x, y, size, HAVE)
            _tick(page, x, y, size, HAVE)
        case ItemStatus.SUBMITTED:
            _edge(page, x, y, size, HAVE)
            _arrow(page, x, y, size, HAVE)
        case ItemStatus.ACCEPTED:
            page.set_fill_color(*ACCEPTED)
            page.rect(x, y, size, size, style="F", round_corners=True, corner_radius=0.6)
            _tick(page, x, y, size, WHITE)
        case ItemStatus.RETURNED:
            _edge(page, x, y, size, RETURNED)
            _cross(page, x, y, size, RETURNED)
        case ItemStatus.WAIVED:
            _edge(page, x, y, size, WAIVED)
            _stroke(page, WAIVED, x + 0.25 * size, y + size / 2, x + 0.75 * size, y + size / 2)


def _edge(page: FPDF, x: float, y: float, size: float, colour: Colour) -> None:
    page.set_draw_color(*colour)
    page.set_line_width(0.3)
    page.rect(x, y, size, size, style="D", round_corners=True, corner_radius=0.6)


def _stroke(page: FPDF, colour: Colour, *points: float) -> None:
    page.set_draw_color(*colour)
    page.set_line_width(0.55)
    for at in range(0, len(points) - 2, 2):
        page.line(*points[at : at + 4])


def _tick(page: FPDF, x: float, y: float, size: float, colour: Colour) -> None:
    _stroke(
        page, colour, x + 0.2 * size, y + 0.52 * size, x + 0.42 * size, y + 0.74 * size, x + 0.8 * size, y + 0.28 * size
    )


def _arrow(page: FPDF, x: float, y: float, size: float, colour: Colour) -> None:
    middle, tip = y + size / 2, x + 0.8 * size
    _stroke(page, colour, x + 0.2 * size, middle, tip, middle)
    _stroke(page, colour, tip - 0.28 * size, middle - 0.25 * size, tip, middle, tip - 0.28 * size, middle + 0.25 * size)


def _cross(page: FPDF, x: float, y: float, size: float, colour: Colour) -> None:
    near, far = 0.26 * size, 0.74 * size
    _stroke(page, colour, x + near, y + near, x + far, y + far)
    _stroke(page, colour, x + near, y + far, x + far, y + near)
