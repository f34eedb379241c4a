"""Shows where a guided exercise stands: one message, changed in place as it goes on.

Laws: (1) a place in an exercise is a part's name, so that its file may be edited meanwhile; (2)
what moves by itself can be stood still, and where nothing can move every part says all there is to
know. Timing is the shell's: here it is only said how long a moment lasts.
"""

from __future__ import annotations

from bot.core.asking import go, label
from bot.core.content import Flow, Step
from bot.core.effects import Choice, Message
from bot.core.events import Place
from bot.core.skills import MINUTE, Beat, Part, Skill
from bot.core.state import FlowState
from bot.core.text import Text, text

NEXT, PAUSE, BEGIN, RUN, ENOUGH = MOVES = ("next", "pause", "begin", "run", "enough")
"""The options of a guide: on to the next part, stand still, begin, go on from there, and end it."""

BEFORE = "before"
"""One part back: a move that has a word and no button."""

DONE = "done"
ENDS = (DONE, ENOUGH)
"""How an exercise ended: after its last part, or before."""

PLACE = "guide-place"
"""The last sentence of every part: which of how many it is, and what moves it where it waits."""

READING = 8
"""Seconds more for a part that has something else above it."""


def open_part(skill: Skill, state: FlowState) -> Part:
    """Return the part that `state` stands at: the first where it names none that is there."""
    return skill.part(state.part) or skill.parts[0]


def first_beat(skill: Skill, state: FlowState, place: Place) -> Beat | None:
    """Return the moment the open part begins with; None where it waits, or `place` cannot edit."""
    beats = open_part(skill, state).beats() if can_move(place) else ()
    return beats[0] if beats else None


def can_move(place: Place) -> bool:
    """Tell whether an exercise can move by itself in `place`; in a room there is none."""
    return place.edits and place.kind == "private"


def message(
    flow: Flow,
    step: Step,
    state: FlowState,
    skill: Skill,
    *,
    place: Place,
    beat: Beat | None,
    lead: tuple[Text, ...],
    brief: bool = False,
) -> Message:
    """Return the open part of `skill` behind `lead`, at `beat`; None where it stands still.

    A part that stands still says how long it would last. With `brief` its words are left out: they
    stand just above. The buttons carry the nonce of `state`.
    """
    part = open_part(skill, state)
    body = [*lead] if brief else [*lead, _words(skill, part, state)]
    own = state.given.get("own")
    if part.own and own and not brief:
        body.append(text("number", n=str(own)))
    if beat and beat.says:
        body.append(text(f"guide-{beat.says}", n=beat.number, of=beat.of))
    elif beat is None and part.lasts() >= MINUTE and not brief:
        body.append(text("guide-takes", n=round(part.lasts() / MINUTE)))
    number = skill.parts.index(part) + 1
    moves: tuple[str, ...] = (NEXT, ENOUGH)
    if part.lasts() and can_move(place):
        moves = (NEXT, PAUSE, ENOUGH) if beat else (RUN if state.part else BEGIN, NEXT, ENOUGH)
    waits = _waits_for(moves[0], skill.parts[:number], place)
    body.append(text(PLACE, n=number, of=len(skill.parts), waits=waits))
    choices = tuple(Choice(label(flow, step, m, state), f"{state.nonce}.{m}") for m in moves)
    return Message(tuple(body), (*choices, *way_to_a_person(state, skill)))


def _waits_for(first: str, parts: tuple[Part, ...], place: Place) -> str:
    """Return what the last of `parts` waits for, where that is not plain; "no" elsewhere.

    "begin" where it will move by itself, "next" where it does not and one before it did.
    """
    *before, part = parts
    if first == BEGIN:
        return BEGIN
    moved = can_move(place) and any(one.lasts() for one in before)
    return NEXT if moved and not part.lasts() else "no"


def way_to_a_person(state: FlowState, skill: Skill | None) -> tuple[Choice, ...]:
    """Return "help now" for every message of an exercise beside thoughts of dying; else nothing."""
    return (go("crisis"),) if near_dying(state, skill) else ()


def near_dying(state: FlowState, skill: Skill | None) -> bool:
    """Tell whether a run is for thoughts of dying, or of an exercise made for them before all."""
    return state.given.get("state") == "ending" or bool(skill and skill.states[0] == "ending")


def _words(skill: Skill, part: Part, state: FlowState) -> Text:
    """Return what the part says; its wording may depend on a few things that are known."""
    return skill_text(skill, f"part-{part.name}", state)


def skill_text(skill: Skill, which: str, state: FlowState) -> Text:
    """Return the sentence of `skill` called `which`: title, about, not_when, closing or a part."""
    given = state.given
    return text(
        f"skill-{skill.id}-{which}",
        discreet="yes" if given.get("discreet") is True else "no",
        path=str(given.get("path", "")),
        own="yes" if given.get("own") else "no",
    )
