"""The world's cities, countries and clocks, gathered when somebody first asks for them.

Zones and their countries, and what both are called in a language, are Unicode's (through Babel);
`cities.toml` adds cities that are no zone's own. Nothing here is read at the start.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel import Locale
from babel.core import get_global

from bot.core.heard import normalise
from bot.core.places import Places
from bot.library.problems import Problem

CITIES = "cities.toml"


def lazy_places(folder: Path, languages: Sequence[str]) -> Callable[[], Places]:
    """Return what gives the places with names in `languages`; it reads them once, when asked.

    Where `cities.toml` cannot be read, the cities Unicode names are all there are.
    """

    @lru_cache(maxsize=1)
    def places() -> Places:
        return build_places(_tables(folder), languages)

    return places


def build_places(cities: Mapping[str, Any], languages: Sequence[str]) -> Places:
    """Return the places in `cities` (by country, then zone) and in Unicode's tables."""
    found: dict[str, list[str]] = {}
    zones: dict[str, list[str]] = {}
    called: dict[str, dict[str, str]] = {language: {} for language in languages}
    countries: dict[str, str] = {}

    def add(city: str, zone: str) -> None:
        there = found.setdefault(normalise(city), [])
        if zone not in there:
            there.append(zone)

    for code, names in _lists(cities.get("also")):
        countries.update((normalise(name), code) for name in names)
    for country, zone, names in _rows(cities):
        zones.setdefault(country, []).append(zone)
        for name in names:
            add(name, zone)
    for zone, country in sorted(get_global("zone_territories").items()):
        if _is_country(country) and zone not in zones.setdefault(country, []):
            zones[country].append(zone)
    known = [zone for one in zones.values() for zone in one]
    for zone in known:
        add(zone.rpartition("/")[2].replace("_", " "), zone)
    for former, zone in sorted(get_global("zone_aliases").items()):
        if zone in known and "/" in former and not former.startswith(("Etc/", "US/", "Canada/")):
            add(former.rpartition("/")[2].replace("_", " "), zone)
    for language in languages:
        locale = Locale(language)
        for code, name in locale.territories.items():
            if _is_country(code):
                countries[normalise(name)] = code
                countries.setdefault(code.lower(), code)
                called[language][code] = name
        for zone in known:
            told = locale.time_zones.get(zone)
            city = told.get("city") if told else None
            called[language][zone] = str(city or zone.rpartition("/")[2].replace("_", " "))
            add(called[language][zone], zone)
    return Places(
        {name: tuple(each) for name, each in found.items()},
        countries,
        {country: tuple(each) for country, each in zones.items()},
        called,
    )


def _is_country(code: str) -> bool:
    """Tell a country's code from those of continents, and of unions and unknowns in Unicode."""
    return len(code) == 2 and code.isalpha() and code not in ("EU", "EZ", "UN", "ZZ", "XA", "XB")


def check_cities(folder: Path) -> Iterator[Problem]:
    """Yield what is wrong with `cities.toml`: it cannot be read, or a zone or country is none."""
    try:
        raw = tomllib.loads((folder / CITIES).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        yield Problem(CITIES, "", f"cannot be read ({type(error).__name__})", "Mend the file.")
        return
    territories = Locale("en").territories
    for country, zones in raw.items():
        if country == "also":
            continue
        if country not in territories or not isinstance(zones, dict):
            yield Problem(CITIES, country, "is no country's code", "Like [ES].")
            continue
        for zone, names in zones.items():
            if not _is_zone(zone):
                yield Problem(CITIES, f"{country}, {zone}", "is no zone", 'Like "Europe/Madrid".')
            if not isinstance(names, list) or not all(isinstance(one, str) for one in names):
                what = "is not a list of names"
                yield Problem(CITIES, f"{country}, {zone}", what, 'Like ["Vigo", "Lugo"].')


def _tables(folder: Path) -> Mapping[str, Any]:
    try:
        return tomllib.loads((folder / CITIES).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return {}


def _rows(cities: Mapping[str, Any]) -> Iterator[tuple[str, str, list[str]]]:
    for country in [one for one in cities if one != "also"]:
        for zone, names in _lists(cities[country]):
            if _is_zone(zone):
                yield country, zone, names


def _lists(table: object) -> Iterator[tuple[str, list[str]]]:
    for key, names in table.items() if isinstance(table, dict) else ():
        if isinstance(names, list):
            yield key, [name for name in names if isinstance(name, str)]


def _is_zone(name: str) -> bool:
    try:
        return ZoneInfo(name).key == name
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
