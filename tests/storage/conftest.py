"""A store on a file of its own, and people to put into it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.storage.store import Store
from bot.storage.vault import Vault
from tests.runtime.fakes import Disk
from tests.storage.people import KEYRING


@pytest.fixture
def disk() -> Disk:
    return Disk()


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "alongside.db"


@pytest.fixture
async def store(database: Path, disk: Disk) -> AsyncIterator[Store]:
    opened = await Store.open(database, Vault(KEYRING), connection_class=disk.connection_class)
    yield opened
    await opened.close()
