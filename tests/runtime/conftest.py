"""A whole Alongside with a stand-in platform, on a disk that can fail and a clock that stands."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest

from bot.cli.house import House, open_house
from bot.library.files import content_folder
from bot.library.load import Content, load_content
from bot.runtime.clock import SetClock
from bot.storage.migrate import migrate
from tests.runtime.fakes import NOON, Disk, Platform, Watcher
from tests.storage.people import KEYRING

Opener = Callable[..., AbstractAsyncContextManager[House]]


@pytest.fixture(scope="session")
def content() -> Content:
    return load_content(content_folder())


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("empty") / "alongside.db"
    asyncio.run(migrate(path))
    return path


@pytest.fixture
def database(tmp_path: Path, empty: Path) -> Path:
    return Path(shutil.copy(empty, tmp_path / "alongside.db"))


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
    database: Path, content: Content, disk: Disk, clock: SetClock, watcher: Watcher
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
            connection_class=disk.connection_class,
        ) as house:
            yield house

    return start
