"""What the tests of this folder share: the forking process, and an empty store to copy."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.library.files import content_folder
from bot.library.load import Content, load_content
from tests.kill.driver import Driver
from tests.kill.world import found_store
from tests.postgres import PostgresServer


@pytest.fixture(scope="session")
def driver(tmp_path_factory: pytest.TempPathFactory, postgres: PostgresServer) -> Iterator[Driver]:
    with Driver(tmp_path_factory.mktemp("kill"), postgres) as driver:
        yield driver


@pytest.fixture(scope="session")
def content() -> Content:
    return load_content(content_folder())


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with an empty store and its keys, to be copied: migrating takes longer."""
    folder = tmp_path_factory.mktemp("empty")
    asyncio.run(found_store(folder))
    return folder
