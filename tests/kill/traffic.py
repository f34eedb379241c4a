"""A program under traffic, to be killed from outside: several people, each at their own pace.

`python -m tests.kill.traffic FOLDER UNTIL` goes on from wherever an earlier life had got to, until
everyone has done at least UNTIL things (0: for ever). Beside the store the folder holds, for each
person, what was handed in and what was acknowledged; what was sent; and `state`, one byte that
says what the program was doing when it was killed:

    0 not ready   - between transactions   t inside a turn's   c committing a turn's   m elsewhere
"""

from __future__ import annotations

import asyncio
import hashlib
import os
import sqlite3
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from adapters.rehearsal.talk import Heard, find_button
from bot.cli.house import House, open_house
from bot.core.events import Commanded, Event, Place, Said, Tapped
from bot.core.outgoing import Button, Outgoing
from bot.core.state import Session
from bot.core.text import plain
from bot.library.files import content_folder
from bot.library.load import load_content
from bot.runtime.clock import SetClock
from bot.runtime.observer import Unobserved
from bot.runtime.port import Arrival
from bot.storage.rows import Change
from bot.storage.statements import LOAD_SEEN
from bot.storage.store import Store
from bot.storage.vault import Keyring, Vault
from tests.kill.kept import DATABASE, KEYS
from tests.kill.world import append, rows

PEOPLE = ("ann", "bob", "cat", "dan", "eve", "fay")
NOW = datetime(2026, 3, 1, 18, 0, tzinfo=UTC)
SCREEN = 5
"""How many messages a person sees; enough to find the button of the last question."""
ROUND = 7
"""A round is a check-in in five events and a note in two."""

_state = -1


def doing(what: bytes) -> None:
    """Say what the program is doing, where it can be read after a kill."""
    if _state >= 0:
        os.pwrite(_state, what, 0)


class Telling(sqlite3.Connection):
    """A connection that says what it is in the middle of."""

    turn = False

    def execute(self, sql: str, parameters: Any = (), /) -> sqlite3.Cursor:
        if sql == "COMMIT" and self.turn:
            doing(b"c")
        done = super().execute(sql, parameters)
        if sql in ("COMMIT", "ROLLBACK"):
            self.turn = False
            doing(b"-")
        elif sql.startswith("BEGIN"):
            doing(b"m")
        elif sql.startswith(LOAD_SEEN.partition("{")[0]):
            self.turn = True
            doing(b"t")
        return done


def action(user: str, number: int) -> str:
    """Return what `user` does as their event `number`: something typed, or "tap LABEL"."""
    turn, place = divmod(number - 1, ROUND)
    some = hashlib.blake2b(f"{user} {turn}".encode(), digest_size=8).digest()
    return (
        "/checkin",
        f"tap {some[0] % 11}",
        f"tap {some[1] % 11}",
        f"tap {some[2] % 11}",
        "tap " + ("Didn't use", "Rather not say")[some[3] % 2],
        "/note",
        f"{user}, note {turn}: " + some.hex() * (some[4] % 40),
    )[place]


