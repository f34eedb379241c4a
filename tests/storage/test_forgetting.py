"""What is forgotten goes whole, and leaves no byte in the database, its log or the log's index."""

from __future__ import annotations

import random
import sqlite3
from pathlib import Path

import pytest

from bot.storage.rows import Change, Sent, Waiting
from bot.storage.sqlite import REWRITE
from bot.storage.store import Store
from bot.storage.vault import Vault
from tests.runtime.fakes import NOON, Disk
from tests.storage.people import (
    KEYRING,
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


async def test_forgetting_takes_everything_of_one_person_and_nothing_of_another(
    store: Store, database: Path
) -> None:
    for n, user in ((7, "ana"), (8, "ben")):
        await settle(
            store,
            user,
            n,
            records=(record(n),),
            reminders=(promise(n),),
            outgoing=(message(n, key="k", address=user),),
        )
    waiting = await store.waiting()
    async with store.unit(NOON) as unit:
        unit.mark_sent([Sent(one, "m") for one in waiting], NOON)
    ana = await load(store, "ana")
    assert ana is not None
    receipt = message(99, "all gone", address="ana", key="k")
    await write(store, Change(b"f", NOON, ana, member(7), outgoing=(receipt,), forget=True))

    assert await load(store, "ana") is None
    assert await load(store, "ben") is not None
    left = counts(database)
    theirs = ("people", "accounts", "records", "reminders", "shown", "outbox")
    assert [left[table] for table in theirs] == [1] * 6
    (promised,) = await store.waiting()
    assert promised == Waiting(None, receipt)
    async with store.unit(NOON) as unit:
        unit.mark_sent([Sent(promised, "m9")], NOON)
    assert counts(database)["shown"] == 1, "a receipt leaves no trace of whom it was for"
    assert database.with_name("alongside.db-wal").stat().st_size > 0


async def test_after_forgetting_the_log_holds_nothing(store: Store, database: Path) -> None:
    person = await settle(store, "ana", 7)
    (wrapped,) = rows(database, "SELECT wrapped_key FROM people")[0]
    await write(store, Change(b"f", NOON, person, member(7), forget=True))
    assert database.with_name("alongside.db-wal").stat().st_size == 0
    assert found(database, [wrapped]) == set()


def found(database: Path, bodies: list[bytes]) -> set[str]:
    """Return the files of the database that hold any sixteen bytes of `bodies`."""
    files = {path.name: path.read_bytes() for path in database.parent.glob(f"{database.name}*")}
    assert len(files) == 3, "the database, its log and the log's index"
    pieces = {body[at : at + 16] for body in bodies for at in range(0, len(body) - 15, 16)}
    return {name for name, held in files.items() if any(piece in held for piece in pieces)}


async def test_forgetting_one_kind_leaves_no_byte_of_it_and_all_of_the_others(
    store: Store, database: Path
) -> None:
    ana, ben = await settle(store, "ana", 7), await settle(store, "ben", 8)
    for n in range(40):
        for person, kind in ((ana, "plan"), (ana, "note"), (ben, "plan")):
            number = 1000 * person.session.person + 2 * n + (kind == "plan")
            # Each fourth corrects the one before it: what was replaced goes too.
            old = number - 2 if n % 4 == 3 else 0
            one = record(number, kind=kind, replaces=old, words=f"{n} " * (n * 9))
            event = f"{kind} {number}".encode()
            await write(store, Change(event, NOON, person, person.session, (one,)))
    await write(store, Change(b"p", NOON, ana, ana.session, reminders=(promise(1, kind="plan"),)))
    query = "SELECT body FROM records WHERE person_id = 7 AND kind = ?"
    plans, notes = (
        [body for (body,) in rows(database, query, [kind])] for kind in ("plan", "note")
    )
    assert len(plans) == len(notes) == 40
    kept = {kind: await facts(store, ana, kind) for kind in ("note", "plan")}
    bens = await facts(store, ben, "plan")
    assert len(kept["plan"]) == len(bens) == 30
    assert found(database, plans)

    fresh = record(9, kind="plan", words="a new one")
    change = Change(b"f", NOON, ana, ana.session, (fresh,), forget_kinds=("plan", "nothing"))
    await write(store, change)
    assert database.with_name("alongside.db-wal").stat().st_size == 0
    assert found(database, plans) == set()
    assert found(database, notes) == {database.name}
    assert [fact.id for fact in await facts(store, ana, "plan")] == [9]
    assert await facts(store, ana, "note") == kept["note"]
    assert await facts(store, ben, "plan") == bens
    assert await promises(store, ana) == [1], "a promise is no fact"
    again = await load(store, "ana")
    assert again is not None
    assert again.session == ana.session


async def test_where_there_is_nothing_of_a_kind_the_log_is_left_alone(
    store: Store, database: Path
) -> None:
    person = await settle(store, "ana", 7)
    await write(store, Change(b"f", NOON, person, member(7), forget_kinds=("plan",)))
    assert database.with_name("alongside.db-wal").stat().st_size > 0


@pytest.mark.parametrize("trouble", ["VACUUM", "PRAGMA user_version = 0", "wal_checkpoint"])
async def test_trouble_with_the_file_after_the_commit_is_not_told_as_not_saved(
    store: Store, disk: Disk, database: Path, trouble: str
) -> None:
    person = await settle(store, "ana", 7)
    disk.broken = (trouble,)
    await write(store, Change(b"f", NOON, person, member(7), forget=True))
    assert counts(database)["people"] == 0
    assert database.with_name("alongside.db-wal").stat().st_size > 0
    disk.broken = ()
    await settle(store, "ben", 8)
    assert database.with_name("alongside.db-wal").stat().st_size == 0, "it is tried again"
    assert rows(database, REWRITE) == [(0,)]


async def test_the_file_is_rewritten_only_when_something_was_forgotten(
    store: Store, disk: Disk
) -> None:
    person = await settle(store, "ana", 7, records=(record(1, kind="plan"),))
    await write(store, Change(b"1", NOON, person, member(7), forget_kinds=("note",)))
    assert disk.counted["VACUUM"] == 0
    await write(store, Change(b"2", NOON, person, member(7), forget_kinds=("plan",)))
    await settle(store, "ben", 8)
    assert disk.counted["VACUUM"] == 1


async def test_a_start_rewrites_what_the_last_run_did_not_get_to(
    store: Store, disk: Disk, database: Path
) -> None:
    person = await settle(store, "ana", 7)
    disk.broken = ("VACUUM",)
    await write(store, Change(b"f", NOON, person, member(7), forget=True))
    await store.close()
    assert rows(database, REWRITE) == [(1,)]
    again = await Store.open(database, Vault(KEYRING), connection_class=disk.connection_class)
    await again.close()
    assert rows(database, REWRITE) == [(1,)], "it starts all the same"
    disk.broken = ()
    again = await Store.open(database, Vault(KEYRING), connection_class=disk.connection_class)
    await again.close()
    assert rows(database, REWRITE) == [(0,)]
    assert disk.counted["VACUUM"] == 1


async def test_nothing_is_left_where_rows_were_moved_to_make_room(
    store: Store, database: Path
) -> None:
    """Rows of many sizes, written in no order of ids, as in life: pages are split all the time."""
    chance = random.Random(7)
    gone = [await settle(store, f"user {n}", n, at=NOON) for n in range(1, 13)]
    for _ in range(40):
        changes = []
        for person in gone:
            number = chance.getrandbits(62)
            one = record(
                number, kind=chance.choice(("plan", "note")), a="a" * chance.randint(1, 300)
            )
            event = b"%d" % number
            changes.append(Change(event, NOON, person, person.session, (one,)))
        await write(store, *changes)
    keys = [key for (key,) in rows(database, "SELECT wrapped_key FROM people WHERE id > 6")]
    bodies = [body for (body,) in rows(database, "SELECT body FROM records WHERE person_id > 6")]
    plans = "SELECT body FROM records WHERE person_id <= 6 AND kind = 'plan'"
    bodies += [body for (body,) in rows(database, plans)]
    assert len(bodies) > 300
    changes = [
        Change(b"f%d" % n, NOON, person, person.session, forget=n > 6, forget_kinds=("plan",))
        for n, person in enumerate(gone, 1)
    ]
    await write(store, *changes)
    assert found(database, [*keys, *bodies]) == set()


async def test_while_someone_reads_the_log_is_cut_later(store: Store, database: Path) -> None:
    person = await settle(store, "ana", 7)
    rows(database, "PRAGMA busy_timeout = 1")
    reader = sqlite3.connect(database)
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM people").fetchall()
    await store._engine.look(("PRAGMA busy_timeout = 50", ()))
    await write(store, Change(b"f", NOON, person, member(7), forget=True))
    wal = database.with_name("alongside.db-wal")
    assert wal.stat().st_size > 0
    reader.close()
    await settle(store, "ben", 8)
    assert wal.stat().st_size == 0
