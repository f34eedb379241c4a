"""The exceptional exits: a full or read-only disk, a cancellation, Ctrl-C.

Here errors are raised instead of killing, so code that cleans up runs: these tests say that it
does so rightly, and nothing about crashes.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import sqlite3
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar

import pytest

from adapters.rehearsal.talk import Line, Talk, read_talks
from bot.core.effects import Record
from bot.core.ids import derive_id
from bot.core.outgoing import Outgoing
from bot.core.state import Session
from bot.core.text import Span, plain, text
from bot.library.load import Content
from bot.runtime.port import Arrival
from bot.storage.rows import Change, StoreDown
from bot.storage.store import Store
from bot.storage.vault import Keyring, Vault
from tests.kill.driver import Driver
from tests.kill.kept import DATABASE, KEYS, tables
from tests.kill.points import POINTS, Act, PointedConnection
from tests.kill.trials import ROOT, Job, differs, outcome
from tests.kill.world import FileWorld, prepare, write_contents

OWN = "tests/kill/talks.toml"
NOW = datetime(2026, 3, 1, 18, 0, tzinfo=UTC)


def own_talk(name: str) -> Talk:
    source = (ROOT / OWN).read_text(encoding="utf-8")
    return next(talk for talk in read_talks(source, OWN) if talk.name == name)


LIFE = own_talk("a whole life")
NOTES = Talk(
    name="many long notes",
    lines=tuple(
        Line("me", words, 0)
        for n in range(12)
        for words in ("/note", f"{n} " + "so much to tell " * 60)
    ),
    now=NOW,
)


# --- the disk ---------------------------------------------------------------------------------


class Trouble:
    """Something that makes statements fail until it is over, and notes whether it has."""

    over = False
    struck = 0

    def __call__(self, name: str) -> None:
        """Pass a point."""


class Full(Trouble):
    """Raises at the point `name`, from its `nth` passing on."""

    def __init__(self, name: str, nth: int = 1) -> None:
        self._name = name
        self._left = nth

    def __call__(self, name: str) -> None:
        if name == self._name and not self.over:
            self._left -= 1
            if self._left <= 0:
                self.struck += 1
                raise sqlite3.OperationalError("database or disk is full")


class PatientWorld(FileWorld):
    """A world whose person waits out the trouble, and looks at what was said and kept meanwhile."""

    trouble = Trouble()
    told: ClassVar[list[int]] = []

    async def start(self) -> None:
        """Start; where the store cannot be opened, once more when the trouble is over."""
        struck = self.trouble.struck
        try:
            await super().start()
        except StoreDown:
            assert self.trouble.struck > struck
            self.trouble.over = True
            await super().start()

    async def later(self, by: timedelta) -> None:
        """Let time pass; where cleaning failed, clean again when the trouble is over."""
        try:
            await super().later(by)
        except StoreDown:
            self.trouble.over = True
            await super().later(timedelta())

    async def hand_in(self, arrival: Arrival) -> None:
        """Hand in an event; where it was refused, look closely, then deliver it again."""
        before, place, said = kept(self.folder), self.stage.next, len(self.heard())
        if not await self.house.runner.take(arrival):
            self.trouble.struck += 1
            assert kept(self.folder) == before, "something is half written"
            assert self.stage.next == place, "it was acknowledged"
            (told,) = self.heard()[said:]
            assert told.text in self.truths(), "the person was not told the truth"
            self.told.append(derive_id(arrival.event.seed, "outage"))
            self.trouble.over = True
            assert await self.house.runner.take(arrival)
        await self.house.outbox.idle()
        self.trouble.over |= self.trouble.struck > 0

    def truths(self) -> set[str]:
        """Return what may be said while nothing can be saved."""
        keys = ("store-down-redelivered", "crisis-page")
        lexicon = self._content.lexicon
        return {plain(lexicon.render(text(key), self.talk.lang)) for key in keys}


def kept(folder: Path) -> dict[str, Any]:
    """Return what is stored, as bytes, but for the keys of days, which come before any turn."""
    return {name: rows for name, rows in tables(folder).items() if name != "day_keys"}


async def played(
    talk: Talk,
    content: Content,
    empty: Path,
    folder: Path,
    trouble: Trouble,
    connection_class: type[sqlite3.Connection] = PointedConnection,
) -> dict[str, Any]:
    """Play `talk` with `trouble` from the beginning, and return what it came to."""
    shutil.copytree(empty, folder)
    await prepare(folder, talk, content)
    world = PatientWorld(talk, content, folder, connection_class=connection_class)
    world.trouble, world.told = trouble, []  # type: ignore[misc]
    with POINTS.acting(trouble):
        async with world:
            await world.go_on()
    await write_contents(folder, talk)
    found = outcome(folder)
    assert found["twice"] == []
    found["sent"] = [row for row in found["sent"] if row["id"] not in world.told]
    return found


def same(got: dict[str, Any], wanted: dict[str, Any]) -> str:
    """Return what differs; an edit may have come as a new message, where its place was unknown."""
    for found in (got, wanted):
        found["sent"] = [{**row, "ref": ""} for row in found["sent"]]
    return differs(got, wanted)


@pytest.mark.parametrize(
    ("talk", "all_of_them"),
    [
        pytest.param(LIFE, False, id="each kind"),
        pytest.param(LIFE, True, id="every statement", marks=pytest.mark.soak),
    ],
)
async def test_a_full_disk_at_each_statement(
    talk: Talk, all_of_them: bool, content: Content, empty: Path, tmp_path: Path
) -> None:
    wanted = await played(talk, content, empty, tmp_path / "calm", Trouble())
    names = [one for one in POINTS.names if one.startswith("before ") and one[7:] != "send"]
    names = [one for one in names if one != "before acknowledge"]
    wrong = []
    for name in dict.fromkeys(names):
        passings = names.count(name)
        for nth in range(1, passings + 1) if all_of_them else (passings // 2 + 1,):
            folder = tmp_path / "full"
            trouble = Full(name, nth)
            got = await played(talk, content, empty, folder, trouble)
            assert trouble.struck, f"{name} {nth}"
            if difference := same(got, wanted):
                wrong.append(f"{name} {nth}: {difference}")
            shutil.rmtree(folder)
    assert len(set(names)) > 30
    assert wrong == []


class Cramped(PointedConnection):
    """A connection that SQLite itself lets write no more, between `on` and `off`."""

    pragma: ClassVar[str] = ""
    trouble: ClassVar[Trouble] = Trouble()

    def execute(self, sql: str, parameters: Any = (), /) -> sqlite3.Cursor:
        if sql.startswith("BEGIN"):
            bad, good = self.pragma.split("|")
            super().execute(f"PRAGMA {good if self.trouble.over else bad}").fetchall()
        return super().execute(sql, parameters)


@pytest.mark.parametrize(
    ("pragma", "talk"),
    [
        pytest.param("max_page_count = 1|max_page_count = 1073741823", NOTES, id="full"),
        pytest.param("query_only = ON|query_only = OFF", LIFE, id="read-only"),
    ],
)
async def test_sqlite_itself_refuses_to_write(
    pragma: str,
    talk: Talk,
    content: Content,
    empty: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    wanted = await played(talk, content, empty, tmp_path / "calm", Trouble())
    trouble = Trouble()
    monkeypatch.setattr(Cramped, "pragma", pragma)
    monkeypatch.setattr(Cramped, "trouble", trouble)
    got = await played(talk, content, empty, tmp_path / "bad", trouble, Cramped)
    assert trouble.struck
    assert trouble.over
    assert same(got, wanted) == ""


class ReadOnly(PointedConnection):
    """A connection to a file that may only be read, whoever asks."""

    def __init__(self, database: str, **options: Any) -> None:
        super().__init__(f"file:{database}?mode=ro", uri=True, **options)


async def test_a_file_that_may_only_be_read_is_left_alone(
    content: Content, empty: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "store"
    shutil.copytree(empty, folder)
    await prepare(folder, NOTES, content)
    before = (folder / DATABASE).read_bytes()
    with POINTS.acting(lambda name: None):
        async with FileWorld(NOTES, content, folder, connection_class=ReadOnly) as world:
            arrival = world.stage.post(NOTES.lines[0], None)
            assert not await world.house.runner.take(arrival)
            (told,) = world.heard()
            assert "can't save" in told.text
    assert world.stage.next == 0
    assert (folder / DATABASE).read_bytes() == before
    async with FileWorld(NOTES, content, folder) as world:
        await world.go_on()
    assert world.stage.next == len(NOTES.lines)


# --- cancellation -----------------------------------------------------------------------------


def cancelling(task: Callable[[], asyncio.Task[None]], at: int) -> Act:
    """Return what cancels a task at point number `at`, while the statement there is under way."""
    loop = asyncio.get_running_loop()
    count = 0

    def act(name: str) -> None:
        nonlocal count
        count += 1
        if count == at:
            loop.call_soon_threadsafe(task().cancel)
            time.sleep(0.01)

    return act


async def one_turn(store: Store) -> None:
    """Do in one transaction what a new person's first turn does."""
    account = store.account_hash("test", "ann")
    async with store.unit(NOW) as unit:
        people, _ = await unit.load([account], [b"event"])
        person = people.get(account) or store.new_person(account, Session(7, "en"))
        said = Outgoing(9, "test", "ann", "reply", "send", "", (Span("hello"),))
        record = Record(11, "checkin", {"mood": 3})
        session = replace(person.session, welcomed=True)
        change = Change(b"event", NOW, person, session, (record,), (said,))
        unit.write([change])


