"""A bot that keeps each step in PostgreSQL: a pool of connections, one transaction a message.

    python -m tests.bench.peers.postgres_steps fill URL DATABASE
    python -m tests.bench.peers.postgres_steps run URL TAPE

`fill` makes our tables and copies the members of a SQLite database into them. `run` issues the
statements and rows that our turn issued on SQLite for the same messages, one await each, and is
spared everything else.
"""

from __future__ import annotations

import argparse
import asyncio
import pickle
import sqlite3
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import asyncpg
from sqlalchemy import make_url
from sqlalchemy.schema import CreateIndex, CreateTable

from bot.storage.postgres import numbered
from bot.storage.schema import metadata
from tests.bench.measure import Figures, Stopwatch
from tests.bench.tape import Tape, Transaction
from tests.bench.yardstick import transactions

CONNECTIONS = 16


async def fill(url: str, members: Path) -> None:
    """Make the tables in the empty database at `url`, with the rows of the store `members`."""
    dialect = make_url("postgresql+asyncpg://").get_dialect()()
    source = sqlite3.connect(members)
    connection = await asyncpg.connect(url)
    try:
        for table in metadata.sorted_tables:
            await connection.execute(str(CreateTable(table).compile(dialect=dialect)))
            rows = source.execute(f"SELECT {','.join(table.columns.keys())} FROM {table.name}")
            await connection.copy_records_to_table(table.name, records=rows)
            for index in sorted(table.indexes, key=str):
                await connection.execute(str(CreateIndex(index).compile(dialect=dialect)))
        await connection.execute("ANALYZE")
    finally:
        await connection.close()
        source.close()


async def step(pool: asyncpg.Pool, statements: Transaction) -> None:
    """Read and write what one message needs, in a transaction of its own."""
    async with pool.acquire() as connection, connection.transaction():
        for sql, rows in statements:
            for row in rows:
                await connection.fetch(numbered(sql), *row)


async def talk(pool: asyncpg.Pool, messages: Iterable[Transaction]) -> list[float]:
    """Take `messages`, as many side by side as there are connections; return how long each took."""
    queue = iter(messages)
    waits: list[float] = []
    await asyncio.gather(*(_walk(pool, queue, waits) for _ in range(CONNECTIONS)))
    return waits


async def _walk(pool: asyncpg.Pool, queue: Iterator[Transaction], waits: list[float]) -> None:
    for statements in queue:
        begun = time.perf_counter()
        await step(pool, statements)
        waits.append(time.perf_counter() - begun)


async def measured(url: str, tape: Tape, *, messages: int, warm: int) -> Figures:
    """Return what a message costs; CPU time is that of this process, not of the server."""
    async with asyncpg.create_pool(url, min_size=CONNECTIONS, max_size=CONNECTIONS) as pool:
        await talk(pool, list(transactions(tape.messages[:warm], 1)))
        late = list(transactions(tape.messages[warm : warm + messages], 1))
        watch = Stopwatch()
        waits = await talk(pool, late)
        return watch.figures(waits[:-1])


def main() -> None:
    """Do what the command line asks for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("verb", choices=("fill", "run"))
    parser.add_argument("url")
    parser.add_argument("file", type=Path)
    parser.add_argument("--messages", type=int, default=3_200)
    parser.add_argument("--warm", type=int, default=640)
    asked = parser.parse_args()
    if asked.verb == "fill":
        asyncio.run(fill(asked.url, asked.file))
        return
    tape = pickle.loads(asked.file.read_bytes())
    found = measured(asked.url, tape, messages=asked.messages, warm=asked.warm)
    sys.stdout.write(asyncio.run(found).line())


if __name__ == "__main__":
    main()
