"""Places a talk can be played in, beside the whole house of `alongside play`.

`CoreWorld` is the pure core with nothing around it: `step`, and the words to draw what it says.
`TerminalWorld` is the whole house with the terminal adapter in front, typed at through a pipe.
"""

from __future__ import annotations

import asyncio
import hashlib
import io
import os
import re
import shutil
from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import TextIO

from adapters.rehearsal.stage import Stage, as_handed
from adapters.rehearsal.talk import Heard, Talk
from adapters.terminal.chat import Terminal
from adapters.terminal.client import Client
from adapters.terminal.saving import Files
from bot.cli.house import House, open_house
from bot.cli.tongue import Tongue
from bot.conversation import step
from bot.core.content import Library
from bot.core.effects import (
    Ask,
    Attach,
    Edit,
    Effect,
    Fact,
    Forget,
    Loaded,
    Message,
    Need,
    Pace,
    Record,
    Remind,
    Reminder,
    Say,
    Turn,
    Unremind,
)
from bot.core.events import Commanded, Event, Place, Said, Tapped
from bot.core.outgoing import Attached, Button, DrawnChart
from bot.core.state import EPOCH, FlowState, Session
from bot.core.text import plain
from bot.library.files import content_folder
from bot.library.load import Content, load_content
from bot.runtime.clock import SetClock
from bot.runtime.observer import Unobserved
from bot.runtime.rendering import attached
from bot.storage.codec import decode_body, decode_session, encode_body, encode_session
from bot.storage.migrate import migrate
from bot.storage.rows import Change
from bot.storage.store import Store
from bot.storage.vault import Keyring

PATIENCE = 20
"""Seconds to wait for the terminal's thread before a test is given up."""


@lru_cache(maxsize=1)
def content() -> Content:
    """Return the content of this checkout, read once."""
    return load_content(content_folder())


def fresh_folder(folder: Path, empty_database: Path) -> Path:
    """Return `folder` with a copy of an empty, migrated database in it: migrating takes longer."""
    shutil.copy(empty_database, folder / "alongside.db")
    return folder


def make_empty_database(path: Path) -> Path:
    """Make the database that `fresh_folder` copies."""
    asyncio.run(migrate(path))
    return path


def stranger(talk: Talk) -> Session:
    """Return the session of someone who says their first word."""
    return Session(person=7, lang=talk.lang, zone=talk.zone, country=talk.country)


def member(talk: Talk) -> Session:
    """Return the session of an adult who was welcomed and lets everything be kept."""
    return replace(
        stranger(talk),
        welcomed=True,
        age="adult",
        path="stop",
        keep_checkins=True,
        keep_words=True,
    )


# --- the bare core ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Kept:
    """A record as it is kept, its body as bytes."""

    id: int
    kind: str
    replaces: int
    body: bytes
    at: datetime = EPOCH


class Memory:
    """The facts of one person, in the order they were written, and what was promised to them.

    It answers a `Need`, and carries out effects, as storage does.
    """

    def __init__(self) -> None:
        self.kept: list[Kept] = []
        self.reminders: list[Reminder] = []

    def add(self, record: Record, at: datetime = EPOCH) -> None:
        assert record.id not in {one.id for one in self.kept}, "an id was given twice"
        body = encode_body(record.body)
        self.kept.append(Kept(record.id, record.kind, record.replaces, body, at))

    def clear(self) -> None:
        self.kept.clear()
        self.reminders.clear()

    def forget(self, kinds: Sequence[str], facts: Sequence[int] = ()) -> None:
        """Remove the facts of `kinds`, and single ones with what they replaced."""
        replaced = {one.id: one.replaces for one in self.kept}
        gone = set(facts)
        while more := {replaced[one] for one in gone & replaced.keys()} - gone - {0}:
            gone |= more
        self.kept = [one for one in self.kept if one.kind not in kinds and one.id not in gone]

    def remind(self, promise: Remind) -> None:
        """Add a promise, unless there is one of its kind for that time."""
        due = promise.due.astimezone(UTC)
        if (promise.kind, due) not in {(one.kind, one.due) for one in self.reminders}:
            assert promise.id not in {one.id for one in self.reminders}, "an id was given twice"
            self.reminders.append(Reminder(promise.id, promise.kind, due))

    def unremind(self, kind: str) -> None:
        """Remove the promises of `kind`."""
        self.reminders = [one for one in self.reminders if one.kind != kind]

    def standing(self, *, replaced_too: bool = False) -> list[Fact]:
        """Return the facts that nothing has replaced, or all, newest first."""
        replaced = set() if replaced_too else {one.replaces for one in self.kept}
        kept = sorted(self.kept, key=lambda one: one.at)  # later ones of the same time come later
        return [
            Fact(one.id, one.kind, decode_body(one.body), one.at, one.replaces)
            for one in reversed(kept)
            if one.id not in replaced
        ]

    def answer(self, need: Need) -> Loaded:
        facts = self.standing()
        there = self.standing(replaced_too=need.replaced)
        wanted = [
            fact
            for kind in need.kinds
            for fact in [f for f in there if f.kind == kind][: need.newest]
        ]
        if need.everything:
            wanted = self.standing(replaced_too=True)
        counts: dict[str, int] = {}
        for fact in facts if need.counts else ():
            counts[fact.kind] = counts.get(fact.kind, 0) + 1
        reminders = sorted(self.reminders, key=lambda one: (one.due, one.id))
        return Loaded(tuple(wanted), counts, tuple(reminders) if need.reminders else ())