async def test_a_cancelled_transaction_leaves_all_or_nothing(empty: Path, tmp_path: Path) -> None:
    ends: set[tuple[int, ...]] = set()
    at = total = 0
    while at <= total:
        folder = tmp_path / str(at)
        shutil.copytree(empty, folder)
        vault = Vault(Keyring.read(folder / KEYS))
        store = await Store.open(folder / DATABASE, vault, connection_class=PointedConnection)
        tasks: list[asyncio.Task[None]] = []
        with POINTS.acting(cancelling(lambda: tasks[0], at)):  # noqa: B023
            tasks.append(asyncio.create_task(one_turn(store)))
            await asyncio.wait(tasks)
            total = total or len(POINTS.names)
        try:
            # The very next transaction works, and finds the one before whole or not at all.
            async with store.unit(NOW) as unit:
                people, seen = await unit.load([store.account_hash("test", "ann")], [b"event"])
        finally:
            await store.close()
        assert tasks[0].cancelled() == (at > 0)
        found = tables(folder)
        counts = tuple(len(found[one]) for one in ("people", "accounts", "records", "outbox"))
        assert (len(people), len(seen)) == counts[:1] * 2
        ends.add(counts)
        at += 1
    assert total > 15
    assert ends == {(0, 0, 0, 0), (1, 1, 1, 1)}


