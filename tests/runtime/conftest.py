"""A whole Alongside with a stand-in platform, on a disk that can fail and a clock that stands."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest

from bot.cli.house import House, open_house
from bot.library.files import content_folder
from bot.library.load import Content, load_content
from bot.runtime.clock import SetClock
from bot.storage.migrate import migrate
from bot.storage.where import Where
from tests.postgres import PostgresServer
from tests.runtime.fakes import NOON, Disk, Platform, Watcher
from tests.storage.people import KEYRING, apart

Opener = Callable[..., AbstractAsyncContextManager[House]]

on_both_engines = pytest.mark.parametrize("engine", ["sqlite", "postgres"])
on_a_server = pytest.mark.parametrize("engine", ["postgres"])


@pytest.fixture(scope="session")
def content() -> Content:
    return load_content(content_folder())


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("empty") / "alongside.db"
    asyncio.run(migrate(path))
    return path


@pytest.fixture(scope="session")
def empty_on_server(postgres: PostgresServer) -> str:
    """The name of a database that others are made from, to which nobody connects."""
    where = postgres.fresh()
    apart(migrate(where))
    return where.name


@pytest.fixture
def engine() -> str:
    """A file, unless a test is marked otherwise."""
    return "sqlite"


@pytest.fixture
def database(engine: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Where]:
    if engine == "sqlite":
        yield Path(shutil.copy(request.getfixturevalue("empty"), tmp_path / "alongside.db"))
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    made = server.fresh(request.getfixturevalue("empty_on_server"))
    yield made
    server.drop(made)


@pytest.fixture
def disk() -> Disk:
    return Disk()


@pytest.fixture
def watcher() -> Watcher:
    return Watcher()


@pytest.fixture
def clock() -> SetClock:
    return SetClock(NOON)


@pytest.fixture
def opened(
    database: Where, content: Content, disk: Disk, clock: SetClock, watcher: Watcher
) -> Opener:
    """Return a function that starts everything on the same files, with these platforms."""

    @asynccontextmanager
    async def start(*platforms: Platform, content: Content = content) -> AsyncIterator[House]:
        async with open_house(
            database=database,
            keyring=KEYRING,
            content=content,
            ports={one.platform: one for one in platforms},
            clock=clock,
            observer=watcher,
            connection_class=disk.under(database),
        ) as house:
            yield house

    return start
