"""A turn that is given up, wherever it stands, leaves nothing for a later one to commit."""

from __future__ import annotations

import asyncio
import random
import threading
from collections import Counter

import pytest

from bot.storage import statements as sql
from bot.storage.rows import Conflict
from bot.storage.sqlite import Sqlite
from bot.storage.store import Store
from bot.storage.where import Where
from tests.runtime.fakes import NOON
from tests.storage.people import rows

ROUNDS = 60
TOGETHER = 4

LONGEST = 0.003
"""Seconds: about as long as the turns of one round take."""


async def turn(store: Store, number: int, *, bad: bool) -> None:
    """Put two events aside; a `bad` turn finds out at its very end that another was quicker."""
    async with store.unit(NOON) as unit:
        await unit.load([b"somebody"], [b"something"])
        for letter in (b"a", b"b"):
            unit.quarantine(b"%b%d" % (letter, number), NOON, "Said", "Oops", ())
        if bad:
            unit._add(sql.FORGET_PERSON, [(99,)], exact=True)


async def test_wherever_it_is_given_up(store: Store, database: Where) -> None:
    chance = random.Random(5)
    ended: dict[int, object] = {}
    for first in range(0, ROUNDS * TOGETHER, TOGETHER):
        turns = {
            n: asyncio.create_task(turn(store, n, bad=n % 3 == 0))
            for n in range(first, first + TOGETHER)
        }
        await asyncio.sleep(chance.random() * LONGEST)
        for one in turns.values():
            if chance.random() < 0.5:
                one.cancel()
        found = await asyncio.gather(*turns.values(), return_exceptions=True)
        ended.update(zip(turns, found, strict=True))
    kinds = Counter(type(one) for one in ended.values())
    assert set(kinds) == {type(None), Conflict, asyncio.CancelledError}, kinds

    kept = {bytes(event) for (event,) in rows(database, "SELECT event FROM seen")}
    aside = {bytes(event) for (event,) in rows(database, "SELECT event FROM quarantine")}
    assert kept == aside
    for number, how in ended.items():
        both = {b"a%d" % number, b"b%d" % number}
        assert kept & both in (set(), both), "half a turn was kept"
        if how is None:
            assert both <= kept, "a turn was lost"
        if number % 3 == 0:
            assert not both & kept, "a turn was kept that had been undone"


@pytest.mark.parametrize("engine", ["sqlite"])
async def test_while_it_waits_to_be_undone(
    store: Store, database: Where, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = store._engine
    assert isinstance(engine, Sqlite)
    undo = engine.undo
    busy = threading.Event()

    async def disturbed() -> None:
        engine._thread.submit(busy.wait, 5)  # so that undoing has to wait for its turn
        task = asyncio.current_task()
        assert task
        task.cancel()
        try:
            await undo()
        finally:
            busy.set()

    with monkeypatch.context() as now:
        now.setattr(engine, "undo", disturbed)
        with pytest.raises(asyncio.CancelledError):
            await asyncio.create_task(turn(store, 1, bad=True))
    await turn(store, 2, bad=False)
    assert sorted(rows(database, "SELECT event FROM seen")) == [(b"a2",), (b"b2",)]
