"""Changing the clock a member lives by, without shaking what is open.

A new zone or day boundary may make it another day at once. A question that is open keeps the day
it is about and stays open as long as it would have: the jump is remembered with it.
"""

from __future__ import annotations

from dataclasses import replace

from bot.core.localtime import member_day
from bot.core.state import Session
from bot.features.scene import Scene


def lives_by(scene: Scene, *, zone: str = "", day_starts: int | None = None) -> Session:
    """Return the session with another `zone`, or another hour its days begin at."""
    session = scene.session
    wishes = session.wishes
    if day_starts is not None:
        wishes = replace(wishes, day_starts=day_starts)
    moved = replace(session, zone=zone or session.zone, wishes=wishes)
    today = member_day(scene.event.at, moved.zone, wishes.day_starts)
    ahead = (today - scene.date()).days
    if not ahead:
        return moved
    return replace(
        moved, flows=tuple(replace(one, ahead=one.ahead + ahead) for one in session.flows)
    )
