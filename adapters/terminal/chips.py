"""Where the buttons of a message stand: rows that fit, a button's words broken if they must be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from adapters.base import OFF, ON
from adapters.terminal.cells import cells, wrapped
from bot.core.outgoing import Button
from bot.core.text import scrub

GAP = 1
EDGES = 2
"""The two columns around a button's words, where the marks of the chosen one stand."""


@dataclass(frozen=True, slots=True)
class Chip:
    """A button in place: `lines` from (`x`, `y`) on, all of them `width` columns wide."""

    place: int
    x: int
    y: int
    width: int
    lines: tuple[str, ...]

    def covers(self, x: int, y: int) -> bool:
        """Tell whether the cell (`x`, `y`) belongs to it."""
        return self.x <= x < self.x + self.width and self.y <= y < self.y + len(self.lines)


def laid_out(
    buttons: Sequence[Button], width: int, *, columns: int = 0, numbered: bool = False
) -> tuple[Chip, ...]:
    """Return a chip for each button, in rows of at most `width` and, unless 0, of `columns`.

    Where they are `numbered`, each begins with its number.
    """
    chips: list[Chip] = []
    x = y = tallest = 0
    in_row = 0
    for place, button in enumerate(buttons):
        words = f"{place + 1} {_words(button)}" if numbered else _words(button)
        lines = tuple(wrapped(words, max(width - EDGES, 1), cut=True))
        needed = max(map(cells, lines)) + EDGES
        full = (columns and in_row == columns) or len(lines) > 1 or tallest > 1
        if in_row and (full or x + needed > width):
            x, y, tallest, in_row = 0, y + tallest, 0, 0
        chips.append(Chip(place, x, y, needed, lines))
        x += needed + GAP
        in_row += 1
        tallest = max(tallest, len(lines))
    return tuple(chips)


def _words(button: Button) -> str:
    """Return what stands between a button's edges: its switch, if it has one, and its label."""
    label = " ".join(scrub(button.label).split())
    return label if button.picked is None else f"{ON if button.picked else OFF} {label}"


def marked(chip: Chip, *, chosen: bool, bare: bool) -> list[str]:
    """Return the lines of `chip` with its edges: brackets, or arrows around the chosen one.

    A `bare` one, a switch or what nothing comes of any more, has no brackets.
    """
    left, right = (">", "<") if chosen else (" ", " ") if bare else ("[", "]")
    inner = chip.width - EDGES
    padded = [line + " " * (inner - cells(line)) for line in chip.lines]
    last = len(padded) - 1
    return [
        f"{left if n == 0 else ' '}{line}{right if n == last else ' '}"
        for n, line in enumerate(padded)
    ]


def beside(chips: Sequence[Chip], place: int, step: int) -> int | None:
    """Return the place of the chip in the next row up (-1) or down (1), the nearest; or None."""
    here = chips[place]
    rows = sorted({chip.y for chip in chips})
    row = rows.index(here.y) + step
    if not 0 <= row < len(rows):
        return None
    middle = here.x + here.width // 2
    in_row = [chip for chip in chips if chip.y == rows[row]]
    return min(in_row, key=lambda one: abs(one.x + one.width // 2 - middle)).place
