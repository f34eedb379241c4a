"""Flows as they are walked, and as they are edited while people are in the middle of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.conditions import Condition, parse_condition
from bot.core.content import Closing, Flow, Library, Step, StepKind
from bot.core.effects import Forget
from bot.core.events import Place
from bot.core.flow import (
    answered,
    applies,
    closing,
    facts,
    on_current_names,
    one_back,
    open_question,
    open_step,
    with_answer,
    with_open,
)
from bot.core.state import Answer, FlowState, Session
from bot.features.scene import DEEPEST, FORMS
from tests.worlds import Person, content, keys

NOW = datetime(2026, 3, 1, 18, tzinfo=UTC)


def when(written: str) -> tuple[Condition, ...]:
    return (parse_condition(written),)


def scale(name: str, *, was: tuple[str, ...] = (), lowest: int = 0, highest: int = 10) -> Step:
    return Step(name, "scale", skippable=True, was=was, lowest=lowest, highest=highest)


def choice(name: str, *options: str, was: tuple[str, ...] = ()) -> Step:
    return Step(name, "choice", options=options, heard={o: o for o in options}, was=was)


def form(*steps: Step, version: int = 1, records: str = "sleep", flow_id: str = "sleep") -> Flow:
    return Flow(
        flow_id, version, steps, (Closing("done"),), command="sleep", records=records, menu=True
    )


HOURS, DEPTH = scale("hours"), scale("depth")
DREAMS = choice("dreams", "none", "good", "bad")
FORM = form(HOURS, DEPTH, DREAMS)


def state(flow: Flow = FORM, **answers: Answer) -> FlowState:
    begun = FlowState(flow.id, flow.version, "run", "2026-03-01", NOW, answers=answers)
    return with_open(begun, open_step(flow, begun))


def library(*flows: Flow) -> Library:
    known = content().library
    return replace(known, flows={**known.flows, **{flow.id: flow for flow in flows}})


def test_the_open_question_is_the_last_runs_with_its_flow_as_it_is_now() -> None:
    parked, run = replace(state(), run="parked"), state(hours=7)
    question = open_question(Session(7, "en", flows=(parked, run)), library(FORM))
    assert question is not None
    assert (question.state, question.flow, question.step) == (run, FORM, DEPTH)


def test_no_question_is_open_without_a_run_a_flow_or_anything_left_to_ask() -> None:
    known = library(FORM)
    done = state(hours=7, depth=7, dreams="good")
    gone = replace(state(), flow="gone")
    assert open_question(Session(7, "en"), known) is None
    assert open_question(Session(7, "en", flows=(state(), gone)), known) is None
    assert open_question(Session(7, "en", flows=(state(), done)), known) is None


def test_a_run_on_current_names_is_left_as_it_is() -> None:
    run = state(hours=7, gone="x")
    assert on_current_names(FORM, run) is run


@pytest.fixture
def person() -> Person:
    """A member in the middle of the sleep form: hours are answered, depth is asked."""
    session = Session(7, "en", welcomed=True, age="adult", keep_checkins=True, keep_words=True)
    someone = Person(session, library(FORM), afterwards=Session(7, "en"))
    someone.press("go.sleep")
    someone.tap("8")
    assert someone.open.step == "depth"
    return someone


def edit(person: Person, *flows: Flow, without: str = "") -> None:
    known = library(*flows)
    left = {flow_id: flow for flow_id, flow in known.flows.items() if flow_id != without}
    person.library = replace(known, flows=left)


# --- walking ----------------------------------------------------------------------------------


def test_steps_are_asked_in_order_and_end() -> None:
    walked = state()
    asked: list[str] = []
    while step := open_step(FORM, walked):
        asked.append(step.name)
        walked = with_answer(FORM, walked, step, None if step.skippable else "good")
    assert asked == ["hours", "depth", "dreams"]
    assert walked.step == ""


def test_a_step_whose_condition_does_not_hold_is_left_out() -> None:
    flow = form(HOURS, replace(DEPTH, when=when("hours >= 5")), DREAMS)
    assert with_answer(flow, state(flow), HOURS, 8).step == "depth"
    assert with_answer(flow, state(flow), HOURS, 3).step == "dreams"
    assert with_answer(flow, state(flow), HOURS, None).step == "dreams"


def test_back_opens_the_question_before_and_at_the_first_there_is_none() -> None:
    once = state(FORM, hours=8)
    back = one_back(FORM, once)
    assert back is not None
    assert back.step == "hours"
    assert "hours" not in back.answers
    assert one_back(FORM, back) is None


def test_back_keeps_later_answers_and_steps_over_what_was_not_asked() -> None:
    flow = form(HOURS, replace(DEPTH, when=when("hours >= 5")), DREAMS)
    back = one_back(flow, state(flow, hours=3))
    assert back is not None
    assert back.step == "hours"
    again = with_answer(flow, back, HOURS, 8)
    assert again.step == "depth"
    later = one_back(FORM, replace(state(FORM, hours=8, depth=3), step="dreams"))
    assert later is not None
    assert with_answer(FORM, later, DEPTH, 4).answers == {"hours": 8, "depth": 4}


def test_back_onto_switches_shows_them_as_they_were_chosen() -> None:
    keep = Step("keep", "multi", options=("checkins", "words"))
    flow = form(keep, HOURS)
    given: dict[str, str | int | bool] = {"keep_checkins": True, "keep_words": False}
    for chosen in (("words",), ("checkins", "words"), ()):
        once = replace(state(flow, keep=chosen), given=given)
        back = one_back(flow, once)
        assert back is not None
        assert (back.step, back.picked, back.answers) == ("keep", chosen, {})
        assert with_answer(flow, back, keep, back.picked).answers == {"keep": chosen}


def test_switches_begin_as_what_holds_now() -> None:
    keep = Step("keep", "multi", options=("checkins", "words"))
    given: dict[str, str | int | bool] = {"keep_checkins": True, "keep_words": False}
    assert with_open(replace(state(), given=given), keep).picked == ("checkins",)
    assert with_open(state(), keep).picked == ()


def test_the_first_closing_that_holds_is_used_and_else_the_last() -> None:
    flow = replace(
        FORM, closings=(Closing("long", when("hours >= 8")), Closing("none"), Closing("never"))
    )
    assert closing(flow, state(flow, hours=9)).name == "long"
    assert closing(flow, state(flow, hours=2)).name == "none"
    last = replace(flow, closings=(Closing("long", when("hours >= 8")),))
    assert closing(last, state(last, hours=2)).name == "long"


def test_answers_worth_keeping_are_those_given_to_steps_that_still_apply() -> None:
    flow = form(HOURS, replace(DEPTH, when=when("hours >= 5")), DREAMS)
    kept = answered(flow, state(flow, hours=3, depth=9, dreams=None, gone="said"))
    assert kept == {"hours": 3, "gone": "said"}


def test_an_answer_is_kept_though_the_question_would_not_be_asked_today() -> None:
    flow = form(HOURS, replace(DEPTH, when=when("path == 'stop'")), DREAMS)
    elsewhere = replace(state(flow, hours=3, depth=9), given={"path": "mood"})
    assert answered(flow, elsewhere) == {"hours": 3, "depth": 9}


def test_a_correction_on_another_path_keeps_what_was_answered() -> None:
    session = Session(7, "en", welcomed=True, age="adult", path="stop", keep_checkins=True)
    someone = Person(session, content().library, afterwards=Session(7, "en"))
    someone.give("checkin")
    for answer in ("6", "4", "7", "used", "_stop"):
        someone.tap(answer)
    someone.give("reason")
    someone.tap("mood")
    someone.give("change")
    someone.tap("mood")
    someone.tap("5")
    (fact,) = someone.memory.standing()
    assert (fact.body["mood"], fact.body["used"]) == (5, "used")


def test_an_answer_counts_before_what_was_given() -> None:
    known = replace(state(FORM, hours=8), given={"hours": 1, "part": "night"})
    assert facts(known) == {"hours": 8, "part": "night"}


# --- what may be kept -------------------------------------------------------------------------


WORDS = Step("words", "text", skippable=True)


@pytest.mark.parametrize(
    ("keep_checkins", "keep_words", "keeps_text", "kept"),
    [
        (True, True, True, {"hours": 8, "words": "a dream"}),
        (True, False, True, {"hours": 8}),
        (True, True, False, {"hours": 8}),
        (False, True, True, None),
        (False, False, True, None),
    ],
)
def test_words_are_kept_only_with_consent_and_where_a_place_keeps_them(
    keep_checkins: bool, keep_words: bool, keeps_text: bool, kept: dict[str, Answer] | None
) -> None:
    session = Session(
        7, "en", welcomed=True, age="adult", keep_checkins=keep_checkins, keep_words=keep_words
    )
    someone = Person(session, library(form(HOURS, WORDS)), afterwards=Session(7, "en"))
    someone.place = Place(keeps_text=keeps_text)
    someone.press("go.sleep")
    someone.tap("8")
    someone.say("a dream")
    facts_kept = [fact.body for fact in someone.memory.standing()]
    assert facts_kept == ([{"day": "2026-03-01", **kept}] if kept else [])


def test_whoever_turns_out_to_be_under_18_consents_to_nothing() -> None:
    welcome = content().library.flows["welcome"]
    said: dict[str, Answer] = {"age": "minor", "keep": ("checkins", "words")}
    answers = replace(state(welcome), answers=said, step="path", nonce="nonce")
    session = Session(7, "en", flows=(answers,))
    someone = Person(session, content().library, afterwards=Session(7, "en"))
    someone.tap("stop")
    now = someone.session
    assert (now.age, now.keep_checkins, now.keep_words) == ("minor", False, False)


def test_nobody_under_18_switches_anything_on() -> None:
    session = Session(7, "en", welcomed=True, age="minor")
    someone = Person(session, content().library, afterwards=Session(7, "en"))
    for token in ("go.keep-checkins", "go.keep-words"):
        assert keys(someone.press(token)) == ["kept-minor"]
    now = someone.session
    assert (now.keep_checkins, now.keep_words) == (False, False)


def test_no_more_are_parked_than_can_be_remembered_and_the_oldest_answers_are_kept(
    person: Person,
) -> None:
    for command in ("lapse", "reachout"):
        person.give(command)
    assert person.memory.standing() == []
    person.give("language")  # a form of the settings counts for nothing
    assert [s.flow for s in person.session.flows] == ["sleep", "lapse", "reachout", "language"]
    assert person.memory.standing() == []
    assert "closed-late-kept" in keys(person.give("forget"))
    assert person.session.flows[-1].flow == "forget"
    (fact,) = person.memory.standing()
    assert fact.body == {"day": "2026-03-01", "hours": 8, "partial": True}
    deep = [s for s in person.session.flows if s.flow not in FORMS]
    assert len(deep) == DEEPEST


def test_a_half_finished_welcome_never_gives_way() -> None:
    someone = Person(Session(7, "en"), content().library, afterwards=Session(7, "en"))
    someone.give("join")
    someone.tap("adult")
    someone.tap("checkins")
    someone.press("go.do-surf")
    someone.give("reachout")
    assert [s.flow for s in someone.session.flows] == ["welcome", "skill", "reachout"]
    someone.give("forget")
    assert [s.flow for s in someone.session.flows] == ["welcome", "reachout", "forget"]
    assert len(someone.session.flows) == DEEPEST
    welcome = someone.session.flows[0]
    assert (welcome.step, welcome.answers, welcome.picked) == (
        "keep", {"age": "adult"}, ("checkins",),
    )  # fmt: skip


# --- edited in the middle ---------------------------------------------------------------------


def test_a_step_inserted_before_the_open_one_is_asked_after_it(person: Person) -> None:
    edit(person, form(HOURS, scale("naps"), DEPTH, DREAMS, version=2))
    person.tap("5")
    assert person.open.answers == {"hours": 8, "depth": 5}
    assert person.open.step == "naps"
    person.tap("1")
    person.tap("good")
    (fact,) = person.memory.standing()
    assert fact.body == {"day": "2026-03-01", "hours": 8, "depth": 5, "naps": 1, "dreams": "good"}


@pytest.mark.parametrize("version", [1, 2], ids=["version forgotten", "version counted up"])
def test_a_renamed_step_keeps_its_answer(person: Person, version: int) -> None:
    edit(person, form(scale("length", was=("hours",)), DEPTH, DREAMS, version=version))
    person.tap("5")
    assert person.open.answers == {"length": 8, "depth": 5}
    assert person.open.step == "dreams"


@pytest.mark.parametrize("version", [1, 2], ids=["version forgotten", "version counted up"])
def test_the_open_step_renamed_still_takes_the_tap(person: Person, version: int) -> None:
    edit(person, form(HOURS, scale("deep", was=("depth",)), DREAMS, version=version))
    person.tap("5")
    assert person.open.answers == {"hours": 8, "deep": 5}


def test_a_renamed_step_is_found_when_going_back(person: Person) -> None:
    edit(person, form(scale("length", was=("hours",)), DEPTH, DREAMS))
    person.say("back")
    assert person.open.step == "length"


def test_the_open_step_removed_asks_the_next_one(person: Person) -> None:
    edit(person, form(HOURS, DREAMS, version=2))
    turn = person.say("good")
    assert keys(turn)[-1] == "flow-sleep-closing-done"
    (fact,) = person.memory.standing()
    assert fact.body == {"day": "2026-03-01", "hours": 8, "dreams": "good"}


def test_going_back_from_a_removed_step_goes_to_the_one_before_the_next(person: Person) -> None:
    edit(person, form(HOURS, scale("naps"), DREAMS, version=2))
    person.say("back")
    assert person.open.step == "hours"
    assert person.open.answers == {}


def test_an_answered_step_removed_keeps_what_was_said(person: Person) -> None:
    edit(person, form(DEPTH, DREAMS, version=2))
    person.tap("5")
    person.tap("none")
    (fact,) = person.memory.standing()
    assert fact.body == {"day": "2026-03-01", "hours": 8, "depth": 5, "dreams": "none"}


def test_every_open_question_removed_ends_the_run_and_keeps_what_was_said(person: Person) -> None:
    edit(person, form(HOURS, version=2))
    turn = person.say("hi")
    assert keys(turn)[0] == "form-changed-kept"
    assert person.session.flows == ()
    (fact,) = person.memory.standing()
    assert fact.body == {"day": "2026-03-01", "hours": 8}


def test_a_removed_flow_says_so_and_promises_nothing(person: Person) -> None:
    edit(person, without="sleep")
    turn = person.tap("5")
    assert keys(turn) == ["form-changed", "stale-tap"]
    assert person.session.flows == ()
    assert person.memory.standing() == []


def test_a_flow_removed_under_another_one_lets_that_one_go_on(person: Person) -> None:
    person.give("reachout")
    edit(person, without="sleep")
    turn = person.tap("not_now")
    assert keys(turn) == ["form-changed", "flow-reachout-closing-not_now"]
    assert person.session.flows == ()


def test_a_renamed_flow_goes_on_under_its_new_name(person: Person) -> None:
    rest = replace(form(HOURS, DEPTH, DREAMS, flow_id="rest"), was=("sleep",), records="rest")
    edit(person, rest, without="sleep")
    person.tap("5")
    assert person.open.flow == "rest"
    person.tap("bad")
    (fact,) = person.memory.standing()
    assert (fact.kind, fact.body["hours"], fact.body["dreams"]) == ("rest", 8, "bad")


def test_a_removed_option_is_asked_again_kindly(person: Person) -> None:
    person.tap("5")
    edit(person, form(HOURS, DEPTH, choice("dreams", "none", "good"), version=2))
    turn = person.tap("bad")
    assert keys(turn) == ["retry-choice-1", "flow-sleep-dreams"]
    assert person.open.step == "dreams"
    person.tap("good")
    assert person.session.flows == ()


@pytest.mark.parametrize(
    "changed",
    [
        choice("depth", "light", "deep"),
        Step("depth", "multi", options=("light", "deep")),
        Step("depth", "yes-no"),
        Step("depth", "confirm"),
        Step("depth", "text"),
        Step("depth", "number", lowest=20, highest=30),
        Step("depth", "time"),
        Step("depth", "date"),
        scale("depth", lowest=1, highest=3),
    ],
    ids=lambda step: f"{step.kind} {step.highest}",
)
def test_an_open_step_of_another_kind_never_takes_the_old_button(
    person: Person, changed: Step
) -> None:
    edit(person, form(HOURS, changed, DREAMS, version=2))
    turn = person.tap("7")
    assert person.open.step == "depth"
    assert "depth" not in person.open.answers
    assert keys(turn)[-1] == "flow-sleep-depth"


def test_an_answered_step_of_another_kind_keeps_its_answer_and_fails_no_condition(
    person: Person,
) -> None:
    asked_when = replace(DREAMS, when=when("hours in ['long', 'short']"))
    edit(person, form(choice("hours", "long", "short"), DEPTH, asked_when, version=2))
    turn = person.tap("5")
    assert keys(turn)[-1] == "flow-sleep-closing-done"
    (fact,) = person.memory.standing()
    assert fact.body == {"day": "2026-03-01", "hours": 8, "depth": 5}


def test_a_confirmation_that_became_another_question_removes_nothing(person: Person) -> None:
    forget = content().library.flows["forget"]
    edit(person, replace(forget, steps=(choice("sure", "one", "two"),)), FORM)
    person.give("forget")
    turn = person.tap("one")
    assert not any(isinstance(effect, Forget) for effect in turn.effects)
    assert person.open.flow == "sleep"


def test_a_switch_that_was_on_and_is_gone_is_not_kept() -> None:
    keep = Step("parts", "multi", options=("early", "late"), heard={"early": "early"})
    someone = Person(
        Session(7, "en", welcomed=True, age="adult", keep_checkins=True),
        library(form(keep)),
        afterwards=Session(7, "en"),
    )
    someone.press("go.sleep")
    someone.tap("early")
    someone.tap("late")
    edit(someone, form(replace(keep, options=("late",), heard={}), version=2))
    someone.tap("_next")
    (fact,) = someone.memory.standing()
    assert fact.body["parts"] == ("late",)


def test_a_correction_keeps_answers_under_names_that_have_changed() -> None:
    session = Session(7, "en", welcomed=True, age="adult", path="stop", keep_checkins=True)
    someone = Person(session, content().library, afterwards=Session(7, "en"))
    someone.give("checkin")
    for answer in ("6", "4", "7", "no"):
        someone.tap(answer)
    flow = content().library.flows["checkin"]
    steps = tuple(
        replace(step, name="pull", was=("craving",)) if step.name == "craving" else step
        for step in flow.steps
        if step.name != "confidence"
    )
    edit(someone, replace(flow, steps=steps))
    someone.give("change")
    someone.tap("mood")
    someone.tap("5")
    (fact,) = someone.memory.standing()
    assert fact.body == {
        "day": "2026-03-01", "mood": 5, "pull": 4, "confidence": 7, "used": "no",
    }  # fmt: skip


# --- the law of the open step -----------------------------------------------------------------

NAMES = st.sampled_from(["a", "b", "c", "d", "e"])
KINDS: st.SearchStrategy[StepKind] = st.sampled_from(get_args(StepKind))
ANSWERS = st.one_of(
    st.none(), st.integers(0, 3), st.just("x"), st.booleans(), st.just(("x",)), st.just(())
)


def conditions(earlier: list[str]) -> st.SearchStrategy[tuple[Condition, ...]]:
    """Conditions on steps asked before, as the content check wants them."""
    if not earlier:
        return st.just(())
    one = st.builds(
        Condition,
        name=st.sampled_from(earlier),
        operator=st.sampled_from(["==", ">=", "<=", "in"]),
        value=st.one_of(st.integers(0, 3), st.just("x"), st.just((1, "x"))),
    )
    return st.lists(one, max_size=2).map(tuple)


@st.composite
def flows(draw: st.DrawFn) -> Flow:
    names = draw(st.lists(NAMES, min_size=1, unique=True))
    steps = [
        Step(
            name,
            draw(KINDS),
            when=draw(conditions(names[:place])),
            options=("x", "y"),
            was=draw(st.sampled_from([(), (f"old_{name}",)])),
        )
        for place, name in enumerate(names)
    ]
    return form(*steps, version=draw(st.integers(1, 2)))


STATES = st.builds(
    FlowState,
    flow=st.just("sleep"),
    version=st.integers(1, 2),
    run=st.just("run"),
    day=st.just(date(2026, 3, 1).isoformat()),
    started=st.just(NOW),
    step=st.sampled_from(["", "a", "b", "c", "old_a", "gone"]),
    answers=st.dictionaries(st.one_of(NAMES, st.sampled_from(["old_a", "gone"])), ANSWERS),
)


@given(flows(), STATES)
def test_the_open_step_is_unanswered_and_applies_or_there_is_none_left(
    flow: Flow, found: FlowState
) -> None:
    current = on_current_names(flow, found)
    step = open_step(flow, current)
    waiting = [s for s in flow.steps if s.name not in current.answers and applies(s, current)]
    if step is None:
        assert waiting == []
    else:
        assert step in waiting
        named = flow.step(current.step) if current.step else None
        assert step == (named if named in waiting else waiting[0])


@given(flows(), STATES)
def test_bringing_names_up_to_date_loses_no_answer_and_is_done_once(
    flow: Flow, found: FlowState
) -> None:
    current = on_current_names(flow, found)
    assert on_current_names(flow, current) == current
    for name, answer in found.answers.items():
        step = flow.step(name)
        now = step.name if step else name
        assert now in current.answers
        if now not in found.answers:
            assert current.answers[now] == answer


@given(flows(), STATES, ANSWERS)
def test_answering_always_gets_on_and_ends(flow: Flow, found: FlowState, answer: Answer) -> None:
    current = on_current_names(flow, found)
    for _ in flow.steps:
        step = open_step(flow, current)
        if step is None:
            break
        current = with_answer(flow, current, step, answer)
        assert current.answers[step.name] == answer
        assert current.tries == 0
    assert open_step(flow, current) is None


@given(flows(), STATES)
def test_going_back_never_gets_on(flow: Flow, found: FlowState) -> None:
    current = on_current_names(flow, found)
    asked = open_step(flow, current)
    back = one_back(flow, current)
    if back is None:
        return
    opened = open_step(flow, back)
    assert opened is not None
    assert opened.name == back.step
    assert set(current.answers) - set(back.answers) == {back.step}
    if asked:
        assert flow.steps.index(opened) < flow.steps.index(asked)
