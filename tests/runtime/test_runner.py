"""Every event is taken once, whole, in its person's order, and nobody suffers for another."""

from __future__ import annotations

import asyncio
from pathlib import Path

from fluent.syntax import FluentParser

from bot.core.ids import derive_id
from bot.core.outgoing import Outgoing
from bot.core.text import plain, text
from bot.library.load import Content
from bot.library.render import Lexicon
from bot.runtime.port import Arrival
from tests.runtime.conftest import Opener
from tests.runtime.fakes import Disk, Person, Platform, Watcher, button
from tests.storage.people import counts, rows


def order(turns: list[str], user: str) -> list[int]:
    """Return the numbers of one person's events in the order they were committed."""
    return [int(one.split()[1]) for one in turns if one.split()[0] == user]


async def test_one_persons_events_keep_their_order_however_many_wait(
    opened: Opener, disk: Disk, watcher: Watcher
) -> None:
    platform = Platform()
    people = [Person(f"p{n}") for n in range(20)]
    arrivals = [person.says(f"hello {n}") for n in range(10) for person in people]
    async with opened(platform) as house:
        disk.counted.clear()
        taken = await asyncio.gather(*(house.runner.take(one) for one in arrivals))
        await house.outbox.idle()
        assert taken == [True] * 200
        turns = disk.counted["BEGIN"]
    for person in people:
        assert order(watcher.turns, person.user) == list(range(1, 11))
    assert turns < 40, "those who wait together share a commit"

    written = {derive_id(one.event.seed, "out 0"): one.event.id for one in arrivals}
    answered = [written[item.id] for item, _ in platform.sent]
    assert sorted(answered) == sorted(one.event.id for one in arrivals)
    for person in people:
        assert order(answered, person.user) == list(range(1, 11))


async def test_a_batch_is_never_larger_than_it_may_be(
    opened: Opener, disk: Disk, watcher: Watcher
) -> None:
    async with opened(Platform()) as house:
        disk.counted.clear()
        arrivals = [Person(f"p{n}").says("hello") for n in range(130)]
        assert all(await asyncio.gather(*(house.runner.take(one) for one in arrivals)))
        assert disk.counted["COMMIT"] >= 3
    assert len(watcher.turns) == 130


async def test_an_event_delivered_again_is_acknowledged_and_nothing_more(
    opened: Opener, watcher: Watcher, database: Path
) -> None:
    platform = Platform(redelivers=True)
    hello = Person("ana").says("hello")
    async with opened(platform) as house:
        for _ in range(3):
            assert await house.runner.take(hello)
        await asyncio.gather(house.runner.take(hello), house.runner.take(hello))
        await house.outbox.idle()
    async with opened(platform) as house:
        assert await house.runner.take(hello)
        await house.outbox.idle()
    assert platform.acknowledged == [hello.event.id] * 6
    assert len(platform.sent) == len(watcher.turns) == 1
    assert counts(database)["seen"] == 1


async def test_two_platforms_do_not_share_people_or_events(opened: Opener, database: Path) -> None:
    one, two = Platform("one"), Platform("two")
    async with opened(one, two) as house:
        for platform in (one, two):
            await house.runner.take(Person("ana", platform=platform.platform).says("hello"))
        await house.outbox.idle()
    assert len(one.sent) == len(two.sent) == 1
    assert counts(database)["people"] == 2


class Suspicious(Platform):
    """A platform that looks into the store whenever it is spoken to."""

    database: Path
    looked: list[tuple[str, int, int]]

    async def send(self, item: Outgoing, ref: str) -> str:
        self._look("send")
        return await super().send(item, ref)

    async def acknowledge(self, arrival: Arrival) -> None:
        self._look("acknowledge")
        await super().acknowledge(arrival)

    def _look(self, what: str) -> None:
        found = counts(self.database)
        self.looked.append((what, found["seen"], found["outbox"]))


