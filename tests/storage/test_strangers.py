"""People who write to two programs for the first time, all at once."""

from __future__ import annotations

import asyncio

import pytest

from bot.storage.rows import Change, Conflict
from bot.storage.store import Store
from bot.storage.where import PostgresDatabase
from tests.postgres import PostgresServer
from tests.runtime.fakes import NOON
from tests.storage.people import counts, member, opened, write

ROUNDS = 6
TOGETHER = 64


@pytest.fixture
def engine() -> str:
    return "postgres"


async def test_the_same_strangers_in_two_batches_never_wait_in_a_circle(
    database: PostgresDatabase, postgres: PostgresServer
) -> None:
    programs = [await opened(database), await opened(database)]

    async def meet(program: int, round_: int) -> bool:
        """Let one program write them all; return whether the other one was quicker."""
        store: Store = programs[program]
        changes = []
        for n in range(TOGETHER):
            # Each draws numbers of its own: what comes first by one comes last by the other.
            place = n if program else TOGETHER - n
            session = member((round_ * 2 + program) * 1000 + place)
            person = store.new_person(store.account_hash("testing", f"{round_} {n}"), session)
            event = b"%d %d %d" % (program, round_, n)
            changes.append(Change(event, NOON, person, session))
        try:
            await write(store, *changes)
        except Conflict:
            return True
        return False

    for store in programs:
        await write(store)
    for round_ in range(ROUNDS):
        assert sorted(await asyncio.gather(meet(0, round_), meet(1, round_))) == [False, True]
        found = counts(database)
        assert found["people"] == found["accounts"] == (round_ + 1) * TOGETHER
    for store in programs:
        await store.close()
    deadlocks = f"SELECT deadlocks FROM pg_stat_database WHERE datname = '{database.name}'"
    assert postgres.sql(deadlocks) == "0"
