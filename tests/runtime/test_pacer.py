"""An exercise moves on its clock, one beat at a time, and never past what a person did."""

from __future__ import annotations

import asyncio
import gc
import tracemalloc
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.effects import Pace, Turn
from bot.core.events import Due, Place, Said
from bot.core.state import Session
from bot.core.text import plain, text
from bot.library.load import Content
from bot.runtime.clock import SetClock
from bot.runtime.pacer import AGAIN, Pacer
from bot.runtime.port import Arrival, NotDelivered
from bot.storage.where import Where
from tests.runtime.breathing import (
    FIRST,
    SECOND,
    SECONDS,
    answered,
    breathing,
    labels,
    pass_time,
    said,
    settled,
    shown,
    taken,
)
from tests.runtime.conftest import Opener, on_a_server, on_both_engines
from tests.runtime.fakes import NOON, Disk, Person, Platform, Watcher, button
from tests.storage.people import counts, rows

MOVING, STILL = ["Next", "Pause", "Enough"], ["Go on", "Next", "Enough"]


@pytest.fixture
def ana() -> Person:
    return Person("ana")


async def test_it_moves_in_its_own_message_and_ends_with_a_question(
    opened: Opener, clock: SetClock, database: Where, ana: Person, watcher: Watcher
) -> None:
    await settled(database, "ana", 7)
    platform = Platform()
    async with opened(platform) as house:
        await breathing(house, platform, ana)
        before = len(platform.sent)
        acknowledged = len(platform.acknowledged)
        await pass_time(house, clock, SECONDS - 1)
        assert len(platform.sent) == before, "not a second too early"
        for _ in range(400):
            await pass_time(house, clock, 1)
        assert "And how strong is the fear or the worry now?" in said(platform, ana)[-1]
        beats = platform.sent[before:]
        assert {item.kind for item, _ in beats} == {"edit"}
        assert len({item.key for item, _ in beats}) == 1
        assert all(ref for _, ref in beats), "each changes the message that is there"
        assert "Breath 1 of 5" in plain(beats[2][0].body)
        assert len(platform.acknowledged) == acknowledged, "no platform is told of our own timers"
        assert watcher.notes == []


async def test_a_clock_that_jumps_by_hours_is_one_beat_and_not_many(
    opened: Opener, clock: SetClock, database: Where, ana: Person
) -> None:
    await settled(database, "ana", 7)
    platform = Platform()
    async with opened(platform) as house:
        await breathing(house, platform, ana)
        before = len(platform.sent)
        await pass_time(house, clock, 5 * 3600)
        assert len(platform.sent) == before + 1
        assert SECOND in said(platform, ana)[-1]
        await pass_time(house, clock, 10)
        assert len(platform.sent) == before + 1, "what follows is counted from now"


async def test_what_a_person_does_at_the_same_moment_comes_first(
    opened: Opener, clock: SetClock, database: Where, ana: Person
) -> None:
    await settled(database, "ana", 7)
    platform = Platform()
    async with opened(platform) as house:
        await breathing(house, platform, ana)
        before = len(platform.sent)
        clock.move(timedelta(seconds=SECONDS))
        await asyncio.sleep(0)  # it is handed in, and waits
        await taken(house, ana.taps(button(platform, "Pause")))
        await answered(house)
        assert len(platform.sent) == before + 1
        assert labels(platform, ana) == STILL
        await pass_time(house, clock, 3600)
        assert len(platform.sent) == before + 1, "it stands still for as long as they like"
        await taken(house, ana.taps(button(platform, "Go on")))
        assert FIRST in said(platform, ana)[-1]
        await pass_time(house, clock, SECONDS)
        assert SECOND in said(platform, ana)[-1]


@pytest.mark.parametrize("words", ["I want to die", "/menu", "help now"])
async def test_nothing_moves_under_what_was_said_since(
    opened: Opener, clock: SetClock, database: Where, ana: Person, words: str
) -> None:
    await settled(database, "ana", 7)
    platform = Platform()
    async with opened(platform) as house:
        await breathing(house, platform, ana)
        clock.move(timedelta(seconds=SECONDS))
        await asyncio.sleep(0)
        await taken(house, ana.says(words))
        before = len(platform.sent)
        await pass_time(house, clock, 3600)
        assert len(platform.sent) == before
        assert not any(SECOND in one for one in said(platform, ana))


@on_both_engines
@pytest.mark.parametrize("words", ["I want to die", "/menu"])
async def test_what_could_not_be_saved_stops_it_too(
    opened: Opener, clock: SetClock, database: Where, disk: Disk, ana: Person, words: str
) -> None:
    await settled(database, "ana", 7)
    platform = Platform()
    async with opened(platform) as house:
        await breathing(house, platform, ana)
        disk.full = True
        assert not await house.runner.take(ana.says(words))
        disk.full = False
        before = len(platform.sent)
        await pass_time(house, clock, 3600)
        assert len(platform.sent) == before, "they were told, and nothing moves below that"
        await taken(house, ana.taps(button(platform, "Next")))
        assert SECOND in said(platform, ana)[-1]


