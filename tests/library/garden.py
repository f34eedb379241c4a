"""A small flow of our own, in order, for tests to plant one mistake in; and the program to try."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from bot.library.files import content_folder
from bot.library.load import load_content
from bot.library.problems import ContentBroken, Problem

ROOT = Path(__file__).resolve().parents[2]

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
short = "Weather"
kind = "choice"
ask = "What's it like out there?"
options = { sun = "Sunshine", rain = "Rainfall" }
also = { sun = ["sunlit"], rain = ["drizzle"] }

[[step]]
name = "height"
short = "Height"
kind = "scale"
when = "weather == 'sun'"
skippable = true
ask = "How high is it, after { $weather }?"

[[step]]
name = "tools"
short = "Tools"
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
short = "Tiempo"
ask = "¿Qué tiempo hace?"
options = { sun = "Solecito", rain = "Lluvia" }
also = { sun = ["soleado"] }

[height]
short = "Altura"
ask = "¿Qué altura tiene, después de { $weather }?"

[tools]
short = "Herramientas"
ask = "¿Qué llevaste?"
options = { spade = "La pala", hose = "La manguera" }

[closing]
tall = "{ $height }: qué alto."
done = "Gracias por mirar."
"""


def copied(folder: Path) -> Path:
    """Copy the real content to `folder`, the garden added, and return where it is.

    The crisis floor's own wordings stay behind: reading them takes longer than all the rest. So do
    the exercises, which nothing else needs.
    """
    return _planted(folder, "safety", "skills")


def with_skills(folder: Path) -> Path:
    """Copy the same to `folder`, and the exercises too."""
    return _planted(folder, "safety")


def few_words(folder: Path) -> Path:
    """Make `folder` hold the garden, the interface, the crisis pages and the rules for wording.

    That is not enough to load, but all that a sentence can be planted in. Every other sentence
    would be held to every rule again, for each mistake that is planted.
    """
    others = [one.name for one in content_folder().glob("en/*.ftl") if one.name != "interface.ftl"]
    bulky = ("safety", "flows", "skills", "talk.toml", "helplines.toml", "smalltalk.toml")
    return _planted(folder, *bulky, *others)


def _planted(folder: Path, *left_out: str) -> Path:
    shutil.copytree(content_folder(), folder, ignore=shutil.ignore_patterns(*left_out))
    for flows, source in ((folder / "flows", GARDEN), (folder / "es" / "flows", JARDIN)):
        flows.mkdir(exist_ok=True)
        (flows / "garden.toml").write_text(source, encoding="utf-8")
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


def alongside(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the program in the checkout, where only ASCII can be printed."""
    return subprocess.run(
        [sys.executable, "-m", "bot", *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
        env=os.environ | {"PYTHONIOENCODING": "ascii"},
    )
