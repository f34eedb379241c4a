"""Lock, load, think, commit, acknowledge, send: the one way in for every event.

Laws: (1) an event and all it causes are one transaction; (2) the platform is told "received" only
after the commit, and messages leave only after that; (3) an event seen before is acknowledged and
nothing more; (4) events of one person are taken in the order they came; (5) where it cannot be
known whether a commit was made, its answers are sent as soon as it is known that it was; (6) a
moment of an exercise comes after all that people did, and one that comes to nothing leaves nothing.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.conversation import step
from bot.core.effects import Loaded, Need, Turn
from bot.core.events import Due
from bot.core.ids import derive_id
from bot.core.outgoing import Outgoing
from bot.core.state import Session
from bot.library.load import Content
from bot.runtime.changes import change_of, promised
from bot.runtime.clock import Clock
from bot.runtime.country import country_of
from bot.runtime.observer import Observer
from bot.runtime.outage import Outage
from bot.runtime.outbox import SURELY_LEFT, Outbox
from bot.runtime.pacer import Pacer
from bot.runtime.port import Arrival, Port
from bot.runtime.rendering import outgoing
from bot.runtime.undisturbed import undisturbed
from bot.storage.rows import (
    Change,
    Conflict,
    OutcomeUnknown,
    Person,
    StoreDown,
    StoreRefused,
    Waiting,
)
from bot.storage.store import Store
from bot.storage.unit import Unit

LARGEST_BATCH = 64

MOST_CONFLICTS = 32
"""How often a batch is taken again before it is taken one by one, and a single one not at all."""

MOST_UNSURE = 512
"""Turns of which it is remembered that they may have been kept; older ones wait in the outbox."""


@dataclass(frozen=True, slots=True)
class _Unsure:
    """A turn that may have been kept, since when, and what it promised."""

    since: datetime
    arrival: Arrival
    turn: Turn = field(repr=False)
    waiting: list[Waiting] = field(repr=False)


@dataclass(slots=True)
class _Pending:
    """An arrival in the queue, and the promise made to the adapter that handed it in."""

    arrival: Arrival
    taken: asyncio.Future[bool] = field(repr=False)

    @property
    def who(self) -> tuple[str, str]:
        return self.arrival.platform, self.arrival.user

    def tell(self, taken: bool) -> None:
        """Keep the promise, unless whoever was promised has gone."""
        if not self.taken.done():
            self.taken.set_result(taken)


class Runner:
    """Takes arrivals in batches: whoever is queued shares one commit, nobody waits for others."""

    def __init__(
        self,
        *,
        store: Store,
        content: Content,
        ports: Mapping[str, Port],
        outbox: Outbox,
        clock: Clock,
        observer: Observer,
    ) -> None:
        """Wire the parts together; `run` does the work."""
        self._store = store
        self._content = content
        self._ports = ports
        self._outbox = outbox
        self._clock = clock
        self._observer = observer
        self._outage = Outage(content, ports, observer)
        self._pacer = Pacer(self.take, clock)
        self._queue: deque[_Pending] = deque()
        self._moments: deque[_Pending] = deque()
        self._wake = asyncio.Event()
        self._leaving = False
        self._unsure: dict[bytes, _Unsure] = {}

    async def take(self, arrival: Arrival) -> bool:
        """Return when `arrival` is committed and acknowledged (True) or could not be (False)."""
        if self._leaving:
            return False
        pending = _Pending(arrival, asyncio.get_running_loop().create_future())
        (self._moments if isinstance(arrival.event, Due) else self._queue).append(pending)
        self._wake.set()
        return await pending.taken

    async def run(self) -> None:
        """Take batches for ever; ends by being cancelled, never inside a transaction."""
        await undisturbed(self._run(), self._leave)

    async def settled(self) -> None:
        """Return when every timer that was due has been taken."""
        await self._pacer.settled()

    def _leave(self) -> None:
        self._leaving = True
        self._pacer.stop()
        self._wake.set()

    async def _run(self) -> None:
        try:
            while not self._leaving:
                await self._wake.wait()
                self._wake.clear()
                while (self._queue or self._moments) and not self._leaving:
                    if batch := self._next_batch():
                        await self._batch(batch)
        finally:
            self._pacer.stop()
            for pending in (*self._queue, *self._moments):
                pending.tell(False)
            await self._pacer.stopped()

    def _next_batch(self) -> list[_Pending]:
        """Take what is queued, at most one arrival a person; the rest keeps its order.

        What people did comes first. A moment whose timer was stopped meanwhile is left out.
        """
        batch: list[_Pending] = []
        people: set[tuple[str, str]] = set()
        for queue in (self._queue, self._moments):
            later: deque[_Pending] = deque()
            while queue and len(batch) < LARGEST_BATCH:
                pending = queue.popleft()
                if pending.who in people:
                    later.append(pending)
                elif queue is self._queue or not pending.taken.cancelled():
                    people.add(pending.who)
                    batch.append(pending)
            queue.extendleft(reversed(later))
        return batch

    async def _batch(self, batch: Sequence[_Pending]) -> None:
        """Commit `batch`; where that fails for its data, one at a time, and then not at all."""
        try:
            waiting = await self._commit([pending.arrival for pending in batch])
        except StoreDown:
            for pending in batch:
                await self._apologise(pending.arrival)
                pending.tell(False)
            self._observer.store_down(len(batch))
            return
        except Exception as error:
            # Whatever is wrong with one person's turn must neither stop the others nor be tried
            # for ever; its traceback could hold their words, so only its name goes on.
            if len(batch) > 1:
                for pending in batch:
                    await self._batch([pending])
                return
            await self._put_aside(batch[0], error)
            return
        self._outage.over()
        for pending in batch:
            await self._acknowledge(pending)
        self._outbox.add(waiting)

    async def _acknowledge(self, pending: _Pending) -> None:
        if not isinstance(pending.arrival.event, Due):  # of a timer of ours no platform knows
            await self._ports[pending.arrival.platform].acknowledge(pending.arrival)
        pending.tell(True)

    async def _apologise(self, arrival: Arrival) -> None:
        """Tell a person what becomes of what they did, under which no exercise moves on."""
        if not isinstance(arrival.event, Due):
            self._pacer.stand_still(arrival)
            await self._outage.answer(arrival)

    async def _commit(self, arrivals: Sequence[Arrival]) -> list[Waiting]:
        """Return what to send once everything `arrivals` cause is committed."""
        for _ in range(MOST_CONFLICTS):
            try:
                return await self._try_commit(arrivals)
            except Conflict:
                # Another program was quicker. The core is pure: thinking again costs nothing.
                await asyncio.sleep(0)
        raise Conflict if len(arrivals) > 1 else StoreDown("conflicts")

    async def _try_commit(self, arrivals: Sequence[Arrival]) -> list[Waiting]:
        store = self._store
        accounts = [store.account_hash(one.platform, one.user) for one in arrivals]
        events = [store.event_hash(one.platform, one.event.id) for one in arrivals]
        library = self._content.library
        turns: list[tuple[Arrival, Turn]] = []
        changes: list[Change] = []
        try:
            async with store.unit(self._clock.now()) as unit:
                people, seen = await unit.load(accounts, [*events, *self._unsure])
                kept = [one for one in self._unsure if one in seen]
                for arrival, account, event in zip(arrivals, accounts, events, strict=True):
                    if event in seen:
                        continue
                    person = people.get(account)
                    if person is None:
                        person = store.new_person(account, self._stranger(arrival))
                    turn = step(person.session, arrival.event, library)
                    if isinstance(turn, Need):
                        turn = await self._think_again(unit, person, arrival, turn)
                    if isinstance(arrival.event, Due) and not turn.effects:
                        continue  # it came to nothing: whoever it is for may be gone
                    seen.add(event)
                    turns.append((arrival, turn))
                    messages = outgoing(self._content.lexicon, arrival, turn, self._observer)
                    changes.append(change_of(event, person, arrival, turn, messages))
                unit.write(changes)
        except OutcomeUnknown:
            self._note_unsure(changes, turns)
            raise
        late = self._known_by_now(kept)
        for arrival, turn in turns:
            self._observer.turned(arrival.event, turn)
            self._pacer.keep_time(arrival, turn)
        return late + [one for change in changes for one in promised(change)]

    def _note_unsure(self, changes: list[Change], turns: list[tuple[Arrival, Turn]]) -> None:
        """Remember turns of which it is not known whether they were kept."""
        now = self._clock.now()
        for change, (arrival, turn) in zip(changes, turns, strict=True):
            self._unsure[change.event] = _Unsure(now, arrival, turn, promised(change))
        for event in list(self._unsure)[:-MOST_UNSURE]:
            del self._unsure[event]

    def _known_by_now(self, kept: list[bytes]) -> list[Waiting]:
        """Return what the turns of the events `kept` promised; their exercises move on now."""
        late: list[Waiting] = []
        for event in kept:
            one = self._unsure.pop(event)
            self._pacer.keep_time(one.arrival, one.turn)
            late += one.waiting
        for event, one in tuple(self._unsure.items()):
            if self._clock.now() - one.since > SURELY_LEFT:
                del self._unsure[event]
        return late

    def _stranger(self, arrival: Arrival) -> Session:
        known = self._content.library.languages
        return Session(
            person=derive_id(arrival.event.seed, "person"),
            lang=arrival.lang if arrival.lang in known else known[0],
            zone=arrival.zone or "UTC",
            country=arrival.country or country_of(arrival.zone),
        )

    async def _think_again(self, unit: Unit, person: Person, arrival: Arrival, need: Need) -> Turn:
        loaded = Loaded() if person.is_new else await unit.facts(person, need)
        answer = step(person.session, arrival.event, self._content.library, loaded)
        if isinstance(answer, Need):
            raise RuntimeError("a turn asked for more than it needed at first")
        return answer

    async def _put_aside(self, pending: _Pending, error: Exception) -> None:
        """Quarantine an arrival that can never be taken, and answer the person, in one go.

        One that comes again, because its acknowledgement was lost, is only acknowledged. Nothing
        that was said is kept of it: that could outlive a wish to be forgotten.
        """
        arrival = pending.arrival
        self._pacer.stand_still(arrival)
        why = "refused" if isinstance(error, StoreRefused) else type(error).__name__
        event = self._store.event_hash(arrival.platform, arrival.event.id)
        sorry = self._outage.apology(arrival)
        try:
            again = await self._quarantine(event, arrival, why, sorry)
        except StoreDown:
            await self._apologise(arrival)
            pending.tell(False)
            return
        except StoreRefused:
            # Acknowledged all the same, or the platform would bring it for ever.
            await self._apologise(arrival)
            self._observer.quarantined("refused twice")
            await self._acknowledge(pending)
            return
        if not again:
            self._observer.quarantined(why)
        await self._acknowledge(pending)
        self._outbox.add([] if again else [Waiting(None, sorry)])

    async def _quarantine(self, event: bytes, arrival: Arrival, why: str, sorry: Outgoing) -> bool:
        """Put `event` aside; return whether that was done before."""
        kind = type(arrival.event).__name__
        for _ in range(MOST_CONFLICTS):
            try:
                async with self._store.unit(self._clock.now()) as unit:
                    again = await unit.was_taken(event)
                    if not again:
                        unit.quarantine(event, arrival.event.at, kind, why, (sorry,))
                return again
            except Conflict:
                await asyncio.sleep(0)  # another program has just put it aside
        raise StoreDown("conflicts")
