"""/forget leaves no byte: not in the database, not in its log, not after a kill in between.

What there is of a person is taken down after every turn: their number, wrapped key, hashes, and
every ciphertext there ever was. Afterwards the files are searched for any sixteen bytes of it.
"""

from __future__ import annotations

import asyncio
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from adapters.rehearsal.stage import PERSON, Stage
from adapters.rehearsal.talk import Talk, read_talks
from bot.core.outgoing import Outgoing
from bot.core.state import Session
from bot.library.files import content_folder
from bot.library.load import Content, load_content
from bot.runtime.port import NotDelivered
from bot.storage.rows import Change
from bot.storage.store import Store
from bot.storage.vault import Keyring, Vault
from tests.kill import promises
from tests.kill.kept import DATABASE, KEYS
from tests.kill.points import POINTS, PointedConnection
from tests.kill.trials import ROOT
from tests.kill.world import FileStage, FileWorld, actions, rows

PIECE = 16
OTHER = 5
IMPERSONAL = {"seen", "quarantine", "day_keys", "alembic_version"}
"""Tables without a row that is anybody's: hashes of events, and what is sealed by a day's key."""

TALK = """
[[talk]]
name = "leaving"
start = "new"
lines = [
  "me: hello",
  "tap: Start",
  "tap: 18 or over",
  "tap: Keep my check-ins",
  "tap: Keep my own words too",
  "tap: Go on",
  "tap: Stop using",
  "tap: 5",
  "tap: 3",
  "tap: 8",
  "tap: Used",
  "tap: I'm okay",
  "tap: See what happened",
  "tap: At home",
  "me: stop",
  "tap: Change an answer",
  "tap: Mood",
  "tap: 7",
  "me: /note",
  "me: A first note, of quite some words, so that there is something to find.",
  "later: 20h",
  "me: /checkin",
  "tap: 2",
  "tap: 9",
  "tap: 1",
  "tap: Didn't use",
  "me: /note",
  "me: And a second one.",
  "me: promise me",
  "me: /checkin",
  "tap: 6",
  "me: /reachout",
  "me: /help",
  "me: /forget",
  "me: yes",
  "me: hello hello",
]
"""
UNHEARD = "/help"
"""What is said to this never arrives, so that it still waits in the outbox when they leave."""


class DeafStage(FileStage):
    """A stage where some messages cannot be delivered, and which looks at the outbox meanwhile."""

    deaf = False

    async def send(self, item: Outgoing, ref: str) -> str:
        """Show `item`, or not."""
        note(self._folder)
        if self.deaf:
            raise NotDelivered
        return await super().send(item, ref)


class NotedWorld(FileWorld):
    """A world in which everything that is stored of the person is noted after each turn."""

    stage_class = DeafStage

    async def until(self, said: str) -> None:
        """Play until `said` comes next, or to the end where it does not come."""
        for line in actions(self.talk)[self.stage.next :]:
            if line.rest == said:
                return
            assert isinstance(self.stage, DeafStage)
            self.stage.deaf = line.rest == UNHEARD
            await self.act(line)
            self.stage.deaf = False
            note(self.folder)


def note(folder: Path) -> None:
    """Add what there is of the person just now to the file `noted`."""
    with (folder / "noted").open("a") as file:
        file.writelines(f"{one.hex()}\n" for one in traces(folder))


def traces(folder: Path) -> list[bytes]:
    """Return every value that belongs to one person only, of those who are not the other."""
    connection = sqlite3.connect(folder / DATABASE)
    found: list[bytes] = []
    try:
        for table, owner in owned(connection):
            for row in connection.execute(f"SELECT * FROM {table} WHERE {owner} <> {OTHER}"):
                found += [one for one in row if isinstance(one, bytes)]
        for (number,) in connection.execute(f"SELECT id FROM people WHERE id <> {OTHER}"):
            found.append(number.to_bytes(8, "big"))
    finally:
        connection.close()
    return found


