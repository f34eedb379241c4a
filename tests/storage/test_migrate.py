"""An old database becomes today's with every row in it, or stays exactly as it was."""

from __future__ import annotations

import asyncio
import json
import re
import shutil
import sqlite3
import subprocess
import sys
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path

import asyncpg
import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory

import bot
from bot.core.state import Session
from bot.storage import migrate as module
from bot.storage import postgres as server
from bot.storage import unit
from bot.storage.codec import encode_session
from bot.storage.migrate import HEAD, SchemaUnusable, is_founded, migrate, revision
from bot.storage.rows import Change, Sent, StoreDown, Waiting
from bot.storage.where import PostgresDatabase, Where
from tests.postgres import PostgresServer
from tests.runtime.fakes import NOON, Disk
from tests.storage.conftest import Fresh
from tests.storage.people import (
    TABLES,
    bytes_of,
    contents,
    counts,
    facts,
    load,
    member,
    message,
    opened,
    promise,
    record,
    rows,
    settle,
    tables,
    write,
)


@pytest.fixture
def database(fresh: Fresh) -> Where:
    """A database with nothing in it, not even tables."""
    return fresh()


async def fill(database: Where) -> Mapping[str, int]:
    """Put something into every table, for three people, and return how many rows each has."""
    store = await opened(database)
    try:
        for n, user in enumerate(("ana", "ben", "eva"), 1):
            said = (message(n, key="k", address=user), message(n + 10, address=user))
            person = await settle(store, user, n, records=(record(n),), outgoing=said)
            later = (record(n + 10, replaces=n),)
            again = Change(b"%d" % n, NOON, person, member(n), later, reminders=(promise(n),))
            await write(store, again)
        waiting = [one for one in await store.waiting() if one.item.key]
        async with store.unit(NOON) as unit:
            unit.mark_sent([Sent(one, "m") for one in waiting], NOON)
            unit.quarantine(b"bad", NOON, "Said", "Oops")
    finally:
        await store.close()
    found = counts(database)
    assert all(found.values()), found
    return found


async def everyone_is_there(database: Where) -> bool:
    store = await opened(database)
    try:
        for n, user in enumerate(("ana", "ben", "eva"), 1):
            person = await load(store, user)
            assert person is not None
            assert person.session == member(n)
            assert [fact.id for fact in await facts(store, person, "checkin")] == [n + 10]
        assert await store.waiting() == [
            Waiting(n, message(n + 10, address=user))
            for n, user in enumerate(("ana", "ben", "eva"), 1)
        ]
    finally:
        await store.close()
    return True


def dump(database: Where) -> object:
    """Return all that can be told of a database: its tables and what is in them."""
    if isinstance(database, Path):
        connection = sqlite3.connect(database)
        try:
            return list(connection.iterdump())
        finally:
            connection.close()
    made = rows(database, "SELECT * FROM information_schema.columns WHERE table_schema = 'public'")
    indexes = rows(database, "SELECT * FROM pg_indexes WHERE schemaname = 'public'")
    version = rows(database, module.REVISION)
    return sorted(map(repr, made)), sorted(map(repr, indexes)), version, contents(database)


def orphans(database: Where) -> list[tuple[object, ...]]:
    """Return what refers to a row that is not there; a server never lets that happen."""
    return rows(database, "PRAGMA foreign_key_check") if isinstance(database, Path) else []


def scripts() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", str(Path(module.__file__).parent / "migrations"))
    return ScriptDirectory.from_config(config)


def test_head_is_the_newest_script() -> None:
    assert scripts().get_current_head() == HEAD
    revisions = [one.revision for one in scripts().walk_revisions()]
    assert revisions == sorted(revisions, reverse=True), "upgrading compares them as text"


async def test_a_new_database_becomes_todays(database: Where) -> None:
    assert await revision(database) == ""
    await migrate(database)
    assert await revision(database) == HEAD
    assert tables(database) == set(TABLES)


async def test_todays_database_is_left_alone(database: Where) -> None:
    await fill(database)
    before = dump(database)
    await migrate(database)
    assert dump(database) == before


