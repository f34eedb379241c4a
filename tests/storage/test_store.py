"""The store's contract on every engine: one transaction or nothing, and everything sealed."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.effects import Need
from bot.storage.rows import Change, Conflict, StoreDown, StoreRefused
from bot.storage.store import Store
from bot.storage.vault import Keyring, Sealed, Vault
from bot.storage.where import Where
from tests.runtime.fakes import NOON, Disk
from tests.storage.people import (
    KEYRING,
    asked,
    contents,
    counts,
    facts,
    load,
    member,
    message,
    opened,
    promise,
    promises,
    record,
    rows,
    settle,
    write,
)

# --- people and records ---------------------------------------------------------------------------


async def test_a_person_comes_back_as_they_were(store: Store, database: Where) -> None:
    await settle(store, "ana", 7)
    await store.close()
    again = await opened(database)
    try:
        found = await load(again, "ana")
        assert found is not None
        assert (found.session, found.version, found.is_new) == (member(7), 1, False)
        assert await load(again, "ben") is None
    finally:
        await again.close()


async def test_an_event_delivered_again_is_known(store: Store) -> None:
    person = store.new_person(store.account_hash("testing", "ana"), member(7))
    event = store.event_hash("testing", "e1")
    await write(store, Change(event, NOON, person, person.session))
    other = store.event_hash("testing", "e2")
    async with store.unit(NOON) as unit:
        _, seen = await unit.load([], [event, other])
    assert seen == {event}
    assert store.event_hash("telegram", "e1") != event


async def test_an_event_is_never_written_twice(store: Store, database: Where) -> None:
    person = await settle(store, "ana", 7)
    changed = replace(person.session, lang="es")
    with pytest.raises(Conflict):
        await write(store, Change(b"settled ana", NOON, person, changed, (record(1),)))
    found = await load(store, "ana")
    assert found is not None
    assert found.session.lang == "en"
    assert counts(database)["records"] == 0


async def test_two_who_read_the_same_version_do_not_overwrite_each_other(
    store: Store, database: Where
) -> None:
    person = await settle(store, "ana", 7)
    first = replace(person.session, lang="es")
    await write(store, Change(b"1", NOON, person, first, (record(1),)))
    second = replace(person.session, path="less")
    with pytest.raises(Conflict):
        await write(store, Change(b"2", NOON, person, second, (record(2),), (message(2),)))
    found = await load(store, "ana")
    assert found is not None
    assert (found.session, found.version) == (first, 2)
    assert {name: n for name, n in counts(database).items() if n} == {
        "people": 1,
        "accounts": 1,
        "records": 1,
        "seen": 2,
        "day_keys": 1,
    }


async def test_someone_who_was_forgotten_meanwhile_is_not_written_to(store: Store) -> None:
    person = await settle(store, "ana", 7)
    await write(store, Change(b"1", NOON, person, member(7), forget=True))
    for change in (
        Change(b"2", NOON, person, replace(member(7), lang="es")),
        Change(b"3", NOON, person, member(7), forget=True),
    ):
        with pytest.raises(Conflict):
            await write(store, change)
    with pytest.raises(StoreRefused):
        await write(store, Change(b"4", NOON, person, person.session, (record(1),)))


async def test_a_turn_that_changes_nothing_writes_no_person(store: Store) -> None:
    person = await settle(store, "ana", 7)
    await write(store, Change(b"1", NOON, person, person.session, outgoing=(message(1),)))
    found = await load(store, "ana")
    assert found is not None
    assert found.version == 1


async def test_sixty_four_people_share_one_commit(
    store: Store, disk: Disk, database: Where
) -> None:
    assert await load(store, "nobody") is None  # the day has its key
    disk.counted.clear()
    changes = []
    for n in range(1, 65):
        person = store.new_person(store.account_hash("testing", f"user {n}"), member(n))
        said = (message(n, f"hello {n}"),)
        changes.append(Change(b"%d" % n, NOON, person, person.session, (record(n),), said))
    await write(store, *changes)
    assert disk.counted["COMMIT"] == disk.counted["BEGIN"] == 1
    assert disk.counted["INSERT"] <= 6
    found = counts(database)
    assert [found[t] for t in ("people", "accounts", "records", "outbox", "seen")] == [64] * 5

    accounts = [store.account_hash("testing", f"user {n}") for n in range(1, 65)]
    disk.counted.clear()
    async with store.unit(NOON) as unit:
        people, _ = await unit.load(accounts, [b"%d" % n for n in range(1, 65)])
        altered = [
            Change(b"again %d" % n, NOON, people[a], replace(people[a].session, lang="es"))
            for n, a in enumerate(accounts)
        ]
        unit.write(altered)
    assert {person.session.person for person in people.values()} == set(range(1, 65))
    assert disk.counted["SELECT"] == 2
    assert disk.counted["UPDATE"] == 1


async def test_facts_come_newest_first_without_the_replaced(store: Store) -> None:
    person = await settle(store, "ana", 7)
    kept = [
        (record(50, n=1), 0),
        (record(40, n=2), 1),
        (record(30, n=3, replaces=40), 2),
        (record(20, n=4), 3),
        (record(21, n=5), 3),
        (record(10, n=6, replaces=30), 4),
        (record(5, kind="note", note="words"), 5),
    ]
    for one, hours in kept:
        at = NOON + timedelta(hours=hours)
        await write(store, Change(b"%d" % one.id, at, person, person.session, (one,)))

    assert [fact.body["n"] for fact in await facts(store, person, "checkin")] == [6, 5, 4, 1]
    assert [fact.body["n"] for fact in await facts(store, person, "checkin", newest=2)] == [6, 5]
    both = await facts(store, person, "note", "checkin", newest=1)
    assert [(fact.id, fact.kind) for fact in both] == [(5, "note"), (10, "checkin")]
    assert await facts(store, person, "lapse") == []
    loaded = await asked(store, person, Need(counts=True))
    assert dict(loaded.counts) == {"checkin": 4, "note": 1}
    assert loaded.facts == ()


async def test_nobody_sees_anothers_facts(store: Store) -> None:
    ana, ben = await settle(store, "ana", 7), await settle(store, "ben", 8)
    await write(store, Change(b"1", NOON, ana, ana.session, (record(1, mood=3),)))
    await write(store, Change(b"2", NOON, ben, ben.session, (record(2, mood=9, replaces=1),)))
    assert [fact.id for fact in await facts(store, ana, "checkin")] == [1]
    assert dict((await asked(store, ben, Need(counts=True))).counts) == {"checkin": 1}


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE records SET body = (SELECT body FROM records WHERE id = 2) WHERE id = 1",
        "UPDATE records SET kind = 'lapse' WHERE id = 1",
        "UPDATE records SET person_id = 8 WHERE id = 1",
        "UPDATE records SET id = 3 WHERE id = 1",
    ],
)
async def test_a_record_moved_elsewhere_does_not_open(
    store: Store, database: Where, statement: str
) -> None:
    ana, ben = await settle(store, "ana", 7), await settle(store, "ben", 8)
    await write(store, Change(b"1", NOON, ana, ana.session, (record(1), record(2))))
    rows(database, statement)
    shut = 0
    for person in (ana, ben):
        try:
            found = await facts(store, person, "checkin", "lapse")
        except Sealed:
            shut += 1
        else:
            assert 1 not in [fact.id for fact in found]
    assert shut == 1


async def test_states_of_two_people_cannot_be_swapped(store: Store, database: Where) -> None:
    await settle(store, "ana", 7)
    await settle(store, "ben", 8)
    rows(
        database,
        "UPDATE people SET state = (SELECT state FROM people WHERE id = 8) WHERE id = 7",
    )
    with pytest.raises(Sealed):
        await load(store, "ana")
    assert await load(store, "ben")


# --- keys -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("days", [0, 1, 40])
async def test_keys_that_did_not_seal_it_are_refused_on_any_later_day(
    store: Store, database: Where, days: int
) -> None:
    await settle(store, "ana", 7)
    await store.drop_outdated(NOON + timedelta(days=days))
    await store.close()
    before = contents(database)
    wrong = Keyring({1: bytes(32)}, KEYRING.lookup)
    with pytest.raises(Sealed):
        await Store.open(database, Vault(wrong))
    assert contents(database) == before


async def test_after_a_new_master_the_old_store_opens(store: Store, database: Where) -> None:
    await settle(store, "ana", 7)
    await store.close()
    both = Keyring({**KEYRING.masters, 2: bytes(32)}, KEYRING.lookup)
    again = await Store.open(database, Vault(both))
    try:
        assert await load(again, "ana", NOON + timedelta(days=1))
    finally:
        await again.close()


# --- quarantine -----------------------------------------------------------------------------------


async def test_a_quarantined_event_is_seen_and_nothing_it_said_is_kept(
    store: Store, database: Where
) -> None:
    for _ in range(2):
        event = store.event_hash("testing", "e1")
        async with store.unit(NOON) as unit:
            _, seen = await unit.load([], [event])
            if not seen:
                unit.quarantine(event, NOON, "Said", "ValueError")
    assert rows(database, "SELECT kind, why FROM quarantine") == [("Said", "ValueError")]
    assert counts(database)["seen"] == 1


# --- trouble --------------------------------------------------------------------------------------


async def test_a_full_disk_is_told_and_changes_nothing(
    store: Store, disk: Disk, database: Where
) -> None:
    person = await settle(store, "ana", 7)
    before = counts(database)
    disk.full = True
    with pytest.raises(StoreDown, match=r"[Ff]ull"):
        await write(store, Change(b"1", NOON, person, member(7), (record(1),)))
    disk.full = False
    assert counts(database) == before
    await write(store, Change(b"1", NOON, person, member(7), (record(1),)))
    assert counts(database)["records"] == 1


@pytest.mark.parametrize(
    "statement",
    [
        "INTO seen",
        "UPDATE people",
        "DELETE FROM records",
        "DELETE FROM reminders",
        "INTO records",
        "INTO reminders",
        "INTO outbox",
        "COMMIT",
    ],
)
async def test_a_turn_that_fails_half_way_is_undone_whole(
    store: Store, disk: Disk, database: Where, statement: str
) -> None:
    had = (record(1, kind="plan"), record(2, kind="note"))
    person = await settle(
        store, "ana", 7, records=had, reminders=(promise(1), promise(2, kind="b"))
    )
    before = counts(database)
    changed = replace(member(7), lang="es")
    turn = Change(
        b"1",
        NOON,
        person,
        changed,
        records=(record(3),),
        outgoing=(message(1),),
        forget_kinds=("plan",),
        reminders=(promise(3, kind="c"),),
        unremind=("after",),
    )
    disk.broken = (statement,)
    with pytest.raises(StoreDown):
        await write(store, turn)
    disk.broken = ()
    assert counts(database) == before
    assert await promises(store, person) == [1, 2]
    await write(store, turn)
    assert await promises(store, person) == [2, 3]
    assert [fact.id for fact in await facts(store, person, "plan", "note", "checkin")] == [3, 2]
    found = await load(store, "ana")
    assert found is not None
    assert found.session == changed


@pytest.mark.parametrize("number", [1 << 63, -(1 << 63) - 1])
async def test_a_value_that_no_column_holds_is_refused_not_called_an_outage(
    store: Store, database: Where, number: int
) -> None:
    person = await settle(store, "ana", 7)
    with pytest.raises(StoreRefused):
        await write(store, Change(b"1", NOON, person, member(7), (record(number),)))
    assert counts(database)["records"] == 0


async def test_reading_trouble_is_an_outage_too(store: Store, disk: Disk) -> None:
    disk.broken = ("FROM outbox", "FROM shown", "FROM accounts")
    with pytest.raises(StoreDown):
        await store.waiting()
    with pytest.raises(StoreDown):
        await store.shown(message(1, key="k"))
    with pytest.raises(StoreDown):
        await load(store, "ana")


async def test_no_transaction_overlaps_another(store: Store) -> None:
    order: list[str] = []

    async def turn(name: str) -> None:
        async with store.unit(NOON):
            order.append(f"{name} begins")
            await asyncio.sleep(0.002)
            order.append(f"{name} ends")

    await asyncio.gather(*(turn(str(n)) for n in range(5)))
    assert order == [f"{n} {what}" for n in range(5) for what in ("begins", "ends")]
