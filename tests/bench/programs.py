"""Everything that is measured of a turn, ready to be run: databases, tapes and programs."""

from __future__ import annotations

import shutil
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from tests.bench import postgres
from tests.bench.checkin import LINES
from tests.bench.measure import ROUNDS, Figures, Program, child, measured, say

FEW, MANY, MOST = 10_000, 100_000, 1_000_000


@dataclass(frozen=True, slots=True)
class Size:
    """How many messages a run of each program takes, after `warm` ones that do not count."""

    ours: int = 12_800
    lone: int = 1_280
    peers: int = 3_200
    pickled_few: int = 100
    pickled_many: int = len(LINES)
    warm: int = 640
    members: tuple[int, ...] = (FEW, MANY, MOST)


QUICK = Size(ours=6_400, lone=640, peers=1_600, pickled_few=50, members=(FEW, MANY))

OURS, STEPS, COPY = "alongside_bench", "alongside_bench_steps", "alongside_bench_copy"
"""Names of databases on a PostgreSQL server."""


class Bench:
    """The databases of one run, and the programs that are measured on them."""

    def __init__(self, folder: Path, size: Size) -> None:
        """Make the databases, and record what real turns do to one of them."""
        self._folder = folder
        self.size = size
        self._tape = folder / "tape"
        for count in size.members:
            say(f"making {count:,} members ...")
            child("tests.bench.members", f"sqlite:///{self._members(count)}", count)
        say("recording turns ...")
        words = ("--messages", size.ours + size.warm)
        child("tests.bench.tape", f"sqlite:///{self._fresh(MANY)}", MANY, self._tape, *words)

    def _members(self, count: int) -> Path:
        return self._folder / f"{count}.db"

    def _fresh(self, count: int) -> Path:
        """Return a copy of the database of `count` members that nobody has written to yet."""
        copy = self._folder / "copy.db"
        for end in ("", "-wal", "-shm"):
            Path(f"{copy}{end}").unlink(missing_ok=True)
        return Path(shutil.copy(self._members(count), copy))

    def programs(self) -> dict[str, Program]:
        """Return everything that is measured on SQLite and on python-telegram-bot, by name."""
        size = self.size
        found: dict[str, Program] = {
            "ours": partial(self._ours, MANY, 64),
            "yardstick": partial(self._yardstick, 64),
            "aiosqlite": partial(self._aiosqlite, 64),
            "ours, alone": partial(self._ours, MANY, 1),
            "yardstick, alone": partial(self._yardstick, 1),
            "yardstick, alone, twice": partial(self._yardstick, 1, "--twice"),
            "aiosqlite, alone": partial(self._aiosqlite, 1),
            "ours, few": partial(self._ours, FEW, 64),
            "pickled, few": partial(self._pickled, FEW, size.pickled_few),
            "pickled": partial(self._pickled, MANY, size.pickled_many),
        }
        if MOST in size.members:
            found["ours, most"] = partial(self._ours, MOST, 64)
        return found

    def _ours(self, members: int, at_once: int) -> Figures:
        messages = self.size.lone if at_once == 1 else self.size.ours
        return measured(
            "tests.bench.ours",
            f"sqlite:///{self._fresh(members)}",
            members,
            *("--messages", messages, "--warm", self.size.warm),
            *("--at-once", at_once),
        )

    def _yardstick(self, per_commit: int, *more: str) -> Figures:
        messages = self.size.lone if per_commit == 1 else self.size.ours
        return measured(
            "tests.bench.yardstick",
            *(self._fresh(MANY), self._tape, "--per-commit", per_commit),
            *("--messages", messages, "--warm", self.size.warm, *more),
        )

    def _aiosqlite(self, at_once: int) -> Figures:
        messages = self.size.lone if at_once == 1 else self.size.peers
        return measured(
            "tests.bench.peers.aiosqlite_steps",
            *(self._fresh(MANY), self._tape, "--at-once", at_once),
            *("--messages", messages, "--warm", self.size.warm),
        )

    def _pickled(self, members: int, messages: int) -> Figures:
        file = self._folder / f"{members}.pickle"
        return measured("tests.bench.peers.ptb", file, members, "--messages", messages)

    def first_reply(self) -> float:
        """Return the seconds from a process's start to its first reply, with the most members."""
        members = max(self.size.members)
        times = []
        for _ in range(ROUNDS):
            place = f"sqlite:///{self._fresh(members)}"
            printed = child("tests.bench.ours", place, members, "--begun", time.time())
            times.append(float(printed))
        return statistics.median(times)

    @contextmanager
    def on_postgres(self, url: str) -> Iterator[dict[str, Program]]:
        """Fill the server at `url`, and yield what is measured there."""
        say("filling PostgreSQL ...")
        ours = postgres.new_database(url, OURS)
        steps = postgres.new_database(url, STEPS)
        try:
            child("tests.bench.members", ours, MANY)
            child("tests.bench.peers.postgres_steps", "fill", steps, self._members(MANY))
            yield {
                "ours, PostgreSQL": partial(self._ours_on_postgres, url),
                "steps, PostgreSQL": partial(self._steps_on_postgres, url),
                "batches, PostgreSQL": partial(self._batches_on_postgres, url),
            }
        finally:
            for name in (OURS, STEPS, COPY):
                postgres.drop_database(url, name)

    def _ours_on_postgres(self, url: str) -> Figures:
        copy = postgres.new_database(url, COPY, OURS)
        words = ("--messages", self.size.ours, "--warm", self.size.warm)
        return measured("tests.bench.ours", copy, MANY, *words)

    def _steps_on_postgres(self, url: str) -> Figures:
        copy = postgres.new_database(url, COPY, STEPS)
        words = ("--messages", self.size.peers, "--warm", self.size.warm)
        return measured("tests.bench.peers.postgres_steps", "run", copy, self._tape, *words)

    def _batches_on_postgres(self, url: str) -> Figures:
        copy = postgres.new_database(url, COPY, STEPS)
        words = ("--messages", self.size.ours, "--warm", self.size.warm)
        return measured("tests.bench.batches", copy, self._tape, *words)
