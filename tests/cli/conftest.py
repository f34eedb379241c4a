"""A data folder that is ready to be used: making one takes longer than a chat."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path

import pytest

from bot.storage.migrate import migrate
from bot.storage.vault import Keyring


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made") / "data"
    folder.mkdir(mode=0o700)
    Keyring.create(folder / "master.key")
    asyncio.run(migrate(folder / "alongside.db"))
    return folder


@pytest.fixture
def data(tmp_path: Path, made: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "data"))
