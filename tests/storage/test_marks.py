"""What was promised waits until it was sent; that it was sent is noted by the next transaction."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.storage.rows import Change, Conflict, Person, Sent, StoreDown, StoreRefused, Waiting
from bot.storage.store import Store
from bot.storage.where import Where
from tests.runtime.fakes import NOON, Disk
from tests.storage.people import (
    counts,
    load,
    member,
    message,
    opened,
    rows,
    settle,
    write,
)

NO_COLUMN_HOLDS = 1 << 63


async def test_what_was_promised_waits_in_order_until_it_is_sent(
    store: Store, database: Where
) -> None:
    items = tuple(message(n, f"said {n}", address="ana", key=f"k{n}") for n in (9, 3, 7))
    person = await settle(store, "ana", 7, outgoing=items)
    await store.close()
    again = await opened(database)
    try:
        waiting = await again.waiting()
        assert waiting == [Waiting(person.session.person, item) for item in items]
        later = NOON + timedelta(days=1)
        async with again.unit(later) as unit:
            unit.mark_sent([Sent(waiting[0], "m1"), Sent(waiting[2], "m3")], later)
        assert [one.item.id for one in await again.waiting()] == [3]
        assert [await again.shown(item) for item in items] == ["m1", "", "m3"]
        assert await again.shown(message(1, address="ben", key="k9")) == ""
        async with again.unit(later) as unit:
            unit.mark_sent([Sent(waiting[0], "m2")], later)
        assert await again.shown(items[0]) == "m2"
    finally:
        await again.close()


async def test_one_message_that_does_not_open_keeps_no_other(store: Store, database: Where) -> None:
    await settle(store, "ana", 7, outgoing=tuple(message(n) for n in (1, 2, 3, 4)))
    rows(database, "UPDATE outbox SET lane = 0 WHERE id = 1")
    rows(database, "UPDATE outbox SET day = '2001-01-01' WHERE id = 3")
    await store.close()
    again = await opened(database)
    try:
        assert [one.item.id for one in await again.waiting()] == [2, 4]
    finally:
        await again.close()


# --- that something left --------------------------------------------------------------------------


async def owing(store: Store, *numbers: int) -> tuple[Person, list[Sent]]:
    """Return someone who was promised these messages, and that all of them left just now."""
    items = tuple(message(n, key=f"k{n}") for n in numbers)
    person = await settle(store, "ana", 7, outgoing=items)
    return person, [Sent(Waiting(7, item), f"m{item.id}") for item in items]


def owed(database: Where) -> list[int]:
    return [number for (number,) in rows(database, "SELECT id FROM outbox ORDER BY seq")]


async def test_the_next_turn_notes_what_left(store: Store, disk: Disk, database: Where) -> None:
    person, sent = await owing(store, 1, 2, 3)
    store.note_sent(sent[0])
    store.note_sent(sent[1])
    assert store.unmarked == 2
    assert owed(database) == [1, 2, 3], "nothing is written before"
    assert await store.shown(sent[1].waiting.item) == "m2", "but it is known"
    disk.counted.clear()
    await write(store, Change(b"1", NOON, person, replace(person.session, lang="es")))
    assert disk.counted["COMMIT"] == 1
    assert (store.unmarked, owed(database)) == (0, [3])
    assert counts(database)["shown"] == 2
    assert [await store.shown(one.waiting.item) for one in sent] == ["m1", "m2", ""]


async def test_where_no_turn_comes_it_is_noted_when_asked_for(
    store: Store, disk: Disk, database: Where
) -> None:
    _, sent = await owing(store, 1, 2)
    disk.counted.clear()
    await store.mark(NOON)
    assert not disk.counted, "there is nothing to note"
    for one in sent:
        store.note_sent(one)
    await store.mark(NOON)
    assert disk.counted["COMMIT"] == 1
    assert (store.unmarked, owed(database)) == (0, [])


async def test_what_the_turn_under_way_notes_costs_no_transaction(
    store: Store, disk: Disk, database: Where
) -> None:
    _, (sent,) = await owing(store, 1)
    disk.counted.clear()
    async with store.unit(NOON):
        store.note_sent(sent)
        asking = asyncio.create_task(store.mark(NOON))
        await asyncio.sleep(0)
        assert not asking.done()
    await asking
    assert disk.counted["COMMIT"] == 1
    assert owed(database) == []


async def test_what_leaves_while_it_is_noted_is_noted_next(
    store: Store, database: Where, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, (first, second) = await owing(store, 1, 2)
    engine, finish = store._engine, store._engine.finish

    async def late(orders: object) -> list[int]:
        store.note_sent(second)
        return await finish(orders)  # type: ignore[arg-type]  # whatever the store hands it

    store.note_sent(first)
    with monkeypatch.context() as now:
        now.setattr(engine, "finish", late)
        await store.mark(NOON)
    assert (store.unmarked, owed(database)) == (1, [2])
    await store.mark(NOON)
    assert (store.unmarked, owed(database)) == (0, [])


async def test_a_turn_that_fails_keeps_the_marks_for_later(
    store: Store, disk: Disk, database: Where
) -> None:
    person, (sent,) = await owing(store, 1)
    store.note_sent(sent)
    with pytest.raises(LookupError):
        async with store.unit(NOON):
            raise LookupError
    disk.full = True
    with pytest.raises(StoreDown):
        await write(store, Change(b"1", NOON, person, person.session))
    with pytest.raises(StoreDown):
        await store.mark(NOON)
    disk.full = False
    assert (store.unmarked, owed(database)) == (1, [1])
    assert await store.shown(sent.waiting.item) == "m1"
    await write(store, Change(b"1", NOON, person, person.session))
    assert (store.unmarked, owed(database)) == (0, [])


async def test_a_turn_that_another_writer_beat_keeps_the_marks_too(
    store: Store, database: Where
) -> None:
    person, (sent,) = await owing(store, 1)
    store.note_sent(sent)
    with pytest.raises(Conflict):
        await write(store, Change(b"settled ana", NOON, person, person.session))
    assert (store.unmarked, owed(database)) == (1, [1])
    await store.mark(NOON)
    assert (store.unmarked, owed(database)) == (0, [])


async def test_a_turn_that_is_given_up_half_way_keeps_the_marks_too(
    store: Store, database: Where
) -> None:
    person, (sent,) = await owing(store, 1)
    store.note_sent(sent)
    inside = asyncio.Event()

    async def turn() -> None:
        async with store.unit(NOON) as unit:
            await unit.load([person.account], [])
            inside.set()
            await asyncio.sleep(60)

    task = asyncio.create_task(turn())
    await inside.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert (store.unmarked, owed(database)) == (1, [1])
    await store.mark(NOON)
    assert (store.unmarked, owed(database)) == (0, [])


async def test_a_mark_that_can_never_be_written_costs_nobody_their_turn_and_is_given_up(
    store: Store, database: Where
) -> None:
    person, (sent, other) = await owing(store, 1, 2)
    bad = Sent(Waiting(7, message(NO_COLUMN_HOLDS)), "m")
    store.note_sent(bad)
    store.note_sent(sent)
    change = Change(b"1", NOON, person, replace(person.session, lang="es"))
    await write(store, change)
    found = await load(store, "ana")
    assert found is not None
    assert (found.session.lang, found.version) == ("es", 2)
    assert (store.unmarked, owed(database)) == (2, [1, 2]), "the marks stayed at home"

    with pytest.raises(StoreRefused):
        await store.mark(NOON)
    assert (store.unmarked, owed(database)) == (1, [1, 2]), "that one is given up, no other"
    store.note_sent(other)
    await write(store, Change(b"2", NOON, found, member(7)))
    assert (store.unmarked, owed(database)) == (0, []), "from here on marks ride along again"


async def test_a_mark_for_someone_who_was_forgotten_leaves_nothing(
    store: Store, database: Where
) -> None:
    person, (sent, _) = await owing(store, 1, 2)
    store.note_sent(sent)
    await write(store, Change(b"1", NOON, person, person.session, forget=True))
    store.note_sent(sent)
    await store.mark(NOON)
    left = counts(database)
    assert (left["outbox"], left["shown"], store.unmarked) == (0, 0, 0)


async def test_the_same_mark_again_does_nothing_and_a_newer_one_counts(
    store: Store, database: Where
) -> None:
    _, (sent,) = await owing(store, 1)
    again = replace(sent, ref="m2")
    for one in (sent, sent, again):
        store.note_sent(one)
        await store.mark(NOON)
    assert counts(database)["shown"] == 1
    assert await store.shown(sent.waiting.item) == "m2"


async def test_of_two_messages_under_one_key_the_later_is_the_one_to_edit(store: Store) -> None:
    _, (sent,) = await owing(store, 1)
    for round_ in range(8):
        refs = [f"{round_} first", f"{round_} second", f"{round_} third"]
        for ref in refs:
            store.note_sent(replace(sent, ref=ref))
        await store.mark(NOON)
        assert await store.shown(sent.waiting.item) == refs[-1]


@pytest.mark.parametrize(
    "newer",
    [
        Sent(Waiting(7, message(1, key="k1")), ""),
        Sent(Waiting(None, message(1, key="k1")), "m2"),
        Sent(Waiting(7, message(1, key="k1")), "m2"),
    ],
    ids=["one without a number", "one of nobody", "one with another number"],
)
async def test_what_can_be_edited_is_the_same_before_and_after_it_is_noted(
    store: Store, newer: Sent
) -> None:
    _, (sent,) = await owing(store, 1)
    store.note_sent(sent)
    await store.mark(NOON)
    store.note_sent(newer)
    before = await store.shown(sent.waiting.item)
    await store.mark(NOON)
    assert await store.shown(sent.waiting.item) == before
    assert before == ("m2" if newer.ref and newer.waiting.person else "m1")
