"""When nothing can be saved: help at once, the truth once, and never a pretence."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.core.text import plain, text
from bot.library.load import Content
from bot.runtime.port import NotDelivered
from tests.runtime.conftest import Opener
from tests.runtime.fakes import Disk, Person, Platform, Watcher
from tests.storage.people import counts


@pytest.fixture
def said(content: Content) -> dict[str, str]:
    """The sentences of an outage, in English."""
    keys = ("store-down-again", "store-down-redelivered")
    words = {key: plain(content.lexicon.render(text(key), "en")) for key in keys}
    pages = (plain(content.lexicon.render(text("crisis-page"), one)) for one in ("en", "es"))
    return {**words, "crisis-page": "\n\n".join(pages)}


async def test_everyone_is_told_once_an_outage_where_it_comes_again(
    opened: Opener, disk: Disk, watcher: Watcher, said: dict[str, str]
) -> None:
    platform = Platform(redelivers=True)
    ana, ben = Person("ana"), Person("ben")
    first = ana.says("hello")
    async with opened(platform) as house:
        disk.full = True
        for arrival in (first, first, ana.says("are you there"), ben.says("hello"), first):
            assert not await house.runner.take(arrival)
        assert platform.said_to("chat of ana") == [said["store-down-redelivered"]]
        assert platform.said_to("chat of ben") == [said["store-down-redelivered"]]
        assert platform.acknowledged == []

        disk.full = False
        assert await house.runner.take(first)
        await house.outbox.idle()
        assert len(platform.said_to("chat of ana")) == 2
        assert platform.acknowledged == [first.event.id]

        disk.full = True
        assert not await house.runner.take(ana.says("hello again"))
        assert platform.said_to("chat of ana")[2:] == [said["store-down-redelivered"]]
        disk.full = False
    assert watcher.notes == ["store down 1"] * 6
    assert watcher.turns == [first.event.id]


async def test_everyone_is_told_each_time_where_it_is_lost(
    opened: Opener, disk: Disk, said: dict[str, str], database: Path
) -> None:
    platform = Platform(redelivers=False)
    ana = Person("ana")
    async with opened(platform) as house:
        disk.full = True
        for _ in range(3):
            assert not await house.runner.take(ana.says("hello"))
        disk.full = False
    assert platform.said_to("chat of ana") == [said["store-down-again"]] * 3
    assert counts(database)["people"] == 0


@pytest.mark.parametrize("redelivers", [True, False])
async def test_a_cry_for_help_gets_the_page_once_an_event(
    opened: Opener, disk: Disk, said: dict[str, str], redelivers: bool
) -> None:
    platform = Platform(redelivers=redelivers)
    ana = Person("ana")
    async with opened(platform) as house:
        disk.full = True
        cries = [
            ana.says("help now"),
            ana.says("/crisis"),
            ana.says("/help now"),
            ana.taps("go.crisis"),
        ]
        for cry in cries * 3:
            assert not await house.runner.take(cry)
        assert platform.said_to("chat of ana") == [said["crisis-page"]] * 4
        assert {item.lane for item, _ in platform.sent} == {"crisis"}

        disk.full = False
        assert await house.runner.take(cries[0])
        await house.outbox.idle()
        assert len(platform.sent) == 5, "and again when it comes again after the outage"


@pytest.mark.parametrize("words", ["help now", "I want to die"])
async def test_the_page_is_tried_again_if_it_did_not_leave(
    opened: Opener, disk: Disk, said: dict[str, str], watcher: Watcher, words: str
) -> None:
    platform = Platform(redelivers=True)
    cry = Person("ana").says(words)
    async with opened(platform) as house:
        disk.full = True
        platform.troubles.append(NotDelivered(5))
        for _ in range(3):
            assert not await house.runner.take(cry)
        disk.full = False
    assert platform.said_to("chat of ana") == [said["crisis-page"]]
    assert "undelivered testing" in watcher.notes


async def test_the_page_comes_in_every_language_the_clients_own_first(
    opened: Opener, disk: Disk, content: Content
) -> None:
    platform = Platform()
    ana = Person("ana")
    async with opened(platform) as house:
        disk.full = True
        for lang in ("es", "tlh", ""):
            ana.lang = lang
            await house.runner.take(ana.says("ayuda ya"))
        disk.full = False
    pages = [
        plain(content.lexicon.render(text("crisis-page"), one)) for one in content.library.languages
    ]
    assert platform.said_to("chat of ana") == [
        "\n\n".join(reversed(pages)),
        *["\n\n".join(pages)] * 2,
    ]


async def test_a_store_that_cannot_even_be_read_is_an_outage_too(
    opened: Opener, disk: Disk, said: dict[str, str]
) -> None:
    platform = Platform()
    async with opened(platform) as house:
        disk.broken = ("FROM accounts",)
        assert not await house.runner.take(Person("ana").says("hello"))
        disk.broken = ()
        assert await house.runner.take(Person("ana").says("hello"))
    assert platform.said_to("chat of ana")[0] == said["store-down-again"]