@on_both_engines
async def test_a_moment_that_could_not_be_saved_comes_again(
    opened: Opener, clock: SetClock, database: Where, disk: Disk, ana: Person, watcher: Watcher
) -> None:
    await settled(database, "ana", 7)
    platform = Platform()
    async with opened(platform) as house:
        await breathing(house, platform, ana)
        before = len(platform.sent)
        disk.full = True
        await pass_time(house, clock, SECONDS)
        await pass_time(house, clock, AGAIN[0])
        assert len(platform.sent) == before
        assert watcher.notes == ["store down 1"] * 2
        disk.full = False
        await pass_time(house, clock, AGAIN[1])
        assert len(platform.sent) == before + 1
        assert SECOND in said(platform, ana)[-1]
        assert labels(platform, ana) == MOVING
        await pass_time(house, clock, 25)
        assert len(platform.sent) == before + 2, "and it goes on"


async def test_after_some_minutes_without_a_store_it_stands_still(
    opened: Opener, clock: SetClock, database: Where, disk: Disk, ana: Person
) -> None:
    await settled(database, "ana", 7)
    platform = Platform()
    async with opened(platform) as house:
        await breathing(house, platform, ana)
        disk.full = True
        for seconds in (SECONDS, *AGAIN):
            await pass_time(house, clock, seconds)
        assert clock.soonest() is None, "no timer is left"
        disk.full = False
        await taken(house, ana.taps(button(platform, "Next")))
        assert SECOND in said(platform, ana)[-1]
        assert clock.soonest(), "one tap, and it moves again"


@on_a_server
@pytest.mark.parametrize("cause", ["a moment", "a tap"])
async def test_where_nobody_knows_whether_it_was_saved_it_moves_once_and_goes_on(
    opened: Opener, clock: SetClock, database: Where, disk: Disk, ana: Person, cause: str
) -> None:
    await settled(database, "ana", 7)
    platform = Platform(redelivers=True)
    async with opened(platform) as house:
        await breathing(house, platform, ana)
        tap = ana.taps(button(platform, "Next"))
        disk.lose_reply()
        if cause == "a tap":
            assert not await house.runner.take(tap)
            await taken(house, tap)
        else:
            await pass_time(house, clock, SECONDS)
            await pass_time(house, clock, AGAIN[0])
        moved = [item for item in shown(platform, ana) if SECOND in plain(item.body)]
        assert len(moved) == 1
        before = len(platform.sent)
        await pass_time(house, clock, 25)
        assert len(platform.sent) == before + 1


async def test_an_event_that_comes_again_stops_nothing(
    opened: Opener, clock: SetClock, database: Where, ana: Person
) -> None:
    await settled(database, "ana", 7)
    platform = Platform(redelivers=True)
    async with opened(platform) as house:
        hello = ana.says("hello")
        await taken(house, hello)
        await breathing(house, platform, ana)
        await taken(house, hello)
        await pass_time(house, clock, SECONDS)
        assert SECOND in said(platform, ana)[-1]


@pytest.mark.parametrize("words", ["I want to die", "help now", "stop"])
async def test_what_is_said_in_a_room_leaves_it_alone_save_in_a_hard_moment(
    opened: Opener, clock: SetClock, database: Where, ana: Person, words: str
) -> None:
    await settled(database, "ana", 7)
    platform = Platform()

    def in_a_room(words: str) -> Arrival:
        there = ana.says(words)
        assert isinstance(there.event, Said)
        event = replace(there.event, place=Place("room"))
        return replace(there, event=event, address="the room")

    async with opened(platform) as house:
        await breathing(house, platform, ana)
        await taken(house, in_a_room("good morning all"))
        await pass_time(house, clock, SECONDS)
        assert SECOND in said(platform, ana)[-1]
        await taken(house, in_a_room(words))
        before = len(platform.sent)
        await pass_time(house, clock, 3600)
        assert len(platform.sent) == before


async def test_someone_with_two_addresses_has_one_exercise(
    opened: Opener, clock: SetClock, database: Where, ana: Person
) -> None:
    await settled(database, "ana", 7, "ana elsewhere")
    platform, other = Platform(), Person("ana elsewhere")
    async with opened(platform) as house:
        await breathing(house, platform, ana)
        await taken(house, other.says("/menu"))
        before = len(platform.sent)
        await pass_time(house, clock, 3600)
        assert len(platform.sent) == before


async def test_a_moment_for_someone_who_is_gone_makes_nobody_new(
    opened: Opener, clock: SetClock, database: Where, ana: Person
) -> None:
    await settled(database, "ana", 7)
    platform = Platform()
    async with opened(platform) as house:
        await breathing(house, platform, ana)
        moment = Due("late", NOON, bytes(16), "abcdefgh", 0)
        clock.move(timedelta(seconds=SECONDS))
        await asyncio.sleep(0)
        await taken(house, ana.says("/forget"))
        await taken(house, ana.taps(button(platform, "Yes, do it")))
        before = counts(database)
        await pass_time(house, clock, 3600)
        for who in (ana, Person("nobody")):
            await taken(house, who.arrival(moment))
        assert counts(database) == before
        assert before["people"] == 0


