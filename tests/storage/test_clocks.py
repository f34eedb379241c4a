"""What is kept goes when its time is over, on the day that is said and not before."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.storage.rows import Change, Sent, Waiting
from bot.storage.schema import metadata
from bot.storage.store import Store
from bot.storage.unit import HALF_WELCOMED, OVERDUE, QUARANTINED, SEEN, SHOWN, UNDELIVERED
from bot.storage.where import Where
from tests.runtime.fakes import NOON
from tests.storage.people import (
    MOMENT,
    TABLES,
    counts,
    load,
    member,
    message,
    promise,
    promises,
    rows,
    settle,
    write,
)


@pytest.mark.parametrize(
    ("table", "time"),
    [
        ("seen", SEEN),
        ("reminders", OVERDUE),
        ("outbox", UNDELIVERED),
        ("shown", SHOWN),
        ("quarantine", QUARANTINED),
    ],
)
async def test_each_clock_runs_out_when_it_says(
    store: Store, database: Where, table: str, time: timedelta
) -> None:
    promised = (message(1, key="k"), message(2))
    await settle(store, "ana", 7, outgoing=promised, reminders=(promise(1),))
    async with store.unit(NOON) as unit:
        unit.mark_sent([Sent(Waiting(7, promised[0]), "m")], NOON)
        unit.quarantine(b"bad", NOON, "Said", "Oops")
    before = counts(database)[table]
    assert before
    given_up = await store.drop_outdated(NOON + time)
    assert counts(database)[table] == before
    assert given_up == (1 if time > UNDELIVERED else 0)
    given_up = await store.drop_outdated(NOON + time + MOMENT)
    assert counts(database)[table] == 0
    assert given_up == (1 if time == UNDELIVERED else 0), "messages, not reminders"
    assert counts(database)["people"] == 1


async def test_a_reminders_clock_begins_when_it_is_due(store: Store) -> None:
    later = NOON + timedelta(days=30)
    ana = await settle(store, "ana", 7, reminders=(promise(1), promise(2, due=later)))
    await store.drop_outdated(later)
    assert await promises(store, ana) == [2]
    await store.drop_outdated(later + OVERDUE)
    assert await promises(store, ana) == [2]


async def test_keys_of_days_outlive_all_that_is_sealed_with_them(
    store: Store, database: Where
) -> None:
    await settle(store, "ana", 7)
    await store.drop_outdated(NOON + SHOWN)
    assert ("2026-03-02",) in rows(database, "SELECT day FROM day_keys")
    await store.drop_outdated(NOON + SHOWN + timedelta(days=2))
    assert ("2026-03-02",) not in rows(database, "SELECT day FROM day_keys")
    assert max(SEEN, UNDELIVERED, SHOWN, QUARANTINED) == SHOWN


async def test_half_welcomed_people_go_after_a_day_with_all_that_is_theirs(
    store: Store, database: Where
) -> None:
    visitor = replace(member(7), welcomed=False, age="unknown")
    person = store.new_person(store.account_hash("testing", "ana"), visitor)
    said = (message(1, key="k"), message(2, key="l"))
    promised = (promise(1, due=NOON + timedelta(days=9)),)
    await write(store, Change(b"1", NOON, person, visitor, outgoing=said, reminders=promised))
    async with store.unit(NOON) as unit:
        unit.mark_sent([Sent(Waiting(7, said[0]), "m")], NOON)
    await settle(store, "ben", 8)

    await store.drop_outdated(NOON + HALF_WELCOMED)
    assert counts(database)["people"] == 2
    await store.drop_outdated(NOON + HALF_WELCOMED + MOMENT)
    left = counts(database)
    theirs = ("people", "accounts", "reminders", "shown", "outbox")
    assert [left[table] for table in theirs] == [1, 1, 0, 0, 0]
    assert await load(store, "ana") is None


async def test_being_welcomed_stops_that_clock(store: Store, database: Where) -> None:
    visitor = replace(member(7), welcomed=False)
    person = store.new_person(store.account_hash("testing", "ana"), visitor)
    await write(store, Change(b"1", NOON, person, visitor))
    found = await load(store, "ana")
    assert found is not None
    await write(store, Change(b"2", NOON, found, member(7)))
    await store.drop_outdated(NOON + timedelta(days=400))
    assert counts(database)["people"] == 1


def test_every_table_has_its_clock_or_its_person() -> None:
    assert set(TABLES) == set(metadata.tables)
    with_people = {t.name for t in metadata.tables.values() if t.foreign_keys} | {"people"}
    assert set(TABLES) - with_people == {"seen", "quarantine", "day_keys"}