async def test_it_commits_then_acknowledges_then_sends(opened: Opener, database: Path) -> None:
    platform = Suspicious()
    platform.database, platform.looked = database, []
    async with opened(platform) as house:
        await house.runner.take(Person("ana").says("hello"))
        await house.outbox.idle()
    assert platform.looked == [("acknowledge", 1, 1), ("send", 1, 1)]
    assert counts(database)["outbox"] == 0


async def test_one_persons_poison_stops_nobody_else(
    opened: Opener, watcher: Watcher, database: Path, content: Content
) -> None:
    platform = Platform(redelivers=True)
    people = {name: Person(name) for name in ("ana", "ben", "eva")}
    async with opened(platform) as house:
        await house.runner.take(people["ana"].says("hello"))
        rows(database, "UPDATE people SET state = x'00'")
        for name in ("ben", "eva"):
            await house.runner.take(people[name].says("hello"))
        poison = people["ana"].says("my secret is Xochitl")
        batch = [people["ben"].says("/menu"), poison, people["eva"].says("/menu")]
        assert await asyncio.gather(*(house.runner.take(one) for one in batch)) == [True] * 3
        await house.outbox.idle()
        assert watcher.notes == ["quarantined Sealed"]
        sorry = plain(content.lexicon.render(text("turn-failed"), "en"))
        assert platform.said_to("chat of ana")[1:] == [sorry]
        for name in ("ben", "eva"):
            assert len(platform.said_to(f"chat of {name}")) == 2
            assert order(watcher.turns, name) == [1, 2]

        assert await house.runner.take(poison), "it is acknowledged, not tried for ever"
        assert await house.runner.take(people["ana"].says("hello?"))
        await house.outbox.idle()
    assert platform.said_to("chat of ana")[1:] == [sorry, sorry]
    assert watcher.notes == ["quarantined Sealed"] * 2
    assert counts(database)["quarantine"] == 2
    assert rows(database, "SELECT DISTINCT kind, why FROM quarantine") == [("Said", "Sealed")]


async def test_a_turn_that_the_store_refuses_is_put_aside_alone(
    opened: Opener, watcher: Watcher, database: Path
) -> None:
    """Two strangers whose ids are equal: the second can never be written."""
    platform = Platform()
    ana, ben = Person("ana"), Person("ben")
    first = ana.says("hello")
    rows(
        database,
        "INSERT INTO people VALUES (?, x'00', x'00', 1, NULL)",
        [derive_id(first.event.seed, "person")],
    )
    async with opened(platform) as house:
        taken = [house.runner.take(first), house.runner.take(ben.says("hello"))]
        assert await asyncio.gather(*taken) == [True, True]
        await house.outbox.idle()
    assert watcher.notes == ["quarantined refused"]
    assert watcher.turns == ["ben 1"]


async def test_a_sentence_that_cannot_be_filled_becomes_a_neutral_one(
    opened: Opener, watcher: Watcher, content: Content
) -> None:
    platform = Platform()
    sources = {"en": [FluentParser().parse("answer-broken = I took that in.\n")]}
    async with opened(platform, content=Content(content.library, Lexicon(sources))) as house:
        assert await house.runner.take(Person("ana").says("hello"))
        await house.outbox.idle()
    assert platform.said_to("chat of ana") == ["I took that in."]
    assert watcher.notes == ["unrenderable no sentence 'welcome'"]


async def test_a_visitor_becomes_a_member_and_is_known_after_a_restart(opened: Opener) -> None:
    platform = Platform()
    ana = Person("ana")
    async with opened(platform) as house:

        async def tap(label: str) -> None:
            await house.runner.take(ana.taps(button(platform, label)))
            await house.outbox.idle()

        await house.runner.take(ana.says("hello"))
        await house.outbox.idle()
        for label in ("Start", "18 or over", "Keep my check-ins", "Go on", "Stop using", "7"):
            await tap(label)
    async with opened(platform) as house:
        await house.runner.take(ana.taps(button(platform, "3")))
        await house.outbox.idle()
    edits = [ref for item, ref in platform.sent if item.kind == "edit"]
    assert all(edits), "each question took the place of the one before, after the restart too"
