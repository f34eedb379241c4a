"""Keys are made where no store was founded yet, and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.operations.config import KEYS_VARIABLE, Settings
from bot.operations.keys import find_keys
from bot.storage.vault import KeyringUnusable
from bot.storage.where import PostgresDatabase

URL = "postgresql://ana:secret@db.example:5433/kept"


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.delenv(KEYS_VARIABLE, raising=False)
    return Settings(tmp_path / "new", database_url=PostgresDatabase(URL))


def test_a_new_store_gets_keys_of_its_own(settings: Settings) -> None:
    made = find_keys(settings, founded=False)
    assert settings.keys.stat().st_mode & 0o777 == 0o600
    assert find_keys(settings, founded=False).lookup == made.lookup
    assert find_keys(settings, founded=True).lookup == made.lookup


def test_a_store_on_a_server_whose_keys_are_elsewhere_gets_none(settings: Settings) -> None:
    with pytest.raises(KeyringUnusable) as caught:
        find_keys(settings, founded=True)
    assert "but postgresql://db.example:5433/kept was sealed with one." in str(caught.value)
    assert "secret" not in str(caught.value)
    assert not settings.keys.exists()


def test_keys_in_the_environment_need_no_file(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = find_keys(Settings(tmp_path / "other"), founded=False)
    lines = (tmp_path / "other" / "master.key").read_text(encoding="utf-8").strip()
    monkeypatch.setenv(KEYS_VARIABLE, lines.replace("\n", ";"))
    assert find_keys(settings, founded=True).lookup == written.lookup
    assert not settings.keys.exists()
