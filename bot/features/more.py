"""The extra page of a check-in: sleep, body, triggers, and first the member's own questions.

It is folded away behind a button until someone wants it with every check-in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.core.asking import go
from bot.core.effects import Need, Turn
from bot.core.flow import facts
from bot.core.state import FlowState
from bot.core.text import text
from bot.features import planned
from bot.features.scene import Command, Feature, Keeps, Scene, begin, finish, interject


def ask_more(scene: Scene) -> Turn:
    """Ask the extra page of today."""
    return begin(scene, scene.library.flows["more"], extra=_own(scene))


def _own(scene: Scene) -> Mapping[str, str]:
    """Return the member's own questions as they are now, by place: own1, own1_kind and so on.

    A page that is open keeps the questions it began with: an answer must not come to stand under
    other words. Where words are not kept, none of these is asked.
    """
    running = any(s.flow == "more" and s.day == scene.today() for s in scene.session.flows)
    if running or not (scene.session.keep_words and scene.event.place.keeps_text):
        return {}
    given: dict[str, str] = {}
    for place, one in enumerate(scene.session.wishes.questions, 1):
        given[f"own{place}"] = one.words
        given[f"own{place}_kind"] = one.kind
    return given


def asked(scene: Scene, state: FlowState) -> Turn | Need:
    """Keep the page; what pulled may be what a plan is for, or could be."""
    pulled = facts(state).get("triggers")
    if not isinstance(pulled, tuple) or not pulled:
        return finish(scene, state)
    if scene.loaded is None:
        return planned.NEED
    state = planned.recalled(scene, state, pulled)
    return planned.pointed(finish(scene, state), state)


def always(on: bool) -> Command:
    """Return the command that puts the page after every check-in, or folds it away again."""

    def run(scene: Scene) -> Turn:
        session = scene.session
        if on and not session.keep_checkins:
            may_change = (go("settings"),) if session.age == "adult" else ()
            return interject(scene, text("more-needs-keeping"), choices=may_change)
        there = replace(session, wishes=replace(session.wishes, more=on))
        said, other = ("more-is-on", "more-off") if on else ("more-is-off", "more-on")
        choices = (go(other), go("questions")) if session.keep_words else (go(other),)
        return interject(scene.with_session(there), text(said), choices=choices)

    return run


FEATURE = Feature(
    name="more",
    commands={"more": ask_more, "more-on": always(True), "more-off": always(False)},
    endings={"more": asked},
    keeps=(
        Keeps(
            kind="more",
            what="the day, how you slept, hungry / angry / lonely / tired, what pulled at you, and "
            "your answers to questions of your own beside their words",
            why="so that you can see what goes with easier and harder days",
            until='you take back the check-in it belongs to, erase it under "what is kept", or '
            "with /forget",
        ),
    ),
)
