"""How wide text is on a screen of cells, and lines that fit."""

from __future__ import annotations

import re
import unicodedata

_STYLING = re.compile("\x1b\\[\\d*m")


def cells(text: str) -> int:
    """Return how many columns `text` takes: two for a wide character, none for a combining one."""
    if text.isascii() and "\x1b" not in text:
        return len(text)
    return sum(map(_cells_of, _STYLING.sub("", text)))


def _cells_of(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1


def wrapped(line: str, width: int, *, cut: bool = False) -> list[str]:
    """Return `line` as lines of at most `width` columns, broken between words.

    A word that is longer stays whole, as an address should; with `cut` it is broken too.
    """
    lines: list[str] = []
    here, room = "", width
    for word in line.split(" "):
        needed = cells(word)
        if here and needed + 1 > room:
            lines.append(here)
            here, room = "", width
        while cut and needed > width:
            fits = _fitting(word, room - bool(here))
            lines.append(f"{here} {word[:fits]}" if here else word[:fits])
            word, here, room = word[fits:], "", width
            needed = cells(word)
        here, room = (f"{here} {word}", room - needed - 1) if here else (word, width - needed)
    return [*lines, here]


def _fitting(word: str, width: int) -> int:
    """Return how many characters of `word` fit `width` columns; at least one."""
    taken = 0
    for place, character in enumerate(word):
        taken += _cells_of(character)
        if taken > width:
            return max(place, 1)
    return len(word)
