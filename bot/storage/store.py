"""The one owner of the database: everything a turn reads and writes, in one transaction.

Laws: (1) one write connection, one owner, one transaction at a time, each BEGIN IMMEDIATE; (2)
nothing a person said, and no id a platform gave, is stored in clear; (3) after something was
forgotten, the file is rewritten and the log cut off before anything else happens, so that no byte
of it remains in either.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiosqlite
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bot.core.outgoing import Outgoing
from bot.core.state import Session
from bot.storage import statements as sql
from bot.storage.codec import Undecodable, decode_outgoing
from bot.storage.migrate import migrate
from bot.storage.rows import Person, StoreDown, StoreRefused, Waiting
from bot.storage.unit import Unit, outbox_binding
from bot.storage.vault import Sealed, Vault, unseal

PRAGMAS: Mapping[str, str | int] = {
    "journal_mode": "wal",
    "synchronous": 2,
    "foreign_keys": 1,
    "secure_delete": 1,
    "busy_timeout": 1000,
    "cache_size": -65536,
}

REWRITE = "PRAGMA user_version"
"""1 from the transaction that forgets something until the file is rewritten, kills included.

`secure_delete` overwrites a row where it lies, but not the copy that SQLite leaves in the free part
of a page when it moves rows to make room: about one row in two hundred has one.
"""


class Store:
    """A sealed SQLite database with one write connection."""

    def __init__(self, connection: aiosqlite.Connection, vault: Vault) -> None:
        """Take over `connection`; `open` is the way to make one."""
        self._connection = connection
        self._vault = vault
        self._turn = asyncio.Lock()
        self._holds_deleted = False
        self._day_keys: dict[str, AESGCM] = {}

    @classmethod
    async def open(
        cls,
        path: Path,
        vault: Vault,
        *,
        connection_class: type[sqlite3.Connection] = sqlite3.Connection,
    ) -> Store:
        """Open, and if need be create or migrate, the database at `path`.

        Raises SchemaUnusable for one that a newer program wrote, Sealed where other keys sealed
        it, and StoreDown where the file cannot be used at all.
        """
        try:
            migrate(path)
            connection = await aiosqlite.connect(
                path, isolation_level=None, factory=connection_class
            )
        except (sqlite3.Error, OSError) as error:
            raise StoreDown(f"{path}: {error}") from error
        store = cls(connection, vault)
        try:
            await store._prepare()
        except (sqlite3.Error, StoreDown) as error:
            await connection.close()
            raise StoreDown(f"{path}: {error}") from error
        except BaseException:
            # Closed in any case: an open one keeps its thread, and with it the whole program.
            await connection.close()
            raise
        return store

    async def _prepare(self) -> None:
        for name, value in PRAGMAS.items():
            await self._connection.execute(f"PRAGMA {name} = {value}")
            (found,) = await self._one(f"PRAGMA {name}")
            if found != value:
                raise StoreDown(f"PRAGMA {name} is {found}, not {value}")
        await self._check_keys()
        self._holds_deleted = True
        with suppress(sqlite3.Error):
            # A disk too full to rewrite the file must not keep the program from starting.
            await self._wipe()

    async def _check_keys(self) -> None:
        """Refuse keys that did not seal this store: with them everyone would look like new."""
        newest = await self._one(sql.NEWEST_DAY_KEY)
        if newest:
            day, wrapped = newest
            self._vault.unwrap(wrapped, self._day_owner(day))

    def _day_owner(self, day: str) -> str:
        """Return what a day's key is bound to: the lookup key too, so that neither can be wrong."""
        return f"day {day} {self._vault.lookup('day', day).hex()}"

    async def close(self) -> None:
        """Finish the transaction that is under way, then close."""
        async with self._turn:
            await self._connection.close()

    @asynccontextmanager
    async def unit(self, at: datetime) -> AsyncIterator[Unit]:
        """Hold the store for one transaction: commit at the end, roll back on any error.

        Raises StoreDown, StoreRefused or Conflict, with nothing changed.
        """
        async with self._turn:
            unit: Unit | None = None
            try:
                day = at.astimezone(UTC).date().isoformat()
                await self._ensure_day_key(day)
                await self._connection.execute("BEGIN IMMEDIATE")
                unit = Unit(self._connection, self._vault, day, self._day_keys[day])
                yield unit
                if unit.forgot:
                    await self._connection.execute(f"{REWRITE} = 1")
                await self._connection.execute("COMMIT")
            except BaseException as error:
                await self._roll_back()
                _translate(error)
                raise
            if unit.dropped_day_keys:
                self._day_keys.clear()
            self._holds_deleted |= unit.forgot
            if self._holds_deleted:
                # It is committed: trouble from here on must not be told as "not saved".
                with suppress(sqlite3.Error):
                    await self._wipe()

    async def _roll_back(self) -> None:
        """Undo what is open, or what a cancelled statement that is still under way will open."""
        with suppress(sqlite3.Error, ValueError):
            # Refused where nothing is open, or where the connection itself is gone.
            await self._connection.execute("ROLLBACK")

    async def _wipe(self) -> None:
        """Leave nothing of what was deleted: rewrite the file, and cut the log to nothing.

        Where that fails, or another program is reading the log just now, the next transaction
        tries again.
        """
        (wanted,) = await self._one(REWRITE)
        if wanted:
            await self._connection.execute("VACUUM")
            await self._connection.execute(f"{REWRITE} = 0")
        busy, _, _ = await self._one("PRAGMA wal_checkpoint(TRUNCATE)")
        self._holds_deleted = bool(busy)

    async def _ensure_day_key(self, day: str) -> None:
        if day in self._day_keys:
            return
        _, wrapped = self._vault.new_key(self._day_owner(day))
        await self._connection.execute(sql.ADD_DAY_KEY, (day, wrapped))
        await self._day_key(day)

    async def _day_key(self, day: str) -> AESGCM:
        if day not in self._day_keys:
            found = await self._one(sql.LOAD_DAY_KEY, (day,))
            if not found:
                raise Sealed("the key of that day is gone")
            self._day_keys[day] = self._vault.unwrap(found[0], self._day_owner(day))
        return self._day_keys[day]

    async def waiting(self) -> list[Waiting]:
        """Return everything that was promised and not yet sent, in order.

        A row that does not open stays behind until its time is over: it must not keep the others.
        """
        async with self._turn:
            found: list[Waiting] = []
            try:
                async with self._connection.execute(sql.LOAD_OUTBOX) as rows:
                    async for item_id, person, platform, lane, day, body in rows:
                        bound = outbox_binding(item_id, platform, lane)
                        with suppress(Sealed, Undecodable):
                            opened = unseal(await self._day_key(day), body, bound)
                            found.append(Waiting(person, decode_outgoing(opened)))
            except sqlite3.Error as error:
                _translate(error)
                raise
            return found

    async def shown(self, item: Outgoing) -> str:
        """Return the platform's id of the message last sent under `item.key`, or ""."""
        async with self._turn:
            place = self._vault.lookup("place", item.platform, item.address)
            try:
                row = await self._one(sql.GET_SHOWN, (place, item.key))
                if not row:
                    return ""
                return unseal(await self._day_key(row[0]), row[1], f"shown|{item.key}").decode()
            except sqlite3.Error as error:
                _translate(error)
                raise

    async def _one(self, statement: str, values: Sequence[Any] = ()) -> Sequence[Any]:
        async with self._connection.execute(statement, values) as rows:
            row = await rows.fetchone()
        return tuple(row) if row is not None else ()

    def event_hash(self, platform: str, event_id: str) -> bytes:
        """Return the hash under which an event is recognised when it comes again."""
        return self._vault.lookup("event", platform, event_id)

    def account_hash(self, platform: str, user: str) -> bytes:
        """Return the hash under which a platform's user is found again."""
        return self._vault.lookup("account", platform, user)

    def new_person(self, account: bytes, session: Session) -> Person:
        """Return a person with a key of their own, not stored before their first turn is."""
        key, wrapped = self._vault.new_key(f"person {session.person}")
        return Person(account, session, 0, key, wrapped)


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
    if isinstance(error, sqlite3.Error):
        raise StoreDown(str(error)) from error
