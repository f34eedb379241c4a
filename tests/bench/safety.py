"""What screening costs: `make bench`. Writes the section "Screening" of docs/benchmarks.md.

CPU time of this process alone. Beside it, on the same lines, stand the list of keywords of the
scorecard and a plain loop of dictionary look-ups, so that the figures mean something on another
machine.
"""

from __future__ import annotations

import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from bot.library.familyfiles import lazy_screen
from bot.library.files import content_folder
from bot.safety.crisis import Screen
from tests.safety.corpus import lines
from tests.safety.scorecard import keyword_screen

PAGE = Path(__file__).parents[2] / "docs" / "benchmarks.md"
COUNT = 5_000
LONG = {
    "wishes repeated": "i want to " * 1000,
    "death words repeated": "die " * 2500,
    "a whole sentence repeated": "he took all the pills and i cannot wake him up " * 200,
    "disguised words": "k!ll*s " * 1400,
    "spaced letters": "k i l l " * 1250,
    "one endless word": "a" * 10_000,
    "words nobody knows": " ".join(f"xq{n:05}z" for n in range(1100)),
    "apostrophes": "'" * 10_000,
    "line breaks": "\n " * 5_000,
}


def spent(work: Callable[[], object]) -> float:
    """Return the CPU time of `work` in microseconds."""
    begun = time.process_time_ns()
    work()
    return (time.process_time_ns() - begun) / 1000


def of_lines(screen: Callable[[str], object], texts: list[str]) -> tuple[float, float]:
    """Return the median and the 99th percentile over `texts`, the lesser of three rounds each."""
    rounds = [[spent(lambda text=text: screen(text)) for text in texts] for _ in range(3)]  # type: ignore[misc]
    best = sorted(min(times) for times in zip(*rounds, strict=True))
    return statistics.median(best), best[int(len(best) * 0.99)]


def loop() -> int:
    """Return something after 1,000 look-ups: the ruler of this machine."""
    table = {n: n for n in range(1000)}
    return sum(table[n] for n in range(1000))


def started(*words: str) -> float:
    """Return how long `python -m bot` with `words` takes in milliseconds, the best of five."""
    command = [sys.executable, "-m", "bot", *words]
    times = []
    for _ in range(5):
        begun = time.perf_counter()
        subprocess.run(command, input="hello\n", capture_output=True, text=True, check=True)
        times.append((time.perf_counter() - begun) * 1000)
    return min(times)


def section() -> str:
    """Return the measured section."""
    texts = [line.text for line in lines() if line.writer.language == "en"][:COUNT]
    screen: Screen = lazy_screen(content_folder())
    woken = spent(screen.wake)
    median, worst = of_lines(lambda text: screen(text, "en"), texts)
    keywords, _ = of_lines(lambda text: keyword_screen(text), texts)
    ruler = statistics.median(spent(loop) for _ in range(200))
    every = [line.text for line in lines()]
    others, others_worst = of_lines(screen, every[:: max(1, len(every) // COUNT)])
    length = statistics.mean(len(text) for text in texts)
    rows = [
        f"| {len(texts)} distinct English lines, {length:.0f} characters on average: median |"
        f" {median:.0f} µs | {median / ruler:.1f} |",
        f"| the same: 99th percentile | {worst:.0f} µs | {worst / ruler:.1f} |",
        f"| lines of all six languages, language not told: median | {others:.0f} µs |"
        f" {others / ruler:.1f} |",
        f"| the same: 99th percentile | {others_worst:.0f} µs | {others_worst / ruler:.1f} |",
        f"| keyword list, English lines: median | {keywords:.0f} µs | {keywords / ruler:.1f} |",
    ]
    for name, text in LONG.items():
        cost = min(spent(lambda text=text: screen(text[:10_000])) for _ in range(3))  # type: ignore[misc]
        rows.append(f"| 10,000 characters, {name} | {cost / 1000:.1f} ms | {cost / ruler:.0f} |")
    rows.append(
        f"| making every language ready at once | {woken / 1000:.0f} ms | {woken / ruler:.0f} |"
    )
    start = started("screen", "--json")
    rows.append(f"| `alongside screen`, from its start to the end of one line | {start:.0f} ms | |")
    machine = (
        f"Python {platform.python_version()}, {platform.machine()}, {time.strftime('%Y-%m-%d')}"
    )
    return "\n".join(
        [
            "## Screening",
            "",
            f"`make bench`. {machine}. One look-up loop (1,000 dictionary look-ups) took"
            f" {ruler:.1f} µs; the last column counts in such loops.",
            "",
            "| what | CPU time | loops |",
            "|---|---|---|",
            *rows,
            "",
        ]
    )


if __name__ == "__main__":
    page = "# Benchmarks\n\nMeasured beside named peers, never in the test suite.\n\n"
    PAGE.write_text(page + section(), encoding="utf-8")
    sys.stdout.write(PAGE.read_text(encoding="utf-8"))
