"""What was taken up because it looked left behind is not sent again by whoever promised it."""

from __future__ import annotations

import asyncio
from pathlib import Path

from bot.runtime.clock import SetClock
from bot.runtime.outbox import SURELY_LEFT
from bot.runtime.port import Arrival
from tests.runtime.conftest import Opener, on_a_server, on_both_engines
from tests.runtime.fakes import NOON, Disk, Person, Platform, until
from tests.runtime.test_lost_commit import answers
from tests.storage.people import counts


class SlowToHear(Platform):
    """A platform that takes its time to be told "received"."""

    def __init__(self) -> None:
        super().__init__()
        self.gate = asyncio.Event()

    async def acknowledge(self, arrival: Arrival) -> None:
        await self.gate.wait()
        await super().acknowledge(arrival)


@on_both_engines
async def test_the_answer_to_an_old_event_on_its_way_to_the_outbox(
    opened: Opener, database: Path
) -> None:
    platform = SlowToHear()
    late = Person("ana", at=NOON - 2 * SURELY_LEFT).says("hello")
    async with opened(platform) as house:
        taking = asyncio.create_task(house.runner.take(late))
        await until(lambda: counts(database)["outbox"] > 0)
        house.outbox.look_again()
        await until(lambda: answers(platform, late) > 0)
        platform.gate.set()
        assert await taking
        await house.outbox.idle()
        assert answers(platform, late) == 1


@on_a_server
async def test_the_answer_of_a_commit_that_was_in_doubt(
    opened: Opener, disk: Disk, clock: SetClock
) -> None:
    platform = Platform()
    lost = Person("ana").says("hello")
    async with opened(platform) as house:
        disk.lose_reply()
        assert not await house.runner.take(lost)
        clock.move(2 * SURELY_LEFT)
        house.outbox.look_again()
        await until(lambda: answers(platform, lost) > 0)
        assert await house.runner.take(Person("ben").says("hello"))
        await house.outbox.idle()
        assert answers(platform, lost) == 1
