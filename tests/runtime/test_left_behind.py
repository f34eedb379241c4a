"""What a program promised and did not send before it went is sent by one that stays, by and by."""

from __future__ import annotations

import asyncio
from datetime import datetime

from bot.cli.house import House, open_house
from bot.core.outgoing import Outgoing
from bot.library.load import Content
from bot.runtime.clock import SetClock
from bot.runtime.outbox import SURELY_LEFT
from bot.runtime.port import NotDelivered
from bot.storage.rows import Change
from bot.storage.store import Store
from bot.storage.vault import Vault
from bot.storage.where import Where
from tests.runtime.conftest import Opener, on_a_server, on_both_engines
from tests.runtime.fakes import NOON, Disk, Person, Platform, Watcher, until
from tests.storage.people import KEYRING, MOMENT, counts, load, message, settle, write

LONG_AGO = NOON - SURELY_LEFT - MOMENT


async def promise(store: Store, *items: Outgoing, at: datetime = LONG_AGO) -> None:
    """Store messages to Ana as a turn of another program would."""
    ana = await load(store, "ana") or await settle(store, "ana", 7)
    event = b"promised %d" % items[0].id
    await write(store, Change(event, at, ana, ana.session, outgoing=items))


async def gone_without_sending(database: Where, *items: Outgoing, at: datetime = LONG_AGO) -> None:
    """Run a program that promises this, and ends before it has sent anything."""
    store = await Store.open(database, Vault(KEYRING))
    await promise(store, *items, at=at)
    await store.close()


async def looked(house: House) -> None:
    """Look again, and return when everything that was found has been sent."""
    house.outbox.look_again()
    await until(lambda: not house.outbox._looking)
    await house.store.mark(NOON)  # it waits for whoever reads the store
    await asyncio.sleep(0.01)


def numbers(platform: Platform) -> list[int]:
    return [item.id for item, _ in platform.sent]


@on_both_engines
async def test_only_what_was_surely_left_is_taken_up(opened: Opener, database: Where) -> None:
    platform = Platform()
    async with opened(platform) as house:
        await gone_without_sending(database, message(1), message(2))
        await gone_without_sending(database, message(3), at=NOON - SURELY_LEFT)
        assert numbers(platform) == []
        await looked(house)
        assert numbers(platform) == [1, 2]
        await looked(house)
        assert numbers(platform) == [1, 2]
        assert counts(database)["outbox"] == 1


@on_a_server
async def test_while_another_program_is_there_it_is_left_to_that_one(
    opened: Opener, database: Where
) -> None:
    staying, leaving = Platform(), Platform()
    async with opened(staying) as house:
        async with opened(leaving) as other:
            await promise(other.store, message(1))
            await looked(house)
            assert numbers(staying) == numbers(leaving) == []
        for _ in range(2):
            await looked(house)
            assert numbers(staying) == [1]
        async with opened(leaving):
            await looked(house)
    assert (numbers(staying), numbers(leaving)) == ([1], [])


class HeldClock(SetClock):
    """A clock by which nobody's wait ends before it is let go."""

    def __init__(self) -> None:
        super().__init__(NOON)
        self.go = asyncio.Event()

    async def sleep(self, seconds: float) -> None:
        await self.go.wait()


@on_both_engines
async def test_a_message_that_is_held_back_is_not_sent_twice(
    database: Where, content: Content
) -> None:
    platform, clock = Platform(), HeldClock()
    async with open_house(
        database=database,
        keyring=KEYRING,
        content=content,
        ports={platform.platform: platform},
        clock=clock,
        observer=Watcher(),
    ) as house:
        platform.troubles.extend([NotDelivered(3600)])
        assert await house.runner.take(Person("ana").says("hello"))
        await until(lambda: platform.tried)
        clock.move(2 * SURELY_LEFT)
        await looked(house)
        assert (platform.tried, platform.sent) == (1, [])
        clock.go.set()
        await house.outbox.idle()
        assert (platform.tried, len(platform.sent)) == (2, 1)
    assert counts(database)["outbox"] == 0


@on_both_engines
async def test_what_left_and_is_not_noted_yet_is_not_sent_twice(
    opened: Opener, clock: SetClock, disk: Disk, database: Where
) -> None:
    platform = Platform()
    async with opened(platform) as house:
        await house.runner.take(Person("ana").says("hello"))
        disk.full = True
        await house.outbox.idle()
        assert (len(platform.sent), house.store.unmarked) == (1, 1)
        clock.move(2 * SURELY_LEFT)
        house.outbox.look_again()
        await asyncio.sleep(0.05)
        assert len(platform.sent) == 1
        disk.full = False
        await looked(house)
        assert len(platform.sent) == 1
    assert counts(database)["outbox"] == 0
