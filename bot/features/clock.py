"""Which clock the member lives by: named by a city or country, or by the time it is there now.

Laws: (1) a city is the best answer, because it knows when clocks change; (2) what was only guessed
from the time is confirmed in words; (3) a clock without summer time is the last resort, and called
so.
"""

from __future__ import annotations

import hashlib
from base64 import b32encode
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from bot.core.clocktime import apart, times_said
from bot.core.effects import Choice, Need, Turn
from bot.core.flow import facts
from bot.core.heard import normalise
from bot.core.localtime import is_zone, wall_clock, weekday
from bot.core.places import Places
from bot.core.state import FlowState
from bot.core.text import text
from bot.features.calendar import lives_by
from bot.features.nearest import LANGUAGES_OF
from bot.features.pages import button, form
from bot.features.scene import Command, Scene

MOST_CITIES = 4

CLOSE = 7
"""Minutes by which a clock that is read out may be wrong; zones lie a quarter of an hour apart."""

LONGEST = 12
"""Words of an answer that are looked at."""


def ask_zone(scene: Scene, found: str = "no", choices: tuple[Choice, ...] = ()) -> Turn:
    """Ask for a city, or for the time it is; `found` tells what came of the last answer."""
    return form(scene, "zone", extra={"found": found}, choices=choices)


def told(scene: Scene, said: str, done: Command) -> Turn | Need:
    """Return what becomes of `said`, an answer to "where are you, or what time is it?".

    A place sets the clock at once and a time is confirmed first; `done` is what is shown then.
    """
    places = scene.library.places()
    if times := times_said(said):
        return _by_time(scene, places, times)
    zones = zones_named(scene, places, said)
    if not zones:
        return ask_zone(scene, "nothing")
    if len(zones) == 1:
        return done(living(scene, zones[0]))
    found = "several" if len(zones) <= MOST_CITIES else "many"
    return ask_zone(scene, found, _cities(scene, places, zones))


def living(scene: Scene, zone: str) -> Scene:
    """Return the scene with `zone` as the member's; it tells the country too where none is known.

    Whoever needs a number to call tonight should not have to be asked for it then.
    """
    session = lives_by(scene, zone=zone)
    if not session.country:
        zones = scene.library.places().zones
        country = next((code for code, inside in zones.items() if zone in inside), "")
        session = replace(session, country=country)
    return scene.with_session(session)


def confirmed(scene: Scene, state: FlowState, done: Command) -> Turn | Need:
    """Take the zone that was read off a clock if the answer was yes, else ask once more."""
    zone = str(state.given.get("zone", ""))
    right = facts(state).get("right") is True and is_zone(zone)
    return done(living(scene, zone)) if right else ask_zone(scene, "again")


def chosen(name: str, done: Command) -> Command | None:
    """Return the command of a city's button ("tz-<code>") or of the fixed clock ("fix-<hours>")."""
    kind, _, rest = name.partition("-")

    def run(scene: Scene) -> Turn | Need:
        zone = _coded(scene.library.places()).get(rest, "") if kind == "tz" else fixed(rest)
        if not zone or not is_zone(zone):
            return ask_zone(scene, "nothing")
        return done(living(scene, zone))

    return run if kind in ("tz", "fix") else None


# --- by name ----------------------------------------------------------------------------------


def zones_named(scene: Scene, places: Places, said: str) -> tuple[str, ...]:
    """Return the zones of the city or country in `said`, those of the member's country alone.

    A country beside the city tells which city. Zones whose clocks agree all year count as one.
    """
    words = normalise(said).split()
    city = longest(words, places.cities)
    country = longest(words, places.countries)
    here = places.countries[country] if country else ""
    inside = places.zones.get(here, ())
    if not city:
        return distinct(inside, scene.event.at)
    zones = places.cities[city]
    if country and country != city:
        return distinct([one for one in zones if one in inside] or zones, scene.event.at)
    at_home = places.zones.get(scene.session.country, ())
    return distinct([one for one in zones if one in at_home] or zones, scene.event.at)


def longest(words: Sequence[str], names: Iterable[str]) -> str:
    """Return the longest run of `words` that is one of `names`; "" where none is.

    Two letters are a name only where nothing stands beside them: "my" is Malaysia, and a word.
    """
    words = words[:LONGEST]
    for length in range(len(words), 0, -1):
        for start in range(len(words) - length + 1):
            name = " ".join(words[start : start + length])
            if name in names and (len(name) > 2 or length == len(words)):
                return name
    return ""


