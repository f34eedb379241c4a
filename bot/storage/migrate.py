"""Brings a database to the schema this program speaks.

The revision is read by the plain driver and compared with `HEAD`; SQLAlchemy and Alembic, which
take longer to import than the chat takes to open, are imported only when it differs. Migrations
run on a connection of their own with foreign keys off, inside one transaction, and the keys are
checked before it ends: with them on, rebuilding a parent table deletes its children in silence.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

HEAD = "0002"


class SchemaUnusable(Exception):
    """The database cannot be brought to our schema; the message says why and what to do."""


def revision(path: Path) -> str:
    """Return the revision of the database at `path`, or "" for a new one."""
    connection = sqlite3.connect(path)
    try:
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.OperationalError as error:
        if "no such table" in str(error):
            return ""
        raise
    finally:
        connection.close()
    return str(row[0]) if row else ""


def migrate(path: Path, target: str = "head") -> None:
    """Bring the database at `path` to `target` unless it is there; raises SchemaUnusable."""
    found = revision(path)
    if found == HEAD and target == "head":
        return
    _run(path, target, found)


def _run(path: Path, target: str, found: str) -> None:
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory
    from alembic.util.exc import CommandError
    from sqlalchemy import URL, create_engine, event
    from sqlalchemy.exc import DBAPIError
    from sqlalchemy.pool import NullPool

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if found and found not in known:
        raise SchemaUnusable(
            f"{path} was written by a newer Alongside (schema {found}, this one knows up to "
            f"{HEAD}). Run the newer program again; this one has changed nothing."
        )
    engine = create_engine(URL.create("sqlite", database=str(path)), poolclass=NullPool)

    @event.listens_for(engine, "connect")
    def leave_transactions_to_us(connection: sqlite3.Connection, _: object) -> None:
        connection.isolation_level = None
        connection.execute("PRAGMA foreign_keys = OFF")

    @event.listens_for(engine, "begin")
    def begin(connection: object) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")  # type: ignore[attr-defined]

    try:
        with engine.begin() as connection:
            config.attributes["connection"] = connection
            if target == "head" or (target != "base" and target > found):
                command.upgrade(config, target)
            else:
                command.downgrade(config, target)
            orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
            if orphans:
                raise SchemaUnusable(
                    f"{path}: the migration would orphan {len(orphans)} rows; undone"
                )
    except (CommandError, DBAPIError) as error:
        raise SchemaUnusable(f"{path}: {getattr(error, 'orig', error)}; undone") from error
    finally:
        engine.dispose()
