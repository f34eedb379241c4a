"""The member's day begins at 04:00 on their own clock, on the days when clocks change too."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.localtime import (
    WEEKDAYS,
    is_zone,
    member_day,
    part_of_day,
    wall_clock,
    weekday,
    zone,
)

ZONES = [
    "UTC", "Europe/Berlin", "Europe/London", "Europe/Madrid", "America/New_York",
    "America/Los_Angeles", "America/St_Johns", "America/Sao_Paulo", "America/Mexico_City",
    "America/Santiago", "America/Havana", "Asia/Kolkata", "Asia/Kathmandu", "Asia/Tehran",
    "Asia/Beirut", "Africa/Cairo", "Africa/Casablanca", "Australia/Lord_Howe", "Australia/Sydney",
    "Pacific/Auckland", "Pacific/Chatham", "Pacific/Apia", "Pacific/Kiritimati",
    "America/Nuuk", "Antarctica/Troll", "Pacific/Norfolk",
]  # fmt: skip


def at(clock: str, zone_name: str, fold: int = 0) -> datetime:
    local = datetime.fromisoformat(clock).replace(tzinfo=ZoneInfo(zone_name), fold=fold)
    return local.astimezone(UTC)


@pytest.mark.parametrize("zone_name", ZONES)
def test_the_boundary_is_four_on_the_wall(zone_name: str) -> None:
    assert member_day(at("2026-03-02T03:59:59", zone_name), zone_name) == date(2026, 3, 1)
    assert member_day(at("2026-03-02T04:00", zone_name), zone_name) == date(2026, 3, 2)
    assert member_day(at("2026-03-02T00:00", zone_name), zone_name) == date(2026, 3, 1)
    assert member_day(at("2026-03-02T23:59", zone_name), zone_name) == date(2026, 3, 2)


CHANGES = [
    ("Europe/Berlin", "2026-03-29", "forward at 02:00"),
    ("Europe/Berlin", "2026-10-25", "back at 03:00"),
    ("Europe/London", "2026-03-29", "forward at 01:00"),
    ("America/New_York", "2026-03-08", "forward at 02:00"),
    ("America/New_York", "2026-11-01", "back at 02:00"),
    ("America/Havana", "2026-03-08", "forward at 00:00"),
    ("America/Santiago", "2026-09-06", "forward at 00:00"),
    ("Asia/Beirut", "2026-03-29", "forward at 00:00"),
    ("Africa/Cairo", "2026-04-24", "forward at 00:00"),
    ("Australia/Lord_Howe", "2026-10-04", "forward by half an hour"),
    ("Australia/Lord_Howe", "2026-04-05", "back by half an hour"),
    ("Pacific/Auckland", "2026-04-05", "back at 03:00"),
    ("Pacific/Chatham", "2026-09-27", "forward at 02:45"),
    ("Pacific/Chatham", "2026-04-05", "back at 03:45"),
    ("Antarctica/Troll", "2026-03-29", "forward by two hours"),
]


@pytest.mark.parametrize(
    ("zone_name", "day"),
    [pytest.param(where, day, id=f"{where}, {what}") for where, day, what in CHANGES],
)
def test_clocks_that_change_leave_the_boundary_at_four(zone_name: str, day: str) -> None:
    today = date.fromisoformat(day)
    before = at(f"{today - timedelta(days=1)}T12:00", zone_name)
    after = at(f"{day}T12:00", zone_name)
    here = ZoneInfo(zone_name)
    assert before.astimezone(here).utcoffset() != after.astimezone(here).utcoffset()
    boundary = at(f"{day}T04:00", zone_name)
    moment = before
    while moment <= after:
        expected = today if moment >= boundary else today - timedelta(days=1)
        assert member_day(moment, zone_name) == expected, moment
        moment += timedelta(minutes=15)


def test_a_day_that_a_zone_left_out_is_left_out() -> None:
    last = at("2011-12-29T23:00", "Pacific/Apia")
    assert member_day(last, "Pacific/Apia") == date(2011, 12, 29)
    assert member_day(last + timedelta(hours=8), "Pacific/Apia") == date(2011, 12, 31)


MOMENTS = st.integers(0, 38 * 366 * 24 * 60).map(
    lambda minutes: datetime(2000, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)


SPANS = st.one_of(
    st.timedeltas(timedelta(0), timedelta(hours=8)),
    st.timedeltas(timedelta(0), timedelta(days=400)),
)


@given(st.sampled_from(ZONES), MOMENTS, SPANS)
def test_a_later_moment_is_never_an_earlier_day(
    zone_name: str, moment: datetime, later: timedelta
) -> None:
    assert member_day(moment, zone_name) <= member_day(moment + later, zone_name)


@given(st.sampled_from(ZONES), MOMENTS)
def test_a_day_is_never_far_from_the_calendars(zone_name: str, moment: datetime) -> None:
    shown = wall_clock(moment, zone_name)
    behind = shown.date() - member_day(moment, zone_name)
    assert behind == timedelta(days=1 if shown.hour < 4 else 0)


@given(st.sampled_from(ZONES), MOMENTS)
def test_night_is_one_stretch_that_belongs_to_one_day(zone_name: str, moment: datetime) -> None:
    shown = wall_clock(moment, zone_name)
    part = part_of_day(moment, zone_name)
    assert (part == "night") == (shown.hour >= 22 or shown.hour < 4)


@pytest.mark.parametrize(
    ("clock", "part"),
    [
        ("04:00", "morning"), ("11:59", "morning"), ("12:00", "afternoon"), ("16:59", "afternoon"),
        ("17:00", "evening"), ("21:59", "evening"), ("22:00", "night"), ("00:00", "night"),
        ("03:59", "night"),
    ],
)  # fmt: skip
def test_parts_of_the_day(clock: str, part: str) -> None:
    assert part_of_day(at(f"2026-03-02T{clock}", "Asia/Kolkata"), "Asia/Kolkata") == part


def test_weekdays_are_the_contents_tokens() -> None:
    week = [weekday(date(2026, 3, 2) + timedelta(days=n)) for n in range(7)]
    assert tuple(week) == WEEKDAYS
    assert weekday(date(2026, 3, 1)) == "sun"


@pytest.mark.parametrize("name", ["", "Nowhere/Town", "../etc/passwd", "Europe/", "\x00", "UTC+99"])
def test_an_unknown_zone_counts_as_utc_and_stops_nothing(name: str) -> None:
    assert zone(name).key == "UTC"
    assert not is_zone(name)
    assert member_day(datetime(2026, 3, 2, 3, tzinfo=UTC), name) == date(2026, 3, 1)


@pytest.mark.parametrize("name", ZONES)
def test_known_zones_are_known(name: str) -> None:
    assert is_zone(name)


def test_the_same_time_on_a_clock_that_was_turned_back_is_two_moments() -> None:
    """Both compare as equal in Python; in Moscow one is before 04:00 and one behind it."""
    twice = datetime(2026, 10, 25, 2, 30, tzinfo=ZoneInfo("Europe/Madrid"))
    for _ in range(2):
        assert member_day(twice.replace(fold=0), "Europe/Moscow") == date(2026, 10, 24)
        assert member_day(twice.replace(fold=1), "Europe/Moscow") == date(2026, 10, 25)
