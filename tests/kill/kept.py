"""What a store holds, so that two can be compared: as it is stored, or opened with its keys."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.storage.codec import decode_body, encode_session
from bot.storage.store import Store
from bot.storage.vault import Keyring, Vault, unseal

DATABASE = "alongside.db"
KEYS = "master.key"


async def opened(
    folder: Path, platform: str, users: Sequence[str], now: datetime
) -> dict[str, Any]:
    """Return everything that is kept of `users`, read with their keys.

    What is random each time (keys, and what a sealed value looks like) is left out.
    """
    store = await Store.open(folder / DATABASE, Vault(Keyring.read(folder / KEYS)))
    accounts = [store.account_hash(platform, user) for user in users]
    try:
        await store.drop_outdated(now)
        async with store.unit(now) as unit:
            people, _ = await unit.load(accounts, [])
    finally:
        await store.close()
    found = tables(folder)
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


def tables(folder: Path) -> dict[str, list[dict[str, Any]]]:
    """Return every row of every table as it is stored, bytes in hexadecimal, in a fixed order."""
    connection = sqlite3.connect(folder / DATABASE)
    connection.row_factory = sqlite3.Row
    try:
        names = [
            name
            for (name,) in connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' "
                "AND name NOT LIKE 'sqlite_%' AND name <> 'alembic_version'"
            )
        ]
        found = {
            name: [
                {k: v.hex() if isinstance(v, bytes) else v for k, v in dict(row).items()}
                for row in connection.execute(f"SELECT * FROM {name}")
            ]
            for name in names
        }
    finally:
        connection.close()
    for row in found["outbox"]:
        row.pop("seq")
    return {name: sorted(rows_, key=json.dumps) for name, rows_ in found.items()}
