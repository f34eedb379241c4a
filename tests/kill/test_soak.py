"""Three hundred times kill -9 from outside, at moments nobody chose, while people are talking.

The points of test_kill.py stand between statements; these kills fall anywhere, also inside SQLite's
own commit. What the program was doing it writes into a byte that outlives it.
"""

from __future__ import annotations

import asyncio
import json
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.kill.kept import DATABASE, opened
from tests.kill.traffic import NOW, PEOPLE, ROUND, Street, found
from tests.kill.trials import ROOT
from tests.kill.world import rows

pytestmark = pytest.mark.soak

KILLS = 300
AIMED = 3
"""One kill in so many waits, after its random moment, for a turn to be open."""
LONGEST = 540.0


def start(folder: Path, until: int = 0) -> subprocess.Popen[bytes]:
    (folder / "state").write_bytes(b"0")
    command = [sys.executable, "-m", "tests.kill.traffic", str(folder), str(until)]
    return subprocess.Popen(command, cwd=ROOT)


def doing(folder: Path) -> str:
    return (folder / "state").read_text()


def kill_at_some_moment(folder: Path, chance: random.Random, *, aimed: bool) -> str:
    """Start the program, kill it, and return what it was doing."""
    process = start(folder)
    try:
        if chance.random() < 0.1:
            time.sleep(chance.uniform(0, 0.4))  # perhaps while it starts
        else:
            wait_for(folder, "-tcm", process)
            time.sleep(chance.uniform(0, 0.25))
        if aimed:
            wait_for(folder, "tc", process)
    finally:
        process.kill()
        ended = process.wait()
    assert ended == -signal.SIGKILL, "it had ended by itself"
    return doing(folder)


def wait_for(folder: Path, states: str, process: subprocess.Popen[bytes]) -> None:
    while doing(folder) not in states:
        assert process.poll() is None, "it ended by itself"
        time.sleep(0.0002)


def finish(folder: Path, until: int) -> None:
    """Let everyone do the rest of `until` things, unharmed."""
    process = start(folder, until)
    assert process.wait(timeout=300) == 0


def read(folder: Path) -> dict[str, Any]:
    """Return all that is kept, and what each person was sent, each message once."""
    kept = asyncio.run(opened(folder, Street.platform, PEOPLE, NOW))
    once: dict[str, dict[int, Any]] = {user: {} for user in PEOPLE}
    whose = {(row["user"], row["ref"]): row["id"] for row in reversed(rows(folder / "sent"))}
    for row in rows(folder / "sent"):
        message = {name: row[name] for name in ("id", "kind", "text", "buttons")}
        message["changes"] = whose[row["user"], row["ref"]]
        once[row["user"]].setdefault(row["id"], message)
    sent = {user: list(messages.values()) for user, messages in once.items()}
    found: dict[str, Any] = json.loads(json.dumps({**kept, "sent": sent}))
    return found


def test_killed_under_traffic(tmp_path: Path, record_property: Any) -> None:
    began = time.monotonic()
    chance = random.Random(20260301)
    folder, calm = tmp_path / "killed", tmp_path / "calm"
    folder.mkdir()
    asyncio.run(found(folder))
    shutil.copytree(folder, calm)
    states: Counter[str] = Counter()
    for number in range(KILLS):
        states[kill_at_some_moment(folder, chance, aimed=number % AIMED == 0)] += 1
        assert time.monotonic() - began < LONGEST, f"too slow: {number} kills"

    done = max(len(rows(folder / f"posted-{user}")) for user in PEOPLE)
    until = -(-done // ROUND) * ROUND
    finish(folder, until)
    finish(calm, until)
    got, wanted = read(folder), read(calm)
    for part in wanted:
        assert got[part] == wanted[part], f"{part} differs"
    assert len(got["records"]) == 2 * (until // ROUND) * len(PEOPLE)
    assert got["outbox"] == got["quarantine"] == []

    copies: dict[int, list[int]] = {}
    for row in rows(folder / "sent"):
        copies.setdefault(row["id"], []).append(row["life"])
    twice = [lives for lives in copies.values() if len(lives) > 1]
    assert all(len(lives) == len(set(lives)) for lives in twice), "twice in one life"

    connection = sqlite3.connect(folder / DATABASE)
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    connection.close()
    inside = states["t"] + states["c"]
    record_property("killed", dict(states))
    record_property("events", until * len(PEOPLE))
    record_property("twice", len(twice))
    sys.stdout.write(f"{dict(states)}; {until * len(PEOPLE)} events; {len(twice)} twice\n")
    assert inside * 3 >= KILLS, f"only {inside} of {KILLS} fell inside an open turn"
