"""A stage and a world made of files, so that a talk can die and be gone on with.

A folder holds the database and its keys, and beside them what the platform and the person know:

    posted   one line for each event, as it was handed in: what was said or which token was tapped
    acked    the index of the talk's next action line; replaced in one move by an acknowledgement
    sent     one line for each message and edit that left
    trace    the points that were passed (points.Fate)

Event ids, seeds and times follow from the talk alone, so every id, nonce and person repeats and a
run that was killed can be compared with one that was not, byte for byte.
"""

from __future__ import annotations

import json
import os
import signal
import sqlite3
from collections.abc import Mapping
from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any, Self

import asyncpg

from adapters.rehearsal.stage import PERSON, Stage
from adapters.rehearsal.talk import Heard, Line, Talk, find_button
from bot.cli.house import House, open_house
from bot.cli.play import settle_member
from bot.core.events import Place
from bot.core.outgoing import Button, Outgoing
from bot.core.text import plain
from bot.library.load import Content
from bot.runtime.clock import SetClock
from bot.runtime.observer import Observer, Unobserved
from bot.runtime.port import Arrival
from bot.storage.store import Store
from bot.storage.vault import Keyring, Vault
from bot.storage.where import PostgresDatabase
from tests.kill.kept import DATABASE, KEYS, database, opened
from tests.kill.points import POINTS, PointedConnection, PointedPostgres

ACTIONS = frozenset({"me", "tap", "later", "restart"})

Row = Mapping[str, Any]


class FileStage(Stage):
    """A stage whose memory is in files, with points around the two things it is told."""

    def __init__(self, folder: Path, talk: Talk, clock: SetClock) -> None:
        """Take up the performance of `talk` in `folder` where it was left."""
        super().__init__(talk, Place(), clock.now)
        self._folder = folder
        self._actions = actions(talk)
        for row in rows(folder / "sent"):
            heard = Heard(row["text"], tuple(Button(*one) for one in row["buttons"]))
            self._heard.append(heard)
            self._screen[row["ref"]] = heard

    @property
    def next(self) -> int:
        """The index of the first action that is not over yet."""
        file = self._folder / "acked"
        return int(file.read_text()) if file.exists() else 0

    def reached(self, index: int) -> None:
        """Note that every action before `index` is over."""
        partial = self._folder / "acked.new"
        partial.write_text(str(index))
        partial.replace(self._folder / "acked")

    def post(self, line: Line, button: Button | None) -> Arrival:
        """Hand in what a `me:` or `tap:` line does, and write it down to be handed in again."""
        self._events = self._so_far(self.next)
        row = {"said": line.rest} if button is None else {"token": button.token}
        append(self._folder / "posted", row)
        return self.said(line.rest) if button is None else self.tapped(button)

    def unacknowledged(self) -> Arrival | None:
        """Return the last event handed in, unless it was acknowledged."""
        posted = rows(self._folder / "posted")
        over = self._so_far(self.next)
        if len(posted) == over:
            return None
        self._events = over
        row = posted[-1]
        return self.said(row["said"]) if "said" in row else self.tapped(Button("", row["token"]))

    def _so_far(self, index: int) -> int:
        return sum(line.verb in ("me", "tap") for line in self._actions[:index])

    async def send(self, item: Outgoing, ref: str) -> str:
        """Show `item`, and write it down."""
        POINTS("before send")
        ref = await super().send(item, ref)
        append(
            self._folder / "sent",
            {
                "id": item.id,
                "kind": item.kind,
                "key": item.key,
                "ref": ref,
                "text": plain(item.body),
                "buttons": [[b.label, b.token, b.picked] for b in item.buttons],
            },
        )
        POINTS("after send")
        return ref

    async def acknowledge(self, arrival: Arrival) -> None:
        """Let the talk go on behind the line that `arrival` came from."""
        POINTS("before acknowledge")
        events = [n for n, line in enumerate(self._actions) if line.verb in ("me", "tap")]
        self.reached(events[int(arrival.event.id) - 1] + 1)
        POINTS("after acknowledge")


