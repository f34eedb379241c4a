"""One of several programs on one PostgreSQL database, in which a lost or doubled turn shows.

Its core only counts: every event adds one to a number in the person's session, and keeps a fact
that says which number it made, and who. Everything else is the real shell, store and server. Run as
`python -m tests.runtime.worker URL FIRST`, it takes its share of `schedule`, begun where `FIRST`
says, and prints what it sent as JSON.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import random
import sys
from collections import deque
from dataclasses import replace

import bot.runtime.runner as runner
from bot.cli.house import House, open_house
from bot.core.content import Library
from bot.core.effects import Loaded, Message, Record, Say, Turn
from bot.core.events import Event, Said
from bot.core.ids import derive_id
from bot.core.outgoing import Outgoing
from bot.core.state import Session
from bot.core.text import text
from bot.library.files import content_folder
from bot.library.load import load_content
from bot.runtime.clock import SystemClock
from bot.runtime.observer import Unobserved
from bot.runtime.port import Arrival
from bot.storage.where import PostgresDatabase
from tests.runtime.fakes import NOON
from tests.storage.people import KEYRING

PEOPLE = 50
TURNS = 10_000
TWICE = 0.05
"""The share of events that the platform brings to both programs."""

WALKERS = 48
"""Events that one program has in hand at a time."""


def counted(session: Session, event: Event, library: Library, loaded: Loaded | None = None) -> Turn:
    """Return the turn that counts `event`, in the session's path."""
    number = int(session.path) + 1 if session.welcomed else 1
    after = replace(session, path=str(number), welcomed=True)
    fact = Record(
        derive_id(event.seed, "counted"), "counted", {"number": number, "by": sys.argv[2]}
    )
    return Turn(after, (fact, Say(Message((text("stop-idle"),)))))


def schedule(first: int) -> list[tuple[str, str]]:
    """Return event and person of everything that the program `first` (0 or 1) is brought."""
    chance = random.Random(7)
    brought = []
    for number in range(TURNS):
        where = {number % 2} if chance.random() > TWICE else {0, 1}
        if first in where:
            brought.append((f"e{number}", f"person {chance.randrange(PEOPLE)}"))
        else:
            chance.randrange(PEOPLE)
    return brought


def arrival(event: str, person: str) -> Arrival:
    """Return how `event` arrives, the same wherever it does."""
    seed = hashlib.blake2b(event.encode(), digest_size=16).digest()
    return Arrival(Said(event, NOON, seed, "one more"), "testing", person, person)


class Platform:
    """A platform that notes the number of every message."""

    platform = "testing"
    redelivers = True

    def __init__(self) -> None:
        self.sent: list[int] = []

    async def send(self, item: Outgoing, ref: str) -> str:
        self.sent.append(item.id)
        return ""

    async def acknowledge(self, arrival: Arrival) -> None:
        """Nothing to do."""


async def work(house: House, brought: list[tuple[str, str]]) -> None:
    """Hand in everything, a few at a time; nothing may be refused."""
    left = deque(brought)

    async def walk() -> None:
        while left:
            assert await house.runner.take(arrival(*left.popleft()))

    await asyncio.gather(*(walk() for _ in range(WALKERS)))
    await house.outbox.idle()


async def main(url: str, first: int) -> None:
    """Do the share of the program `first` on the database at `url`."""
    vars(runner)["step"] = counted
    platform = Platform()
    async with open_house(
        database=PostgresDatabase(url),
        keyring=KEYRING,
        content=load_content(content_folder()),
        ports={"testing": platform},
        clock=SystemClock(),
        observer=Unobserved(),
    ) as house:
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        await asyncio.to_thread(sys.stdin.readline)
        await work(house, schedule(first))
    sys.stdout.write(json.dumps(platform.sent))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2])))
