"""Morning and evening as a pair: one thing chosen for today, and the evening asks how it went.

Off until it is switched on, and then the check-in alone asks; nothing is ever sent for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from bot.core.asking import go
from bot.core.effects import Need, Turn
from bot.core.flow import facts
from bot.core.localtime import part_of_day
from bot.core.state import FlowState
from bot.core.text import text
from bot.features.scene import Feature, Keeps, Scene, begin, finish, interject

NEED = Need(kinds=("morning", "checkin"), newest=8)
"""What was chosen of late, and whether an evening has asked about it already."""


def intention(scene: Scene, day: date, *, anew: bool = False) -> Mapping[str, str]:
    """Return what was chosen for `day`, for the check-in to ask back about; empty where nothing.

    One that a check-in of that day has asked about is not asked about again, unless `anew`.
    """
    kept = scene.loaded.facts if scene.loaded else ()
    that_day = [one for one in kept if one.body.get("day") == day.isoformat()]
    if not anew and any(one.kind == "checkin" and "went" in one.body for one in that_day):
        return {}
    chosen = next((one for one in that_day if one.kind == "morning"), None)
    pick, own = (chosen.body.get("pick"), chosen.body.get("own")) if chosen else (None, None)
    if not isinstance(pick, str) or (pick == "own" and not isinstance(own, str)):
        return {}
    return {"intention": pick, "intended": own if isinstance(own, str) else ""}


def is_time(scene: Scene) -> bool:
    """Tell whether a check-in now is better begun with one thing for today.

    It is in the morning, before any check-in, and where what is chosen can be kept till evening.
    """
    early = part_of_day(scene.event.at, scene.session.zone) == "morning"
    begun = any(s.flow == "checkin" and s.day == scene.today() for s in scene.session.flows)
    checked = scene.session.checked.startswith(scene.today())
    return early and scene.session.keep_checkins and not (begun or checked)


def morning(scene: Scene) -> Turn | Need:
    """Ask for one thing for today."""
    if scene.loaded is None:
        return NEED
    return ask_morning(scene)


def ask_morning(scene: Scene, *, instead: bool = False) -> Turn:
    """Ask for one thing for today; `instead` adds the way to the check-in that was asked for.

    The pair is offered with the first choice that is kept, and never again.
    """
    earlier = any(one.kind == "morning" for one in scene.loaded.facts) if scene.loaded else False
    session = scene.session
    extra: Mapping[str, str | int | bool] = {
        "instead": instead,
        "offer_pair": not earlier and not session.wishes.pair,
        "pair": session.wishes.pair,
        "words": session.keep_words and scene.event.place.keeps_text,
    }
    return begin(scene, scene.library.flows["morning"], extra=extra)


def chosen(scene: Scene, state: FlowState) -> Turn | Need:
    """Keep what was chosen, or go on to the check-in."""
    if facts(state).get("pick") == "checkin":
        return begin(scene, scene.library.flows["checkin"])
    return finish(scene, state)


def switch(scene: Scene) -> Turn:
    """Switch the pair on or off, and say which; it is nothing without check-ins that are kept."""
    session = scene.session
    on = not session.wishes.pair
    if on and not session.keep_checkins:
        may_change = (go("settings"),) if session.age == "adult" else ()
        return interject(scene, text("pair-needs-keeping"), choices=may_change)
    there = scene.with_session(replace(session, wishes=replace(session.wishes, pair=on)))
    return interject(there, text("pair-on" if on else "pair-off"), choices=(go("checkin"),))


FEATURE = Feature(
    name="pair",
    commands={"morning": morning, "pair": switch},
    endings={"morning": chosen},
    keeps=(
        Keeps(
            kind="morning",
            what="the day, and the one thing you chose for it, in your words if you wrote it",
            why="so that the evening can ask how it went",
            until='you erase it under "what is kept", or with /forget',
        ),
    ),
)
