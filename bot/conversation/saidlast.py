"""What we said last, by its names: so that "why do you say that" has something to point at.

Laws: (1) before consent nothing is remembered here, save what is hard, and the exercise just done
for it, until the next thing done: so neither need be said again; (2) names of sentences only, never
a word that was typed or filled in; (3) what was held of the member's own words goes with the next
answer.
"""

from __future__ import annotations

from dataclasses import replace

from bot.core import guide
from bot.core.effects import Ask, Attach, Edit, Message, Need, Say, Turn
from bot.core.state import Coping, Latest, Session, with_latest

MOST = 6
"""A card in an emergency with all its lines has as many."""

NOTHING_HARD = Coping()


def noted(before: Session, turn: Turn | Need) -> Turn | Need:
    """Return `turn` with the names of what it says in its session; it began with `before`.

    A helpline is named by its id. What leads up to a question is not named, the question is. Words
    that a feature put into `latest` during this turn stay, older ones go.
    """
    if isinstance(turn, Need) or not turn.session.welcomed:
        return turn
    said = _names(turn)
    latest = turn.session.latest
    if not said:
        return turn
    there = Latest(said)
    if latest is not before.latest:
        there = Latest(said, latest.words, latest.day, latest.mark)
    if there == latest:
        return turn
    return Turn(with_latest(turn.session, there), turn.effects)


def let_go(before: Session, turn: Turn | Need) -> Turn | Need:
    """Return `turn` without what a visitor said was hard, unless this very turn was about it."""
    if isinstance(turn, Need) or turn.session.welcomed:
        return turn
    if turn.session.coping is not before.coping or before.coping == NOTHING_HARD:
        return turn
    return Turn(replace(turn.session, coping=NOTHING_HARD), turn.effects)


def _names(turn: Turn) -> tuple[str, ...]:
    flows = turn.session.flows
    found: dict[str, None] = {}
    for effect in turn.effects:
        match effect:
            case Ask(message=message):
                found[_asked(message)] = None
            case Edit(message=message, key=key) if flows and flows[-1].run == key:
                found[_asked(message)] = None
            case Say(message=message) | Edit(message=message) | Attach(message=message):
                for one in message.body:
                    named = one.key != "line" or not one.args
                    found[one.key if named else f"line {one.args[0][1]}"] = None
    return tuple(found)[:MOST]


def _asked(message: Message) -> str:
    """Return the name of the question itself: it stands last, but for a part of an exercise."""
    keys = [one.key for one in message.body]
    if keys[-1] != guide.PLACE:
        return keys[-1]
    return next((one for one in reversed(keys) if one.startswith("skill-")), keys[-1])
