"""The whole house but the adapter: every message deduplicated, opened, thought about, sealed.

    python -m tests.bench.ours DATABASE MEMBERS --messages 12800 --at-once 64

Prints one line of JSON: see `measure.Figures`. CPU time is that of the whole process, the thread
of the database included, from the first message to the last reply taken off the outbox.
"""

from __future__ import annotations

import argparse
import asyncio
import sqlite3
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

from bot.cli.house import House, open_house
from bot.cli.start import tune_garbage_collection
from bot.core.outgoing import Outgoing
from bot.library.files import content_folder
from bot.library.load import load_content
from bot.runtime.clock import Clock, SystemClock
from bot.runtime.observer import Unobserved
from bot.runtime.port import Arrival
from bot.storage.where import located
from tests.bench.checkin import KEYRING, LINES, PLATFORM, arrival, in_turn, picked
from tests.bench.measure import Figures, Stopwatch

REF = "1234567"
"""An id as a platform gives one to a message it has sent."""

FIRST_WORDS = "work was long today"
"""Words that name no command, so that a first reply waits for the crisis screen too."""

Moment = tuple[str, float]
"""Whose message, and when by `time.perf_counter`."""


class Desk:
    """A platform that takes everything at once and draws nothing."""

    platform = PLATFORM
    redelivers = True

    def __init__(self) -> None:
        """Nothing has been sent yet."""
        self.sent: list[Moment] = []

    async def send(self, item: Outgoing, ref: str) -> str:
        """Note when the reply left."""
        self.sent.append((item.address, time.perf_counter()))
        return REF

    async def acknowledge(self, arrival: Arrival) -> None:
        """Do nothing: nobody waits for it."""


@asynccontextmanager
async def at_work(
    database: str,
    desk: Desk,
    connection_class: type[sqlite3.Connection] | None = None,
    clock: Clock | None = None,
) -> AsyncIterator[House]:
    """Open the house as the program does, with `desk` for its only platform."""
    content = load_content(content_folder())
    tune_garbage_collection()
    async with open_house(
        database=located(database),
        keyring=KEYRING,
        content=content,
        ports={PLATFORM: desk},
        clock=clock or SystemClock(),
        observer=Unobserved(),
        connection_class=connection_class,
    ) as house:
        yield house


async def talk(house: House, people: Iterator[int], at_once: int) -> list[Moment]:
    """Let everyone in `people` check in; return when each message came in.

    Alone, a message waits until the one before is answered and off the list; else as many
    members as are wanted go through their check-ins side by side.
    """
    came: list[Moment] = []

    async def take(member: int, words: str) -> None:
        came.append((str(member), time.perf_counter()))
        if not await house.runner.take(arrival(member, words)):
            raise RuntimeError("the store is down")

    async def walk() -> None:
        for member in people:
            for words in LINES:
                await take(member, words)

    if at_once == 1:
        for member, words in in_turn(people):
            await take(member, words)
            await house.outbox.idle()
    else:
        await asyncio.gather(*(walk() for _ in range(at_once)))
        await house.outbox.idle()
    return came


async def measured(
    database: str, members: int, *, messages: int, warm: int, at_once: int
) -> Figures:
    """Return what a message costs, after `warm` messages that are not counted."""
    desk = Desk()
    people = picked(members, messages + warm)
    early = [next(people) for _ in range(warm // len(LINES))]
    async with at_work(database, desk) as house:
        await talk(house, iter(early), at_once)
        desk.sent.clear()
        watch = Stopwatch()
        came = await talk(house, people, at_once)
        return watch.figures(waits(came, desk.sent))


def waits(came: list[Moment], sent: list[Moment]) -> list[float]:
    """Return how many seconds each message waited for its reply; every one has exactly one."""
    open_since: dict[str, list[float]] = {}
    for who, at in came:
        open_since.setdefault(who, []).append(at)
    found = [at - open_since[who].pop(0) for who, at in sent]
    if any(open_since.values()):
        raise RuntimeError("a message was not answered")
    return found


async def first_reply(database: str, begun: float) -> float:
    """Return the seconds from `begun` (`time.time`) to the first reply of a fresh process."""
    desk = Desk()
    async with at_work(database, desk) as house:
        await house.runner.take(arrival(0, FIRST_WORDS))
        await house.outbox.idle()
        (_, at), *_ = desk.sent
        return time.time() - (time.perf_counter() - at) - begun


def main() -> None:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("database")
    parser.add_argument("members", type=int)
    parser.add_argument("--messages", type=int, default=12_800)
    parser.add_argument("--warm", type=int, default=640)
    parser.add_argument("--at-once", type=int, default=64)
    parser.add_argument("--begun", type=float, help="only: when this process was started")
    asked = parser.parse_args()
    if asked.begun:
        sys.stdout.write(f"{asyncio.run(first_reply(asked.database, asked.begun))}\n")
        return
    figures = asyncio.run(
        measured(
            asked.database,
            asked.members,
            messages=asked.messages,
            warm=asked.warm,
            at_once=asked.at_once,
        )
    )
    sys.stdout.write(figures.line())


if __name__ == "__main__":
    main()
