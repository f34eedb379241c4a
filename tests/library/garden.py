"""A small flow of our own, in order, for tests to plant one mistake in."""

from __future__ import annotations

import shutil
from pathlib import Path

from bot.library.files import content_folder
from bot.library.load import load_content
from bot.library.problems import ContentBroken, Problem

GARDEN = """
id = "garden"
version = 2
command = "garden"
button = "The garden"
menu = true
records = "garden"
was = ["allotment"]

[[step]]
name = "weather"
kind = "choice"
ask = "What's it like out there?"
options = { sun = "Sunshine", rain = "Rainfall" }
also = { sun = ["sunlit"], rain = ["drizzle"] }

[[step]]
name = "height"
kind = "scale"
when = "weather == 'sun'"
skippable = true
ask = "How high is it, after { $weather }?"

[[step]]
name = "tools"
kind = "multi"
ask = "What did you take along?"
options = { spade = "The spade", hose = "The hose" }

[[closing]]
name = "tall"
when = "height >= 7"
say = "{ $height }: that is tall."

[[closing]]
name = "done"
say = "Thank you for looking."
"""

JARDIN = """
[flow]
button = "El jardín"

[weather]
ask = "¿Qué tiempo hace?"
options = { sun = "Solecito", rain = "Lluvia" }
also = { sun = ["soleado"] }

[height]
ask = "¿Qué altura tiene, después de { $weather }?"

[tools]
ask = "¿Qué llevaste?"
options = { spade = "La pala", hose = "La manguera" }

[closing]
tall = "{ $height }: qué alto."
done = "Gracias por mirar."
"""


def copied(folder: Path) -> Path:
    """Copy the real content to `folder`, the garden added, and return where it is."""
    shutil.copytree(content_folder(), folder)
    (folder / "flows" / "garden.toml").write_text(GARDEN, encoding="utf-8")
    (folder / "es" / "flows" / "garden.toml").write_text(JARDIN, encoding="utf-8")
    return folder


def swap(path: Path, old: str, new: str) -> None:
    """Change the one place in a file that reads `old`."""
    source = path.read_text(encoding="utf-8")
    assert source.count(old) == 1, f"{path} has {old!r} {source.count(old)} times"
    path.write_text(source.replace(old, new), encoding="utf-8")


def add(path: Path, lines: str) -> int:
    """Add `lines` to the end of a file and return the number of the first."""
    source = path.read_text(encoding="utf-8").rstrip("\n") + "\n"
    path.write_text(source + lines, encoding="utf-8")
    return source.count("\n") + 1


def problems_in(folder: Path) -> list[Problem]:
    """Return what the check finds."""
    try:
        load_content(folder)
    except ContentBroken as error:
        return error.problems
    return []
