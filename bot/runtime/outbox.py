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

_Entry = tuple[int, int, Waiting]
"""Lane, place in the order of promises, message: what is to be sent first sorts first."""

MOST_UNMARKED = 16
"""Messages that may be out but still on the list: what a kill can send a second time."""

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
        self._queue: list[_Entry] = []
        self._held: dict[tuple[str, str], list[_Entry]] = {}
        self._tries: dict[int, int] = {}
        self._releases: set[asyncio.Task[None]] = set()
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
                self._push((LANES.index(one.item.lane), next(self._order), one))

    def _push(self, entry: _Entry) -> None:
        heapq.heappush(self._queue, entry)
        self._idle.clear()
        self._wake.set()

    async def idle(self) -> None:
        """Return when everything queued has been sent, or left for the next start."""
        await self._idle.wait()

    async def run(self) -> None:
        """Send for ever; ends by being cancelled between two messages, all that left marked."""
        try:
            while True:
                await self._wake.wait()
                self._wake.clear()
                while self._queue:
                    await self._deliver(heapq.heappop(self._queue))
                    if len(self._sent) >= MOST_UNMARKED:
                        await undisturbed(self._mark())
                await undisturbed(self._mark())
                if not self._queue and not self._held:
                    self._idle.set()
        finally:
            for release in self._releases:
                release.cancel()
            await undisturbed(self._mark())

    async def _deliver(self, entry: _Entry) -> None:
        """Send one message; one that must wait holds back those behind it to the same place."""
        item = entry[2].item
        where = (item.platform, item.address)
        if where in self._held and item.lane != "crisis":
            self._held[where].append(entry)
            return
        try:
            await undisturbed(self._send(entry[2]))
        except NotDelivered as trouble:
            tries = self._tries.get(item.id, 0) + 1
            if trouble.after is not None and tries < TRIES:
                self._tries[item.id] = tries
                self._hold(where, entry, trouble.after)
                return
            self._observer.undelivered(item.platform)
        self._tries.pop(item.id, None)

    def _hold(self, where: tuple[str, str], entry: _Entry, seconds: float) -> None:
        """Keep `entry` back for `seconds` while messages to other places go on."""
        self._held.setdefault(where, []).append(entry)
        release = asyncio.create_task(self._release(where, seconds))
        self._releases.add(release)
        release.add_done_callback(self._releases.discard)

    async def _release(self, where: tuple[str, str], seconds: float) -> None:
        await self._clock.sleep(seconds)
        for entry in self._held.pop(where, []):
            self._push(entry)

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
