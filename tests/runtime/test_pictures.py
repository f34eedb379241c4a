"""A picture of days: what can be seen in it, also without colours."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image, ImageChops, ImageDraw

from bot.core.outgoing import DrawnChart, DrawnSeries
from bot.runtime.lettering import write
from bot.runtime.pictures import COLOURS, HEAD, LEFT, PANEL, RIGHT, WIDTH, draw

VALUES = (2, None, 10, 0, 5)
CHART = DrawnChart(
    "5 days",
    "2026-03-01",
    "2026-03-05",
    (DrawnSeries("Ánimo", VALUES), DrawnSeries("Ganas", (None, 3, 3, None, 10))),
)


async def opened(chart: DrawnChart) -> Image.Image:
    image = Image.open(BytesIO(await draw(chart)))
    assert image.format == "PNG"
    return image.convert("RGB")


def column(image: Image.Image, panel: int, day: int, days: int = 5) -> list[tuple[int, ...]]:
    """Return the pixels of a panel in the middle of a day, from top to bottom."""
    x = LEFT + round((WIDTH - LEFT - RIGHT) / days * (day + 0.5))
    top = HEAD + PANEL * panel
    found = [image.getpixel((x, y)) for y in range(top, top + PANEL)]
    return [one for one in found if isinstance(one, tuple)]


def rgb(colour: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(colour[1:]))


async def test_a_bar_is_as_high_as_its_value_and_a_gap_is_empty() -> None:
    image = await opened(CHART)
    heights = [column(image, 0, day).count(rgb(COLOURS[0])) for day in range(5)]
    assert heights[1] == 0
    assert 0 < heights[3] < heights[0] < heights[4] < heights[2]
    assert heights[4] == pytest.approx(heights[2] / 2, abs=3)


async def test_a_dot_stands_where_its_value_is() -> None:
    image = await opened(CHART)
    tops = [rgb(COLOURS[1]) in column(image, 1, day) for day in range(5)]
    assert tops == [False, True, True, False, True]
    low, high = column(image, 1, 1), column(image, 1, 4)
    assert low.index(rgb(COLOURS[1])) > high.index(rgb(COLOURS[1]))


async def test_it_can_be_read_without_colours_and_on_a_phone() -> None:
    image = await opened(CHART)
    assert image.width == 1000
    for colour in COLOURS:
        red, green, blue = rgb(colour)
        assert 0.299 * red + 0.587 * green + 0.114 * blue < 150, "too pale on white"
    label = image.convert("L").crop((LEFT, HEAD, LEFT + 200, HEAD + 80))
    box = label.point(lambda grey: 255 if grey < 100 else 0).getbbox()
    assert box
    assert box[3] - box[1] >= 25, "the name of a row is too small to be read"


def ink(words: str) -> Image.Image:
    """Return `words` as written, black on white."""
    image = Image.new("L", (400, 100), 255)
    write(ImageDraw.Draw(image), (20, 50), words, size=44, ink="black", paper="white")
    return image


@pytest.mark.parametrize(
    ("word", "bare"),
    [("Ánimo", "Animo"), ("días", "d\u0131as"), ("año", "ano"), ("pingüe", "pingue")],
)
def test_an_accent_is_drawn_over_its_letter_and_the_letter_stays(word: str, bare: str) -> None:
    """The font has no accents: without care there would be a box in the place of the letter."""
    letters = bare.replace("\u0131", "i")
    more = ImageChops.subtract(ink(letters), ink(word)).getbbox()
    less = ImageChops.subtract(ink(word), ink(letters)).getbbox()
    assert more, "no mark was drawn"
    assert more[3] <= 46, "the mark is below the top of its letter"
    assert more[2] - more[0] < 20, "more than a mark was drawn"
    assert (less is None) == (bare == letters), "only the dot of an i gives way to its mark"


async def test_the_same_chart_is_the_same_bytes() -> None:
    assert await draw(CHART) == await draw(CHART)


@pytest.mark.parametrize("values", [(), (None,) * 7, (4,), tuple(n % 11 for n in range(90))])
async def test_any_number_of_days_can_be_drawn(values: tuple[int | None, ...]) -> None:
    assert (await opened(replace(CHART, series=(DrawnSeries("x", values),)))).height > 0


def test_pillow_is_loaded_only_for_a_picture() -> None:
    code = "import sys, bot.runtime.pictures; sys.exit('PIL' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], timeout=30, check=False).returncode == 0
