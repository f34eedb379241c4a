"""Mistakes to plant in the shell, so that it is proven that the harness notices them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from types import ModuleType

import bot.cli.house as house
import bot.storage.statements as statements
import bot.storage.store as store
from bot.runtime.outbox import Outbox
from bot.runtime.port import Arrival
from bot.runtime.runner import Runner
from bot.storage.rows import Change, Waiting
from bot.storage.unit import Unit


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
            await unit.mark_sent([(waiting, "")], now)
        await super()._send(waiting)


class WritesTwice(Unit):
    """Writes a turn in two transactions: first what is kept, then what is to be sent."""

    async def write(self, changes: Sequence[Change]) -> None:
        await super().write([replace(one, outgoing=()) for one in changes])
        await self._connection.execute("COMMIT")
        await self._connection.execute("BEGIN IMMEDIATE")
        await self._many(
            statements.ADD_OUTGOING,
            [
                self._outgoing(one.session.person, one.at, item)
                for one in changes
                for item in one.outgoing
            ],
        )


FAULTS: dict[str, tuple[ModuleType, str, type]] = {
    "acknowledge before commit": (house, "Runner", AcknowledgesFirst),
    "mark before send": (house, "Outbox", MarksFirst),
    "two transactions": (store, "Unit", WritesTwice),
}


def plant(name: str) -> None:
    """Make this process one with the fault `name`; it cannot be taken back."""
    module, part, faulty = FAULTS[name]
    setattr(module, part, faulty)
