"""Up to three questions a member asks themself on the extra page: made, reworded, removed.

They live in the session, in the member's own words. Answers are kept beside the words they were
given to, so a question may change or go without an older answer coming to stand under other words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Literal

from bot.core.asking import go
from bot.core.effects import Turn
from bot.core.flow import facts
from bot.core.state import FlowState, OwnQuestion
from bot.core.text import text
from bot.features.scene import Feature, Scene, begin, close, interject

MOST = 3

KINDS: Mapping[str, Literal["scale", "yes-no", "number"]] = {
    "scale": "scale",
    "yesno": "yes-no",
    "number": "number",
}
"""What the form calls the ways to answer, and what they are."""

PLACES = ("first", "second", "third")


def questions(scene: Scene) -> Turn:
    """Show the member's own questions, and ask what to do about them.

    Where words are not kept, those from before are still there to be seen and removed.
    """
    session = scene.session
    mine, writes = session.wishes.questions, _may_write(scene)
    if not mine and not writes:
        may_change = session.age == "adult" and scene.event.place.keeps_text
        choices = (go("settings"),) if may_change else ()
        return interject(scene, text("questions-off"), choices=choices)
    extra: dict[str, str | int | bool] = {
        "count": len(mine),
        "room": MOST - len(mine) if writes else 0,
        "keep_words": writes,
    }
    for place in range(MOST):
        there = mine[place] if place < len(mine) else OwnQuestion("")
        extra |= {f"own{place + 1}": there.words, f"own{place + 1}_kind": there.kind}
    return begin(scene, scene.library.flows["questions"], extra=extra)


def _may_write(scene: Scene) -> bool:
    return scene.session.keep_words and scene.event.place.keeps_text


def settled(scene: Scene, state: FlowState) -> Turn:
    """Put what was chosen into effect: one question more, reworded, or fewer."""
    known = facts(state)
    session = scene.session
    if known.get("do") == "remove" or _may_write(scene):
        mine = _changed(session.wishes.questions, known)
        wishes = replace(session.wishes, questions=mine)
        scene = scene.with_session(replace(session, wishes=wishes))
    return close(scene, state)


def _changed(mine: tuple[OwnQuestion, ...], known: Mapping[str, object]) -> tuple[OwnQuestion, ...]:
    """Return the questions after the form; a question that has gone meanwhile stays gone."""
    what, words, reworded = known.get("what"), known.get("words"), known.get("reworded")
    if what == "add" and isinstance(words, str) and len(mine) < MOST:
        kind = KINDS.get(str(known.get("kind")), "scale")
        return (*mine, OwnQuestion(words.strip(), kind))
    place = PLACES.index(str(what)) if what in PLACES else MOST
    if place >= len(mine) or mine[place].words != known.get(f"own{place + 1}"):
        return mine
    if known.get("do") == "remove":
        return (*mine[:place], *mine[place + 1 :])
    if known.get("do") == "reword" and isinstance(reworded, str):
        return (*mine[:place], replace(mine[place], words=reworded.strip()), *mine[place + 1 :])
    return mine


FEATURE = Feature(
    name="ownquestions",
    commands={"questions": questions},
    endings={"questions": settled},
)
