"""What only a file has: its settings, and that no byte of what is forgotten stays in it."""

from __future__ import annotations

import random
import sqlite3
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.storage.rows import Change, StoreDown
from bot.storage.sqlite import PRAGMAS, REWRITE
from bot.storage.store import Store
from bot.storage.unit import HALF_WELCOMED
from bot.storage.vault import Vault
from tests.runtime.fakes import NOON, Disk
from tests.storage.people import (
    KEYRING,
    MOMENT,
    bytes_of,
    counts,
    member,
    opened,
    record,
    rewrite,
    rows,
    settle,
    write,
)


@pytest.fixture
def engine() -> str:
    return "sqlite"


def log_of(database: Path) -> Path:
    return database.with_name(f"{database.name}-wal")


def found(database: Path, bodies: list[bytes]) -> set[str]:
    """Return the files of the database that hold any sixteen bytes of `bodies`."""
    files = {path.name: path.read_bytes() for path in database.parent.glob(f"{database.name}*")}
    assert len(files) == 3, "the database, its log and the log's index"
    pieces = {body[at : at + 16] for body in bodies for at in range(0, len(body) - 15, 16)}
    return {name for name, held in files.items() if any(piece in held for piece in pieces)}


async def test_the_settings_of_the_connection_hold(store: Store, disk: Disk) -> None:
    for name, wanted in PRAGMAS.items():
        assert await store._engine.look((f"PRAGMA {name}", ())) == [(wanted,)], name
    assert PRAGMAS["journal_mode"] == "wal"
    assert PRAGMAS["synchronous"] == 2
    assert PRAGMAS["foreign_keys"] == PRAGMAS["secure_delete"] == 1


async def test_a_setting_that_does_not_hold_stops_the_start(database: Path) -> None:
    class Careless(sqlite3.Connection):
        def execute(self, sql: str, /, *values: Any) -> sqlite3.Cursor:
            ignored = sql.startswith("PRAGMA foreign_keys =")
            return super().execute("SELECT 1" if ignored else sql, *values)

    with pytest.raises(StoreDown, match="PRAGMA foreign_keys is 0, not 1"):
        await Store.open(database, Vault(KEYRING), connection_class=Careless)


async def test_every_transaction_begins_immediate(store: Store, database: Path) -> None:
    async with store.unit(NOON) as unit:
        await unit.load([], [])
        other = sqlite3.connect(database, timeout=0)
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
        other.close()


@pytest.mark.parametrize("content", [b"x" * 4096, b"SQLite format 3\0" + b"x" * 4080])
async def test_a_file_that_is_no_database_is_said_so(database: Path, content: bytes) -> None:
    rewrite(database, content)
    with pytest.raises(StoreDown) as caught:
        await opened(database)
    assert str(database) in str(caught.value)
    assert bytes_of(database) == content


# --- what is forgotten ----------------------------------------------------------------------------


async def test_after_forgetting_the_log_holds_nothing(store: Store, database: Path) -> None:
    person = await settle(store, "ana", 7)
    ((wrapped,),) = rows(database, "SELECT wrapped_key FROM people")
    await write(store, Change(b"f", NOON, person, member(7), forget=True))
    assert log_of(database).stat().st_size == 0
    assert found(database, [wrapped]) == set()


async def test_forgetting_one_kind_leaves_no_byte_of_it(store: Store, database: Path) -> None:
    ana, ben = await settle(store, "ana", 7), await settle(store, "ben", 8)
    for n in range(40):
        for person, kind in ((ana, "plan"), (ana, "note"), (ben, "plan")):
            number = 1000 * person.session.person + 2 * n + (kind == "plan")
            # Each fourth corrects the one before it: what was replaced goes too.
            old = number - 2 if n % 4 == 3 else 0
            one = record(number, kind=kind, replaces=old, words=f"{n} " * (n * 9))
            event = f"{kind} {number}".encode()
            await write(store, Change(event, NOON, person, person.session, (one,)))
    query = "SELECT body FROM records WHERE person_id = 7 AND kind = ?"
    plans, notes = (
        [body for (body,) in rows(database, query, [kind])] for kind in ("plan", "note")
    )
    assert len(plans) == len(notes) == 40
    assert found(database, plans)

    fresh = record(9, kind="plan", words="a new one")
    change = Change(b"f", NOON, ana, ana.session, (fresh,), forget_kinds=("plan", "nothing"))
    await write(store, change)
    assert log_of(database).stat().st_size == 0
    assert found(database, plans) == set()
    assert found(database, notes) == {database.name}


async def test_a_clock_that_takes_people_leaves_no_byte_of_them(
    store: Store, database: Path
) -> None:
    visitor = replace(member(7), welcomed=False)
    person = store.new_person(store.account_hash("testing", "ana"), visitor)
    await write(store, Change(b"1", NOON, person, visitor))
    ((wrapped,),) = rows(database, "SELECT wrapped_key FROM people")
    await store.drop_outdated(NOON + HALF_WELCOMED + MOMENT)
    assert counts(database)["people"] == 0
    assert log_of(database).stat().st_size == 0
    assert found(database, [wrapped]) == set()


async def test_where_there_is_nothing_of_a_kind_the_log_is_left_alone(
    store: Store, database: Path
) -> None:
    person = await settle(store, "ana", 7)
    await write(store, Change(b"f", NOON, person, member(7), forget_kinds=("plan",)))
    assert log_of(database).stat().st_size > 0


@pytest.mark.parametrize("trouble", ["VACUUM", "PRAGMA user_version = 0", "wal_checkpoint"])
async def test_trouble_with_the_file_after_the_commit_is_not_told_as_not_saved(
    store: Store, disk: Disk, database: Path, trouble: str
) -> None:
    person = await settle(store, "ana", 7)
    disk.broken = (trouble,)
    await write(store, Change(b"f", NOON, person, member(7), forget=True))
    assert counts(database)["people"] == 0
    assert log_of(database).stat().st_size > 0
    disk.broken = ()
    await settle(store, "ben", 8)
    assert log_of(database).stat().st_size == 0, "it is tried again"
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
    again = await opened(database, disk)
    await again.close()
    assert rows(database, REWRITE) == [(1,)], "it starts all the same"
    disk.broken = ()
    again = await opened(database, disk)
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
    wal = log_of(database)
    assert wal.stat().st_size > 0
    reader.close()
    await settle(store, "ben", 8)
    assert wal.stat().st_size == 0
