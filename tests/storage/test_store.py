"""The store's contract: one transaction or nothing, everything sealed, each clock kept."""

from __future__ import annotations

import asyncio
import sqlite3
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.core.effects import Need
from bot.storage.rows import Change, Conflict, Sent, StoreDown, StoreRefused, Waiting
from bot.storage.schema import metadata
from bot.storage.sqlite import PRAGMAS
from bot.storage.store import Store
from bot.storage.unit import HALF_WELCOMED, OVERDUE, QUARANTINED, SEEN, SHOWN, UNDELIVERED
from bot.storage.vault import Keyring, Sealed, Vault
from tests.runtime.fakes import NOON, Disk
from tests.storage.people import (
    KEYRING,
    MOMENT,
    TABLES,
    asked,
    counts,
    facts,
    load,
    member,
    message,
    promise,
    promises,
    record,
    rows,
    settle,
    write,
)


def bytes_of(path: Path) -> bytes:
    return path.read_bytes()


def rewrite(path: Path, content: bytes) -> None:
    path.write_bytes(content)


async def test_the_settings_of_the_connection_hold(store: Store, disk: Disk) -> None:
    for name, wanted in PRAGMAS.items():
        assert await store._engine.look((f"PRAGMA {name}", ())) == [(wanted,)], name
    assert PRAGMAS["journal_mode"] == "wal"
    assert PRAGMAS["synchronous"] == 2
    assert PRAGMAS["foreign_keys"] == PRAGMAS["secure_delete"] == 1


async def test_a_setting_that_does_not_hold_stops_the_start(database: Path) -> None:
    class Careless(sqlite3.Connection):
        def execute(self, sql: str, /, *values: object) -> sqlite3.Cursor:
            ignored = sql.startswith("PRAGMA foreign_keys =")
            return super().execute("SELECT 1" if ignored else sql, *values)  # type: ignore[arg-type]

    with pytest.raises(StoreDown, match="PRAGMA foreign_keys is 0, not 1"):
        await Store.open(database, Vault(KEYRING), connection_class=Careless)


async def test_every_transaction_begins_immediate(store: Store, database: Path) -> None:
    async with store.unit(NOON) as unit:
        await unit.load([], [])
        other = sqlite3.connect(database, timeout=0)
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
        other.close()


# --- people and records ---------------------------------------------------------------------------


async def test_a_person_comes_back_as_they_were(store: Store, database: Path) -> None:
    await settle(store, "ana", 7)
    await store.close()
    again = await Store.open(database, Vault(KEYRING))
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


async def test_an_event_is_never_written_twice(store: Store, database: Path) -> None:
    person = await settle(store, "ana", 7)
    changed = replace(person.session, lang="es")
    with pytest.raises(Conflict):
        await write(store, Change(b"settled ana", NOON, person, changed, (record(1),)))
    found = await load(store, "ana")
    assert found is not None
    assert found.session.lang == "en"
    assert counts(database)["records"] == 0


async def test_two_who_read_the_same_version_do_not_overwrite_each_other(
    store: Store, database: Path
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


async def test_sixty_four_people_share_one_commit(store: Store, disk: Disk, database: Path) -> None:
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
    store: Store, database: Path, statement: str
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


async def test_states_of_two_people_cannot_be_swapped(store: Store, database: Path) -> None:
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
    store: Store, database: Path, days: int
) -> None:
    await settle(store, "ana", 7)
    await store.drop_outdated(NOON + timedelta(days=days))
    await store.close()
    before = bytes_of(database)
    wrong = Keyring({1: bytes(32)}, KEYRING.lookup)
    with pytest.raises(Sealed):
        await Store.open(database, Vault(wrong))
    assert bytes_of(database) == before


async def test_after_a_new_master_the_old_store_opens(store: Store, database: Path) -> None:
    await settle(store, "ana", 7)
    await store.close()
    both = Keyring({**KEYRING.masters, 2: bytes(32)}, KEYRING.lookup)
    again = await Store.open(database, Vault(both))
    try:
        assert await load(again, "ana", NOON + timedelta(days=1))
    finally:
        await again.close()


# --- outbox ---------------------------------------------------------------------------------------


async def test_what_was_promised_waits_in_order_until_it_is_sent(
    store: Store, database: Path
) -> None:
    items = tuple(message(n, f"said {n}", address="ana", key=f"k{n}") for n in (9, 3, 7))
    person = await settle(store, "ana", 7, outgoing=items)
    await store.close()
    again = await Store.open(database, Vault(KEYRING))
    try:
        waiting = await again.waiting()
        assert waiting == [Waiting(person.session.person, item) for item in items]
        later = NOON + timedelta(days=1)
        async with again.unit(later) as unit:
            unit.mark_sent([Sent(waiting[0], "m1"), Sent(waiting[2], "m3")], later)
        assert [one.item.id for one in await again.waiting()] == [3]
        assert [await again.shown(item) for item in items] == ["m1", "", "m3"]
        assert await again.shown(message(1, address="ben", key="k9")) == ""
        async with again.unit(later) as unit:
            unit.mark_sent([Sent(waiting[0], "m2")], later)
        assert await again.shown(items[0]) == "m2"
    finally:
        await again.close()


