"""One open transaction: what a batch of turns reads and writes, a few statements for all of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

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
from bot.storage.engine import Engine, Order, Query, Row
from bot.storage.rows import Change, Person, Sent
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
    """One open transaction: reads at once, and collects what is to be written at its end."""

    def __init__(self, engine: Engine, vault: Vault, day: str, day_key: AESGCM) -> None:
        """Read through `engine`; whoever opened the unit carries out its `orders`."""
        self._engine = engine
        self._vault = vault
        self._day = day
        self._day_key = day_key
        self.orders: list[Order] = []

    async def load(
        self, accounts: Sequence[bytes], events: Sequence[bytes]
    ) -> tuple[dict[bytes, Person], set[bytes]]:
        """Return the people behind `accounts` that there are, and those `events` already taken."""
        seen, rows = await self._engine.read(
            [_among(sql.LOAD_SEEN, events), _among(sql.LOAD_PEOPLE, accounts)]
        )
        people: dict[bytes, Person] = {}
        for account, person, wrapped, state, version in rows:
            key = self._vault.unwrap(wrapped, f"person {person}")
            session = decode_session(unseal(key, state, f"people|{person}|state"))
            people[account] = Person(account, session, version, key)
        return people, {event for (event,) in seen}

    async def was_taken(self, event: bytes) -> bool:
        """Tell whether `event` was taken, or put aside, before."""
        return bool(await self._rows(sql.LOAD_SEEN.format(marks="?"), event))

    async def facts(self, person: Person, need: Need) -> Loaded:
        """Return what `need` asks for about `person`."""
        who = person.session.person
        facts: list[Fact] = []
        counts: dict[str, int] = {}
        reminders: list[Reminder] = []
        for fact, kind, body, at, replaces in await self._fact_rows(who, need):
            opened = unseal(person.key, body, _bound(fact, who, kind))
            facts.append(Fact(fact, kind, decode_body(opened), _time(at), replaces))
        if need.counts:
            counts = {kind: count for kind, count in await self._rows(sql.COUNT_FACTS, who)}
        if need.reminders:
            for one, kind, due in await self._rows(sql.LOAD_REMINDERS, who):
                reminders.append(Reminder(one, kind, _time(due)))
        return Loaded(tuple(facts), counts, tuple(reminders))

    async def _fact_rows(self, who: int, need: Need) -> Sequence[Row]:
        if need.everything:
            return await self._rows(sql.LOAD_EVERY_FACT, who)
        if not need.kinds:
            return ()
        statement = sql.LOAD_ALL_FACTS if need.replaced else sql.LOAD_FACTS
        kinds = tuple(dict.fromkeys(need.kinds))
        # Each kind by itself, so that the index gives its newest and no others are looked at.
        one_read = " UNION ALL ".join([f"SELECT * FROM ({statement}) AS newest"] * len(kinds))
        values = [value for kind in kinds for value in (who, kind, need.newest)]
        found = await self._rows(one_read, *values)
        return sorted(found, key=lambda row: (row[3], row[0]), reverse=True)

    async def _rows(self, statement: str, *values: Any) -> Sequence[Row]:
        (rows,) = await self._engine.read([(statement, values)])
        return rows

    def write(self, changes: Sequence[Change]) -> None:
        """Let all `changes` be written, a few statements for the whole batch.

        Where another writer was quicker with one of them, none is, and the unit ends in Conflict.
        Rows that writers may want at the same time are written in one order everywhere, so that
        they wait for each other and never in a circle.
        """
        changes = sorted(changes, key=lambda one: one.session.person)
        seen = sorted((one.event, to_ms(one.at)) for one in changes)
        stay = [one for one in changes if not one.forget]
        new = [one for one in stay if one.person.is_new]
        known = [one for one in stay if not one.person.is_new]
        gone = [one for one in changes if one.forget and not one.person.is_new]
        self._add(sql.ADD_SEEN, seen, exact=True)
        self._add(
            sql.ADD_PERSON,
            [(o.session.person, o.person.wrapped_key, _state(o), _expiry(o)) for o in new],
        )
        accounts = sorted((o.person.account, o.session.person) for o in new)
        self._add(sql.ADD_ACCOUNT, accounts, exact=True)
        self._add(
            sql.SET_PERSON,
            [
                (_state(o), _expiry(o), o.session.person, o.person.version)
                for o in known
                if o.session != o.person.session
            ],
            exact=True,
        )
        self._keep(stay)
        rows = [(o.session.person,) for o in gone]
        self._add(sql.FORGET_PERSON, rows, exact=True, forgets=True)
        self._send([(_owner(o), o.at, item) for o in changes for item in o.outgoing])

    def _keep(self, changes: Sequence[Change]) -> None:
        """Let go of the facts and promises that `changes` are done with, then add theirs."""
        facts = [(one.session.person, kind) for one in changes for kind in one.forget_kinds]
        self._add(sql.FORGET_KIND, facts, forgets=True)
        single = [(fact, one.session.person) for one in changes for fact in one.forget_facts]
        self._add(sql.FORGET_FACT, single, forgets=True)
        promises = [(one.session.person, kind) for one in changes for kind in one.unremind]
        self._add(sql.UNREMIND, promises)
        self._add(sql.ADD_RECORD, [row for one in changes for row in _records(one)])
        self._add(sql.ADD_REMINDER, [row for one in changes for row in _reminders(one)])

    def _send(self, items: Sequence[tuple[int | None, datetime, Outgoing]]) -> None:
        rows = []
        for person, at, item in items:
            lane = LANES.index(item.lane)
            bound = outbox_binding(item.id, item.platform, lane)
            sealed = seal(self._day_key, encode_outgoing(item), bound)
            rows.append((item.id, person, item.platform, lane, self._day, to_ms(at), sealed))
        self._add(sql.ADD_OUTGOING, rows)

    def mark_sent(self, sent: Sequence[Sent], at: datetime) -> None:
        """Take delivered items out of the outbox, and remember what can be edited later."""
        self._add(sql.SENT, [(one.waiting.item.id,) for one in sent])
        shown: dict[tuple[bytes, str], Row] = {}  # of two under one key, the later can be edited
        for one in sent:
            item, person = one.waiting.item, one.waiting.person
            if item.key and one.ref and person is not None:
                place = self._vault.lookup("place", item.platform, item.address)
                sealed = seal(
                    self._day_key, one.ref.encode(errors="replace"), shown_binding(item.key)
                )
                row = (place, item.key, person, self._day, to_ms(at), sealed, person)
                shown[place, item.key] = row
        self._add(sql.SET_SHOWN, [shown[one] for one in sorted(shown)])

    def quarantine(
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
        self._add(sql.ADD_QUARANTINE, [(event, to_ms(at), kind, why)])
        self._add(sql.ADD_SEEN, [(event, to_ms(at))], exact=True)
        self._send([(None, at, item) for item in outgoing])

    def _add(
        self, statement: str, rows: Sequence[Row], *, exact: bool = False, forgets: bool = False
    ) -> None:
        if rows:
            self.orders.append(Order(statement, rows, exact, forgets))


def outdated(now: datetime) -> list[Order]:
    """Return what removes all that has reached the end of its time."""
    oldest_key = (now - SHOWN - timedelta(days=1)).date().isoformat()
    return [
        Order(sql.DROP_SEEN, [(to_ms(now - SEEN),)]),
        Order(sql.DROP_EXPIRED, [(to_ms(now),)], forgets=True),
        Order(sql.DROP_REMINDERS, [(to_ms(now - OVERDUE),)]),
        Order(sql.DROP_OUTBOX, [(to_ms(now - UNDELIVERED),)]),
        Order(sql.DROP_SHOWN, [(to_ms(now - SHOWN),)]),
        Order(sql.DROP_QUARANTINE, [(to_ms(now - QUARANTINED),)]),
        Order(sql.DROP_DAY_KEYS, [(oldest_key,)]),
    ]


def _among(statement: str, values: Sequence[bytes]) -> Query:
    """Return `statement` for any of `values`, in one of few forms, so that drivers know it again.

    The number of marks is a power of two (the first value fills what is left over); no value at
    all is asked for as the empty one, which there is not.
    """
    known = tuple(values) or (b"",)
    width = 1 << (len(known) - 1).bit_length()
    filled = known + known[:1] * (width - len(known))
    return statement.format(marks=",".join("?" * width)), filled


def to_ms(at: datetime) -> int:
    """Return `at` as it is stored: milliseconds since 1970, in UTC."""
    return (at - EPOCH) // MILLISECOND


def _time(ms: int) -> datetime:
    return EPOCH + ms * MILLISECOND


def _expiry(change: Change) -> int | None:
    return None if change.session.welcomed else to_ms(change.at + HALF_WELCOMED)


def _owner(change: Change) -> int | None:
    return None if change.forget else change.session.person


def _state(change: Change) -> bytes:
    bound = f"people|{change.session.person}|state"
    return seal(change.person.key, encode_session(change.session), bound)


def _records(change: Change) -> Iterable[tuple[Any, ...]]:
    who = change.session.person
    for one in change.records:
        bound = _bound(one.id, who, one.kind)
        sealed = seal(change.person.key, encode_body(one.body), bound)
        yield (one.id, who, one.kind, to_ms(one.at or change.at), one.replaces, sealed)


def _reminders(change: Change) -> Iterable[tuple[Any, ...]]:
    for one in change.reminders:
        yield (one.id, change.session.person, one.kind, to_ms(one.due))


def _bound(record: int, person: int, kind: str) -> str:
    return f"records|{record}|{person}|{kind}"


def outbox_binding(item: int, platform: str, lane: int) -> str:
    """Return what an outbox row is bound to when it is sealed."""
    return f"outbox|{item}|{platform}|{lane}"


def shown_binding(key: str) -> str:
    """Return what the platform's id of a message sent under `key` is bound to when it is sealed."""
    return f"shown|{key}"
