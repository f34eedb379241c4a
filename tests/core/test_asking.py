"""How a question is shown: its buttons, what they send, and what is added when it is misheard."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import pytest

from bot.core.asking import go, question, retry, sayable, tapped_answer
from bot.core.content import Step, StepKind
from bot.core.effects import Message
from bot.core.state import Answer, Session
from bot.core.text import plain
from tests.core.test_flow import DEPTH, FORM, HOURS, form, library, state
from tests.worlds import Person, content, keys

EVERY_KIND = [
    Step("asked", kind, options=("one", "two") if kind in ("choice", "multi") else ())
    for kind in get_args(StepKind)
    if kind != "guide"  # without its exercise it can only be ended
]


def asked(step: Step, tries: int = 0) -> Message:
    flow = form(step)
    return question(flow, step, replace(state(flow), tries=tries), bytes(16))[1]


def choices(message: Message) -> list[str]:
    return [choice.token.partition(".")[2] for choice in message.choices]


def someone(step: Step) -> Person:
    session = Session(7, "en", welcomed=True, age="adult", keep_checkins=True, keep_words=True)
    person = Person(session, library(form(step)), afterwards=Session(7, "en"))
    person.press("go.sleep")
    return person


@pytest.mark.parametrize(
    ("step", "shown"),
    [
        (Step("a", "scale", lowest=1, highest=3), ["1", "2", "3"]),
        (Step("a", "scale", lowest=0, highest=1, skippable=True), ["0", "1", "_skip"]),
        (Step("a", "choice", options=("x", "y")), ["x", "y"]),
        (Step("a", "multi", options=("x", "y")), ["x", "y", "_next"]),
        (Step("a", "yes-no"), ["_yes", "_no"]),
        (Step("a", "confirm"), ["_yes", "_no"]),
        (Step("a", "text"), []),
        (Step("a", "text", skippable=True), ["_skip"]),
        (Step("a", "number"), []),
        (Step("a", "time"), []),
        (Step("a", "date"), ["today", "yesterday"]),
    ],
    ids=lambda value: value.kind if isinstance(value, Step) else "",
)
def test_the_buttons_of_each_kind(step: Step, shown: list[str]) -> None:
    assert choices(asked(step)) == shown
    assert choices(asked(step, tries=1)) == shown, "the first time nothing but words is added"


@pytest.mark.parametrize(
    ("step", "added"),
    [
        (Step("a", "number", lowest=0, highest=10), ["0", "5", "10"]),
        (Step("a", "number", lowest=0, highest=1), ["0", "1"]),
        (Step("a", "time"), ["08:00", "12:30", "18:00", "21:00"]),
        (Step("a", "date"), ["today", "yesterday"]),
        (Step("a", "text"), []),
    ],
    ids=lambda value: value.kind if isinstance(value, Step) else "",
)
def test_the_second_time_there_is_something_to_tap(step: Step, added: list[str]) -> None:
    assert choices(asked(step, tries=2)) == [*added, "_stop"]


WAYS_OUT = ("_skip", "_back", "_stop")


def ways_out(message: Message) -> list[str]:
    return [token for token in choices(message) if token in WAYS_OUT]


def asked_second(step: Step, tries: int) -> Message:
    """Ask `step` as the second question, with the first one answered."""
    flow = form(HOURS, step)
    return question(flow, step, replace(state(flow, hours=8), tries=tries), bytes(16))[1]


@pytest.mark.parametrize("step", EVERY_KIND, ids=lambda step: step.kind)
def test_the_third_time_there_is_a_way_past_it(step: Step) -> None:
    way_past = ["_skip"] if step.kind == "multi" else []
    assert choices(asked(step, tries=3))[-1] == "_stop"
    assert ways_out(asked(step, tries=3)) == [*way_past, "_stop"]
    assert ways_out(asked_second(step, tries=3)) == [*(way_past or ["_back"]), "_stop"]
    assert ways_out(asked_second(step, tries=2)) == ["_stop"]
    skippable = replace(step, skippable=True)
    assert choices(asked(skippable, tries=3))[-2:] == ["_skip", "_stop"]
    assert ways_out(asked_second(skippable, tries=3)) == ["_skip", "_stop"]


def test_rather_not_say_is_a_way_past_it() -> None:
    step = Step("asked", "choice", options=("one", "unsaid"))
    assert choices(asked(step, tries=2)) == ["one", "unsaid", "_stop"]
    assert choices(asked(step, tries=3)) == ["one", "unsaid", "_skip", "_stop"]
    assert choices(asked_second(step, tries=3)) == ["one", "unsaid", "_skip", "_stop"]


def test_later_answers_are_nothing_to_go_back_to() -> None:
    step = Step("asked", "yes-no")
    flow = form(step, HOURS)
    reopened = replace(state(flow, hours=8), step="asked", tries=3)
    message = question(flow, step, reopened, bytes(16))[1]
    assert choices(message) == ["_yes", "_no", "_stop"]


@pytest.mark.parametrize("step", EVERY_KIND, ids=lambda step: step.kind)
def test_the_way_past_it_leads_past_it(step: Step) -> None:
    walked = form(HOURS, step, DEPTH)
    session = Session(7, "en", welcomed=True, age="adult", keep_checkins=True, keep_words=True)
    person = Person(session, library(walked), afterwards=Session(7, "en"))
    person.press("go.sleep")
    person.tap("8")
    token = ways_out(asked_second(step, tries=3))[0]
    person.tap(token)
    assert person.open.step == ("depth" if token == "_skip" else "hours")


@pytest.mark.parametrize("step", EVERY_KIND, ids=lambda step: step.kind)
@pytest.mark.parametrize("language", content().library.languages)
def test_no_two_retries_in_a_row_say_the_same(step: Step, language: str) -> None:
    said = [plain(content().lexicon.render(retry(step, n), language)) for n in (1, 2, 3)]
    assert len(set(said)) == 3
    assert retry(step, 4) == retry(step, 3)
    assert not any("!" in one for one in said)


@pytest.mark.parametrize("step", EVERY_KIND, ids=lambda step: step.kind)
def test_every_button_shown_is_an_answer_or_moves(step: Step) -> None:
    for token in choices(asked(step, tries=3)):
        if not token.startswith("_") or token in ("_yes", "_no"):
            tapped_answer(step, token)


@pytest.mark.parametrize("step", EVERY_KIND, ids=lambda step: step.kind)
@pytest.mark.parametrize(
    "token", ["", "nonsense", "²", "\u0667", "-1", "99", "1" * 5000, "_", "_next", "24:00", "7.5"]
)
def test_what_was_not_offered_is_no_answer(step: Step, token: str) -> None:
    with pytest.raises(KeyError):
        tapped_answer(step, token)


@pytest.mark.parametrize(
    ("step", "token", "answer"),
    [
        (Step("a", "number"), "5", 5),
        (Step("a", "time"), "12:30", "12:30"),
        (Step("a", "date"), "yesterday", "2026-02-28"),
        (Step("a", "yes-no"), "_no", False),
        (Step("a", "confirm"), "_yes", True),
        (Step("a", "scale"), "0", 0),
    ],
    ids=lambda value: value.kind if isinstance(value, Step) else "",
)
def test_a_suggestion_tapped_is_the_answer(step: Step, token: str, answer: Answer) -> None:
    person = someone(step)
    if step.kind in ("number", "time", "date"):
        person.say("hm")
        turn = person.say("hmm")
        assert f"retry-{step.kind}-2" in keys(turn)
    person.tap(token)
    (fact,) = person.memory.standing()
    assert fact.body["a"] == answer


def test_every_question_has_a_nonce_of_its_own() -> None:
    first, _ = question(FORM, FORM.steps[0], state(), bytes(16))
    second, _ = question(FORM, FORM.steps[0], state(), bytes(15) + b"1")
    assert first.nonce != second.nonce
    assert first.step == "hours"


def test_a_button_for_a_command_carries_no_nonce() -> None:
    assert go("menu").token == "go.menu"


def test_what_can_be_said_of_answers() -> None:
    known = {"n": 7, "yes": True, "no": False, "skipped": None, "on": ("a", "b"), "said": "*x*"}
    assert dict(sayable(known)) == {
        "n": 7, "yes": "yes", "no": "no", "skipped": "", "on": "a, b", "said": "*x*",
    }  # fmt: skip
