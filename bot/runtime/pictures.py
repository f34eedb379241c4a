"""Draws a chart as a PNG, off the event loop.

Laws: (1) the same chart is always the same bytes; (2) nothing is told by colour alone: every row
has its own panel, its name above it and its own shape. Pillow is imported when the first picture
is drawn: most chats never ask for one.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import TYPE_CHECKING

from bot.core.outgoing import DrawnChart, DrawnSeries
from bot.runtime.lettering import write

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw

WIDTH = 1000
HEAD = 110
PANEL = 400
FOOT = 90
LEFT, RIGHT = 90, 40
ABOVE, BELOW = 90, 30
"""Room in a panel above its highest and below its lowest value, in pixels."""

PAPER, INK, RULE = "#ffffff", "#1a1a1a", "#d5d5d5"
COLOURS = ("#0072b2", "#d55e00", "#007a5c")
"""Told apart by people who see few colours, and dark enough on white to be seen in grey."""


async def draw(chart: DrawnChart) -> bytes:
    """Return `chart` as a PNG."""
    return await asyncio.to_thread(_drawn, chart)


def _drawn(chart: DrawnChart) -> bytes:
    from io import BytesIO

    from PIL import Image, ImageDraw

    size = (WIDTH, HEAD + PANEL * len(chart.series) + FOOT)
    image = Image.new("RGB", size, PAPER)
    pen = ImageDraw.Draw(image)
    _write(pen, (LEFT, HEAD // 2), chart.title, 44)
    for number, series in enumerate(chart.series):
        _panel(pen, HEAD + PANEL * number, series, number)
    _write(pen, (LEFT, size[1] - FOOT // 2), chart.first, 30)
    _write(pen, (WIDTH - RIGHT, size[1] - FOOT // 2), chart.last, 30, rightwards=False)
    file = BytesIO()
    image.save(file, format="PNG")
    return file.getvalue()


def _panel(pen: ImageDraw, top: int, series: DrawnSeries, number: int) -> None:
    """Draw one row of the chart: its name, rules at the ends and the middle, its values."""
    colour = COLOURS[number % len(COLOURS)]
    _write(pen, (LEFT, top + ABOVE // 2), series.label, 36)
    for value in (0, series.highest // 2, series.highest):
        y = _height(top, value, series.highest)
        pen.line((LEFT, y, WIDTH - RIGHT, y), fill=RULE, width=2)
        _write(pen, (LEFT - 16, y), str(value), 30, rightwards=False)
    (_dots if number % 2 else _bars)(pen, top, series, colour)


def _bars(pen: ImageDraw, top: int, series: DrawnSeries, colour: str) -> None:
    """Draw each value as a bar; a zero is a low one, so that it is not taken for a gap."""
    floor = _height(top, 0, series.highest)
    half = max(2, round(_step(series) * 0.35))
    for x, value in _places(series):
        y = min(_height(top, value, series.highest), floor - 4)
        pen.rectangle((x - half, y, x + half, floor), fill=colour)


def _dots(pen: ImageDraw, top: int, series: DrawnSeries, colour: str) -> None:
    """Draw each value as a dot, joined to the dot of the day before."""
    radius = max(4, min(12, round(_step(series) * 0.3)))
    before: tuple[int, int] | None = None
    for x, value in _places(series):
        y = _height(top, value, series.highest)
        if before and x - before[0] < _step(series) * 1.5:
            pen.line((*before, x, y), fill=colour, width=5)
        pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=colour)
        before = x, y


def _step(series: DrawnSeries) -> float:
    """Return how wide a day is."""
    return (WIDTH - LEFT - RIGHT) / max(1, len(series.values))


def _places(series: DrawnSeries) -> Iterator[tuple[int, int]]:
    """Yield where each day that has a value stands, and the value."""
    for number, value in enumerate(series.values):
        if value is not None:
            yield LEFT + round(_step(series) * (number + 0.5)), value


def _height(top: int, value: int, highest: int) -> int:
    room = PANEL - ABOVE - BELOW
    return top + PANEL - BELOW - round(room * min(value, highest) / max(1, highest))


def _write(
    pen: ImageDraw, at: tuple[int, int], words: str, size: int, *, rightwards: bool = True
) -> None:
    write(pen, at, words, size=size, ink=INK, paper=PAPER, rightwards=rightwards)
