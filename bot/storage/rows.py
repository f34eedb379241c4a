"""What goes in and out of the store: people, changes, waiting messages, and what can go wrong."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bot.core.effects import Record, Remind
from bot.core.outgoing import Outgoing
from bot.core.state import Session


class StoreDown(Exception):
    """The store cannot be written now (full, read-only, locked, broken); nothing was changed."""


class OutcomeUnknown(StoreDown):
    """The store went away while it was committing; whether it did shows when it is back."""


class DriverMissing(StoreDown):
    """The package that speaks to the engine is not installed; the message says how to get it."""


class StoreRefused(Exception):
    """The store will never take this turn: its data is wrong, not the store."""


class Conflict(Exception):
    """Another writer changed a person in between; the same turn can be taken again."""


@dataclass(frozen=True, slots=True)
class Person:
    """A person as loaded, or newly made: their session, and the key to seal with."""

    account: bytes
    session: Session
    version: int
    key: AESGCM = field(repr=False)
    wrapped_key: bytes = field(default=b"", repr=False)

    @property
    def is_new(self) -> bool:
        """Whether there is no row for this person yet."""
        return self.version == 0


@dataclass(frozen=True, slots=True)
class Change:
    """All that one event causes, to be written together or not at all.

    `forget` removes the person; `outgoing` then belongs to nobody and is sealed under the day's
    key alone, and the rest is not written. `forget_kinds` removes the facts of these kinds,
    `forget_facts` single ones by id, and `unremind` the reminders of these, before `records` and
    `reminders` are added.
    """

    event: bytes
    at: datetime
    person: Person
    session: Session
    records: tuple[Record, ...] = ()
    outgoing: tuple[Outgoing, ...] = ()
    forget: bool = False
    forget_kinds: tuple[str, ...] = ()
    forget_facts: tuple[int, ...] = ()
    reminders: tuple[Remind, ...] = ()
    unremind: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Waiting:
    """An outbox row: what to send, and whose it is (None after a forget)."""

    person: int | None
    item: Outgoing


@dataclass(frozen=True, slots=True)
class Sent:
    """A message that left, and the platform's id for it ("" where it has none)."""

    waiting: Waiting
    ref: str
