"""One talk, ended again and again at a point, gone on with, and compared with the unharmed run.

Everything here forks, so it must run where there is one thread, no event loop and no open database:
in the process that `driver.py` starts.
"""

from __future__ import annotations

import asyncio
import gc
import json
import os
import signal
import threading
import traceback
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from adapters.rehearsal.talk import Talk, play, read_talks
from bot.library.load import Content
from tests.kill import promises
from tests.kill.faults import plant
from tests.kill.homes import Homes
from tests.kill.points import POINTS, Fate, lives, passed
from tests.kill.world import FileWorld, found_store, prepare, rows, write_contents

ROOT = Path(__file__).resolve().parents[2]
INTERRUPTED = 130
THREAD_LEFT = 3


@dataclass(frozen=True, slots=True)
class Job:
    """What to do with one talk, or, without a talk, with the very first start.

    `most` is how many points are tried (0: all of them), `salt` which of each name's occurrences.
    `known` are names of points that were tried before and need not be again. `by` is how the
    process ends there. `fault` names a planted mistake, `spoil` is a statement that plants rotten
    data. `engine` is where it is kept.
    """

    file: str = ""
    talk: str = ""
    most: int = 0
    salt: int = 0
    known: tuple[str, ...] = ()
    by: str = "SIGKILL"
    fault: str = ""
    spoil: str = ""
    engine: str = "sqlite"


@dataclass(slots=True)
class Report:
    """What came of it: how often each point was passed, which were tried, and what was wrong."""

    points: dict[str, int] = field(default_factory=dict)
    tried: list[str] = field(default_factory=list)
    duplicates: int = 0
    wrong: list[str] = field(default_factory=list)


class Settled:
    """Stores as they are before a talk begins, each made once for all talks that begin with it."""

    def __init__(self, base: Path, content: Content, homes: Homes) -> None:
        """Keep them in `base`."""
        self._base = base
        self._content = content
        self.homes = homes
        self._empty = homes.make(base / "empty")
        self._made: dict[tuple[object, ...], Path] = {}
        # Founding takes libraries that no child needs afterwards; the others then stay small.
        status = fork(lambda: found_store(self._empty), base)
        assert status == 0, (base / "trouble").read_text()

    def before(self, talk: Talk, spoil: str) -> Path:
        """Return the folder of the store before `talk`, not to be written to."""
        key = (talk.start, talk.lang, talk.country, talk.zone, talk.now, spoil)
        if key not in self._made:
            folder = self._base / f"settled{len(self._made)}"
            self.homes.copy(self._empty, folder)
            # Not in a child: what a first start makes ready, no child then has to.
            asyncio.run(prepare(folder, talk, self._content, spoil))
            gc.freeze()
            self._made[key] = folder
        return self._made[key]


class Trials:
    """Plays one talk in forked children, all from one prepared folder."""

    def __init__(self, job: Job, content: Content, settled: Settled, base: Path) -> None:
        """Read the talk, and work in `base`."""
        self._job = job
        self._base = base
        self._content = content
        self._talk: Talk = next(
            talk
            for talk in read_talks((ROOT / job.file).read_text(encoding="utf-8"), job.file)
            if talk.name == job.talk
        )
        self._settled = settled
        self._count = 0

    def run(self) -> Report:
        """Play unharmed, then once for each point that is tried."""
        report = Report()
        calm = self._folder()
        self._expect(fork(lambda: self._rehearse(calm), self._base))
        wanted = outcome(calm)
        names = passed(calm / "trace")
        self._settled.homes.remove(calm)
        if self._job.fault or any(line.verb == "restart" for line in self._talk.lines):
            # The kills will happen in a run that has the fault, and where a restart is hard.
            counted = self._folder()
            self._finish(counted)
            names = passed(counted / "trace")
            if difference := differs(outcome(counted), wanted):
                report.wrong.append(f"unharmed, with hard restarts: {difference}")
            self._settled.homes.remove(counted)
        report.points = {name: names.count(name) for name in dict.fromkeys(names)}
        for at in chosen(names, self._job.most, self._job.salt, self._job.known):
            report.tried.append(names[at - 1])
            trial = self._folder()
            self._trial(trial, at, names[at - 1], wanted, report)
            self._settled.homes.remove(trial)
        if noise := (self._base / "noise").read_text():
            report.wrong.append(f"it printed, where words could be seen: {noise}")
        return report

    def _trial(
        self, folder: Path, at: int, name: str, wanted: dict[str, Any], report: Report
    ) -> None:
        """End the talk at point `at`, go on to its end, and note what differs."""
        where = f"point {at}, {name}"
        if wrong := self._end_at(folder, at, name):
            report.wrong.append(f"{where}: {wrong}")
            return
        try:
            self._finish(folder)
        except AssertionError as error:
            report.wrong.append(f"{where}: could not go on: {error}")
            return
        got = outcome(folder)
        if difference := differs(got, wanted):
            report.wrong.append(f"{where}: {difference}")
        twice, allowed = got["twice"], sent_unmarked(folder)
        report.duplicates += len(twice)
        if sorted(twice) != sorted(allowed):
            report.wrong.append(f"{where}: twice came {twice}, between send and mark {allowed}")

    def _end_at(self, folder: Path, at: int, name: str) -> str:
        """Play until point `at` ends the process; return what went otherwise."""
        by = signal.Signals[self._job.by]
        while True:
            status = fork(lambda: self._play(folder, at, by), self._base)
            reached = passed(folder / "trace")
            ended = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
            if len(reached) < at and ended:
                continue  # a `restart` line
            break
        if len(reached) < at or reached[at - 1] != name:
            return f"this point was {reached[at - 1 : at] or 'never reached'}"
        if by == signal.SIGKILL:
            return "" if ended and len(reached) == at else f"not killed: {status}"
        stopped = os.WIFEXITED(status) and os.WEXITSTATUS(status) == INTERRUPTED
        return "" if stopped else f"did not stop, or left a thread: {status}"

    def _finish(self, folder: Path) -> None:
        """Play to the end, started again after each hard restart."""
        while True:
            status = fork(lambda: self._play(folder, 0, signal.SIGKILL), self._base)
            if not os.WIFSIGNALED(status):
                return self._expect(status)

    async def _play(self, folder: Path, at: int, by: signal.Signals) -> None:
        if self._job.fault:
            plant(self._job.fault)
        promises.plant()
        with POINTS.acting(Fate(folder / "trace", at, by)):
            async with FileWorld(self._talk, self._content, folder, hard=True) as world:
                await world.go_on()
        await write_contents(folder, self._talk)

    async def _rehearse(self, folder: Path) -> None:
        promises.plant()
        with POINTS.acting(Fate(folder / "trace")):
            async with FileWorld(self._talk, self._content, folder) as world:
                if difference := await play(self._talk, world):
                    raise AssertionError(difference)
        await write_contents(folder, self._talk)

    def _folder(self) -> Path:
        self._count += 1
        folder = self._base / str(self._count)
        before = self._settled.before(self._talk, self._job.spoil)
        return self._settled.homes.copy(before, folder)

    def _expect(self, status: int) -> None:
        assert status == 0, (self._base / "trouble").read_text()


