"""An old database becomes today's with every row in it, or stays exactly as it was."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory

import bot
from bot.core.state import Session
from bot.storage import migrate as module
from bot.storage import unit
from bot.storage.codec import encode_session
from bot.storage.migrate import HEAD, SchemaUnusable, migrate, revision
from bot.storage.rows import Change, Sent, StoreDown, Waiting
from bot.storage.store import Store
from bot.storage.vault import Vault
from tests.runtime.fakes import NOON, Disk
from tests.storage.people import (
    KEYRING,
    TABLES,
    counts,
    facts,
    load,
    member,
    message,
    promise,
    record,
    rows,
    settle,
    write,
)


async def fill(database: Path) -> Mapping[str, int]:
    """Put something into every table, for three people, and return how many rows each has."""
    store = await Store.open(database, Vault(KEYRING))
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


async def everyone_is_there(database: Path) -> bool:
    store = await Store.open(database, Vault(KEYRING))
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


def dump(database: Path) -> list[str]:
    connection = sqlite3.connect(database)
    try:
        return list(connection.iterdump())
    finally:
        connection.close()


def scripts() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", str(Path(module.__file__).parent / "migrations"))
    return ScriptDirectory.from_config(config)


def test_head_is_the_newest_script() -> None:
    assert scripts().get_current_head() == HEAD
    revisions = [one.revision for one in scripts().walk_revisions()]
    assert revisions == sorted(revisions, reverse=True), "upgrading compares them as text"


async def test_a_new_file_becomes_todays(database: Path) -> None:
    assert await revision(database) == ""
    await migrate(database)
    assert await revision(database) == HEAD
    assert set(counts(database)) == set(TABLES)


async def test_todays_file_is_left_alone(database: Path) -> None:
    await fill(database)
    before = dump(database)
    await migrate(database)
    assert dump(database) == before


async def test_down_to_nothing_and_up_again(database: Path) -> None:
    await fill(database)
    await migrate(database, "base")
    tables = rows(database, "SELECT name FROM sqlite_master WHERE type = 'table'")
    assert {name for (name,) in tables} <= {"alembic_version", "sqlite_sequence"}
    await migrate(database)
    assert set(counts(database).values()) == {0}


async def test_every_step_down_and_up_keeps_the_people(database: Path) -> None:
    await fill(database)
    people = counts(database)["people"]
    for script in scripts().walk_revisions():
        if script.down_revision is None:
            break
        await migrate(database, str(script.down_revision))
        assert counts_of_tables(database)["people"] == people
        assert rows(database, "PRAGMA foreign_key_check") == []
    await migrate(database)
    assert counts(database)["people"] == people


def as_in_version_1(session: Session) -> bytes:
    """Return `session` as the first program stored it."""
    _, _, written = encode_session(session).partition(b":")
    was = {name: value for name, value in json.loads(written).items() if name != "care"}
    return b"1:" + json.dumps(was).encode()


@pytest.fixture
async def first(database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A filled database as the first program left it: its schema, and sessions of its version."""
    with monkeypatch.context() as was:
        was.setattr(unit, "encode_session", as_in_version_1)
        await fill(database)
    old = tmp_path / "first.db"
    await migrate(old, "0001")
    for table in TABLES:
        if table in counts_of_tables(old):
            connection = sqlite3.connect(old)
            connection.execute("ATTACH ? AS filled", [str(database)])
            with connection:
                connection.execute(f"INSERT INTO main.{table} SELECT * FROM filled.{table}")
            connection.close()
    return old


def counts_of_tables(database: Path) -> Mapping[str, int]:
    """Return how many rows there are in each table that a database of any revision has."""
    names = rows(database, "SELECT name FROM sqlite_master WHERE type = 'table'")
    return {
        name: rows(database, f"SELECT COUNT(*) FROM {name}")[0][0]
        for (name,) in names
        if name in TABLES
    }


async def test_the_first_programs_database_becomes_todays(first: Path) -> None:
    before = counts_of_tables(first)
    assert await revision(first) == "0001"
    assert before.keys() == set(TABLES) - {"reminders"}
    assert all(before.values()), before
    assert await everyone_is_there(first)
    assert await revision(first) == HEAD
    assert counts(first) == {**before, "reminders": 0}
    assert rows(first, "PRAGMA foreign_key_check") == []

    await migrate(first, "0001")
    assert counts_of_tables(first) == before
    assert await everyone_is_there(first)


