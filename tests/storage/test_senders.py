"""What is owed at a start is sent by one program: by whoever has the database to itself."""

from __future__ import annotations

import asyncio

import asyncpg
import pytest

from bot.storage import postgres as module
from bot.storage.rows import StoreDown
from bot.storage.store import Store
from bot.storage.where import PostgresDatabase
from tests.storage.people import load, message, opened, rows, settle


@pytest.fixture
def engine() -> str:
    return "postgres"


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "TRIES_TO_BE_ALONE", 2)


async def numbers(store: Store) -> list[int]:
    return [one.item.id for one in await store.waiting()]


@pytest.mark.usefixtures("impatient")
async def test_while_one_sends_a_second_gets_nothing(
    store: Store, other: Store, database: PostgresDatabase
) -> None:
    await settle(store, "ana", 7, outgoing=(message(1), message(2)))
    assert await numbers(store) == [1, 2]
    assert await numbers(other) == []
    assert await numbers(store) == [], "now the other could be sending as well"
    await store.close()
    assert await numbers(other) == [1, 2]
    third = await opened(database)
    assert await numbers(third) == []
    await third.close()


@pytest.mark.usefixtures("impatient")
async def test_of_two_that_start_together_one_gets_everything(store: Store, other: Store) -> None:
    await settle(store, "ana", 7, outgoing=(message(1), message(2)))
    found = await asyncio.gather(numbers(store), numbers(other))
    assert sorted(found) == [[], [1, 2]]


@pytest.mark.usefixtures("impatient")
async def test_one_that_sends_still_counts_after_its_connection_broke(
    store: Store, other: Store, database: PostgresDatabase
) -> None:
    await settle(store, "ana", 7, outgoing=(message(1),))
    assert await numbers(store) == [1]
    cut = (
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_locks WHERE locktype = 'advisory' "
        "AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
    )
    assert rows(database, cut) == [(True,)]
    with pytest.raises(StoreDown):
        await load(store, "ana")
    assert await load(store, "ana")
    assert await numbers(other) == []


async def sends(database: PostgresDatabase) -> asyncpg.Connection:
    """Return the connection of a program that sends, to be killed."""
    connection = await asyncpg.connect(database.url)
    await connection.execute(f"SELECT pg_advisory_lock_shared({module.SENDING})")
    return connection


async def test_what_a_killed_program_owed_is_sent_by_the_next_start(
    store: Store, database: PostgresDatabase
) -> None:
    await settle(store, "ana", 7, outgoing=(message(1),))
    killed = await sends(database)
    killed.terminate()
    assert await numbers(store) == [1]


async def test_the_next_start_waits_until_the_server_has_noticed(
    store: Store, database: PostgresDatabase
) -> None:
    await settle(store, "ana", 7, outgoing=(message(1),))
    killed = await sends(database)
    starting = asyncio.create_task(numbers(store))
    await asyncio.sleep(0.3)
    assert not starting.done()
    killed.terminate()
    assert await starting == [1]