async def test_one_message_that_does_not_open_keeps_no_other(store: Store, database: Path) -> None:
    await settle(store, "ana", 7, outgoing=tuple(message(n) for n in (1, 2, 3, 4)))
    rows(database, "UPDATE outbox SET lane = 0 WHERE id = 1")
    rows(database, "UPDATE outbox SET day = '2001-01-01' WHERE id = 3")
    await store.close()
    again = await Store.open(database, Vault(KEYRING))
    try:
        assert [one.item.id for one in await again.waiting()] == [2, 4]
    finally:
        await again.close()


# --- how long -------------------------------------------------------------------------------------


async def clean(store: Store, at: object) -> int:
    assert isinstance(at, type(NOON))
    return await store.drop_outdated(at)


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
    store: Store, database: Path, table: str, time: timedelta
) -> None:
    promised = (message(1, key="k"), message(2))
    await settle(store, "ana", 7, outgoing=promised, reminders=(promise(1),))
    async with store.unit(NOON) as unit:
        unit.mark_sent([Sent(Waiting(7, promised[0]), "m")], NOON)
        unit.quarantine(b"bad", NOON, "Said", "Oops")
    before = counts(database)[table]
    assert before
    given_up = await clean(store, NOON + time)
    assert counts(database)[table] == before
    assert given_up == (1 if time > UNDELIVERED else 0)
    given_up = await clean(store, NOON + time + MOMENT)
    assert counts(database)[table] == 0
    assert given_up == (1 if time == UNDELIVERED else 0), "messages, not reminders"
    assert counts(database)["people"] == 1


async def test_a_reminders_clock_begins_when_it_is_due(store: Store) -> None:
    later = NOON + timedelta(days=30)
    ana = await settle(store, "ana", 7, reminders=(promise(1), promise(2, due=later)))
    await clean(store, later)
    assert await promises(store, ana) == [2]
    await clean(store, later + OVERDUE)
    assert await promises(store, ana) == [2]


async def test_keys_of_days_outlive_all_that_is_sealed_with_them(
    store: Store, database: Path
) -> None:
    await settle(store, "ana", 7)
    await clean(store, NOON + SHOWN)
    assert ("2026-03-02",) in rows(database, "SELECT day FROM day_keys")
    await clean(store, NOON + SHOWN + timedelta(days=2))
    assert ("2026-03-02",) not in rows(database, "SELECT day FROM day_keys")
    assert max(SEEN, UNDELIVERED, SHOWN, QUARANTINED) == SHOWN


async def test_half_welcomed_people_go_after_a_day_with_all_that_is_theirs(
    store: Store, database: Path
) -> None:
    visitor = replace(member(7), welcomed=False, age="unknown")
    person = store.new_person(store.account_hash("testing", "ana"), visitor)
    said = (message(1, key="k"), message(2, key="l"))
    promised = (promise(1, due=NOON + timedelta(days=9)),)
    await write(store, Change(b"1", NOON, person, visitor, outgoing=said, reminders=promised))
    async with store.unit(NOON) as unit:
        unit.mark_sent([Sent(Waiting(7, said[0]), "m")], NOON)
    await settle(store, "ben", 8)

    await clean(store, NOON + HALF_WELCOMED)
    assert counts(database)["people"] == 2
    await clean(store, NOON + HALF_WELCOMED + MOMENT)
    left = counts(database)
    theirs = ("people", "accounts", "reminders", "shown", "outbox")
    assert [left[table] for table in theirs] == [1, 1, 0, 0, 0]
    assert await load(store, "ana") is None
    assert database.with_name("alongside.db-wal").stat().st_size == 0


async def test_being_welcomed_stops_that_clock(store: Store, database: Path) -> None:
    visitor = replace(member(7), welcomed=False)
    person = store.new_person(store.account_hash("testing", "ana"), visitor)
    await write(store, Change(b"1", NOON, person, visitor))
    found = await load(store, "ana")
    assert found is not None
    await write(store, Change(b"2", NOON, found, member(7)))
    await clean(store, NOON + timedelta(days=400))
    assert counts(database)["people"] == 1


def test_every_table_has_its_clock_or_its_person() -> None:
    assert set(TABLES) == set(metadata.tables)
    with_people = {t.name for t in metadata.tables.values() if t.foreign_keys} | {"people"}
    assert set(TABLES) - with_people == {"seen", "quarantine", "day_keys"}


# --- quarantine -----------------------------------------------------------------------------------


async def test_a_quarantined_event_is_seen_and_nothing_it_said_is_kept(
    store: Store, database: Path
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
    store: Store, disk: Disk, database: Path
) -> None:
    person = await settle(store, "ana", 7)
    before = counts(database)
    disk.full = True
    with pytest.raises(StoreDown, match="full"):
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
    store: Store, disk: Disk, database: Path, statement: str
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
    store: Store, database: Path, number: int
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


@pytest.mark.parametrize("content", [b"x" * 4096, b"SQLite format 3\0" + b"x" * 4080])
async def test_a_file_that_is_no_database_is_said_so(database: Path, content: bytes) -> None:
    rewrite(database, content)
    with pytest.raises(StoreDown) as caught:
        await Store.open(database, Vault(KEYRING))
    assert str(database) in str(caught.value)
    assert bytes_of(database) == content


async def test_no_transaction_overlaps_another(store: Store) -> None:
    order: list[str] = []

    async def turn(name: str) -> None:
        async with store.unit(NOON):
            order.append(f"{name} begins")
            await asyncio.sleep(0.002)
            order.append(f"{name} ends")

    await asyncio.gather(*(turn(str(n)) for n in range(5)))
    assert order == [f"{n} {what}" for n in range(5) for what in ("begins", "ends")]
