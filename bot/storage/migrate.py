"""Brings a database to the schema this program speaks.

The revision is read by the plain driver and compared with `HEAD`; SQLAlchemy and Alembic, which
take longer to import than the chat takes to open, are imported only when it differs. Migrations
run on a connection of their own inside one transaction. On SQLite foreign keys are off meanwhile,
and checked before it ends: with them on, rebuilding a parent table deletes its children in silence.
"""

from __future__ import annotations

import sqlite3
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from bot.storage.rows import DriverMissing, StoreDown
from bot.storage.where import PostgresDatabase, Where

if TYPE_CHECKING:  # imported for good only when there is something to migrate
    from sqlalchemy import Connection

HEAD = "0003"

OURS = {"people", "day_keys"}
"""Tables that every revision of ours has."""

LEFT_OVER = {"alembic_version", "sqlite_sequence"}
"""Tables of ours that stay when every revision is undone."""

REVISION = "SELECT version_num FROM alembic_version"


class SchemaUnusable(Exception):
    """The database cannot be brought to our schema; the message says why and what to do."""


async def is_founded(where: Where) -> bool:
    """Tell whether there is a store at `where` already; raises StoreDown."""
    if isinstance(where, Path):
        return where.exists()
    try:
        return bool(await revision(where))
    except DriverMissing:
        raise
    except StoreDown as error:
        raise StoreDown(f"{where}: {error}") from error


async def revision(where: Where) -> str:
    """Return the revision of the database at `where`, or "" for a new one; raises StoreDown."""
    if isinstance(where, PostgresDatabase):
        from bot.storage.postgres import revision_on

        return await revision_on(where, REVISION)
    try:
        return _revision_in(where)
    except sqlite3.Error as error:
        raise StoreDown(str(error)) from error


def _revision_in(path: Path) -> str:
    connection = sqlite3.connect(path)
    try:
        row = connection.execute(REVISION).fetchone()
    except sqlite3.OperationalError as error:
        if "no such table" in str(error):
            return ""
        raise
    finally:
        connection.close()
    return str(row[0]) if row else ""


async def migrate(where: Where, target: str = "head") -> None:
    """Bring the database at `where` to `target` unless it is there.

    Raises SchemaUnusable, with nothing changed, and StoreDown where it cannot be reached.
    """
    if target == "head" and await revision(where) == HEAD:
        return
    if isinstance(where, PostgresDatabase):
        await _migrate_postgres(where, target)
    else:
        _migrate_sqlite(where, target)


def _migrate_sqlite(path: Path, target: str) -> None:
    from sqlalchemy import URL, create_engine, event
    from sqlalchemy.exc import DBAPIError
    from sqlalchemy.pool import NullPool

    engine = create_engine(URL.create("sqlite", database=str(path)), poolclass=NullPool)

    @event.listens_for(engine, "connect")
    def leave_transactions_to_us(connection: sqlite3.Connection, _: object) -> None:
        connection.isolation_level = None
        connection.execute("PRAGMA foreign_keys = OFF")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    try:
        with engine.begin() as connection:
            _move(connection, path, target)
            orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
            if orphans:
                raise SchemaUnusable(
                    f"{path}: the migration would orphan {len(orphans)} rows; undone"
                )
    except DBAPIError as error:
        raise _undone(path, error) from error
    finally:
        engine.dispose()


async def _migrate_postgres(where: PostgresDatabase, target: str) -> None:
    from sqlalchemy.exc import DBAPIError
    from sqlalchemy.ext.asyncio import create_async_engine
    from sqlalchemy.pool import NullPool

    from bot.storage.postgres import MIGRATING, connected, first_words

    engine = create_async_engine(
        "postgresql+asyncpg://",
        async_creator=partial(connected, where, patient=True),
        poolclass=NullPool,
    )
    try:
        async with engine.begin() as connection:
            # Two programs that start together: the second waits, and finds nothing left to do.
            await connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({MIGRATING})")
            await connection.run_sync(_move, where, target)
    except DBAPIError as error:
        if error.connection_invalidated:
            raise StoreDown("the server went away in the middle of a migration; undone") from None
        # `from None`, and without its details: in those the server quotes the row.
        raise SchemaUnusable(f"{where}: {first_words(error)}; undone") from None
    finally:
        await engine.dispose()


def _move(connection: Connection, where: Where, target: str) -> None:
    """Run the scripts between where the database stands and `target`."""
    from alembic import command
    from alembic.config import Config
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory
    from alembic.util.exc import CommandError
    from sqlalchemy import inspect

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    found = MigrationContext.configure(connection).get_current_revision() or ""
    tables = set(inspect(connection).get_table_names())
    if not (tables >= OURS if found else tables <= LEFT_OVER):
        raise SchemaUnusable(
            f"{where} holds tables of another program. Give Alongside a database of its own."
        )
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if found and found not in known:
        raise SchemaUnusable(
            f"{where} was written by a newer Alongside (schema {found}, this one knows up to "
            f"{HEAD}). Run the newer program again; this one has changed nothing."
        )
    try:
        if target == "head" or (target != "base" and target > found):
            command.upgrade(config, target)
        else:
            command.downgrade(config, target)
    except CommandError as error:
        raise _undone(where, error) from error


def _undone(where: Where, error: Exception) -> SchemaUnusable:
    return SchemaUnusable(f"{where}: {getattr(error, 'orig', error)}; undone")
