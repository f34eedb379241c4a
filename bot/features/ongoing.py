"""The exercise somebody is in: which one it is, and how it ends before its end.

Never here: how it begins or ends by itself (`exercise.py`), or leading through it
(`conversation/guided.py`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from bot.core.effects import Record
from bot.core.skills import Skill
from bot.core.state import FlowState, with_flows
from bot.core.text import Text, text
from bot.features.scene import Scene, partial_record

FLOW = "skill"
"""The flow of an exercise."""

JUST_ASKED = timedelta(minutes=15)
"""For how long one that was asked for, and is of a kind left out, may be done this once."""


def open_run(scene: Scene) -> FlowState | None:
    """Return the run of an exercise that is open, or parked last; None where there is none."""
    return next((one for one in reversed(scene.session.flows) if one.flow == FLOW), None)


def meant(scene: Scene) -> str:
    """Return the exercise that is meant by "this one": the open one, else the last one, by id."""
    run, coping = open_run(scene), scene.session.coping
    if run:
        return str(run.given.get("skill", ""))
    return coping.asked if just_asked(scene, coping.asked) else coping.last


def asked_for(scene: Scene, skill: Skill) -> Scene:
    """Return the scene after it was said that `skill` is of a kind left out: it may be done."""
    coping = replace(scene.session.coping, asked=skill.id, asked_at=scene.event.at)
    return scene.with_session(replace(scene.session, coping=coping))


def just_asked(scene: Scene, name: str) -> bool:
    """Tell whether of the exercise called `name` it was just said that its kind is left out."""
    coping = scene.session.coping
    return bool(name) and name == coping.asked and scene.event.at - coping.asked_at < JUST_ASKED


def given_up(
    scene: Scene, fits: Callable[[str], bool]
) -> tuple[Scene, tuple[Record, ...], tuple[Text, ...]]:
    """End each exercise that is open or parked and `fits`, asked by its id.

    Return the scene without them, what is kept of them, and the sentence that says so.
    """
    flows = scene.session.flows
    ends = [one for one in flows if one.flow == FLOW and fits(str(one.given.get("skill", "")))]
    if not ends:
        return scene, (), ()
    kept = tuple(record for one in ends for record in partial_record(scene, one))
    rest = tuple(one for one in flows if one not in ends)
    said = text("exercise-closed", kept="yes" if kept else "no")
    return scene.with_session(with_flows(scene.session, rest)), kept, (said,)
