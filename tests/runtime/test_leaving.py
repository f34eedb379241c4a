"""A clean stop answers what was taken, refuses what was not, and does not take for ever."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bot.cli import house as module
from bot.cli.house import House, open_house
from bot.core.outgoing import Outgoing
from bot.library.load import Content
from bot.runtime.clock import SetClock
from bot.runtime.port import Arrival, NotDelivered
from bot.runtime.runner import LARGEST_BATCH
from bot.storage.where import Where
from tests.runtime.conftest import Opener, on_a_server, on_both_engines
from tests.runtime.fakes import NOON, Person, Platform, Watcher, until
from tests.storage.people import KEYRING, counts

PATIENCE = 5


class Slow(Platform):
    """A platform that takes a while for everything."""

    async def send(self, item: Outgoing, ref: str) -> str:
        await asyncio.sleep(0.005)
        return await Platform.send(self, item, ref)

    async def acknowledge(self, arrival: Arrival) -> None:
        await asyncio.sleep(0.001)
        await Platform.acknowledge(self, arrival)


class PassingClock(SetClock):
    """A clock that stands, but by which waiting takes as long as it does."""

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


@on_both_engines
async def test_what_was_taken_is_answered_before_the_house_closes(
    opened: Opener, database: Where
) -> None:
    platform = Slow()
    cries = [Person(f"p{n}").says("I want to die") for n in range(20)]
    async with opened(platform) as house:
        assert all(await asyncio.gather(*(house.runner.take(one) for one in cries)))
        assert len(platform.sent) < len(cries)
    assert len(platform.sent) == len(cries)
    assert counts(database)["outbox"] == 0


@on_a_server
async def test_it_is_answered_though_another_program_stays_that_would_not_do_it(
    opened: Opener, database: Where
) -> None:
    staying, leaving = Platform(), Slow()
    async with opened(staying):
        async with opened(leaving) as house:
            assert await house.runner.take(Person("ana").says("I want to die"))
        assert (len(leaving.sent), len(staying.sent)) == (1, 0)
    assert counts(database)["outbox"] == 0


@on_both_engines
async def test_a_platform_that_holds_its_messages_back_is_not_waited_for_long(
    database: Where, content: Content, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "SECONDS_TO_SEND_THE_REST", 0.05)
    platform = Platform()
    platform.troubles.extend([NotDelivered(60)])

    @asynccontextmanager
    async def opened() -> AsyncIterator[House]:
        async with open_house(
            database=database,
            keyring=KEYRING,
            content=content,
            ports={platform.platform: platform},
            clock=PassingClock(NOON),
            observer=Watcher(),
        ) as house:
            yield house

    async with asyncio.timeout(PATIENCE):
        async with opened() as house:
            assert await house.runner.take(Person("ana").says("hello"))
        assert platform.sent == []
        assert counts(database)["outbox"] == 1, "it is left for the next start"
        async with opened():
            assert len(platform.sent) == 1


@on_both_engines
async def test_whoever_is_not_taken_any_more_is_told_so_at_once(
    opened: Opener, database: Where
) -> None:
    platform = Slow()
    arrivals = [Person(f"p{n}").says("hello") for n in range(LARGEST_BATCH + 36)]
    async with asyncio.timeout(PATIENCE):
        async with opened(platform) as house:
            takes = [asyncio.create_task(house.runner.take(one)) for one in arrivals]
            await until(lambda: platform.acknowledged)
        taken = await asyncio.gather(*takes)
        assert [taken.count(True), taken.count(False)] == [LARGEST_BATCH, 36]
        assert len(platform.acknowledged) == len(platform.sent) == LARGEST_BATCH
        assert counts(database)["people"] == LARGEST_BATCH
        assert not await house.runner.take(Person("late").says("hello"))
    async with opened(platform) as house:
        again = await asyncio.gather(*(house.runner.take(one) for one in arrivals))
        assert all(again), "brought again, they are taken"
        await house.outbox.idle()
    assert len(platform.sent) == len(arrivals)
