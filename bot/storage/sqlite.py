"""SQLite as an engine: one write connection, on one thread of its own.

Laws: (1) every transaction is BEGIN IMMEDIATE on the one connection; (2) after something was
forgotten, the file is rewritten and the log cut off before anything else happens, so that no byte
of it remains in either; (3) the settings that durability rests on are read back and asserted.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TypeVar

from bot.storage.engine import Order, Query, Row
from bot.storage.rows import Conflict, StoreDown, StoreRefused

T = TypeVar("T")

PRAGMAS: Mapping[str, str | int] = {
    "journal_mode": "wal",
    "synchronous": 2,
    "foreign_keys": 1,
    "secure_delete": 1,
    "busy_timeout": 1000,
    "cache_size": -28672,
}
"""`cache_size` is in KiB where it is negative: 28 MiB, for a small server. The system caches the
file too, so 64 MiB made a turn cheaper by two in a hundred at most.
"""

REWRITE = "PRAGMA user_version"
"""1 from the transaction that forgets something until the file is rewritten, kills included.

`secure_delete` overwrites a row where it lies, but not the copy that SQLite leaves in the free part
of a page when it moves rows to make room: about one row in two hundred has one.
"""


class Sqlite:
    """A SQLite file, open for writing."""

    def __init__(self, connection: sqlite3.Connection, thread: ThreadPoolExecutor) -> None:
        """Take over `connection`, which `thread` made; `open` is the way to get both."""
        self._connection = connection
        self._thread = thread
        self._holds_deleted = True
        self._closed = False

    @classmethod
    async def open(
        cls, path: Path, connection_class: type[sqlite3.Connection] | None = None
    ) -> Sqlite:
        """Open the migrated database at `path`; raises StoreDown."""
        thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="store")
        connect = partial(
            sqlite3.connect,
            path,
            isolation_level=None,
            factory=connection_class or sqlite3.Connection,
        )
        try:
            connection = await asyncio.get_running_loop().run_in_executor(thread, connect)
        except BaseException as error:
            thread.shutdown()
            _translate(error)
            raise
        engine = cls(connection, thread)
        try:
            await engine._do(engine._prepare)
        except BaseException:
            # Closed in any case: an open one keeps its thread, and with it the whole program.
            await engine.close()
            raise
        return engine

    async def read(self, queries: Sequence[Query]) -> list[Sequence[Row]]:
        """Return the rows of each query, inside a transaction that is begun if need be."""
        return await self._do(self._read, queries)

    async def finish(self, orders: Sequence[Order]) -> list[int]:
        """Carry out `orders` and commit; return how many rows each one changed."""
        return await self._do(self._finish, orders)

    async def undo(self) -> None:
        """Roll back what is open, or what a cancelled statement that is under way will open."""
        with suppress(StoreDown, StoreRefused):
            # Shielded: a cancelled one would leave the transaction open for the next to commit.
            await asyncio.shield(self._do(self._undo))

    async def look(self, query: Query) -> Sequence[Row]:
        """Return the rows of `query`, outside any transaction."""
        return await self._do(self._rows, query)

    async def look_if_alone(self, query: Query) -> Sequence[Row]:
        """Return the rows of `query`: a lock beside the file keeps every other program out."""
        return await self.look(query)

    async def close(self) -> None:
        """Close the file and end the thread; closing again does nothing."""
        if self._closed:
            return
        self._closed = True
        try:
            await self._do(self._connection.close)
        finally:
            self._thread.shutdown()

    async def _do(self, work: Callable[..., T], *values: object) -> T:
        """Return what `work` returns on the thread; raises our own errors for the driver's."""
        try:
            return await asyncio.get_running_loop().run_in_executor(self._thread, work, *values)
        except (sqlite3.Error, OverflowError) as error:
            _translate(error)
            raise

    # --- on the thread

    def _prepare(self) -> None:
        for name, value in PRAGMAS.items():
            self._connection.execute(f"PRAGMA {name} = {value}")
            ((found,),) = self._rows((f"PRAGMA {name}", ()))
            if found != value:
                raise StoreDown(f"PRAGMA {name} is {found}, not {value}")
        with suppress(sqlite3.Error):
            # A disk too full to rewrite the file must not keep the program from starting.
            self._wipe()

    def _begin(self) -> None:
        if not self._connection.in_transaction:
            self._connection.execute("BEGIN IMMEDIATE")

    def _rows(self, query: Query) -> list[Row]:
        return self._connection.execute(*query).fetchall()

    def _read(self, queries: Sequence[Query]) -> list[Sequence[Row]]:
        self._begin()
        return [self._rows(query) for query in queries]

    def _finish(self, orders: Sequence[Order]) -> list[int]:
        self._begin()
        counts: list[int] = []
        forgot = False
        for order in orders:
            changed = self._connection.executemany(order.statement, order.rows).rowcount
            if order.exact and changed != len(order.rows):
                raise Conflict
            forgot |= order.forgets and changed > 0
            counts.append(changed)
        if forgot:
            self._connection.execute(f"{REWRITE} = 1")
        self._connection.execute("COMMIT")
        self._holds_deleted |= forgot
        if self._holds_deleted:
            # It is committed: trouble from here on must not be told as "not saved".
            with suppress(sqlite3.Error):
                self._wipe()
        return counts

    def _undo(self) -> None:
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")

    def _wipe(self) -> None:
        """Leave nothing of what was deleted: rewrite the file, and cut the log to nothing.

        Where that fails, or another program is reading the log just now, the next transaction
        tries again.
        """
        ((wanted,),) = self._rows((REWRITE, ()))
        if wanted:
            self._connection.execute("VACUUM")
            self._connection.execute(f"{REWRITE} = 0")
        ((busy, _, _),) = self._rows(("PRAGMA wal_checkpoint(TRUNCATE)", ()))
        self._holds_deleted = bool(busy)


def _translate(error: BaseException) -> None:
    """Raise our own error for the driver's: is the store at fault, or the data?"""
    refused = (
        sqlite3.IntegrityError,
        sqlite3.DataError,
        sqlite3.ProgrammingError,
        sqlite3.InterfaceError,
        OverflowError,
    )
    if isinstance(error, refused):
        raise StoreRefused(type(error).__name__) from error
    if isinstance(error, sqlite3.Error | OSError):
        raise StoreDown(str(error)) from error
