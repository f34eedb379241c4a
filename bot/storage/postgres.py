"""PostgreSQL as an engine, through asyncpg.

Laws: (1) every transaction sees one moment (REPEATABLE READ): where another writer changed
something in between, nothing is written and the turn is taken again; (2) no sentence of ours holds
what the server or the driver said about a connection, for that can quote names and passwords.
"""

from __future__ import annotations

import asyncio
import re
import ssl
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from functools import lru_cache
from itertools import count

from bot.storage.bulk import BULK
from bot.storage.engine import Order, Query, Row
from bot.storage.rows import Conflict, DriverMissing, OutcomeUnknown, StoreDown, StoreRefused
from bot.storage.where import PostgresDatabase

try:
    import asyncpg
except ModuleNotFoundError as error:
    raise DriverMissing(
        "PostgreSQL needs one more package: pip install 'alongside[postgres]'"
    ) from error

SECONDS_TO_CONNECT = 3
SECONDS_TO_ANSWER = 5
"""How long a server may keep us waiting: someone may be waiting for the crisis page."""

TRIES_TO_BE_ALONE = 20
SECONDS_BETWEEN_TRIES = 0.05
"""How often, and how far apart, a start asks for the lock that a killed program has just held."""

SENDING = 0x416C6F6E67736964
MIGRATING = SENDING + 1
"""Names of the locks that programs on one database hold against each other."""

SETTINGS = {
    "application_name": "alongside",
    "synchronous_commit": "on",
    # A machine that lost its power must not hold its locks for hours.
    "tcp_keepalives_idle": "30",
    "tcp_keepalives_interval": "10",
    "tcp_keepalives_count": "3",
}

_REFUSAL = (
    asyncpg.IntegrityConstraintViolationError,
    asyncpg.DataError,
    asyncpg.CardinalityViolationError,
    asyncpg.ProgramLimitExceededError,
)
_TROUBLE = (
    asyncpg.PostgresError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
    OSError,
    TimeoutError,
)


async def connected(
    where: PostgresDatabase,
    connection_class: type[asyncpg.Connection] | None = None,
    *,
    patient: bool = False,
) -> asyncpg.Connection:
    """Return a new connection to `where`; raises StoreDown, saying why without any credentials.

    A `patient` one waits for an answer as long as it takes: to change a large table, say.
    """
    try:
        return await asyncpg.connect(
            where.url,
            timeout=SECONDS_TO_CONNECT,
            command_timeout=None if patient else SECONDS_TO_ANSWER,
            server_settings=SETTINGS,
            connection_class=connection_class or asyncpg.Connection,
        )
    except asyncpg.InvalidAuthorizationSpecificationError:
        raise StoreDown("the server refused the name or the password") from None
    except asyncpg.InvalidCatalogNameError:
        raise StoreDown("the server has no database of that name") from None
    except (asyncpg.ClientConfigurationError, ValueError):
        raise StoreDown("the URL cannot be used as it is written") from None
    except (OSError, TimeoutError) as error:
        if isinstance(error, ssl.SSLError) or type(error) is ConnectionError:
            raise StoreDown("the encryption that the URL asks for is not to be had") from None
        raise StoreDown("nobody answers there") from None
    except _TROUBLE as error:
        raise StoreDown(f"the server cannot be used now ({type(error).__name__})") from None


async def revision_on(where: PostgresDatabase, query: str) -> str:
    """Return the one value that `query` finds, or "" where its table is not there yet."""
    connection = await connected(where)
    try:
        return str(await connection.fetchval(query) or "")
    except asyncpg.UndefinedTableError:
        return ""
    except _TROUBLE as error:
        raise StoreDown(f"the server cannot be used now ({type(error).__name__})") from None
    finally:
        await _close(connection)


def first_words(error: Exception) -> str:
    """Return what the server said first of what it said in `error`, SQLAlchemy's or the driver's.

    It names tables and rights; values of rows, if any, stand in what comes after.
    """
    said = getattr(getattr(error, "orig", None), "__cause__", None) or error
    return str(said.args[0]) if isinstance(said, asyncpg.PostgresError) else type(said).__name__


