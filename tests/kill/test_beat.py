"""Killed at any point of a moment at which an exercise moves on by itself.

Afterwards it stands still at the part that is on the screen, be it the old one or the next; what is
owed is sent, nothing comes twice but between sending and its mark, and a tap goes on.
"""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from adapters.rehearsal.talk import Talk, read_talks
from bot.library.files import content_folder
from bot.library.load import Content, load_content
from tests.kill.points import POINTS, Fate, passed
from tests.kill.trials import ROOT, fork, sent_unmarked
from tests.kill.world import FileWorld, found_store, prepare, rows
from tests.runtime.fakes import until

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="a kill needs POSIX")

TALK = """
[[talk]]
name = "a breath"
lines = [
  "me: /cope", "tap: Fear or worry", "tap: Four in, six out", "tap: 7",
  "tap: Pause", "tap: Next",
]
"""
UP_TO_THE_BEAT = 4
PARTS = ("Loosen what is tight", "Begin with out", "Now the count")
SECONDS = timedelta(seconds=20)


def test_it_stands_still_at_a_part_and_nothing_is_doubled(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.kill.test_beat", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    calm, *trials = json.loads(done.stdout)
    assert calm["part"] == PARTS[1]
    assert len(trials) > 15, "every statement of a turn, and what follows it"
    for one in trials:
        where = one["point"]
        assert one["killed"], where
        assert one["part"] in PARTS[:2], where
        assert one["after an hour"] == [], f"{where}: it moved by itself"
        assert one["paused"].startswith(one["part"]), f"{where}: the screen is not what is kept"
        following = PARTS[PARTS.index(one["part"]) + 1]
        assert one["next"].startswith(following), where
        assert sorted(one["twice"]) == sorted(one["may come twice"]), where
    assert {one["part"] for one in trials} == set(PARTS[:2]), "before the commit, and after it"


# --- in a process of its own, which forks -------------------------------------------------------


def talk() -> Talk:
    (one,) = read_talks(TALK, "a breath")
    return one


async def move(folder: Path, content: Content, at: int) -> None:
    """Begin the exercise, and die at point `at` of its first moment; 0 is never reached."""
    async with FileWorld(talk(), content, folder) as world:
        for line in talk().lines[:UP_TO_THE_BEAT]:
            await world.act(line)
        with POINTS.acting(Fate(folder / "trace", at)):
            await due(world, SECONDS)
            # What was sent is taken off the list within the same moment.
            await until(lambda: not world.house.store.unmarked)


async def due(world: FileWorld, by: timedelta) -> None:
    """Let time pass, and wait for what it causes."""
    world.clock.move(by)
    for _ in range(5):
        await asyncio.sleep(0)
    await world.house.runner.settled()
    await world.house.outbox.idle()


async def look(folder: Path, content: Content) -> None:
    """Start again; see what there is, whether it moves, and what two taps do."""
    async with FileWorld(talk(), content, folder) as world:
        owed = world.screen()[-1].text.splitlines()[0]
        before = len(world.heard())
        await due(world, timedelta(hours=1))
        moved = [one.text for one in world.heard()[before:]]
        await world.act(talk().lines[UP_TO_THE_BEAT])
        paused = world.screen()[-1].text
        await world.act(talk().lines[UP_TO_THE_BEAT + 1])
        following = world.screen()[-1].text
    seen = [row["id"] for row in rows(folder / "sent")]
    found = {
        "part": next((part for part in PARTS if owed.startswith(part)), owed),
        "after an hour": moved,
        "paused": paused,
        "next": following,
        "twice": [one for number, one in enumerate(seen) if one in seen[:number]],
    }
    (folder / "found").write_text(json.dumps(found))


def trial(base: Path, content: Content, before: Path, at: int) -> dict[str, Any]:
    folder = base / f"at{at}"
    shutil.copytree(before, folder)
    status = fork(lambda: move(folder, content, at), base)
    names = passed(folder / "trace")
    begun = len(rows(folder / "sent")) - names.count("after send")
    if fork(lambda: look(folder, content), base):
        raise AssertionError((base / "trouble").read_text())
    found: dict[str, Any] = json.loads((folder / "found").read_text())
    (folder / "sent").write_text("".join(_lines(folder / "sent")[begun:]))
    return found | {
        "point": names[-1],
        "points": len(names),
        "killed": os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL,
        "may come twice": sent_unmarked(folder),
    }


def _lines(file: Path) -> list[str]:
    return file.read_text(encoding="utf-8").splitlines(keepends=True)


def main(base: Path) -> None:
    content, before = load_content(content_folder()), base / "before"
    before.mkdir()
    for work in (lambda: found_store(before), lambda: prepare(before, talk(), content)):
        assert fork(work, base) == 0, (base / "trouble").read_text()
    calm = trial(base, content, before, 0)
    trials = [trial(base, content, before, at) for at in range(1, calm["points"] + 1)]
    sys.stdout.write(json.dumps([calm, *trials]))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
