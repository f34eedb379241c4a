"""What every test runs under."""

import os
import shutil
import signal
import tempfile
from collections.abc import Iterator

import pytest

from tests.postgres import NoServer, PostgresServer, server

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # Started in the background, as a CI may do it, we and all we start would be deaf to Ctrl-C.
    signal.signal(signal.SIGINT, signal.default_int_handler)

MEMORY = "/dev/shm"
ROOM = 2_000_000_000


def has_room_in_memory() -> bool:
    """Tell whether files can be kept in memory here, and programs among them started."""
    if not os.access(MEMORY, os.R_OK | os.W_OK | os.X_OK):
        return False
    forbids_programs = os.statvfs(MEMORY).f_flag & getattr(os, "ST_NOEXEC", 0)
    return not forbids_programs and shutil.disk_usage(MEMORY).free > ROOM


if "TMPDIR" not in os.environ and has_room_in_memory():
    # A store waits for the disk at every commit, and no test of ours can cut the power: a killed
    # program's files are in the system's memory either way. That the store asks the disk to be
    # sure is read back from its settings (tests/storage).
    os.environ["TMPDIR"] = MEMORY
    tempfile.tempdir = None


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PostgresServer]:
    """One PostgreSQL server for the whole run, whichever worker asks first."""
    ours = tmp_path_factory.getbasetemp()
    try:
        with server(ours.parent if "PYTEST_XDIST_WORKER" in os.environ else ours) as running:
            yield running
    except NoServer as error:
        pytest.skip(str(error))
