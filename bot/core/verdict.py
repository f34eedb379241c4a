"""What screening makes of one message: how urgent, about what, and why.

Laws: (1) a verdict names the wordings that led to it, never the person's own words; (2) levels
are one ladder, and nothing between "concern" and "emergency" may pass in silence.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Level = Literal["none", "info", "distress", "concern", "crisis", "emergency"]

Category = Literal[
    "",
    "suicide",
    "self-harm",
    "overdose",
    "withdrawal",
    "medical",
    "abuse",
    "child",
    "psychosis",
    "violence",
    "other-person",
    "despair",
    "lapse",
    "grief",
]

LADDER: tuple[Level, ...] = ("none", "info", "distress", "concern", "crisis", "emergency")
"""Every level, the quietest first."""

CATEGORIES: tuple[Category, ...] = (
    "suicide",
    "self-harm",
    "overdose",
    "withdrawal",
    "medical",
    "abuse",
    "child",
    "psychosis",
    "violence",
    "other-person",
    "despair",
    "lapse",
    "grief",
)


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
    signals: tuple[str, ...] = ()
    language: str = ""

    @property
    def alarms(self) -> bool:
        """Whether the person is offered help unasked: a concern or more."""
        return height(self.level) >= height("concern")
