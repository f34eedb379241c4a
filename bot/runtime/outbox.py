"""Sends what was promised, in order, and takes it off the list when it is out.

A crash between sending and taking off sends a message twice; nothing else can. What does not
leave stays in the store for the next start.
"""

from __future__ import annotations

import asyncio
import heapq
from collections.abc import Iterable, Mapping
from itertools import count

from bot.runtime.clock import Clock
from bot.runtime.observer import Observer
from bot.runtime.port import NotDelivered, Port
from bot.runtime.undisturbed import undisturbed
from bot.storage.rows import StoreDown, StoreRefused, Waiting
from bot.storage.store import Store
from bot.storage.unit import LANES
from bot.storage.vault import Sealed

TRIES = 5
"""Times a message is tried in one run before it is left for the next start."""


class Outbox:
    """The messages on their way out, crisis first, then in the order they were promised."""

    def __init__(
        self, store: Store, ports: Mapping[str, Port], clock: Clock, observer: Observer
    ) -> None:
        """Send through `ports`, by platform name."""
        self._store = store
        self._ports = ports
        self._clock = clock
        self._observer = observer
        self._queue: list[tuple[int, int, Waiting]] = []
        self._order = count()
        self._sent: list[tuple[Waiting, str]] = []
        self._wake = asyncio.Event()
        self._idle = asyncio.Event()
        self._idle.set()

    async def recover(self) -> None:
        """Take up what an earlier run promised and did not send; raises StoreDown."""
        self.add(await self._store.waiting())

    def add(self, waiting: Iterable[Waiting]) -> None:
        """Queue messages whose turn is committed."""
        for one in waiting:
            if one.item.platform in self._ports:
                lane = LANES.index(one.item.lane)
                heapq.heappush(self._queue, (lane, next(self._order), one))
        if self._queue:
            self._idle.clear()
            self._wake.set()

    async def idle(self) -> None:
        """Return when everything queued has been tried."""
        await self._idle.wait()

    async def run(self) -> None:
        """Send for ever; ends by being cancelled between two messages, all that left marked."""
        try:
            while True:
                await self._wake.wait()
                self._wake.clear()
                while self._queue:
                    _, _, waiting = heapq.heappop(self._queue)
                    await self._deliver(waiting)
                await undisturbed(self._mark())
                if not self._queue:
                    self._idle.set()
        finally:
            await undisturbed(self._mark())

    async def _deliver(self, waiting: Waiting) -> None:
        for _ in range(TRIES):
            try:
                await undisturbed(self._send(waiting))
                return
            except NotDelivered as trouble:
                if trouble.after is None:
                    break
                await self._clock.sleep(trouble.after)
        self._observer.undelivered(waiting.item.platform)

    async def _send(self, waiting: Waiting) -> None:
        item = waiting.item
        ref = await self._earlier(waiting) if item.kind == "edit" else ""
        self._sent.append((waiting, await self._ports[item.platform].send(item, ref)))

    async def _earlier(self, waiting: Waiting) -> str:
        """Return the platform's id of the message to edit, also when it was sent just now."""
        item = waiting.item
        for earlier, ref in reversed(self._sent):
            same_place = (earlier.item.platform, earlier.item.address) == (
                item.platform,
                item.address,
            )
            if same_place and earlier.item.key == item.key:
                return ref
        try:
            return await self._store.shown(item)
        except (StoreDown, StoreRefused, Sealed):
            return ""

    async def _mark(self) -> None:
        """Take what was sent off the list; where the store is down, try again with the next."""
        if not self._sent:
            return
        now = self._clock.now()
        try:
            async with self._store.unit(now) as unit:
                await unit.mark_sent(self._sent, now)
            self._sent.clear()
        except StoreRefused:
            self._observer.quarantined("mark")
            self._sent.clear()
        except StoreDown:
            self._observer.store_down(0)
