"""Runs `alongside` as its users do: as a program, through a pipe or a terminal."""

from __future__ import annotations

import os
import pty
import re
import resource
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

from bot.core.text import plain, text
from bot.library.files import content_folder
from bot.library.load import load_content
from bot.library.render import Lexicon

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 20.0
UNLIMITED = resource.RLIM_INFINITY

OWN_TERMINAL = """
import fcntl, os, sys, termios
os.setsid()
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
os.execv(sys.argv[1], sys.argv[1:])
"""

WITHOUT_PRIVILEGE = """
import ctypes, os, sys
if os.geteuid() == 0:
    for capability in (1, 2):  # to write and to read whatever the modes say
        ctypes.CDLL(None).prctl(24, capability, 0, 0, 0)
os.execv(sys.argv[1], sys.argv[1:])
"""

LIMITED = """
import os, resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), -1))
os.execv(sys.argv[2], sys.argv[2:])
"""


def command(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "bot", *map(str, arguments)]


def environment(**more: str) -> Mapping[str, str]:
    """Return as little as a program can expect."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
    plain = {"ALONGSIDE_PLAIN": "1"}  # what the screen shows is read in test_screen.py
    return {**kept, "LANG": "C.UTF-8", "TZ": "UTC", "TERM": "xterm", **plain, **more}


def alongside(
    *arguments: str | Path,
    said: str | bytes = b"",
    env: Mapping[str, str] | None = None,
    before: tuple[str, ...] = (),
) -> subprocess.CompletedProcess[str]:
    """Run one command to its end with `said` on its standard input.

    `before` is a program that starts it, such as `(sys.executable, "-c", LIMITED, "0")`.
    """
    done = subprocess.run(
        [*before, *command(*arguments)],
        cwd=ROOT,
        input=said.encode() if isinstance(said, str) else said,
        capture_output=True,
        timeout=60,
        check=False,
        env=env if env is not None else environment(),
    )
    return subprocess.CompletedProcess(
        done.args, done.returncode, done.stdout.decode(), done.stderr.decode()
    )


class Console:
    """A chat that is under way."""

    def __init__(self, process: subprocess.Popen[bytes], reads: int, writes: int) -> None:
        self.process = process
        self._reads = reads
        self._writes = writes
        self._unread = ""

    def says(self, line: str) -> None:
        """Type a line."""
        os.write(self._writes, f"{line}\n".encode())

    def presses(self, keys: bytes) -> None:
        """Type keys that are no line."""
        os.write(self._writes, keys)

    def shows(self, words: str) -> str:
        """Wait for `words` and return all that was shown up to and with them."""
        pattern = re.compile(r"\s+".join(map(re.escape, words.split())))
        until = time.monotonic() + PATIENCE
        while True:
            if found := pattern.search(self._unread):
                shown, self._unread = self._unread[: found.end()], self._unread[found.end() :]
                return shown
            if not self._more(until):
                raise AssertionError(f"{words!r} was not shown, but: {self._unread}")

    def ends(self) -> str:
        """Wait for the end and return what was still shown."""
        until = time.monotonic() + PATIENCE
        while self._more(until):
            pass
        self.process.wait(PATIENCE)
        return self._unread

    def limits_files(self, size: int) -> None:
        """Let no file grow beyond `size` from now on, as on a full disk."""
        resource.prlimit(self.process.pid, resource.RLIMIT_FSIZE, (size, UNLIMITED))

    def is_closed(self) -> int:
        """Close the window it is in, and return how the program ended."""
        nothing = os.open(os.devnull, os.O_RDWR)
        os.dup2(nothing, self._reads)
        os.close(nothing)
        return self.process.wait(PATIENCE)

    def dies(self) -> None:
        """Kill it as `kill -9` does."""
        self.process.kill()
        assert self.process.wait(PATIENCE) == -signal.SIGKILL

    def _more(self, until: float) -> bool:
        left = until - time.monotonic()
        if left <= 0 or not select.select([self._reads], [], [], left)[0]:
            raise AssertionError(f"nothing more came, after: {self._unread}")
        try:
            read = os.read(self._reads, 65536)
        except OSError:
            return False  # what a terminal does when its program has ended
        self._unread += read.decode(errors="replace").replace("\r\n", "\n")
        return bool(read)


@contextmanager
def through_a_pipe(
    *arguments: str | Path, env: Mapping[str, str] | None = None
) -> Iterator[Console]:
    """Open a chat between two pipes; what it complains goes with what it says."""
    with subprocess.Popen(
        command(*arguments),
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=env or environment(),
        bufsize=0,
    ) as process:
        assert process.stdin
        assert process.stdout
        try:
            yield Console(process, process.stdout.fileno(), process.stdin.fileno())
        finally:
            process.kill()


@contextmanager
def through_a_terminal(
    *arguments: str | Path,
    complaints: bool = True,
    env: Mapping[str, str] | None = None,
    program: list[str] | None = None,
) -> Iterator[Console]:
    """Open a chat in a terminal of its own; without `complaints`, those go nowhere.

    `program` is run instead of `alongside` with `arguments`.
    """
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-c", OWN_TERMINAL, *(program or command(*arguments))],
        cwd=ROOT,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs if complaints else subprocess.DEVNULL,
        env=env or environment(),
    )
    os.close(theirs)
    try:
        yield Console(process, ours, ours)
    finally:
        process.kill()
        process.wait(PATIENCE)
        os.close(ours)


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    return load_content(content_folder()).lexicon


def words(key: str, lang: str = "en", **given: str | int) -> str:
    """Return how a sentence begins: enough to know it by."""
    said = plain(lexicon().render(text(key, **given), lang))
    return " ".join(said.split()[:6])


def label(key: str, lang: str = "en") -> str:
    """Return what stands on a button."""
    return lexicon().label(text(key), lang)
