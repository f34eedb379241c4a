"""How long starting takes, each time in a fresh process."""

from __future__ import annotations

import subprocess
import sys
import time

TIMES = 10
IMPORTING = (
    "import time; begun = time.process_time(); import bot.conversation;"
    "print((time.process_time() - begun) * 1000)"
)


def importing() -> float:
    """Return the milliseconds of CPU time that importing the core rooms takes, the best of ten."""
    return min(float(_run("-c", IMPORTING)) for _ in range(TIMES))


def verb(*words: str, said: str = "", times: int = TIMES) -> float:
    """Return the milliseconds `alongside words...` takes by the clock on the wall, at best."""
    found = []
    for _ in range(times):
        begun = time.perf_counter()
        _run("-m", "bot", *words, said=said)
        found.append((time.perf_counter() - begun) * 1000)
    return min(found)


def _run(*words: str, said: str = "") -> str:
    command = [sys.executable, *words]
    return subprocess.run(command, input=said, capture_output=True, text=True, check=True).stdout
