"""What may be kept: of a run that began without consent, beside another, or of an edited form."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.core.content import Closing, Flow, Library, Phrases, Step
from bot.core.events import Said
from bot.core.state import FlowState, Session
from bot.core.verdict import Verdict
from bot.features.scene import Scene, kept_answers
from tests.worlds import Person, content, keys, messages

AT = datetime(2026, 3, 1, 18, tzinfo=UTC)


def test_words_whose_question_is_gone_are_still_the_persons_own() -> None:
    flow = Flow(
        id="sleep",
        version=2,
        steps=(Step("hours", "number"), Step("rest", "choice", options=("good", "bad"))),
        closings=(Closing("done"),),
        records="sleep",
    )
    state = FlowState(
        flow="sleep",
        version=1,
        run="run",
        day="2026-03-01",
        started=AT,
        answers={"hours": 7, "rest": "good", "dream": "of the sea", "times": 3},
        given={"keep_checkins": True, "keep_words": True},
    )
    session = Session(person=1, lang="en", welcomed=True, keep_checkins=True, keep_words=False)
    scene = Scene(
        session,
        Said("1", AT, bytes(16), "x"),
        Library({}, Phrases(), ("en",), lambda *_: Verdict()),
    )

    assert kept_answers(scene, flow, state) == {
        "day": "2026-03-01",
        "hours": 7,
        "rest": "good",
        "times": 3,
    }
    asked_without = replace(state, given={"keep_checkins": True, "keep_words": False})
    willing_now = replace(scene, session=replace(session, keep_words=True))
    assert "dream" in kept_answers(willing_now, flow, state)
    assert "dream" not in kept_answers(willing_now, flow, asked_without)


@pytest.mark.parametrize("now", [True, False])
@pytest.mark.parametrize("then", [True, False, None])
def test_a_run_is_kept_with_consent_at_its_beginning_and_at_its_end(
    now: bool, then: bool | None
) -> None:
    flow = content().library.flows["checkin"]
    given: dict[str, str | int | bool] = {} if then is None else {"keep_checkins": then}
    state = FlowState("checkin", 1, "run", "2026-03-01", AT, answers={"mood": 6}, given=given)
    session = Session(person=1, lang="en", welcomed=True, keep_checkins=now)
    scene = Scene(session, Said("1", AT, bytes(16), "x"), content().library)

    kept = {"day": "2026-03-01", "mood": 6} if now and then else {}
    assert kept_answers(scene, flow, state) == kept


def member(*, keep_checkins: bool) -> Person:
    session = Session(7, "en", welcomed=True, age="adult", path="stop", keep_checkins=keep_checkins)
    return Person(session, content().library, afterwards=Session(7, "en"))


def switch_checkins(person: Person) -> None:
    person.press("go.drop-checkins" if person.session.keep_checkins else "go.keep-checkins")


def test_consent_switched_on_in_the_middle_keeps_nothing_of_that_checkin() -> None:
    person = member(keep_checkins=False)
    person.give("checkin")
    person.tap("6")
    switch_checkins(person)
    assert person.session.keep_checkins
    for choice in ("4", "6"):
        person.tap(choice)
    turn = person.tap("no")
    assert keys(turn) == ["flow-checkin-closing-nothing_kept"]
    assert [message.choices for message, _, _ in messages(turn.effects)] == [()]
    assert person.memory.kept == []

    person.give("checkin")
    for choice in ("7", "4", "6", "no"):
        person.tap(choice)
    (fact,) = person.memory.standing()
    assert fact.body == {
        "day": "2026-03-01", "mood": 7, "craving": 4, "confidence": 6, "used": "no",
    }  # fmt: skip
    assert len(person.memory.kept) == 1


def test_consent_switched_off_in_the_middle_keeps_nothing_of_that_checkin() -> None:
    person = member(keep_checkins=True)
    person.give("checkin")
    person.tap("6")
    switch_checkins(person)
    assert not person.session.keep_checkins
    for choice in ("4", "6", "no"):
        person.tap(choice)
    assert person.memory.kept == []


@pytest.mark.parametrize("leaving", ["stop", "next day"])
def test_consent_switched_on_in_the_middle_keeps_no_part_of_a_checkin_that_was_left(
    leaving: str,
) -> None:
    person = member(keep_checkins=False)
    person.give("checkin")
    person.tap("6")
    switch_checkins(person)
    if leaving == "stop":
        assert keys(person.say("stop")) == ["stopped"]
    else:
        person.now = datetime(2026, 3, 2, 18, tzinfo=UTC)
        person.give("checkin")
        assert person.open.day == "2026-03-02"
    assert person.memory.kept == []


def test_an_open_checkin_waits_under_a_correction_and_goes_on() -> None:
    person = member(keep_checkins=True)
    person.give("checkin")
    for choice in ("6", "4", "6", "no"):
        person.tap(choice)
    (first,) = person.memory.standing()
    person.give("checkin")
    person.tap("5")
    waiting = person.open.run

    person.give("change")
    person.tap("mood")
    assert [(s.flow, s.replaces) for s in person.session.flows] == [
        ("checkin", 0), ("checkin", first.id),
    ]  # fmt: skip
    assert person.session.flows[0].run == waiting
    turn = person.tap("7")
    assert keys(turn) == ["flow-checkin-closing-steady", "resume-lead", "flow-checkin-craving"]
    (mended,) = person.memory.standing()
    assert mended.body == {**first.body, "mood": 7}
    assert (person.open.run, person.open.answers) == (waiting, {"mood": 5})

    for choice in ("3", "8", "no"):
        person.tap(choice)
    assert person.session.flows == ()
    assert [fact.body for fact in person.memory.standing()] == [
        {"day": "2026-03-01", "mood": 5, "craving": 3, "confidence": 8, "used": "no"},
        mended.body,
    ]
    assert len(person.memory.kept) == 3


def test_a_correction_begun_twice_leaves_one_checkin() -> None:
    person = member(keep_checkins=True)
    person.give("checkin")
    for choice in ("6", "4", "6", "no"):
        person.tap(choice)
    person.give("change")
    person.tap("mood")
    person.give("change")
    person.tap("craving")
    assert [s.flow for s in person.session.flows] == ["checkin"]
    person.tap("9")
    assert person.session.flows == ()
    (fact,) = person.memory.standing()
    assert fact.body == {
        "day": "2026-03-01", "mood": 6, "craving": 9, "confidence": 6, "used": "no",
    }  # fmt: skip


def test_a_correction_always_says_which_day_it_is_about() -> None:
    person = member(keep_checkins=True)
    person.give("checkin")
    for choice in ("6", "4", "6", "no"):
        person.tap(choice)
    person.give("change")
    assert keys(person.tap("craving")) == ["about-day", "flow-checkin-craving"]
    assert keys(person.say("hm")) == ["retry-scale-1", "about-day", "flow-checkin-craving"]


def test_switches_come_back_on_the_way_back() -> None:
    person = Person(Session(7, "en"), content().library, afterwards=Session(7, "en"))
    person.give("join")
    for choice in ("adult", "checkins", "_next"):
        person.tap(choice)
    turn = person.say("back")
    ((message, _, _),) = messages(turn.effects)
    assert [(c.token.partition(".")[2], c.picked) for c in message.choices] == [
        ("checkins", True), ("words", False), ("_next", None),
    ]  # fmt: skip
    person.tap("_next")
    person.tap("less")
    session = person.session
    assert (session.keep_checkins, session.keep_words) == (True, False)