def owned(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    """Return the tables whose rows belong to people, and the column that says to whom.

    Fails for a table that is neither anybody's nor known to be nobody's.
    """
    found = []
    tables = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    for (table,) in connection.execute(tables).fetchall():
        columns = {row[1] for row in connection.execute(f"PRAGMA table_info({table})")}
        if table == "people":
            found.append((table, "id"))
        elif "person_id" in columns:
            found.append((table, "person_id"))
        else:
            assert table in IMPERSONAL, f"whose are the rows of {table}?"
    return found


def noted(folder: Path) -> set[bytes]:
    """Return what was noted so far."""
    return {bytes.fromhex(line) for line in (folder / "noted").read_text().splitlines()}


def left(folder: Path, values: Iterable[bytes]) -> set[str]:
    """Return the files of the database in which any piece of `values` can be found."""
    files = {path.name: path.read_bytes() for path in folder.glob(f"{DATABASE}*")}
    assert files
    pieces = {
        value[at : at + PIECE]
        for value in values
        for at in range(0, max(len(value) - PIECE, 0) + 1, PIECE)
    }
    return {name for name, held in files.items() if any(one in held for one in pieces)}


def talk() -> Talk:
    (found,) = read_talks(TALK, "test_forget.py")
    return found


async def settle_other(folder: Path) -> None:
    """Store someone else, who stays."""
    store = await Store.open(folder / DATABASE, Vault(Keyring.read(folder / KEYS)))
    person = store.new_person(store.account_hash(Stage.platform, "other"), Session(OTHER, "en"))
    session = Session(OTHER, "es", welcomed=True)
    async with store.unit(talk().now) as unit:
        unit.write([Change(b"other", talk().now, person, session)])
    await store.close()


@pytest.fixture(autouse=True)
def promising(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.runtime.runner.step", promises.heard())


@pytest.fixture
def folder(empty: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "store"
    shutil.copytree(empty, folder)
    asyncio.run(settle_other(folder))
    return folder


async def test_nothing_is_left_of_someone_who_leaves(content: Content, folder: Path) -> None:
    async with NotedWorld(talk(), content, folder) as world:
        await world.until("yes")
        before = noted(folder)
        connection = sqlite3.connect(folder / DATABASE)
        for table, owner in owned(connection):
            statement = f"SELECT COUNT(*) FROM {table} WHERE {owner} <> {OTHER}"
            assert connection.execute(statement).fetchone()[0], f"nothing to forget in {table}"
        kinds = {kind for (kind,) in connection.execute("SELECT kind FROM records")}
        connection.close()
        assert kinds == {"checkin", "note", "lapse"}
        assert len(before) > 100
        assert left(folder, before)

        await world.until("hello hello")
        assert left(folder, before) == set()
        assert traces(folder) == []
        assert "Everything about you is removed" in world.heard()[-1].text
        assert world.heard()[-2].text.startswith("This removes everything")

        # Someone who comes back is new: only the hash of the platform's id can be the same.
        await world.until("")
        assert "a program, not a person" in world.heard()[-1].text
        account = world.house.store.account_hash(Stage.platform, PERSON)
        assert before & set(traces(folder)) == {account}
    assert left(folder, before - {account}) == set()
    assert await others_language(folder) == "es"


async def test_nothing_is_left_of_one_kind_that_is_let_go_and_the_rest_stays(
    content: Content, folder: Path
) -> None:
    async with NotedWorld(talk(), content, folder) as world:
        await world.until("/forget")
        notes, others = bodies(folder, "= 'note'"), bodies(folder, "<> 'note'")
        assert len(notes) == 2
        assert len(others) > 2
        assert left(folder, notes)

        await world.hand_in(world.stage.said(promises.FORGET))
        assert (folder / f"{DATABASE}-wal").stat().st_size > 0, "its answer was sent since"
        assert left(folder, notes) == set()
        assert bodies(folder, "= 'note'") == []
        assert bodies(folder, "<> 'note'") == others
        reminders = "SELECT COUNT(*) FROM reminders"
        connection = sqlite3.connect(folder / DATABASE)
        assert connection.execute(reminders).fetchone() == (len(promises.DELAYS),)
        connection.close()
    assert left(folder, notes) == set()
    assert left(folder, others) == {DATABASE}


def bodies(folder: Path, kind: str) -> list[bytes]:
    """Return the sealed bodies of the records whose kind is as `kind` says."""
    connection = sqlite3.connect(folder / DATABASE)
    try:
        query = f"SELECT body FROM records WHERE kind {kind} ORDER BY id"
        return [body for (body,) in connection.execute(query)]
    finally:
        connection.close()


async def others_language(folder: Path) -> str:
    """Return what is kept of the other person, read with their key."""
    store = await Store.open(folder / DATABASE, Vault(Keyring.read(folder / KEYS)))
    account = store.account_hash(Stage.platform, "other")
    async with store.unit(talk().now) as unit:
        people, _ = await unit.load([account], [])
    await store.close()
    return people[account].session.lang


class Untruncated(PointedConnection):
    """A connection that never cuts the log."""

    def execute(self, sql: str, parameters: Any = (), /) -> sqlite3.Cursor:
        truncates = sql == "PRAGMA wal_checkpoint(TRUNCATE)"
        return super().execute("SELECT 0, 0, 0" if truncates else sql, parameters)


class Careless(PointedConnection):
    """A connection that does not overwrite or rewrite what it deletes, and says it does."""

    def execute(self, sql: str, parameters: Any = (), /) -> sqlite3.Cursor:
        match sql:
            case "PRAGMA secure_delete = 1":
                sql = "PRAGMA secure_delete = 0"
            case "PRAGMA secure_delete" | "VACUUM":
                sql = "SELECT 1"
        return super().execute(sql, parameters)


@pytest.mark.parametrize(
    ("connection_class", "file"),
    [
        pytest.param(Untruncated, f"{DATABASE}-wal", id="log not cut"),
        pytest.param(Careless, DATABASE, id="not overwritten"),
    ],
)
async def test_without_either_half_something_is_left(
    connection_class: type[sqlite3.Connection], file: str, content: Content, folder: Path
) -> None:
    world = NotedWorld(talk(), content, folder, connection_class=connection_class)
    async with world:
        await world.until("yes")
        before = noted(folder)
        await world.until("hello hello")
        assert traces(folder) == [], "the rows go all the same"
        assert file in left(folder, before)


async def test_nothing_is_left_of_a_visitor_who_lapses(content: Content, folder: Path) -> None:
    async with NotedWorld(talk(), content, folder) as world:
        await world.until("Keep my check-ins")
        before = noted(folder)
        assert left(folder, before)
        world.clock.move(world.talk.lines[20].span() * 2)
        await world.house.store.drop_outdated(world.clock.now())
        assert left(folder, before) == set()
        assert traces(folder) == []


@pytest.fixture(params=["before VACUUM", "after VACUUM", "before PRAGMA wal_checkpoint"])
def killed(folder: Path, request: pytest.FixtureRequest) -> Path:
    """Return the folder as it is after a kill between the forgetting and the cutting of the log."""
    died = subprocess.run(
        [sys.executable, "-m", "tests.kill.test_forget", str(folder), request.param],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert died.returncode == -signal.SIGKILL, died.stderr
    assert traces_on_a_copy(folder) == [], "it was killed after the commit"
    assert left(folder, noted(folder)), "and before the log was cut"
    return folder


async def test_a_kill_before_the_log_is_cut_leaves_nothing_after_the_next_start(
    content: Content, killed: Path
) -> None:
    folder, before = killed, noted(killed)
    told = len(rows(folder / "sent"))

    async with NotedWorld(talk(), content, folder) as world:
        assert left(folder, before) == set()
        assert "Everything about you is removed" in world.heard()[told].text
        assert len(world.heard()) == told + 1
        arrival = world.stage.unacknowledged()
        assert arrival, "the confirmation comes again"
        await world.hand_in(arrival)
        assert len(world.heard()) == told + 1
        assert left(folder, before) == set()
    assert left(folder, before) == set()


def traces_on_a_copy(folder: Path) -> list[bytes]:
    """Return the person's traces without touching the log: who closes last would cut it."""
    copy = folder.with_name("copy")
    shutil.copytree(folder, copy)
    return traces(copy)


async def die_forgetting(folder: Path, point: str) -> None:
    """Play the talk, and die at `point` after the commit of the forgetting."""

    def act(name: str) -> None:
        if name == point and "after DELETE people by id" in POINTS.names:
            signal.raise_signal(signal.SIGKILL)

    async with NotedWorld(talk(), load_content(content_folder()), folder) as world:
        await world.until("yes")
        with POINTS.acting(act):
            await world.until("hello hello")


if __name__ == "__main__":
    promises.plant()
    asyncio.run(die_forgetting(Path(sys.argv[1]), sys.argv[2]))
