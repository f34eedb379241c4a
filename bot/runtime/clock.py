"""Time and chance, behind one interface each, so that a test or a rehearsal can own them."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Protocol

Seeds = Callable[[], bytes]
"""Gives the 16 random bytes of one event."""


class Clock(Protocol):
    """What the shell asks of time."""

    def now(self) -> datetime:
        """Return the present moment, in UTC."""

    async def sleep(self, seconds: float) -> None:
        """Return when `seconds` have passed."""

    async def until(self, moment: datetime) -> None:
        """Return when `moment` has come."""


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """Return the present moment, in UTC."""
        return datetime.now(UTC)

    async def sleep(self, seconds: float) -> None:
        """Return when `seconds` have passed."""
        await asyncio.sleep(seconds)

    async def until(self, moment: datetime) -> None:
        """Return when `moment` has come."""
        await asyncio.sleep(max(0.0, (moment - self.now()).total_seconds()))


class SetClock:
    """A clock that stands still until it is moved, for talks that skip hours and days."""

    def __init__(self, start: datetime) -> None:
        """Stand at `start`, which must say its zone."""
        self._now = start.astimezone(UTC)
        self._awaited: list[tuple[datetime, asyncio.Event]] = []

    def now(self) -> datetime:
        """Return where the clock stands."""
        return self._now

    async def sleep(self, seconds: float) -> None:
        """Pass on at once: here only `move` makes time go by."""
        await asyncio.sleep(0)

    async def until(self, moment: datetime) -> None:
        """Return when the clock has been moved to `moment`."""
        if moment > self._now:
            come = asyncio.Event()
            self._awaited.append((moment, come))
            try:
                await come.wait()
            finally:
                self._awaited.remove((moment, come))

    def soonest(self) -> datetime | None:
        """Return the first moment that something waits for, or None."""
        return min((moment for moment, come in self._awaited if not come.is_set()), default=None)

    def move(self, by: timedelta) -> None:
        """Let `by` pass."""
        self._now += by
        for moment, come in self._awaited:
            if moment <= self._now:
                come.set()


def random_seed() -> bytes:
    """Return 16 bytes from the operating system."""
    return secrets.token_bytes(16)