class Person:
    """Someone talking with the bare core: their session as bytes between turns, and their facts.

    `library` may be exchanged between two turns, as when the content files were edited.
    """

    def __init__(
        self, session: Session, library: Library, afterwards: Session, now: datetime | None = None
    ) -> None:
        """Begin with `session`; `afterwards` is who they are once they have been forgotten."""
        self.library = library
        self.memory = Memory()
        self.now = now or datetime(2026, 3, 1, 18, tzinfo=UTC)
        self.place = Place()
        self._events = 0
        self._afterwards = afterwards
        self._stored = encode_session(session)

    @property
    def session(self) -> Session:
        return decode_session(self._stored)

    @property
    def open(self) -> FlowState:
        """The run whose question is open."""
        return self.session.flows[-1]

    def say(self, text: str) -> Turn:
        name, at, seed = self.chance()
        return self.take(Said(name, at, seed, text, self.place))

    def tap(self, choice: str) -> Turn:
        """Press the button for `choice` under the open question."""
        return self.press(f"{self.open.nonce}.{choice}")

    def press(self, token: str) -> Turn:
        name, at, seed = self.chance()
        return self.take(Tapped(name, at, seed, token, self.place))

    def give(self, command: str, rest: str = "") -> Turn:
        name, at, seed = self.chance()
        return self.take(Commanded(name, at, seed, command, rest, self.place))

    def chance(self) -> tuple[str, datetime, bytes]:
        """Return the next event's id, time and seed."""
        self._events += 1
        seed = hashlib.blake2b(b"event %d" % self._events, digest_size=16).digest()
        return str(self._events), self.now, seed

    def take(self, event: Event) -> Turn:
        """Return the turn that `event` causes, once everything it asks for is kept."""
        turn = step(self.session, event, self.library)
        if isinstance(turn, Need):
            turn = step(self.session, event, self.library, self.memory.answer(turn))
        assert isinstance(turn, Turn), "a second Need is a bug"
        forgotten = any(
            isinstance(one, Forget) and not (one.kinds or one.facts) for one in turn.effects
        )
        if forgotten:
            self.memory.clear()
        else:
            keep(self.memory, turn.effects, event.at)
        self._stored = encode_session(self._afterwards if forgotten else turn.session)
        return turn


def keep(memory: Memory, effects: Sequence[Effect], at: datetime = EPOCH) -> None:
    """Carry out in `memory` what `effects` keep and let go of, other than everything."""
    for effect in effects:
        if isinstance(effect, Forget):
            memory.forget(effect.kinds, effect.facts)
    for effect in effects:
        match effect:
            case Record():
                memory.add(effect, effect.at or at)
            case Remind():
                memory.remind(effect)
            case Unremind():
                memory.unremind(effect.kind)


def messages(effects: Sequence[Effect]) -> list[tuple[Message, str, bool]]:
    """Return what is said in `effects`: message, key, and whether it changes an earlier one."""
    return [
        (
            effect.message,
            "" if isinstance(effect, Attach) else effect.key,
            isinstance(effect, Edit),
        )
        for effect in effects
        if isinstance(effect, Say | Ask | Edit | Attach)
    ]


def keys(turn: Turn) -> list[str]:
    """Return the keys of all sentences said in `turn`, in order."""
    return [text.key for message, _, _ in messages(turn.effects) for text in message.body]


