"""The PostgreSQL server that tests use: real, empty when fresh, and gone when they end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import asyncpg
import pytest

from bot.storage.where import PostgresDatabase
from tests.postgres import PostgresServer, server

ROOT = Path(__file__).resolve().parents[1]
TABLES = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"

USER = """
import sys, time
from pathlib import Path
from tests.postgres import server
with server(Path(sys.argv[1])) as running:
    print(running.pid, running.folder, flush=True)
    time.sleep(600)
"""


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


async def one(where: PostgresDatabase, statement: str) -> object:
    connection = await asyncpg.connect(where.url)
    try:
        return await connection.fetchval(statement)
    finally:
        await connection.close()


async def test_a_fresh_database_is_empty_or_a_copy(postgres: PostgresServer) -> None:
    first = postgres.fresh()
    assert await one(first, TABLES) == 0
    await one(first, "CREATE TABLE facts (id bigint)")
    await one(first, "INSERT INTO facts VALUES (7)")
    assert await one(postgres.fresh(), TABLES) == 0
    copy = postgres.fresh(template=first.name)
    assert await one(copy, "SELECT id FROM facts") == 7
    postgres.drop(copy)
    postgres.drop(first)
    with pytest.raises(asyncpg.InvalidCatalogNameError):
        await one(first, TABLES)


async def test_a_database_in_use_can_be_dropped(postgres: PostgresServer) -> None:
    database = postgres.fresh()
    connection = await asyncpg.connect(database.url)
    postgres.drop(database)
    with pytest.raises((asyncpg.PostgresError, asyncpg.InterfaceError, OSError)):
        await connection.fetchval("SELECT 1")
    connection.terminate()


async def test_it_waits_for_no_disk_but_keeps_its_order(postgres: PostgresServer) -> None:
    database = postgres.fresh()
    for name, value in (("fsync", "off"), ("full_page_writes", "off"), ("max_connections", "100")):
        assert await one(database, f"SHOW {name}") == value
    assert await one(database, "SHOW synchronous_commit") == "on"


def test_those_who_come_together_share_it_and_the_last_one_out_stops_it(tmp_path: Path) -> None:
    with server(tmp_path) as first:
        with server(tmp_path) as second:
            assert second == first
        assert alive(first.pid), "somebody is still there"
        assert first.folder.exists()
    assert not alive(first.pid)
    assert not first.folder.exists()
    with server(tmp_path) as again:
        assert alive(again.pid)


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_nothing_of_it_stays_behind_however_its_user_ends(tmp_path: Path, how: int) -> None:
    command = [sys.executable, "-c", USER, str(tmp_path)]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8"
    ) as user:
        assert user.stdout
        pid, _, folder = user.stdout.readline().strip().partition(" ")
        assert alive(int(pid))
        user.send_signal(how)
    until = time.monotonic() + 20
    while (alive(int(pid)) or Path(folder).exists()) and time.monotonic() < until:
        time.sleep(0.01)
    assert not alive(int(pid))
    assert not Path(folder).exists()


async def test_a_url_with_a_password_reaches_it_over_the_network(postgres: PostgresServer) -> None:
    postgres.sql("CREATE ROLE \"Zoë\" LOGIN PASSWORD 'a/b#c@d%[ß]'")
    database = postgres.fresh()
    assert await one(postgres.for_user("Zoë", "a/b#c@d%[ß]", database.name), TABLES) == 0
    with pytest.raises(asyncpg.InvalidPasswordError):
        await one(postgres.for_user("Zoë", "other", database.name), TABLES)
