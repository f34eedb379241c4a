"""Makes docs/picture.svg: the program plays a short talk and draws its own screen (`make picture`).

Everything that could differ between two runs is set: clock, chance, size, and the ids that the
drawing gives its styles. Nothing in the picture is fetched from elsewhere.
"""

from __future__ import annotations

import asyncio
import re
import tempfile
from pathlib import Path

from adapters.rehearsal.talk import read_talks
from tests.terminal.world import TextualWorld
from tests.worlds import content

PICTURE = Path(__file__).resolve().parents[2] / "docs" / "picture.svg"
SIZE = (80, 30)

WHO = """
[[talk]]
name = "picture"
now = "2026-03-03T19:40"
lines = ["end:"]
"""

_FONT = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)
_FAMILY = re.compile(r"Fira Code, monospace")
_IDS = re.compile(r"terminal-\d+")
_MADE_BY = re.compile(r"\s*<!-- Generated with .*? -->", re.DOTALL)


async def talk(folder: Path) -> str:
    """Return the screen as SVG after a check-in on a throw-away store."""
    (who,) = read_talks(WHO, "picture")
    async with TextualWorld(who, content(), folder, size=SIZE) as me:
        await me.press("f1")
        for key in "584":
            await me.press(key)
        await me.press("tab", "enter")
        await me.say("check in")
        await me.press("6")
        await me.pilot.press("tab", "right", "right", "right")
        await me.pilot.pause()
        return me.app.export_screenshot(title="Alongside")


def cleaned(svg: str) -> str:
    """Return `svg` without links to fonts, without who made it, with ids that stay the same."""
    svg = _FONT.sub("", _MADE_BY.sub("", svg))
    svg = _FAMILY.sub("ui-monospace, Menlo, Consolas, monospace", svg)
    return _IDS.sub("screen", svg)


def make() -> str:
    """Return the picture."""
    with tempfile.TemporaryDirectory() as folder:
        return cleaned(asyncio.run(talk(Path(folder))))


if __name__ == "__main__":
    PICTURE.write_text(make(), encoding="utf-8")
