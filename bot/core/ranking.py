"""Which exercises have eased what for this member, beyond what time alone did.

Laws: (1) only the member's own runs count, each in the state it was for; (2) what waiting alone
brought them is subtracted from what every exercise brought; (3) nothing is claimed of fewer than
three runs; (4) a better run never lowers an exercise, and equals stand in the order of their ids.
Why each number is what it is stands in decision record 18.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice

from bot.core.effects import Fact
from bot.core.skills import WAIT, Skill
from bot.core.state import Answer

KIND = "skill"
"""The kind of record that a run leaves."""

WEIGHT = 3
"""How many runs the prior counts for."""

PRIORS: Mapping[int, float] = {1: 1.0, 2: 0.8, 3: 0.4}
"""What an exercise is taken to bring before it was tried, by its tier of evidence, in points."""

FIT = 0.2
"""What is added for the state an exercise fits best."""

REST = timedelta(hours=24)
"""For how long an exercise is not offered again unless it is asked for."""

NEWEST = 200
"""The runs that count. Who does one a day is known by half a year; older ones are left behind."""

CLAIM_FROM = 3
"""Runs from which on something may be said about them."""

EXACT = 9
"""Decimals that count: without a limit, equals would differ by how a sum was rounded."""


@dataclass(frozen=True, slots=True)
class Run:
    """One run of an exercise: for what, and how strong that was before and after, 0 to 10.

    `practice`: on a calm day, to know how it goes. `ended`: it was led through, or ended with
    "enough"; one that was left for something else is begun and no more.
    """

    skill: str
    state: str
    at: datetime
    before: int | None = None
    after: int | None = None
    practice: bool = False
    ended: bool = True


def runs(facts: Iterable[Fact], first: str = "") -> tuple[Run, ...]:
    """Return the runs that count of those `facts` tell of, newest first as they are.

    They are from the day `first` (ISO) on, unless it is "". Practice is never rated: on a calm day
    there is nothing to ease.
    """
    found = []
    for fact in islice((one for one in facts if one.kind == KIND), NEWEST):
        body = fact.body
        skill, state = body.get("skill"), body.get("state")
        if not isinstance(skill, str) or not isinstance(state, str):
            continue
        if first and str(body.get("day", "")) < first:
            continue
        practice = body.get("practice") is True
        before = None if practice else _rating(body.get("before"))
        after = None if practice else _rating(body.get("after"))
        ended = body.get("guide") is not None
        found.append(Run(skill, state, fact.at, before, after, practice, ended))
    return tuple(found)


def _rating(answer: Answer) -> int | None:
    return answer if isinstance(answer, int) and not isinstance(answer, bool) else None


# --- what runs add up to --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Sum:
    """The runs of one exercise in one state that were rated twice: how many, and their totals.

    `times` is in how many of them it was less afterwards.
    """

    of: int = 0
    times: int = 0
    before: int = 0
    after: int = 0

    @property
    def gain(self) -> int:
        """By how much it was less afterwards, all runs together."""
        return self.before - self.after


Sums = Mapping[tuple[str, str], Sum]
"""By exercise and state."""

NO_RUNS = Sum()


def sums(done: Iterable[Run]) -> Sums:
    """Return what the runs in `done` that were rated before and after add up to."""
    totals: dict[tuple[str, str], list[int]] = {}
    for one in done:
        before, after = one.before, one.after
        if before is not None and after is not None:
            so_far = totals.setdefault((one.skill, one.state), [0, 0, 0, 0])
            so_far[0] += 1
            so_far[1] += after < before
            so_far[2] += before
            so_far[3] += after
    return {key: Sum(*so_far) for key, so_far in totals.items()}


def natural_fall(known: Sums, state: str) -> float:
    """Return what waiting alone brings in `state`, in points: 0 where that was never measured.

    It is drawn towards 0 while there are few waits, and never less: that waiting makes it worse
    is no merit of an exercise.
    """
    waited = known.get((WAIT, state), NO_RUNS)
    return max(0.0, waited.gain / (WEIGHT + waited.of))


def score(skill: Skill, state: str, known: Sums) -> float:
    """Return how much `skill` eases `state` for this member, in points of the 0-10 scale.

    The mean of what it brought beyond waiting, drawn towards a prior that counts like three runs.
    """
    own = known.get((skill.id, state), NO_RUNS)
    beyond = own.gain - own.of * natural_fall(known, state)
    return round((WEIGHT * prior(skill, state) + beyond) / (WEIGHT + own.of), EXACT)


def prior(skill: Skill, state: str) -> float:
    """Return what `skill` is taken to bring in `state` before it was tried: 0.4 to 1.2 points."""
    return PRIORS[skill.tier] + (FIT if skill.states[0] == state else 0.0)


# --- what may be said -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Claim:
    """What may be said of an exercise in a state: it was less afterwards `times` of `of`.

    `before` and `after` are means. `eased`: it was less more often than not, and on average by
    more than waiting alone brings; only then may an exercise be said to ease something. `waited`:
    it was less more often than not, and waiting, rated often enough to be spoken of, did as much.
    """

    times: int
    of: int
    before: float
    after: float
    eased: bool
    waited: bool = False


def claim(skill: str, state: str, known: Sums) -> Claim | None:
    """Return what may be said of the exercise `skill` in `state`; None of fewer than three runs."""
    own = known.get((skill, state), NO_RUNS)
    if own.of < CLAIM_FROM:
        return None
    often = 2 * own.times > own.of and own.gain > 0
    beyond = own.gain > own.of * natural_fall(known, state)
    waited = often and not beyond and known.get((WAIT, state), NO_RUNS).of >= CLAIM_FROM
    before, after = own.before / own.of, own.after / own.of
    return Claim(own.times, own.of, before, after, often and beyond, waited)


def helped(skills: Iterable[Skill], state: str, known: Sums) -> tuple[tuple[Skill, Claim], ...]:
    """Return the exercises that eased `state`, the best first; waiting is what they are held to."""
    found = [
        (one, said)
        for one in skills
        if one.id != WAIT and (said := claim(one.id, state, known)) and said.eased
    ]
    return tuple(sorted(found, key=lambda pair: (-score(pair[0], state, known), pair[0].id)))


# --- what is offered ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Wanted:
    """What may be offered, and when: without these `cautions`, and none of `unwanted`.

    `part` is the part of day; `passed_over` are ids that were offered just before. `lately` are
    ids done within a day of which no run was kept.
    """

    at: datetime
    part: str
    cautions: Collection[str] = ()
    unwanted: Collection[str] = ()
    passed_over: Collection[str] = ()
    lately: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Offer:
    """The `best` two, and one not tried for this before; `new` is None where all have been tried.

    `claims` holds what may be said of them, by id.
    """

    best: tuple[Skill, ...]
    new: Skill | None = None
    claims: Mapping[str, Claim] = field(default_factory=dict)

    @property
    def skills(self) -> tuple[Skill, ...]:
        """All that is offered, in the order it is shown."""
        return (*self.best, self.new) if self.new else self.best


def offer(
    skills: Iterable[Skill], state: str, done: Sequence[Run], wanted: Wanted, *, most: int = 3
) -> Offer:
    """Return what to offer in `state`: the two that eased it best, and one that is new.

    None that was done within a day, until nothing else is left that was not passed over. Where
    nothing new is left, a third of the best takes its place.
    """
    known = sums(done)
    able = [one for one in skills if may_be_offered(one, state, wanted)]
    able.sort(key=lambda one: (-score(one, state, known), one.id))
    recent = {one.skill for one in done if not one.practice and wanted.at - one.at < REST}
    recent.update(wanted.lately)
    passed = set(wanted.passed_over)
    for kept_out in (recent | passed, passed, recent, set[str]()):
        ranked = [one for one in able if one.id not in kept_out]
        if ranked:
            return _slots(ranked, state, done, known, most)
    return Offer(())


def may_be_offered(skill: Skill, state: str, wanted: Wanted) -> bool:
    """Tell whether `skill` is for `state` and of nothing that is left out, unwanted or not now."""
    return (
        state in skill.states
        and not set(skill.cautions) & set(wanted.cautions)
        and skill.id not in wanted.unwanted
        and wanted.part not in skill.not_at
    )


def _slots(
    ranked: Sequence[Skill], state: str, done: Iterable[Run], known: Sums, most: int
) -> Offer:
    tried = {one.skill for one in done if one.state == state and one.ended}
    best = tuple(ranked[: most - 1])
    untried = [one for one in ranked[most - 1 :] if one.id not in tried]
    new = _to_compare(untried, state, known) or next(iter(untried), None)
    if new is None:
        best = tuple(ranked[:most])
    offered = (*best, new) if new else best
    claims = {one.id: said for one in offered if (said := claim(one.id, state, known))}
    return Offer(best, new, claims)


def _to_compare(untried: Iterable[Skill], state: str, known: Sums) -> Skill | None:
    """Return waiting, where something else has been rated enough to be held to what time does."""
    rated = any(where == state and one.of >= CLAIM_FROM for (_, where), one in known.items())
    return next((one for one in untried if rated and one.id == WAIT), None)