class CoreWorld:
    """The bare core: no store, no shell; state goes through the codec between every two turns."""

    def __init__(self, talk: Talk, content: Content, place: Place | None = None) -> None:
        self._clock = SetClock(talk.now)
        self._content = content
        first = member(talk) if talk.start == "member" else stranger(talk)
        self.person = Person(first, content.library, afterwards=stranger(talk))
        self._stage = Stage(talk, place or Place(), self._clock.now)
        self._heard: list[Heard] = []
        self._screen: list[Heard] = []
        self._places: dict[str, int] = {}
        self._due: tuple[datetime, Pace] | None = None

    async def __aenter__(self) -> CoreWorld:
        return self

    async def __aexit__(self, *_: object) -> None:
        pass

    async def say(self, text: str) -> None:
        self._take(self._stage.said(text).event)

    async def tap(self, button: Button) -> None:
        self._take(self._stage.tapped(button).event)

    async def later(self, by: timedelta) -> None:
        """Move the clock over everything that is due meanwhile."""
        then = self._clock.now() + by
        while self._due and self._due[0] <= then:
            due, pace = self._due
            self._due = None
            self._clock.move(due - self._clock.now())
            self._take(self._stage.due(pace).event)
        self._clock.move(then - self._clock.now())

    async def restart(self) -> None:
        """Stop the timer; all else has been through the codec already."""
        self._due = None

    def heard(self) -> Sequence[Heard]:
        return self._heard

    def screen(self) -> Sequence[Heard]:
        return self._screen

    def _take(self, event: Event) -> None:
        turn = self.person.take(event)
        pace = next((one for one in turn.effects if isinstance(one, Pace)), None)
        self._due = (event.at + timedelta(seconds=pace.seconds), pace) if pace else None
        lexicon, lang = self._content.lexicon, turn.session.lang
        for message, key, edits in messages(turn.effects):
            body, buttons = lexicon.message(message, lang)
            handed = [
                attached(lexicon, one.file, lang, Unobserved())
                for one in turn.effects
                if isinstance(one, Attach) and one.message is message
            ]
            heard = Heard(plain(body), buttons, *map(as_handed, handed))
            self._heard.append(heard)
            if edits and key in self._places:
                self._screen[self._places[key]] = heard
                continue
            self._screen.append(heard)
            if key:
                self._places[key] = len(self._screen) - 1


# --- the terminal -----------------------------------------------------------------------------


class CannotType(Exception):
    """Something that a person at a terminal has no way to do."""


