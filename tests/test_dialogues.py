"""Every talk in tests/dialogues, in four worlds.

The bare core, the whole house on SQLite and on PostgreSQL, and a terminal.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

import asyncpg
import pytest

from adapters.rehearsal.talk import Talk, World, play, read_talks
from bot.cli.play import PLACE, RunningWorld
from bot.storage.migrate import migrate
from bot.storage.schema import metadata
from bot.storage.where import PostgresDatabase
from tests.postgres import PostgresServer
from tests.worlds import (
    CoreWorld,
    TerminalWorld,
    content,
    fresh_folder,
    make_empty_database,
)

FOLDER = Path(__file__).parent / "dialogues"

Which = Literal["core", "house", "terminal"]
WORLDS: tuple[Which, ...] = ("core", "house", "terminal")

AN_OLDER_BUTTON = "an older button cannot be pressed: its number now stands beside another choice"
A_FILE = "a terminal in line mode hands over no files"
A_LINE_BREAK = "a line typed at a terminal cannot hold a line break"
NOT_IN_A_TERMINAL: Mapping[str, str] = {
    "stale: a button of a question that was answered": AN_OLDER_BUTTON,
    "stale: a button after everything is over": AN_OLDER_BUTTON,
    "stale: a button of a parked question": AN_OLDER_BUTTON,
    "stale: a button after stop": AN_OLDER_BUTTON,
    "stale: a confirmation from before cannot remove anything": AN_OLDER_BUTTON,
    "stale: a button from before forgetting, pressed by someone who is new now": AN_OLDER_BUTTON,
    "stale: a button that gives a command never goes stale": AN_OLDER_BUTTON,
    "stale: days later an old button changes nothing": AN_OLDER_BUTTON,
    "stale: a switch of an older message": AN_OLDER_BUTTON,
    "spanish: un botón de antes": AN_OLDER_BUTTON,
    "notes: a page is turned after a restart": AN_OLDER_BUTTON,
    "odd: several lines are one note": A_LINE_BREAK,
    "mydata: everything, on a page and as two files": A_FILE,
    "mydata: todo, en una página y en dos archivos": A_FILE,
}
"""Talks that nobody could have at a terminal, by file and name, and why."""

PACED = "pace"
"""What a talk needs that lets an exercise move by itself: a terminal in line mode changes nothing
that is printed, and a program that was killed has lost its timers.
"""

HANG_UP = """
SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
EMPTY = f"TRUNCATE {', '.join(metadata.tables)} RESTART IDENTITY"


def talks() -> list[tuple[str, Talk]]:
    return [
        (f"{file.stem}: {talk.name}", talk)
        for file in sorted(FOLDER.glob("*.toml"))
        for talk in read_talks(file.read_text(encoding="utf-8"), file.name)
    ]


TALKS = talks()


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_empty_database(tmp_path_factory.mktemp("empty") / "alongside.db")


@pytest.fixture(scope="session")
def one_on_server(postgres: PostgresServer) -> PostgresDatabase:
    """One database for all talks: emptying it takes a third of making and removing one."""
    database = postgres.fresh()
    asyncio.run(migrate(database))
    return database


@pytest.fixture
async def on_server(one_on_server: PostgresDatabase) -> PostgresDatabase:
    """Return the database as it was when it was made, whatever the talk before left in it."""
    connection = await asyncpg.connect(one_on_server.url)
    try:
        await connection.execute(HANG_UP)
        await connection.execute(EMPTY)
    finally:
        await connection.close()
    return one_on_server


@pytest.mark.parametrize(
    ("title", "talk", "world"),
    [
        pytest.param(title, talk, world, id=f"{world}-{title}")
        for title, talk in TALKS
        for world in WORLDS
        if world != "terminal" or not (title in NOT_IN_A_TERMINAL or PACED in talk.needs)
    ],
)
async def test_talk(
    title: str,
    talk: Talk,
    world: Which,
    tmp_path: Path,
    empty_database: Path,
) -> None:
    match world:
        case "core":
            async with CoreWorld(talk, content()) as core:
                await expect_as_written(talk, core)
        case "house":
            folder = fresh_folder(tmp_path, empty_database)
            async with RunningWorld(talk, content(), folder, PLACE) as house:
                await expect_as_written(talk, house)
        case "terminal":
            folder = fresh_folder(tmp_path, empty_database)
            async with TerminalWorld(talk, content(), folder) as terminal:
                await expect_as_written(talk, terminal)


@pytest.mark.parametrize("talk", [talk for _, talk in TALKS], ids=[title for title, _ in TALKS])
async def test_talk_on_postgres(talk: Talk, tmp_path: Path, on_server: PostgresDatabase) -> None:
    async with RunningWorld(talk, content(), tmp_path, PLACE, on_server) as house:
        await expect_as_written(talk, house)


async def expect_as_written(talk: Talk, world: World) -> None:
    difference = await play(talk, world)
    assert difference is None, (
        f"line {difference.line.number}, {difference.line.verb}:\n"
        f"  expected: {difference.expected}\n  got:      {difference.got}"
    )


def test_every_talk_has_a_name_of_its_own() -> None:
    titles = [title for title, _ in TALKS]
    assert sorted(titles) == sorted(set(titles))


def test_no_talk_is_left_out_that_is_not_there() -> None:
    assert set(NOT_IN_A_TERMINAL) <= {title for title, _ in TALKS}
