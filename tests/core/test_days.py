"""Many facts of a day are one day, in whatever order they come."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.core.days import KINDS, Day, between, summaries
from bot.core.effects import Fact
from bot.core.state import Answer

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def fact(kind: str = "checkin", day: str = "2026-03-01", *, hour: int = 0, **said: Answer) -> Fact:
    return Fact(1, kind, {"day": day, **said}, NOON + timedelta(hours=hour))


def only(*facts: Fact) -> Day:
    (day,) = summaries(facts)
    return day


def test_several_checkins_are_one_day() -> None:
    day = only(
        fact(mood=8, craving=1, used="no", drinking="no"),
        fact(mood=3, craving=9, used="unsaid", drinking="used", hour=6),
        fact(mood=4),
    )
    assert day == Day(date(2026, 3, 1), True, 5.0, 9, {"used": "no", "drinking": "used"})


def test_a_day_of_skipped_questions_is_answered_and_says_nothing() -> None:
    assert only(fact(confidence=5, used="unsaid")) == Day(date(2026, 3, 1), answered=True)


def test_what_else_is_known_of_a_day() -> None:
    day = only(fact("note", note="it rained"), fact("more", slept=6, halt=("tired",)))
    assert day == Day(date(2026, 3, 1), noted=True, slept=6, halt=frozenset({"tired"}))
    assert only(fact("more", halt=())).halt == frozenset()


def test_a_lapse_counts_unless_a_later_checkin_says_otherwise() -> None:
    assert only(fact("lapse", safe="okay")).said == {"used": "used"}
    assert only(fact(used="no"), fact("lapse", hour=3, safe="okay")).said == {"used": "used"}
    assert only(fact("lapse", safe="okay"), fact(used="no", hour=3)).said == {"used": "no"}


def test_a_lapse_on_another_path_leaves_the_main_one_as_it_was_answered() -> None:
    """A check-in with use of another kind leads to the same talk."""
    led = fact(used="no", drinking="used"), fact("lapse", hour=1, safe="okay")
    assert only(*led).said == {"used": "no", "drinking": "used"}
    assert only(*led, fact(used="no", hour=2)).said == {"used": "no", "drinking": "used"}
    again = fact(used="no", drinking="no", hour=4), fact("lapse", hour=5, safe="okay")
    assert only(*led, *again).said == {"used": "used", "drinking": "used"}


def test_what_cannot_be_read_is_left_out() -> None:
    odd = [Fact(1, "checkin", {"mood": 4}), fact(day="yesterday"), fact("garden"), fact("morning")]
    assert summaries(odd) == ()
    assert only(fact(mood="7", craving=True, used=1)) == Day(date(2026, 3, 1), answered=True)


ANSWERS = st.fixed_dictionaries(
    {"day": st.dates(date(2026, 2, 26), date(2026, 3, 2)).map(str)},
    optional={
        "mood": st.integers(0, 10),
        "craving": st.integers(0, 10),
        "used": st.sampled_from(["no", "used", "unsaid"]),
        "smoking": st.sampled_from(["no", "used", "unsaid"]),
        "slept": st.integers(0, 10),
        "halt": st.sampled_from([(), ("tired",), ("lonely", "tired")]),
    },
)
FACTS = st.lists(
    st.builds(
        Fact,
        st.integers(1, 99),
        st.sampled_from(KINDS),
        ANSWERS,
        st.integers(0, 48).map(lambda hours: NOON + timedelta(hours=hours)),
    ),
    max_size=12,
)


@given(FACTS, st.data())
def test_the_order_of_facts_does_not_matter(facts: list[Fact], data: st.DataObject) -> None:
    assert summaries(facts) == summaries(data.draw(st.permutations(facts)))


@given(FACTS)
def test_a_day_is_made_of_its_own_facts_alone(facts: list[Fact]) -> None:
    days = summaries(facts)
    assert [one.day for one in days] == sorted({one.day for one in days})
    for one in days:
        own = [each for each in facts if each.body["day"] == one.day.isoformat()]
        assert summaries(own) == (one,) == between(days, one.day, one.day)


@given(FACTS, st.integers(-20, 20))
def test_the_clock_moves_no_answer_to_another_day(facts: list[Fact], hours: int) -> None:
    """Someone flies to another zone, or lets their day begin at another hour."""
    moved = [Fact(f.id, f.kind, f.body, f.at + timedelta(hours=hours)) for f in facts]
    assert summaries(moved) == summaries(facts)
