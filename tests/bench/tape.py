"""Records what real turns issue to SQLite: every statement and row, sealed blobs and all.

    python -m tests.bench.tape DATABASE MEMBERS TAPE --messages 12800

One message at a time, so that it is known whose each row is.
"""

from __future__ import annotations

import argparse
import asyncio
import pickle
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from tests.bench.checkin import arrival, in_turn, picked
from tests.bench.ours import Desk, at_work

Row = tuple[Any, ...]
Statement = tuple[str, list[Row]]
Transaction = list[Statement]

HEARD: Transaction = []
"""What was issued since it was last cleared; SQLite makes the cursors, so they share one list."""


class TapedCursor(sqlite3.Cursor):
    """A cursor that remembers every statement."""

    def execute(self, sql: str, parameters: Any = (), /) -> Self:
        """Run one statement, and remember it."""
        HEARD.append((sql, [tuple(parameters)]))
        super().execute(sql, parameters)
        return self

    def executemany(self, sql: str, parameters: Any, /) -> Self:
        """Run one statement for several rows, and remember them."""
        rows = [tuple(row) for row in parameters]
        HEARD.append((sql, rows))
        super().executemany(sql, rows)
        return self


class TapedConnection(sqlite3.Connection):
    """A connection whose every statement is remembered."""

    def cursor(self, factory: Any = None) -> Any:
        """Return a cursor that remembers."""
        return super().cursor(factory or TapedCursor)

    def execute(self, sql: str, parameters: Any = (), /) -> sqlite3.Cursor:
        """Run one statement, and remember it."""
        return TapedCursor(self).execute(sql, parameters)

    def executemany(self, sql: str, parameters: Any, /) -> sqlite3.Cursor:
        """Run one statement for several rows, and remember them."""
        return TapedCursor(self).executemany(sql, parameters)


@dataclass(frozen=True, slots=True)
class Message:
    """What one message issued: its turn up to the commit, and what followed its being answered."""

    turn: Transaction
    after: Transaction


@dataclass(frozen=True, slots=True)
class Tape:
    """The settings of the connection, and every message in the order it came."""

    settings: list[str]
    messages: list[Message]


async def record(database: str, members: int, *, messages: int) -> Tape:
    """Return what real turns issue to the store in `database`."""
    desk = Desk()
    found: list[Message] = []
    HEARD.clear()
    async with at_work(database, desk, TapedConnection) as house:
        settings = [sql for sql, _ in HEARD if _is_setting(sql)]
        for member, words in in_turn(picked(members, messages)):
            HEARD.clear()
            await house.runner.take(arrival(member, words))
            await house.outbox.idle()
            found.append(_message(HEARD))
    return Tape(settings, found)


def _is_setting(sql: str) -> bool:
    return sql.startswith("PRAGMA") and "=" in sql and "user_version" not in sql


def _message(heard: Transaction) -> Message:
    end = next(place for place, (sql, _) in enumerate(heard) if sql == "COMMIT")
    return Message(_rows_only(heard[:end]), _rows_only(heard[end:]))


def _rows_only(heard: Iterable[Statement]) -> Transaction:
    verbs = ("SELECT", "INSERT", "UPDATE", "DELETE")
    return [(sql, rows) for sql, rows in heard if sql.startswith(verbs)]


def main() -> None:
    """Record what the command line asks for."""
    from tests.bench import tape  # what is pickled must be named by its module, not "__main__"

    parser = argparse.ArgumentParser()
    parser.add_argument("database")
    parser.add_argument("members", type=int)
    parser.add_argument("tape", type=Path)
    parser.add_argument("--messages", type=int, default=13_440)
    asked = parser.parse_args()
    heard = tape.record(asked.database, asked.members, messages=asked.messages)
    asked.tape.write_bytes(pickle.dumps(asyncio.run(heard)))


if __name__ == "__main__":
    main()
