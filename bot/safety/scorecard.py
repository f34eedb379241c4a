"""Scores verdicts against labels: what was noticed, what was noticed for nothing, and how far off.

Belongs here: counting. What was said in a line never leaves it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from bot.core.verdict import LADDER, Level, Verdict, height

ALARMING: tuple[Level, ...] = ("emergency", "crisis", "concern")
QUIET: tuple[Level, ...] = ("distress", "info", "none")


@dataclass(slots=True)
class Scorecard:
    """How many lines there were of each label, and of each category, and how many alarmed."""

    lines: Counter[str] = field(default_factory=Counter)
    flagged: Counter[str] = field(default_factory=Counter)
    categories: Counter[tuple[bool, str]] = field(default_factory=Counter)
    categories_flagged: Counter[tuple[bool, str]] = field(default_factory=Counter)
    off_by: Counter[int] = field(default_factory=Counter)

    def add(self, label: str, category: str, verdict: Verdict) -> None:
        """Count one line labelled `label` ("none" to "emergency") and of some `category`."""
        alarming = label in ALARMING
        self.lines[label] += 1
        self.categories[alarming, category] += 1
        if not verdict.alarms:
            return
        self.flagged[label] += 1
        self.categories_flagged[alarming, category] += 1
        if alarming:
            self.off_by[abs(height(verdict.level) - LADDER.index(label))] += 1

    def share(self, labels: Iterable[str]) -> float:
        """Return which share of the lines with these labels alarmed; 0 where there are none."""
        names = tuple(labels)
        lines = sum(self.lines[one] for one in names)
        return sum(self.flagged[one] for one in names) / lines if lines else 0.0

    @property
    def recall(self) -> float:
        """Which share of the alarming lines alarmed."""
        return self.share(ALARMING)

    @property
    def false_alarms(self) -> float:
        """Which share of the quiet lines alarmed."""
        return self.share(QUIET)

    @property
    def within_a_step(self) -> float:
        """Which share of the rightly flagged lines came out at most one level off."""
        flagged = sum(self.off_by.values())
        return (self.off_by[0] + self.off_by[1]) / flagged if flagged else 0.0

    def rows(self) -> Iterator[str]:
        """Yield the card as lines of text: totals, then by label, then by category."""
        yield f"recall (concern or above)      {self.recall:.3f}"
        yield f"emergencies flagged            {self.share(['emergency']):.3f}"
        yield f"emergency and crisis flagged   {self.share(['emergency', 'crisis']):.3f}"
        yield f"false alarms                   {self.false_alarms:.3f}"
        yield f"within one level, of flagged   {self.within_a_step:.3f}"
        for label in reversed(LADDER):
            if self.lines[label]:
                yield f"  {label:<18} {self.flagged[label]:>5} of {self.lines[label]}"
        for alarming, category in sorted(self.categories, key=lambda one: (not one[0], one[1])):
            count = self.categories_flagged[alarming, category]
            sign = "+" if alarming else "-"
            yield f"  {sign} {category:<16} {count:>5} of {self.categories[alarming, category]}"
