"""What went with better days: two groups of a member's own days, compared.

Laws: (1) nothing is said of fewer than five days on either side, nor of a difference below one
point; (2) what went together is never called a cause; (3) only what a member could wish for is
named: that worse days had no note is not worth a word.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.core.days import RESTED, STRONG, Day
from bot.core.state import MAIN

ENOUGH = 5
DIFFERENCE = 1.0
SATURDAY = 5

HALT = ("hungry", "angry", "lonely", "tired")


@dataclass(frozen=True, slots=True)
class Better:
    """`what` was so on better days; mood was `by` points higher than on the others."""

    what: str
    by: float


def better(days: Iterable[Day]) -> Better | None:
    """Return what went with better days most clearly, or None where nothing did."""
    with_mood = [one for one in days if one.mood is not None]
    found = [
        Better(what, by)
        for what, is_so in _KNOWN.items()
        if (by := _difference(with_mood, is_so)) is not None and by >= DIFFERENCE
    ]
    return max(found, key=lambda one: one.by, default=None)


def _difference(days: Sequence[Day], is_so: Callable[[Day], bool | None]) -> float | None:
    """Return how much higher mood was where `is_so`; None where too few days can be compared."""
    sides: dict[bool, list[float]] = {True: [], False: []}
    for one in days:
        side = is_so(one)
        if side is not None and one.mood is not None:
            sides[side].append(one.mood)
    if min(len(sides[True]), len(sides[False])) < ENOUGH:
        return None
    return sum(sides[True]) / len(sides[True]) - sum(sides[False]) / len(sides[False])


def _little_pull(one: Day) -> bool | None:
    return None if one.pull is None else one.pull < STRONG


def _not_used(one: Day) -> bool | None:
    said = one.said.get(MAIN)
    return None if said is None else said == "no"


def _rested(one: Day) -> bool | None:
    return None if one.slept is None else one.slept >= RESTED


def _without(what: str) -> Callable[[Day], bool | None]:
    return lambda one: None if one.halt is None else what not in one.halt


_KNOWN: Mapping[str, Callable[[Day], bool | None]] = {
    "pull": _little_pull,
    "used": _not_used,
    "note": lambda one: one.noted,
    "weekend": lambda one: one.day.weekday() >= SATURDAY,
    "weekday": lambda one: one.day.weekday() < SATURDAY,
    "slept": _rested,
    **{what: _without(what) for what in HALT},
}
"""What may be known of a day, in the order in which the first of equals is named."""


@dataclass(frozen=True, slots=True)
class Urges:
    """Days on which the pull was strong and an answer tells how it went; `handled`: without use."""

    met: int = 0
    handled: int = 0


def urges(days: Iterable[Day]) -> Urges:
    """Return how many urges were met, and how many of them handled."""
    told = [one.said[MAIN] for one in days if (one.pull or 0) >= STRONG and MAIN in one.said]
    return Urges(len(told), told.count("no"))
