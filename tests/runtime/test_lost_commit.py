"""Where it is not known whether a turn was kept, its answer goes out once, as soon as it is known.

The connection to a server breaks while a commit is under way. What was promised may stand in the
store or not, and nobody says which. With a file it is known at once.
"""

from __future__ import annotations

import pytest

from bot.core.ids import derive_id
from bot.runtime.port import Arrival
from bot.storage.where import Where
from tests.runtime.conftest import Opener, on_a_server, on_both_engines
from tests.runtime.fakes import Disk, Person, Platform, Watcher
from tests.storage.people import counts


def answers(platform: Platform, arrival: Arrival) -> int:
    """Return how often the first answer to `arrival` was sent."""
    return [item.id for item, _ in platform.sent].count(derive_id(arrival.event.seed, "out 0"))


@on_a_server
async def test_an_event_that_was_kept_after_all_is_answered_when_it_comes_again(
    opened: Opener, disk: Disk, watcher: Watcher, database: Where
) -> None:
    platform = Platform(redelivers=True)
    hello = Person("ana").says("hello")
    async with opened(platform) as house:
        disk.lose_reply()
        assert not await house.runner.take(hello)
        await house.outbox.idle()
        assert (platform.acknowledged, answers(platform, hello)) == ([], 0)
        for _ in range(2):
            assert await house.runner.take(hello)
            await house.outbox.idle()
            assert answers(platform, hello) == 1
    assert platform.acknowledged == [hello.event.id] * 2
    assert counts(database)["outbox"] == 0
    async with opened(platform):
        assert answers(platform, hello) == 1


@on_a_server
async def test_a_cry_for_help_that_was_kept_after_all_gets_its_own_answer_too(
    opened: Opener, disk: Disk
) -> None:
    platform = Platform(redelivers=True)
    ana = Person("ana")
    async with opened(platform) as house:
        assert await house.runner.take(ana.says("/start"))
        await house.outbox.idle()
        cry = ana.says("I want to die")
        before = len(platform.sent)
        disk.lose_reply()
        assert not await house.runner.take(cry)
        assert [item.lane for item, _ in platform.sent[before:]] == ["crisis"], "at once"
        assert await house.runner.take(cry)
        await house.outbox.idle()
        assert answers(platform, cry) == 1


@on_a_server
@pytest.mark.parametrize("next_is", ["ana", "ben"])
async def test_where_nothing_comes_again_the_next_turn_of_anybody_brings_the_answer(
    opened: Opener, disk: Disk, database: Where, next_is: str
) -> None:
    platform = Platform()
    people = {name: Person(name) for name in ("ana", "ben")}
    lost = people["ana"].says("hello")
    async with opened(platform) as house:
        disk.lose_reply()
        assert not await house.runner.take(lost)
        for n in range(1, 3):
            after = people[next_is].says("hello")
            assert await house.runner.take(after)
            await house.outbox.idle()
            assert (answers(platform, lost), answers(platform, after)) == (1, 1), n
    assert counts(database)["outbox"] == 0


@on_a_server
async def test_several_in_a_row_are_all_answered_in_the_end(
    opened: Opener, disk: Disk, database: Where
) -> None:
    platform = Platform()
    lost = [Person(f"p{n}").says("hello") for n in range(3)]
    async with opened(platform) as house:
        for one in lost:
            disk.lose_reply()
            assert not await house.runner.take(one)
        disk.full = True
        assert not await house.runner.take(Person("ana").says("hello"))
        disk.full = False
        assert await house.runner.take(Person("ben").says("hello"))
        await house.outbox.idle()
        assert [answers(platform, one) for one in lost] == [1, 1, 1]
    assert counts(database)["outbox"] == 0


@on_both_engines
async def test_what_was_not_kept_is_not_answered_and_taken_when_it_comes_again(
    opened: Opener, disk: Disk, watcher: Watcher, database: Where
) -> None:
    platform = Platform(redelivers=True)
    hello = Person("ana").says("hello")
    async with opened(platform) as house:
        disk.broken = ("COMMIT",)
        assert not await house.runner.take(hello)
        disk.broken = ()
        assert await house.runner.take(Person("ben").says("hello"))
        await house.outbox.idle()
        assert answers(platform, hello) == 0
        assert counts(database)["people"] == 1
        assert await house.runner.take(hello)
        await house.outbox.idle()
        assert answers(platform, hello) == 1
    assert watcher.turns.count(hello.event.id) == 1
    assert counts(database)["people"] == 2
    assert counts(database)["outbox"] == 0
