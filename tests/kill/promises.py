"""Words on which the core makes and drops promises to write, and lets one kind of fact go.

Planted before `step`, so that every statement of the store is passed whatever the features do.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import bot.runtime.runner as runner
from bot.conversation import step
from bot.core.content import Library
from bot.core.effects import Forget, Loaded, Message, Need, Remind, Say, Turn, Unremind
from bot.core.events import Event, Said
from bot.core.ids import derive_id
from bot.core.state import Session
from bot.core.text import text

Step = Callable[[Session, Event, Library, Loaded | None], Turn | Need]

PROMISE, DROP, FORGET = "promise me", "no promises", "forget my notes"
DELAYS = (timedelta(days=1), timedelta(days=3))
"""When the two notes that are promised are due."""

SAID = Say(Message((text("resume-lead"),)))


def plant() -> None:
    """Make this process one that hears these words; it cannot be taken back."""
    vars(runner)["step"] = heard()


def heard() -> Step:
    """Return the core's `step`, with these words understood before it."""

    def planted(
        session: Session, event: Event, library: Library, loaded: Loaded | None = None
    ) -> Turn | Need:
        said = event.text if isinstance(event, Said) else ""
        if said == PROMISE and loaded is None:
            return Need(reminders=True)
        if said == PROMISE and loaded is not None:
            told = (SAID,) * (1 + len(loaded.reminders))
            return Turn(session, (Unremind("soon"), *promised(event), *told))
        if said == DROP:
            return Turn(session, (Unremind("later"), SAID))
        if said == FORGET:
            return Turn(session, (Forget(("note",)), SAID))
        return step(session, event, library, loaded)

    return planted


def promised(event: Event) -> tuple[Remind, ...]:
    """Return what is promised at `event`: two notes, of two kinds."""
    return tuple(
        Remind(derive_id(event.seed, kind), kind, event.at + delay)
        for kind, delay in zip(("soon", "later"), DELAYS, strict=True)
    )
