"""A store on a database of its own, on either engine, and people to put into it."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest

from bot.storage.migrate import migrate
from bot.storage.store import Store
from bot.storage.where import Where
from tests.postgres import PostgresServer
from tests.runtime.fakes import Disk
from tests.storage.people import apart, opened

Fresh = Callable[..., Where]


@pytest.fixture(params=["sqlite", "postgres"])
def engine(request: pytest.FixtureRequest) -> str:
    """The engine under test: each of the two. A file that is about one of them says so."""
    return str(request.param)


@pytest.fixture
def disk() -> Disk:
    return Disk()


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("migrated") / "alongside.db"
    apart(migrate(path))
    return path


@pytest.fixture(scope="session")
def migrated_database(postgres: PostgresServer) -> str:
    """The name of a database that others are made from, to which nobody connects."""
    where = postgres.fresh()
    apart(migrate(where))
    return where.name


@pytest.fixture
def fresh(engine: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Fresh]:
    """A function that makes databases: empty ones, or with `migrated=True` those of today."""
    if engine == "sqlite":

        def file(*, migrated: bool = False) -> Path:
            number = len(list(tmp_path.glob("alongside*.db")))
            path = tmp_path / f"alongside{number or ''}.db"
            if migrated:
                shutil.copy(request.getfixturevalue("migrated_file"), path)
            return path

        yield file
        return

    server: PostgresServer = request.getfixturevalue("postgres")
    made = []

    def database(*, migrated: bool = False) -> Where:
        template = request.getfixturevalue("migrated_database") if migrated else ""
        made.append(server.fresh(template))
        return made[-1]

    yield database
    for one in made:
        server.drop(one)


@pytest.fixture
def database(fresh: Fresh) -> Where:
    return fresh(migrated=True)


@pytest.fixture
async def store(database: Where, disk: Disk) -> AsyncIterator[Store]:
    store = await opened(database, disk)
    yield store
    await store.close()


@pytest.fixture
async def other(database: Where) -> AsyncIterator[Store]:
    """The store of a second program, on a server."""
    other = await opened(database)
    yield other
    await other.close()
