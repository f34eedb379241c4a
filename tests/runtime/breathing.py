"""Someone in the middle of an exercise that moves by itself, and the clock that moves it."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from bot.cli.house import House
from bot.core.outgoing import Outgoing
from bot.core.text import plain
from bot.runtime.clock import SetClock
from bot.storage.store import Store
from bot.storage.vault import Vault
from bot.storage.where import Where
from tests.runtime.fakes import Person, Platform, button
from tests.storage.people import KEYRING, rows, settle

FIRST, SECOND = "Loosen what is tight", "Begin with out"
"""How the first two parts of the exercise begin; both last less than half a minute."""

SECONDS = 20
"""How long the first part is shown."""


async def settled(database: Where, user: str, number: int, *elsewhere: str) -> None:
    """Store a member, who has more accounts `elsewhere`."""
    store = await Store.open(database, Vault(KEYRING))
    await settle(store, user, number)
    accounts = [store.account_hash("testing", one) for one in elsewhere]
    await store.close()
    for account in accounts:
        rows(database, "INSERT INTO accounts (hash, person_id) VALUES (?, ?)", [account, number])


async def breathing(house: House, platform: Platform, person: Person) -> None:
    """Begin the exercise, so that its first part is shown and the timer of it runs."""
    await taken(house, person.taps("go.do-breathe"))
    await taken(house, person.taps(button(platform, "7")))
    assert FIRST in said(platform, person)[-1]


async def taken(house: House, arrival: object) -> None:
    assert await house.runner.take(arrival)  # type: ignore[arg-type]
    await house.outbox.idle()


async def pass_time(house: House, clock: SetClock, seconds: float) -> None:
    """Let `seconds` pass at one blow, and wait for what was due."""
    clock.move(timedelta(seconds=seconds))
    await answered(house)


async def answered(house: House) -> None:
    """Wait for everything that was due to be taken, and sent."""
    for _ in range(5):
        await asyncio.sleep(0)
    await house.runner.settled()
    await house.outbox.idle()


def shown(platform: Platform, person: Person) -> list[Outgoing]:
    """Return what was sent to `person`, in order."""
    return [item for item, _ in platform.sent if item.address == f"chat of {person.user}"]


def said(platform: Platform, person: Person) -> list[str]:
    return [plain(item.body) for item in shown(platform, person)]


def labels(platform: Platform, person: Person) -> list[str]:
    """Return the buttons under what was sent last."""
    return [one.label for one in shown(platform, person)[-1].buttons]
