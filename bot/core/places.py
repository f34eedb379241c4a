"""Where people live: the names of cities and countries, and which clock runs there.

Plain tables, read by the library from what the world agrees on; whoever asks for them asks by
`Library.places`, because most conversations never do.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Names = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Places:
    """What is known of the world. Names are normalised, in every language there is.

    `cities`: a city's name to the IANA zones it may mean. `countries`: a country's name or code to
    its ISO code. `zones`: a country's code to its zones, those of most people first. `called`: by
    language, what to call a zone's city, or a country by its code.
    """

    cities: Names = field(default_factory=dict)
    countries: Mapping[str, str] = field(default_factory=dict)
    zones: Names = field(default_factory=dict)
    called: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def name(self, place: str, language: str) -> str:
        """Return what the country or zone `place` is called in `language`; else as it stands."""
        return self.called.get(language, {}).get(place, place)


def nowhere() -> Places:
    """Return places of which nothing is known: what a library has until it is given some."""
    return Places()
