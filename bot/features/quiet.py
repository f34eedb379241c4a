"""Being left alone: a pause, writing nothing first at all, and the way back.

Law: only what is unasked stops. Whoever writes is answered, and a pause keeps what was promised.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from bot.core.asking import go
from bot.core.effects import Turn, Unremind
from bot.core.events import Said
from bot.core.localtime import weekday
from bot.core.text import text
from bot.features.care import NOTE
from bot.features.scene import Feature, Scene, after, interject, tell

PAUSE = timedelta(days=7)

FOR_EVER = "9999-12-31"
"""The day that never comes: nothing unasked until it is switched on."""


def offer(scene: Scene) -> Turn:
    """Answer "leave me alone" where nothing is open: what can stop, and what each way does."""
    if not scene.session.welcomed:
        return tell(scene, text("stop-idle"), choices=(go("menu"), go("forget")))
    quiet = scene.session.wishes.quiet
    choices = [go("pause"), go("off"), go("forget")]
    if quiet == FOR_EVER:
        choices = [go("on"), go("forget")]
        return tell(scene, text("stop-when-off"), choices=tuple(choices))
    if quiet > scene.today():
        choices[0] = go("on")
        until = _until(quiet)
        return tell(scene, text("stop-when-paused", **until), choices=tuple(choices))
    return tell(scene, text("stop-choices"), choices=tuple(choices))


def pause(scene: Scene) -> Turn:
    """Write nothing unasked for a week; the notes that were promised still come.

    Typed at an open question it may only mean that: it is asked first.
    """
    if scene.session.flows and isinstance(scene.event, Said):
        return tell(scene, text("pause-sure"), choices=(go("resume"), go("pause")))
    day = (scene.date() + PAUSE).isoformat()
    return _quiet(scene, day, interject(scene, text("paused", **_until(day)), choices=(go("on"),)))


def switch_off(scene: Scene) -> Turn:
    """Write nothing unasked until it is switched on again, and let go of promised notes."""
    turn = _quiet(scene, FOR_EVER, interject(scene, text("switched-off"), choices=(go("on"),)))
    return after(Turn(turn.session, (Unremind(NOTE),)), turn)


def switch_on(scene: Scene) -> Turn:
    """End a pause, or the silence."""
    return _quiet(scene, "", interject(scene, text("switched-on"), choices=(go("menu"),)))


def _until(day: str) -> dict[str, str]:
    return {"weekday": weekday(date.fromisoformat(day)), "date": day}


def _quiet(scene: Scene, day: str, turn: Turn) -> Turn:
    session = turn.session
    wishes = replace(session.wishes, quiet=day)
    return Turn(replace(session, wishes=wishes), turn.effects)


FEATURE = Feature(name="quiet", commands={"pause": pause, "off": switch_off, "on": switch_on})
