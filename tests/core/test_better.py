"""What goes with better days is said only where enough days on both sides say so clearly."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import pytest

from bot.core.better import Better, Urges, better, urges
from bot.core.days import Day

MONDAY = date(2026, 3, 2)


def spread(high: Mapping[str, object], low: Mapping[str, object], n: int, m: int = 5) -> list[Day]:
    """Return `n` days with a mood of 7 and `m` with one of 5, all of them Tuesdays."""
    sides = [(7.0, high)] * n + [(5.0, low)] * m
    return [
        Day(MONDAY + timedelta(days=1 + 7 * i), True, mood, **known)  # type: ignore[arg-type]
        for i, (mood, known) in enumerate(sides)
    ]


@pytest.mark.parametrize(
    ("what", "high", "low"),
    [
        ("pull", {"pull": 3}, {"pull": 4}),
        ("used", {"said": {"used": "no"}}, {"said": {"used": "used"}}),
        ("note", {"noted": True}, {}),
        ("slept", {"slept": 7}, {"slept": 6}),
        ("tired", {"halt": frozenset()}, {"halt": frozenset({"tired"})}),
    ],
)
def test_a_clear_difference_is_named_from_five_days_a_side_on(
    what: str, high: Mapping[str, object], low: Mapping[str, object]
) -> None:
    assert better(spread(high, low, 5)) == Better(what, 2.0)
    assert better(spread(high, low, 4)) is None
    assert better(spread(high, low, 5, 4)) is None
    assert better(spread(low, high, 5)) is None


def test_days_of_which_it_is_not_known_are_on_neither_side() -> None:
    assert better(spread({"pull": 3}, {}, 9, 9)) is None
    assert better(spread({"halt": frozenset()}, {}, 9, 9)) is None


def test_the_kind_of_weekday_goes_both_ways() -> None:
    week = [MONDAY + timedelta(days=i) for i in range(21)]
    free = [Day(day, True, 8.0 if day.weekday() >= 5 else 6.0) for day in week]
    busy = [Day(day, True, 6.0 if day.weekday() >= 5 else 8.0) for day in week]
    assert better(free) == Better("weekend", 2.0)
    assert better(busy) == Better("weekday", 2.0)


def test_the_clearest_is_named_and_little_is_left_unsaid() -> None:
    little = [
        Day(MONDAY + timedelta(days=7 * i), True, 6.9 if i % 2 else 6.0, i % 2 * 4)
        for i in range(20)
    ]
    assert better(little) is None
    both = [
        Day(MONDAY + timedelta(days=7 * i), True, float(i), pull=9 - i, noted=i > 2)
        for i in range(10)
    ]
    assert better(both) is None, "three days without a note are too few"
    both += [Day(MONDAY - timedelta(days=7 * i), True, 0.0, pull=0) for i in range(1, 3)]
    assert better(both) == Better("note", 6 - 3 / 5)


def test_urges() -> None:
    assert urges([]) == Urges()
    told = [("no", 4), ("used", 9), ("no", 3), ("used", 0), ("no", 10)]
    days = [Day(MONDAY, True, pull=pull, said={"used": said}) for said, pull in told]
    assert urges(
        [*days, Day(MONDAY, True, pull=8), Day(MONDAY, True, said={"used": "no"})]
    ) == Urges(3, 2)
