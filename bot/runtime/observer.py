"""What the shell tells whoever is watching: counts and kinds, never words or people."""

from __future__ import annotations

from typing import Protocol

from bot.core.effects import Turn
from bot.core.events import Event


class Observer(Protocol):
    """Told of what happened; must not raise and must not keep anything a person said."""

    def turned(self, event: Event, turn: Turn) -> None:
        """Note that `event` was committed with what `turn` holds."""

    def store_down(self, events: int) -> None:
        """Note that `events` could not be saved."""

    def quarantined(self, why: str) -> None:
        """Note that an event was put aside for good; `why` is the name of an error."""

    def undelivered(self, platform: str) -> None:
        """Note that a message was left in the outbox."""

    def unrenderable(self, key: str) -> None:
        """Note that a sentence could not be filled and a neutral one was said instead."""


class Unobserved:
    """Watches nothing."""

    def turned(self, event: Event, turn: Turn) -> None:
        """Note nothing."""

    def store_down(self, events: int) -> None:
        """Note nothing."""

    def quarantined(self, why: str) -> None:
        """Note nothing."""

    def undelivered(self, platform: str) -> None:
        """Note nothing."""

    def unrenderable(self, key: str) -> None:
        """Note nothing."""
