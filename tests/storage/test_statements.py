"""The plain SQL of the hot path and the migrated database both agree with the schema."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from bot.storage import statements
from bot.storage.bulk import BULK
from bot.storage.migrate import migrate
from bot.storage.postgres import connected, numbered
from bot.storage.schema import metadata
from bot.storage.where import PostgresDatabase, Where
from tests.postgres import PostgresServer
from tests.storage.people import apart, rows

T = TypeVar("T")

STATEMENTS = {name: value for name, value in vars(statements).items() if name.isupper()}

COLD = ("DROP_", "LOAD_OUTBOX", "NEWEST_DAY_KEY", "ADD_")
"""Statements of cleaning and starting, which may take their time, and those that only add."""

HOT = {name: value for name, value in STATEMENTS.items() if not name.startswith(COLD)}


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def migrated(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Where]:
    if request.param == "sqlite":
        path = tmp_path_factory.mktemp("schema") / "migrated.db"
        apart(migrate(path))
        yield path
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    database = server.fresh()
    apart(migrate(database))
    yield database
    server.drop(database)


@pytest.fixture(scope="module")
def described(
    migrated: Where, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Where]:
    """A database made straight from the schema's description, without migrations."""
    if isinstance(migrated, Path):
        path = tmp_path_factory.mktemp("schema") / "described.db"
        on(path, metadata.create_all)
        yield path
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    database = server.fresh()
    on(database, metadata.create_all)
    yield database
    server.drop(database)


def on(where: Where, work: Callable[[sa.Connection], T]) -> T:
    """Return what `work` returns for a connection through SQLAlchemy, and commit."""
    if not isinstance(where, Path):
        return apart(_on_postgres(where, work))
    engine = sa.create_engine(f"sqlite:///{where}", poolclass=NullPool)
    with engine.begin() as connection:
        return work(connection)


async def _on_postgres(where: PostgresDatabase, work: Callable[[sa.Connection], T]) -> T:
    engine = create_async_engine(
        "postgresql+asyncpg://", async_creator=partial(connected, where), poolclass=NullPool
    )
    try:
        async with engine.begin() as connection:
            return await connection.run_sync(work)
    finally:
        await engine.dispose()


@pytest.mark.parametrize("many", [1, 3])
def test_every_statement_is_understood(many: int, migrated: Where) -> None:
    for name, pattern in STATEMENTS.items():
        statement = pattern.format(marks=",".join("?" * many))
        assert plan(migrated, statement), name


def plan(where: Where, statement: str) -> list[str]:
    """Return how the engine would carry out `statement`, a line a step, using indexes if it can."""
    if isinstance(where, Path):
        values = [None] * statement.count("?")
        return [row[3] for row in rows(where, f"EXPLAIN QUERY PLAN {statement}", values)] or ["-"]
    return apart(_plan(where, numbered(statement), statement.count("?")))


async def _plan(where: PostgresDatabase, statement: str, values: int) -> list[str]:
    connection = await connected(where)
    try:
        # The driver asks for the types of all values here, as it does when the program runs.
        prepared = await connection.prepare(statement)
        assert len(prepared.get_parameters()) == values
        await connection.execute("SET enable_seqscan = off")
        await connection.execute("SET plan_cache_mode = force_generic_plan")
        await connection.execute(f"PREPARE it AS {statement}")
        nothing = ", ".join(["NULL"] * values)
        given = f"({nothing})" if nothing else ""
        return [line for (line,) in await connection.fetch(f"EXPLAIN EXECUTE it{given}")]
    finally:
        await connection.close()


@pytest.mark.parametrize("migrated", ["postgres"], indirect=True)
def test_what_a_server_is_given_for_many_rows_is_understood_and_takes_the_same_values(
    migrated: PostgresDatabase,
) -> None:
    for one, many in BULK.items():
        steps = apart(_plan(migrated, many, one.count("?")))
        assert [step for step in steps if "Seq Scan" in step] == [], many


def test_no_statement_reads_a_whole_table_while_someone_waits(migrated: Where) -> None:
    """What runs for a message uses an index; cleaning and starting may take their time."""
    made_here = ("CONSTANT", "chain", "newest", "(subquery")
    scanned = "SCAN " if isinstance(migrated, Path) else "Seq Scan on "
    for name, pattern in HOT.items():
        steps = plan(migrated, pattern.format(marks="?"))
        whole = [line.partition(scanned)[2] for line in steps if scanned in line]
        assert [one for one in whole if not one.startswith(made_here)] == [], (name, steps)


@pytest.mark.parametrize("migrated", ["sqlite"], indirect=True)
@pytest.mark.parametrize("name", ["LOAD_FACTS", "COUNT_FACTS"])
def test_what_was_corrected_is_looked_up_and_not_looked_for(name: str, migrated: Where) -> None:
    """Else every fact that is read looks at all others: 2,000 of them took a second."""
    steps = plan(migrated, STATEMENTS[name])
    assert any("records_replaced (person_id=? AND replaces=?)" in step for step in steps), steps


def test_a_whole_table_would_be_noticed(migrated: Where) -> None:
    steps = " ".join(plan(migrated, "SELECT 1 FROM records WHERE replaces = ?"))
    assert "SCAN r" in steps or "Seq Scan on records" in steps


def test_every_statement_is_used() -> None:
    sources = "".join(
        path.read_text(encoding="utf-8")
        for path in Path(statements.__file__).parent.glob("*.py")
        if path.name not in ("statements.py", "bulk.py")
    )
    used = set(re.findall(r"\bsql\.(\w+)", sources))
    assert set(STATEMENTS) - used == set()


def reflected(connection: sa.Connection) -> dict[str, Any]:
    """Return everything the engine tells about the tables it has."""
    inspector = sa.inspect(connection)
    return {
        table: {
            "columns": [
                (c["name"], str(c["type"]), c["nullable"], c["default"], c.get("autoincrement"))
                for c in inspector.get_columns(table)
            ],
            "primary key": inspector.get_pk_constraint(table)["constrained_columns"],
            "indexes": sorted(
                (i["name"], i["column_names"], i["unique"]) for i in inspector.get_indexes(table)
            ),
            "foreign keys": [
                (k["constrained_columns"], k["referred_table"], k["options"])
                for k in inspector.get_foreign_keys(table)
            ],
            "unique": [u["column_names"] for u in inspector.get_unique_constraints(table)],
        }
        for table in inspector.get_table_names()
    }


def counting_up(where: Path) -> set[str]:
    """Return the tables of a file whose numbers are never given twice."""
    made = rows(where, "SELECT name FROM sqlite_master WHERE sql LIKE '%AUTOINCREMENT%'")
    return {name for (name,) in made}


def test_the_migrated_database_is_the_one_described(migrated: Where, described: Where) -> None:
    ours, wanted = on(migrated, reflected), on(described, reflected)
    assert ours.pop("alembic_version")
    assert ours == wanted
    assert ours.keys() == metadata.tables.keys()
    if isinstance(migrated, Path) and isinstance(described, Path):
        assert counting_up(migrated) == counting_up(described) == {"outbox"}


def test_alembic_sees_no_difference_either(migrated: Where) -> None:
    def differences(connection: sa.Connection) -> list[Any]:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, metadata))

    assert on(migrated, differences) == []


def test_every_row_of_a_person_goes_with_them() -> None:
    for table in metadata.tables.values():
        for key in table.foreign_keys:
            assert key.column.table.name == "people"
            assert key.ondelete == "CASCADE"
            assert any(key.parent.name == i.columns[0].name for i in table.indexes), (
                f"{table.name} is read through on every forget"
            )