class Street:
    """The platform: everybody's chats, kept in files."""

    platform = "street"
    redelivers = True

    def __init__(self, folder: Path) -> None:
        """Take up everything where it was left."""
        self._folder = folder
        self._screens: dict[str, dict[str, Heard]] = {user: {} for user in PEOPLE}
        self._known: dict[str, set[int]] = {user: set() for user in PEOPLE}
        self._came = {user: asyncio.Event() for user in PEOPLE}
        self._posted = {user: rows(folder / f"posted-{user}") for user in PEOPLE}
        self._sent = 0
        for row in rows(folder / "sent"):
            self._show(row)

    async def send(self, item: Outgoing, ref: str) -> str:
        """Show `item` and write it down."""
        user = item.address
        ref = ref if ref in self._screens[user] else str(self._sent + 1)
        row = {
            "id": item.id,
            "user": user,
            "kind": item.kind,
            "ref": ref,
            "text": plain(item.body),
            "buttons": [[b.label, b.token, b.picked] for b in item.buttons],
            "life": os.getpid(),
        }
        append(self._folder / "sent", row)
        self._show(row)
        await asyncio.sleep(0)
        return ref

    def _show(self, row: dict[str, Any]) -> None:
        self._sent += 1
        screen = self._screens[row["user"]]
        screen[row["ref"]] = Heard(row["text"], tuple(Button(*one) for one in row["buttons"]))
        if len(screen) > SCREEN:
            del screen[next(iter(screen))]
        self._known[row["user"]].add(row["id"])
        self._came[row["user"]].set()

    async def acknowledge(self, arrival: Arrival) -> None:
        """Note that an event need not come again."""
        partial = self._folder / f"acked-{arrival.user}.new"
        partial.write_text(arrival.event.id.partition(":")[2])
        partial.replace(self._folder / f"acked-{arrival.user}")

    def over(self, user: str) -> int:
        """Return how many events of `user` were acknowledged."""
        file = self._folder / f"acked-{user}"
        return int(file.read_text()) if file.exists() else 0

    async def answered(self, user: str, number: int) -> None:
        """Return when `user` has read an answer to each of their first `number` events."""
        while len(self._known[user]) < number:
            self._came[user].clear()
            await self._came[user].wait()

    def event(self, user: str, number: int) -> Event:
        """Return event `number` of `user`; one that was handed in before is the very same."""
        event_id = f"{user}:{number}"
        seed = hashlib.blake2b(event_id.encode(), digest_size=16).digest()
        at = NOW + timedelta(seconds=number)
        posted, done = self._posted[user], action(user, number)
        if len(posted) < number:
            row = {"token": self._token(user, done)}
            append(self._folder / f"posted-{user}", row)
            posted.append(row)
        if token := posted[number - 1]["token"]:
            return Tapped(event_id, at, seed, token, Place())
        if done.startswith("/"):
            return Commanded(event_id, at, seed, done[1:], "", Place())
        return Said(event_id, at, seed, done, Place())

    def _token(self, user: str, done: str) -> str:
        verb, _, label = done.partition(" ")
        if verb != "tap":
            return ""
        button = find_button(label, list(self._screens[user].values()))
        if button is None:
            raise LookupError(f"{user}: no button {label!r}")
        return button.token


async def live(user: str, street: Street, house: House, until: int) -> None:
    """Do one thing after the other, for ever or until enough is done."""
    number = street.over(user) + 1
    while not until or number <= until:
        arrival = Arrival(street.event(user, number), street.platform, user, user)
        if not await house.runner.take(arrival):
            raise RuntimeError("the event was not taken")
        await street.answered(user, number)
        number += 1


async def found(folder: Path) -> None:
    """Make a store in `folder` in which everyone is a member already."""
    store = await Store.open(folder / DATABASE, Vault(Keyring.create(folder / KEYS)))
    for number, user in enumerate(PEOPLE, start=1):
        session = Session(number, "en", welcomed=True, age="adult", path="stop")
        session = replace(session, keep_checkins=True, keep_words=True)
        person = store.new_person(store.account_hash(Street.platform, user), session)
        async with store.unit(NOW) as unit:
            unit.write([Change(user.encode(), NOW, person, session)])
    await store.close()


async def serve(folder: Path, until: int) -> None:
    """Open the house on `folder` and let everyone live."""
    street = Street(folder)
    async with open_house(
        database=folder / DATABASE,
        keyring=Keyring.read(folder / KEYS),
        content=load_content(content_folder()),
        ports={street.platform: street},
        clock=SetClock(NOW),
        observer=Unobserved(),
        connection_class=Telling,
    ) as house:
        async with asyncio.TaskGroup() as everyone:
            for user in PEOPLE:
                everyone.create_task(live(user, street, house, until))
        await house.outbox.idle()


if __name__ == "__main__":
    where = Path(sys.argv[1])
    _state = os.open(where / "state", os.O_RDWR | os.O_CREAT, 0o600)
    doing(b"0")
    asyncio.run(serve(where, int(sys.argv[2])))
