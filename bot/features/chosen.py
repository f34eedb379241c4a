"""Which of the exercises that were offered last somebody means by a few words.

"1", "the first one", "surf", "la de respirar". Law: words beside it that tell anything else make
it no choice, and a word that two of the titles have chooses neither.
"""

from __future__ import annotations

from datetime import timedelta

from bot.core.content import Phrases
from bot.core.effects import Need, Turn
from bot.core.heard import normalise
from bot.core.skills import Skill
from bot.features.coping import how_strong
from bot.features.exercise import do
from bot.features.scene import Scene

STILL_THERE = timedelta(hours=1)
"""For how long what was offered may be chosen by its name, below other messages too."""

MOST_WORDS = 6
"""How long a choice may be."""

HIGHEST = 10


def chosen(scene: Scene, said: str) -> Turn | Need | None:
    """Begin the exercise that `said` names, of those offered last; None where it names none.

    A place in the list counts only right below it. A number that is none says how strong it is.
    """
    session, phrases = scene.session, scene.library.phrases
    skills = [scene.library.skills.get(one) for one in session.coping.offered]
    near = scene.event.at - session.coping.at < STILL_THERE
    words = normalise(said).split()
    if not near or not words or len(words) > MOST_WORDS or "?" in said or not any(skills):
        return None
    telling = [one for one in words if one not in phrases.choosing]
    if len(telling) > 1:  # "the first one", "la de respirar una"
        telling = [one for one in telling if phrases.numbers.get(one) != 1]
    below = not session.welcomed or "cope-offers" in session.latest.said
    place = _place(telling, phrases) if below else None
    if place is not None and place <= len(skills):
        skill = skills[place - 1] if place else skills[-1]
        return do(scene, name=skill.id) if skill else None
    if place is not None and place <= HIGHEST:
        return how_strong(scene, place)
    named = _named(telling, [one for one in skills if one], phrases)
    return do(scene, name=named.id) if named else None


def _place(words: list[str], phrases: Phrases) -> int | None:
    """Return the place that one word names, from 1 on; 0 for the last one; None for no place."""
    if len(words) != 1:
        return None
    word = words[0]
    if word in phrases.places:
        return phrases.places[word]
    if word.isascii() and word.isdigit() and len(word) <= 2:
        return int(word) or None
    return phrases.numbers.get(word) or None


def _named(words: list[str], skills: list[Skill], phrases: Phrases) -> Skill | None:
    """Return the one skill whose title has all of `words`, and one of them alone."""
    titles = {one.id: _title(one, phrases) for one in skills}
    has = [one for one in skills if words and titles[one.id].issuperset(words)]
    if len(has) != 1:
        return None
    others = set().union(*(titles[one.id] for one in skills if one is not has[0]))
    return has[0] if set(words) - others else None


def _title(skill: Skill, phrases: Phrases) -> set[str]:
    """Return the words of what `skill` is called, in every language, that tell anything."""
    names = [one for one, command in phrases.commands.items() if command == f"do-{skill.id}"]
    return {word for one in names for word in one.split()} - phrases.choosing
