"""What moves a guided exercise on: a tap, a word, or the time a part takes.

Belongs here: everything between the first and the last part of one run. Never: what is rated before
and after, which is the flow's, or what an exercise says, which is its file's.
"""

from __future__ import annotations

from dataclasses import replace

from bot.conversation.openflow import advance, is_long_past
from bot.core import guide
from bot.core.effects import Edit, Need, Pace, Turn
from bot.core.events import Due, Tapped
from bot.core.flow import Question, open_question
from bot.core.guide import DONE, ENOUGH, NEXT, message, open_part, skill_text
from bot.core.heard import Misheard, hear, normalise
from bot.core.skills import Part, Skill
from bot.core.text import Text, text
from bot.core.verdict import Verdict
from bot.features import cards, nearest, smalltalk
from bot.features.scene import Scene, ask, ask_again, with_more

WORDS = {"skip": NEXT, "back": guide.BEFORE}
"""What the words that always work mean here."""

PAUSED = "paused"
"""Known of a run whose open part was told to stand still: to go on is to go on with that part."""

A_NAME = 2
"""So many words name a feeling; more of them tell of one."""


def is_open(question: Question | None) -> bool:
    """Tell whether `question` is an exercise that is being led through."""
    return question is not None and question.step.kind == "guide"


def due(scene: Scene, event: Due) -> Turn | Need:
    """Return the next moment of the exercise that `event` was set for.

    Nothing happens where the person has done something else since: the exercise stands still then,
    and below a talk in a hard moment, or days later, nothing moves. Where its file was edited so
    that the open part is gone, the exercise begins anew; where the part waits now, so does it.
    """
    question, nothing = open_question(scene.session, scene.library), Turn(scene.session)
    if question is None or not is_open(question) or not guide.can_move(event.place):
        return nothing
    state, skill = question.state, _skill(scene, question)
    if skill is None or state.nonce != event.mark or event.beat < 0:
        return nothing
    if cards.open_card(scene) or is_long_past(scene, state):
        return nothing
    part = open_part(skill, state)
    beats, following = part.beats(), event.beat + 1
    if state.part and skill.part(state.part) is None:
        return _show(scene, question, part)
    if not beats:
        return ask_again(scene, in_place=True)
    if following >= len(beats):
        return move(scene, question, NEXT)
    beat = beats[following]
    whom = nearest.beside(scene.session, scene.library, event.at, state)
    shown = message(
        question.flow, question.step, state, skill, place=event.place, beat=beat, lead=whom
    )
    return Turn(scene.session, (Edit(shown, state.run), Pace(event.mark, following, beat.seconds)))


def takes(scene: Scene, question: Question, said: str, verdict: Verdict) -> bool:
    """Tell whether `said`, however hard it is, is what the open question of an exercise asks for.

    That is a move or a number, and where it is led through a feeling that is named, or the one who
    is missed: an exercise that asks "what is the word for it?" is no place to be thrown out of.
    """
    if not isinstance(hear(question.step, said, scene.library.phrases, scene.date()), Misheard):
        return True
    named = verdict.category == "despair" and len(normalise(said).split()) <= A_NAME
    return is_open(question) and (named or verdict.category == "grief")


def answer(
    scene: Scene, question: Question, *, said: str = "", tapped: str = "", distress: bool = False
) -> Turn | Need:
    """Take a tap or words as a move; words that are none go with what the part asks for.

    Below the answer to words stands a way to a person, which the exercise itself has only beside
    thoughts of dying: it is to stay calm. Of `distress` there are two.
    """
    if tapped:
        return move(scene, question, tapped)
    if not said.strip():
        return ask_again(scene, text("heard-nothing"))
    heard = hear(question.step, said, scene.library.phrases, scene.date())
    if isinstance(heard, str):
        return move(scene, question, heard)
    # What is written along belongs to the exercise: it turns no page and is no small talk.
    heard_back, ways = smalltalk.in_an_exercise(scene, said, distress=distress)
    key = "guide-still" if "?" in said else "guide-heard"
    turn = ask(scene, scene.session.flows, heard_back or text(key), still=True, brief=True)
    return with_more(turn, ways)


def move(scene: Scene, question: Question, to: str, *lead: Text) -> Turn | Need:
    """Return the turn that makes the move `to` in the open exercise, with `lead` above it."""
    skill = _skill(scene, question)
    if skill is None or to == ENOUGH:
        return advance(scene, question, ENOUGH, text("guide-enough"))
    part = open_part(skill, question.state)
    match to:
        case guide.PAUSE:
            return _pause(scene, question)
        case guide.BEGIN | guide.RUN if _goes_on(scene, question, skill):
            return _show(scene, question, part)
        case guide.BEFORE:
            return _show(scene, question, _part_before(skill, part), *lead)
        case (
            guide.NEXT | guide.BEGIN | guide.RUN
        ):  # where nothing moves, to go on is to go to the next
            following = skill.after(part)
            if following:
                return _show(scene, question, following, *lead)
            return advance(
                scene, question, DONE, *lead, skill_text(skill, "closing", question.state)
            )
        case _:
            return ask_again(scene)


def _pause(scene: Scene, question: Question) -> Turn:
    """Let the open part stand still: in its own message, or in a word below what was typed."""
    state = replace(question.state, given={**question.state.given, PAUSED: True})
    flows = (*scene.session.flows[:-1], state)
    if isinstance(scene.event, Tapped) and scene.event.place.edits:
        return ask(scene, flows, in_place=True, still=True)
    return ask(scene, flows, text("guide-still"), still=True, brief=True)


def _goes_on(scene: Scene, question: Question, skill: Skill) -> bool:
    """Tell whether "go on" stays at the open part: it moves by itself, or was told to pause."""
    moves = guide.first_beat(skill, question.state, scene.event.place)
    return bool(moves) or question.state.given.get(PAUSED) is True


def _part_before(skill: Skill, part: Part) -> Part:
    return skill.parts[max(skill.parts.index(part) - 1, 0)]


def _show(scene: Scene, question: Question, part: Part, *lead: Text) -> Turn:
    given = {name: known for name, known in question.state.given.items() if name != PAUSED}
    state = replace(question.state, part=part.name, given=given)
    return ask(scene, (*scene.session.flows[:-1], state), *lead, in_place=True)


def _skill(scene: Scene, question: Question) -> Skill | None:
    return scene.library.skills.get(str(question.state.given.get("skill")))
