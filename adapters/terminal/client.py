"""The person in front of a terminal, and what they do there as events: the same in both faces."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.core.events import Commanded, Event, Place, Said, Tapped
from bot.core.text import scrub
from bot.runtime.port import Arrival

PLATFORM = "terminal"
QUIT = frozenset({"/quit", "/exit"})


@dataclass(frozen=True, slots=True)
class Client:
    """What this terminal tells of the person in front of it."""

    person: str
    lang: str = ""
    zone: str = ""
    country: str = ""


class CannotShow(Exception):
    """The screen face did not come up; nothing was said or taken yet."""


class Voice:
    """Turns what a person types and presses into arrivals from `place`."""

    def __init__(
        self,
        client: Client,
        place: Place,
        *,
        now: Callable[[], datetime],
        seed: Callable[[], bytes],
    ) -> None:
        """Speak for `client`; `now` and `seed` are the shell's."""
        self._client = client
        self._place = place
        self._now = now
        self._seed = seed

    def typed(self, words: str) -> Arrival:
        """Return the arrival of a text, or of a command where it begins with a slash."""
        at, seed = self._now(), self._seed()
        words = scrub(words)
        event: Event
        if words.startswith("/") and len(words.strip()) > 1:
            name, _, rest = words.strip()[1:].partition(" ")
            event = Commanded(seed.hex(), at, seed, name, rest, self._place)
        else:
            event = Said(seed.hex(), at, seed, words, self._place)
        return self._arrival(event)

    def tapped(self, token: str) -> Arrival:
        """Return the arrival of a press of the button that carries `token`."""
        at, seed = self._now(), self._seed()
        return self._arrival(Tapped(seed.hex(), at, seed, token, self._place))

    def _arrival(self, event: Event) -> Arrival:
        client = self._client
        return Arrival(
            event=event,
            platform=PLATFORM,
            user=client.person,
            address=client.person,
            lang=client.lang,
            zone=client.zone,
            country=client.country,
        )