class Postgres:
    """A database on a PostgreSQL server, open for writing; connects again after an outage."""

    def __init__(
        self, where: PostgresDatabase, connection_class: type[asyncpg.Connection] | None
    ) -> None:
        """Connect when first used; `open` connects at once."""
        self._where = where
        self._connection_class = connection_class
        self._connection: asyncpg.Connection | None = None
        self._sends = False

    @classmethod
    async def open(
        cls,
        where: PostgresDatabase,
        connection_class: type[asyncpg.Connection] | None = None,
    ) -> Postgres:
        """Open the migrated database at `where`; raises StoreDown."""
        engine = cls(where, connection_class)
        await engine._connected()
        return engine

    async def read(self, queries: Sequence[Query]) -> list[Sequence[Row]]:
        """Return the rows of each query, inside a transaction that is begun if need be."""
        async with self._talking() as connection:
            await _begin(connection)
            return [await connection.fetch(numbered(one), *values) for one, values in queries]

    async def finish(self, orders: Sequence[Order]) -> list[int]:
        """Carry out `orders` and commit; return how many rows each one changed."""
        async with self._talking() as connection:
            await _begin(connection)
            counts = [await _carry_out(connection, order) for order in orders]
        async with self._talking(OutcomeUnknown) as connection:
            await connection.execute("COMMIT")
        return counts

    async def undo(self) -> None:
        """Roll back what is open, or let go of a connection that is in the middle of something."""
        connection = self._connection
        if connection is None:
            return
        try:
            if connection.is_in_transaction():
                await connection.execute("ROLLBACK")
        except _TROUBLE:
            self._hang_up()

    async def look(self, query: Query) -> Sequence[Row]:
        """Return the rows of `query`, outside any transaction."""
        statement, values = query
        async with self._talking() as connection:
            return list(await connection.fetch(numbered(statement), *values))

    async def look_if_alone(self, query: Query) -> Sequence[Row]:
        """Return the rows of `query`, or none where another program that sends has the store open.

        Every such program shares a lock from here on, which the server lets go of when it dies;
        who can have it alone has nobody beside it.
        """
        async with self._talking() as connection:
            # Nobody waits at a start; later, everybody would.
            alone = await _alone(connection, tries=1 if self._sends else TRIES_TO_BE_ALONE)
            found = await self.look(query) if alone else ()
            if not self._sends:
                await _share(connection)
                self._sends = True
            if alone:
                await connection.execute(f"SELECT pg_advisory_unlock({SENDING})")
            return found

    async def close(self) -> None:
        """Let go of the connection."""
        if self._connection is not None:
            await _close(self._connection)
            self._connection = None

    async def _connected(self) -> asyncpg.Connection:
        if self._connection is None or self._connection.is_closed():
            self._connection = await connected(self._where, self._connection_class)
            if self._sends:
                await _share(self._connection)
        return self._connection

    def _hang_up(self) -> None:
        if self._connection is not None:
            self._connection.terminate()
            self._connection = None

    @asynccontextmanager
    async def _talking(
        self, trouble: type[StoreDown] = StoreDown
    ) -> AsyncIterator[asyncpg.Connection]:
        """Hold the connection; raises our own errors for the driver's, `trouble` for an outage."""
        try:
            yield await self._connected()
        except (asyncpg.SerializationError, asyncpg.DeadlockDetectedError):
            raise Conflict from None
        except _REFUSAL as error:
            # `from None`: the server's message quotes the row.
            raise StoreRefused(type(error).__name__) from None
        except _TROUBLE as error:
            self._hang_up()
            raise trouble(f"the server cannot be used now ({type(error).__name__})") from None
        except asyncio.CancelledError:
            self._hang_up()
            raise


async def _close(connection: asyncpg.Connection) -> None:
    with suppress(*_TROUBLE):
        await connection.close(timeout=SECONDS_TO_ANSWER)
    connection.terminate()


async def _begin(connection: asyncpg.Connection) -> None:
    if not connection.is_in_transaction():
        await connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")


async def _alone(connection: asyncpg.Connection, tries: int) -> bool:
    """Tell whether nobody else who sends is there; if so, whoever comes waits for us.

    The server may take a moment to see that a program was killed, so it is asked several times.
    """
    for _ in range(tries):
        if await connection.fetchval("SELECT pg_try_advisory_lock($1)", SENDING):
            return True
        if tries > 1:
            await asyncio.sleep(SECONDS_BETWEEN_TRIES)
    return False


async def _share(connection: asyncpg.Connection) -> None:
    await connection.execute(f"SELECT pg_advisory_lock_shared({SENDING})")


async def _carry_out(connection: asyncpg.Connection, order: Order) -> int:
    """Return how many rows `order` changed; raises Conflict where it should have been others."""
    statement = numbered(order.statement)
    if len(order.rows) == 1:
        done = await connection.execute(statement, *order.rows[0])
        changed = int(done.rpartition(" ")[2])
    elif order.statement in BULK:
        done = await connection.execute(BULK[order.statement], *zip(*order.rows, strict=True))
        changed = int(done.rpartition(" ")[2])
    elif order.exact or order.forgets:
        changed = len(await connection.fetchmany(f"{statement} RETURNING 1", order.rows))
    else:
        await connection.executemany(statement, order.rows)
        return len(order.rows)
    if order.exact and changed != len(order.rows):
        raise Conflict
    return changed


@lru_cache(maxsize=256)
def numbered(statement: str) -> str:
    """Return `statement` with its `?` marks as PostgreSQL writes them: $1, $2 and so on."""
    numbers = count(1)
    return re.sub(r"\?", lambda _: f"${next(numbers)}", statement)