async def test_a_database_is_founded_once_it_has_a_schema(database: Where) -> None:
    assert not await is_founded(database)
    await migrate(database)
    assert await is_founded(database)
    rows(database, "UPDATE alembic_version SET version_num = '9999'")
    assert await is_founded(database), "by whoever it was"


async def test_two_that_migrate_at_once_both_end_at_todays(database: Where) -> None:
    await asyncio.gather(migrate(database), migrate(database))
    assert await revision(database) == HEAD
    await fill(database)
    await migrate(database, "0001")
    await asyncio.gather(migrate(database), migrate(database), migrate(database))
    assert await revision(database) == HEAD
    assert await everyone_is_there(database)


async def test_down_to_nothing_and_up_again(database: Where) -> None:
    await fill(database)
    await migrate(database, "base")
    assert tables(database) == set()
    assert await revision(database) == ""
    await migrate(database)
    assert set(counts(database).values()) == {0}


async def test_every_step_down_and_up_keeps_the_people(database: Where) -> None:
    await fill(database)
    people = counts(database)["people"]
    for script in scripts().walk_revisions():
        if script.down_revision is None:
            break
        await migrate(database, str(script.down_revision))
        assert counts(database, ["people"])["people"] == people
        assert orphans(database) == []
    await migrate(database)
    assert counts(database)["people"] == people


def as_in_version_1(session: Session) -> bytes:
    """Return `session` as the first program stored it."""
    _, _, written = encode_session(session).partition(b":")
    was = {name: value for name, value in json.loads(written).items() if name != "care"}
    return b"1:" + json.dumps(was).encode()


@pytest.fixture
async def first(fresh: Fresh, monkeypatch: pytest.MonkeyPatch) -> Where:
    """A filled database as the first program left it: its schema, and sessions of its version."""
    filled, old = fresh(migrated=True), fresh()
    with monkeypatch.context() as was:
        was.setattr(unit, "encode_session", as_in_version_1)
        await fill(filled)
    await migrate(old, "0001")
    for table in ("people", *sorted(tables(old) - {"people", "outbox"})):
        pour(filled, old, table, "*")
    pour(filled, old, "outbox", "id, person_id, platform, lane, day, at, body")
    return old


def pour(filled: Where, old: Where, table: str, columns: str) -> None:
    """Copy every row of `table`; those of the outbox are numbered anew."""
    found = rows(filled, f"SELECT {columns} FROM {table}")
    into = table if columns == "*" else f"{table} ({columns})"
    marks = ",".join(f"({','.join('?' * len(row))})" for row in found)
    rows(old, f"INSERT INTO {into} VALUES {marks}", [value for row in found for value in row])


async def test_the_first_programs_database_becomes_todays(first: Where) -> None:
    before = counts(first, tables(first))
    assert await revision(first) == "0001"
    assert before.keys() == set(TABLES) - {"reminders"}
    assert all(before.values()), before
    assert await everyone_is_there(first)
    assert await revision(first) == HEAD
    assert counts(first) == {**before, "reminders": 0}
    assert orphans(first) == []

    await migrate(first, "0001")
    assert counts(first, tables(first)) == before
    assert await everyone_is_there(first)


async def test_a_newer_schema_is_refused_and_left_alone(database: Where) -> None:
    await fill(database)
    rows(database, "UPDATE alembic_version SET version_num = '9999'")
    before = bytes_of(database) if isinstance(database, Path) else dump(database)
    with pytest.raises(SchemaUnusable) as caught:
        await opened(database)
    assert str(caught.value) == (
        f"{database} was written by a newer Alongside (schema 9999, this one knows up to {HEAD}). "
        "Run the newer program again; this one has changed nothing."
    )
    assert (bytes_of(database) if isinstance(database, Path) else dump(database)) == before


