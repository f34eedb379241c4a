"""A turn that can never be taken is put aside, counted and told; nobody else notices.

It is made in three real ways: a database that refuses a row, a row that does not open, and content
on which the core breaks. test_kill.py plays the first with a kill at every point.
"""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from adapters.rehearsal.stage import Stage
from adapters.rehearsal.talk import Talk
from bot.cli.house import House, open_house
from bot.core.content import Library
from bot.core.events import Place
from bot.core.outgoing import Outgoing
from bot.core.state import Session
from bot.core.text import plain, text
from bot.library.load import Content
from bot.runtime.clock import SetClock
from bot.runtime.observer import Unobserved
from bot.runtime.port import Arrival
from bot.storage.rows import Change
from bot.storage.vault import Keyring
from tests.kill.kept import DATABASE, KEYS, tables
from tests.kill.points import POINTS, PointedConnection

NOW = datetime(2026, 3, 1, 18, 0, tzinfo=UTC)


@dataclass
class Watch(Unobserved):
    """Remembers what was put aside."""

    why: list[str] = field(default_factory=list)

    def quarantined(self, why: str) -> None:
        self.why.append(why)


class Crowd(Stage):
    """A stage that several people stand in front of."""

    def __init__(self) -> None:
        super().__init__(Talk("a crowd", (), NOW), Place(), lambda: NOW)
        self.read: dict[str, list[str]] = {}
        self.acknowledged: list[Arrival] = []

    def says(self, user: str, words: str) -> Arrival:
        """Return the arrival of `words` from `user`."""
        return replace(self.said(words), user=user, address=user)

    async def send(self, item: Outgoing, ref: str) -> str:
        self.read.setdefault(item.address, []).append(plain(item.body))
        return await super().send(item, ref)

    async def acknowledge(self, arrival: Arrival) -> None:
        self.acknowledged.append(arrival)


PEOPLE = {"ann": 1, "bob": 2, "cat": 3}


@asynccontextmanager
async def crowded(
    folder: Path, content: Content, crowd: Crowd, watch: Watch
) -> AsyncIterator[House]:
    async with open_house(
        database=folder / DATABASE,
        keyring=Keyring.read(folder / KEYS),
        content=content,
        ports={crowd.platform: crowd},
        clock=SetClock(NOW),
        observer=watch,
        connection_class=PointedConnection,
    ) as house:
        yield house


async def settle(house: House) -> None:
    store = house.store
    async with store.unit(NOW) as unit:
        for user, number in PEOPLE.items():
            session = Session(number, "en", welcomed=True, age="adult", keep_words=True)
            person = store.new_person(store.account_hash(Stage.platform, user), session)
            unit.write([Change(user.encode(), NOW, person, session)])


def run_sql(folder: Path, statement: str) -> None:
    connection = sqlite3.connect(folder / DATABASE)
    connection.execute(statement)
    connection.commit()
    connection.close()


def without_closings(content: Content) -> Content:
    """Return content with a flow that has no ending: what the checker would refuse."""
    flows = dict(content.library.flows)
    flows["reachout"] = replace(flows["reachout"], closings=())
    library: Library = replace(content.library, flows=flows)
    return replace(content, library=library)


REFUSING = """CREATE TRIGGER poison BEFORE INSERT ON records WHEN NEW.person_id = 2
BEGIN SELECT RAISE(ABORT, 'poison'); END"""
ROTTEN = "UPDATE people SET state = zeroblob(60) WHERE id = 2"


@pytest.mark.parametrize(
    ("why", "command", "answer", "statement"),
    [
        pytest.param("refused", "/note", "words of bob", REFUSING, id="the store refuses it"),
        pytest.param("Sealed", "/note", "words of bob", ROTTEN, id="the row is rotten"),
        pytest.param("IndexError", "/reachout", "not now", "", id="the core breaks on it"),
    ],
)
async def test_a_rotten_turn_is_put_aside_and_hurts_nobody_else(
    why: str,
    command: str,
    answer: str,
    statement: str,
    content: Content,
    empty: Path,
    tmp_path: Path,
) -> None:
    folder = tmp_path / "store"
    shutil.copytree(empty, folder)
    crowd, watch = Crowd(), Watch()
    sorry = plain(content.lexicon.render(text("turn-failed"), "en"))
    content = without_closings(content)

    async with crowded(folder, content, crowd, watch) as house:
        await settle(house)
        for user in PEOPLE:
            begin = command if user == "bob" else "/note"
            assert await house.runner.take(crowd.says(user, begin))
        await house.outbox.idle()
        if statement:
            run_sql(folder, statement)
        crowd.read.clear()
        said = [crowd.says(u, answer if u == "bob" else f"words of {u}") for u in PEOPLE]
        with POINTS.acting(lambda name: None):
            assert await asyncio.gather(*map(house.runner.take, said)) == [True] * 3
        await house.outbox.idle()
        assert POINTS.names.count("after SELECT accounts") == 4, "one batch, then each alone"
        assert crowd.acknowledged[-3:] == said
        assert watch.why == [why]
        assert crowd.read["bob"] == [sorry]
        assert crowd.read["ann"] == crowd.read["cat"] == ["Kept with your day."]

        # It comes again, as after a lost acknowledgement: that is all that happens.
        assert await house.runner.take(said[1])
        await house.outbox.idle()

    async with crowded(folder, content, crowd, watch) as house:
        assert await house.runner.take(said[1])
        await house.outbox.idle()
        if why != "Sealed":
            assert await house.runner.take(crowd.says("bob", "stop"))
            await house.outbox.idle()
            assert len(crowd.read["bob"]) == 2
    assert watch.why == [why]
    assert crowd.read["bob"][0] == sorry

    found = tables(folder)
    assert {row["person_id"] for row in found["records"]} == {1, 3}
    assert found["outbox"] == []
    (put_aside,) = found["quarantine"]
    assert (put_aside["kind"], put_aside["why"]) == ("Said", why)
    assert b"words of" not in (folder / DATABASE).read_bytes()
