"""A bot that keeps each step through aiosqlite: one await a statement, one commit a message.

    python -m tests.bench.peers.aiosqlite_steps DATABASE TAPE --at-once 64

It issues exactly the statements and rows that our turn issued for the same messages, with the same
settings, and is spared everything else: nothing is opened, thought about, rendered or sealed.
"""

from __future__ import annotations

import argparse
import asyncio
import pickle
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import aiosqlite

from tests.bench.measure import Figures, Stopwatch
from tests.bench.tape import Tape, Transaction
from tests.bench.yardstick import transactions


class Bot:
    """One connection, as such a bot has; a lock keeps the steps' transactions apart."""

    def __init__(self, connection: aiosqlite.Connection) -> None:
        """Write through `connection`."""
        self._connection = connection
        self._lock = asyncio.Lock()

    async def step(self, statements: Transaction) -> None:
        """Read and write what one message needs, and commit."""
        async with self._lock:
            await self._connection.execute("BEGIN IMMEDIATE")
            for sql, rows in statements:
                if sql.startswith("SELECT"):
                    await self._connection.execute_fetchall(sql, rows[0])
                else:
                    await self._connection.executemany(sql, rows)
            await self._connection.commit()

    async def talk(self, messages: Iterable[Transaction], at_once: int) -> list[float]:
        """Take `messages`, `at_once` of them side by side; return how long each took."""
        queue = iter(messages)
        waits: list[float] = []
        await asyncio.gather(*(self._walk(queue, waits) for _ in range(at_once)))
        return waits

    async def _walk(self, queue: Iterator[Transaction], waits: list[float]) -> None:
        for statements in queue:
            begun = time.perf_counter()
            await self.step(statements)
            waits.append(time.perf_counter() - begun)


async def measured(
    database: Path, tape: Tape, *, messages: int, warm: int, at_once: int
) -> Figures:
    """Return what a message costs."""
    async with aiosqlite.connect(database, isolation_level=None) as connection:
        for setting in tape.settings:
            await connection.execute(setting)
        bot = Bot(connection)
        await bot.talk(list(transactions(tape.messages[:warm], 1)), at_once)
        late = list(transactions(tape.messages[warm : warm + messages], 1))
        watch = Stopwatch()
        waits = await bot.talk(late, at_once)
        return watch.figures(waits[:-1])


def main() -> None:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("database", type=Path)
    parser.add_argument("tape", type=Path)
    parser.add_argument("--messages", type=int, default=3_200)
    parser.add_argument("--warm", type=int, default=640)
    parser.add_argument("--at-once", type=int, default=64)
    asked = parser.parse_args()
    found = measured(
        asked.database,
        pickle.loads(asked.tape.read_bytes()),
        messages=asked.messages,
        warm=asked.warm,
        at_once=asked.at_once,
    )
    sys.stdout.write(asyncio.run(found).line())


if __name__ == "__main__":
    main()
