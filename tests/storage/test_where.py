"""A database is named by a URL, and shown without what stands in it for the server alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.storage.where import PostgresDatabase, WhereUnknown, located


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("sqlite:////srv/alongside.db", "/srv/alongside.db"),
        ("sqlite:///beside/us.db", "beside/us.db"),
        ("sqlite:////srv/a%20b%23c.db\n", "/srv/a b#c.db"),
        ("SQLite:////srv/a.db", "/srv/a.db"),
    ],
)
def test_a_file_is_a_path(url: str, path: str) -> None:
    assert located(url) == Path(path)


def test_a_tilde_is_the_home_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/ana")
    assert located("sqlite:///~/a.db") == Path("/home/ana/a.db")


@pytest.mark.parametrize(
    ("url", "shown", "name"),
    [
        ("postgresql://ana:secret@db.example:5433/kept", "db.example:5433/kept", "kept"),
        ("postgres://ana@db.example/kept?sslmode=require", "db.example/kept", "kept"),
        ("postgresql://ana:secret@[::1]:5432/kept", "[::1]:5432/kept", "kept"),
        ("postgresql://ana:secret@[fe80::1%25eth0]/kept", "[fe80::1%eth0]/kept", "kept"),
        ("postgresql://ana:secret@/kept?host=/run/pg", "/run/pg/kept", "kept"),
        ("postgresql://ana@/kept?port=5433&host=/run/pg", "/run/pg:5433/kept", "kept"),
        ("postgresql://ana@%2Frun%2Fpg/kept", "/run/pg/kept", "kept"),
        ("postgresql://ana:secret@one:1,two:2/kept", "one:1,two:2/kept", "kept"),
        ("postgresql:///kept?user=ana&password=secret", "/kept", "kept"),
        ("postgresql://ana:se%2Fcr%40et@h/kept%20%C3%B1", "h/kept ñ", "kept ñ"),
        ("postgresql://ana:@h/kept", "h/kept", "kept"),
    ],
)
def test_a_server_shows_host_port_and_name_alone(url: str, shown: str, name: str) -> None:
    where = located(url)
    assert isinstance(where, PostgresDatabase)
    assert where.url == url
    assert where.name == name
    assert str(where) == f"postgresql://{shown}"
    assert repr(where) == f"PostgresDatabase(postgresql://{shown})"


SLIPS = (
    "postgresql://ana:12#secret@h/kept",
    "postgresql://ana:12/secret@h/kept",
    "postgresql://ana:12?secret@h/kept",
    "postgresql://ana:12?x=secret@h/kept",
    "postgresql://ana:12@secret@h/kept",
    "postgresql://ana:12[secret@h/kept",
    "postgresql://ana:12]secret@h/kept",
    "postgresql://ana/secret@h/kept",
    "postgresql:ana:secret@h/kept",
    "postgresql:/ana:secret@h/kept",
    "postgresql:///ana:secret@h/kept",
    "postgresql://ana:secret@h/kept?secret",
    "postgresql://ana:secret@h:port/kept",
    "postgresql://ana:secret@h:99999/kept",
    "postgresql://ana:secret@h:0/kept",
    "postgresql://ana:secret@::1/kept",
    "postgresql://ana:secret@[::1/kept",
    "postgresql://ana:secret@h/kept?host=/run/pg&port=secret",
    "postgresql://ana:secret@/kept?host=/run/pg&port=secret",
    "postgresql://ana:sec\x00ret@h/kept",
    "postgresql://ana:secret@h/kept%00secret",
    "postgresql://ana:secret@h/kept%0Asecret",
)


@pytest.mark.parametrize("url", [url for url in SLIPS if "host=/run/pg&port" not in url])
def test_what_could_be_mixed_up_is_refused(url: str) -> None:
    with pytest.raises(WhereUnknown, match="cannot be read as a URL") as caught:
        located(url)
    assert "secret" not in str(caught.value)
    assert caught.value.__suppress_context__


@pytest.mark.parametrize("url", [*SLIPS, "", "secret", "http://ana:secret@["])
def test_nor_is_it_shown_by_someone_who_did_not_ask(url: str) -> None:
    assert "secret" not in repr(PostgresDatabase(url))
    assert "ana" not in str(PostgresDatabase(url))


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("", "must begin with"),
        ("secret", "must begin with"),
        ("/srv/secret.db", "must begin with"),
        ("mysql://ana:secret@h/kept", "must begin with"),
        ("sqlite+aiosqlite:////secret", "must begin with"),
        ("sqlite:", "and a path"),
        ("sqlite:///", "and a path"),
        ("sqlite://secret.db", "and a path"),
        ("sqlite:secret.db", "and a path"),
        ("sqlite:///.", "and a path"),
        ("sqlite:////srv/secret%00", "and a path"),
        ("sqlite:////srv/secret.db?mode=ro", '"#" as %23'),
        ("sqlite:////srv/secret#1.db", '"#" as %23'),
        ("sqlite:///~nobody-of-that-secret-name/a.db", "its path cannot be read"),
        ("sqlite://[/a.db", "its path cannot be read"),
        ("postgresql://ana:secret@h", "names no database"),
        ("postgresql://ana:secret@h/?dbname=kept", "names no database"),
    ],
)
def test_a_mistake_is_told_and_never_quoted(url: str, why: str) -> None:
    with pytest.raises(WhereUnknown) as caught:
        located(url)
    assert why in str(caught.value)
    assert "secret" not in str(caught.value)
