"""The plain SQL of the hot path and the migrated database both agree with the schema."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy.pool import NullPool

from bot.storage import statements
from bot.storage.migrate import migrate
from bot.storage.schema import metadata

STATEMENTS = {name: value for name, value in vars(statements).items() if name.isupper()}


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("schema") / "migrated.db"
    asyncio.run(migrate(path))
    return path


@pytest.fixture(scope="module")
def described(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database made straight from the schema's description, without migrations."""
    path = tmp_path_factory.mktemp("schema") / "described.db"
    engine = sa.create_engine(f"sqlite:///{path}", poolclass=NullPool)
    metadata.create_all(engine)
    return path


@pytest.fixture
def plain(migrated: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(migrated)
    yield connection
    connection.close()


@pytest.mark.parametrize("name", STATEMENTS)
@pytest.mark.parametrize("many", [1, 3])
def test_every_statement_is_understood(name: str, many: int, plain: sqlite3.Connection) -> None:
    statement = STATEMENTS[name].format(marks=",".join("?" * many))
    values = [None] * statement.count("?")
    assert plain.execute(f"EXPLAIN {statement}", values).fetchall()


@pytest.mark.parametrize("name", STATEMENTS)
def test_no_statement_reads_a_whole_table_while_someone_waits(
    name: str, plain: sqlite3.Connection
) -> None:
    """What runs for a message uses an index; cleaning and starting may take their time."""
    cold = ("DROP_", "LOAD_OUTBOX", "NEWEST_DAY_KEY", "ADD_")
    if name.startswith(cold):
        return
    statement = STATEMENTS[name].format(marks="?")
    plan = plain.execute(
        f"EXPLAIN QUERY PLAN {statement}", [None] * statement.count("?")
    ).fetchall()
    scanned = [row[3].split()[1] for row in plan if row[3].startswith("SCAN")]
    made_here = ("CONSTANT", "newest", "(subquery")
    assert [one for one in scanned if not one.startswith(made_here)] == []


def test_every_statement_is_used() -> None:
    sources = "".join(
        path.read_text(encoding="utf-8")
        for path in Path(statements.__file__).parent.glob("*.py")
        if path.name != "statements.py"
    )
    assert [name for name in STATEMENTS if f"sql.{name}" not in sources] == []


def reflected(path: Path) -> dict[str, Any]:
    """Return everything SQLite tells about the tables in a file."""
    engine = sa.create_engine(f"sqlite:///{path}", poolclass=NullPool)
    inspector = sa.inspect(engine)
    found: dict[str, Any] = {}
    with engine.connect() as connection:
        for table in inspector.get_table_names():
            (made,) = connection.execute(
                sa.text("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = :name"),
                {"name": table},
            ).one()
            found[table] = {
                "columns": [
                    (c["name"], str(c["type"]), c["nullable"], c["default"])
                    for c in inspector.get_columns(table)
                ],
                "primary key": inspector.get_pk_constraint(table)["constrained_columns"],
                "indexes": sorted(
                    (i["name"], i["column_names"], i["unique"])
                    for i in inspector.get_indexes(table)
                ),
                "foreign keys": [
                    (k["constrained_columns"], k["referred_table"], k["options"])
                    for k in inspector.get_foreign_keys(table)
                ],
                "unique": [u["column_names"] for u in inspector.get_unique_constraints(table)],
                "counts up": "AUTOINCREMENT" in made,
            }
    return found


def test_the_migrated_database_is_the_one_described(migrated: Path, described: Path) -> None:
    ours = reflected(migrated)
    assert ours.pop("alembic_version")
    assert ours == reflected(described)
    assert ours.keys() == metadata.tables.keys()


def test_alembic_sees_no_difference_either(migrated: Path) -> None:
    engine = sa.create_engine(f"sqlite:///{migrated}", poolclass=NullPool)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_every_row_of_a_person_goes_with_them() -> None:
    for table in metadata.tables.values():
        for key in table.foreign_keys:
            assert key.column.table.name == "people"
            assert key.ondelete == "CASCADE"
            assert any(key.parent.name == i.columns[0].name for i in table.indexes), (
                f"{table.name} is read through on every forget"
            )
