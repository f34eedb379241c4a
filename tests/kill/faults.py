"""Mistakes to plant in the shell, so that it is proven that the harness notices them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from types import ModuleType

import bot.cli.house as house
import bot.storage.postgres as postgres
import bot.storage.statements as statements
import bot.storage.store as store
from bot.runtime.outbox import Outbox
from bot.runtime.port import Arrival
from bot.runtime.runner import Runner
from bot.storage.engine import Order
from bot.storage.postgres import Postgres
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


Finish = Callable[[Sequence[Order]], Awaitable[list[int]]]


async def in_two(finish: Finish, orders: Sequence[Order]) -> list[int]:
    """Write a turn in two transactions: first what is kept, then what is to be sent."""
    kept = [one for one in orders if one.statement != statements.ADD_OUTGOING]
    said = [one for one in orders if one.statement == statements.ADD_OUTGOING]
    return await finish(kept) + (await finish(said) if said else [])


class SqliteWritesTwice(Sqlite):
    """SQLite, in two transactions."""

    async def finish(self, orders: Sequence[Order]) -> list[int]:
        return await in_two(super().finish, orders)


class PostgresWritesTwice(Postgres):
    """PostgreSQL, in two transactions."""

    async def finish(self, orders: Sequence[Order]) -> list[int]:
        return await in_two(super().finish, orders)


FAULTS: dict[str, tuple[tuple[ModuleType, str, type], ...]] = {
    "acknowledge before commit": ((house, "Runner", AcknowledgesFirst),),
    "mark before send": ((house, "Outbox", MarksFirst),),
    "two transactions": (
        (store, "Sqlite", SqliteWritesTwice),
        (postgres, "Postgres", PostgresWritesTwice),
    ),
}


def plant(name: str) -> None:
    """Make this process one with the fault `name`; it cannot be taken back."""
    for module, part, faulty in FAULTS[name]:
        setattr(module, part, faulty)
