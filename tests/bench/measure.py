"""How things are measured: each program in a process of its own, interleaved, medians of three."""

from __future__ import annotations

import json
import re
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Figures:
    """What one message cost in one run.

    `cpu` and `wall` are microseconds a message; `p50` and `p99` milliseconds to the reply; `peak`
    the most memory the process ever held, in MB.
    """

    messages: int
    cpu: float
    wall: float
    p50: float
    p99: float
    peak: float

    def line(self) -> str:
        """Return the line that a measured program prints."""
        return json.dumps(asdict(self)) + "\n"


class Stopwatch:
    """Started when it is made."""

    def __init__(self) -> None:
        """Start both clocks."""
        self._wall = time.perf_counter()
        self._cpu = time.process_time()

    def figures(self, waits: Sequence[float]) -> Figures:
        """Stop; `waits` holds the seconds each message waited for its reply."""
        cpu = time.process_time() - self._cpu
        wall = time.perf_counter() - self._wall
        count, ordered = len(waits), sorted(waits)
        return Figures(
            messages=count,
            cpu=cpu / count * 1e6,
            wall=wall / count * 1e6,
            p50=ordered[count // 2] * 1000,
            p99=ordered[int(count * 0.99)] * 1000,
            peak=peak_memory(),
        )


def peak_memory() -> float:
    """Return the most memory this process ever held, in MB.

    Linux also tells it in /proc; there `getrusage` would count what the parent held before us.
    """
    status = Path("/proc/self/status")
    if status.exists() and (held := re.search(r"VmHWM:\s+(\d+) kB", status.read_text())):
        return int(held[1]) / 2**10
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (2**20 if sys.platform == "darwin" else 2**10)


@dataclass(frozen=True, slots=True)
class Spread:
    """The runs of one program: the median of each figure, and the least and most CPU time."""

    runs: tuple[Figures, ...]

    @property
    def cpu(self) -> float:
        """Microseconds of CPU time a message."""
        return statistics.median(one.cpu for one in self.runs)

    @property
    def wall(self) -> float:
        """Microseconds a message by the clock on the wall."""
        return statistics.median(one.wall for one in self.runs)

    @property
    def p50(self) -> float:
        """Milliseconds to the reply, of half the messages at most."""
        return statistics.median(one.p50 for one in self.runs)

    @property
    def p99(self) -> float:
        """Milliseconds to the reply, of all but one message in a hundred."""
        return statistics.median(one.p99 for one in self.runs)

    @property
    def peak(self) -> float:
        """The most memory, in MB."""
        return statistics.median(one.peak for one in self.runs)

    def cpu_range(self) -> str:
        """Return the least and the most CPU time a message, in microseconds."""
        times = [one.cpu for one in self.runs]
        return f"{min(times):,.0f}-{max(times):,.0f}"


Program = Callable[[], Figures]
"""Measures once."""


def interleaved(
    programs: Mapping[str, Program], *, beside: Callable[[], None] | None = None
) -> dict[str, Spread]:
    """Run all `programs` in turn, `ROUNDS` times over, so that a slow minute is shared by all.

    `beside` is done once a round too, and keeps what it finds itself.
    """
    runs: dict[str, list[Figures]] = {name: [] for name in programs}
    for number in range(ROUNDS):
        if beside:
            beside()
        for name, program in programs.items():
            found = program()
            runs[name].append(found)
            say(f"round {number + 1}, {name}: {found.cpu:,.0f} µs CPU, {found.wall:,.0f} µs wall")
    return {name: Spread(tuple(found)) for name, found in runs.items()}


def child(module: str, *words: object) -> str:
    """Return what `python -m module words...` prints; its complaints go to the terminal."""
    command = [sys.executable, "-m", module, *(str(word) for word in words)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    return done.stdout


def measured(module: str, *words: object) -> Figures:
    """Return the figures that a program prints about itself."""
    return Figures(**json.loads(child(module, *words)))


def say(line: str) -> None:
    """Tell whoever waits how far it is."""
    sys.stderr.write(f"{line}\n")
