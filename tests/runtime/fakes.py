"""Stand-ins at the lowest seams: a platform, a disk that fails, and someone who watches."""

from __future__ import annotations

import asyncio
import hashlib
import sqlite3
from collections import Counter, deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import asyncpg

from bot.core.effects import Turn
from bot.core.events import Commanded, Event, Said, Tapped
from bot.core.outgoing import Outgoing
from bot.core.text import plain
from bot.runtime.port import Arrival, NotDelivered
from bot.storage.where import Where

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@dataclass(slots=True)
class Platform:
    """A platform that shows everything it is sent, unless it is told to fail.

    `troubles` are raised by the next sends, one each; None among them lets one through.
    """

    platform: str = "testing"
    redelivers: bool = False
    sent: list[tuple[Outgoing, str]] = field(default_factory=list)
    acknowledged: list[str] = field(default_factory=list)
    troubles: deque[NotDelivered | None] = field(default_factory=deque)
    refuses: bool = False
    tried: int = 0

    async def send(self, item: Outgoing, ref: str) -> str:
        self.tried += 1
        trouble = self.troubles.popleft() if self.troubles else None
        if trouble or self.refuses:
            raise trouble or NotDelivered
        self.sent.append((item, ref))
        return f"ref-{self.tried}"

    async def acknowledge(self, arrival: Arrival) -> None:
        self.acknowledged.append(arrival.event.id)

    def said_to(self, address: str) -> list[str]:
        """Return what was shown at one address, in order."""
        return [plain(item.body) for item, _ in self.sent if item.address == address]


class Disk:
    """What a connection finds below it: on a file's own disk, or on the server's.

    While `full`, everything that would write fails; statements that contain one of `broken` fail.
    Every statement is counted by its first word. After `lose_reply`, a server's next commit is made
    and its connection breaks before it says so; with a file it is always known.
    """

    def __init__(self) -> None:
        self.full = False
        self.broken: tuple[str, ...] = ()
        self.counted: Counter[str] = Counter()
        self._loses_reply = False
        self.connection_class = _on_sqlite(self)
        self.postgres_class = _on_postgres(self)

    def under(self, where: Where) -> type:
        """Return the class of connections to `where` that find this disk below them."""
        return self.connection_class if isinstance(where, Path) else self.postgres_class

    def check(self, statement: str, full: Exception, broken: Exception) -> None:
        """Fail as the engine does, or count."""
        first = statement.split()[0]
        if self.full and first in ("BEGIN", "INSERT", "UPDATE", "DELETE", "COMMIT"):
            raise full
        if any(part in statement for part in self.broken):
            raise broken
        self.counted[first] += 1

    def lose_reply(self) -> None:
        """Let the next commit on a server be made, and nobody hear of it."""
        self._loses_reply = True

    def check_reply(self, statement: str, lost: Exception) -> None:
        """Fail as the engine does where the answer to `statement` does not arrive."""
        if self._loses_reply and statement == "COMMIT":
            self._loses_reply = False
            raise lost


def _on_sqlite(disk: Disk) -> type[sqlite3.Connection]:
    def check(statement: str) -> None:
        disk.check(
            statement,
            sqlite3.OperationalError("database or disk is full"),
            sqlite3.OperationalError("disk I/O error"),
        )

    class Connection(sqlite3.Connection):
        def execute(self, sql: str, /, *values: Any) -> sqlite3.Cursor:
            check(sql)
            return super().execute(sql, *values)

        def executemany(self, sql: str, values: Iterable[Any], /) -> sqlite3.Cursor:
            check(sql)
            return super().executemany(sql, values)

    return Connection


def _on_postgres(disk: Disk) -> type[asyncpg.Connection]:
    def check(statement: str) -> None:
        disk.check(
            statement,
            asyncpg.DiskFullError("could not extend file: No space left on device"),
            asyncpg.PostgresIOError("could not read blocks: Input/output error"),
        )

    class Connection(asyncpg.Connection):  # type: ignore[misc]  # asyncpg is typed in part
        async def execute(self, query: str, *values: Any, **rest: Any) -> Any:
            check(query)
            done = await super().execute(query, *values, **rest)
            disk.check_reply(query, asyncpg.ConnectionDoesNotExistError("connection was closed"))
            return done

        async def executemany(self, command: str, rows: Any, **rest: Any) -> Any:
            check(command)
            return await super().executemany(command, rows, **rest)

        async def fetch(self, query: str, *values: Any, **rest: Any) -> Any:
            check(query)
            return await super().fetch(query, *values, **rest)

        async def fetchmany(self, query: str, rows: Any, **rest: Any) -> Any:
            check(query)
            return await super().fetchmany(query, rows, **rest)

    return Connection


@dataclass(slots=True)
class Watcher:
    """Keeps what the shell tells its observer."""

    turns: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def turned(self, event: Event, turn: Turn) -> None:
        self.turns.append(event.id)

    def store_down(self, events: int) -> None:
        self.notes.append(f"store down {events}")

    def quarantined(self, why: str) -> None:
        self.notes.append(f"quarantined {why}")

    def undelivered(self, platform: str) -> None:
        self.notes.append(f"undelivered {platform}")

    def unrenderable(self, key: str) -> None:
        self.notes.append(f"unrenderable {key}")


class Person:
    """Someone on a platform, whose events are numbered so that a test can deliver one again."""

    def __init__(self, user: str, *, platform: str = "testing", at: datetime = NOON) -> None:
        self.user = user
        self.platform = platform
        self.at = at
        self.lang = "en"
        self._events = 0

    def says(self, text: str) -> Arrival:
        """Return the arrival of a text, or of a command where it begins with a slash."""
        event_id, seed = self._next()
        if text.startswith("/"):
            name, _, rest = text[1:].partition(" ")
            return self.arrival(Commanded(event_id, self.at, seed, name, rest))
        return self.arrival(Said(event_id, self.at, seed, text))

    def taps(self, token: str) -> Arrival:
        """Return the arrival of a tap."""
        event_id, seed = self._next()
        return self.arrival(Tapped(event_id, self.at, seed, token))

    def arrival(self, event: Event) -> Arrival:
        """Return how `event` arrives from this person."""
        return Arrival(
            event=event,
            platform=self.platform,
            user=self.user,
            address=f"chat of {self.user}",
            lang=self.lang,
            zone="Europe/Madrid",
            country="ES",
        )

    def _next(self) -> tuple[str, bytes]:
        self._events += 1
        name = f"{self.user} {self._events}"
        seed = hashlib.blake2b(f"{self.platform} {name}".encode(), digest_size=16).digest()
        return name, seed


def button(platform: Platform, label: str) -> str:
    """Return the token of the newest button whose label contains `label`."""
    for item, _ in reversed(platform.sent):
        for one in item.buttons:
            if label in one.label:
                return one.token
    raise AssertionError(f"no button {label!r}")


async def until(reached: Callable[[], object], seconds: float = 5) -> None:
    """Return when `reached` tells so, and not before the loop had a moment for others."""
    async with asyncio.timeout(seconds):
        await asyncio.sleep(0)
        while not reached():  # noqa: ASYNC110  # what is watched has no event to wait for
            await asyncio.sleep(0.001)
