"""Failpoints: named places where the program can be killed, interrupted or made to fail.

They sit at the lowest seam there is above the database and the platform: the driver's own cursor
or connection, and the two things an adapter tells its platform. A point stands before and after
each statement, named by its kind ("before INSERT people", "after COMMIT"), so nothing in `bot/`
knows about them.
"""

from __future__ import annotations

import os
import re
import signal
import sqlite3
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import asyncpg

START = "start"
"""A line of the trace that is no point: here a process began."""

Act = Callable[[str], None]


def kind(statement: str) -> str:
    """Return what a statement does and to which table, without its details."""
    verb = statement.split(maxsplit=1)[0].upper()
    match verb:
        case "PRAGMA":
            name = re.findall(r"\w+", statement)[1]
            return f"PRAGMA {name}" + (" =" if "=" in statement else "")
        case "SELECT":
            counted = "COUNT " if "COUNT(" in statement else ""
            return f"{counted or 'SELECT '}{_table('FROM', statement)}"
        case "INSERT":
            return f"INSERT {_table('INTO', statement)}"
        case "UPDATE":
            return f"UPDATE {_table('UPDATE', statement)}"
        case "DELETE":
            by = re.search(r"WHERE (\w+)", statement)
            return f"DELETE {_table('FROM', statement)}" + (f" by {by[1]}" if by else "")
        case _:
            return verb


def _table(word: str, statement: str) -> str:
    found = re.search(rf"\b{word} (\w+)", statement)
    return found[1] if found else "?"


class Points:
    """The points a process passes, and what to do there."""

    def __init__(self) -> None:
        """Do nothing at any point."""
        self.names: list[str] = []
        self._act: Act | None = None

    def __call__(self, name: str) -> None:
        """Pass the point `name`."""
        self.names.append(name)
        if self._act:
            self._act(name)

    @contextmanager
    def acting(self, act: Act) -> Iterator[None]:
        """Do `act` at every point, and start counting anew."""
        self.names.clear()
        self._act = act
        try:
            yield
        finally:
            self._act = None


POINTS = Points()
"""One for each process: it is SQLite that makes the cursors, so they cannot be handed one."""


class PointedCursor(sqlite3.Cursor):
    """A cursor with a point before and after each statement."""

    def execute(self, sql: str, parameters: Any = (), /) -> PointedCursor:
        """Run one statement between two points."""
        POINTS(f"before {kind(sql)}")
        super().execute(sql, parameters)
        POINTS(f"after {kind(sql)}")
        return self

    def executemany(self, sql: str, parameters: Any, /) -> PointedCursor:
        """Run one statement for several rows between two points."""
        POINTS(f"before {kind(sql)}")
        super().executemany(sql, parameters)
        POINTS(f"after {kind(sql)}")
        return self


class PointedConnection(sqlite3.Connection):
    """A connection whose every statement goes through a `PointedCursor`.

    Our store ends transactions with statements; the methods that would end one past the cursor are
    refused.
    """

    def cursor(self, factory: Any = None) -> Any:
        """Return a cursor with points."""
        return super().cursor(factory or PointedCursor)

    def execute(self, sql: str, parameters: Any = (), /) -> sqlite3.Cursor:
        """Run one statement on a cursor with points."""
        return PointedCursor(self).execute(sql, parameters)

    def executemany(self, sql: str, parameters: Any, /) -> sqlite3.Cursor:
        """Run one statement for several rows on a cursor with points."""
        return PointedCursor(self).executemany(sql, parameters)

    def executescript(self, sql_script: str, /) -> sqlite3.Cursor:
        """Refuse: a script has statements that no point stands between."""
        raise AssertionError("a script")

    def commit(self) -> None:
        """Refuse: no point stands before it."""
        raise AssertionError("a commit that is no statement")

    def rollback(self) -> None:
        """Refuse: no point stands before it."""
        raise AssertionError("a rollback that is no statement")


class PointedPostgres(asyncpg.Connection):
    """A connection to PostgreSQL with a point before and after each statement."""

    async def execute(self, query: str, *values: Any, **rest: Any) -> Any:
        """Run one statement between two points."""
        return await self._between(query, super().execute(query, *values, **rest))

    async def executemany(self, command: str, rows: Any, **rest: Any) -> Any:
        """Run one statement for several rows between two points."""
        return await self._between(command, super().executemany(command, rows, **rest))

    async def fetch(self, query: str, *values: Any, **rest: Any) -> Any:
        """Read between two points."""
        return await self._between(query, super().fetch(query, *values, **rest))

    async def fetchmany(self, query: str, rows: Any, **rest: Any) -> Any:
        """Run one statement for several rows, and count, between two points."""
        return await self._between(query, super().fetchmany(query, rows, **rest))

    async def _between(self, query: str, work: Awaitable[Any]) -> Any:
        POINTS(f"before {kind(query)}")
        done = await work
        POINTS(f"after {kind(query)}")
        return done


class Fate:
    """Writes down every point in a file that outlives the process, and ends it at point `at`.

    Points are counted over all processes that wrote to the same trace; 0 is never reached.
    """

    def __init__(self, trace: Path, at: int = 0, by: signal.Signals = signal.SIGKILL) -> None:
        """Go on in `trace`, and send this process `by` at point number `at`."""
        self._file = os.open(trace, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        self._count = len(passed(trace))
        self._at = at
        self._by = by
        os.write(self._file, f"{START}\n".encode())

    def __call__(self, name: str) -> None:
        """Note the point; at the chosen one, end."""
        os.write(self._file, f"{name}\n".encode())
        self._count += 1
        if self._count == self._at:
            os.kill(os.getpid(), self._by)
            if self._by != signal.SIGKILL:
                time.sleep(0.005)  # let the main thread take it while the statement is under way


def passed(trace: Path) -> list[str]:
    """Return the points in `trace`, in order, of all processes."""
    return [name for name in _lines(trace) if name != START]


def lives(trace: Path) -> list[list[str]]:
    """Return the points in `trace`, a list for each process."""
    found: list[list[str]] = []
    for name in _lines(trace):
        if name == START:
            found.append([])
        else:
            found[-1].append(name)
    return found


def _lines(trace: Path) -> list[str]:
    return trace.read_text(encoding="utf-8").splitlines() if trace.exists() else []
