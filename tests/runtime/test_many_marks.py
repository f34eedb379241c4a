"""Several answers of one run may leave before any of them is noted as sent."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from bot.core.outgoing import Outgoing
from bot.runtime.outbox import MOST_UNMARKED
from bot.storage.store import Store
from bot.storage.vault import Vault
from bot.storage.where import Where
from tests.runtime.conftest import Opener, on_both_engines
from tests.runtime.fakes import Person, Platform, Watcher, until
from tests.storage.people import KEYRING, counts, settle

pytestmark = on_both_engines

TYPED = ("/checkin", "5", "3", "4")
MEMBERS = 6
EVERYTHING = 999


@dataclass(slots=True)
class Gate(Platform):
    """A platform that lets only so many messages through, until it is opened."""

    open: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(0))

    async def send(self, item: Outgoing, ref: str) -> str:
        await self.open.acquire()
        return await Platform.send(self, item, ref)

    def let_through(self, messages: int) -> None:
        for _ in range(messages):
            self.open.release()


async def settled(database: Where, *users: str) -> None:
    store = await Store.open(database, Vault(KEYRING))
    for number, user in enumerate(users, 1):
        await settle(store, user, number)
    await store.close()


async def test_answers_of_one_run_that_left_together_cost_nobody_their_turn(
    opened: Opener, watcher: Watcher, database: Where
) -> None:
    members = [Person(f"m{n}") for n in range(MEMBERS)]
    await settled(database, *(one.user for one in members), "ben")
    platform = Gate()
    async with opened(platform) as house:
        for typed in TYPED:
            for one in members:
                assert await house.runner.take(one.says(typed))
        out = MEMBERS * (len(TYPED) - 1)
        assert out < MOST_UNMARKED
        try:
            platform.let_through(out)
            await until(lambda: house.store.unmarked == out)
            assert await house.runner.take(Person("ben").says("/checkin"))
            assert house.store.unmarked == 0, "the turn took the marks along"
            assert len({item.key for item, _ in platform.sent}) == MEMBERS
        finally:
            platform.let_through(EVERYTHING)
        await house.outbox.idle()
        assert len(platform.sent) == MEMBERS * len(TYPED) + 1
    assert watcher.notes == []
    assert counts(database)["outbox"] == 0


async def test_of_answers_of_one_run_that_left_together_the_newest_is_edited(
    opened: Opener, database: Where
) -> None:
    members = [Person(f"m{n}") for n in range(MEMBERS)]
    await settled(database, *(one.user for one in members))
    platform = Gate()
    async with opened(platform) as house:
        for typed in TYPED:
            for one in members:
                assert await house.runner.take(one.says(typed))
        platform.let_through(EVERYTHING)
        await house.outbox.idle()
        assert house.store.unmarked == 0
        asked = {item.address: item for item, _ in platform.sent}
        for one in members:
            address = f"chat of {one.user}"
            newest = [item for item, _ in platform.sent].index(asked[address]) + 1
            assert await house.runner.take(one.taps(asked[address].buttons[0].token))
            await house.outbox.idle()
            item, ref = platform.sent[-1]
            assert (item.address, item.kind, ref) == (address, "edit", f"ref-{newest}")