async def test_an_event_is_taken_although_nobody_waits_for_it(
    content: Content, empty: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "world"
    shutil.copytree(empty, folder)
    await prepare(folder, NOTES, content)
    async with FileWorld(NOTES, content, folder) as world:
        arrival = world.stage.post(NOTES.lines[0], None)
        tasks: list[asyncio.Task[None]] = []
        loop = asyncio.get_running_loop()
        acknowledged = asyncio.Event()

        def act(name: str) -> None:
            if name == "after acknowledge":
                acknowledged.set()
            elif name == "before COMMIT" and not acknowledged.is_set():
                loop.call_soon_threadsafe(tasks[0].cancel)
                time.sleep(0.01)

        with POINTS.acting(act):
            tasks.append(asyncio.create_task(world.hand_in(arrival)))
            await asyncio.wait(tasks)
            assert tasks[0].cancelled()
            await asyncio.wait_for(acknowledged.wait(), 5)
        await world.act(NOTES.lines[1])
        assert world.stage.next == 2
        assert len(world.heard()) == 2


@pytest.mark.skipif(not hasattr(os, "fork"), reason="forks")
@pytest.mark.parametrize(
    "most", [pytest.param(24, id="some"), pytest.param(0, id="all", marks=pytest.mark.soak)]
)
def test_ctrl_c_stops_in_order(most: int, driver: Driver) -> None:
    """A real SIGINT at a point: it ends, no thread is left, nothing is printed, nothing is lost.

    What left before it ended was marked, so that nothing comes twice either.
    """
    report = driver.do(Job(OWN, LIFE.name, by="SIGINT", most=most))
    assert len(report.tried) >= 12
    assert report.wrong == []
    assert report.duplicates == 0
