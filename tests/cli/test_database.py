"""`alongside chat` on a database of the operator's choice: it works, or says why, and no secret."""

from __future__ import annotations

import asyncio
import logging
import secrets
import socket
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.parse import quote

import pytest

import bot.storage.postgres
from bot.cli.start import CannotStart, make_ready
from bot.operations.config import DATABASE_VARIABLE, KEYS_VARIABLE
from bot.storage.migrate import is_founded
from bot.storage.rows import StoreDown
from bot.storage.store import Store
from bot.storage.vault import Keyring, Vault
from bot.storage.where import PostgresDatabase
from tests.cli.console import alongside, environment, label, through_a_pipe, words
from tests.cli.test_chat import MOOD, PULL, WELCOME, welcomed
from tests.cli.test_trouble import HELP, refused
from tests.postgres import PostgresServer

PASSWORD = "s3cr3t-Paß"
SECRETS = ("zoraida", PASSWORD, quote(PASSWORD), "s3cr3t")
CANNOT = "The store cannot be opened, so I could not save what you say: "
SAID = "".join(f"{label(typed)}\n" for typed, _ in WELCOME)


def shows_no_secret(*shown: object) -> None:
    for one in shown:
        for secret in SECRETS:
            assert secret not in str(one).lower(), "credentials were shown"


@dataclass(frozen=True, slots=True)
class Operator:
    """Has a new, empty database of their own on the server, and a password for it."""

    postgres: PostgresServer
    user: str
    database: PostgresDatabase

    @property
    def name(self) -> str:
        return self.database.name

    def as_user(self, password: str = PASSWORD, name: str = "") -> str:
        return self.postgres.for_user(self.user, password, name or self.name).url

    def elsewhere(self, port: int) -> str:
        """The URL with another port."""
        return self.as_user().replace(f":{self.postgres.port}/", f":{port}/")

    def cuts_off(self) -> None:
        """Let nobody in any more, as if the server had gone."""
        self.postgres.sql(
            f"ALTER DATABASE {self.name} ALLOW_CONNECTIONS false;"
            f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{self.name}'"
        )

    def lets_in(self) -> None:
        self.postgres.sql(f"ALTER DATABASE {self.name} ALLOW_CONNECTIONS true")


@pytest.fixture
def operator(postgres: PostgresServer) -> Iterator[Operator]:
    user = f"zoraida_{secrets.token_hex(4)}"
    database = postgres.fresh()
    postgres.sql(f"CREATE ROLE {user} LOGIN PASSWORD '{PASSWORD}'")
    postgres.sql(f"ALTER DATABASE {database.name} OWNER TO {user}")
    yield Operator(postgres, user, database)
    postgres.drop(database)
    postgres.sql(f"DROP ROLE {user}")


@pytest.fixture
def nobody_there() -> Iterator[int]:
    """A port where nobody answers."""
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        yield bound.getsockname()[1]


@pytest.fixture
def silent() -> Iterator[int]:
    """A port where somebody lets one in and then says nothing."""
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        bound.listen()
        yield bound.getsockname()[1]


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    path = tmp_path / "settings.toml"
    path.write_text("log_level = 'debug'\n", encoding="utf-8")
    return path


# --- it works -------------------------------------------------------------------------------------


def test_a_chat_is_kept_on_a_server(operator: Operator, tmp_path: Path, settings: Path) -> None:
    env = environment(**{DATABASE_VARIABLE: operator.as_user()})
    data = tmp_path / "data"
    with through_a_pipe("--config", settings, "chat", "--data", data, env=env) as chat:
        welcomed(chat)
        chat.says("5")
        shows_no_secret(chat.shows(PULL))
        chat.dies()
    assert {path.name for path in data.iterdir()} == {"in-use.lock", "master.key"}
    done = alongside("--config", settings, "chat", "--data", data, said="/quit\n", env=env)
    assert done.returncode == 0
    assert PULL in done.stdout
    assert words("welcome") not in done.stdout
    shows_no_secret(done.stdout, done.stderr)


def test_a_chat_is_kept_in_a_file_elsewhere(tmp_path: Path) -> None:
    kept = tmp_path / "a # folder" / "kept.db"
    env = environment(**{DATABASE_VARIABLE: f"sqlite:///{quote(str(kept))}"})
    done = alongside("chat", "--data", tmp_path / "data", said=SAID, env=env)
    assert (done.returncode, done.stderr) == (0, "")
    assert MOOD in done.stdout
    assert kept.stat().st_mode & 0o777 == 0o600
    assert not (tmp_path / "data" / "alongside.db").exists()
    assert (tmp_path / "data" / "master.key").exists()


