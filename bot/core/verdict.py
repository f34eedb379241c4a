"""What screening makes of one message: how urgent, about what, and why.

Laws: (1) a verdict names the wordings that led to it, and the loudest of the weighed words: these
are ours, but the person used them, so no `repr` shows them; (2) levels are one ladder, and nothing
between "concern" and "emergency" may pass in silence.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, get_args

Level = Literal["none", "info", "distress", "concern", "crisis", "emergency"]

Category = Literal[
    "overdose",
    "withdrawal",
    "medical",
    "child",
    "psychosis",
    "suicide",
    "abuse",
    "violence",
    "self-harm",
    "other-person",
    "despair",
    "lapse",
    "grief",
    "",
]

LADDER: tuple[Level, ...] = get_args(Level)
"""Every level, the quietest first."""

CATEGORIES: tuple[Category, ...] = get_args(Category)
"""Every category. Of two as urgent the one that stands first is answered: what kills soonest."""


def height(level: Level) -> int:
    """Return how far up the ladder `level` stands, from 0."""
    return LADDER.index(level)


@dataclass(frozen=True, slots=True)
class Verdict:
    """`signals` are the ids of the wordings and guards that counted, the weightiest first.

    `language` is the one the message was read in.
    """

    level: Level = "none"
    category: Category = ""
    signals: tuple[str, ...] = field(default=(), repr=False)
    language: str = ""

    @property
    def alarms(self) -> bool:
        """Whether the person is offered help unasked: a concern or more."""
        return height(self.level) >= height("concern")


NOTHING = Verdict()
"""Nothing was heard, or nothing was looked at."""
