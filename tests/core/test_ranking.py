"""What is offered after which runs: a table to work out by hand, and the laws behind it."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from bot.core.effects import Fact
from bot.core.ranking import (
    KIND,
    Offer,
    Run,
    Wanted,
    claim,
    helped,
    natural_fall,
    offer,
    prior,
    runs,
    score,
    sums,
)
from bot.core.skills import CAUTIONS, WAIT, Part, Skill
from bot.core.state import Answer

NOW = datetime(2026, 3, 10, 20, tzinfo=UTC)
TABLE = tomllib.loads(Path(__file__).with_name("rankings.toml").read_text(encoding="utf-8"))
SKILLS = [
    Skill(
        id=name,
        states=tuple(one["states"]),
        minutes=5,
        tier=one["tier"],
        parts=(Part("only"),),
        cautions=tuple(one.get("cautions", ())),
        not_at=tuple(one.get("not_at", ())),
    )
    for name, one in TABLE["skills"].items()
]
BY_ID = {one.id: one for one in SKILLS}
EVENING = Wanted(NOW, "evening")


def fact(number: int, written: str) -> Fact:
    """Return the fact that a run in the table stands for."""
    skill, state, rated, ago, *how = written.split()
    before, _, after = rated.partition("-")
    unit = {"h": "hours", "d": "days"}[ago[-1]]
    at = NOW - timedelta(**{unit: int(ago[:-1])})
    body: dict[str, Answer] = {"day": at.date().isoformat(), "skill": skill, "state": state}
    body |= {"before": int(before), "practice": "practice" in how}
    if "left" in how:
        return Fact(number, KIND, {**body, "partial": True}, at)
    body |= {"guide": "enough" if "enough" in how else "done", "after": int(after or -1)}
    return Fact(number, KIND, {**body, "after": int(after) if after else None}, at)


def facts(case: dict[str, Any]) -> list[Fact]:
    return [fact(number, written) for number, written in enumerate(case.get("runs", ()), 1)]


def told(found: Offer) -> list[str]:
    """Return an offer as the table has it."""
    lines = []
    for one in found.skills:
        said = found.claims.get(one.id)
        line = f"new {one.id}" if one is found.new else one.id
        if said:
            line += f"{' eased' if said.eased else ''} {said.times} of {said.of}"
        lines.append(line)
    return lines


@pytest.mark.parametrize("case", TABLE["case"], ids=[one["name"] for one in TABLE["case"]])
def test_the_table(case: dict[str, Any]) -> None:
    done = runs(facts(case))
    known, state = sums(done), case.get("state", "craving")
    wanted = Wanted(
        NOW,
        case.get("part", "evening"),
        case.get("cautions", ()),
        case.get("unwanted", ()),
        case.get("passed_over", ()),
        case.get("lately", ()),
    )
    assert told(offer(SKILLS, state, done, wanted)) == case["offers"]
    for skill, value in case.get("scores", {}).items():
        assert score(BY_ID[skill], state, known) == pytest.approx(value, abs=0.0001), skill
    if "fall" in case:
        assert natural_fall(known, state) == pytest.approx(case["fall"])
    for skill, expected in case.get("claims", {}).items():
        said = claim(skill, state, known)
        assert said is not None
        how = "eased " if said.eased else "waited " if said.waited else ""
        assert f"{how}{said.times} of {said.of}" == expected


def test_the_table_names_each_case_once() -> None:
    names = [one["name"] for one in TABLE["case"]]
    assert sorted(names) == sorted(set(names))


def test_a_prior_lies_between_four_tenths_and_twelve() -> None:
    everywhere = {prior(one, state) for one in SKILLS for state in one.states}
    assert min(everywhere) == pytest.approx(0.4)
    assert max(everywhere) == pytest.approx(1.2)


def test_what_cannot_be_read_is_left_out() -> None:
    body: dict[str, Answer] = {"day": "2026-03-01", "skill": "surf", "state": "craving"}
    odd: list[dict[str, Answer]] = [
        {**body, "skill": None},
        {**body, "state": 3},
        {**body, "before": True, "after": False},
        {**body, "before": "8", "after": "4"},
    ]
    found = runs([Fact(n, KIND, one, NOW) for n, one in enumerate(odd)])
    assert [(one.before, one.after) for one in found] == [(None, None)] * 2
    assert runs([Fact(9, "checkin", {**body, "before": 8, "after": 4}, NOW)]) == ()


def test_a_fresh_page_takes_runs_of_before_out_of_every_number() -> None:
    kept = [fact(1, "surf craving 8-4 3d"), fact(2, "walk craving 8-4 2d")]
    assert [one.skill for one in runs(kept, "2026-03-08")] == ["walk"]
    assert [one.skill for one in runs(kept)] == ["surf", "walk"]


def test_the_newest_200_count_and_no_run_behind_them() -> None:
    kept = [Fact(0, "plan", {}, NOW), *(fact(n, "surf craving 8-4 30h") for n in range(1, 202))]
    assert len(runs(kept)) == 200
    older = fact(999, "walk craving 8-4 99d")
    assert len(runs(kept[:200])) == 199
    assert "walk" in {one.skill for one in runs([*kept[:200], older])}
    assert "walk" not in {one.skill for one in runs([*kept[:201], older])}


# --- laws -----------------------------------------------------------------------------------------

RATING = st.one_of(st.none(), st.integers(0, 10))
RUN = st.builds(
    Run,
    skill=st.sampled_from(sorted(BY_ID)),
    state=st.sampled_from(["craving", "anger", "low"]),
    at=st.integers(0, 100).map(lambda hours: NOW - timedelta(hours=hours)),
    before=RATING,
    after=RATING,
    practice=st.booleans(),
    ended=st.booleans(),
)
RUNS = st.lists(RUN, max_size=25)
STATE = st.sampled_from(["craving", "anger", "low", "shame"])
IDS = st.lists(st.sampled_from(sorted(BY_ID)), max_size=4)
WANTED = st.builds(
    Wanted,
    at=st.just(NOW),
    part=st.sampled_from(["morning", "evening"]),
    cautions=st.lists(st.sampled_from(CAUTIONS), max_size=3),
    unwanted=IDS,
    passed_over=IDS,
    lately=IDS,
)
few = settings(max_examples=80, phases=(Phase.explicit, Phase.reuse, Phase.generate))
"""Without shrinking: what fails is small enough to read."""


def ranked(done: Sequence[Run], state: str, *, but: tuple[str, ...] = ()) -> list[str]:
    """Return all exercises for `state`, the best first."""
    known = sums(done)
    able = [one for one in SKILLS if state in one.states and one.id not in but]
    return [one.id for one in sorted(able, key=lambda one: (-score(one, state, known), one.id))]


@few
@given(RUNS, st.integers(0, 24), st.integers(0, 10))
def test_a_better_run_never_lowers_an_exercise(done: list[Run], which: int, after: int) -> None:
    rated = [one for one in done if one.skill != WAIT and None not in (one.before, one.after)]
    if not rated:
        return
    one = rated[which % len(rated)]
    assert one.after is not None
    place = next(number for number, run in enumerate(done) if run is one)
    better = [*done]
    better[place] = replace(one, after=min(one.after, after))
    if one.state in BY_ID[one.skill].states:
        there, then = ranked(better, one.state), ranked(done, one.state)
        assert there.index(one.skill) <= then.index(one.skill)
    shown = told_ids(offer(SKILLS, one.state, done, EVENING))
    if one.skill in shown:
        now_shown = told_ids(offer(SKILLS, one.state, better, EVENING))
        assert one.skill in now_shown
        assert now_shown.index(one.skill) <= shown.index(one.skill)


def told_ids(found: Offer) -> list[str]:
    return [one.id for one in found.skills]


@few
@given(RUNS, STATE, WANTED, st.randoms(use_true_random=False))
def test_the_order_of_facts_and_files_changes_nothing(
    done: list[Run], state: str, wanted: Wanted, chance: Any
) -> None:
    mixed, skills = [*done], [*SKILLS]
    chance.shuffle(mixed)
    chance.shuffle(skills)
    assert offer(skills, state, mixed, wanted) == offer(SKILLS, state, done, wanted)


@few
@given(st.permutations([8, 7, 3, 9, 1, 5]), st.integers(0, 10), st.integers(1, 3))
def test_equals_stand_in_the_order_of_their_ids(befores: list[int], after: int, waits: int) -> None:
    """The same numbers in another order add up to the same, whatever is taken off."""
    alike = [replace(BY_ID["surf"], id=one) for one in ("bbb", "aaa")]
    done = [Run("aaa", "craving", NOW - timedelta(days=9), one, after) for one in befores]
    done += [Run("bbb", "craving", NOW - timedelta(days=9), one, after) for one in sorted(befores)]
    done += [Run(WAIT, "craving", NOW - timedelta(days=9), 8, 7)] * waits
    assert told_ids(offer(alike, "craving", done, EVENING)) == ["aaa", "bbb"]


def test_equal_scores_of_unequal_runs_are_equal() -> None:
    """Ten runs that brought 0.7 on average say what a prior of 0.7 does; floats do not see that."""
    alike = [replace(BY_ID["delay"], id=one, states=("low", "craving")) for one in ("bbb", "aaa")]
    day = NOW - timedelta(days=9)
    done = [Run("bbb", "craving", day, 8, 7 if number < 7 else 8) for number in range(10)]
    assert told_ids(offer(alike, "craving", done, EVENING)) == ["aaa", "bbb"]


@few
@given(RUNS, STATE, WANTED)
def test_nothing_is_claimed_of_fewer_than_three_rated_runs(
    done: list[Run], state: str, wanted: Wanted
) -> None:
    found, known = offer(SKILLS, state, done, wanted), sums(done)
    said = {**found.claims, **{one.id: claim for one, claim in helped(SKILLS, state, known)}}
    for skill, one in said.items():
        rated = [
            run
            for run in done
            if (run.skill, run.state) == (skill, state) and None not in (run.before, run.after)
        ]
        assert len(rated) == one.of >= 3
        less = [run for run in rated if (run.after or 0) < (run.before or 0)]
        assert len(less) == one.times
        assert not one.eased or (2 * one.times > one.of and one.before > one.after)


@few
@given(RUNS, STATE, WANTED)
def test_nothing_that_is_left_out_is_ever_offered(
    done: list[Run], state: str, wanted: Wanted
) -> None:
    for one in offer(SKILLS, state, done, wanted).skills:
        assert state in one.states
        assert not set(one.cautions) & set(wanted.cautions)
        assert one.id not in wanted.unwanted
        assert wanted.part not in one.not_at


@few
@given(RUNS, STATE, WANTED)
def test_none_comes_twice_in_a_day_while_another_is_left(
    done: list[Run], state: str, wanted: Wanted
) -> None:
    able = told_ids(offer(SKILLS, state, [], replace(wanted, passed_over=(), lately=()), most=99))
    lately = {one.skill for one in done if not one.practice and NOW - one.at < timedelta(days=1)}
    lately |= set(wanted.lately)
    fresh = set(able) - lately
    offered = told_ids(offer(SKILLS, state, done, wanted))
    assert len(offered) == len(set(offered))
    assert bool(offered) == bool(able), "someone who asks is never left with nothing"
    if fresh - set(wanted.passed_over):
        assert set(offered) <= fresh - set(wanted.passed_over)
    elif set(able) - set(wanted.passed_over):
        assert not set(offered) & set(wanted.passed_over)


@few
@given(RUNS, st.lists(st.tuples(st.integers(0, 10), st.integers(0, 10)), max_size=8))
def test_waiting_moves_no_order_between_two_that_were_run_equally_often(
    done: list[Run], waits: list[tuple[int, int]]
) -> None:
    others = [one for one in done if one.skill != WAIT]
    often = {one: sums(others).get((one, "craving")) for one in BY_ID}
    waited = [Run(WAIT, "craving", NOW, before, after) for before, after in waits]
    for count in {one.of if one else 0 for one in often.values()}:
        but = (WAIT, *(one for one, sum_ in often.items() if (sum_.of if sum_ else 0) != count))
        assert ranked([*others, *waited], "craving", but=but) == ranked(others, "craving", but=but)


@few
@given(RUNS, RUN, WANTED)
def test_a_run_for_one_thing_changes_nothing_for_another(
    done: list[Run], one: Run, wanted: Wanted
) -> None:
    """But for the day after it, on which that exercise was done already."""
    elsewhere = "anger" if one.state == "craving" else "craving"
    older = replace(one, at=NOW - timedelta(days=2))
    before = offer(SKILLS, elsewhere, done, wanted)
    assert offer(SKILLS, elsewhere, [*done, older], wanted) == before
    here = offer(SKILLS, elsewhere, [*done, replace(one, at=NOW, practice=False)], wanted)
    assert here == offer(
        SKILLS, elsewhere, done, replace(wanted, lately=(*wanted.lately, one.skill))
    )
