"""What an adapter must be, and what it is given: the only part of the shell that adapters see."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from bot.core.events import Event
from bot.core.outgoing import Outgoing


@dataclass(frozen=True, slots=True)
class Arrival:
    """An event with the outside facts the core must not know: who, from where, how to answer.

    `user` and `address` are the platform's own ids and secret. `lang`, `zone` and `country` are
    what the person's client tells, or empty: guesses for someone who is new.
    """

    event: Event
    platform: str
    user: str = field(repr=False)
    address: str = field(repr=False)
    lang: str = ""
    zone: str = ""
    country: str = ""


class NotDelivered(Exception):
    """A message did not leave. `after` seconds it may be tried again; None: not in this run."""

    def __init__(self, after: float | None = None) -> None:
        """Say when to try again, if at all."""
        super().__init__("not delivered")
        self.after = after


class Port(Protocol):
    """One platform, as the shell uses it.

    `redelivers`: an event that was not acknowledged will come again by itself.
    """

    platform: str
    redelivers: bool

    async def send(self, item: Outgoing, ref: str) -> str:
        """Draw `item` and return the platform's id for it, or "" where it has none.

        For an edit, `ref` is the id of the message to change; where that is "" or can no longer
        be changed, the message is sent anew. Raises NotDelivered, and nothing else.
        """

    async def acknowledge(self, arrival: Arrival) -> None:
        """Tell the platform that `arrival` was received: it is committed."""


class Inbox(Protocol):
    """Where an adapter hands in what happened."""

    async def take(self, arrival: Arrival) -> bool:
        """Return when `arrival` is committed and acknowledged (True) or could not be (False)."""
