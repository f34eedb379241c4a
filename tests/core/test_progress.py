"""Progress without a cliff: what a lapse may cost, and what it may never."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.core.days import Day
from bot.core.progress import most_days, near, progress, reached
from bot.core.state import Track

FIRST = date(2026, 1, 1)
Said = dict[int, str]


def at(number: int) -> str:
    return (FIRST + timedelta(days=number)).isoformat()


def days(said: Said) -> list[Day]:
    return [
        Day(FIRST + timedelta(days=number), True, said={"used": answer} if answer else {})
        for number, answer in sorted(said.items())
    ]


def shown(
    track: Track, said: Said, today: int, fresh: date = date.min
) -> tuple[int, int, int, int]:
    p = progress(track, days(said), FIRST + timedelta(days=today), fresh)
    return p.total, p.longest, p.last_90, p.otherwise


# --- by hand ----------------------------------------------------------------------------------


def test_silence_counts_and_today_counts_once_it_is_answered() -> None:
    track = Track("used", at(0))
    assert shown(track, {}, 0) == (0, 0, 0, 0)
    assert shown(track, {0: "no"}, 0) == (1, 1, 1, 0)
    assert shown(track, {}, 10) == (10, 10, 10, 0)
    assert shown(track, {10: "used"}, 10) == (10, 10, 10, 1)


def test_a_hundred_days_and_one_lapse() -> None:
    track, today = Track("used", at(0)), FIRST + timedelta(days=100)
    before = progress(track, days({100: "no"}), today)
    after = progress(track, days({100: "used"}), today)
    assert (before.total, before.longest, before.last_90) == (101, 101, 90)
    assert (after.total, after.longest, after.last_90) == (100, 100, 89)
    assert (after.otherwise, after.last_off) == (1, today)
    assert after.strength > before.strength * 0.9


def test_strength_is_half_after_its_half_life() -> None:
    p = progress(Track("used", at(0)), [], FIRST + timedelta(days=14))
    assert progress(Track("used", at(0)), [], FIRST + timedelta(days=90)).last_90 == 90
    assert p.strength == pytest.approx(0.5)


def test_a_pause_counts_neither_way() -> None:
    track = Track("used", at(0), pauses=(f"{at(10)}/{at(19)}", f"{at(25)}/"))
    p = progress(track, days({12: "used", 27: "used"}), FIRST + timedelta(days=30))
    assert (p.total, p.longest, p.otherwise) == (15, 15, 0)
    assert p.paused == FIRST + timedelta(days=25)
    assert p.strength == progress(Track("used", at(0)), [], FIRST + timedelta(days=15)).strength


def test_no_days_of_a_pause_can_have_been_passed() -> None:
    """Otherwise each check-in in a long pause would read everything for a milestone."""
    track = Track("used", at(0), pauses=(f"{at(3)}/{at(9)}", f"{at(5)}/{at(12)}", f"{at(20)}/"))
    assert most_days(track, FIRST + timedelta(days=400)) == 10


def test_earlier_spans_count_and_the_time_between_does_not() -> None:
    track = Track("used", at(20), earlier=(f"{at(0)}/{at(9)}",))
    p = progress(track, days({5: "used"}), FIRST + timedelta(days=25))
    assert (p.total, p.before, p.longest, p.otherwise) == (14, 9, 5, 1)
    assert p.since == FIRST + timedelta(days=20)


def test_a_target_lets_so_many_days_of_any_seven_be() -> None:
    track = Track("used", at(0), most=2)
    assert shown(track, {1: "used", 3: "used"}, 7) == (7, 7, 7, 0)
    # The third within seven days is over it, until the first is a week ago.
    assert shown(track, {1: "used", 3: "used", 5: "used"}, 20) == (17, 12, 17, 3)


def test_a_fresh_page_begins_anew_and_nothing_is_lost() -> None:
    track = Track("used", at(0), earlier=("2025-01-01/2025-06-01",))
    fresh = FIRST + timedelta(days=50)
    assert shown(track, {40: "used", 60: "used"}, 70, fresh) == (19, 10, 19, 1)
    assert progress(track, [], FIRST + timedelta(days=70), fresh).since == fresh
    assert shown(track, {40: "used"}, 70) == (221, 152, 69, 1)


def test_milestones() -> None:
    assert [reached(n) for n in (0, 1, 2, 29, 30, 364, 365, 729, 730)] == [
        0, 1, 1, 14, 30, 180, 365, 365, 730,
    ]  # fmt: skip
    assert [near(n) for n in (0, 2, 4, 6, 28, 27, 85, 358, 357, 724, 400)] == [
        0, 3, 0, 7, 30, 30, 90, 365, 0, 730, 0,
    ]  # fmt: skip


# --- laws -------------------------------------------------------------------------------------

SAID = st.dictionaries(st.integers(-40, 150), st.sampled_from(["no", "used", ""]), max_size=60)
SPANS = st.tuples(st.integers(-40, 140), st.integers(0, 30)).map(
    lambda s: f"{at(s[0])}/{at(sum(s))}"
)
TRACKS = st.builds(
    Track,
    st.just("used"),
    st.integers(-20, 60).map(at),
    st.integers(0, 6),
    st.lists(SPANS, max_size=2).map(tuple),
    st.lists(SPANS, max_size=2).map(tuple),
    st.one_of(st.just(""), st.integers(-40, 140).map(at)),
)
TODAY = st.integers(0, 150)
STRICT = TRACKS.map(lambda track: replace(track, most=0))


@given(STRICT, SAID, TODAY, st.integers(-40, 150))
def test_a_lapse_costs_its_own_day_at_most(track: Track, said: Said, today: int, on: int) -> None:
    said.pop(on, None)
    before, after = shown(track, said, today), shown(track, {**said, on: "used"}, today)
    assert before[0] - 1 <= after[0] <= before[0]
    assert before[2] - 1 <= after[2] <= before[2]


@given(TRACKS, SAID, TODAY)
def test_a_lapse_today_takes_nothing_back(track: Track, said: Said, today: int) -> None:
    """Whatever the path and its target: the figures of the evening before all stand."""
    said = {day: answer for day, answer in said.items() if day < today}
    now = FIRST + timedelta(days=today)
    before = progress(track, days(said), now)
    after = progress(track, days({**said, today: "used"}), now)
    assert after.total >= before.total
    assert after.longest >= before.longest
    assert after.strength >= before.strength * 0.95


@given(st.integers(100, 400), st.sampled_from(["no", ""]))
def test_one_lapse_after_a_hundred_days_lowers_strength_by_less_than_a_tenth(
    on: int, before: str
) -> None:
    track, now = Track("used", at(0)), FIRST + timedelta(days=on)
    held = progress(track, days({on: before}), now).strength
    assert progress(track, days({on: "used"}), now).strength > held * 0.9


@given(TRACKS, SAID, TODAY, st.integers(-40, 150))
def test_strength_is_a_share_and_grows_with_days_on_the_path(
    track: Track, said: Said, today: int, on: int
) -> None:
    now = FIRST + timedelta(days=today)
    used = progress(track, days({**said, on: "used"}), now)
    held = progress(track, days({**said, on: "no"}), now)
    assert 0 <= used.strength <= held.strength < 1
    assert used.total <= held.total
    assert used.longest <= held.longest


@given(TRACKS, SAID, TODAY)
def test_the_figures_fit_together(track: Track, said: Said, today: int) -> None:
    p = progress(track, days(said), FIRST + timedelta(days=today))
    assert (
        max(p.longest, p.last_90, p.before) <= p.total <= most_days(track, FIRST + timedelta(today))
    )
    assert (p.last_off is None) == (p.otherwise == 0)
    assert reached(p.total) <= p.total


@given(TRACKS, SAID, TODAY, st.data())
def test_the_order_of_days_does_not_matter(
    track: Track, said: Said, today: int, data: st.DataObject
) -> None:
    now = FIRST + timedelta(days=today)
    mixed = data.draw(st.permutations(days(said)))
    assert progress(track, mixed, now) == progress(track, days(said), now)


@given(TRACKS, SAID, SAID, TODAY, st.integers(-40, 140))
def test_a_fresh_page_leaks_nothing(
    track: Track, said: Said, other: Said, today: int, fresh: int
) -> None:
    """Two members whose days differ only before the page see the same."""
    now = FIRST + timedelta(days=today)
    page = FIRST + timedelta(days=fresh)
    assume(date.fromisoformat(track.since) <= page)
    one = replace(track, earlier=(), pauses=())
    another = replace(one, since=at(-60), earlier=(f"{at(-90)}/{at(-70)}",), earned=30)
    earlier = {day: answer for day, answer in other.items() if day < fresh}
    since = {day: answer for day, answer in said.items() if day >= fresh}
    mixed = days({**earlier, **since})
    assert progress(one, days(said), now, page) == progress(another, mixed, now, page)


@given(TRACKS, SAID, TODAY, st.sampled_from(["no", "used", ""]))
def test_what_is_said_in_a_pause_changes_nothing(
    track: Track, said: Said, today: int, answer: str
) -> None:
    track = replace(track, pauses=(*track.pauses, f"{at(20)}/{at(40)}"))
    now = FIRST + timedelta(days=today)
    inside = {**said, **dict.fromkeys(range(20, min(41, today)), answer)}
    outside = {day: one for day, one in said.items() if not 20 <= day < min(41, today)}
    assert progress(track, days(inside), now) == progress(track, days(outside), now)


@given(SAID, st.integers(0, 30))
def test_a_pause_only_moves_what_comes_after_it(said: Said, length: int) -> None:
    """Days after a pause count as they would have without it, that much earlier."""
    before = {day: answer for day, answer in said.items() if 0 <= day < 50}
    after = {day: answer for day, answer in said.items() if 50 <= day < 100}
    paused = Track("used", at(0), pauses=(f"{at(50)}/{at(49 + length)}",) if length else ())
    moved = {day + length: answer for day, answer in after.items()}
    one = progress(Track("used", at(0)), days(before | after), FIRST + timedelta(days=100))
    two = progress(paused, days(before | moved), FIRST + timedelta(days=100 + length))
    assert (one.total, one.longest, one.strength) == (two.total, two.longest, two.strength)


@given(STRICT, SAID, TODAY)
def test_milestones_are_only_ever_passed_upwards(track: Track, said: Said, today: int) -> None:
    """As time goes by, and whatever is answered on the day, none that was reached goes."""
    known = {day: answer for day, answer in said.items() if day <= today}
    now = FIRST + timedelta(days=today)
    later = {**known, **{day: "used" for day in range(today + 1, today + 20)}}
    first = reached(progress(track, days(known), now).total)
    assert reached(progress(track, days(later), now + timedelta(days=19)).total) >= first
