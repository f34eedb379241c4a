"""One open transaction: what a batch of turns reads and writes, a few statements for all of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

import aiosqlite
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bot.core.effects import Fact, Loaded, Need, Reminder
from bot.core.outgoing import Outgoing
from bot.core.state import EPOCH
from bot.storage import statements as sql
from bot.storage.codec import (
    decode_body,
    decode_session,
    encode_body,
    encode_outgoing,
    encode_session,
)
from bot.storage.rows import Change, Conflict, Person, Waiting
from bot.storage.vault import Vault, seal, unseal

HALF_WELCOMED = timedelta(hours=24)
SEEN = timedelta(days=3)
UNDELIVERED = timedelta(days=7)
OVERDUE = timedelta(days=7)
QUARANTINED = timedelta(days=14)
SHOWN = timedelta(days=30)

MILLISECOND = timedelta(milliseconds=1)

LANES = ("crisis", "reply")


class Unit:
    """One open transaction. Everything that a batch of turns does goes through here."""

    def __init__(
        self, connection: aiosqlite.Connection, vault: Vault, day: str, day_key: AESGCM
    ) -> None:
        """Work inside the transaction that is open on `connection`."""
        self._connection = connection
        self._vault = vault
        self._day = day
        self._day_key = day_key
        self.forgot = False
        self.dropped_day_keys = False

    async def load(
        self, accounts: Sequence[bytes], events: Sequence[bytes]
    ) -> tuple[dict[bytes, Person], set[bytes]]:
        """Return the people behind `accounts` that there are, and those `events` already taken."""
        seen = {row[0] for row in await self._rows(sql.LOAD_SEEN, events)}
        people: dict[bytes, Person] = {}
        for account, person, wrapped, state, version in await self._rows(sql.LOAD_PEOPLE, accounts):
            key = self._vault.unwrap(wrapped, f"person {person}")
            session = decode_session(unseal(key, state, f"people|{person}|state"))
            people[account] = Person(account, session, version, key)
        return people, seen

    async def facts(self, person: Person, need: Need) -> Loaded:
        """Return what `need` asks for about `person`."""
        facts: list[Fact] = []
        counts: dict[str, int] = {}
        who = person.session.person
        if need.kinds:
            marks = ",".join("?" * len(need.kinds))
            statement = sql.LOAD_FACTS.format(marks=marks)
            values = (who, *need.kinds, need.newest)
            for _, fact_id, kind, body in await self._all(statement, values):
                opened = unseal(person.key, body, _record_binding(fact_id, who, kind))
                facts.append(Fact(fact_id, kind, decode_body(opened)))
        if need.counts:
            counts = {kind: count for kind, count in await self._all(sql.COUNT_FACTS, (who,))}
        reminders: tuple[Reminder, ...] = ()
        if need.reminders:
            rows = await self._all(sql.LOAD_REMINDERS, (who,))
            reminders = tuple(Reminder(one, kind, _time(due)) for one, kind, due in rows)
        return Loaded(tuple(facts), counts, reminders)

    async def write(self, changes: Sequence[Change]) -> None:
        """Write all `changes`, a few statements for the whole batch; raises Conflict."""
        stay = [one for one in changes if not one.forget]
        new = [one for one in stay if one.person.is_new]
        known = [one for one in stay if not one.person.is_new]
        altered = [one for one in known if one.session != one.person.session]
        await self._many(sql.ADD_SEEN, [(one.event, _ms(one.at)) for one in changes])
        await self._many(
            sql.ADD_PERSON,
            [(o.session.person, o.person.wrapped_key, _state(o), _expiry(o)) for o in new],
        )
        await self._many(sql.ADD_ACCOUNT, [(o.person.account, o.session.person) for o in new])
        updated = await self._many(
            sql.SET_PERSON,
            [(_state(o), _expiry(o), o.session.person, o.person.version) for o in altered],
        )
        if updated != len(altered):
            raise Conflict
        await self._keep(stay)
        gone = [one for one in changes if one.forget and not one.person.is_new]
        removed = await self._many(sql.FORGET_PERSON, [(o.session.person,) for o in gone])
        if removed != len(gone):
            raise Conflict
        self.forgot = self.forgot or bool(gone)
        await self._many(
            sql.ADD_OUTGOING,
            [self._outgoing(_owner(o), o.at, item) for o in changes for item in o.outgoing],
        )

    async def _keep(self, changes: Sequence[Change]) -> None:
        """Let go of the facts and promises that `changes` are done with, then add theirs."""
        facts = [(one.session.person, kind) for one in changes for kind in one.forget_kinds]
        self.forgot = await self._many(sql.FORGET_KIND, facts) > 0 or self.forgot
        promises = [(one.session.person, kind) for one in changes for kind in one.unremind]
        await self._many(sql.UNREMIND, promises)
        await self._many(sql.ADD_RECORD, [row for one in changes for row in _records(one)])
        await self._many(sql.ADD_REMINDER, [row for one in changes for row in _reminders(one)])

    def _outgoing(self, person: int | None, at: datetime, item: Outgoing) -> tuple[Any, ...]:
        lane = LANES.index(item.lane)
        bound = outbox_binding(item.id, item.platform, lane)
        sealed = seal(self._day_key, encode_outgoing(item), bound)
        return (item.id, person, item.platform, lane, self._day, _ms(at), sealed)

    async def mark_sent(self, sent: Iterable[tuple[Waiting, str]], at: datetime) -> None:
        """Take delivered items out of the outbox, and remember what can be edited later."""
        done = list(sent)
        await self._many(sql.SENT, [(waiting.item.id,) for waiting, _ in done])
        rows = []
        for waiting, ref in done:
            item = waiting.item
            if item.key and ref and waiting.person is not None:
                place = self._vault.lookup("place", item.platform, item.address)
                sealed = seal(self._day_key, ref.encode(), f"shown|{item.key}")
                values = (place, item.key, waiting.person, self._day, _ms(at), sealed)
                rows.append((*values, waiting.person))
        await self._many(sql.SET_SHOWN, rows)

    async def quarantine(
        self,
        event: bytes,
        at: datetime,
        kind: str,
        why: str,
        outgoing: Sequence[Outgoing] = (),
    ) -> None:
        """Note an event that can never be taken, so that it is not tried for ever.

        `kind` is the name of the event's type, `why` that of the error. `outgoing` is what is said
        about it; it belongs to nobody, for their row may be the fault.
        """
        await self._many(sql.ADD_QUARANTINE, [(event, _ms(at), kind, why)])
        await self._many(sql.ADD_SEEN, [(event, _ms(at))])
        rows = [self._outgoing(None, at, item) for item in outgoing]
        await self._many(sql.ADD_OUTGOING, rows)

    async def drop_outdated(self, now: datetime) -> int:
        """Remove what has reached the end of its time; return how many messages were given up."""
        await self._many(sql.DROP_SEEN, [(_ms(now - SEEN),)])
        expired = await self._many(sql.DROP_EXPIRED, [(_ms(now),)])
        self.forgot = self.forgot or expired > 0
        await self._many(sql.DROP_REMINDERS, [(_ms(now - OVERDUE),)])
        given_up = await self._many(sql.DROP_OUTBOX, [(_ms(now - UNDELIVERED),)])
        await self._many(sql.DROP_SHOWN, [(_ms(now - SHOWN),)])
        await self._many(sql.DROP_QUARANTINE, [(_ms(now - QUARANTINED),)])
        oldest = (now - SHOWN - timedelta(days=1)).date().isoformat()
        self.dropped_day_keys = await self._many(sql.DROP_DAY_KEYS, [(oldest,)]) > 0
        return given_up

    async def _rows(self, statement: str, values: Sequence[Any]) -> Iterable[Any]:
        if not values:
            return ()
        return await self._all(statement.format(marks=",".join("?" * len(values))), values)

    async def _all(self, statement: str, values: Sequence[Any]) -> Iterable[Any]:
        return await self._connection.execute_fetchall(statement, values)

    async def _many(self, statement: str, rows: Sequence[Sequence[Any]]) -> int:
        if not rows:
            return 0
        async with self._connection.executemany(statement, rows) as cursor:
            return cursor.rowcount


def _ms(at: datetime) -> int:
    return (at - EPOCH) // MILLISECOND


def _time(ms: int) -> datetime:
    return EPOCH + ms * MILLISECOND


def _expiry(change: Change) -> int | None:
    return None if change.session.welcomed else _ms(change.at + HALF_WELCOMED)


def _owner(change: Change) -> int | None:
    return None if change.forget else change.session.person


def _state(change: Change) -> bytes:
    bound = f"people|{change.session.person}|state"
    return seal(change.person.key, encode_session(change.session), bound)


def _records(change: Change) -> Iterable[tuple[Any, ...]]:
    who = change.session.person
    for one in change.records:
        bound = _record_binding(one.id, who, one.kind)
        sealed = seal(change.person.key, encode_body(one.body), bound)
        yield (one.id, who, one.kind, _ms(change.at), one.replaces, sealed)


def _reminders(change: Change) -> Iterable[tuple[Any, ...]]:
    for one in change.reminders:
        yield (one.id, change.session.person, one.kind, _ms(one.due))


def _record_binding(record: int, person: int, kind: str) -> str:
    return f"records|{record}|{person}|{kind}"


def outbox_binding(item: int, platform: str, lane: int) -> str:
    """Return what an outbox row is bound to when it is sealed."""
    return f"outbox|{item}|{platform}|{lane}"