async def test_a_current_schema_needs_neither_sqlalchemy_nor_alembic(database: Where) -> None:
    await fill(database)
    look = """
import asyncio, sys
from bot.cli.chat import run_chat  # all that a start imports
from bot.storage.store import Store
from bot.storage.vault import Keyring, Vault
from bot.storage.where import located

async def main():
    keyring = Keyring({1: bytes(range(32))}, bytes(range(32, 64)))
    await (await Store.open(located(sys.argv[1]), Vault(keyring))).close()

asyncio.run(main())
print(sorted({name.partition(".")[0] for name in sys.modules} & {"sqlalchemy", "alembic"}))
"""
    assert run(look, url(database), cwd=Path(bot.__file__).parents[1]) == "[]"


def url(database: Where) -> str:
    return f"sqlite:///{database}" if isinstance(database, Path) else database.url


# --- a migration of tomorrow, planted in a copy of the program ------------------------------------

REBUILD = '''
"""Rebuild the table that the others refer to, where nothing less can alter it."""
import sqlalchemy as sa
from alembic import op

revision = "9000"
down_revision = "{head}"


def upgrade() -> None:
    anew = "always" if op.get_bind().dialect.name == "sqlite" else "never"
    with op.batch_alter_table("people", recreate=anew) as table:
        table.add_column(sa.Column("planted", sa.Integer, nullable=True))


def downgrade() -> None:
    anew = "always" if op.get_bind().dialect.name == "sqlite" else "never"
    with op.batch_alter_table("people", recreate=anew) as table:
        table.drop_column("planted")
'''

ORPHAN = REBUILD.replace(
    'as table:\n        table.add_column(sa.Column("planted", sa.Integer, nullable=True))',
    'as table:\n        table.add_column(sa.Column("planted", sa.Integer, nullable=True))\n'
    '    op.execute("DELETE FROM people WHERE id = 2")',
)

BREAK = REBUILD.replace(
    "\n\ndef downgrade()", '\n    op.execute("UPDATE nowhere SET x = 1")\n\n\ndef downgrade()'
)

REFUSE = REBUILD.replace(
    "\n\ndef downgrade()",
    '\n    op.create_index("planted", "records", ["kind"], unique=True)\n\n\ndef downgrade()',
)

STEP = """
import asyncio, json, sys, traceback
from pathlib import Path
import bot
from bot.storage.migrate import SchemaUnusable, migrate
from bot.storage.where import located
assert Path(bot.__file__).parents[1] == Path.cwd()
try:
    asyncio.run(migrate(located(sys.argv[1]), sys.argv[2]))
    print(json.dumps(["done", ""]))
except SchemaUnusable as error:
    print(json.dumps([str(error), traceback.format_exc()]))
"""

Step = Callable[[str, str], str]


@pytest.fixture
def tomorrow(tmp_path: Path, database: Where) -> Step:
    """Return a function: plant this migration as the newest, go to that revision, and report."""

    def step(source: str, target: str) -> str:
        home = tmp_path / "tomorrow"
        if not home.exists():
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(Path(bot.__file__).parent, home / "bot", ignore=ignored)
            here = home / "bot" / "storage" / "migrate.py"
            code = here.read_text(encoding="utf-8")
            changed, found = re.subn(r'(?m)^HEAD = ".*"$', 'HEAD = "9000"', code)
            assert found == 1
            here.write_text(changed, encoding="utf-8")
        versions = home / "bot" / "storage" / "migrations" / "versions"
        (versions / "r9000_planted.py").write_text(source.format(head=HEAD), encoding="utf-8")
        said, whole = json.loads(run(STEP, url(database), target, cwd=home))
        assert "checkin" not in whole, "it quotes a row"
        return str(said)

    return step


