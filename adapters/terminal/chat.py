"""The line face: reads lines, hands them in as events, prints what comes back.

For pipes, screen readers and whoever wants it plain. Belongs here: a terminal's ways (numbers for
buttons, /quit, the end of a pipe). Never: what any word means to the conversation.
"""

from __future__ import annotations

import asyncio
import shutil
import threading
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TextIO

from adapters.base import typed_button
from adapters.terminal.client import PLATFORM, QUIT, Client, Voice
from adapters.terminal.drawing import drawn
from adapters.terminal.saving import Files
from bot.core.events import Place
from bot.core.outgoing import Button, Outgoing
from bot.core.text import scrub
from bot.runtime.port import Arrival, Inbox, NotDelivered

WIDEST = 78
PLACE = Place(kind="private", keeps_text=True, edits=False, files=True)


class Terminal:
    """One person's chat over a pair of text streams."""

    platform = PLATFORM
    redelivers = False

    def __init__(
        self,
        client: Client,
        *,
        lines: TextIO,
        screen: TextIO,
        files: Files,
        now: Callable[[], datetime],
        seed: Callable[[], bytes],
    ) -> None:
        """Read from `lines`, write to `screen`; `now` and `seed` are the shell's."""
        self._person = client.person
        self._lines = lines
        self._screen = screen
        self._files = files
        self._voice = Voice(client, PLACE, now=now, seed=seed)
        self._buttons: tuple[Button, ...] = ()
        self._typed = False
        self._styled = screen.isatty()

    async def send(self, item: Outgoing, ref: str) -> str:
        """Print `item`; a terminal changes nothing that is printed, so an edit is printed anew.

        Raises NotDelivered for what is addressed to someone else, and where nobody reads any more.
        """
        if item.address != self._person:
            raise NotDelivered  # somebody else's: it waits until they open their own chat
        item = await self._files.with_note(item)
        width = min(shutil.get_terminal_size().columns - 1, WIDEST) if self._styled else WIDEST
        try:
            self._screen.write(f"\n{drawn(item, width=max(width, 20), styled=self._styled)}\n")
            self._screen.flush()
        except (OSError, ValueError) as error:
            raise NotDelivered from error
        if item.buttons or item.key:
            self._buttons, self._typed = item.buttons, item.typed
        return ""

    async def acknowledge(self, arrival: Arrival) -> None:
        """Nothing to tell: a line that was typed does not come again."""

    async def run(self, inbox: Inbox, settled: Callable[[], Awaitable[None]]) -> None:
        """Talk until the input ends or the person quits; `settled` waits for all to be printed."""
        await inbox.take(self._voice.typed("/start"))
        await settled()
        queue = self._reader()
        while True:
            if self._styled:
                self._screen.write("\n> ")
                self._screen.flush()
            line = await queue.get()
            if line is None or line.strip().lower() in QUIT:
                return
            if line.strip():
                await inbox.take(self._arrival(line.rstrip("\n")))
                await settled()

    def _reader(self) -> asyncio.Queue[str | None]:
        """Read lines in a thread that never keeps the process alive; None marks the end."""
        queue: asyncio.Queue[str | None] = asyncio.Queue()
        loop = asyncio.get_running_loop()

        def put(line: str | None) -> None:
            try:
                loop.call_soon_threadsafe(queue.put_nowait, line)
            except RuntimeError:
                return  # the chat was closed while this thread waited for a line

        def read() -> None:
            try:
                for line in self._lines:
                    put(line)
            except (OSError, ValueError):
                pass
            put(None)

        threading.Thread(target=read, daemon=True, name="terminal-input").start()
        return queue

    def _arrival(self, line: str) -> Arrival:
        """Return what `line` stands for: the button with that number, or the words themselves."""
        button = typed_button(scrub(line), self._buttons, typed=self._typed)
        return self._voice.tapped(button.token) if button else self._voice.typed(line)
