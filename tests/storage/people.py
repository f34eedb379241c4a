"""Shorthand for what a turn writes, and for reading it back from outside."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Coroutine, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import asyncpg

from bot.core.effects import Fact, Loaded, Need, Record, Remind
from bot.core.outgoing import Outgoing
from bot.core.state import Answer, Session
from bot.core.text import Span
from bot.storage.postgres import numbered
from bot.storage.rows import Change, Person
from bot.storage.store import Store
from bot.storage.vault import Keyring, Vault
from bot.storage.where import Where
from tests.runtime.fakes import NOON, Disk

T = TypeVar("T")

KEYRING = Keyring({1: bytes(range(32))}, bytes(range(32, 64)))
MOMENT = timedelta(milliseconds=1)
TABLES = (
    "people",
    "accounts",
    "records",
    "reminders",
    "outbox",
    "shown",
    "seen",
    "quarantine",
    "day_keys",
)


def member(number: int) -> Session:
    """Return the session of someone who was welcomed."""
    return Session(person=number, lang="en", welcomed=True, age="adult", keep_checkins=True)


def record(number: int, *, kind: str = "checkin", replaces: int = 0, **body: Answer) -> Record:
    return Record(number, kind, body, replaces)


def promise(number: int, *, kind: str = "after", due: datetime = NOON) -> Remind:
    return Remind(number, kind, due)


def message(number: int, said: str = "hello", **rest: Any) -> Outgoing:
    """Return a message to somebody on the testing platform."""
    given: dict[str, Any] = {
        "platform": "testing",
        "address": "somewhere",
        "lane": "reply",
        "kind": "send",
        "key": "",
        **rest,
    }
    return Outgoing(id=number, body=(Span(said),), **given)


async def opened(where: Where, disk: Disk | None = None) -> Store:
    """Return the store at `where` with the keys of these tests."""
    return await Store.open(
        where, Vault(KEYRING), connection_class=disk.under(where) if disk else None
    )


async def load(store: Store, user: str, at: datetime = NOON) -> Person | None:
    """Return the person behind `user`, if there is one."""
    account = store.account_hash("testing", user)
    async with store.unit(at) as unit:
        people, _ = await unit.load([account], [])
    return people.get(account)


async def write(store: Store, *changes: Change, at: datetime = NOON) -> None:
    async with store.unit(at) as unit:
        unit.write(changes)


async def settle(store: Store, user: str, number: int, **rest: Any) -> Person:
    """Store a new member and return them as they are loaded."""
    person = store.new_person(store.account_hash("testing", user), member(number))
    at = rest.pop("at", NOON)
    change = Change(f"settled {user}".encode(), at, person, person.session, **rest)
    await write(store, change, at=at)
    found = await load(store, user)
    assert found is not None
    return found


async def facts(store: Store, person: Person, *kinds: str, newest: int = 99) -> list[Fact]:
    return list((await asked(store, person, Need(kinds=kinds, newest=newest))).facts)


async def promises(store: Store, person: Person) -> list[int]:
    """Return the ids of the reminders of `person`, soonest first."""
    return [one.id for one in (await asked(store, person, Need(reminders=True))).reminders]


async def asked(store: Store, person: Person, need: Need) -> Loaded:
    async with store.unit(NOON) as unit:
        return await unit.facts(person, need)


def apart(work: Coroutine[Any, Any, T]) -> T:
    """Return what `work` returns, on a loop of its own: a test may wait here as for a program."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


def rows(database: Where, statement: str, values: Iterable[Any] = ()) -> list[tuple[Any, ...]]:
    """Return what another program reads in the database, or does to it."""
    return _each(database, [statement], tuple(values))[0]


def counts(database: Where, tables: Iterable[str] = TABLES) -> Mapping[str, int]:
    """Return how many rows each of `tables` has."""
    names = list(tables)
    found = _each(database, [f"SELECT COUNT(*) FROM {name}" for name in names])
    return {name: number for name, ((number,),) in zip(names, found, strict=True)}


def bytes_of(path: Path) -> bytes:
    return path.read_bytes()


def rewrite(path: Path, content: bytes) -> None:
    path.write_bytes(content)


def tables(database: Where) -> set[str]:
    """Return the names of those of our tables that a database of any revision has."""
    listed = (
        "SELECT name FROM sqlite_master WHERE type = 'table'"
        if isinstance(database, Path)
        else "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
    )
    return {name for (name,) in rows(database, listed)} & set(TABLES)


def contents(database: Where) -> Mapping[str, list[tuple[Any, ...]]]:
    """Return every row of every table."""
    names = sorted(tables(database))
    found = _each(database, [f"SELECT * FROM {name}" for name in names])
    return {name: sorted(some, key=repr) for name, some in zip(names, found, strict=True)}


def _each(
    database: Where, statements: Iterable[str], values: tuple[Any, ...] = ()
) -> list[list[tuple[Any, ...]]]:
    if not isinstance(database, Path):
        return apart(_each_on_postgres(database.url, statements, values))
    with closing(sqlite3.connect(database)) as connection, connection:
        return [connection.execute(one, values).fetchall() for one in statements]


async def _each_on_postgres(
    url: str, statements: Iterable[str], values: tuple[Any, ...]
) -> list[list[tuple[Any, ...]]]:
    connection = await asyncpg.connect(url, command_timeout=10)
    try:
        return [
            [tuple(row) for row in await connection.fetch(numbered(one), *values)]
            for one in statements
        ]
    finally:
        await connection.close()
