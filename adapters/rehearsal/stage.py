"""The platform of a rehearsal: remembers what was shown, and edits in place."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime

from adapters.rehearsal.talk import Heard, Talk
from bot.core.effects import Pace
from bot.core.events import Commanded, Due, Event, Place, Said, Tapped
from bot.core.outgoing import Attached, Button, Outgoing
from bot.core.text import plain, scrub
from bot.runtime.port import Arrival

PERSON = "rehearsal"


class Stage:
    """One chat window with one person in front of it; it outlives a restart of the program."""

    platform = "rehearsal"
    redelivers = True

    def __init__(self, talk: Talk, place: Place, now: Callable[[], datetime]) -> None:
        """Play `talk` in a `place`, at the times `now` tells."""
        self._talk = talk
        self._place = place
        self._now = now
        self._screen: dict[str, Heard] = {}
        self._heard: list[Heard] = []
        self._events = 0

    def heard(self) -> list[Heard]:
        """Return every message and edit so far, in order."""
        return self._heard

    def screen(self) -> list[Heard]:
        """Return the messages as they stand now."""
        return list(self._screen.values())

    async def send(self, item: Outgoing, ref: str) -> str:
        """Show `item`, in place of the message `ref` where it is an edit of one."""
        file = as_handed(item.attached) if item.attached else ""
        heard = Heard(plain(item.body), item.buttons, file)
        self._heard.append(heard)
        ref = ref if ref in self._screen else str(len(self._heard))
        self._screen[ref] = heard
        return ref

    async def acknowledge(self, arrival: Arrival) -> None:
        """Nothing to note: a rehearsal hands every event in until it was taken."""

    def said(self, text: str) -> Arrival:
        """Return the arrival of a text, or of a command where it begins with a slash."""
        event_id, at, seed = self._next()
        text = scrub(text)
        event: Event
        if text.startswith("/") and len(text) > 1:
            name, _, rest = text[1:].partition(" ")
            event = Commanded(event_id, at, seed, name, rest, self._place)
        else:
            event = Said(event_id, at, seed, text, self._place)
        return self._arrival(event)

    def tapped(self, button: Button) -> Arrival:
        """Return the arrival of a tap."""
        event_id, at, seed = self._next()
        return self._arrival(Tapped(event_id, at, seed, button.token, self._place))

    def due(self, pace: Pace) -> Arrival:
        """Return the arrival of the moment that `pace` asked for."""
        event_id, at, seed = self._next()
        return self._arrival(Due(event_id, at, seed, pace.mark, pace.beat, self._place))

    def _next(self) -> tuple[str, datetime, bytes]:
        """Number the event; its seed follows from talk and number, so runs can be compared."""
        self._events += 1
        name = f"{self._talk.name}:{self._events}"
        seed = hashlib.blake2b(name.encode(), digest_size=16).digest()
        return str(self._events), self._now(), seed

    def _arrival(self, event: Event) -> Arrival:
        return Arrival(
            event=event,
            platform=self.platform,
            user=PERSON,
            address=PERSON,
            lang=self._talk.lang,
            zone=self._talk.zone,
            country=self._talk.country,
        )


def as_handed(file: Attached) -> str:
    """Return a file as a talk reads it: its name, then what is in it, a chart by its words."""
    lines = [file.name, file.content]
    if file.chart:
        chart = file.chart
        lines += [chart.title, chart.first, chart.last, *(one.label for one in chart.series)]
    return "\n".join(line for line in lines if line)
