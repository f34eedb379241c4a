"""Whether the terminal's own background is light, where it tells.

Some terminals say so in a variable; most answer when they are asked for the colour (OSC 11). The
question after it (DA1) is one that every terminal answers: with that answer, all has been said.
"""

from __future__ import annotations

import os
import re
import select
import sys
import time
from collections.abc import Mapping
from contextlib import suppress

LIGHT_COLOURS = frozenset({"7", "15"})
"""The two whites among a terminal's sixteen colours, as COLORFGBG names them."""

QUESTIONS = b"\x1b]11;?\x1b\\\x1b[c"
SECONDS_TO_ANSWER = 1.0

_COLOUR = re.compile(rb"\x1b\]11;rgba?:([0-9a-fA-F]+)/([0-9a-fA-F]+)/([0-9a-fA-F]+)")
_LAST = re.compile(rb"\x1b\[\?[\d;]*c")


def is_light(environment: Mapping[str, str]) -> bool:
    """Tell whether the background is light; where nothing tells, it is taken for dark."""
    _, _, background = environment.get("COLORFGBG", "").rpartition(";")
    if background.isdigit():
        return background in LIGHT_COLOURS
    try:
        return light_in(_asked(sys.stdin.fileno(), sys.stdout.fileno()))
    except (ImportError, OSError, ValueError):
        return False  # no terminal of the kind that can be asked


def light_in(answer: bytes) -> bool:
    """Tell whether the colour in a terminal's `answer` is light; False where there is none."""
    found = _COLOUR.search(answer)
    if not found:
        return False
    red, green, blue = (int(part, 16) / int("f" * len(part), 16) for part in found.groups())
    return bool(0.299 * red + 0.587 * green + 0.114 * blue > 0.5)


def _asked(reads: int, writes: int) -> bytes:
    """Return what the terminal answers, without a trace of it on the screen."""
    import termios
    import tty

    before = termios.tcgetattr(reads)
    answer = b""
    try:
        tty.setcbreak(reads, termios.TCSANOW)
        os.write(writes, QUESTIONS)
        until = time.monotonic() + SECONDS_TO_ANSWER
        while (left := until - time.monotonic()) > 0 and not _LAST.search(answer):
            if select.select([reads], [], [], left)[0]:
                read = os.read(reads, 1024)
                if not read:
                    break
                answer += read
    finally:
        with suppress(termios.error):
            termios.tcsetattr(reads, termios.TCSANOW, before)
    return answer