async def test_a_newer_schema_is_refused_and_left_alone(database: Path) -> None:
    await fill(database)
    rows(database, "UPDATE alembic_version SET version_num = '9999'")
    before = database.read_bytes()  # noqa: ASYNC240
    with pytest.raises(SchemaUnusable) as caught:
        await Store.open(database, Vault(KEYRING))
    assert str(caught.value) == (
        f"{database} was written by a newer Alongside (schema 9999, this one knows up to {HEAD}). "
        "Run the newer program again; this one has changed nothing."
    )
    assert database.read_bytes() == before  # noqa: ASYNC240


async def test_a_folder_where_the_file_should_be_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreDown):
        await migrate(tmp_path)


async def test_a_current_schema_needs_neither_sqlalchemy_nor_alembic(database: Path) -> None:
    await fill(database)
    look = f"""
import asyncio, sys
from pathlib import Path
from bot.cli.chat import run_chat  # all that a start imports
from bot.storage.store import Store
from bot.storage.vault import Vault
from tests.storage.people import KEYRING

async def main():
    await (await Store.open(Path({str(database)!r}), Vault(KEYRING))).close()

asyncio.run(main())
print(sorted({{name.partition(".")[0] for name in sys.modules}} & {{"sqlalchemy", "alembic"}}))
"""
    assert run(look, cwd=Path(bot.__file__).parents[1]) == "[]"


# --- a migration of tomorrow, planted in a copy of the program ------------------------------------

REBUILD = '''
"""Rebuild the table that the others refer to."""
import sqlalchemy as sa
from alembic import op

revision = "9000"
down_revision = "{head}"


def upgrade() -> None:
    with op.batch_alter_table("people", recreate="always") as table:
        table.add_column(sa.Column("planted", sa.Integer, nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("people", recreate="always") as table:
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

STEP = """
import asyncio, json, sys
from pathlib import Path
import bot
from bot.storage.migrate import SchemaUnusable, migrate
assert Path(bot.__file__).parents[1] == Path.cwd()
try:
    asyncio.run(migrate(Path(sys.argv[1]), sys.argv[2]))
    print(json.dumps("done"))
except SchemaUnusable as error:
    print(json.dumps(str(error)))
"""

Step = Callable[[str, str], str]


@pytest.fixture
def tomorrow(tmp_path: Path, database: Path) -> Step:
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
        return str(json.loads(run(STEP, str(database), target, cwd=home)))

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
    database: Path, tomorrow: Step
) -> None:
    before = await fill(database)
    assert tomorrow(REBUILD, "head") == "done"
    assert await revision(database) == "9000"
    assert counts(database) == before
    assert "planted" in dump_of(database, "people")
    assert rows(database, "PRAGMA foreign_key_check") == []
    with pytest.raises(SchemaUnusable, match="newer Alongside"):
        await migrate(database)

    assert tomorrow(REBUILD, HEAD) == "done"
    assert await revision(database) == HEAD
    assert counts(database) == before
    assert "planted" not in dump_of(database, "people")
    assert await everyone_is_there(database)


def dump_of(database: Path, table: str) -> str:
    ((made,),) = rows(database, "SELECT sql FROM sqlite_master WHERE name = ?", [table])
    return str(made)


@pytest.mark.parametrize(
    ("source", "said"),
    [(ORPHAN, "the migration would orphan 6 rows; undone"), (BREAK, "no such table: nowhere")],
    ids=["it orphans", "it breaks"],
)
async def test_a_migration_that_goes_wrong_is_undone_whole(
    database: Path, tomorrow: Step, source: str, said: str
) -> None:
    await fill(database)
    before = dump(database)
    assert said in tomorrow(source, "head")
    assert dump(database) == before
    assert await revision(database) == HEAD
    assert await everyone_is_there(database)


async def test_a_disk_that_fails_under_the_first_migration_is_told(tmp_path: Path) -> None:
    database = tmp_path / "nowhere" / "alongside.db"
    with pytest.raises(StoreDown) as caught:
        await Store.open(database, Vault(KEYRING), connection_class=Disk().connection_class)
    assert str(database) in str(caught.value)
