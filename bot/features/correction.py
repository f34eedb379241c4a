"""Changing an answer of the last check-in, or taking the whole of it back.

Both are possible on its own day and the day after. What is taken back is gone for good, with what
was added to it; what is changed replaces what it was.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.core.asking import go
from bot.core.effects import Fact, Forget, Need, Turn
from bot.core.flow import applies, facts, on_current_names, with_open
from bot.core.localtime import member_day, part_of_day, weekday
from bot.core.state import FlowState
from bot.core.text import text
from bot.features import pair
from bot.features.scene import Feature, Scene, ask, begin, close, interject

STILL_CHANGEABLE = timedelta(days=1)
"""A check-in can be changed on its own day and the day after."""

ADDED = ("more", "lapse")
"""Kinds of facts that belong to the check-in they followed."""

NEED = Need(kinds=("checkin", "morning", *ADDED), newest=24, replaced=True)
"""Enough for every check-in of two days with all its corrections, the first of them too."""


def change(scene: Scene) -> Turn | Need:
    """Ask which answer of the last check-in should be different."""
    if scene.loaded is None:
        return NEED
    fact = _changeable(scene)
    if fact is None:
        return _nothing(scene)
    extra: Mapping[str, str | int | bool] = {
        "fact": fact.id,
        "weekday": weekday(_day(fact)),
        "along": len(_added(scene, fact)),
        "went": "went" in fact.body,
    }
    return begin(scene, scene.library.flows["change"], extra=extra)


def _nothing(scene: Scene) -> Turn:
    return interject(scene, text("change-nothing"), choices=(go("checkin"),))


def _standing(scene: Scene) -> Sequence[Fact]:
    """Return the check-ins that nothing has replaced, newest first."""
    found = [one for one in scene.loaded.facts if one.kind == "checkin"] if scene.loaded else []
    replaced = {one.replaces for one in found}
    return [one for one in found if one.id not in replaced]


def _changeable(scene: Scene, wanted: int = 0) -> Fact | None:
    """Return the last check-in while it can be changed, or None; the one called `wanted` alone.

    Whoever was asked about one check-in and has made another since means the one they were asked
    about.
    """
    found = [one for one in _standing(scene) if wanted in (0, one.id)]
    if not found:
        return None
    return found[0] if scene.date() - _day(found[0]) <= STILL_CHANGEABLE else None


def _day(fact: Fact) -> date:
    return date.fromisoformat(str(fact.body["day"]))


def _added(scene: Scene, fact: Fact) -> Sequence[Fact]:
    """Return what was kept of the same day after `fact` was first kept, and before the next one."""
    if scene.loaded is None:
        return ()
    since = _first_kept(scene, fact)
    later = [_first_kept(scene, one) for one in _standing(scene) if one.id != fact.id]
    until = min((at for at in later if at > since), default=None)
    return [
        one
        for one in scene.loaded.facts
        if one.kind in ADDED
        and one.body.get("day") == fact.body["day"]
        and since <= one.at
        and (until is None or one.at < until)
    ]


def _first_kept(scene: Scene, fact: Fact) -> datetime:
    by_id = {one.id: one for one in scene.loaded.facts} if scene.loaded else {}
    while fact.replaces in by_id:
        fact = by_id[fact.replaces]
    return fact.at


def changed(scene: Scene, state: FlowState) -> Turn | Need:
    """Do what was chosen: open the check-in again, or remove it."""
    known = facts(state)
    if known.get("which") == "undo" and known.get("sure") is not True:
        return close(scene, state)
    if scene.loaded is None:
        return NEED
    wanted = known.get("fact")
    fact = _changeable(scene, wanted if isinstance(wanted, int) else 0)
    if fact is None:
        return _nothing(scene)
    if known.get("which") == "undo":
        return _take_back(scene, state, fact)
    return _reopen(scene, state, fact, str(known.get("which")))


def _take_back(scene: Scene, state: FlowState, fact: Fact) -> Turn:
    """Remove a check-in and what was added to it, also what is only being added or corrected."""
    added = _added(scene, fact)
    gone = Forget(facts=(fact.id, *(one.id for one in added)))
    flows = tuple(
        s
        for s in scene.session.flows
        if s.replaces != fact.id and not (s.flow in ADDED and s.day == fact.body["day"])
    )
    known = {**state.given, "weekday": weekday(_day(fact)), "along": len(added)}
    checked = _still_checked(scene, fact)
    without = scene.with_session(replace(scene.session, flows=flows, checked=checked))
    return close(without, replace(state, given=known), effects=(gone,))


def _still_checked(scene: Scene, gone: Fact) -> str:
    """Return the day and part of day of the newest check-in once `gone` is taken back.

    Taking yesterday's back leaves today's what it was.
    """
    left = [one for one in _standing(scene) if one.id != gone.id and not one.body.get("partial")]
    if not left:
        return ""
    newest = max(left, key=lambda one: (_day(one), _first_kept(scene, one)))
    day, at = _day(newest), _first_kept(scene, newest)
    if scene.session.checked.startswith(day.isoformat()) and day != _day(gone):
        return scene.session.checked
    zone, starts = scene.session.zone, scene.session.wishes.day_starts
    part = part_of_day(at, zone) if member_day(at, zone, starts) == day else "past"
    return f"{day.isoformat()} {part}"


def _reopen(scene: Scene, state: FlowState, fact: Fact, which: str) -> Turn:
    """Open the check-in again, in the same message, with all as it was but the answer to change.

    "changed" names that answer for the closings: whoever mends their mood is not led through the
    talk about a lapse a second time. An unfinished correction of the same check-in gives way: two
    would both replace it, and neither the other.
    """
    flow = scene.library.flows["checkin"]
    day = _day(fact)
    meant = pair.intention(scene, day, anew=True)
    given = {**scene.given(), **meant, "weekday": weekday(day), "changed": which}
    if day != scene.date():
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


FEATURE = Feature(name="correction", commands={"change": change}, endings={"change": changed})
