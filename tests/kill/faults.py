"""Mistakes to plant in the shell, so that it is proven that the harness notices them."""

from __future__ import annotations

from collections.abc import Sequence
from types import ModuleType

import bot.cli.house as house
import bot.storage.statements as statements
import bot.storage.store as store
from bot.runtime.outbox import Outbox
from bot.runtime.port import Arrival
from bot.runtime.runner import Runner
from bot.storage.engine import Order
from bot.storage.rows import Sent, Waiting
from bot.storage.sqlite import Sqlite


class AcknowledgesFirst(Runner):
    """Tells the platform "received" before anything is committed."""

    async def _commit(self, arrivals: Sequence[Arrival]) -> list[Waiting]:
        for arrival in arrivals:
            await self._ports[arrival.platform].acknowledge(arrival)
        return await super()._commit(arrivals)


class MarksFirst(Outbox):
    """Takes a message off the list before it is sent."""

    async def _send(self, waiting: Waiting) -> None:
        now = self._clock.now()
        async with self._store.unit(now) as unit:
            unit.mark_sent([Sent(waiting, "")], now)
        await super()._send(waiting)


class WritesTwice(Sqlite):
    """Writes a turn in two transactions: first what is kept, then what is to be sent."""

    async def finish(self, orders: Sequence[Order]) -> list[int]:
        kept = [one for one in orders if one.statement != statements.ADD_OUTGOING]
        counts = await super().finish(kept)
        said = [one for one in orders if one.statement == statements.ADD_OUTGOING]
        return counts + (await super().finish(said) if said else [])


FAULTS: dict[str, tuple[ModuleType, str, type]] = {
    "acknowledge before commit": (house, "Runner", AcknowledgesFirst),
    "mark before send": (house, "Outbox", MarksFirst),
    "two transactions": (store, "Sqlite", WritesTwice),
}


def plant(name: str) -> None:
    """Make this process one with the fault `name`; it cannot be taken back."""
    module, part, faulty = FAULTS[name]
    setattr(module, part, faulty)
