"""The page that settings turn over in one message, and the short forms that open from it.

Laws: (1) a page keeps nothing open: whatever was asked before waits; (2) every page says how things
are now, so a tap on an old one does no more than its words said; (3) at most eight buttons.
"""

from __future__ import annotations

from dataclasses import replace

from bot.core.asking import go
from bot.core.effects import Ask, Choice, Edit, Effect, Message, Say, Turn
from bot.core.events import Tapped
from bot.core.state import with_flows
from bot.core.text import Text, text
from bot.features.scene import FORMS, Scene, begin

KEY = "settings"
"""The message that pages and forms share; each changes it in place where it was tapped."""


def button(label: Text, choice: str) -> Choice:
    """Return a button that gives the command `choice`, named as it is only on a page."""
    return Choice(label, f"go.{choice}")


DONE = button(text("page-done"), "set-done")
"""Closes the page and goes on with whatever is open."""


def back(page: str = "main") -> Choice:
    """Return the button that leads back to `page`."""
    return button(text("page-back"), f"set-{page}")


def show(
    scene: Scene, *body: Text, choices: tuple[Choice, ...] = (), in_place: bool = True
) -> Turn:
    """Return the turn that shows a page; with `in_place` a tap changes the one it stood on.

    Where a question is open, there is a button back to it.
    """
    scene = without_forms(scene)
    if scene.session.flows and choices and DONE not in choices:
        choices = (*choices, go("resume"))
    message = Message(body, choices)
    edits = in_place and isinstance(scene.event, Tapped) and scene.event.place.edits
    effect: Effect = Edit(message, KEY) if edits else Say(message, KEY)
    return Turn(scene.session, (effect,))


def form(
    scene: Scene,
    flow: str,
    *lead: Text,
    extra: dict[str, str | int | bool] | None = None,
    choices: tuple[Choice, ...] = (),
) -> Turn:
    """Return the turn that opens the form `flow` in the page's message.

    `choices` stand above its own buttons. A number then means one of them: none of these forms
    is answered with a bare number.
    """
    scene = without_forms(scene)
    turn = begin(scene, scene.library.flows[flow], extra=extra, lead=lead, key=KEY)
    if not choices:
        return turn
    *before, last = turn.effects
    if not isinstance(last, Ask | Edit):
        return turn
    asked = replace(last.message, choices=(*choices, *last.message.choices), typed=False)
    return Turn(turn.session, (*before, replace(last, message=asked)))


def without_forms(scene: Scene) -> Scene:
    """Return the scene with no form of the page open or parked."""
    flows = scene.session.flows
    others = tuple(state for state in flows if state.flow not in FORMS)
    if len(others) == len(flows):
        return scene
    return scene.with_session(with_flows(scene.session, others))
