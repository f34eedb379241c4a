"""Leaving: what will go, one confirmation, and a receipt that is true."""

from __future__ import annotations

from bot.core.effects import Forget, Message, Need, Say, Turn
from bot.core.flow import facts
from bot.core.state import FlowState, Session
from bot.core.text import text
from bot.features.scene import Feature, Scene, begin, close


def forget(scene: Scene) -> Turn | Need:
    """Ask once, saying how much there is to remove."""
    if scene.loaded is None:
        return Need(counts=True)
    counted = dict(scene.loaded.counts)
    checkins = counted.pop("checkin", 0)
    extra = {"checkins": checkins, "others": sum(counted.values())}
    return begin(scene, scene.library.flows["forget"], extra=extra)


def confirmed(scene: Scene, state: FlowState) -> Turn:
    """Remove everything if the answer was yes; the receipt is sent when it is done."""
    if facts(state).get("sure") is not True:
        return close(scene, state)
    nobody = Session(person=scene.session.person, lang=scene.session.lang)
    return Turn(nobody, (Forget(), Say(Message((text("forget-receipt"),)))))


FEATURE = Feature(
    name="forget",
    commands={"forget": forget},
    endings={"forget": confirmed},
    visitors=frozenset({"forget"}),
)
