"""The very first start, which makes the database, killed at each of its statements."""

from __future__ import annotations

import asyncio
import os
import signal
import sqlite3
from pathlib import Path

import asyncpg

from bot.storage.store import Store
from bot.storage.vault import Keyring, Vault
from bot.storage.where import PostgresDatabase
from tests.kill.homes import Homes
from tests.kill.kept import KEYS, database
from tests.kill.points import (
    POINTS,
    Fate,
    PointedConnection,
    PointedPostgres,
    kind,
    passed,
)
from tests.kill.trials import Job, Report, chosen, fork


class Founding:
    """Makes an empty store in forked children."""

    def __init__(self, job: Job, base: Path, homes: Homes) -> None:
        """Work in `base`."""
        self._job = job
        self._base = base
        self._homes = homes

    def run(self) -> Report:
        """Make a store unharmed, then once for each point that is tried."""
        report = Report()
        calm = self._folder("calm")
        assert self._start(calm, 0) == 0, (self._base / "trouble").read_text()
        wanted = schema(calm)
        names = passed(calm / "trace")
        report.points = {name: names.count(name) for name in dict.fromkeys(names)}
        for at in chosen(names, self._job.most, self._job.salt):
            report.tried.append(names[at - 1])
            where = f"point {at}, {names[at - 1]}"
            folder = self._folder("trial")
            status = self._start(folder, at)
            if not os.WIFSIGNALED(status) or os.WTERMSIG(status) != signal.SIGKILL:
                report.wrong.append(f"{where}: not killed: {status}")
            if self._start(folder, 0) != 0:
                report.wrong.append(f"{where}: does not start again")
            elif schema(folder) != wanted:
                report.wrong.append(f"{where}: made {schema(folder)}")
            self._homes.remove(folder)
        return report

    def _folder(self, name: str) -> Path:
        folder = self._homes.make(self._base / name)
        Keyring.create(folder / KEYS)
        return folder

    def _start(self, folder: Path, at: int) -> int:
        return fork(lambda: open_and_close(folder, at), self._base)


async def open_and_close(folder: Path, at: int) -> None:
    """Make the store if it is not there, with points in the migration as well."""
    from sqlalchemy import event
    from sqlalchemy.engine import Engine

    @event.listens_for(Engine, "before_cursor_execute")
    def before(connection: object, cursor: object, statement: str, *_: object) -> None:
        POINTS(f"before {kind(statement)}")

    @event.listens_for(Engine, "after_cursor_execute")
    def after(connection: object, cursor: object, statement: str, *_: object) -> None:
        POINTS(f"after {kind(statement)}")

    @event.listens_for(Engine, "commit")
    def commit(connection: object) -> None:
        POINTS("before COMMIT")

    with POINTS.acting(Fate(folder / "trace", at)):
        vault = Vault(Keyring.read(folder / KEYS))
        where = database(folder)
        pointed = PointedConnection if isinstance(where, Path) else PointedPostgres
        store = await Store.open(where, vault, connection_class=pointed)
        await store.close()


def schema(folder: Path) -> list[tuple[str, str]]:
    """Return what the database is made of, and its revision."""
    where = database(folder)
    if isinstance(where, PostgresDatabase):
        return asyncio.run(schema_on(where))
    connection = sqlite3.connect(where)
    try:
        made = connection.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()
        made += connection.execute("SELECT 'revision', version_num FROM alembic_version").fetchall()
    finally:
        connection.close()
    return made


async def schema_on(where: PostgresDatabase) -> list[tuple[str, str]]:
    """Return the same of a PostgreSQL database."""
    connection = await asyncpg.connect(where.url)
    try:
        made = await connection.fetch(
            "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' UNION ALL "
            "SELECT table_name || '.' || column_name, data_type FROM information_schema.columns "
            "WHERE table_schema = 'public' UNION ALL SELECT 'revision', version_num "
            "FROM alembic_version ORDER BY 1, 2"
        )
    finally:
        await connection.close()
    return [tuple(row) for row in made]
