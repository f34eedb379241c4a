"""Two programs on one database: each turn is written once, and whoever was slower takes it again.

A file has one program to itself, so this is about a server.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import asyncpg
import pytest

from bot.storage.rows import Change, Conflict, Sent, Waiting
from bot.storage.store import Store
from bot.storage.where import PostgresDatabase
from tests.runtime.fakes import NOON
from tests.storage.people import (
    MOMENT,
    counts,
    facts,
    load,
    member,
    message,
    promise,
    record,
    rows,
    settle,
)

Meanwhile = Callable[[], Awaitable[object]]

STRANGERS = 100
"""Added to the number of someone whom a test has not settled."""


@pytest.fixture
def engine() -> str:
    return "postgres"


async def turn(
    store: Store,
    user: str,
    event: bytes,
    meanwhile: Meanwhile | None = None,
    *,
    number: int = STRANGERS,
    changed: str = "",
    **rest: Any,
) -> str:
    """Take a turn as the shell does, with something happening while it is thought about.

    Returns whom it found: "known", "new", or "seen" where the event was taken before.
    """
    account = store.account_hash("testing", user)
    async with store.unit(NOON) as unit:
        people, seen = await unit.load([account], [event])
        if meanwhile:
            await meanwhile()
        if event in seen:
            return "seen"
        person = people.get(account) or store.new_person(account, member(number))
        session = replace(person.session, path=changed) if changed else person.session
        unit.write([Change(event, NOON, person, session, **rest)])
        return "new" if person.is_new else "known"


# --- the same turn --------------------------------------------------------------------------------


@pytest.mark.parametrize("user", ["ana", "a stranger"])
async def test_an_event_that_came_to_both_is_taken_once(
    store: Store, other: Store, database: PostgresDatabase, user: str
) -> None:
    await settle(store, "ana", 7)

    async def meanwhile() -> None:
        assert await turn(other, user, b"e", number=101, records=(record(1),)) != "seen"

    second: dict[str, Any] = {"records": (record(2),), "outgoing": (message(2),)}
    before = counts(database)
    with pytest.raises(Conflict):
        await turn(store, user, b"e", meanwhile, number=102, **second)
    assert await turn(store, user, b"e", **second) == "seen"
    after = counts(database)
    assert rows(database, "SELECT id FROM records") == [(1,)]
    assert after["outbox"] == 0
    assert after["seen"] == before["seen"] + 1
    assert after["people"] == after["accounts"] == (1 if user == "ana" else 2)


async def test_whoever_writes_first_wins_and_the_other_is_told(
    store: Store, other: Store, database: PostgresDatabase
) -> None:
    await settle(store, "ana", 7)
    for n in range(12):
        both = asyncio.Barrier(2)
        event = b"%d" % n
        found = await asyncio.gather(
            turn(store, "ana", event, both.wait, records=(record(10 + n),)),
            turn(other, "ana", event, both.wait, records=(record(50 + n),)),
            return_exceptions=True,
        )
        assert sorted(map(repr, found)) == ["'known'", "Conflict()"]
        assert counts(database)["records"] == n + 1


# --- the same person ------------------------------------------------------------------------------


async def test_someone_new_who_wrote_to_both_is_one_person(
    store: Store, other: Store, database: PostgresDatabase
) -> None:
    async def meanwhile() -> None:
        assert await turn(other, "eva", b"1", number=101, records=(record(1),)) == "new"

    with pytest.raises(Conflict):
        await turn(store, "eva", b"2", meanwhile, number=102, records=(record(2),))
    assert await turn(store, "eva", b"2", number=103, records=(record(2),)) == "known"
    found = await load(store, "eva")
    assert found is not None
    assert found.session.person == 101
    assert [fact.id for fact in await facts(other, found, "checkin")] == [2, 1]
    assert counts(database)["people"] == 1


async def test_of_two_changes_of_one_person_neither_is_lost(store: Store, other: Store) -> None:
    await settle(store, "ana", 7)

    async def meanwhile() -> None:
        await turn(other, "ana", b"1", changed="less", records=(record(1),))

    with pytest.raises(Conflict):
        await turn(store, "ana", b"2", meanwhile, changed="stop", records=(record(2),))
    found = await load(store, "ana")
    assert found is not None
    assert (found.session.path, found.version) == ("less", 2)
    assert await turn(store, "ana", b"2", changed="stop", records=(record(2),)) == "known"
    found = await load(other, "ana")
    assert found is not None
    assert (found.session.path, found.version) == ("stop", 3)
    assert [fact.id for fact in await facts(store, found, "checkin")] == [2, 1]


async def test_two_turns_that_only_add_need_not_wait_for_each_other(
    store: Store, other: Store
) -> None:
    person = await settle(store, "ana", 7)

    async def meanwhile() -> None:
        await turn(other, "ana", b"1", records=(record(1),))

    assert await turn(store, "ana", b"2", meanwhile, records=(record(2),)) == "known"
    assert [fact.id for fact in await facts(store, person, "checkin")] == [2, 1]


async def test_batches_of_the_same_people_end_and_nothing_is_lost(
    store: Store, other: Store, database: PostgresDatabase
) -> None:
    """The two take the same people in opposite order, with nothing to keep them apart."""
    rounds, users = 8, [f"user {n}" for n in range(1, 6)]
    for n, user in enumerate(users, 1):
        await settle(store, user, n)

    async def program(which: int, mine: Store, order: list[str]) -> None:
        for n in range(rounds):
            events = {user: f"{which} {n} {user}".encode() for user in order}
            while True:
                try:
                    await batch(mine, which, n, events)
                except Conflict:
                    continue
                break

    async def batch(mine: Store, which: int, n: int, events: dict[str, bytes]) -> None:
        accounts = {user: mine.account_hash("testing", user) for user in events}
        async with mine.unit(NOON) as unit:
            people, _ = await unit.load(list(accounts.values()), list(events.values()))
            changes = []
            for user, event in events.items():
                person = people[accounts[user]]
                session = replace(person.session, path=f"{which} {n}")
                one = record(1000 * person.session.person + 100 * which + n)
                changes.append(Change(event, NOON, person, session, (one,)))
            unit.write(changes)

    await asyncio.gather(program(1, store, users), program(2, other, users[::-1]))
    assert rows(database, "SELECT DISTINCT version FROM people") == [(1 + 2 * rounds,)]
    assert counts(database)["records"] == 2 * rounds * len(users)


# --- someone who is forgotten meanwhile -----------------------------------------------------------

WRITES: dict[str, dict[str, Any]] = {
    "a change": {"changed": "less"},
    "a record": {"records": (record(2),)},
    "two records": {"records": (record(2), record(3))},
    "a message": {"outgoing": (message(2),)},
    "a reminder": {"reminders": (promise(2, kind="later"),)},
    "letting go of facts": {"forget_kinds": ("checkin",)},
    "letting go of reminders": {"unremind": ("after",)},
    "nothing": {},
    "forgetting too": {"forget": True, "outgoing": (message(2),)},
}

THEIRS = ("people", "accounts", "records", "reminders", "shown", "outbox")


@pytest.mark.parametrize("writes", WRITES.values(), ids=WRITES)
async def test_a_turn_of_someone_the_other_forgot_meanwhile_leaves_nothing_of_them(
    store: Store, other: Store, database: PostgresDatabase, writes: dict[str, Any]
) -> None:
    await settle(store, "ana", 7, records=(record(1),), reminders=(promise(1),))

    async def meanwhile() -> None:
        assert await turn(other, "ana", b"f", forget=True) == "known"

    try:
        await turn(store, "ana", b"e", meanwhile, **writes)
    except Conflict:
        assert rows(database, "SELECT 1 FROM seen WHERE event = ?", [b"e"]) == []
    left = counts(database)
    assert [left[table] for table in THEIRS] == [0] * 6
    assert await turn(store, "ana", b"e", **writes) in ("new", "seen")


@pytest.mark.parametrize("end", ["COMMIT", "ROLLBACK"])
@pytest.mark.parametrize("writes", [WRITES["a change"], WRITES["a record"], WRITES["a message"]])
async def test_a_turn_that_meets_a_forget_under_way_waits_for_its_end(
    store: Store, database: PostgresDatabase, end: str, writes: dict[str, Any]
) -> None:
    await settle(store, "ana", 7, records=(record(1),))
    forgetting = await asyncpg.connect(database.url)
    await forgetting.execute("BEGIN; DELETE FROM people WHERE id = 7")
    under_way = asyncio.create_task(turn(store, "ana", b"e", **writes))
    await asyncio.sleep(0.05)
    assert not under_way.done()
    await forgetting.execute(end)
    await forgetting.close()
    if end == "COMMIT":
        with pytest.raises(Conflict):
            await under_way
        assert await turn(store, "ana", b"e", **writes) == "new"
    else:
        assert await under_way == "known"


async def test_a_forget_takes_what_was_added_meanwhile_too(
    store: Store, other: Store, database: PostgresDatabase
) -> None:
    await settle(store, "ana", 7)

    async def meanwhile() -> None:
        await turn(other, "ana", b"1", records=(record(1),), outgoing=(message(1),))
        await turn(other, "ana", b"2", reminders=(promise(1),))

    with pytest.raises(Conflict):
        await turn(store, "ana", b"f", meanwhile, forget=True)
    assert counts(database)["people"] == 1
    assert await turn(store, "ana", b"f", forget=True) == "known"
    left = counts(database)
    assert [left[table] for table in THEIRS] == [0] * 6


# --- what was sent --------------------------------------------------------------------------------


async def test_a_message_that_both_sent_is_marked_once(
    store: Store, other: Store, database: PostgresDatabase
) -> None:
    item = message(1, key="k")
    await settle(store, "ana", 7, outgoing=(item,))
    sent = Sent(Waiting(7, item), "m1")
    store.note_sent(sent)
    other.note_sent(replace(sent, ref="m2"))

    async def meanwhile() -> None:
        await other.mark(NOON)

    with pytest.raises(Conflict):
        await turn(store, "ana", b"e", meanwhile, changed="less")
    assert await turn(store, "ana", b"e", changed="less") == "known"
    left = counts(database)
    assert (left["outbox"], left["shown"], store.unmarked) == (0, 1, 0)
    assert await other.shown(item) == "m1", "the last to say so"


async def test_marks_at_the_same_time_end_and_are_all_written(
    store: Store, other: Store, database: PostgresDatabase
) -> None:
    items = tuple(message(n, key=f"k{n}") for n in range(1, 41))
    await settle(store, "ana", 7, outgoing=items)

    async def program(mine: Store, order: tuple[Any, ...]) -> None:
        for item in order:
            mine.note_sent(Sent(Waiting(7, item), "m"))
        while mine.unmarked:
            try:
                await mine.mark(NOON)
            except Conflict:
                continue

    await asyncio.gather(program(store, items), program(other, items[::-1]))
    left = counts(database)
    assert (left["outbox"], left["shown"]) == (0, len(items))


async def test_a_mark_for_someone_the_other_forgot_meanwhile_costs_nobody_their_turn(
    store: Store, other: Store, database: PostgresDatabase
) -> None:
    item = message(1, key="k")
    await settle(store, "ana", 7, outgoing=(item,))
    await settle(store, "ben", 8)
    store.note_sent(Sent(Waiting(7, item), "m1"))

    async def meanwhile() -> None:
        await turn(other, "ana", b"f", forget=True)

    with pytest.raises(Conflict):
        await turn(store, "ben", b"e", meanwhile, changed="less")
    assert await turn(store, "ben", b"e", changed="less") == "known"
    await store.mark(NOON)
    left = counts(database)
    assert (left["outbox"], left["shown"], store.unmarked) == (0, 0, 0)


# --- keys of the day ------------------------------------------------------------------------------


async def test_both_seal_with_one_key_of_the_day(store: Store, other: Store) -> None:
    await settle(store, "ana", 7)
    for n in range(1, 8):
        day = NOON + n * 86_400_000 * MOMENT

        async def says(mine: Store, number: int, day: Any = day) -> None:
            while True:
                try:
                    async with mine.unit(day) as unit:
                        unit.quarantine(b"%d" % number, day, "Said", "Oops", (message(number),))
                except Conflict:
                    continue
                break

        await asyncio.gather(says(store, 10 + n), says(other, 20 + n))
    waiting = [one.item.id for one in await store.waiting()]
    assert sorted(waiting) == [*range(11, 18), *range(21, 28)]
