"""Two programs on one PostgreSQL database never lose a turn and never take one twice."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path

from bot.core.effects import Need
from bot.storage.migrate import migrate
from bot.storage.store import Store
from bot.storage.vault import Vault
from bot.storage.where import PostgresDatabase
from tests.postgres import PostgresServer
from tests.runtime.fakes import NOON
from tests.runtime.worker import PEOPLE, TURNS, schedule
from tests.storage.people import KEYRING

ROOT = Path(__file__).resolve().parents[2]


def test_ten_thousand_turns_of_fifty_people_through_two_programs(postgres: PostgresServer) -> None:
    database = postgres.fresh()
    asyncio.run(migrate(database))
    programs = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.runtime.worker", database.url, str(first)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )
        for first in (0, 1)
    ]
    for program in programs:
        assert program.stdout
        assert program.stdout.readline() == "ready\n"
    for program in programs:
        assert program.stdin
        program.stdin.write("go\n")
        program.stdin.flush()
    sent: Counter[int] = Counter()
    for program in programs:
        said, _ = program.communicate(timeout=120)
        assert program.returncode == 0
        sent.update(json.loads(said))
    both = {**dict(schedule(0)), **dict(schedule(1))}
    assert len(both) == TURNS
    assert len(schedule(0)) + len(schedule(1)) > TURNS, "some came to both"
    assert sum(sent.values()) == len(sent) == TURNS, "an answer was lost, or came twice"
    asyncio.run(everything_was_counted(database, Counter(both.values())))
    postgres.drop(database)


async def everything_was_counted(database: PostgresDatabase, turns: Counter[str]) -> None:
    """Look into the store: as many numbers for each person as turns, and each of them once."""
    store = await Store.open(database, Vault(KEYRING))
    try:
        accounts = {store.account_hash("testing", who): who for who in turns}
        async with store.unit(NOON) as unit:
            people, _ = await unit.load(list(accounts), [])
            assert len(people) == len(turns) == PEOPLE
            changes = 0
            for account, person in people.items():
                expected = turns[accounts[account]]
                assert person.version == expected
                assert person.session.path == str(expected)
                found = await unit.facts(person, Need(kinds=("counted",), newest=TURNS))
                counted = sorted((int(str(f.body["number"])), f.body["by"]) for f in found.facts)
                assert [number for number, _ in counted] == list(range(1, expected + 1))
                changes += sum(one[1] != two[1] for one, two in pairwise(counted))
        # One after the other would be one change a person; how many more there are is chance.
        assert changes > 2 * PEOPLE, "they did not work side by side"
        assert await store.waiting() == []
    finally:
        await store.close()