def test_one_program_to_a_file_however_it_was_named(data: Path, tmp_path: Path) -> None:
    env = environment(**{DATABASE_VARIABLE: f"sqlite:///{data}/alongside.db"})
    keys = (data / "master.key").read_text(encoding="utf-8").replace("\n", ";")
    with through_a_pipe("chat", "--data", data) as chat:
        chat.shows(words("welcome"))
        other = tmp_path / "other"
        done = alongside("chat", "--data", other, env={**env, KEYS_VARIABLE: keys})
        refused(done, code=1, sentence=f"{data} is in use: a chat is open in another window.")
    assert alongside("chat", "--data", data, env=env).returncode == 0, "its folder has one lock"


def test_one_program_to_a_data_folder_even_with_a_server(
    operator: Operator, tmp_path: Path
) -> None:
    env = environment(**{DATABASE_VARIABLE: operator.as_user()})
    with through_a_pipe("chat", "--data", tmp_path / "data", env=env) as chat:
        chat.shows(words("welcome"))
        done = alongside("chat", "--data", tmp_path / "data", env=env)
        refused(done, code=1, sentence=f"{tmp_path / 'data'} is in use")


# --- or says why ----------------------------------------------------------------------------------


def test_a_refused_password_is_told(operator: Operator, tmp_path: Path, settings: Path) -> None:
    settings.write_text(
        f"log_level = 'debug'\ndatabase_url = '{operator.as_user(PASSWORD + '!')}'\n",
        encoding="utf-8",
    )
    done = alongside("--config", settings, "chat", "--data", tmp_path / "data", said="hello\n")
    refused(done, code=1, sentence=f"{CANNOT}{PostgresDatabase(operator.as_user())}: ")
    assert "refused the name or the password" in done.stderr
    shows_no_secret(done.stdout, done.stderr)
    assert not (tmp_path / "data" / "master.key").exists(), "nobody knows yet if keys are new"


def test_a_database_that_is_not_there_is_told(
    operator: Operator, tmp_path: Path, settings: Path
) -> None:
    env = environment(**{DATABASE_VARIABLE: operator.as_user(name="not-there")})
    done = alongside("--config", settings, "chat", "--data", tmp_path, said="hello\n", env=env)
    refused(done, code=1, sentence=f":{operator.postgres.port}/not-there: ")
    assert "no database of that name" in done.stderr
    shows_no_secret(done.stdout, done.stderr)


def test_a_server_that_does_not_answer_is_told(
    operator: Operator, tmp_path: Path, settings: Path, nobody_there: int
) -> None:
    env = environment(**{DATABASE_VARIABLE: operator.elsewhere(nobody_there)})
    done = alongside("--config", settings, "chat", "--data", tmp_path, said="hello\n", env=env)
    where = f"postgresql://127.0.0.1:{nobody_there}/{operator.name}"
    refused(done, code=1, sentence=f"{CANNOT}{where}: nobody answers there")
    assert done.stderr.count("\n") == 2, "one sentence"
    shows_no_secret(done.stdout, done.stderr)


def test_a_missing_driver_is_told(operator: Operator, tmp_path: Path) -> None:
    (tmp_path / "asyncpg.py").write_text(
        "raise ModuleNotFoundError(\"No module named 'asyncpg'\", name='asyncpg')\n",
        encoding="utf-8",
    )
    env = environment(**{DATABASE_VARIABLE: operator.as_user(), "PYTHONPATH": str(tmp_path)})
    done = alongside("chat", "--data", tmp_path / "data", said="hello\n", env=env)
    refused(done, code=2, sentence="PostgreSQL needs one more package: ")
    assert done.stderr.strip().endswith("pip install 'alongside[postgres]'")
    shows_no_secret(done.stdout, done.stderr)


def test_a_lost_key_file_is_never_replaced(operator: Operator, tmp_path: Path) -> None:
    env = environment(**{DATABASE_VARIABLE: operator.as_user()})
    data = tmp_path / "data"
    assert alongside("chat", "--data", data, said=SAID, env=env).returncode == 0
    (data / "master.key").unlink()
    done = alongside("chat", "--data", data, env=env)
    where = PostgresDatabase(operator.as_user())
    refused(done, code=2, sentence=f"there is no key file, but {where} was sealed with one.")
    assert not (data / "master.key").exists()
    Keyring.create(data / "master.key")
    done = alongside("chat", "--data", data, env=env)
    refused(done, code=2, sentence="was not sealed with the keys in use here.")
    shows_no_secret(done.stdout, done.stderr)


def test_a_database_of_a_newer_program_is_refused(operator: Operator, tmp_path: Path) -> None:
    env = environment(**{DATABASE_VARIABLE: operator.as_user()})
    assert alongside("chat", "--data", tmp_path, env=env).returncode == 0
    operator.postgres.sql("UPDATE alembic_version SET version_num = '9999'", operator.name)
    done = alongside("chat", "--data", tmp_path, env=env)
    refused(done, code=1, sentence="written by a newer Alongside")
    shows_no_secret(done.stdout, done.stderr)


