"""What screening costs: `make bench`. Writes the section "Screening" of docs/benchmarks.md.

CPU time of this process alone. Beside it, on the same lines, stand the list of keywords of the
scorecard and a plain loop of dictionary look-ups, so that the figures mean something on another
machine.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from functools import partial

from bot.library.familyfiles import lazy_screen
from bot.library.files import content_folder
from bot.safety.crisis import Screen
from tests.bench import page, started
from tests.safety.corpus import lines
from tests.safety.scorecard import keyword_screen

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
    rounds = [[spent(partial(screen, text)) for text in texts] for _ in range(3)]
    best = sorted(min(times) for times in zip(*rounds, strict=True))
    return statistics.median(best), best[int(len(best) * 0.99)]


def loop() -> int:
    """Return something after 1,000 look-ups: the ruler of this machine."""
    table = {n: n for n in range(1000)}
    return sum(table[n] for n in range(1000))


def section() -> str:
    """Return the measured section."""
    texts = [line.text for line in lines() if line.writer.language == "en"][:COUNT]
    screen: Screen = lazy_screen(content_folder())
    woken = spent(screen.wake)
    median, worst = of_lines(partial(screen, language="en"), texts)
    keywords, _ = of_lines(keyword_screen, texts)
    ruler = statistics.median(spent(loop) for _ in range(200))
    every = [line.text for line in lines()]
    others, others_worst = of_lines(screen, every[:: max(1, len(every) // COUNT)])
    length = statistics.mean(len(text) for text in texts)
    lengths = f"{len(texts)} distinct English lines, {length:.0f} characters on average"

    def line(what: str, cost: float, unit: str = "µs", digits: int = 0) -> tuple[str, ...]:
        shown = cost if unit == "µs" else cost / 1000
        return (what, f"{shown:.{digits}f} {unit}", f"{cost / ruler:,.{0 if digits else 1}f}")

    rows = [
        line(f"{lengths}: median", median),
        line("the same: 99th percentile", worst),
        line("lines of all six languages, language not told: median", others),
        line("the same: 99th percentile", others_worst),
        line("keyword list, English lines: median", keywords),
    ]
    for name, text in LONG.items():
        cost = min(spent(partial(screen, text[:10_000])) for _ in range(3))
        rows.append(line(f"10,000 characters, {name}", cost, "ms", 1))
    rows.append(line("making every language ready at once", woken, "ms"))
    start = started.verb("screen", "--json", said="hello\n", times=5)
    rows.append(
        ("`alongside screen`, from its start to the end of one line", f"{start:.0f} ms", "")
    )
    about = (
        f"`make bench`. {page.machine()}. One look-up loop (1,000 dictionary look-ups) took"
        f" {ruler:.1f} µs; the last column counts in such loops."
    )
    return f"{about}\n\n{page.table('what', 'CPU time', 'loops', rows=rows)}"


if __name__ == "__main__":
    page.put("Screening", section())
