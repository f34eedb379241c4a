"""The one owner of the database: everything a turn reads and writes, in one transaction.

Laws: (1) one connection, one owner, one transaction at a time; (2) nothing a person said, and no id
a platform gave, is stored in clear; (3) what was sent is taken off the outbox by the next
transaction, whoever opens it.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bot.core.outgoing import Outgoing
from bot.core.state import Session
from bot.storage import statements as sql
from bot.storage.codec import Undecodable, decode_outgoing
from bot.storage.engine import Engine, Order
from bot.storage.migrate import migrate
from bot.storage.rows import Conflict, Person, Sent, StoreDown, StoreRefused, Waiting
from bot.storage.sqlite import Sqlite
from bot.storage.unit import Unit, outbox_binding, outdated, shown_binding, to_ms
from bot.storage.vault import Sealed, Vault, unseal
from bot.storage.where import Where

END = datetime.max.replace(tzinfo=UTC)
"""A time that everything is before."""


class Store:
    """A sealed database with one connection."""

    def __init__(self, engine: Engine, vault: Vault) -> None:
        """Take over `engine`; `open` is the way to make one."""
        self._engine = engine
        self._vault = vault
        self._turn = asyncio.Lock()
        self._day_keys: dict[str, AESGCM] = {}
        self._sent: list[Sent] = []

    @classmethod
    async def open(
        cls,
        where: Where,
        vault: Vault,
        *,
        connection_class: type | None = None,
    ) -> Store:
        """Open, and if need be create or migrate, the database at `where`.

        `connection_class` is made from the driver's own, for tests that watch it. Raises
        SchemaUnusable for a database that a newer program wrote, Sealed where other keys sealed it,
        and StoreDown where it cannot be used at all.
        """
        try:
            await migrate(where)
            store = cls(await _engine(where, connection_class), vault)
        except StoreDown as error:
            raise type(error)(f"{where}: {error}") from error
        try:
            await store._check_keys()
        except BaseException:
            await store.close()
            raise
        return store

    async def _check_keys(self) -> None:
        """Refuse keys that did not seal this store: with them everyone would look like new."""
        for day, wrapped in await self._engine.look((sql.NEWEST_DAY_KEY, ())):
            self._vault.unwrap(wrapped, self._day_owner(day))

    def _day_owner(self, day: str) -> str:
        """Return what a day's key is bound to: the lookup key too, so that neither can be wrong."""
        return f"day {day} {self._vault.lookup('day', day).hex()}"

    async def close(self) -> None:
        """Finish the transaction that is under way, then close."""
        async with self._turn:
            await self._engine.close()

    @asynccontextmanager
    async def unit(self, at: datetime) -> AsyncIterator[Unit]:
        """Hold the store for one transaction: commit at the end, roll back on any error.

        Raises StoreDown, StoreRefused or Conflict, with nothing changed; but OutcomeUnknown, which
        is a StoreDown too, where it is not known whether the commit was made.
        """
        async with self._turn:
            try:
                unit = await self._unit(at)
                yield unit
                await self._finish(unit, at)
            except BaseException:
                await self._engine.undo()
                raise

    async def _unit(self, at: datetime) -> Unit:
        day = _day(at)
        return Unit(self._engine, self._vault, day, await self._ensured_day_key(day))

    async def _finish(self, unit: Unit, at: datetime) -> None:
        """Carry out what `unit` wants, and take off the outbox what was sent meanwhile."""
        orders, sent = tuple(unit.orders), tuple(self._sent)
        unit.mark_sent(sent, at)
        try:
            await self._engine.finish(unit.orders)
        except StoreRefused:
            if not sent:
                raise
            # It may be a mark that cannot be written, which must not cost anyone their turn.
            await self._engine.undo()
            await self._engine.finish(orders)
        else:
            del self._sent[: len(sent)]

    def note_sent(self, sent: Sent) -> None:
        """Let the next transaction take `sent` off the outbox."""
        self._sent.append(sent)

    @property
    def unmarked(self) -> int:
        """How many messages left that are still on the outbox."""
        return len(self._sent)

    async def mark(self, at: datetime) -> None:
        """Take what was sent off the outbox, unless the turn that is under way does so.

        Raises StoreDown or Conflict, with the rest to be tried again, and StoreRefused where the
        store will never take one of them: that one is given up, to be sent again at the next start,
        and the rest can be tried again.
        """
        async with self._turn:
            try:
                if not self._sent or await self._marked(self._sent, at):
                    return
                for one in tuple(self._sent):
                    if not await self._marked([one], at):
                        self._sent.remove(one)
                        raise StoreRefused("mark")
            except BaseException:
                await self._engine.undo()
                raise

    async def _marked(self, sent: Sequence[Sent], at: datetime) -> bool:
        """Take `sent` off the outbox; return whether the store takes that.

        A single message comes off also where only its number is refused: an edit of it then comes
        as a new message.
        """
        sent = tuple(sent)
        unit = await self._unit(at)
        unit.mark_sent(sent, at)
        whole = tuple(unit.orders)
        for orders in (whole, whole[:1]) if len(sent) == 1 else (whole,):
            try:
                await self._engine.finish(orders)
            except StoreRefused:
                await self._engine.undo()
                continue
            for one in sent:
                self._sent.remove(one)
            return True
        return False

    async def drop_outdated(self, now: datetime) -> int:
        """Remove what has reached the end of its time; return how many messages were given up."""
        orders = outdated(now)
        async with self._turn:
            try:
                await self._ensured_day_key(_day(now))  # or a start could not tell wrong keys
                counts = await self._engine.finish(orders)
            except BaseException:
                await self._engine.undo()
                raise
        dropped = {order.statement: n for order, n in zip(orders, counts, strict=True)}
        if dropped[sql.DROP_DAY_KEYS]:
            self._day_keys.clear()
        return dropped[sql.DROP_OUTBOX]

    async def _ensured_day_key(self, day: str) -> AESGCM:
        if day not in self._day_keys:
            _, wrapped = self._vault.new_key(self._day_owner(day))
            try:
                await self._engine.finish([Order(sql.ADD_DAY_KEY, [(day, wrapped)])])
            except Conflict:
                await self._engine.undo()  # another program was quicker: its key is the day's
        return await self._day_key(day)

    async def _day_key(self, day: str) -> AESGCM:
        if day not in self._day_keys:
            found = await self._engine.look((sql.LOAD_DAY_KEY, (day,)))
            if not found:
                raise Sealed("the key of that day is gone")
            self._day_keys[day] = self._vault.unwrap(found[0][0], self._day_owner(day))
        return self._day_keys[day]

    async def waiting(self, before: datetime = END) -> list[Waiting]:
        """Return everything that was promised `before` a time and not yet sent, in order.

        Nothing where another program has the store open: what waits there is on its way. A row
        that does not open stays behind until its time is over: it must not keep the others.
        """
        found: list[Waiting] = []
        async with self._turn:
            rows = await self._engine.look_if_alone((sql.LOAD_OUTBOX, (to_ms(before),)))
            for item_id, person, platform, lane, day, body in rows:
                bound = outbox_binding(item_id, platform, lane)
                with suppress(Sealed, Undecodable):
                    opened = unseal(await self._day_key(day), body, bound)
                    found.append(Waiting(person, decode_outgoing(opened)))
        return found

    async def shown(self, item: Outgoing) -> str:
        """Return the platform's id of the message last sent under the key of `item`, or ""."""
        for sent in reversed(self._sent):
            earlier = sent.waiting.item
            place = (earlier.platform, earlier.address)
            known = sent.ref and sent.waiting.person is not None
            if known and place == (item.platform, item.address) and earlier.key == item.key:
                return sent.ref
        async with self._turn:
            place_hash = self._vault.lookup("place", item.platform, item.address)
            for day, ref in await self._engine.look((sql.GET_SHOWN, (place_hash, item.key))):
                return unseal(await self._day_key(day), ref, shown_binding(item.key)).decode()
        return ""

    def event_hash(self, platform: str, event_id: str) -> bytes:
        """Return the hash under which an event is recognised when it comes again."""
        return self._vault.lookup("event", platform, event_id)

    def account_hash(self, platform: str, user: str) -> bytes:
        """Return the hash under which a platform's user is found again."""
        return self._vault.lookup("account", platform, user)

    def new_person(self, account: bytes, session: Session) -> Person:
        """Return a person with a key of their own, not stored before their first turn is."""
        key, wrapped = self._vault.new_key(f"person {session.person}")
        return Person(account, session, 0, key, wrapped)


def _day(at: datetime) -> str:
    return at.astimezone(UTC).date().isoformat()


async def _engine(where: Where, connection_class: type | None) -> Engine:
    if isinstance(where, Path):
        return await Sqlite.open(where, connection_class)
    from bot.storage.postgres import Postgres

    return await Postgres.open(where, connection_class)
