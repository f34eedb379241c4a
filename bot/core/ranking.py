"""Which exercises have eased what for this member, beyond what time alone did.

Laws: (1) only the member's own runs count, each in the state it was for; (2) what waiting alone
brought them is subtracted from what every exercise brought; (3) nothing is claimed of fewer than
three runs; (4) a better run never lowers an exercise, and equals stand in the order of their ids.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.core.effects import Fact
from bot.core.skills import WAIT, Skill

KIND = "skill"
"""The kind of record that a run leaves."""

WEIGHT = 3
"""How many runs the prior counts for."""

PRIORS: Mapping[int, float] = {1: 1.0, 2: 0.8, 3: 0.6}
"""What an exercise is taken to bring before it was tried, by its tier of evidence, in points."""

FIT = 0.2
"""What is added for the state an exercise fits best, and taken off for one it is not made for."""

REST = timedelta(hours=24)
"""For how long an exercise is not offered again unless it is asked for."""

CLAIM_FROM = 3
"""Runs from which on something may be said about them."""


@dataclass(frozen=True, slots=True)
class Run:
    """One run of an exercise: for what, and how strong that was before and after, 0 to 10."""

    skill: str
    state: str
    at: datetime
    before: int | None = None
    after: int | None = None

    @property
    def gain(self) -> int | None:
        """By how much it was less afterwards; None where it was not rated twice."""
        return None if self.before is None or self.after is None else self.before - self.after


@dataclass(frozen=True, slots=True)
class Claim:
    """What may be said of an exercise in a state: it was less afterwards `times` of `of`."""

    times: int
    of: int


def runs(facts: Iterable[Fact]) -> tuple[Run, ...]:
    """Return the runs that `facts` tell of; practice on a calm day counts as done, not as rated."""
    found = []
    for fact in facts:
        skill, state = fact.body.get("skill"), fact.body.get("state")
        if fact.kind == KIND and isinstance(skill, str) and isinstance(state, str):
            before, after = fact.body.get("before"), fact.body.get("after")
            if fact.body.get("practice") is True:
                before = after = None
            found.append(
                Run(
                    skill,
                    state,
                    fact.at,
                    before if isinstance(before, int) else None,
                    after if isinstance(after, int) else None,
                )
            )
    return tuple(found)


def natural_fall(done: Iterable[Run], state: str) -> float:
    """Return what waiting alone brought in `state`, in points; 0 where that is not known yet."""
    gains = _gains(done, WAIT, state)
    return max(0.0, sum(gains) / (WEIGHT + len(gains)))


def score(skill: Skill, state: str, done: Sequence[Run]) -> float:
    """Return how much `skill` eases `state` for this member, in points of the 0-10 scale.

    The mean of what it brought beyond waiting, drawn towards a prior that counts like three runs.
    """
    gains = _gains(done, skill.id, state)
    fall = natural_fall(done, state)
    return (WEIGHT * prior(skill, state) + sum(one - fall for one in gains)) / (WEIGHT + len(gains))


def prior(skill: Skill, state: str) -> float:
    """Return what `skill` is taken to bring in `state` before it was tried: 0.4 to 1.2 points."""
    fit = FIT if skill.states[0] == state else 0.0 if state in skill.states else -FIT
    return PRIORS[skill.tier] + fit


def claim(skill: Skill, state: str, done: Iterable[Run]) -> Claim | None:
    """Return what may be said of `skill` in `state`; None of fewer than three runs."""
    gains = _gains(done, skill.id, state)
    if len(gains) < CLAIM_FROM:
        return None
    return Claim(sum(one > 0 for one in gains), len(gains))


def _gains(done: Iterable[Run], skill: str, state: str) -> list[int]:
    return [
        one.gain
        for one in done
        if (one.skill, one.state) == (skill, state) and one.gain is not None
    ]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What may be offered, and when: without these `cautions`, and none of `unwanted`.

    `part` is the part of day; `passed_over` are ids that were offered just before.
    """

    at: datetime
    part: str
    cautions: Collection[str] = ()
    unwanted: Collection[str] = ()
    passed_over: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Offer:
    """The `best` two, and one not tried before; `new` is None where all have been tried."""

    best: tuple[Skill, ...]
    new: Skill | None = None

    @property
    def skills(self) -> tuple[Skill, ...]:
        """All that is offered, in the order it is shown."""
        return (*self.best, self.new) if self.new else self.best


def offer(
    skills: Iterable[Skill], state: str, done: Sequence[Run], wanted: Wanted, *, most: int = 3
) -> Offer:
    """Return what to offer in `state`: the two that eased it best, and one that is new.

    None that was done within a day, until nothing else is left. Where nothing new is left, a third
    of the best takes its place.
    """
    able = [one for one in skills if _may_be_offered(one, state, wanted)]
    recent = {one.skill for one in done if wanted.at - one.at < REST}
    for kept_out in (recent | set(wanted.passed_over), recent, set[str]()):
        ranked = sorted(
            (one for one in able if one.id not in kept_out),
            key=lambda one: (-score(one, state, done), one.id),
        )
        if ranked:
            return _slots(ranked, {one.skill for one in done}, most)
    return Offer(())


def _may_be_offered(skill: Skill, state: str, wanted: Wanted) -> bool:
    return (
        state in skill.states
        and not set(skill.cautions) & set(wanted.cautions)
        and skill.id not in wanted.unwanted
        and wanted.part not in skill.not_at
    )


def _slots(ranked: Sequence[Skill], tried: Collection[str], most: int) -> Offer:
    best = tuple(ranked[: most - 1])
    new = next((one for one in ranked[most - 1 :] if one.id not in tried), None)
    if new is None:
        return Offer(tuple(ranked[:most]))
    return Offer(best, new)
