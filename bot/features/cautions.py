"""Which kinds of exercises a member wants left out: a page of switches, and no reason asked.

Laws: (1) what is left out is offered nowhere; (2) asked for by name, an exercise of such a kind
says so first, and the way back stands below it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.core.asking import go
from bot.core.effects import Choice, Turn
from bot.core.skills import CAUTIONS, Caution, Skill
from bot.core.text import Text, text
from bot.features.ongoing import asked_for, given_up
from bot.features.pages import back, show
from bot.features.scene import Command, Feature, Scene, tell


def cautions(scene: Scene) -> Turn:
    """Show what is left out, in a message of its own."""
    return page(scene, in_place=False)


def page(scene: Scene, *lead: Text, in_place: bool = True, on: str = "skills") -> Turn:
    """Show what is left out, with a switch for each kind; the command `on` leads on from it."""
    switches = [_switch(one, out=one in scene.session.wishes.left_out) for one in CAUTIONS]
    leads = (go(on), back()) if scene.session.welcomed else (go("cope-more"),)
    choices = (*switches, *leads)
    return show(scene, *lead, text("settings-cautions"), choices=choices, in_place=in_place)


def _switch(what: Caution, *, out: bool) -> Choice:
    """Return the switch for `what`: its token is what a tap does to it as it is shown."""
    return Choice(text(f"caution-{what}"), f"go.{'with' if out else 'out'}-{what}", out)


def switch(what: Caution, *, out: bool) -> Command:
    """Return the command that leaves exercises with `what` out, or offers them again.

    One that is open and has it ends: who is dizzy in a breath is not led on through it.
    """

    def run(scene: Scene) -> Turn:
        skills = scene.library.skills.values()
        with_it = {one.id for one in skills if what in one.cautions}
        wishes = scene.session.wishes
        chosen = {*wishes.left_out, what} if out else {*wishes.left_out} - {what}
        wishes = replace(wishes, left_out=tuple(one for one in CAUTIONS if one in chosen))
        scene = scene.with_session(replace(scene.session, wishes=wishes))
        if not out:
            return page(scene)
        scene, kept, closed = given_up(scene, lambda one: one in with_it)
        shown = page(scene, *closed, on="cope-more" if closed else "skills")
        return Turn(shown.session, (*kept, *shown.effects))

    return run


def left_out(scene: Scene, skill: Skill) -> tuple[Caution, ...]:
    """Return which of the kinds that `skill` is of are left out; none where it may be offered."""
    return tuple(one for one in skill.cautions if one in scene.session.wishes.left_out)


def said_first(scene: Scene, skill: Skill) -> Turn:
    """Say that `skill`, asked for by name, is of a kind that is left out; it can be done once.

    For a while: a year from now nobody remembers what they agreed to.
    """
    scene = asked_for(scene, skill)
    once = Choice(text("button-cope-once"), f"go.once-{skill.id}")
    first, *_ = left_out(scene, skill)
    choices = [once, go(f"with-{first}"), go("cope-more")]
    choices += [go("resume")] if scene.session.flows else []
    return tell(scene, text("left-out-first", caution=first), choices=tuple(choices))


def hint(scene: Scene, skill: Skill) -> tuple[Choice, ...]:
    """Return the button that leads here from `skill`, where it is of a kind to leave out."""
    return (go("cautions"),) if set(skill.cautions) - {*left_out(scene, skill)} else ()


_COMMANDS: Mapping[str, Command] = {
    "cautions": cautions,
    **{f"out-{one}": switch(one, out=True) for one in CAUTIONS},
    **{f"with-{one}": switch(one, out=False) for one in CAUTIONS},
}

FEATURE = Feature(name="cautions", commands=_COMMANDS, visitors=frozenset(_COMMANDS))