class Downloads:
    """The folder where a terminal saves files; each is read once, when it is new."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(exist_ok=True)
        self.folder = folder
        self._read = {path.name for path in folder.iterdir()}

    def files(self, content: Content, lang: str) -> Files:
        """Return what saves into this folder, a picture by its words."""
        return Files(Tongue(content, lang, Unobserved()), folder=self.folder, draw=_in_words)

    def new(self) -> str:
        """Return the file that came since the last look, as a talk reads it; "" if none did."""
        found = sorted({path.name for path in self.folder.iterdir()} - self._read)
        self._read.update(found)
        parts = [f"{name}\n{(self.folder / name).read_text(encoding='utf-8')}" for name in found]
        return "\n".join(parts)


async def _in_words(chart: DrawnChart) -> bytes:
    return as_handed(Attached("picture", "", chart=chart)).encode()


class Screen(io.StringIO):
    """Takes what a terminal prints; the adapter writes each message in one go."""

    def __init__(self, downloads: Downloads) -> None:
        super().__init__()
        self.printed: list[Heard] = []
        self._downloads = downloads

    def write(self, drawn: str) -> int:
        self.printed.append(replace(read_screen(drawn), file=self._downloads.new()))
        return len(drawn)


_NUMBERED = re.compile(r"  (\d+)\. (.+)")
_ENDS = re.compile(r"(\d+) … (\d+)")
_SWITCHES: Mapping[str, bool] = {"[x] ": True, "[ ] ": False}


def read_screen(drawn: str) -> Heard:
    """Return a printed message, with what could be typed for each button as its token."""
    buttons: list[Button] = []
    for line in drawn.splitlines():
        if numbered := _NUMBERED.fullmatch(line):
            label = numbered[2]
            switch = next((on for mark, on in _SWITCHES.items() if label.startswith(mark)), None)
            label = label if switch is None else label[4:]
            buttons.append(Button(label, numbered[1], switch))
        elif line.startswith("  "):
            buttons += [Button(one, one) for part in line.split(" · ") for one in _words(part)]
    return Heard(drawn.strip(), tuple(buttons))


def _words(part: str) -> list[str]:
    """Return what `part` of a line without numbers offers: a word, or all of a scale."""
    if ends := _ENDS.fullmatch(part.strip()):
        return [str(number) for number in range(int(ends[1]), int(ends[2]) + 1)]
    return [part.strip()]


async def settle_member(store: Store, talk: Talk) -> None:
    """Store a member who was welcomed at the terminal before the talk."""
    session = member(talk)
    person = store.new_person(store.account_hash("terminal", "me"), session)
    async with store.unit(talk.now) as unit:
        unit.write([Change(b"settled", talk.now, person, session)])


class TerminalWorld:
    """The whole house behind a terminal in line mode, as it serves a pipe or a screen reader.

    Whoever opens a terminal is greeted; that greeting is on the screen, but no part of the talk.
    """

    def __init__(self, talk: Talk, content: Content, folder: Path) -> None:
        self._talk = talk
        self._content = content
        self._database = folder / "alongside.db"
        self._clock = SetClock(talk.now)
        self._keyring = Keyring.create(folder / "master.key")
        self._lines = 0
        self._downloads = Downloads(folder / "downloads")
        self._screen = Screen(self._downloads)
        self._said: list[Heard] = []
        self._stack = AsyncExitStack()
        self._keyboard: TextIO | None = None
        self._settled = asyncio.Event()

    async def __aenter__(self) -> TerminalWorld:
        if self._talk.start == "member":
            async with self._house(self._terminal(io.StringIO())) as house:
                await settle_member(house.store, self._talk)
        await self._open()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._stack.aclose()

    def _terminal(self, lines: TextIO) -> Terminal:
        talk = self._talk
        client = Client("me", lang=talk.lang, zone=talk.zone, country=talk.country)
        return Terminal(
            client,
            lines=lines,
            screen=self._screen,
            files=self._downloads.files(self._content, talk.lang),
            now=self._clock.now,
            seed=self._seed,
        )

    def _house(self, terminal: Terminal) -> AbstractAsyncContextManager[House]:
        return open_house(
            database=self._database,
            keyring=self._keyring,
            content=self._content,
            ports={terminal.platform: terminal},
            clock=self._clock,
            observer=Unobserved(),
        )

    async def _open(self) -> None:
        reading, writing = os.pipe()
        lines = self._stack.enter_context(os.fdopen(reading, encoding="utf-8"))
        self._keyboard = os.fdopen(writing, "w", encoding="utf-8")
        terminal = self._terminal(lines)
        house = await self._stack.enter_async_context(self._house(terminal))

        async def settled() -> None:
            await house.outbox.idle()
            self._settled.set()

        chat = asyncio.create_task(terminal.run(house.runner, settled))
        self._stack.push_async_callback(self._leave, self._keyboard, chat)
        await self._wait()

    async def _leave(self, keyboard: TextIO, chat: asyncio.Task[None]) -> None:
        keyboard.close()
        async with asyncio.timeout(PATIENCE):
            await chat

    async def _wait(self) -> None:
        async with asyncio.timeout(PATIENCE):
            await self._settled.wait()
        self._settled.clear()

    def _seed(self) -> bytes:
        self._lines += 1
        return hashlib.blake2b(f"{self._talk.name}:{self._lines}".encode(), digest_size=16).digest()

    async def say(self, text: str) -> None:
        if not text.strip() or "\n" in text:
            raise CannotType("a line that is empty or has a line break in it")
        await self._type(text)

    async def tap(self, button: Button) -> None:
        shown = next((one.buttons for one in reversed(self._screen.printed) if one.buttons), ())
        if button not in shown:
            raise CannotType("a button of an older message: its number now means another")
        await self._type(button.token)

    async def later(self, by: timedelta) -> None:
        self._clock.move(by)

    async def restart(self) -> None:
        await self._stack.aclose()
        await self._open()

    def heard(self) -> Sequence[Heard]:
        return self._said

    def screen(self) -> Sequence[Heard]:
        return self._screen.printed

    async def _type(self, line: str) -> None:
        assert self._keyboard is not None
        before = len(self._screen.printed)
        self._keyboard.write(f"{line}\n")
        self._keyboard.flush()
        await self._wait()
        self._said += self._screen.printed[before:]
