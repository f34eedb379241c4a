"""Folders that a talk is played in, each with the database that belongs to it."""

from __future__ import annotations

import shutil
from pathlib import Path

from bot.storage.where import PostgresDatabase
from tests.kill.kept import URL, database
from tests.postgres import PostgresServer


class Homes:
    """Makes, copies and removes them: on files, or with a `server` on that."""

    def __init__(self, server: PostgresServer | None) -> None:
        """Put every database on `server`, if there is one."""
        self._server = server

    def make(self, folder: Path) -> Path:
        """Return `folder`, made with an empty database."""
        folder.mkdir(parents=True)
        if self._server:
            (folder / URL).write_text(self._server.fresh().url)
        return folder

    def copy(self, folder: Path, to: Path) -> Path:
        """Return `to`, which has all that is in `folder`."""
        shutil.copytree(folder, to)
        before = database(folder)
        if self._server and isinstance(before, PostgresDatabase):
            (to / URL).write_text(self._server.fresh(template=before.name).url)
        return to

    def remove(self, folder: Path) -> None:
        """Remove `folder` and its database, whoever still holds on to it."""
        where = database(folder)
        if self._server and isinstance(where, PostgresDatabase):
            self._server.drop(where)
        shutil.rmtree(folder)
