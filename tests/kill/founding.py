"""The very first start, which makes the database, killed at each of its statements."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
from pathlib import Path

from bot.storage.store import Store
from bot.storage.vault import Keyring, Vault
from tests.kill.kept import DATABASE, KEYS
from tests.kill.points import POINTS, Fate, PointedConnection, kind, passed
from tests.kill.trials import Job, Report, chosen, fork


class Founding:
    """Makes an empty store in forked children."""

    def __init__(self, job: Job, base: Path) -> None:
        """Work in `base`."""
        self._job = job
        self._base = base

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
            shutil.rmtree(folder)
        return report

    def _folder(self, name: str) -> Path:
        folder = self._base / name
        folder.mkdir()
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
        store = await Store.open(folder / DATABASE, vault, connection_class=PointedConnection)
        await store.close()


def schema(folder: Path) -> list[tuple[str, str]]:
    """Return what the database is made of, and its revision."""
    connection = sqlite3.connect(folder / DATABASE)
    try:
        made = connection.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()
        made += connection.execute("SELECT 'revision', version_num FROM alembic_version").fetchall()
    finally:
        connection.close()
    return made
