"""The member's clock: found by city or time, and changed without shaking what is open."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.clocktime import apart, times_said
from bot.core.effects import Record
from bot.core.events import Said
from bot.core.localtime import is_zone, wall_clock
from bot.core.state import Session
from bot.features.clock import fixed, zone_code, zones_named
from bot.features.scene import Scene
from bot.features.settings import STARTS
from bot.library.files import content_folder
from bot.library.places import check_cities
from tests.worlds import Person, content, keys

PLACES = content().library.places()
ZONES = sorted({zone for each in PLACES.zones.values() for zone in each})
AT = datetime(2026, 3, 1, 18, tzinfo=UTC)


def scene(country: str = "", at: datetime = AT) -> Scene:
    session = Session(7, "en", country=country, welcomed=True, age="adult")
    return Scene(session, Said("1", at, bytes(16), "x"), content().library)


# --- names ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "country", "zones"),
    [
        ("Valencia", "", {"Europe/Madrid", "America/Caracas"}),
        ("Valencia", "ES", {"Europe/Madrid"}),
        ("València, España", "VE", {"Europe/Madrid"}),
        ("Mexico City", "", {"America/Mexico_City"}),
        ("ciudad de méxico", "", {"America/Mexico_City"}),
        ("I live near Bogotá", "", {"America/Bogota"}),
        ("Londres", "", {"Europe/London"}),
        ("Argentina", "", {"America/Argentina/Buenos_Aires"}),
        ("Spain", "", {"Europe/Madrid", "Atlantic/Canary"}),
        ("Kiev", "", {"Europe/Kyiv"}),
        ("my time is wrong", "", set()),
        ("at", "", {"Europe/Vienna"}),
        ("", "", set()),
        ("x " * 5000, "", set()),
    ],
)
def test_a_place_is_known_by_what_people_call_it(said: str, country: str, zones: set[str]) -> None:
    assert set(zones_named(scene(country), PLACES, said)) == zones


def test_every_zone_can_be_set_by_its_button_and_is_one() -> None:
    assert len({zone_code(zone) for zone in ZONES}) == len(ZONES) > 400
    assert all(is_zone(zone) for zone in ZONES)
    assert all(len(f"go.set-tz-{zone_code(zone)}") <= 20 for zone in ZONES)
    person = Person(scene().session, content().library, afterwards=Session(7, "en"))
    for zone in ("America/Argentina/ComodRivadavia", *ZONES[::40]):
        person.press(f"go.set-tz-{zone_code(zone)}")
        assert person.session.zone == (zone if zone in ZONES else "UTC")


def test_a_fixed_clock_is_as_far_ahead_as_it_says() -> None:
    for hours in range(-12, 15):
        assert wall_clock(AT, fixed(str(hours))).utcoffset() == timedelta(hours=hours)
    assert {fixed(one) for one in ("15", "", "x", "-13", "+1")} == {""}


def test_every_country_with_a_line_has_a_name_in_every_language() -> None:
    for code in {code for line in content().library.helplines for code in line.countries}:
        for language in content().library.languages:
            assert PLACES.name(code, language) != code
            assert PLACES.countries[code.lower()] == code


def test_the_file_of_cities_is_in_order() -> None:
    assert list(check_cities(content_folder())) == []


# --- the time ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "times"),
    [
        ("it's 19:40 here", {1180}),
        ("It’s 7:40 pm", {1180}),
        ("7.40", {460, 1180}),
        ("07:40", {460}),
        ("son las 19:40", {1180}),
        ("son las 8 de la noche", {1200}),
        ("las 8 de la mañana", {480}),
        ("son las 8", {480, 1200}),
        ("12 am", {0}),
        ("12 pm", {720}),
        ("6 in the evening", {1080}),
        ("0:10", {10}),
        ("8", set()),
        ("I took 10 pills", set()),
        ("25:00", set()),
        ("19:75", set()),
        ("Valencia", set()),
    ],
)
def test_a_time_is_read_out_of_what_people_say(said: str, times: set[int]) -> None:
    assert set(times_said(said)) == times


@settings(deadline=None)
@given(st.sampled_from(ZONES), st.integers(0, 365 * 24 * 60))
def test_the_time_somebody_reads_out_finds_a_clock_that_shows_it(zone: str, minutes: int) -> None:
    at = AT + timedelta(minutes=minutes)
    person = Person(scene().session, content().library, afterwards=Session(7, "en"), now=at)
    person.give("zone")
    there = wall_clock(at, zone)
    person.say(f"it's {there:%H:%M}")
    if person.open.flow == "zone_sure":
        person.tap("_yes")
        shown = wall_clock(at, person.session.zone)
        assert apart(shown.hour * 60 + shown.minute, there.hour * 60 + there.minute) <= 7
    else:
        assert person.open.given["found"] == "which"


# --- what is open keeps its day ---------------------------------------------------------------

JUMPS = st.one_of(
    st.sampled_from(ZONES).map(lambda zone: f"go.set-tz-{zone_code(zone)}"),
    st.sampled_from(sorted(STARTS)),
)


@settings(deadline=None)
@given(
    st.sampled_from(ZONES),
    st.integers(0, 23),
    st.lists(st.tuples(JUMPS, st.integers(0, 120)), max_size=5),
)
def test_a_change_of_calendar_never_closes_a_question_nor_counts_a_day_twice(
    zone: str, hour: int, jumps: list[tuple[str, int]]
) -> None:
    """Someone begins a check-in, changes zone and day boundary as they like, and answers."""
    session = replace(scene().session, zone=zone, keep_checkins=True, path="stop")
    now = AT + timedelta(hours=hour)
    person = Person(session, content().library, afterwards=session, now=now)
    person.give("checkin")
    person.tap("6")
    day, run = person.open.day, person.open.run
    for jump, minutes in jumps:
        person.now += timedelta(minutes=minutes)
        if jump in STARTS:
            person.give("day")
            person.tap(jump)
        else:
            person.press(jump)
        assert [(one.run, one.day) for one in person.session.flows] == [(run, day)]
    if not any(minutes for _, minutes in jumps):
        assert "still-open" in keys(person.give("checkin")), "the same one, not a second"
    for choice in ("4", "6", "no"):
        person.tap(choice)
    records = [one for one in person.memory.kept if one.kind == "checkin"]
    assert len(records) == 1
    assert person.memory.standing()[0].body["day"] == day


@settings(deadline=None)
@given(st.sampled_from(ZONES), st.sampled_from(ZONES), st.sampled_from(sorted(STARTS)))
def test_an_open_question_closes_in_the_end_whatever_the_calendar(
    first: str, second: str, starts: str
) -> None:
    session = replace(scene().session, zone=first, keep_checkins=True, path="stop")
    person = Person(session, content().library, afterwards=session)
    person.give("checkin")
    person.press(f"go.set-tz-{zone_code(second)}")
    person.give("day")
    person.tap(starts)
    person.now += timedelta(hours=73)
    turn = person.say("menu")
    assert "closed-late" in keys(turn)
    assert person.session.flows == ()
    assert not [one for one in turn.effects if isinstance(one, Record)]
