"""Sends what was promised, in order, and takes it off the list when it is out.

A crash between sending and taking off sends a message twice; nothing else can. What does not
leave stays in the store for the next start. Of several changes to one message that had to wait,
only the last is sent: an exercise that moved on meanwhile does not play it all back.
"""

from __future__ import annotations

import asyncio
import heapq
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import timedelta
from itertools import count

from bot.core.outgoing import Outgoing
from bot.core.state import EPOCH
from bot.runtime.clock import Clock
from bot.runtime.observer import Observer
from bot.runtime.port import NotDelivered, Port
from bot.runtime.undisturbed import undisturbed
from bot.storage.rows import Conflict, Sent, StoreDown, StoreRefused, Waiting
from bot.storage.store import Store
from bot.storage.unit import LANES
from bot.storage.vault import Sealed

_Entry = tuple[int, int, Waiting]
"""Lane, place in the order of promises, message: what is to be sent first sorts first."""

MOST_UNMARKED = 64
LONGEST_UNMARKED = timedelta(seconds=0.25)
"""How many messages may be out but still on the list, and for how long while others are sent:
what a kill can send a second time.
"""

SURELY_LEFT = timedelta(minutes=10)
"""The age of a message in the store that is not on its way here: what is newer may just be."""

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
        self._unmarked_since = EPOCH
        self._leaving = False
        self._looking = False
        self._taken_up: set[int] = set()
        self._wake = asyncio.Event()
        self._idle = asyncio.Event()
        self._idle.set()

    async def recover(self) -> None:
        """Take up what an earlier run promised and did not send; raises StoreDown."""
        self.add(await self._store.waiting())

    def look_again(self) -> None:
        """Take up what a program that has gone since then left behind, if nobody else will."""
        self._looking = True
        self._wake.set()

    async def _take_up(self) -> None:
        held = {entry[2].item.id for entries in self._held.values() for entry in entries}
        with suppress(StoreDown):
            owed = await self._store.waiting(before=self._clock.now() - SURELY_LEFT)
            found = [one for one in owed if one.item.id not in held]
            self.add(found)
            self._taken_up.update(one.item.id for one in found)

    def add(self, waiting: Iterable[Waiting]) -> None:
        """Queue messages whose turn is committed, but for those that were taken up already."""
        for one in waiting:
            if one.item.platform in self._ports and one.item.id not in self._taken_up:
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
        await undisturbed(self._run(), self._leave)

    def _leave(self) -> None:
        self._leaving = True
        self._wake.set()

    async def _run(self) -> None:
        while not self._leaving:
            await self._wake.wait()
            self._wake.clear()
            while self._queue and not self._leaving:
                await self._deliver(heapq.heappop(self._queue))
                if self._must_mark():
                    await self._mark()
            if self._store.unmarked:
                await self._mark()
            if self._looking and not self._queue and not self._store.unmarked:
                self._looking = False
                await self._take_up()
            if not self._queue and not self._held:
                self._idle.set()
        for release in self._releases:
            release.cancel()

    async def _deliver(self, entry: _Entry) -> None:
        """Send one message; one that must wait holds back those behind it to the same place."""
        item = entry[2].item
        where = (item.platform, item.address)
        if where in self._held and item.lane != "crisis":
            self._held[where].append(entry)
            return
        try:
            await self._send(entry[2])
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
        kept: list[_Entry] = []
        later: dict[str, str] = {}
        for entry in reversed(self._held.pop(where, [])):
            item = entry[2].item
            if item.kind == "edit" and later.get(item.key) == "edit":
                self._tries.pop(item.id, None)
                self._note_sent(entry[2], "")
            else:
                kept.append(entry)
            later[item.key] = item.kind
        for entry in reversed(kept):
            self._push(entry)

    async def _send(self, waiting: Waiting) -> None:
        item = waiting.item
        ref = await self._earlier(item) if item.kind == "edit" else ""
        self._note_sent(waiting, await self._ports[item.platform].send(item, ref))

    def _note_sent(self, waiting: Waiting, ref: str) -> None:
        if not self._store.unmarked:
            self._unmarked_since = self._clock.now()
        self._store.note_sent(Sent(waiting, ref))

    async def _earlier(self, item: Outgoing) -> str:
        """Return the platform's id of the message to edit; "" lets it be sent anew."""
        try:
            return await self._store.shown(item)
        except (StoreDown, StoreRefused, Sealed):
            return ""

    def _must_mark(self) -> bool:
        unmarked = self._store.unmarked
        if unmarked >= MOST_UNMARKED:
            return True
        return unmarked > 0 and self._clock.now() - self._unmarked_since > LONGEST_UNMARKED

    async def _mark(self) -> None:
        """Take what was sent off the list; where that cannot be now, try again with the next."""
        # A turn that is about to begin takes the marks along and saves a commit. It is given two
        # passes of the loop: in one whoever was answered speaks again, in the next it begins.
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        try:
            await self._store.mark(self._clock.now())
        except StoreRefused:
            self._observer.quarantined("mark")
            self._wake.set()
        except Conflict:
            self._wake.set()
        except StoreDown:
            self._observer.store_down(0)
