"""A member's own clock: which day an answer belongs to, and what to call this hour.

A member's day begins at 04:00 on their wall clock, or at the hour they chose, so an answer at one
in the morning still counts for the evening it came out of. Zones are IANA names; one that is
unknown here counts as UTC rather than stopping a conversation.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Literal, get_args
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

DAY_STARTS = 4
"""The hour at which a member's day begins until they choose another."""

PartOfDay = Literal["morning", "afternoon", "evening", "night"]
PARTS_OF_DAY: tuple[PartOfDay, ...] = get_args(PartOfDay)

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
"""The months as tokens for the content files."""

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@lru_cache(maxsize=1024)
def zone(name: str) -> ZoneInfo:
    """Return the zone called `name`, or UTC where there is none of that name."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def is_zone(name: str) -> bool:
    """Tell whether `name` is an IANA zone known here."""
    return name == "UTC" or zone(name).key == name


def wall_clock(at: datetime, zone_name: str) -> datetime:
    """Return `at` as the person's clock shows it."""
    return at.astimezone(zone(zone_name))


def member_day(at: datetime, zone_name: str, starts: int = DAY_STARTS) -> date:
    """Return the day `at` counts for, with days that begin at the hour `starts` by the wall clock.

    The hours are taken off the time the clock shows, so the boundary is that hour on the days when
    clocks change too.
    """
    return _day(at.astimezone(UTC), zone_name, starts)


@lru_cache(maxsize=64)
def _day(at: datetime, zone_name: str, starts: int) -> date:
    """Return the member's day; one turn asks for it several times, so the latest are remembered.

    `at` is in UTC: only there do times that compare as equal always mean the same moment.
    """
    return (wall_clock(at, zone_name).replace(tzinfo=None) - timedelta(hours=starts)).date()


def weekday(day: date) -> str:
    """Return the day's name as a token for the content files: `mon` to `sun`."""
    return WEEKDAYS[day.weekday()]


def in_words(day: date) -> dict[str, str]:
    """Return `day` as the values a sentence names it by: `day`, `month` as a token, `year`."""
    return {"day": str(day.day), "month": MONTHS[day.month - 1], "year": str(day.year)}


def part_of_day(at: datetime, zone_name: str) -> PartOfDay:
    """Return what a person would call this hour; night runs from 22:00 to 04:00."""
    hour = wall_clock(at, zone_name).hour
    if 4 <= hour < 12:
        return "morning"
    if 12 <= hour < 17:
        return "afternoon"
    if 17 <= hour < 22:
        return "evening"
    return "night"
