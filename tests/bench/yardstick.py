"""The yardstick: a plain loop that issues the very statements of our turns, and does nothing else.

    python -m tests.bench.yardstick DATABASE TAPE --per-commit 64 [--twice]

Replays what `tape` recorded against a copy of the same database. A commit holds what 64 messages
(or one) issued: every kind of statement once, for all their rows; with `--twice`, what follows the
answers is committed by itself, as a lone turn of ours does. No event loop, no thread, no
Python between two statements; the same settings, so the same durability.
"""

from __future__ import annotations

import argparse
import pickle
import sqlite3
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import chain
from pathlib import Path

from tests.bench.measure import Figures, Stopwatch
from tests.bench.tape import Message, Row, Statement, Tape, Transaction


def transactions(messages: Sequence[Message], per_commit: int) -> Iterator[Transaction]:
    """Yield the statements of one commit after another.

    What follows an answer belongs to the next commit, as in life: a reply is promised durably
    before it is sent, and taken off the list after.
    """
    owed: list[Transaction] = []
    for first in range(0, len(messages), per_commit):
        group = messages[first : first + per_commit]
        yield _together(chain(*owed, *(one.turn for one in group)))
        owed = [one.after for one in group]
    yield _together(chain(*owed))


def twice(messages: Sequence[Message]) -> Iterator[Transaction]:
    """Yield two commits for each message: its turn, and what followed its answer."""
    for one in messages:
        yield _together(one.turn)
        yield _together(one.after)


def _together(statements: Iterable[Statement]) -> Transaction:
    """Return each kind of statement once, with the rows of all; a look-up asks for all at once."""
    kinds: dict[str, list[Row]] = {}
    for sql, rows in statements:
        kinds.setdefault(sql, []).extend(rows)
    found: Transaction = []
    for sql, rows in kinds.items():
        if sql.startswith("SELECT") and sql.endswith(" IN (?)"):
            marks = ",".join("?" * len(rows))
            found.append((f"{sql.removesuffix('(?)')}({marks})", [tuple(chain(*rows))]))
        elif sql.startswith("SELECT"):
            found += [(sql, [row]) for row in rows]
        else:
            found.append((sql, rows))
    return found


def replay(database: Path, tape: Tape, *, per_commit: int, messages: int, warm: int) -> Figures:
    """Return what a message of `tape` costs when nothing but its statements is run.

    `per_commit` 0 is one message in two commits.
    """
    connection = sqlite3.connect(database, isolation_level=None)
    for setting in tape.settings:
        connection.execute(setting).fetchall()
    plan = partial(transactions, per_commit=per_commit) if per_commit else twice
    _run(connection, list(plan(tape.messages[:warm])))
    late = list(plan(tape.messages[warm : warm + messages]))
    watch = Stopwatch()
    waits = _run(connection, late)
    answered = [one for one in waits[:-1] for _ in range(per_commit)] if per_commit else waits[::2]
    figures = watch.figures(answered)
    connection.close()
    return figures


def _run(connection: sqlite3.Connection, plan: Sequence[Transaction]) -> list[float]:
    waits = []
    for transaction in plan:
        begun = time.perf_counter()
        connection.execute("BEGIN IMMEDIATE")
        for sql, rows in transaction:
            if sql.startswith("SELECT"):
                connection.execute(sql, rows[0]).fetchall()
            else:
                connection.executemany(sql, rows)
        connection.execute("COMMIT")
        waits.append(time.perf_counter() - begun)
    return waits


def main() -> None:
    """Replay what the command line asks for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("database", type=Path)
    parser.add_argument("tape", type=Path)
    parser.add_argument("--messages", type=int, default=12_800)
    parser.add_argument("--warm", type=int, default=640)
    parser.add_argument("--per-commit", type=int, default=64)
    parser.add_argument("--twice", action="store_true")
    asked = parser.parse_args()
    figures = replay(
        asked.database,
        pickle.loads(asked.tape.read_bytes()),
        per_commit=0 if asked.twice else asked.per_commit,
        messages=asked.messages,
        warm=asked.warm,
    )
    sys.stdout.write(figures.line())


if __name__ == "__main__":
    main()
