"""A picture of days as plain values: what is drawn, not how. Whoever draws it needs nothing else.

Laws: (1) a chart is drawn from itself alone, and the same chart always looks the same; (2) no title
or label says what is measured in words that tell of health: a picture is seen over a shoulder.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.core.text import Text


@dataclass(frozen=True, slots=True)
class Series:
    """One row of a chart: a value for each day, oldest first, None where there is none.

    Values go from 0 to `highest`.
    """

    label: Text
    values: tuple[int | None, ...] = field(repr=False)
    highest: int = 10


@dataclass(frozen=True, slots=True)
class Chart:
    """`series` over the same days, of which `first` and `last` are ISO dates."""

    title: Text
    first: str
    last: str
    series: tuple[Series, ...] = field(repr=False)
