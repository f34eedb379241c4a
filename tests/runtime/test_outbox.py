"""What was promised leaves in order, is tried again when told to, and waits for the next start."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from datetime import timedelta
from pathlib import Path

import pytest

from bot.core.outgoing import Outgoing
from bot.core.text import plain
from bot.runtime.clock import SetClock
from bot.runtime.outbox import TRIES, Outbox
from bot.runtime.port import NotDelivered
from bot.storage.rows import Change, Waiting
from bot.storage.store import Store
from bot.storage.vault import Vault
from tests.runtime.fakes import NOON, Disk, Platform, Watcher
from tests.storage.people import KEYRING, counts, load, message, rows, settle, write


class PatientClock(SetClock):
    """A clock that notes how long it was asked to wait, and lets that time pass."""

    def __init__(self) -> None:
        super().__init__(NOON)
        self.slept: list[float] = []

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.move(timedelta(seconds=seconds))
        await super().sleep(seconds)


Sender = Callable[[], AbstractAsyncContextManager[tuple[Store, Outbox]]]


@pytest.fixture
def platform() -> Platform:
    return Platform()


@pytest.fixture
def patient() -> PatientClock:
    return PatientClock()


@pytest.fixture
def sending(
    database: Path, platform: Platform, disk: Disk, watcher: Watcher, patient: PatientClock
) -> Sender:
    """Return a function that starts a store and its outbox, and ends both."""

    @asynccontextmanager
    async def start() -> AsyncIterator[tuple[Store, Outbox]]:
        vault = Vault(KEYRING)
        store = await Store.open(database, vault, connection_class=disk.connection_class)
        outbox = Outbox(store, {platform.platform: platform}, patient, watcher)
        await outbox.recover()
        running = asyncio.create_task(outbox.run())
        await outbox.idle()
        try:
            yield store, outbox
        finally:
            running.cancel()
            with suppress(asyncio.CancelledError):
                await running
            await store.close()

    return start


async def promise(store: Store, *items: Outgoing) -> list[Waiting]:
    """Store messages to Ana as a turn would, and return them as they wait."""
    ana = await load(store, "ana") or await settle(store, "ana", 7)
    event = b"promised %d" % items[0].id
    await write(store, Change(event, NOON, ana, ana.session, outgoing=items))
    return [Waiting(7, item) for item in items]


def said(platform: Platform) -> list[str]:
    return [plain(item.body) for item, _ in platform.sent]


async def test_messages_leave_in_order_crisis_first(sending: Sender, platform: Platform) -> None:
    async with sending() as (store, outbox):
        lanes = ["reply", "crisis", "reply", "crisis", "reply"]
        items = [
            message(n, f"m{n}", lane=lane) for n, lane in zip((9, 4, 7, 2, 8), lanes, strict=True)
        ]
        outbox.add(await promise(store, *items))
        await outbox.idle()
        assert said(platform) == ["m4", "m2", "m9", "m7", "m8"]
        assert await store.waiting() == []


async def test_they_leave_in_that_order_after_a_restart_too(
    sending: Sender, platform: Platform
) -> None:
    async with sending() as (store, _):
        await promise(store, message(9, "m9"), message(4, "m4", lane="crisis"), message(7, "m7"))
        await promise(store, message(1, "m1"))
    assert said(platform) == []
    async with sending() as (store, _):
        assert said(platform) == ["m4", "m9", "m7", "m1"]
        assert await store.waiting() == []


async def test_a_message_is_tried_again_when_it_may_be(
    sending: Sender, platform: Platform, patient: PatientClock, watcher: Watcher
) -> None:
    platform.troubles.extend([NotDelivered(3), NotDelivered(30.5), NotDelivered(0)])
    async with sending() as (store, outbox):
        outbox.add(await promise(store, message(1, "m1"), message(2, "m2")))
        await outbox.idle()
        assert said(platform) == ["m1", "m2"]
        assert patient.slept == [3, 30.5, 0]
        assert await store.waiting() == []
    assert watcher.notes == []


async def test_one_that_never_leaves_is_left_for_the_next_start_and_stops_no_other(
    sending: Sender, platform: Platform, watcher: Watcher, database: Path
) -> None:
    platform.troubles.extend([NotDelivered(1)] * TRIES)
    async with sending() as (store, outbox):
        outbox.add(await promise(store, message(1, "m1"), message(2, "m2")))
        await outbox.idle()
        assert said(platform) == ["m2"]
        assert platform.tried == TRIES + 1
        assert watcher.notes == ["undelivered testing"]
        assert [one.item.id for one in await store.waiting()] == [1]
    async with sending():
        assert said(platform) == ["m2", "m1"]
    assert counts(database)["outbox"] == 0


async def test_one_that_cannot_leave_in_this_run_is_tried_once(
    sending: Sender, platform: Platform, watcher: Watcher, patient: PatientClock
) -> None:
    platform.refuses = True
    async with sending() as (store, outbox):
        outbox.add(await promise(store, message(1, "m1")))
        await outbox.idle()
        assert (platform.tried, patient.slept) == (1, [])
        assert watcher.notes == ["undelivered testing"]
        await asyncio.sleep(0)
        assert platform.tried == 1
    platform.refuses = False
    async with sending():
        assert said(platform) == ["m1"]


async def test_messages_for_a_platform_that_is_not_here_wait(
    sending: Sender, platform: Platform, database: Path
) -> None:
    async with sending() as (store, outbox):
        outbox.add(await promise(store, message(1, platform="elsewhere"), message(2, "m2")))
        await outbox.idle()
    async with sending():
        assert said(platform) == ["m2"]
    assert rows(database, "SELECT platform FROM outbox") == [("elsewhere",)]


# --- edits ----------------------------------------------------------------------------------------

QUESTION = message(1, "first", key="run1", address="ana")
EDIT = message(2, "second", key="run1", address="ana", kind="edit")
AGAIN = message(3, "third", key="run1", address="ana", kind="edit")


async def test_an_edit_finds_the_message_sent_just_before(
    sending: Sender, platform: Platform
) -> None:
    async with sending() as (store, outbox):
        outbox.add(await promise(store, QUESTION, EDIT, AGAIN))
        await outbox.idle()
    assert [ref for _, ref in platform.sent] == ["", "ref-1", "ref-2"]


async def test_an_edit_finds_a_message_of_an_earlier_turn_and_of_an_earlier_run(
    sending: Sender, platform: Platform
) -> None:
    async with sending() as (store, outbox):
        outbox.add(await promise(store, QUESTION))
        await outbox.idle()
        outbox.add(await promise(store, EDIT))
        await outbox.idle()
    async with sending() as (store, outbox):
        outbox.add(await promise(store, AGAIN))
        await outbox.idle()
    assert [ref for _, ref in platform.sent] == ["", "ref-1", "ref-2"]


async def test_an_edit_promised_before_a_crash_finds_its_message_after_it(
    sending: Sender, platform: Platform
) -> None:
    async with sending() as (store, outbox):
        outbox.add(await promise(store, QUESTION))
        await outbox.idle()
        await promise(store, EDIT)
    async with sending():
        pass
    assert [ref for _, ref in platform.sent] == ["", "ref-1"]


@pytest.mark.parametrize(
    "other",
    [
        message(2, key="run2", address="ana", kind="edit"),
        message(2, key="run1", address="ben", kind="edit"),
    ],
    ids=["another run", "another chat"],
)
async def test_an_edit_of_nothing_known_is_sent_anew(
    sending: Sender, platform: Platform, other: Outgoing
) -> None:
    async with sending() as (store, outbox):
        outbox.add(await promise(store, QUESTION, other))
        await outbox.idle()
    assert [ref for _, ref in platform.sent] == ["", ""]


@pytest.mark.parametrize("trouble", ["the disk", "the seal"])
async def test_an_edit_goes_out_anew_when_the_store_cannot_tell(
    sending: Sender, platform: Platform, disk: Disk, database: Path, trouble: str
) -> None:
    async with sending() as (store, outbox):
        outbox.add(await promise(store, QUESTION))
        await outbox.idle()
        waiting = await promise(store, EDIT)
        if trouble == "the disk":
            disk.broken = ("FROM shown",)
        else:
            rows(database, "UPDATE shown SET ref = x'00'")
        outbox.add(waiting)
        await outbox.idle()
        disk.broken = ()
    assert [ref for _, ref in platform.sent] == ["", ""]


# --- taking off the list --------------------------------------------------------------------------


async def test_what_could_not_be_taken_off_is_taken_off_with_the_next(
    sending: Sender, platform: Platform, disk: Disk, watcher: Watcher, database: Path
) -> None:
    async with sending() as (store, outbox):
        first = await promise(store, QUESTION)
        second = await promise(store, EDIT)
        disk.full = True
        outbox.add(first)
        await outbox.idle()
        disk.full = False
        assert watcher.notes == ["store down 0"]
        assert counts(database)["outbox"] == 2
        outbox.add(second)
        await outbox.idle()
        assert counts(database)["outbox"] == 0
    assert [ref for _, ref in platform.sent] == ["", "ref-1"]


async def test_what_left_is_not_sent_again_by_the_next_start(
    sending: Sender, platform: Platform
) -> None:
    for _ in range(3):
        async with sending() as (store, outbox):
            if not platform.sent:
                outbox.add(await promise(store, QUESTION))
                await outbox.idle()
    assert said(platform) == ["first"]


async def test_a_receipt_belongs_to_nobody_and_can_still_be_sent(
    sending: Sender, platform: Platform, database: Path
) -> None:
    async with sending() as (store, _):
        ana = await settle(store, "ana", 7)
        receipt = message(1, "all gone", key="k")
        await write(store, Change(b"f", NOON, ana, ana.session, outgoing=(receipt,), forget=True))
    async with sending():
        assert said(platform) == ["all gone"]
    found = counts(database)
    assert (found["outbox"], found["shown"], found["people"]) == (0, 0, 0)
