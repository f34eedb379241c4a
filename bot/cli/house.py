"""Puts the parts together: the composition root of every verb that talks to people."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from functools import partial

from bot.library.load import Content
from bot.runtime.clock import Clock
from bot.runtime.observer import Observer
from bot.runtime.outbox import Outbox
from bot.runtime.port import Port
from bot.runtime.runner import Runner
from bot.storage.rows import Conflict, StoreDown
from bot.storage.store import Store
from bot.storage.vault import Keyring, Vault
from bot.storage.where import Where

SECONDS_BETWEEN_CLEANINGS = 3600
SECONDS_TO_SEND_THE_REST = 5


@dataclass(frozen=True, slots=True)
class House:
    """A running Alongside. `clean` lets go of what has reached the end of its time."""

    store: Store
    runner: Runner
    outbox: Outbox
    clean: Callable[[], Awaitable[None]]


@asynccontextmanager
async def open_house(
    *,
    database: Where,
    keyring: Keyring,
    content: Content,
    ports: Mapping[str, Port],
    clock: Clock,
    observer: Observer,
    connection_class: type | None = None,
) -> AsyncIterator[House]:
    """Open the store, send what an earlier run still owed, and take events until left.

    Raises StoreDown or SchemaUnusable where the store cannot be opened. Should a part of the
    shell itself break, everything stops: a chat that hears but never answers is worse than none.
    """
    store = await Store.open(database, Vault(keyring), connection_class=connection_class)
    try:
        outbox = Outbox(store, ports, clock, observer)
        runner = Runner(
            store=store,
            content=content,
            ports=ports,
            outbox=outbox,
            clock=clock,
            observer=observer,
        )
        await _clean(store, clock, observer)
        await outbox.recover()
        async with asyncio.TaskGroup() as tasks:
            clean = partial(_clean, store, clock, observer)
            taking = tasks.create_task(runner.run(), name="runner")
            sending = tasks.create_task(outbox.run(), name="outbox")
            keeping = tasks.create_task(_keep_house(clean, outbox), name="housekeeping")
            await outbox.idle()
            yield House(store, runner, outbox, clean)
            for part in (keeping, taking):
                part.cancel()
            await asyncio.wait([taking])
            # What was taken is answered: another program on the database would not do it for us.
            with suppress(TimeoutError):
                await asyncio.wait_for(outbox.idle(), SECONDS_TO_SEND_THE_REST)
            sending.cancel()
    finally:
        await store.close()


async def _clean(store: Store, clock: Clock, observer: Observer) -> None:
    """Let go of what has reached the end of its time."""
    now = clock.now()
    try:
        given_up = await store.drop_outdated(now)
    except StoreDown:
        observer.store_down(0)
        return
    except Conflict:
        return  # another program is cleaning this very moment
    for _ in range(given_up):
        observer.undelivered("")


async def _keep_house(clean: Callable[[], Awaitable[None]], outbox: Outbox) -> None:
    while True:
        await asyncio.sleep(SECONDS_BETWEEN_CLEANINGS)
        await clean()
        outbox.look_again()
