"""The daily check-in, beyond its form: changing an answer, and adding a note.

The questions, their order and every closing are content (flows/checkin.toml, lapse.toml). Here is
only what a form cannot do: find the last check-in and open one of its answers again.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from bot.core.asking import go
from bot.core.effects import Fact, Need, Turn
from bot.core.flow import applies, facts, on_current_names, with_open
from bot.core.localtime import weekday
from bot.core.state import FlowState
from bot.core.text import text
from bot.features.scene import (
    Feature,
    Keeps,
    Scene,
    ask,
    begin,
    interject,
)

STILL_CHANGEABLE = timedelta(days=1)
"""A check-in can be changed on its own day and the day after."""


def change(scene: Scene) -> Turn | Need:
    """Ask which answer of the last check-in should be different."""
    if scene.loaded is None:
        return Need(kinds=("checkin",))
    if _changeable(scene) is None:
        return interject(scene, text("change-nothing"), choices=(go("checkin"),))
    return begin(scene, scene.library.flows["change"])


def _changeable(scene: Scene) -> Fact | None:
    found = scene.loaded.facts if scene.loaded else ()
    if not found:
        return None
    day = date.fromisoformat(str(found[0].body["day"]))
    fresh = date.fromisoformat(scene.today()) - day <= STILL_CHANGEABLE
    return found[0] if fresh else None


def reopen(scene: Scene, state: FlowState) -> Turn | Need:
    """Open the check-in again, in the same message, with all as it was but the answer to change.

    "changed" names that answer for the closings: whoever mends their mood is not led through the
    talk about a lapse a second time. An unfinished correction of the same check-in gives way: two
    would both replace it, and neither the other.
    """
    if scene.loaded is None:
        return Need(kinds=("checkin",))
    fact = _changeable(scene)
    if fact is None:
        return interject(scene, text("change-nothing"), choices=(go("checkin"),))
    flow = scene.library.flows["checkin"]
    day = date.fromisoformat(str(fact.body["day"]))
    which = str(facts(state).get("which"))
    given = {**scene.given(), "weekday": weekday(day), "changed": which}
    if day.isoformat() != scene.today():
        given["part"] = "past"
    again = FlowState(
        flow=flow.id,
        version=flow.version,
        run=state.run,
        day=day.isoformat(),
        started=scene.event.at,
        answers={n: a for n, a in fact.body.items() if n not in ("day", "partial")},
        given=given,
        replaces=fact.id,
    )
    again = on_current_names(flow, again)
    answers = {**dict.fromkeys(step.name for step in flow.steps), **again.answers}
    answers.pop(which, None)
    again = replace(again, answers=answers)
    step = flow.step(which)
    if step is None or not applies(step, again):
        return interject(scene, text("change-not-asked"))
    others = tuple(s for s in scene.session.flows if s.replaces != fact.id)
    return ask(scene, (*others, with_open(again, step)), in_place=True)


def note(scene: Scene) -> Turn:
    """Ask for a few words to keep with the day; where words are not kept, say so instead."""
    if not scene.session.keep_words or not scene.event.place.keeps_text:
        may_change = scene.session.age == "adult"
        return interject(scene, text("note-off"), choices=(go("settings"),) if may_change else ())
    return begin(scene, scene.library.flows["note"])


FEATURE = Feature(
    name="checkin",
    commands={"change": change, "note": note},
    endings={"change": reopen},
    keeps=(
        Keeps(
            kind="checkin",
            what="the day, mood, pull, confidence, and used / not / rather not say",
            why="so that you can look back and see what goes with better days",
            until="you remove it with /forget",
        ),
        Keeps(
            kind="note",
            what="the day and the words of a note",
            why="so that you can read later what a day was like",
            until="you remove it with /forget",
        ),
        Keeps(
            kind="lapse",
            what="the day, and what you tapped about where, feeling, company and what came before",
            why="so that what happened can be looked at without having to tell it twice",
            until="you remove it with /forget",
        ),
    ),
)
