"""What it costs that an exercise moves by itself, beside a plain reply in the same process.

    python -m tests.bench.beats

Writes the section "A moment of an exercise" of docs/benchmarks.md. Five hundred members breathe by
the same count, so that all their moments fall due at once, which in life they would not. Between
two breaths some of them check in: that is the plain reply.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from bot.cli.house import House
from bot.core.events import Tapped
from bot.core.outgoing import Button, Outgoing
from bot.runtime.clock import SetClock
from bot.runtime.port import Arrival
from tests.bench import page
from tests.bench.checkin import AT_ONCE, LINES, PLATFORM
from tests.bench.measure import ROUNDS, child, say
from tests.bench.members import fill
from tests.bench.ours import REF, Desk, at_work, talk

MEMBERS = 10_000
BREATHING = 500
EXERCISE = "go.do-breathe"
BEATS = 26
"""Moments measured: two parts that count breaths, and the one between them."""

CHECKINS = 40
"""Members who check in between two moments."""


class Watching(Desk):
    """A platform that knows which buttons everybody sees."""

    def __init__(self) -> None:
        """Nobody sees any yet."""
        super().__init__()
        self.buttons: dict[str, tuple[Button, ...]] = {}

    async def send(self, item: Outgoing, ref: str) -> str:
        """Note the buttons, and when it left."""
        self.buttons[item.address] = item.buttons
        await super().send(item, ref)
        return REF


def pressed(member: int, token: str, number: int) -> Arrival:
    """Return the arrival of a press by `member`."""
    event_id = f"{member}:press {number}"
    seed = hashlib.blake2b(event_id.encode(), digest_size=16).digest()
    event = Tapped(event_id, datetime.now(UTC), seed, token)
    return Arrival(event, PLATFORM, str(member), str(member), lang="en", zone="Europe/Madrid")


async def breathe(house: House, desk: Watching, member: int) -> None:
    """Let `member` begin the exercise, and go on to its first counted breath."""
    await house.runner.take(pressed(member, EXERCISE, 0))
    for number, choice in enumerate(("_skip", "next", "next", "next"), 1):
        await house.outbox.idle()
        (token,) = (one.token for one in desk.buttons[str(member)] if one.token.endswith(choice))
        await house.runner.take(pressed(member, token, number))


async def measured(database: str) -> dict[str, float]:
    """Return microseconds of CPU time a moment and a reply, and how long moments took to leave."""
    desk, clock = Watching(), SetClock(datetime.now(UTC))
    moment = reply = 0.0
    waits: list[float] = []
    async with at_work(database, desk, clock=clock) as house:
        await asyncio.gather(*(breathe(house, desk, one) for one in range(BREATHING)))
        await house.outbox.idle()
        others = iter(range(BREATHING, MEMBERS))
        await talk(house, _some(others), AT_ONCE)
        for _ in range(BEATS):
            due = clock.soonest()
            if due is None:
                raise RuntimeError("the exercise does not move")
            desk.sent.clear()
            begun, at = time.process_time(), time.perf_counter()
            clock.move(due - clock.now())
            await asyncio.sleep(0)
            await house.runner.settled()
            await house.outbox.idle()
            moment += time.process_time() - begun
            if len(desk.sent) != BREATHING:
                raise RuntimeError(f"{len(desk.sent)} moved, not {BREATHING}")
            waits += [left - at for _, left in desk.sent]
            begun = time.process_time()
            await talk(house, _some(others), AT_ONCE)
            reply += time.process_time() - begun
    waits.sort()
    return {
        "moment": moment / (BEATS * BREATHING) * 1e6,
        "reply": reply / (BEATS * CHECKINS * len(LINES)) * 1e6,
        "p50": waits[len(waits) // 2] * 1000,
        "p99": waits[int(len(waits) * 0.99)] * 1000,
    }


def _some(people: Iterator[int]) -> Iterator[int]:
    for _ in range(CHECKINS):
        yield next(people)


def section(runs: list[dict[str, float]]) -> str:
    """Return the section of the page."""
    middle = {name: statistics.median(one[name] for one in runs) for name in runs[0]}
    ratios = sorted(one["reply"] / one["moment"] for one in runs)
    spread = f"{min(o['moment'] for o in runs):,.0f}-{max(o['moment'] for o in runs):,.0f}"
    rows = [
        ("a moment: due, thought about, committed, sent, taken off", f"{middle['moment']:,.0f} µs"),
        ("the same, least and most", f"{spread} µs"),
        ("a plain reply of the same process", f"{middle['reply']:,.0f} µs"),
        ("replies that a moment costs", f"{1 / ratios[len(ratios) // 2]:.2f}"),
        (f"{BREATHING} moments due at once: sent, p50", f"{middle['p50']:,.0f} ms"),
        ("the same, p99", f"{middle['p99']:,.0f} ms"),
        (
            f"{BREATHING} people breathing, a moment in five seconds: of one processor",
            f"{middle['moment'] * BREATHING / 5 / 1e6:.1%}",
        ),
    ]
    about = (
        f"`make bench`, or `python -m tests.bench.beats` alone. {page.machine()}. {BREATHING} of"
        f" {MEMBERS:,} members breathe by the same count; between two of their {BEATS} moments"
        f" {CHECKINS} others check in, {AT_ONCE} at once. CPU time, the median of {ROUNDS} runs in"
        " processes of their own."
    )
    return f"{about}\n\n{page.table('what', 'cost', rows=rows)}"


def main() -> None:
    """Measure, in children, and write the section; or, told a database, be such a child."""
    if len(sys.argv) > 1:
        sys.stdout.write(json.dumps(asyncio.run(measured(sys.argv[1]))))
        return
    runs = []
    for number in range(ROUNDS):
        with tempfile.TemporaryDirectory() as folder:
            database = f"sqlite:///{Path(folder) / 'beats.db'}"
            asyncio.run(fill(database, MEMBERS))
            runs.append(json.loads(child("tests.bench.beats", database)))
        say(f"round {number + 1}: {runs[-1]}")
    page.put("A moment of an exercise", section(runs))


if __name__ == "__main__":
    main()
