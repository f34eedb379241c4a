"""Two programs that do the same thing in the same moment: neither falls over it.

The second program is a bare connection, held in the middle of its transaction.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import asyncpg

from bot.runtime.clock import SetClock
from bot.storage.unit import SEEN
from bot.storage.where import PostgresDatabase
from tests.runtime.conftest import Opener, on_a_server
from tests.runtime.fakes import Person, Platform, Watcher
from tests.storage.people import counts, rows

pytestmark = on_a_server

PATIENCE = 5


@asynccontextmanager
async def meanwhile(database: PostgresDatabase, statement: str) -> AsyncIterator[None]:
    """Let another program do this first, and be done only when somebody waits for it."""
    waiting = (
        "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() "
        "AND wait_event_type = 'Lock'"
    )
    other = await asyncpg.connect(database.url)
    await other.execute(f"BEGIN ISOLATION LEVEL REPEATABLE READ; {statement}")
    watching = await asyncpg.connect(database.url)

    async def ends() -> None:
        while not await watching.fetch(waiting):  # noqa: ASYNC110  # the server does not say
            await asyncio.sleep(0.01)
        await other.execute("COMMIT")

    ending = asyncio.create_task(ends())
    try:
        async with asyncio.timeout(PATIENCE):
            yield
            await ending
    finally:
        ending.cancel()
        other.terminate()
        watching.terminate()


async def test_that_clean(
    opened: Opener, clock: SetClock, watcher: Watcher, database: PostgresDatabase
) -> None:
    platform = Platform()
    async with opened(platform) as house:
        assert await house.runner.take(Person("ana").says("hello"))
    clock.move(SEEN + timedelta(hours=1))
    async with meanwhile(database, "DELETE FROM seen"), opened(platform) as house:
        assert await house.runner.take(Person("ben").says("hello"))
    assert watcher.notes == []


async def test_that_put_one_event_aside(
    opened: Opener, watcher: Watcher, database: PostgresDatabase
) -> None:
    platform = Platform(redelivers=True)
    ana = Person("ana")
    async with opened(platform) as house:
        assert await house.runner.take(ana.says("hello"))
        await house.outbox.idle()
        rows(database, "UPDATE people SET state = '\\x00'")
        again = ana.says("hello again")
        event = house.store.event_hash("testing", again.event.id).hex()
        first = f"INSERT INTO seen (event, at) VALUES ('\\x{event}', 1)"
        async with meanwhile(database, first):
            assert await house.runner.take(again)
        await house.outbox.idle()
        assert await house.runner.take(Person("ben").says("hello"))
    assert platform.acknowledged.count(again.event.id) == 1
    assert counts(database)["quarantine"] == 0, "the other program has it"
    assert watcher.notes == []