class FileWorld:
    """A whole Alongside in `folder`, in which a talk can be played from wherever it had got to.

    With `hard`, a `restart` line is a kill -9 of this very process; otherwise it is a stop and a
    start. `later` also cleans, as the hourly task would have: its timer knows no rehearsal clock.
    """

    stage_class: type[FileStage] = FileStage

    def __init__(
        self,
        talk: Talk,
        content: Content,
        folder: Path,
        *,
        hard: bool = False,
        observer: Observer | None = None,
        connection_class: type | None = None,
    ) -> None:
        """Prepare to go on with `talk`; entering the context starts the program."""
        self.talk = talk
        self.folder = folder
        self.clock = SetClock(talk.now)
        self.stage = self.stage_class(folder, talk, self.clock)
        self.clock.move(_passed(actions(talk)[: self.stage.next]))
        self._content = content
        self._hard = hard
        self._observer = observer or Unobserved()
        on_server = isinstance(database(folder), PostgresDatabase)
        pointed = PointedPostgres if on_server else PointedConnection
        self._connection_class = connection_class or pointed
        self._stack = AsyncExitStack()
        self._house: House | None = None

    async def __aenter__(self) -> Self:
        """Start, send what is owed, and take the event that was not acknowledged again."""
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        """Stop."""
        await self._stack.aclose()

    async def start(self) -> None:
        """Start the program on the folder's files."""
        self._house = await self._stack.enter_async_context(
            open_house(
                database=database(self.folder),
                keyring=Keyring.read(self.folder / KEYS),
                content=self._content,
                ports={self.stage.platform: self.stage},
                clock=self.clock,
                observer=self._observer,
                connection_class=self._connection_class,
            )
        )

    @property
    def house(self) -> House:
        """The running program."""
        if self._house is None:
            raise RuntimeError("not started")
        return self._house

    async def go_on(self) -> None:
        """Play what is left of the talk, beginning with an event that has to come again."""
        if arrival := self.stage.unacknowledged():
            await self.hand_in(arrival)
        for line in actions(self.talk)[self.stage.next :]:
            await self.act(line)

    async def act(self, line: Line) -> None:
        """Do what an action line says."""
        match line.verb:
            case "me":
                await self.say(line.rest)
            case "tap":
                button = find_button(line.rest, self.screen())
                if button is None:
                    raise LookupError(f"line {line.number}: no button {line.rest!r}")
                await self.tap(button)
            case "later":
                await self.later(line.span())
            case "restart":
                await self.restart()

    async def say(self, text: str) -> None:
        """Say `text` and wait for everything it causes."""
        await self.hand_in(self.stage.post(self._line(), None))

    async def tap(self, button: Button) -> None:
        """Press `button` and wait for everything it causes."""
        await self.hand_in(self.stage.post(self._line(), button))

    async def later(self, by: timedelta) -> None:
        """Move the clock, and let go of what has reached the end of its time by then."""
        self.clock.move(by)
        now = self.clock.now()
        await self.house.store.drop_outdated(now)
        self.stage.reached(self.stage.next + 1)

    async def restart(self) -> None:
        """End without warning, or stop and start again."""
        self.stage.reached(self.stage.next + 1)
        if self._hard:
            os.kill(os.getpid(), signal.SIGKILL)
        await self._stack.aclose()
        await self.start()

    def heard(self) -> list[Heard]:
        """Return every message and edit so far."""
        return self.stage.heard()

    def screen(self) -> list[Heard]:
        """Return the messages as they stand now."""
        return self.stage.screen()

    async def hand_in(self, arrival: Arrival) -> None:
        """Give the program an event and wait for everything it causes."""
        if not await self.house.runner.take(arrival):
            raise RuntimeError("the event was not taken")
        await self.house.outbox.idle()

    def _line(self) -> Line:
        return actions(self.talk)[self.stage.next]


async def found_store(folder: Path) -> None:
    """Make an empty store in `folder`, with its keys."""
    store = await Store.open(database(folder), Vault(Keyring.create(folder / KEYS)))
    await store.close()


async def prepare(folder: Path, talk: Talk, content: Content, spoil: str = "") -> None:
    """Bring the empty store in `folder` to what it is before the talk begins.

    `spoil` is a statement run at the end, to plant something rotten in the database.
    """
    if talk.start == "member":
        async with FileWorld(talk, content, folder) as world:
            await settle_member(world.house, talk)
    where = database(folder)
    if spoil and isinstance(where, PostgresDatabase):
        server = await asyncpg.connect(where.url)
        await server.execute(spoil)
        await server.close()
    elif spoil:
        connection = sqlite3.connect(folder / DATABASE)
        connection.executescript(spoil)
        connection.close()


async def write_contents(folder: Path, talk: Talk) -> None:
    """Write all that is kept at the end of `talk` down in the folder itself, opened."""
    found = await opened(folder, Stage.platform, [PERSON], talk.now + _passed(actions(talk)))
    (folder / "contents").write_text(json.dumps(found, sort_keys=True))


def actions(talk: Talk) -> list[Line]:
    """Return the lines of `talk` that do something."""
    return [line for line in talk.lines if line.verb in ACTIONS]


def append(file: Path, row: Row) -> None:
    """Add a line to `file` in one write."""
    descriptor = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(descriptor, json.dumps(row).encode() + b"\n")
    finally:
        os.close(descriptor)


def rows(file: Path) -> list[dict[str, Any]]:
    """Return the lines of `file`."""
    return [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []


def _passed(lines: list[Line]) -> timedelta:
    return sum((line.span() for line in lines if line.verb == "later"), timedelta())