async def test_a_moment_that_comes_to_nothing_leaves_nothing(
    opened: Opener, clock: SetClock, database: Where, ana: Person, watcher: Watcher
) -> None:
    await settled(database, "ana", 7)
    platform = Platform()
    async with opened(platform) as house:
        await breathing(house, platform, ana)
        before, turns = counts(database), len(watcher.turns)
        for n in range(3):
            await taken(house, ana.arrival(Due(str(n), NOON, bytes(16), "abcdefgh", n)))
        assert counts(database) == before
        assert len(watcher.turns) == turns
        await pass_time(house, clock, SECONDS)
        assert SECOND in said(platform, ana)[-1], "nor does it stop the timer that runs"


async def test_a_moment_that_breaks_is_put_aside_and_told(
    opened: Opener,
    clock: SetClock,
    database: Where,
    ana: Person,
    watcher: Watcher,
    content: Content,
) -> None:
    await settled(database, "ana", 7)
    platform = Platform()
    async with opened(platform) as house:
        await breathing(house, platform, ana)
        rows(database, "UPDATE people SET state = x'00'")
        await pass_time(house, clock, SECONDS)
        assert said(platform, ana)[-1] == plain(content.lexicon.render(text("guide-stuck"), "en"))
        assert watcher.notes == ["quarantined Sealed"]
        before = len(platform.sent)
        await pass_time(house, clock, 3600)
        assert len(platform.sent) == before


async def test_nothing_is_left_of_it_when_the_house_closes(
    opened: Opener, clock: SetClock, database: Where, disk: Disk
) -> None:
    people = [Person(f"p{n}") for n in range(4)]
    for number, person in enumerate(people, 1):
        await settled(database, person.user, number)
    platform = Platform()
    async with opened(platform) as house:
        for person in people:
            await breathing(house, platform, person)
        disk.full = True
        await pass_time(house, clock, SECONDS)
        disk.full = False
        clock.move(timedelta(seconds=AGAIN[0]))
        await asyncio.sleep(0)  # they are all handed in this very moment
    assert asyncio.all_tasks() == {asyncio.current_task()}
    assert clock.soonest() is None
    before = len(platform.sent)
    async with opened(platform) as house:
        await pass_time(house, clock, 3600)
        assert len(platform.sent) == before, "after a start all stand where they stood"
        await taken(house, people[0].taps(button(platform, "Pause")))
        assert labels(platform, people[0]) == STILL


@on_a_server
async def test_what_was_done_in_another_program_stops_it(
    opened: Opener, clock: SetClock, database: Where, ana: Person
) -> None:
    await settled(database, "ana", 7)
    here, there = Platform(), Platform()
    async with opened(here) as house, opened(there) as other:
        await breathing(house, here, ana)
        await taken(other, ana.taps(button(here, "Pause")))
        assert labels(there, ana) == STILL
        before = len(here.sent)
        await pass_time(house, clock, 3600)
        assert len(here.sent) == before


async def test_what_could_not_be_sent_for_a_while_is_not_played_back(
    opened: Opener, clock: SetClock, database: Where, ana: Person
) -> None:
    await settled(database, "ana", 7)
    platform = Platform()
    released = asyncio.Event()

    async def sleep(seconds: float) -> None:
        await released.wait()

    clock.sleep = sleep  # type: ignore[method-assign]
    async with opened(platform) as house:
        await breathing(house, platform, ana)
        before = len(platform.sent)
        platform.troubles.append(NotDelivered(after=30))
        for seconds in (SECONDS, 25, 20, 4, 6):
            clock.move(timedelta(seconds=seconds))
            for _ in range(20):
                await asyncio.sleep(0.002)
            await house.runner.settled()
        assert len(platform.sent) == before
        released.set()
        await house.outbox.idle()
        assert len(platform.sent) == before + 1
        assert "Breath 2 of 5" in said(platform, ana)[-1]
    assert counts(database)["outbox"] == 0


async def test_ten_thousand_beats_leave_nothing_behind(clock: SetClock) -> None:
    beats = 10_000
    start = Person("ana").says("hello")
    pacer: Pacer

    def again(arrival: Arrival) -> None:
        pacer.keep_time(arrival, Turn(Session(7, "en"), (Pace("abcdefgh", 0, 4),)))

    came: list[str] = []

    async def take(arrival: Arrival) -> bool:
        came.append(arrival.event.id)
        again(arrival)
        return True

    async def beat(times: int) -> None:
        for _ in range(times):
            clock.move(timedelta(seconds=4))
            for _ in range(3):
                await asyncio.sleep(0)

    pacer = Pacer(take, clock)
    again(start)
    await beat(100)
    gc.collect()
    tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        came.clear()
        await beat(beats)
        assert len(came) == len(set(came)) == beats, "each is an event of its own"
        came.clear()
        gc.collect()
        after, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert after - before < 20_000
    assert len(asyncio.all_tasks()) == 2
    pacer.stop()
    await pacer.stopped()
    assert len(asyncio.all_tasks()) == 1
