"""After a whole talk no file of the data folder holds a word of it, or who it was with."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.cli.house import House, open_house
from bot.library.files import content_folder
from bot.library.load import Content, load_content
from bot.runtime.clock import SetClock
from bot.runtime.port import Arrival
from bot.storage.rows import Change
from bot.storage.vault import Keyring
from tests.runtime.fakes import NOON, Disk, Person, Platform, Watcher, button
from tests.storage.people import counts, promise

USER = "user-7316450912"
NOTE = "Xochitl called me from Guadalajara"
TYPED = "asdf qwertz whatever"

SECRETS = (
    USER,
    f"chat of {USER}",
    "7316450912",
    NOTE,
    "Xochitl",
    "Guadalajara",
    TYPED,
    "qwertz",
    "Europe/Madrid",
    "zone",
    "welcomed",
    "path",
    "mood",
    "craving",
    "answers",
    "18 or over",
    "How's your mood",
    "secret",
)


@pytest.fixture(scope="module")
def content() -> Content:
    return load_content(content_folder())


def found_in(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield every secret that can be read in a file, in the two ways SQLite may write text."""
    for path in folder.iterdir():
        held = path.read_bytes()
        for secret in SECRETS:
            for encoding in ("utf-8", "utf-16-le"):
                if secret.encode(encoding) in held:
                    yield path.name, secret


async def test_nothing_said_and_nobodys_id_is_in_any_file(
    tmp_path: Path, content: Content, disk: Disk
) -> None:
    database = tmp_path / "alongside.db"
    keyring = Keyring.create(tmp_path / "master.key")
    platform, ana = Platform(), Person(USER)

    async def do(house: House, arrival: Arrival) -> None:
        await house.runner.take(arrival)
        await house.outbox.idle()

    async with open_house(
        database=database,
        keyring=keyring,
        content=content,
        ports={platform.platform: platform},
        clock=SetClock(NOON),
        observer=Watcher(),
        connection_class=disk.connection_class,
    ) as house:
        await do(house, ana.says("hello"))
        for label in ("Start", "18 or over", "Keep my check-ins", "Keep my own words", "Go on"):
            await do(house, ana.taps(button(platform, label)))
        await do(house, ana.says(TYPED))
        await do(house, ana.taps(button(platform, "Stop using")))
        for _ in range(3):
            await do(house, ana.taps(button(platform, "4")))
        await do(house, ana.taps(button(platform, "Didn't use")))
        await do(house, ana.says("/note"))
        await do(house, ana.says(NOTE))
        await do(house, ana.says("/checkin"))

        platform.refuses = True
        await do(house, ana.says(TYPED))
        async with house.store.unit(NOON) as unit:
            account = house.store.account_hash(platform.platform, USER)
            people, _ = await unit.load([account], [])
            known = people[account]
            promised = (promise(1),)
            unit.write([Change(b"p", NOON, known, known.session, reminders=promised)])
            unit.quarantine(b"bad", NOON, "Said", "Oops")
        filled = counts(database)
        assert all(filled.values()), f"the talk must reach every table: {filled}"
        assert list(found_in(tmp_path)) == [], "with the log still there"
        assert (tmp_path / "alongside.db-wal").stat().st_size > 0
    assert list(found_in(tmp_path)) == []


def test_the_search_would_find_it(tmp_path: Path) -> None:
    (tmp_path / "leak").write_bytes(b"...Guadalajara...")
    assert list(found_in(tmp_path)) == [("leak", "Guadalajara")]
