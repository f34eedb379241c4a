"""What being offered exercises costs beside a turn of a check-in: `make bench`.

    python -m tests.bench.offers

Writes the section "Offers after 2,000 runs" of docs/benchmarks.md. Both are whole turns of the same
members in the same process, in turn, so that a slow minute is shared.
"""

from __future__ import annotations

import asyncio
import hashlib
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.cli.house import House
from bot.core.effects import Fact, Record
from bot.core.events import Commanded
from bot.core.ids import derive_id
from bot.core.ranking import KIND, Wanted, offer, runs
from bot.core.state import Answer
from bot.features.coping import MEMORY
from bot.library.files import content_folder
from bot.library.load import load_content
from bot.runtime.port import Arrival
from bot.storage.rows import Change
from bot.storage.store import Store
from bot.storage.vault import Vault
from bot.storage.where import located
from tests.bench import page
from tests.bench.checkin import KEYRING, LINES, PLATFORM, arrival
from tests.bench.measure import say
from tests.bench.members import session
from tests.bench.ours import Desk, at_work

MEMBERS = 64
RUNS = 2_000
ROUNDS = 7
AIM = 5.0
NAME = "Offers after 2,000 runs"


def told(number: int, skills: list[tuple[str, str]]) -> dict[str, Answer]:
    """Return the body of the `number`-th run of a member."""
    skill, state = skills[number % len(skills)]
    body: dict[str, Answer] = {"day": "2026-03-01", "before": 8, "guide": "done"}
    return body | {"after": number % 9, "skill": skill, "state": state, "practice": False}


def every_skill() -> list[tuple[str, str]]:
    """Return each exercise with each state it is for."""
    skills = load_content(content_folder()).library.skills.values()
    return [(one.id, state) for one in skills for state in one.states]


async def fill(database: str) -> None:
    """Write members with `RUNS` runs each into the store that `database` names."""
    now, skills = datetime.now(UTC), every_skill()
    store = await Store.open(located(database), Vault(KEYRING))
    try:
        for member in range(MEMBERS):
            account = store.account_hash(PLATFORM, str(member))
            person = store.new_person(account, session(member))
            event = store.event_hash(PLATFORM, f"came {member}")
            records = tuple(
                Record(
                    derive_id(b"runs of a bench", f"{member} {number}"),
                    KIND,
                    told(number, skills),
                    at=now - timedelta(days=2, minutes=number),
                )
                for number in range(RUNS)
            )
            async with store.unit(now) as unit:
                unit.write([Change(event, now, person, person.session, records)])
    finally:
        await store.close()


def checked_in(member: int, again: int, place: int) -> Arrival:
    """Return one message of a check-in; `again` tells those of another round apart."""
    return _another(arrival(member, LINES[place]), again)


def asked(member: int, again: int, place: int) -> Arrival:
    """Return what an adapter hands in when a member asks for a way through a craving."""
    came = arrival(member, f"cope {place}")
    event = Commanded(came.event.id, datetime.now(UTC), came.event.seed, "cope-craving")
    return _another(replace(came, event=event), again)


def _another(came: Arrival, again: int) -> Arrival:
    name = f"{came.event.id} {again}"
    seed = hashlib.blake2b(name.encode(), digest_size=16).digest()
    return replace(came, event=replace(came.event, id=name, seed=seed))


Ask = Callable[[int, int, int], Arrival]


async def at_once(house: House, ask: Ask, again: int) -> float:
    """Return the CPU microseconds of a turn where all members talk at once."""

    async def walk(member: int) -> None:
        for place in range(len(LINES)):
            await house.runner.take(ask(member, again, place))

    async def everyone() -> None:
        await asyncio.gather(*(walk(member) for member in range(MEMBERS)))
        await house.outbox.idle()

    return await _spent(everyone)


async def alone(house: House, ask: Ask, again: int) -> float:
    """Return the CPU microseconds of a turn where each message waits for the one before."""

    async def one_by_one() -> None:
        for member in range(MEMBERS):
            for place in range(len(LINES)):
                await house.runner.take(ask(member, again, place))
                await house.outbox.idle()

    return await _spent(one_by_one)


async def _spent(work: Callable[[], Awaitable[None]]) -> float:
    begun = time.process_time()
    await work()
    return (time.process_time() - begun) * 1e6 / (MEMBERS * len(LINES))


async def measured(database: str) -> dict[str, tuple[float, float]]:
    """Return for each way of talking what a turn of a check-in and one of offers cost."""
    found: dict[str, list[tuple[float, float]]] = {"64 at once": [], "a lone message": []}
    numbers = iter(range(10_000))
    async with at_work(database, Desk()) as house:
        await at_once(house, checked_in, next(numbers))
        await at_once(house, asked, next(numbers))
        for number in range(ROUNDS):
            for name, way in (("64 at once", at_once), ("a lone message", alone)):
                plain = await way(house, checked_in, next(numbers))
                offers = await way(house, asked, next(numbers))
                found[name].append((plain, offers))
                say(f"round {number + 1}, {name}: {plain:,.0f} and {offers:,.0f} µs")
    return {
        name: (statistics.median(a for a, _ in both), statistics.median(b for _, b in both))
        for name, both in found.items()
    }


def thinking() -> Iterator[tuple[str, str]]:
    """Yield what reading and ranking the runs costs alone, in microseconds."""
    skills = load_content(content_folder()).library.skills
    now, pairs = datetime.now(UTC), every_skill()
    for count in (MEMORY.newest, RUNS):
        facts = [Fact(n, KIND, told(n, pairs), now - timedelta(days=2)) for n in range(count)]
        times = []
        for _ in range(ROUNDS):
            begun = time.process_time_ns()
            offer(skills.values(), "craving", runs(facts), Wanted(now, "evening"))
            times.append((time.process_time_ns() - begun) / 1000)
        yield f"reading and ranking {count:,} runs, alone", f"{min(times):,.0f} µs"


def main() -> None:
    """Measure, and write the section."""
    with tempfile.TemporaryDirectory() as folder:
        database = f"sqlite:///{Path(folder) / 'offers.db'}"
        say(f"making {MEMBERS} members with {RUNS:,} runs each ...")
        asyncio.run(fill(database))
        found = asyncio.run(measured(database))
    rows = [
        (
            name,
            f"{offers:,.0f} µs",
            f"{plain:,.0f} µs",
            f"{offers / plain:.1f}x",
            f"<= {AIM:.0f}x",
            "yes" if offers <= AIM * plain else "**no**",
        )
        for name, (plain, offers) in found.items()
    ]
    rows += [(what, cost, "", "", "", "") for what, cost in thinking()]
    about = (
        f"`make bench`. {page.machine()}. {MEMBERS} members with {RUNS:,} runs of exercises each,"
        f" of which the newest {MEMORY.newest} are read and opened at every offer. CPU time a turn,"
        " the whole house but the adapter: the median of seven rounds, each beside check-ins of the"
        " same members."
    )
    heads = ("what", "offers for a craving", "a turn of a check-in", "ratio", "aim", "met")
    page.put(NAME, f"{about}\n\n{page.table(*heads, rows=rows)}")


if __name__ == "__main__":
    main()
