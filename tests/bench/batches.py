"""What group commit alone gains on PostgreSQL: taped statements through our engine, 64 a commit.

    python -m tests.bench.batches URL TAPE

No thinking, no sealing: the very rows that `peers.postgres_steps` issues a message at a time.
"""

from __future__ import annotations

import argparse
import asyncio
import pickle
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from bot.storage.engine import Order
from bot.storage.postgres import Postgres
from bot.storage.where import PostgresDatabase
from tests.bench.measure import Figures, Stopwatch
from tests.bench.tape import Message, Tape
from tests.bench.yardstick import transactions

PER_COMMIT = 64


async def replay(engine: Postgres, messages: Sequence[Message]) -> list[float]:
    """Issue what `messages` issued, a batch at a time; return how long each one waited."""
    waits: list[float] = []
    for statements in transactions(messages, PER_COMMIT):
        begun = time.perf_counter()
        looked = [(sql, rows[0]) for sql, rows in statements if sql.startswith("SELECT")]
        if looked:
            await engine.read(looked)
        written = [Order(sql, rows) for sql, rows in statements if not sql.startswith("SELECT")]
        await engine.finish(written)
        waits += [time.perf_counter() - begun] * PER_COMMIT
    return waits


async def measured(url: str, tape: Tape, *, messages: int, warm: int) -> Figures:
    """Return what a message costs; CPU time is that of this process, not of the server."""
    engine = await Postgres.open(PostgresDatabase(url))
    try:
        await replay(engine, tape.messages[:warm])
        watch = Stopwatch()
        waits = await replay(engine, tape.messages[warm : warm + messages])
        return watch.figures(waits[:messages])
    finally:
        await engine.close()


def main() -> None:
    """Replay what the command line asks for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("url")
    parser.add_argument("tape", type=Path)
    parser.add_argument("--messages", type=int, default=12_800)
    parser.add_argument("--warm", type=int, default=640)
    asked = parser.parse_args()
    tape = pickle.loads(asked.tape.read_bytes())
    found = measured(asked.url, tape, messages=asked.messages, warm=asked.warm)
    sys.stdout.write(asyncio.run(found).line())


if __name__ == "__main__":
    main()