def fork(work: Callable[[], Coroutine[Any, Any, None]], base: Path) -> int:
    """Do `work` in a forked child and return how it ended, as waitpid does.

    What goes wrong in the child is written to `base`/trouble, what it prints to `base`/noise.
    """
    assert threading.active_count() == 1
    child = os.fork()
    if child:
        return os.waitpid(child, 0)[1]
    code = 1
    os.dup2(os.open(base / "noise", os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), 2)
    try:
        asyncio.run(work())
        code = 0
    except KeyboardInterrupt:
        code = INTERRUPTED if no_thread_is_left() else THREAD_LEFT
    except BaseException:
        where = traceback.format_exc().splitlines()
        (base / "trouble").write_text("\n".join(where[-4:]), encoding="utf-8")
    finally:
        os._exit(code)


def no_thread_is_left() -> bool:
    """Tell whether all threads end: one that does not would keep the program from ending."""
    for thread in threading.enumerate():
        if thread is not threading.current_thread():
            thread.join(timeout=5)
    return threading.active_count() == 1


def outcome(folder: Path) -> dict[str, Any]:
    """Return all that can be compared of a run: what is kept, and what came in which order."""
    sent = rows(folder / "sent")
    whose = {row["ref"]: row["id"] for row in reversed(sent)}
    once: dict[int, dict[str, Any]] = {}
    for row in sent:
        # References differ where a message came twice; what an edit changes must not.
        once.setdefault(row["id"], {**row, "ref": whose[row["ref"]]})
    first = {row["id"]: row["id"] for row in sent}
    twice = [row["id"] for row in sent]
    for one in first:
        twice.remove(one)
    return {
        "contents": json.loads((folder / "contents").read_text()),
        "sent": list(once.values()),
        "posted": rows(folder / "posted"),
        "twice": twice,
    }


def differs(got: dict[str, Any], wanted: dict[str, Any]) -> str:
    """Return what is not as in the unharmed run, or ""."""
    found = []
    for table, value in wanted["contents"].items():
        if got["contents"][table] != value:
            found.append(f"{table} is {got['contents'][table]}, not {value}")
    for part in ("sent", "posted"):
        if got[part] != wanted[part]:
            found.append(f"{part} is {got[part]}, not {wanted[part]}")
    return "; ".join(found)


def sent_unmarked(folder: Path) -> list[int]:
    """Return the messages that left in a process that ended before their mark was committed."""
    sent = iter([row["id"] for row in rows(folder / "sent")])
    unmarked: list[int] = []
    for life in lives(folder / "trace"):
        left: list[int] = []
        marking = False
        for name in life:
            if name == "after send":
                left.append(next(sent))
            marking |= name == "after DELETE outbox by id"
            if marking and name == "after COMMIT":
                left, marking = [], False
        unmarked += left
    return unmarked


def chosen(names: list[str], most: int, salt: int, known: Sequence[str] = ()) -> list[int]:
    """Return the numbers of the points to try, from 1.

    All of them where `most` is 0. Otherwise one of each name, another with each salt, and where
    that is too many, a share of the names that moves on with the salt. Reading and setting a
    PRAGMA counts as one name for all of them: they change nothing that is kept. Names that are
    `known` are left out.
    """
    if not most:
        return list(range(1, len(names) + 1))
    places: dict[str, list[int]] = {}
    for number, name in enumerate(names, start=1):
        verb = name.partition(" ")[2]
        group = "PRAGMA" if verb.startswith("PRAGMA") and "wal" not in verb else name
        places.setdefault(group, []).append(number)
    groups = [group for group in places if group not in known]
    if not groups:
        return []
    shares = -(-len(groups) // most)
    picked = [group for place, group in enumerate(groups) if place % shares == salt % shares]
    turn = salt // shares
    return sorted(places[group][turn % len(places[group])] for group in picked)
