"""What helps me: which exercises were followed by relief, and why just these are offered.

Belongs here: the ranking's own numbers in plain words. Never: the ranking (`core/ranking.py`), nor
a word about runs that are too few, or from before a fresh page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from bot.core.asking import go
from bot.core.effects import Need, Turn
from bot.core.ranking import (
    NO_RUNS,
    Claim,
    Sums,
    claim,
    helped,
    may_be_offered,
    natural_fall,
    runs,
    sums,
)
from bot.core.skills import WAIT, Skill
from bot.core.text import Text, text
from bot.features.coping import MEMORY, begins, done, person, said_state, wanted
from bot.features.scene import Feature, Scene, interject

STILL_THERE = timedelta(hours=24)
"""For how long "these" are those that were offered last."""

FEW_STATES = 3
"""Up to so many states the two best of each are told, of more only the best."""

MOST_TOLD = 6
"""Exercises on the page: with their lines they fit a phone."""

MOST_IN_PASSING = 2
"""Exercises that looking back tells of."""


# --- what helps me --------------------------------------------------------------------------------


def show(scene: Scene) -> Turn | Need:
    """Tell what eased what, the best of each state, from three runs on; or what that takes."""
    if not scene.session.welcomed:
        return interject(scene, text("helps-visitor"), choices=(go("cope"), go("join")))
    if scene.loaded is None:
        return MEMORY
    found = _best(scene, sums(done(scene)))
    each = 2 if len(found) <= FEW_STATES else 1
    lines = [
        line
        for state, pairs in found[:MOST_TOLD]
        for skill, said in pairs[:each]
        for line in _told(scene, skill, state, said)
    ]
    session = scene.session
    if not lines and session.age == "minor":
        return interject(scene, text("helps-minor"), choices=(go("cope"),))
    if not lines and not session.keep_checkins:
        return interject(scene, text("helps-off"), choices=(go("settings"), go("cope")))
    if not lines:
        return interject(scene, text("helps-none"), choices=(go("cope"),))
    body = [text("helps-title"), *lines, text("helps-how")]
    if not session.keep_checkins:
        body.append(text("back-kept-before"))
    return interject(scene, *body, choices=(go("cope"), go("lookback")))


def in_passing(scene: Scene, first: str) -> tuple[Text, ...]:
    """Return a few lines of what eased what since the day `first` (ISO), for looking back."""
    facts = scene.loaded.facts if scene.loaded else ()
    found = _best(scene, sums(runs(facts, first)))
    return tuple(
        line
        for state, ((skill, said), *_) in found[:MOST_IN_PASSING]
        for line in _told(scene, skill, state, said)
    )


def _best(scene: Scene, known: Sums) -> list[tuple[str, tuple[tuple[Skill, Claim], ...]]]:
    """Return what eased each state, the best first; the state with the most runs comes first."""
    rated: Counter[str] = Counter()
    for (_, state), one in known.items():
        rated[state] += one.of
    skills = scene.library.skills.values()
    by_runs = sorted(rated, key=lambda state: (-rated[state], state))
    found = [(state, helped(skills, state, known)) for state in by_runs]
    return [(state, pairs) for state, pairs in found if pairs]


def _told(scene: Scene, skill: Skill, state: str, said: Claim) -> Iterator[Text]:
    """Yield what `skill` is called, and below it what became of `state`."""
    yield text(f"skill-{skill.id}-named", minutes=skill.minutes)
    yield _in_numbers(scene, state, said)


def _in_numbers(scene: Scene, state: str, said: Claim) -> Text:
    before, after = rounded(said.before), rounded(said.after)
    change = "some" if before != after else "little" if said.after < said.before else "none"
    numbers = text(
        "helps-so",
        state=said_state(scene, state),
        times=said.times,
        of=said.of,
        change=change,
        before=before,
        after=after,
    )
    return replace(numbers, tight=True)


def rounded(value: float) -> int:
    """Return `value` as a whole number, halves upwards."""
    return int(value + 0.5)


# --- why these ------------------------------------------------------------------------------------


def why_these(scene: Scene) -> Turn | Need:
    """Tell by which rule exercises are offered, and what is known of those offered last."""
    if scene.loaded is None:
        return MEMORY
    coping = scene.session.coping
    lately = scene.event.at - coping.at < STILL_THERE
    offered = [scene.library.skills.get(one) for one in coping.offered if lately]
    now = wanted(scene, ())  # much may have been left out, or be nothing for this hour, since
    these = [one for one in offered if one and may_be_offered(one, coping.state, now)]
    if not these:
        return interject(scene, text("these-how"), choices=(go("cope"),))
    known = sums(done(scene))
    body = [text("these-how")]
    for one in these:
        body += (text(f"skill-{one.id}-named", minutes=one.minutes), _reason(scene, one, known))
    body += _waiting(scene, known)
    choices = (*(begins(one) for one in these), go("cope-more"), person(coping.state))
    return interject(scene, *body, choices=choices)


def _reason(scene: Scene, skill: Skill, known: Sums) -> Text:
    """Return what `skill` stands where it does for: what it brought, or what is known of it."""
    state = scene.session.coping.state
    if said := claim(skill.id, state, known):
        return _in_numbers(scene, state, said)
    if rated := known.get((skill.id, state), NO_RUNS).of:
        return replace(text("these-few", n=rated), tight=True)
    tried = any((one.skill, one.state) == (skill.id, state) for one in done(scene) if one.ended)
    known_by = text("these-unrated", tried="yes" if tried else "no", tier=skill.tier)
    return replace(known_by, tight=True)


def _waiting(scene: Scene, known: Sums) -> Iterator[Text]:
    """Yield what is taken off for time alone, where waiting is an exercise for what is hard."""
    state = scene.session.coping.state
    wait = scene.library.skills.get(WAIT)
    if wait and state in wait.states:
        waits = known.get((WAIT, state), NO_RUNS).of
        measured = "no" if not waits else "yes" if claim(WAIT, state, known) else "few"
        by = rounded(natural_fall(known, state))
        yield text("these-wait", measured=measured, by=by)


FEATURE = Feature(
    name="helps",
    commands={"helps": show, "why-these": why_these},
    visitors=frozenset({"helps", "why-these"}),
)
