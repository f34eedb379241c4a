"""The daily check-in, beyond its form: of today or the day before, one of several, and a note.

The questions, their order and every closing are content (flows/checkin.toml, lapse.toml). Here is
what a form cannot know: that it is the second of a day, and what was chosen in the morning.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from bot.core.asking import go
from bot.core.effects import Need, Turn
from bot.core.flow import facts
from bot.core.localtime import part_of_day
from bot.core.state import FlowState, Session
from bot.core.strength import NOT_RATED
from bot.core.text import text
from bot.features import more, pair, planned, progress
from bot.features.coping import MEMORY, offers, with_rating
from bot.features.scene import (
    Feature,
    Keeps,
    Scene,
    begin,
    close,
    finish,
    interject,
    record,
    resume,
)

FLOW = "checkin"

ONE_DAY = timedelta(days=1)

STRONG, LOW = 7, 3
"""A pull from here on, and a mood down from here, are what exercises are offered for: see the
closings of flows/checkin.toml.
"""


def check_in(scene: Scene) -> Turn | Need:
    """Ask how it is. Nothing is read for that, but for those whose evening asks back.

    They are asked for one thing for today first, in the morning, as long as they have not said it.
    """
    flow = scene.library.flows["checkin"]
    extra = _again(scene)
    if not scene.session.wishes.pair:
        return begin(scene, flow, extra=extra)
    if scene.loaded is None:
        return pair.NEED
    meant = pair.intention(scene, scene.date())
    if not meant and pair.is_time(scene):
        return pair.ask_morning(scene, instead=True)
    return begin(scene, flow, extra={**extra, **meant})


def check_in_late(scene: Scene) -> Turn | Need:
    """Ask how the day before was; it may be answered until the one after it is over."""
    day = scene.date() - ONE_DAY
    if scene.session.wishes.pair and scene.loaded is None:
        return pair.NEED
    extra: dict[str, str | int | bool] = {"late": True}
    if scene.loaded:
        extra |= pair.intention(scene, day)
    return begin(scene, scene.library.flows["checkin"], extra=extra, day=day)


def _again(scene: Scene) -> Mapping[str, str]:
    """Return when today's earlier check-in was, in words fit for saying so; nothing if none was."""
    day, _, part = scene.session.checked.partition(" ")
    if day != scene.today():
        return {}
    now = part_of_day(scene.event.at, scene.session.zone)
    return {"again": part if part in ("morning", "afternoon") and part != now else "earlier"}


def checked_in(scene: Scene, state: FlowState) -> Turn | Need:
    """Keep and close a check-in; what it reaches on a path is told with the closing."""
    return progress.marked(scene, state, _closed(scene, state))


def _closed(scene: Scene, state: FlowState) -> Turn:
    """Close a check-in, and ask more about the day where that is wished with each."""
    kept = record(scene, state, complete=True)
    scene = scene.with_session(known(scene, state))
    if not kept or state.replaces:
        return close(scene, state, effects=kept)
    session = scene.session
    if state.day >= session.checked.partition(" ")[0]:
        checked = f"{state.day} {state.given.get('part', '')}"
        scene = scene.with_session(replace(session, checked=checked))
    wanted = {"more": more.ask_more} if session.wishes.more else {}
    return close(scene, state, effects=kept, at_once=wanted)


def known(scene: Scene, state: FlowState) -> Session:
    """Return the session that knows what is hard now, so that the next tap leads to exercises.

    It is known for a little while, kept or not, and only of today: yesterday's pull is over.
    """
    mended_else = state.replaces and state.given.get("changed") != "craving"
    if mended_else or state.day != scene.today():
        return scene.session
    mood, craving = state.answers.get("mood"), state.answers.get("craving")
    if isinstance(craving, int) and craving >= STRONG:
        return with_rating(scene.session, scene.event.at, state="craving", rated=craving)
    if isinstance(mood, int) and mood <= LOW:
        return with_rating(scene.session, scene.event.at, state="low", rated=NOT_RATED)
    coping = scene.session.coping
    if isinstance(craving, int) and coping.state == "craving":  # an older number is out of date
        coping = replace(coping, rated=craving, at=scene.event.at)
    return replace(scene.session, coping=coping)


def lapse_told(scene: Scene, state: FlowState) -> Turn | Need:
    """Keep and close the talk after a lapse.

    An easier hour begins with exercises at once; what came before may be what a plan is for.
    """
    before, easier = facts(state).get("before"), state.answers.get("next") == "easier"
    if scene.loaded is None and (easier or isinstance(before, str)):
        return MEMORY
    if isinstance(before, str):
        state = planned.recalled(scene, state, (before,))
        return planned.pointed(finish(scene, state), state)
    kept = record(scene, state, complete=True)
    return close(scene, state, effects=kept, at_once={"cope-shame": _after_slip})


def _after_slip(scene: Scene) -> Turn:
    found = offers(scene, "shame")
    return found if isinstance(found, Turn) else resume(scene)


def note(scene: Scene) -> Turn:
    """Ask for a few words to keep with the day; where words are not kept, say so instead."""
    if not scene.session.keep_words or not scene.event.place.keeps_text:
        may_change = scene.session.age == "adult"
        return interject(scene, text("note-off"), choices=(go("settings"),) if may_change else ())
    return begin(scene, scene.library.flows["note"])


FEATURE = Feature(
    name="checkin",
    commands={"checkin": check_in, "yesterday": check_in_late, "note": note},
    endings={"checkin": checked_in, "lapse": lapse_told},
    keeps=(
        Keeps(
            kind="checkin",
            what="the day, mood, pull, confidence, used / not / rather not say, the same of "
            "drinking, smoking, drugs, gambling and other where you count those, and how the "
            "morning's one thing went",
            why="so that you can look back and see what goes with better days",
            until='you take it back in the first two days, erase it under "what is kept", or with '
            "/forget",
        ),
        Keeps(
            kind="note",
            consent="words",
            what="the day and the words of a note",
            why="so that you can read later what a day was like",
            until='you remove it under /notes, erase it under "what is kept", or with /forget',
        ),
        Keeps(
            kind="lapse",
            what="the day, and what you tapped about where, feeling, company and what came before",
            why="so that what happened can be looked at without having to tell it twice",
            until='you take back the check-in it belongs to, erase it under "what is kept", or '
            "with /forget",
        ),
    ),
)
