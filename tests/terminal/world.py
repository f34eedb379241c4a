"""The whole house behind the screen face: typed at and clicked as a person would, without a tty."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from textual.pilot import Pilot

from adapters.rehearsal.talk import Heard, Talk, read_talks
from adapters.terminal.bubbles import Mine, Pressed, Theirs
from adapters.terminal.choices import Choices
from adapters.terminal.client import Client
from adapters.terminal.screen import Screen
from bot.cli.house import House, open_house
from bot.cli.tongue import Tongue
from bot.core.outgoing import Button, Outgoing
from bot.library.load import Content
from bot.runtime.clock import SetClock
from bot.runtime.observer import Unobserved
from bot.storage.vault import Keyring
from tests.worlds import PATIENCE, Downloads, settle_member


class Pauses:
    """The pauses that the screen makes: each lasts until it is told to be over."""

    def __init__(self) -> None:
        self.waiting: list[tuple[float, asyncio.Event]] = []

    async def sleep(self, seconds: float) -> None:
        one = (seconds, asyncio.Event())
        self.waiting.append(one)
        try:
            await one[1].wait()
        finally:
            self.waiting.remove(one)

    def over(self) -> None:
        for _, event in self.waiting:
            event.set()


class Watched(Screen):
    """The screen face, with a note of what each message looked like once it was shown."""

    seen: list[Heard]
    downloads: Downloads

    async def send(self, item: Outgoing, ref: str) -> str:
        ref = await super().send(item, ref)
        shown = read_bubble(self.app.refs[ref])
        self.seen.append(replace(shown, file=self.downloads.new()))
        return ref


def someone(start: str, lang: str) -> Talk:
    """Return a talk of no lines, for someone who is "new" or a "member"."""
    named = f'name = "screen"\nstart = "{start}"\nlang = "{lang}"'
    (talk,) = read_talks(f'[[talk]]\n{named}\nlines = ["end:"]', "screen")
    return talk


def read_bubble(bubble: Theirs) -> Heard:
    """Return a message as it is drawn: its words, and its buttons."""
    return Heard(str(bubble.words.content), bubble.choices.buttons)


class TextualWorld:
    """A talk on the screen face. Greetings at its opening are on it, but no part of the talk."""

    def __init__(
        self,
        talk: Talk,
        content: Content,
        folder: Path,
        *,
        size: tuple[int, int] = (80, 24),
        light: bool = False,
        clock: SetClock | None = None,
    ) -> None:
        self._talk = talk
        self._content = content
        self._database = folder / "alongside.db"
        self._size = size
        self._keyring = Keyring.create(folder / "master.key")
        self._events = 0
        self._stack = AsyncExitStack()
        self._settled = asyncio.Event()
        self._seen: list[Heard] = []
        self._said: list[Heard] = []
        self.clock = clock or SetClock(talk.now)
        self.pauses = Pauses()
        self.downloads = Downloads(folder / "downloads")
        self._light = light

    async def __aenter__(self) -> TextualWorld:
        async with AsyncExitStack() as stack:
            stack.push_async_callback(self._stack.aclose)
            await self._open(founding=self._talk.start == "member")
            stack.pop_all()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._stack.aclose()

    async def _open(self, *, founding: bool = False) -> None:
        talk = self._talk
        tongue = Tongue(self._content, talk.lang, Unobserved())
        self.face = Watched(
            Client("me", lang=talk.lang, zone=talk.zone, country=talk.country),
            words=tongue,
            files=self.downloads.files(self._content, talk.lang),
            light=self._light,
            now=self.clock.now,
            seed=self._seed,
            sleep=self.pauses.sleep,
        )
        self.face.seen, self.face.downloads = self._seen, self.downloads
        self.app = self.face.app
        self.pilot: Pilot[None] = await self._stack.enter_async_context(
            self.app.run_test(size=self._size)
        )
        self.house: House = await self._stack.enter_async_context(
            open_house(
                database=self._database,
                keyring=self._keyring,
                content=self._content,
                ports={self.face.platform: self.face},
                clock=self.clock,
                observer=tongue,
            )
        )
        if founding:
            await settle_member(self.house.store, talk)
        self.chat = asyncio.create_task(self.face.run(self.house.runner, self._idle))
        self._stack.push_async_callback(self._leave)
        await self.answered()

    async def _idle(self) -> None:
        await self.house.outbox.idle()
        self._settled.set()

    async def _leave(self) -> None:
        self.app.leave()
        async with asyncio.timeout(PATIENCE):
            await self.chat

    def _seed(self) -> bytes:
        self._events += 1
        name = f"{self._talk.name}:{self._events}"
        return hashlib.blake2b(name.encode(), digest_size=16).digest()

    async def answered(self) -> None:
        """Wait until what was done is answered and drawn."""
        settled, gone = (asyncio.create_task(e.wait()) for e in (self._settled, self.app.gone))
        await asyncio.wait([settled, gone], timeout=PATIENCE, return_when=asyncio.FIRST_COMPLETED)
        assert settled.done() or not settled.cancel(), "no answer"
        gone.cancel()
        self._settled.clear()
        await self.pilot.pause()

    async def press(self, *keys: str) -> None:
        """Press keys, then nothing for a while, and wait for what the last one causes."""
        await self.pilot.press(*keys)
        self.pauses.over()
        await self.answered()

    async def say(self, text: str) -> None:
        """Type `text`, and Enter."""
        await self._do(lambda: self.type(text))

    async def type(self, text: str) -> None:
        self.app.line.focus()
        self.app.line.insert(text)
        await self.pilot.press("enter")

    async def tap(self, button: Button) -> None:
        """Click `button`, wherever on the screen it stands."""
        found = [one for one in self.app.query(Choices) if button in one.buttons]
        await self._do(lambda: self.click(found[-1], found[-1].buttons.index(button)))

    async def click(self, choices: Choices, place: int) -> None:
        choices.scroll_visible(animate=False, force=True, immediate=True)
        await self.pilot.pause()
        chip = choices.chips(choices.content_size.width)[place]
        await self.pilot.click(choices, offset=(chip.x + 1, chip.y))

    async def _do(self, act: Callable[[], Awaitable[None]]) -> None:
        before = len(self._seen)
        await act()
        await self.answered()
        self._said += self._seen[before:]

    async def later(self, by: timedelta) -> None:
        """Move the clock over all that is due."""
        then, before = self.clock.now() + by, len(self._seen)
        while (due := self.clock.soonest()) and due <= then:
            self.clock.move(due - self.clock.now())
            await asyncio.sleep(0)
            await self.house.runner.settled()
            await self.house.outbox.idle()
        self.clock.move(then - self.clock.now())
        await self.pilot.pause()
        self._said += self._seen[before:]

    async def restart(self) -> None:
        await self._stack.aclose()
        await self._open()

    async def until(self, shows: str) -> None:
        """Wait until `shows` is on the screen."""
        async with asyncio.timeout(PATIENCE):
            while shows not in self.picture():
                await self.pilot.pause(0.01)
        self._settled.clear()

    def heard(self) -> Sequence[Heard]:
        return self._said

    def screen(self) -> Sequence[Heard]:
        return [read_bubble(one) for one in self.app.query(Theirs)]

    def picture(self) -> str:
        """Return the screen as lines of text."""
        lines = self.app.screen._compositor.render_strips()
        return "\n".join(line.text.rstrip() for line in lines)

    def mine(self) -> list[str]:
        """Return what the member said, as it stands on the screen."""
        return [str(one.words.content) for one in self.app.query(Mine) if type(one) is Mine]

    def pressed(self) -> list[str]:
        """Return what the member pressed, as it stands on the screen."""
        return [str(one.words.content) for one in self.app.query(Pressed)]
