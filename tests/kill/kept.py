"""What a store holds, so that two can be compared: as it is stored, or opened with its keys."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import asyncpg

from bot.storage.codec import decode_body, encode_session
from bot.storage.store import Store
from bot.storage.vault import Keyring, Vault, unseal
from bot.storage.where import PostgresDatabase, Where

DATABASE = "alongside.db"
KEYS = "master.key"
URL = "database.url"


def database(folder: Path) -> Where:
    """Return the database that belongs to `folder`: the one noted in it, or the file."""
    noted = folder / URL
    return PostgresDatabase(noted.read_text()) if noted.exists() else folder / DATABASE


async def opened(
    folder: Path, platform: str, users: Sequence[str], now: datetime
) -> dict[str, Any]:
    """Return everything that is kept of `users`, read with their keys.

    What is random each time (keys, and what a sealed value looks like) is left out.
    """
    store = await Store.open(database(folder), Vault(Keyring.read(folder / KEYS)))
    accounts = [store.account_hash(platform, user) for user in users]
    try:
        await store.drop_outdated(now)
        async with store.unit(now) as unit:
            people, _ = await unit.load(accounts, [])
    finally:
        await store.close()
    found = await stored(folder)
    keys = {person.session.person: person.key for person in people.values()}
    for record in found["records"]:
        who = record["person_id"]
        bound = f"records|{record['id']}|{who}|{record['kind']}"
        record["body"] = dict(decode_body(unseal(keys[who], bytes.fromhex(record["body"]), bound)))
    for table in ("people", "outbox", "quarantine", "shown", "day_keys"):
        for row in found[table]:
            for sealed in ("wrapped_key", "state", "body", "ref"):
                row.pop(sealed, None)
    sessions = [people.get(account) for account in accounts]
    return {
        **found,
        "sessions": [encode_session(one.session).decode() if one else "" for one in sessions],
    }


async def stored(folder: Path) -> dict[str, list[dict[str, Any]]]:
    """Return every row of every table as it is stored, bytes in hexadecimal, in a fixed order."""
    where = database(folder)
    return _told(await _postgres(where)) if isinstance(where, PostgresDatabase) else tables(folder)


def tables(folder: Path) -> dict[str, list[dict[str, Any]]]:
    """Return the same of a SQLite database, where nothing may be awaited."""
    connection = sqlite3.connect(folder / DATABASE)
    connection.row_factory = sqlite3.Row
    try:
        names = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        ).fetchall()
        return _told({name: connection.execute(f"SELECT * FROM {name}") for (name,) in names})
    finally:
        connection.close()


async def _postgres(where: PostgresDatabase) -> dict[str, Iterable[Any]]:
    connection = await asyncpg.connect(where.url)
    try:
        names = await connection.fetch(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
        )
        return {name: await connection.fetch(f"SELECT * FROM {name}") for (name,) in names}
    finally:
        await connection.close()


def _told(found: Mapping[str, Iterable[Any]]) -> dict[str, list[dict[str, Any]]]:
    """Return rows of either driver in one form; the place in the outbox is nobody's business."""
    told = {
        table: [
            {k: v.hex() if isinstance(v, bytes) else v for k, v in dict(row).items() if k != "seq"}
            for row in rows
        ]
        for table, rows in found.items()
        if table != "alembic_version"
    }
    return {table: sorted(rows, key=json.dumps) for table, rows in told.items()}
