"""What every test runs under."""

import os
import signal
from collections.abc import Iterator

import pytest

from tests.postgres import NoServer, PostgresServer, server

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # Started in the background, as a CI may do it, we and all we start would be deaf to Ctrl-C.
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PostgresServer]:
    """One PostgreSQL server for the whole run, whichever worker asks first."""
    ours = tmp_path_factory.getbasetemp()
    try:
        with server(ours.parent if "PYTEST_XDIST_WORKER" in os.environ else ours) as running:
            yield running
    except NoServer as error:
        pytest.skip(str(error))