def test_a_user_who_may_not_make_tables_is_told(operator: Operator, tmp_path: Path) -> None:
    operator.postgres.sql(f"ALTER DATABASE {operator.name} OWNER TO postgres")
    env = environment(**{DATABASE_VARIABLE: operator.as_user()})
    done = alongside("chat", "--data", tmp_path, env=env)
    refused(done, code=1, sentence=str(PostgresDatabase(operator.as_user())))
    shows_no_secret(done.stdout, done.stderr)


def test_a_server_that_goes_away_says_what_is_lost_and_keeps_the_rest(
    operator: Operator, tmp_path: Path, settings: Path
) -> None:
    env = environment(**{DATABASE_VARIABLE: operator.as_user()})
    with through_a_pipe("--config", settings, "chat", "--data", tmp_path, env=env) as chat:
        welcomed(chat)
        chat.says("5")
        chat.shows(PULL)
        operator.cuts_off()
        chat.says("8")
        shown = chat.shows(words("store-down-again"))
        chat.says("help now")
        shown += chat.shows(HELP)
        operator.lets_in()
        chat.says("7")
        shown += chat.shows("0 is not at all")
        chat.says("/quit")
        shown += chat.ends()
        assert "Traceback" not in shown
        assert chat.process.returncode == 0
    shows_no_secret(shown)


@pytest.mark.parametrize("place", ["file", "environment"])
def test_a_url_that_cannot_be_read_is_told_by_its_place(
    tmp_path: Path, settings: Path, place: str
) -> None:
    url = f"postgresql://zoraida:{PASSWORD}/{PASSWORD}@127.0.0.1/kept"
    if place == "file":
        settings.write_text(f"database_url = '{url}'\n", encoding="utf-8")
    env = environment(**({DATABASE_VARIABLE: url} if place == "environment" else {}))
    done = alongside("--config", settings, "chat", "--data", tmp_path, env=env)
    named = f"{settings}, database_url" if place == "file" else DATABASE_VARIABLE
    refused(done, code=2, sentence=f"{named}: it cannot be read as a URL")
    shows_no_secret(done.stdout, done.stderr)


# --- and shows no secret ----------------------------------------------------------------------

Spoils = Callable[[Operator, int, int], str]
WAYS: dict[str, Spoils] = {
    "password": lambda one, *_: one.as_user(PASSWORD + "!"),
    "user": lambda one, *_: one.as_user().replace("zoraida", "zoraida_x"),
    "database": lambda one, *_: one.as_user(name="not-there"),
    "port": lambda one, closed, _: one.elsewhere(closed),
    "silence": lambda one, _, silent: one.elsewhere(silent),
    "socket": lambda one, *_: f"postgresql://{one.user}:{quote(PASSWORD)}@/x?host=/nowhere",
    "parameter": lambda one, *_: f"{one.as_user()}?sslmode=zoraida",
    "setting": lambda one, *_: f"{one.as_user()}?zoraida={quote(PASSWORD)}",
    "encryption": lambda one, *_: f"{one.as_user()}?sslmode=require",
    "certificate": lambda one, *_: f"{one.as_user()}?sslmode=verify-full&sslrootcert=/zoraida",
}


@pytest.mark.parametrize("way", WAYS)
def test_no_error_and_no_log_holds_a_secret(
    way: str,
    operator: Operator,
    nobody_there: int,
    silent: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(bot.storage.postgres, "SECONDS_TO_CONNECT", 0.5)
    url = WAYS[way](operator, nobody_there, silent)
    monkeypatch.setenv(DATABASE_VARIABLE, url)
    caplog.set_level(logging.DEBUG)
    ready = make_ready(None, tmp_path)
    where = ready.settings.database
    assert isinstance(where, PostgresDatabase)
    vault = Vault(Keyring.create(tmp_path / "master.key"))
    for attempt in (partial(is_founded, where), partial(Store.open, where, vault)):
        with pytest.raises(StoreDown) as caught:
            asyncio.run(attempt(), debug=True)
        assert str(caught.value).startswith(f"{where}: ")
        shows_no_secret(*what_it_holds(caught.value))
    shows_no_secret(repr(ready.settings), ready.settings, repr(where), where)
    shows_no_secret(caplog.text, *capfd.readouterr())


def what_it_holds(error: BaseException) -> Iterator[str]:
    """Return all that a traceback, a log or a curious handler makes of `error` and its causes."""
    yield "".join(traceback.format_exception(error))
    seen: BaseException | None = error
    while seen is not None:
        yield f"{seen} {seen!r} {seen.args!r} {vars(seen)!r}"
        seen = seen.__cause__ or (None if seen.__suppress_context__ else seen.__context__)


def test_nor_does_a_mistake_in_the_settings(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(DATABASE_VARIABLE, f"postgresql://zoraida:{PASSWORD}#{PASSWORD}@h/kept")
    with pytest.raises(CannotStart) as caught:
        make_ready(None, tmp_path)
    shows_no_secret(*what_it_holds(caught.value), *caught.value.sentences)
