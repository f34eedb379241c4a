"""The screen face as a platform: shows what is sent, hands in what the member does, in order."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from datetime import datetime
from typing import TextIO

from textual.drivers.linux_driver import LinuxDriver

from adapters.base import Words
from adapters.terminal.app import ChatApp, Wish
from adapters.terminal.client import PLATFORM, CannotShow, Client, Voice
from adapters.terminal.saving import Files
from bot.core.events import Place
from bot.core.outgoing import Outgoing
from bot.runtime.port import Arrival, Inbox, NotDelivered

PLACE = Place(kind="private", keeps_text=True, edits=True, files=True)

LEAVE_ON = (signal.SIGTERM, signal.SIGHUP)
"""A window that is closed, or a machine that shuts down: the terminal is left as it was found."""


class _Lasting:
    """Standard output, which a window that is closed takes away: what is drawn then is lost.

    Textual's writer ends with the first error, and all that is drawn after it waits for ever.
    """

    def __init__(self, file: TextIO) -> None:
        self._file = file

    def write(self, words: str) -> None:
        with suppress(OSError):
            self._file.write(words)

    def flush(self) -> None:
        with suppress(OSError):
            self._file.flush()

    def fileno(self) -> int:
        return self._file.fileno()


class OnStandardOutput(LinuxDriver):
    """Draws where the line face prints; Textual's own choice is standard error."""

    def __init__(self, *given: object, **named: object) -> None:
        """Take what Textual gives to a driver."""
        super().__init__(*given, **named)  # type: ignore[arg-type]
        if sys.__stdout__ is not None:
            self._file = _Lasting(sys.__stdout__)  # type: ignore[assignment]

    def _sigcont_application(self, *given: object) -> None:
        """Come back where it was suspended; a closed window says "go on" too, and is gone."""
        if self._must_signal_resume:
            super()._sigcont_application(*given)

    def stop_application_mode(self) -> None:
        """Leave the screen, and a clean line for what is printed next.

        A terminal that does not know the last of Textual's sequences may print the end of it.
        """
        super().stop_application_mode()
        self.write("\r\x1b[K")
        self.flush()


class Screen:
    """One person's chat as a screen of bubbles."""

    platform = PLATFORM
    redelivers = False

    def __init__(
        self,
        client: Client,
        *,
        words: Words,
        files: Files,
        light: bool,
        now: Callable[[], datetime],
        seed: Callable[[], bytes],
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """Show to `client`, `light` or dark at first; `words` are for what is the screen's own.

        `sleep` waits for so many seconds.
        """
        self._person = client.person
        self._files = files
        self._voice = Voice(client, PLACE, now=now, seed=seed)
        self._wishes: asyncio.Queue[Wish | None] = asyncio.Queue()
        self.app = ChatApp(
            words=words,
            light=light,
            wish=self._wishes.put_nowait,
            driver=OnStandardOutput,
            sleep=sleep,
        )

    @asynccontextmanager
    async def shown(self) -> AsyncIterator[None]:
        """Keep the screen up for as long as the context lasts.

        Raises CannotShow where it does not come up, and what broke it where it breaks later, once
        everything else is settled.
        """
        loop = asyncio.get_running_loop()
        for sign in LEAVE_ON:
            loop.add_signal_handler(sign, self.app.leave)
        app = asyncio.create_task(self.app.run_async(), name="screen")
        ready = asyncio.create_task(self.app.ready.wait())
        try:
            await asyncio.wait([app, ready], return_when=asyncio.FIRST_COMPLETED)
            if not ready.done():
                await _quietly(app)
                raise CannotShow from self.app.broken
            app.add_done_callback(self._ended)
            yield
        finally:
            ready.cancel()
            if not app.done():
                self.app.exit()
            await _quietly(app)
            for sign in LEAVE_ON:
                loop.remove_signal_handler(sign)
        if self.app.broken:
            raise self.app.broken

    def _ended(self, app: asyncio.Task[None]) -> None:
        self.app.gone.set()
        self._wishes.put_nowait(None)

    async def send(self, item: Outgoing, ref: str) -> str:
        """Show `item`, in place of the message `ref` where that is still on the screen.

        Raises NotDelivered for what is addressed to someone else, and where the screen is gone.
        """
        if item.address != self._person or self.app.gone.is_set():
            raise NotDelivered  # somebody else's: it waits until they open their own chat
        item = await self._files.with_note(item)
        ref = ref if item.kind == "edit" and ref in self.app.refs else str(item.id)
        shown: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.app.post_message(ChatApp.Arrived(item, ref, shown))
        gone = asyncio.create_task(self._gone(shown))
        try:
            await shown
        except asyncio.CancelledError:
            if self.app.gone.is_set():
                raise NotDelivered from None
            raise
        finally:
            gone.cancel()
        return ref

    async def _gone(self, shown: asyncio.Future[None]) -> None:
        """Call off what waits to be shown once there is no screen any more."""
        await self.app.gone.wait()
        shown.cancel()

    async def acknowledge(self, arrival: Arrival) -> None:
        """Nothing to tell: what was typed does not come again."""

    async def run(self, inbox: Inbox, settled: Callable[[], Awaitable[None]]) -> None:
        """Talk until the member leaves; `settled` waits for all to be shown."""
        await inbox.take(self._voice.typed("/start"))
        await settled()
        while (wish := await self._wishes.get()) is not None:
            self.app.begun(wish.label)
            await inbox.take(await self._arrival(wish))
            await settled()
            self.app.settled()

    async def _arrival(self, wish: Wish) -> Arrival:
        match wish.kind:
            case "said":
                return self._voice.typed(wish.what)
            case "pressed":
                return self._voice.tapped(wish.what)
            case "number":
                token = await self.app.waiting_number(wish.what)
                return self._voice.tapped(token) if token else self._voice.typed(wish.what)


async def _quietly(app: asyncio.Task[None]) -> None:
    """Wait for the app to end; what broke it is told by itself."""
    with suppress(Exception):
        await asyncio.shield(app)
