"""Words in a picture, with the font that Pillow brings along.

It has the letters of English and no accents, so the marks over a letter are drawn here: acute,
grave, diaeresis and tilde. Another mark is left out, and its letter can still be read.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw

_Box = tuple[float, float, float, float]


def write(
    pen: ImageDraw,
    at: tuple[float, float],
    words: str,
    *,
    size: int,
    ink: str,
    paper: str,
    rightwards: bool = True,
) -> None:
    """Write `words` on one line whose middle is at `at`: from there on, or up to there."""
    from PIL import ImageFont

    font = ImageFont.load_default(size)
    letters, marks = _apart(words)
    x, y = at if rightwards else (at[0] - font.getlength(letters), at[1])
    pen.text((x, y), letters, fill=ink, font=font, anchor="lm")
    for place, mark in marks:
        start = x + font.getlength(letters[:place])
        left, top, right, bottom = font.getbbox(letters[place], anchor="lm")
        box = (start + left, y + top, start + right, y + bottom)
        if letters[place] in "ij":  # the mark takes the place of the dot
            middle = y + font.getbbox("x", anchor="lm")[1]
            pen.rectangle((box[0] - 1, box[1] - 1, box[2] + 1, middle - 2), fill=paper)
            box = (box[0], middle, box[2], box[3])
        _mark(pen, box, mark, size, ink)


def _apart(words: str) -> tuple[str, list[tuple[int, str]]]:
    """Return the bare letters of `words`, and each mark with the place of its letter."""
    letters: list[str] = []
    marks: list[tuple[int, str]] = []
    for char in unicodedata.normalize("NFD", words):
        if unicodedata.combining(char) and letters:
            marks.append((len(letters) - 1, char))
        else:
            letters.append(char)
    return "".join(letters), marks


def _mark(pen: ImageDraw, box: _Box, mark: str, size: int, ink: str) -> None:
    """Draw `mark` above a letter that fills `box`."""
    middle, top, one = (box[0] + box[2]) / 2, box[1], size / 100
    low, high = top - 7 * one, top - 21 * one
    thick = max(2, round(8 * one))
    match mark:
        case "\u0301":  # acute
            pen.line((middle - 3 * one, low, middle + 10 * one, high), fill=ink, width=thick)
        case "\u0300":  # grave
            pen.line((middle + 3 * one, low, middle - 10 * one, high), fill=ink, width=thick)
        case "\u0308":  # diaeresis
            for x in (middle - 11 * one, middle + 11 * one):
                pen.ellipse((x - 5 * one, high + 3 * one, x + 5 * one, low), fill=ink)
        case "\u0303":  # tilde
            wave = [(-16, low), (-7, high + 4 * one), (7, low), (16, high + 4 * one)]
            points = [(middle + x * one, y) for x, y in wave]
            pen.line(points, fill=ink, width=thick, joint="curve")
