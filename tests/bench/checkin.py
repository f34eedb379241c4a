"""What is said in every measurement of a turn: the check-in, typed, by members picked at random."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice

from bot.core.events import Said
from bot.runtime.port import Arrival
from bot.storage.vault import Keyring

LINES = ("check in", "6", "3", "8", "didn't use")
AT_ONCE = 64
PLATFORM = "bench"
KEYRING = Keyring({1: bytes(range(32))}, bytes(range(32, 64)))

_STRIDE = 618_033
"""Shares no divisor with a power of ten, so its multiples visit every member once, scattered."""


def picked(members: int, messages: int) -> Iterator[int]:
    """Yield the members who send `messages`, each of them a whole check-in."""
    count = messages // len(LINES)
    if count > members:
        raise ValueError(f"{members} members are too few for {messages} messages")
    for place in range(count):
        yield place * _STRIDE % members


def in_turn(people: Iterator[int]) -> Iterator[tuple[int, str]]:
    """Yield who says what when nobody speaks at once: 64 members answer one after another."""
    while group := list(islice(people, AT_ONCE)):
        for words in LINES:
            for member in group:
                yield member, words


def arrival(member: int, words: str) -> Arrival:
    """Return what an adapter hands in when `member` says `words`."""
    event_id = f"{member}:{words}"
    seed = hashlib.blake2b(event_id.encode(), digest_size=16).digest()
    said = Said(event_id, datetime.now(UTC), seed, words)
    return Arrival(said, PLATFORM, str(member), str(member), lang="en", zone="Europe/Madrid")
