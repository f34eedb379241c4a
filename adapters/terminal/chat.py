"""Reads lines, hands them in as events, prints what comes back.

Belongs here: a terminal's ways (numbers for buttons, /quit, the end of a pipe). Never: what any
word means to the conversation.
"""

from __future__ import annotations

import asyncio
import shutil
import threading
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TextIO

from adapters.base import typed_button
from adapters.terminal.drawing import drawn
from bot.core.events import Commanded, Event, Place, Said, Tapped
from bot.core.outgoing import Button, Outgoing
from bot.core.text import scrub
from bot.runtime.port import Arrival, Inbox, NotDelivered

QUIT = frozenset({"/quit", "/exit"})
WIDEST = 78
PLACE = Place(kind="private", keeps_text=True, edits=False, files=False)


@dataclass(frozen=True, slots=True)
class Client:
    """What this terminal tells of the person in front of it."""

    person: str
    lang: str = ""
    zone: str = ""
    country: str = ""


class Terminal:
    """One person's chat over a pair of text streams."""

    platform = "terminal"
    redelivers = False

    def __init__(
        self,
        client: Client,
        *,
        lines: TextIO,
        screen: TextIO,
        now: Callable[[], datetime],
        seed: Callable[[], bytes],
    ) -> None:
        """Read from `lines`, write to `screen`; `now` and `seed` are the shell's."""
        self._client = client
        self._lines = lines
        self._screen = screen
        self._now = now
        self._seed = seed
        self._buttons: tuple[Button, ...] = ()
        self._typed = False
        self._styled = screen.isatty()

    async def send(self, item: Outgoing, ref: str) -> str:
        """Print `item`; a terminal changes nothing that is printed, so an edit is printed anew.

        Raises NotDelivered for what is addressed to someone else, and where nobody reads any more.
        """
        if item.address != self._client.person:
            raise NotDelivered  # somebody else's: it waits until they open their own chat
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
        await inbox.take(self._arrival(self._event("/start")))
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
                await inbox.take(self._arrival(self._event(scrub(line.rstrip("\n")))))
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

    def _event(self, typed: str) -> Event:
        at, seed = self._now(), self._seed()
        event_id = seed.hex()
        button = typed_button(typed, self._buttons, typed=self._typed)
        if button:
            return Tapped(event_id, at, seed, button.token, PLACE)
        if typed.startswith("/") and len(typed.strip()) > 1:
            name, _, rest = typed.strip()[1:].partition(" ")
            return Commanded(event_id, at, seed, name, rest, PLACE)
        return Said(event_id, at, seed, typed, PLACE)

    def _arrival(self, event: Event) -> Arrival:
        client = self._client
        return Arrival(
            event=event,
            platform=self.platform,
            user=client.person,
            address=client.person,
            lang=client.lang,
            zone=client.zone,
            country=client.country,
        )
