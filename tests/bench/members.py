"""Makes a database with any number of members, each an ordinary sealed row.

python -m tests.bench.members DATABASE COUNT
"""

from __future__ import annotations

import asyncio
import sys
from datetime import UTC, datetime

from bot.core.ids import derive_id
from bot.core.state import Session
from bot.storage.rows import Change
from bot.storage.store import Store
from bot.storage.vault import Vault
from bot.storage.where import located
from tests.bench.checkin import KEYRING, PLATFORM

BATCH = 1_000


def session(member: int) -> Session:
    """Return the session of a member who was welcomed and keeps what they tell."""
    return Session(
        person=derive_id(b"members of a bench", str(member)),
        lang="en",
        zone="Europe/Madrid",
        country="ES",
        welcomed=True,
        age="adult",
        path="stop",
        keep_checkins=True,
        keep_words=True,
    )


async def fill(database: str, count: int) -> None:
    """Write `count` members into the store that `database` names, which must be new."""
    now = datetime.now(UTC)
    store = await Store.open(located(database), Vault(KEYRING))
    try:
        for first in range(0, count, BATCH):
            changes = []
            for member in range(first, min(first + BATCH, count)):
                account = store.account_hash(PLATFORM, str(member))
                person = store.new_person(account, session(member))
                event = store.event_hash(PLATFORM, f"came {member}")
                changes.append(Change(event, now, person, person.session))
            async with store.unit(now) as unit:
                unit.write(changes)
    finally:
        await store.close()


if __name__ == "__main__":
    asyncio.run(fill(sys.argv[1], int(sys.argv[2])))
