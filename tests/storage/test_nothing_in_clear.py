"""After a whole talk nothing that is kept holds a word of it, or who it was with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any, ClassVar

import asyncpg
import pytest

from bot.cli.house import House, open_house
from bot.library.files import content_folder
from bot.library.load import Content, load_content
from bot.runtime.clock import SetClock
from bot.runtime.port import Arrival
from bot.storage.rows import Change
from bot.storage.where import PostgresDatabase, Where
from tests.runtime.fakes import NOON, Disk, Person, Platform, Watcher, button
from tests.storage.people import KEYRING, contents, counts, promise, rows

USER = "user-7316450912"
NOTE = "Xochitl called me from Guadalajara"
TYPED = "asdf qwertz whatever"

SECRETS = (
    USER,
    f"chat of {USER}",
    "7316450912",
    NOTE,
    "Xochitl",
    "Guadalajara",
    TYPED,
    "qwertz",
    "Europe/Madrid",
    "zone",
    "welcomed",
    "path",
    "mood",
    "craving",
    "answers",
    "18 or over",
    "How's your mood",
    "secret",
)


@pytest.fixture(scope="module")
def content() -> Content:
    return load_content(content_folder())


def secrets_in(held: bytes) -> Iterator[str]:
    """Yield every secret that can be read in `held`, in the two ways SQLite may write text."""
    for secret in SECRETS:
        if any(secret.encode(encoding) in held for encoding in ("utf-8", "utf-16-le")):
            yield secret


def found_in(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield every secret that can be read in a file, with the file's name."""
    for path in folder.iterdir():
        for secret in secrets_in(path.read_bytes()):
            yield path.name, secret


def found_on(database: PostgresDatabase) -> list[tuple[str, str]]:
    """Return every secret that can be read in a table, or in what the server shows of us."""
    held = dict(contents(database).items())
    held["activity"] = rows(database, "SELECT to_jsonb(a)::text FROM pg_stat_activity AS a")
    return [(name, secret) for name, some in held.items() for secret in secrets_in(flat(some))]


def flat(values: Any) -> bytes:
    """Return all bytes and words in `values`, one behind the other."""
    if isinstance(values, list | tuple):
        return b"\n".join(map(flat, values))
    return values if isinstance(values, bytes) else str(values).encode()


async def talk(house: House, platform: Platform, database: Where) -> None:
    """Say and tap something that leaves rows in every table."""
    ana = Person(USER)

    async def do(arrival: Arrival) -> None:
        await house.runner.take(arrival)
        await house.outbox.idle()

    await do(ana.says("hello"))
    for label in ("Start", "18 or over", "Keep my check-ins", "Keep my own words", "Go on"):
        await do(ana.taps(button(platform, label)))
    await do(ana.says(TYPED))
    await do(ana.taps(button(platform, "Stop using")))
    for _ in range(3):
        await do(ana.taps(button(platform, "4")))
    await do(ana.taps(button(platform, "Didn't use")))
    await do(ana.says("/note"))
    await do(ana.says(NOTE))
    await do(ana.says("/checkin"))

    platform.refuses = True
    await do(ana.says(TYPED))
    async with house.store.unit(NOON) as unit:
        account = house.store.account_hash(platform.platform, USER)
        people, _ = await unit.load([account], [])
        known = people[account]
        unit.write([Change(b"p", NOON, known, known.session, reminders=(promise(1),))])
        unit.quarantine(b"bad", NOON, "Said", "Oops")
    filled = counts(database)
    assert all(filled.values()), f"the talk must reach every table: {filled}"


def lived_in(
    database: Where, content: Content, platform: Platform, connection_class: type
) -> AbstractAsyncContextManager[House]:
    return open_house(
        database=database,
        keyring=KEYRING,
        content=content,
        ports={platform.platform: platform},
        clock=SetClock(NOON),
        observer=Watcher(),
        connection_class=connection_class,
    )


@pytest.mark.parametrize("engine", ["sqlite"])
async def test_nothing_said_and_nobodys_id_is_in_any_file(
    tmp_path: Path, database: Path, content: Content, disk: Disk
) -> None:
    platform = Platform()
    async with lived_in(database, content, platform, disk.connection_class) as house:
        await talk(house, platform, database)
        assert list(found_in(tmp_path)) == [], "with the log still there"
        assert database.with_name(f"{database.name}-wal").stat().st_size > 0
    assert list(found_in(tmp_path)) == []


class Overheard(asyncpg.Connection):  # type: ignore[misc]  # asyncpg is typed in part
    """A connection of which everything that goes to the server is written down."""

    heard: ClassVar[list[tuple[str, Any]]] = []

    async def execute(self, query: str, *values: Any, **rest: Any) -> Any:
        self._hear(query, values)
        return await super().execute(query, *values, **rest)

    async def executemany(self, command: str, rows: Any, **rest: Any) -> Any:
        self._hear(command, rows)
        return await super().executemany(command, rows, **rest)

    async def fetch(self, query: str, *values: Any, **rest: Any) -> Any:
        self._hear(query, values)
        return await super().fetch(query, *values, **rest)

    async def fetchmany(self, query: str, rows: Any, **rest: Any) -> Any:
        self._hear(query, rows)
        return await super().fetchmany(query, rows, **rest)

    def _hear(self, statement: str, values: Any) -> None:
        self.heard.append((statement, values))


@pytest.mark.parametrize("engine", ["postgres"])
async def test_nothing_said_and_nobodys_id_reaches_the_server(
    database: PostgresDatabase, content: Content
) -> None:
    Overheard.heard.clear()
    platform = Platform()
    async with lived_in(database, content, platform, Overheard) as house:
        await talk(house, platform, database)
        assert found_on(database) == []
    assert found_on(database) == []
    assert list(secrets_in(flat(Overheard.heard))) == []
    statements = {statement for statement, _ in Overheard.heard}
    assert len(statements) > 10
    for statement in statements:
        # A value in a statement itself would be in the server's log and its statistics.
        own = re.sub(r"LIMIT 1|SELECT 1|RETURNING 1|version \+ 1|\$1, \$2, \$3, 1,", "", statement)
        assert not re.search(r"'|(?<![$\w])\d{1,9}(?!\w)", own), statement


def test_the_search_would_find_it(tmp_path: Path) -> None:
    (tmp_path / "leak").write_bytes(b"...Guadalajara...")
    assert list(found_in(tmp_path)) == [("leak", "Guadalajara")]


@pytest.mark.parametrize("engine", ["postgres"])
def test_the_search_of_a_server_would_find_it(database: PostgresDatabase) -> None:
    add = "INSERT INTO quarantine (event, at, kind, why) VALUES (?, 1, 'Said', ?)"
    rows(database, add, [b"...Xochitl...", "asdf qwertz"])
    assert found_on(database) == [("quarantine", "Xochitl"), ("quarantine", "qwertz")]