def distinct(zones: Iterable[str], at: datetime) -> tuple[str, ...]:
    """Return the first of each of `zones` whose clocks agree, now and all year round."""
    times = (at, datetime(at.year, 1, 15, tzinfo=UTC), datetime(at.year, 7, 15, tzinfo=UTC))
    firsts: dict[tuple[timedelta | None, ...], str] = {}
    for zone in zones:
        firsts.setdefault(tuple(wall_clock(one, zone).utcoffset() for one in times), zone)
    return tuple(firsts.values())


# --- by the time ------------------------------------------------------------------------------


def _by_time(scene: Scene, places: Places, times: tuple[int, ...]) -> Turn:
    at, country = scene.event.at, scene.session.country
    home = distinct(_showing(places.zones.get(country, ()), times, at), at)
    if len(home) == 1:
        return _confirm(scene, home[0])
    if home:
        return ask_zone(scene, "which", _cities(scene, places, home))
    likely = [code for code, spoken in LANGUAGES_OF.items() if scene.session.lang in spoken]
    codes = dict.fromkeys([*likely, *LANGUAGES_OF, *places.zones])
    around = [zone for code in codes for zone in places.zones.get(code, ())]
    found = distinct(_showing(around, times, at), at)
    fix = _fixed_for(times, at)
    if len(found) == 1:
        return _confirm(scene, found[0])
    if not found:
        return _confirm(scene, fixed(fix)) if fix else ask_zone(scene, "notime")
    none = (button(text("zone-none"), f"set-fix-{fix}"),) if fix else ()
    return ask_zone(scene, "which", (*_cities(scene, places, found), *none))


def _showing(zones: Iterable[str], times: tuple[int, ...], at: datetime) -> list[str]:
    """Return those of `zones` whose clock shows one of `times` at `at`."""
    return [zone for zone in zones if any(apart(_minute(at, zone), t) <= CLOSE for t in times)]


def _minute(at: datetime, zone: str) -> int:
    clock = wall_clock(at, zone)
    return clock.hour * 60 + clock.minute


def _fixed_for(times: tuple[int, ...], at: datetime) -> str:
    """Return the whole hours ahead of UTC, from -12 to 14, that fit one of `times`; "" if none."""
    by_closeness = sorted(range(-12, 15), key=abs)
    for hours in by_closeness:
        shown = _minute(at + timedelta(hours=hours), "UTC")
        if any(apart(shown, one) <= CLOSE for one in times):
            return str(hours)
    return ""


def fixed(hours: str) -> str:
    """Return the zone that is always `hours` ahead of UTC; "" where there is none.

    In these names plus means behind.
    """
    known = {str(n): f"Etc/GMT{-n:+d}" if n else "Etc/GMT" for n in range(-12, 15)}
    return known.get(hours, "")


def _confirm(scene: Scene, zone: str) -> Turn:
    clock = wall_clock(scene.event.at, zone)
    extra: dict[str, str | int | bool] = {
        "zone": zone,
        "clock": f"{clock:%H:%M}",
        "weekday": weekday(clock.date()),
        "fixed": zone.startswith("Etc/"),
    }
    return form(scene, "zone_sure", extra=extra)


# --- buttons ----------------------------------------------------------------------------------


def _cities(scene: Scene, places: Places, zones: Sequence[str]) -> tuple[Choice, ...]:
    """Return a button for each of the first few `zones`, by its city."""
    return tuple(
        button(text("number", n=places.name(zone, scene.session.lang)), f"set-tz-{zone_code(zone)}")
        for zone in zones[:MOST_CITIES]
    )


def zone_code(zone: str) -> str:
    """Return a short name for `zone`: a button carries twenty bytes, and some names are longer."""
    return b32encode(hashlib.blake2b(zone.encode(), digest_size=4).digest()).decode()[:7].lower()


@lru_cache(maxsize=1)
def _codes(zones: tuple[str, ...]) -> dict[str, str]:
    return {zone_code(zone): zone for zone in zones}


def _coded(places: Places) -> dict[str, str]:
    return _codes(tuple(zone for each in places.zones.values() for zone in each))
