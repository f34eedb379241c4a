"""Conditions of content files: what can be written, what it means, and what an author is told."""

from __future__ import annotations

from contextlib import suppress
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.conditions import NAMED, Condition, Operator, holds, parse_condition
from bot.core.state import Answer


@pytest.mark.parametrize(
    ("written", "condition"),
    [
        ("craving >= 7", Condition("craving", ">=", 7)),
        ("mood<=3", Condition("mood", "<=", 3)),
        (" mood  <=  -3 ", Condition("mood", "<=", -3)),
        ("used == 'used'", Condition("used", "==", "used")),
        ('used == "used"', Condition("used", "==", "used")),
        ("mood == 0", Condition("mood", "==", 0)),
        ("keep_words == true", Condition("keep_words", "==", True)),
        ("keep_words == False", Condition("keep_words", "==", False)),
        ("path in ['stop', 'less']", Condition("path", "in", ("stop", "less"))),
        ("mood in [1, 2]", Condition("mood", "in", (1, 2))),
        ("path in []", Condition("path", "in", ())),
        ("worst_of_both", Condition("worst_of_both", "named")),
        (" nothing_answered ", Condition("nothing_answered", "named")),
        ("step2 == 'x'", Condition("step2", "==", "x")),
    ],
)
def test_what_can_be_written(written: str, condition: Condition) -> None:
    assert parse_condition(written) == condition


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("", "unknown condition ''"),
        ("mood", "unknown condition 'mood': write a comparison like \"craving >= 7\""),
        ("mood > 3", "unknown condition"),
        ("mood != 3", "unknown condition"),
        ("mood = 3", "unknown condition"),
        ("not mood", "unknown condition"),
        ("mood >= 3 and craving <= 2", "is not a number, a 'quoted word' or a list"),
        ("Mood == 3", "unknown condition"),
        ("used == used", "used is not a number, a 'quoted word' or a list"),
        ("used == 'open", "is not a number, a 'quoted word' or a list"),
        ("mood >= 'low'", ">= takes a whole number"),
        ("mood >= 3.5", ">= takes a whole number"),
        ("mood <= true", "<= takes a whole number"),
        ("path in 'stop'", "\"in\" takes a list such as ['a', 'b']"),
        ("path in ('stop', 'less')", '"in" takes a list'),
        ("path in [1.5]", '"in" takes a list'),
        ("path in [['stop']]", '"in" takes a list'),
        ("used == ['no']", "== takes a number, a 'quoted word' or true/false"),
        ("used == 1.5", "== takes a number"),
        ("used == none", "is not a number"),
        ("used == None", "== takes a number"),
        ("used == __import__('os')", "is not a number"),
        ("pathin['stop']", "unknown condition"),
    ],
)
def test_what_an_author_is_told(written: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=r".") as told:
        parse_condition(written)
    assert sentence in str(told.value)
    assert repr(written) in str(told.value)


def test_the_named_functions_are_named_in_the_answer() -> None:
    with pytest.raises(ValueError, match="one of the named ones: " + ", ".join(sorted(NAMED))):
        parse_condition("worst_of_all")


@pytest.mark.parametrize(
    ("written", "answer", "truth"),
    [
        ("mood >= 7", 7, True), ("mood >= 7", 6, False), ("mood <= 3", 3, True),
        ("mood <= 3", 4, False),
        ("mood == 3", 3, True), ("mood == 3", "3", False), ("used == 'no'", "no", True),
        ("used == 'no'", "used", False), ("path in ['a', 'b']", "b", True),
        ("path in ['a', 'b']", "c", False), ("path in []", "c", False),
        ("keep in ['words']", ("checkins", "words"), True), ("keep in ['words']", (), False),
        ("sure == true", True, True), ("sure == true", False, False),
        ("sure == false", False, True),
        ("mood >= 7", "low", False), ("mood <= 3", ("a",), False), ("mood <= 3", "", False),
    ],
)  # fmt: skip
def test_what_it_means(written: str, answer: Answer, truth: bool) -> None:
    condition = parse_condition(written)
    assert holds(condition, {condition.name: answer}) is truth


@pytest.mark.parametrize(
    "written", ["a == 0", "a == ''", "a == false", "a >= 0", "a <= 0", "a in [0, '']"]
)
def test_nothing_holds_of_what_was_skipped_or_not_asked(written: str) -> None:
    assert holds(parse_condition(written), {"a": None}) is False
    assert holds(parse_condition(written), {}) is False


@pytest.mark.parametrize(
    ("mood", "craving", "truth"),
    [(3, 7, True), (0, 10, True), (4, 7, False), (3, 6, False), (None, 9, False), (2, None, False)],
)
def test_worst_of_both(mood: int | None, craving: int | None, truth: bool) -> None:
    assert holds(Condition("worst_of_both", "named"), {"mood": mood, "craving": craving}) is truth


@pytest.mark.parametrize(
    ("facts", "truth"),
    [
        ({}, True), ({"mood": None, "used": None}, True), ({"used": "unsaid", "mood": None}, True),
        ({"mood": 0}, False), ({"used": "no"}, False), ({"confidence": 0}, False),
        ({"path": "stop", "weekday": "mon"}, True),
    ],
)  # fmt: skip
def test_nothing_answered(facts: dict[str, Answer], truth: bool) -> None:
    assert holds(Condition("nothing_answered", "named"), facts) is truth


@pytest.mark.parametrize(
    ("facts", "truth"),
    [
        ({"path": "stop"}, True), ({"path": "unsaid"}, True), ({}, True),
        ({"path": "someone"}, False), ({"path": "someone", "track_other": False}, False),
        ({"path": "someone", "track_drinking": True}, True),
    ],
)  # fmt: skip
def test_own_pull(facts: dict[str, Answer], truth: bool) -> None:
    assert holds(Condition("own_pull", "named"), facts) is truth


def test_nothing_written() -> None:
    named = Condition("nothing_written", "named")
    assert holds(named, {"note": None})
    assert holds(named, {})
    assert not holds(named, {"note": "a walk"})


ANSWERS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.text(), st.lists(st.text()).map(tuple)
)


@given(
    st.sampled_from([one for one in get_args(Operator) if one != "named"]),
    st.one_of(st.integers(), st.text(), st.booleans(), st.lists(st.text()).map(tuple)),
    st.dictionaries(st.sampled_from(["a", "mood", "craving", "used", "note"]), ANSWERS),
)
def test_no_answer_makes_a_condition_raise(
    operator: Operator, value: str | int | bool | tuple[str, ...], facts: dict[str, Answer]
) -> None:
    assert holds(Condition("a", operator, value), facts) in (True, False)
    for name in NAMED:
        assert holds(Condition(name, "named"), facts) in (True, False)


@given(st.text())
def test_anything_written_is_a_condition_or_a_sentence(written: str) -> None:
    with suppress(ValueError):
        assert isinstance(parse_condition(written), Condition)
