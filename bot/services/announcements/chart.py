"""A picture of how an announcement went over time. Drawn in a process of its own: the library takes a hundred megabytes
and a second, which the bot must not spend on it."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from io import BytesIO
from typing import Final

POINTS: Final = 120
"""Of each line."""
COLOURS: Final = ("#1a7f37", "#57606a", "#cf222e", "#9a6700")
LONGEST: Final = 60.0
"""Seconds that drawing may take."""


class NotDrawn(Exception):
    """The picture could not be made; the numbers are in the report all the same."""


@dataclass(frozen=True)
class Chart:
    """What is drawn."""

    title: str
    x: str
    y: str
    lines: Sequence[tuple[str, Sequence[tuple[float, int]]]]
    """Label and points: time, how many until then."""


def lines_of(
    moments: Sequence[tuple[str, float]], groups: Mapping[str, Sequence[str]], unit: float
) -> list[tuple[str, list[tuple[float, int]]]]:
    """How many had come to one of the states of each group (by its label) at each moment; time in units of so many
    seconds. Groups that nobody is in are left out."""
    end = max((seconds for _, seconds in moments), default=0.0) or 1.0
    found: list[tuple[str, list[tuple[float, int]]]] = []
    for label, states in groups.items():
        own = sorted(seconds for state, seconds in moments if state in states)
        if not own:
            continue
        points: list[tuple[float, int]] = []
        at = 0
        for step in range(POINTS + 1):
            until = end * step / POINTS
            while at < len(own) and own[at] <= until + 1e-9:
                at += 1
            points.append((until / unit, at))
        found.append((label, points))
    return found


async def drawn(chart: Chart) -> bytes:
    """The picture as PNG.

    Raises:
        NotDrawn: it took too long or failed.
    """
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot.services.announcements.chart"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        async with asyncio.timeout(LONGEST):
            picture, said = await process.communicate(json.dumps(asdict(chart)).encode())
    except TimeoutError as error:
        process.kill()
        await process.wait()
        raise NotDrawn("it took too long") from error
    if process.returncode or not picture:
        raise NotDrawn(said.decode(errors="replace")[-300:])
    return picture


def draw(chart: Chart) -> bytes:
    """The picture as PNG, made here and now."""
    # A library of some size, which only the process that draws loads.
    from matplotlib.figure import Figure
    from matplotlib.ticker import MaxNLocator

    figure = Figure(figsize=(8, 4.5), dpi=120, layout="constrained")
    axes = figure.add_subplot()
    for (label, points), colour in zip(chart.lines, COLOURS, strict=False):
        axes.plot([x for x, _ in points], [y for _, y in points], label=label, color=colour, linewidth=2)
    axes.set(title=chart.title, xlabel=chart.x, ylabel=chart.y)
    axes.set_xlim(left=0)
    axes.set_ylim(bottom=0)
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    axes.grid(alpha=0.3)
    if chart.lines:
        axes.legend(loc="best", frameon=False)
    written = BytesIO()
    figure.savefig(written, format="png")
    return written.getvalue()


def main() -> None:
    """Read a chart from the standard input, write the picture to the standard output."""
    sys.stdout.buffer.write(draw(Chart(**json.loads(sys.stdin.buffer.read()))))


if __name__ == "__main__":
    main()
