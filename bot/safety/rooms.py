"""What a verdict means in a room: a soft public line or none, a private offer, whom to tell.

Laws: (1) nothing private is said in a room, and nobody is quoted; (2) help is always offered in
private, whatever happens in the room; (3) a post is hidden, never deleted, by what is decided here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from bot.core.verdict import Category, Level, Verdict, height

Told = Literal["nobody", "queue", "moderators", "on-duty"]
"""Whom among the moderators: nobody, the queue without a ping, all, or who is on duty, at once."""

ALERT_AGAIN = timedelta(hours=2)
"""Moderators hear of one person's crisis once in this time; of an emergency each time."""

_TOLD: dict[Level, Told] = {
    "emergency": "on-duty",
    "crisis": "moderators",
    "concern": "queue",
    "distress": "nobody",
    "info": "nobody",
    "none": "nobody",
}
_PRIVATE: frozenset[Category] = frozenset({"abuse", "child"})
"""What may put someone in more danger if anybody in the room sees that it was noticed."""


@dataclass(frozen=True, slots=True)
class RoomAnswer:
    """What to do about one post: `care_line` says whether one neutral line goes to the room.

    `offer`: the author gets the private card. `hide`: the post waits behind a note until a
    moderator has seen it, and its author is told why in private.
    """

    care_line: bool
    offer: bool
    told: Told
    hide: bool


def room_answer(
    verdict: Verdict, *, graphic: bool = False, since_told: timedelta | None = None
) -> RoomAnswer:
    """Return what to do about a post with this `verdict`.

    `graphic`: another check found a method or an injury described. `since_told`: how long ago
    moderators last heard about this author; None for never.
    """
    urgent = verdict.level == "emergency"
    told = _TOLD[verdict.level]
    lately = since_told is not None and since_told < ALERT_AGAIN
    if told == "moderators" and lately:
        told = "queue"
    return RoomAnswer(
        care_line=height(verdict.level) >= height("crisis") and verdict.category not in _PRIVATE,
        offer=verdict.alarms,
        told=told,
        hide=graphic or urgent,
    )