def run(source: str, *arguments: str, cwd: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-c", source, *arguments],
        cwd=cwd,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


async def test_rebuilding_the_people_keeps_every_row_that_refers_to_them(
    database: Where, tomorrow: Step
) -> None:
    before = await fill(database)
    assert tomorrow(REBUILD, "head") == "done"
    assert await revision(database) == "9000"
    assert counts(database) == before
    assert rows(database, "SELECT DISTINCT planted FROM people") == [(None,)]
    assert orphans(database) == []
    with pytest.raises(SchemaUnusable, match="newer Alongside"):
        await migrate(database)

    assert tomorrow(REBUILD, HEAD) == "done"
    assert await revision(database) == HEAD
    assert counts(database) == before
    assert "planted" not in str(dump(database))
    assert await everyone_is_there(database)


@pytest.mark.parametrize(
    ("source", "wrong"),
    [(BREAK, "nowhere"), (REFUSE, "planted|records.kind")],
    ids=["it breaks", "a row"],
)
async def test_a_migration_that_goes_wrong_is_undone_whole(
    database: Where, tomorrow: Step, source: str, wrong: str
) -> None:
    await fill(database)
    before = dump(database)
    said = tomorrow(source, "head")
    assert re.search(wrong, said)
    assert said.startswith(f"{database}: ")
    assert said.endswith("; undone")
    assert dump(database) == before
    assert await revision(database) == HEAD
    assert await everyone_is_there(database)


async def test_a_new_database_whose_first_migration_breaks_stays_empty(
    database: Where, tomorrow: Step
) -> None:
    assert "nowhere" in tomorrow(BREAK, "head")
    assert tables(database) == set()
    assert await revision(database) == ""
    await fill(database)


# --- what only a file, or only a server, can have -------------------------------------------------


@pytest.mark.parametrize("engine", ["sqlite"])
async def test_a_migration_that_would_orphan_rows_is_undone_whole(
    database: Where, tomorrow: Step
) -> None:
    await fill(database)
    before = dump(database)
    assert "the migration would orphan 6 rows; undone" in tomorrow(ORPHAN, "head")
    assert dump(database) == before
    assert await everyone_is_there(database)


async def test_a_folder_where_the_file_should_be_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreDown):
        await migrate(tmp_path)


async def test_a_disk_that_fails_under_the_first_migration_is_told(tmp_path: Path) -> None:
    database = tmp_path / "nowhere" / "alongside.db"
    with pytest.raises(StoreDown) as caught:
        await opened(database, Disk())
    assert str(database) in str(caught.value)


@pytest.mark.parametrize("engine", ["postgres"])
async def test_a_large_table_may_take_its_time(
    database: PostgresDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While another program migrates, or a statement of ours runs, nothing is given up."""
    monkeypatch.setattr(server, "SECONDS_TO_ANSWER", 0.1)
    busy = await asyncpg.connect(database.url)
    await busy.execute(f"SELECT pg_advisory_lock({server.MIGRATING})")
    under_way = asyncio.create_task(migrate(database))
    await asyncio.sleep(0.5)
    assert not under_way.done()
    await busy.close()
    await under_way
    assert rows(database, module.REVISION) == [(HEAD,)]


@pytest.mark.parametrize("engine", ["postgres"])
async def test_a_connection_that_breaks_under_a_migration_changes_nothing(
    database: PostgresDatabase,
) -> None:
    busy = await asyncpg.connect(database.url)
    await busy.execute(f"SELECT pg_advisory_lock({server.MIGRATING})")
    under_way = asyncio.create_task(migrate(database))
    cut = (
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
        "WHERE datname = current_database() AND wait_event = 'advisory'"
    )
    for _ in range(1000):
        if await busy.fetch(cut):
            break
        await asyncio.sleep(0.005)
    with pytest.raises(StoreDown, match="went away in the middle of a migration; undone"):
        await under_way
    await busy.close()
    assert await revision(database) == ""
    await migrate(database)
    assert await revision(database) == HEAD


@pytest.mark.parametrize("engine", ["postgres"])
async def test_someone_who_may_not_create_tables_is_told_so(
    database: PostgresDatabase, postgres: PostgresServer
) -> None:
    user, password = f"guest_of_{database.name}", "Quetzalcoatl-0451"
    postgres.sql(f"CREATE ROLE {user} LOGIN PASSWORD '{password}'")
    try:
        with pytest.raises(SchemaUnusable) as caught:
            await migrate(postgres.for_user(user, password, database.name))
    finally:
        postgres.sql(f"DROP ROLE {user}")
    assert "permission denied for schema public" in str(caught.value)
    told = "".join(traceback.format_exception(caught.value))
    assert password not in told
    assert user not in told
    assert tables(database) == set()
