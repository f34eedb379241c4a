"""What is said to someone whom an exercise did not help, or makes it worse for.

Law: whoever says so is never told to go on, and never congratulated. Never here: how that is
recognised (`content/smalltalk.toml`), or which exercises are offered instead (`coping.py`).
"""

from __future__ import annotations

from dataclasses import replace

from bot.core.asking import go
from bot.core.effects import Choice, Turn
from bot.core.flow import Question
from bot.core.state import with_flows
from bot.core.text import Text, text
from bot.features.coping import STILL_SO, person
from bot.features.scene import Scene, after, partial_record, resume, tell

NO_HELP = "not-working"
"""The entry for what helped nothing."""

NOT_OVER = frozenset({NO_HELP, "still-wanted", "worse"})
"""Entries that tell, after an exercise, that what it was for is still there."""

STOPS = frozenset({NO_HELP, "worse", "dizzy", "breathless"})
"""Entries that end an exercise they are said in."""

BODY = frozenset({"dizzy", "breathless"})
"""Those that say themselves what is to be done now."""


def lately(scene: Scene) -> bool:
    """Tell whether an exercise was done a while ago at most."""
    coping = scene.session.coping
    return bool(coping.did) and scene.event.at - coping.did_at < STILL_SO


def after_one(scene: Scene, said: Text) -> Turn:
    """Say `said` after an exercise that did not do it: another way, not this one, a person."""
    did = scene.session.coping.did
    # It is what is talked about: a visitor's is let go of with the next thing that is not.
    scene = scene.with_session(replace(scene.session, coping=replace(scene.session.coping)))
    return tell(scene, said, choices=_ways(scene, did))


def stopped(scene: Scene, question: Question, entry: str, said: Text) -> Turn:
    """End the exercise `question` is of, as it hurts or is of no use; keep what there is of it.

    What was open before it is asked again behind it.
    """
    state, session = question.state, scene.session
    kept, name = partial_record(scene, state), str(state.given.get("skill", ""))
    coping = replace(
        session.coping,
        state=str(state.given.get("state", "")),
        rated=-1,
        at=scene.event.at,
        passed=tuple(dict.fromkeys((*session.coping.passed, name))),
        last=name,
        did=name,
        did_at=scene.event.at,
    )
    rest = replace(with_flows(session, session.flows[:-1]), coping=coping)
    scene = scene.with_session(rest)
    body = (said, text("guide-closed")) if entry in BODY else (text("guide-stopped"),)
    first = (go("crisis"),) if entry in BODY else ()
    choices = tuple(dict.fromkeys((*first, *_ways(scene, name))))
    turn = tell(scene, *body, choices=choices)
    return after(Turn(turn.session, (*kept, *turn.effects)), resume(scene))


def _ways(scene: Scene, done: str) -> tuple[Choice, ...]:
    session = scene.session
    drop = Choice(text("button-cope-drop"), f"go.drop-{done}")
    may_drop = session.welcomed and done not in session.wishes.unwanted
    ways, to = (go("cope-more"), *((drop,) if may_drop else ())), person(session.coping.state)
    return (to, *ways) if session.coping.state == "ending" else (*ways, to)
