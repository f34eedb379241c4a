"""Keeps time for exercises that move by themselves: one timer a person, none of them kept.

Laws: (1) whatever a person does stops their timer, be it taken or not; only a turn that asks for a
new one starts it; (2) what is due comes in as an event like any other, after everything that people
did; (3) a restart loses all timers, and the exercise waits where it stood. What a person does in a
room leaves the timer alone: what became of their exercise, the core knows.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta

from bot.core.effects import Pace, Turn
from bot.core.events import Due
from bot.runtime.clock import Clock
from bot.runtime.port import Arrival

Take = Callable[[Arrival], Awaitable[bool]]

AGAIN = (2, 4, 8, 15, 30, 60)
"""Seconds after which a moment is handed in again that could not be saved. Then nobody waits for it
any more, and the exercise stands still until its person does something.
"""


@dataclass(slots=True, eq=False)
class _Timer:
    """A timer that runs: whose, by the address it was asked for from, and what it will hand in."""

    who: tuple[str, str] = field(repr=False)
    event: str
    task: asyncio.Task[None]


class Pacer:
    """The timers that run now, by person: someone with two addresses has one all the same."""

    def __init__(self, take: Take, clock: Clock) -> None:
        """Hand what is due to `take`, which tells whether it was taken."""
        self._take = take
        self._clock = clock
        self._timers: dict[int, _Timer] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._handing = 0
        self._calm = asyncio.Event()
        self._calm.set()
        self._stopped = False

    def keep_time(self, arrival: Arrival, turn: Turn) -> None:
        """Stop the timer of whoever caused `turn`, and start the one that it asks for."""
        if arrival.event.place.kind == "room":
            return
        person = turn.session.person
        timer = self._timers.pop(person, None)
        if timer and timer.event != arrival.event.id:  # its own it is done with by itself
            timer.task.cancel()
        pace = next((one for one in turn.effects if isinstance(one, Pace)), None)
        if pace and not self._stopped:
            self._start(person, arrival, pace)

    def stand_still(self, arrival: Arrival) -> None:
        """Stop the timer of whoever caused `arrival`, of which nothing came."""
        who = arrival.platform, arrival.user
        for person, timer in tuple(self._timers.items()):
            if timer.who == who and timer.event != arrival.event.id:
                del self._timers[person]
                timer.task.cancel()

    def _start(self, person: int, arrival: Arrival, pace: Pace) -> None:
        seed = hashlib.blake2b(b"pace", key=arrival.event.seed, digest_size=16).digest()
        event = Due(seed.hex(), arrival.event.at, seed, pace.mark, pace.beat, arrival.event.place)
        task = asyncio.create_task(self._wait(replace(arrival, event=event), event, pace.seconds))
        timer = _Timer((arrival.platform, arrival.user), event.id, task)
        self._timers[person] = timer
        self._tasks.add(task)

        def over(task: asyncio.Task[None]) -> None:
            self._tasks.discard(task)
            if self._timers.get(person) is timer:
                del self._timers[person]

        task.add_done_callback(over)

    async def _wait(self, arrival: Arrival, event: Due, seconds: int) -> None:
        """Let `seconds` pass and hand `event` in, a few times where it cannot be saved."""
        for pause in (seconds, *AGAIN):
            await self._clock.until(self._clock.now() + timedelta(seconds=pause))
            now = replace(event, at=self._clock.now())
            if await self._handed_in(replace(arrival, event=now)):
                return

    async def _handed_in(self, arrival: Arrival) -> bool:
        self._handing += 1
        self._calm.clear()
        try:
            return await self._take(arrival)
        finally:
            self._handing -= 1
            if not self._handing:
                self._calm.set()

    async def settled(self) -> None:
        """Return when everything that was due is handed in, and taken or not."""
        await self._calm.wait()

    def stop(self) -> None:
        """Stop all timers, and start no more."""
        self._stopped = True
        for task in self._tasks:
            task.cancel()

    async def stopped(self) -> None:
        """Return when nothing is left of any timer."""
        if self._tasks:
            await asyncio.wait(self._tasks)
