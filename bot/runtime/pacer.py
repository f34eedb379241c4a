"""Keeps time for exercises that move by themselves: one timer a person, none of them kept.

Laws: (1) whatever a person does stops their timer; only a turn that asks for a new one starts it;
(2) a timer hands in an event like any other, and is over with it; (3) a restart loses all timers,
and the exercise waits where it stood.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta

from bot.core.effects import Pace, Turn
from bot.core.events import Due
from bot.runtime.clock import Clock
from bot.runtime.port import Arrival

Take = Callable[[Arrival], Awaitable[bool]]


class Pacer:
    """The timers that run now, by person."""

    def __init__(self, take: Take, clock: Clock) -> None:
        """Hand what is due to `take`."""
        self._take = take
        self._clock = clock
        self._timers: dict[tuple[str, str], asyncio.Task[None]] = {}
        self._handing: set[asyncio.Task[None]] = set()

    def keep_time(self, arrival: Arrival, turn: Turn) -> None:
        """Stop the timer of whoever caused `arrival`, and start the one that `turn` asks for."""
        who = arrival.platform, arrival.user
        timer = self._timers.pop(who, None)
        if timer:
            timer.cancel()
        pace = next((one for one in turn.effects if isinstance(one, Pace)), None)
        if pace:
            self._timers[who] = asyncio.create_task(self._wait(arrival, pace), name="pace")

    async def _wait(self, arrival: Arrival, pace: Pace) -> None:
        """Let the time of `pace` pass and hand in that it has."""
        await self._clock.until(self._clock.now() + timedelta(seconds=pace.seconds))
        task = self._timers.pop((arrival.platform, arrival.user))
        self._handing.add(task)
        task.add_done_callback(self._handing.discard)
        seed = hashlib.blake2b(b"pace", key=arrival.event.seed, digest_size=16).digest()
        event = Due(seed.hex(), self._clock.now(), seed, pace.mark, pace.beat, arrival.event.place)
        await self._take(replace(arrival, event=event))

    async def settled(self) -> None:
        """Return when everything that was due is handed in and taken."""
        while self._handing:
            await asyncio.wait(self._handing)

    def stop(self) -> None:
        """Stop all timers."""
        for timer in self._timers.values():
            timer.cancel()
        self._timers.clear()
