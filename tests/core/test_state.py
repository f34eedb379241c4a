"""Copies that are written out field by field lose no field, also not one that is added later."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import timedelta

from bot.core.flow import moved
from bot.core.state import (
    EPOCH,
    Care,
    Coping,
    FlowState,
    Latest,
    OwnQuestion,
    Session,
    Track,
    Wishes,
    with_flows,
    with_latest,
)

RUN = FlowState(
    flow="checkin",
    version=3,
    run="abcdefgh",
    day="2026-03-01",
    started=EPOCH + timedelta(days=1),
    step="mood",
    nonce="hgfedcba",
    answers={"mood": 4},
    given={"path": "stop"},
    picked=("one",),
    tries=2,
    replaces=7,
    ahead=1,
    part="breathe",
)
SESSION = Session(
    person=1,
    lang="en",
    zone="Europe/Madrid",
    country="ES",
    welcomed=True,
    age="adult",
    path="stop",
    keep_checkins=True,
    keep_words=True,
    flows=(RUN,),
    care=Care("breathe", "distress", EPOCH, True),
    wishes=Wishes(nickname="Ana", questions=(OwnQuestion("Walked?", "yes-no"),)),
    tracks=(Track("used", "2026-01-01"),),
    latest=Latest(("welcome-back",), "a long day", "2026-03-01", 1234),
    checked="2026-03-01 morning",
    coping=Coping("craving", 8, EPOCH, ("surf",), "surf", "2026-03-01", ("walk",)),
    introduced=True,
)


def test_the_samples_have_every_field_filled() -> None:
    for sample in (RUN, SESSION):
        for one in fields(sample):
            assert getattr(sample, one.name) != one.default, one.name


def test_a_session_with_other_runs_is_otherwise_the_same() -> None:
    assert with_flows(SESSION, ()) == replace(SESSION, flows=())
    assert with_flows(SESSION, (RUN, RUN)) == replace(SESSION, flows=(RUN, RUN))


def test_a_session_after_another_answer_is_otherwise_the_same() -> None:
    assert with_latest(SESSION, Latest()) == replace(SESSION, latest=Latest())


def test_a_run_at_another_place_is_otherwise_the_same() -> None:
    answers = {"mood": 1}
    there = moved(RUN, step="used", nonce="2", answers=answers, picked=(), tries=0)
    assert there == replace(RUN, step="used", nonce="2", answers=answers, picked=(), tries=0)
