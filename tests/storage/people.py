"""Shorthand for what a turn writes, and for reading it back from outside."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bot.core.effects import Fact, Loaded, Need, Record, Remind
from bot.core.outgoing import Outgoing
from bot.core.state import Answer, Session
from bot.core.text import Span
from bot.storage.rows import Change, Person
from bot.storage.store import Store
from bot.storage.vault import Keyring
from tests.runtime.fakes import NOON

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


def rows(database: Path, statement: str, values: Iterable[Any] = ()) -> list[tuple[Any, ...]]:
    """Return what another program reads in the file, or does to it."""
    connection = sqlite3.connect(database)
    try:
        with connection:
            return connection.execute(statement, tuple(values)).fetchall()
    finally:
        connection.close()


def counts(database: Path) -> Mapping[str, int]:
    return {one: rows(database, f"SELECT COUNT(*) FROM {one}")[0][0] for one in TABLES}
