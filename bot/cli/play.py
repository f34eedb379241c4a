"""`alongside play`: conversations from files, on a throw-away store and a clock of our own."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path

from adapters.base import shown_label
from adapters.rehearsal.stage import PERSON, Stage
from adapters.rehearsal.talk import Heard, Talk, TalkBroken, play, read_talks
from bot.cli.house import House, open_house
from bot.cli.start import CannotStart, make_ready
from bot.core.events import Place
from bot.core.outgoing import Button
from bot.core.state import Session
from bot.library.load import Content
from bot.runtime.clock import SetClock
from bot.runtime.observer import Unobserved
from bot.runtime.port import Arrival
from bot.storage.rows import Change
from bot.storage.vault import Keyring
from bot.storage.where import Where

PLACE = Place()
MEMBER = 1


def run_play(config: Path | None, files: list[Path], *, quiet: bool) -> int:
    """Play every talk in `files`; return 0, 1 on any difference, 2 where one cannot be played."""
    try:
        ready = make_ready(config, None)
        talks = [(file, talk) for file in files for talk in _read(file)]
    except CannotStart as error:
        sys.stderr.write("\n".join([*error.sentences, ""]))
        return 2
    except TalkBroken as error:
        sys.stderr.write(f"{error}\n")
        return 2
    failed = 0
    for file, talk in talks:
        failed += not asyncio.run(_perform(file, talk, ready.content, quiet=quiet))
    sys.stdout.write(f"Talks as expected: {len(talks) - failed}. Talks that differ: {failed}.\n")
    return 1 if failed else 0


def _read(file: Path) -> list[Talk]:
    try:
        return read_talks(file.read_text(encoding="utf-8"), str(file))
    except (OSError, UnicodeDecodeError) as error:
        raise TalkBroken(f"{file}: cannot be read ({type(error).__name__})") from error


async def _perform(file: Path, talk: Talk, content: Content, *, quiet: bool) -> bool:
    with tempfile.TemporaryDirectory() as folder:
        async with RunningWorld(talk, content, Path(folder), PLACE) as world:
            if not quiet:
                sys.stdout.write(f"# {talk.name}\n")
                world.transcript = True
            difference = await play(talk, world)
    if difference:
        sys.stdout.write(
            f"{file}, line {difference.line.number}, talk {talk.name!r}:\n"
            f"  expected: {difference.expected}\n  got:      {difference.got}\n"
        )
    elif not quiet:
        sys.stdout.write("\n")
    return difference is None


class RunningWorld:
    """A whole Alongside on a store in `folder`, with a stage for a platform."""

    def __init__(
        self,
        talk: Talk,
        content: Content,
        folder: Path,
        place: Place,
        database: Where | None = None,
    ) -> None:
        """Prepare to play `talk`, on a database of its own; entering the context starts it."""
        self._talk = talk
        self._content = content
        self._database = database or folder / "alongside.db"
        self._clock = SetClock(talk.now)
        self._stage = Stage(talk, place, self._clock.now)
        self._keyring = Keyring.create(folder / "master.key")
        self._stack = AsyncExitStack()
        self._house: House | None = None
        self._printed = 0
        self.transcript = False

    async def __aenter__(self) -> RunningWorld:
        """Start, with a member already welcomed where the talk begins with one."""
        house = await self._start()
        if self._talk.start == "member":
            await settle_member(house, self._talk)
        return self

    async def __aexit__(self, *_: object) -> None:
        """Stop."""
        await self._stack.aclose()

    async def _start(self) -> House:
        self._house = await self._stack.enter_async_context(
            open_house(
                database=self._database,
                keyring=self._keyring,
                content=self._content,
                ports={self._stage.platform: self._stage},
                clock=self._clock,
                observer=Unobserved(),
            )
        )
        return self._house

    async def say(self, text: str) -> None:
        """Say `text` and wait for everything it causes."""
        self._print(f"me:  {text}")
        await self._deliver(self._stage.said(text))

    async def tap(self, button: Button) -> None:
        """Press `button` and wait for everything it causes."""
        self._print(f"tap: {button.label}")
        await self._deliver(self._stage.tapped(button))

    async def later(self, by: timedelta) -> None:
        """Move the clock over all that is due, and let go of what has outlived its time."""
        self._print(f"... {by} later")
        then = self._clock.now() + by
        while self._house and (due := self._clock.soonest()) and due <= then:
            self._clock.move(due - self._clock.now())
            await asyncio.sleep(0)
            await self._house.runner.settled()
            await self._show()
        self._clock.move(then - self._clock.now())
        if self._house:
            await self._house.clean()

    async def restart(self) -> None:
        """Stop and start again on the same files."""
        self._print("... restart")
        await self._stack.aclose()
        await self._start()

    def heard(self) -> list[Heard]:
        """Return every message and edit so far."""
        return self._stage.heard()

    def screen(self) -> list[Heard]:
        """Return the messages as they stand now."""
        return self._stage.screen()

    async def _deliver(self, arrival: Arrival) -> None:
        if self._house is None:
            raise RuntimeError("the rehearsal has not begun")
        await self._house.runner.take(arrival)
        await self._show()

    async def _show(self) -> None:
        """Wait for everything that is on its way, and print it."""
        if self._house:
            await self._house.outbox.idle()
        for heard in self.heard()[self._printed :]:
            self._print(_shown(heard))
        self._printed = len(self.heard())

    def _print(self, line: str) -> None:
        if self.transcript:
            sys.stdout.write(f"{line}\n")


async def settle_member(house: House, talk: Talk) -> None:
    """Store a member who was welcomed before the talk and lets everything be kept."""
    store = house.store
    session = Session(
        person=MEMBER,
        lang=talk.lang,
        zone=talk.zone,
        country=talk.country,
        welcomed=True,
        age="adult",
        path="stop",
        keep_checkins=True,
        keep_words=True,
    )
    person = store.new_person(store.account_hash(Stage.platform, PERSON), session)
    async with store.unit(talk.now) as unit:
        unit.write([Change(b"settled", talk.now, person, session)])


def _shown(heard: Heard) -> str:
    body = heard.text.replace("\n", "\n     ")
    plain = (f"[{one.label}]" if one.picked is None else shown_label(one) for one in heard.buttons)
    buttons = " ".join(plain)
    return f"bot: {body}" + (f"\n     {buttons}" if buttons else "")
