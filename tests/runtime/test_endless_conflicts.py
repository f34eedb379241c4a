"""A conflict that never ends costs nobody else their turn, and does not keep the house open."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

from bot.cli.house import House
from bot.runtime.port import Arrival
from bot.storage.store import Store
from bot.storage.vault import Vault
from bot.storage.where import Where
from tests.runtime.conftest import Opener, on_both_engines
from tests.runtime.fakes import Disk, Person, Platform, Watcher
from tests.storage.people import KEYRING, rows, settle

pytestmark = on_both_engines

PATIENCE = 10


async def settled(database: Where, user: str, *elsewhere: str) -> None:
    """Store a member, who has more accounts `elsewhere`."""
    store = await Store.open(database, Vault(KEYRING))
    await settle(store, user, 7)
    accounts = [store.account_hash("testing", one) for one in elsewhere]
    await store.close()
    for account in accounts:
        rows(database, "INSERT INTO accounts (hash, person_id) VALUES (?, 7)", [account])


def refuse_changes(database: Where) -> None:
    """Let every change of a person who is there already find that another was quicker."""
    if isinstance(database, Path):
        rows(
            database,
            "CREATE TRIGGER never BEFORE UPDATE ON people BEGIN SELECT RAISE(IGNORE); END",
        )
        return
    rows(
        database,
        "CREATE FUNCTION ignore() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
    )
    rows(
        database,
        "CREATE TRIGGER never BEFORE UPDATE ON people FOR EACH ROW EXECUTE FUNCTION ignore()",
    )


def allow_changes(database: Where) -> None:
    rows(database, f"DROP TRIGGER never{'' if isinstance(database, Path) else ' ON people'}")


async def taken(house: House, disk: Disk, arrivals: Sequence[Arrival]) -> list[bool]:
    try:
        async with asyncio.timeout(PATIENCE):
            return await asyncio.gather(*(house.runner.take(one) for one in arrivals))
    except TimeoutError:
        disk.full = True  # or this test would never end either
        raise


async def test_one_person_with_two_accounts_in_one_batch(
    opened: Opener, disk: Disk, watcher: Watcher, database: Where
) -> None:
    await settled(database, "ana", "ana elsewhere")
    platform = Platform()
    users = ("ana", "ana elsewhere", "ben")
    arrivals = [Person(user).says("/checkin") for user in users]
    async with opened(platform) as house:
        assert await taken(house, disk, arrivals) == [True] * 3
        await house.outbox.idle()
    for user in users:
        assert len(platform.said_to(f"chat of {user}")) == 1
    assert rows(database, "SELECT version FROM people WHERE id = 7") == [(3,)]
    assert watcher.notes == []


async def test_someone_who_can_never_be_written_is_told_and_the_others_are_answered(
    opened: Opener, disk: Disk, watcher: Watcher, database: Where
) -> None:
    await settled(database, "ana")
    platform = Platform(redelivers=True)
    ana, ben = Person("ana").says("/checkin"), Person("ben").says("/checkin")
    refuse_changes(database)
    async with opened(platform) as house:
        assert await taken(house, disk, [ana, ben]) == [False, True]
        await house.outbox.idle()
        assert len(platform.said_to("chat of ana")) == len(platform.said_to("chat of ben")) == 1
        assert watcher.notes == ["store down 1"]
    allow_changes(database)
    async with opened(platform) as house:
        assert await taken(house, disk, [ana, ben]) == [True, True], "it is not put aside"
        await house.outbox.idle()
    assert len(platform.said_to("chat of ana")) == 2
    assert len(platform.said_to("chat of ben")) == 1
