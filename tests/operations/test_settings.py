"""The database is named by a file or by the environment, and a mistake in it by its place alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.operations.config import DATABASE_VARIABLE, ConfigBroken, Settings, read_settings
from bot.storage.where import PostgresDatabase

URL = "postgresql://ana:secret@db.example:5433/kept"
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def nothing_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(DATABASE_VARIABLE, raising=False)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "settings.toml"


def problems(path: Path | None) -> list[str]:
    with pytest.raises(ConfigBroken) as caught:
        read_settings(path)
    assert caught.value.__cause__ is None
    return caught.value.problems


def test_the_database_is_a_file_in_the_data_folder(tmp_path: Path, file: Path) -> None:
    assert read_settings(None, data_dir=tmp_path).database == tmp_path / "alongside.db"
    file.write_text("database_url = ''\n", encoding="utf-8")
    assert read_settings(file, data_dir=tmp_path).database == tmp_path / "alongside.db"


def test_the_file_names_another(tmp_path: Path, file: Path) -> None:
    file.write_text(f"database_url = '{URL}'\n", encoding="utf-8")
    assert read_settings(file, data_dir=tmp_path).database == PostgresDatabase(URL)
    file.write_text("database_url = 'sqlite:////srv/kept.db'\n", encoding="utf-8")
    assert read_settings(file, data_dir=tmp_path).database == Path("/srv/kept.db")


def test_the_environment_comes_first(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file.write_text("database_url = 'sqlite:////srv/kept.db'\n", encoding="utf-8")
    monkeypatch.setenv(DATABASE_VARIABLE, f"{URL}\n")
    assert read_settings(file).database == PostgresDatabase(URL)
    assert read_settings(None).database == PostgresDatabase(URL)
    monkeypatch.setenv(DATABASE_VARIABLE, " ")
    assert read_settings(file).database == Path("/srv/kept.db")


def test_the_keys_stay_in_the_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(DATABASE_VARIABLE, URL)
    assert read_settings(None, data_dir=tmp_path).keys == tmp_path / "master.key"


def test_settings_never_show_it(tmp_path: Path) -> None:
    settings = Settings(tmp_path, database_url=PostgresDatabase(URL))
    assert "database" not in repr(settings)
    assert str(settings.database) == "postgresql://db.example:5433/kept"


def test_every_mistake_names_its_place(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(DATABASE_VARIABLE, "postgresql://ana:12/secret@h/kept")
    file.write_text("database_url = 'mysql://ana:secret@h/kept'\nlog_level = 1\n", encoding="utf-8")
    first, second, third = problems(file)
    assert first == (f'{file}, database_url: it must begin with "sqlite:///" or "postgresql://".')
    assert second.startswith(f"{DATABASE_VARIABLE}: it cannot be read as a URL (")
    assert third.startswith(f"{file}, log_level: ")


def test_it_must_be_words(file: Path) -> None:
    file.write_text("database_url = ['secret']\n", encoding="utf-8")
    assert problems(file) == [f"{file}, database_url: must be a URL in quotes."]


@pytest.mark.parametrize("written", [b"\xff = '%s'", b"database_url = '%s", b"'%s'"])
def test_a_file_that_cannot_be_read_is_not_quoted(file: Path, written: bytes) -> None:
    file.write_bytes(written % URL.encode())
    (problem,) = problems(file)
    assert "secret" not in problem


def test_the_example_names_the_variable() -> None:
    assert DATABASE_VARIABLE in (ROOT / "config.example.toml").read_text(encoding="utf-8")
