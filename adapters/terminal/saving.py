"""Files that are handed over: written where the member finds them, readable to them alone.

Laws: (1) nothing that is there is overwritten; (2) a file that cannot be written is a sentence,
never an exception; (3) neither a name nor what is in a file reaches a log.
"""

from __future__ import annotations

import asyncio
import os
import re
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from itertools import count
from pathlib import Path

from adapters.base import Words
from bot.core.outgoing import Attached, DrawnChart, Outgoing
from bot.core.text import Span

Draw = Callable[[DrawnChart], Awaitable[bytes]]
"""Draws a chart and returns the bytes of a PNG."""

MOST_NAMES = 1000
"""Numbers that are tried behind a name that is taken."""


class Files:
    """Saves what comes with a message, and says where it is."""

    def __init__(
        self, words: Words, *, folder: Path | None = None, draw: Draw | None = None
    ) -> None:
        """Write to `folder`, or where downloads go; without `draw` a picture is its words alone."""
        self._words = words
        self._folder = folder
        self._draw = draw

    async def with_note(self, item: Outgoing) -> Outgoing:
        """Save what is attached to `item`; return it with a sentence that says where, if any."""
        if item.attached is None or (item.attached.kind == "picture" and not self._draw):
            return item
        try:
            data = await self._data(item.attached)
            path = await asyncio.to_thread(self._write, item.attached.name, data)
            note = self._words("terminal-saved", path=str(path))
        except Exception:
            # Whatever is wrong with a disk or a drawing, the message itself must still be read.
            note = self._words("terminal-not-saved")
        return replace(item, body=(*item.body, Span(f"\n\n{note}")))

    async def _data(self, file: Attached) -> bytes:
        if file.kind == "picture" and file.chart and self._draw:
            return await self._draw(file.chart)
        return file.content.encode("utf-8", errors="replace")

    def _write(self, name: str, data: bytes) -> Path:
        """Write `data` under `name`, or under it with a number; raises OSError."""
        folder = self._folder or downloads()
        wanted = Path(name.replace("\\", "/")).name or "alongside"
        for number in count(1):
            path = folder / _numbered(wanted, number)
            try:
                handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            except FileExistsError:
                if number >= MOST_NAMES:
                    raise
                continue
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(data)
            except BaseException:
                with suppress(OSError):
                    path.unlink()  # half a file would look like a whole one
                raise
            return path
        raise FileExistsError


def _numbered(name: str, number: int) -> str:
    """Return `name` with ` number` before its ending, from the second one on."""
    if number == 1:
        return name
    stem, dot, ending = name.rpartition(".")
    return f"{stem}-{number}{dot}{ending}" if stem else f"{name}-{number}"


def downloads() -> Path:
    """Return the folder for downloads, by its name in the member's language, or else the home."""
    home = Path.home()
    settings = Path(os.environ.get("XDG_CONFIG_HOME") or home / ".config") / "user-dirs.dirs"
    named: list[Path] = []
    with suppress(OSError, UnicodeDecodeError):
        written = settings.read_text(encoding="utf-8")
        if found := re.search(r'^XDG_DOWNLOAD_DIR="(.+)"\s*$', written, re.MULTILINE):
            named.append(Path(found[1].replace("$HOME", str(home))))
    for folder in (*named, home / "Downloads"):
        if folder.is_dir():
            return folder
    return home
