"""What helps me, and why these: what a talk of a few lines cannot show."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.core.effects import Record, Turn
from bot.core.skills import STATES
from bot.core.state import Answer, Session, Wishes
from bot.core.text import plain
from bot.library.neutral import LONGEST_MESSAGE
from tests.worlds import Person, content, messages

NOW = datetime(2026, 3, 31, 20, tzinfo=UTC)
MEMBER = Session(7, "en", welcomed=True, age="adult", path="stop", keep_checkins=True)
Rated = tuple[str, str, int, int, int]
"""Exercise, state, before, after, and how many days ago."""


def person(session: Session = MEMBER, rated: Iterable[Rated] = ()) -> Person:
    """Return someone with a check-in on each of 100 days, and the runs in `rated`."""
    one = Person(session, content().library, afterwards=session, now=NOW)
    for number in range(100):
        day = NOW - timedelta(days=number)
        body: dict[str, Answer] = {"day": day.date().isoformat(), "mood": number % 11}
        body |= {"craving": 10, "used": "no"}
        one.memory.add(Record(number + 1, "checkin", body), day)
    runs = [*rated]
    for number, (skill, state, before, after, ago) in enumerate(runs):
        day = NOW - timedelta(days=ago, minutes=number)
        ran: dict[str, Answer] = {"day": day.date().isoformat(), "skill": skill, "state": state}
        ran |= {"practice": False, "before": before, "guide": "done", "after": after}
        one.memory.add(Record(1000 + number, "skill", ran), day)
    return one


def shown(one: Person, turn: Turn) -> str:
    ((message, _, _),) = messages(turn.effects)
    body, _ = content().lexicon.message(message, one.session.lang)
    return plain(body)


def thrice(skill: str, state: str, before: int, after: int, ago: int = 2) -> list[Rated]:
    return [(skill, state, before, after, ago + number) for number in range(3)]


EVERY = [
    run
    for state in STATES
    for skill in content().library.skills.values()
    if state in skill.states
    for run in thrice(skill.id, state, 10, 1)
]


@pytest.mark.parametrize("lang", content().library.languages)
def test_everything_there_is_to_tell_fits_a_phone(lang: str) -> None:
    one = person(replace(MEMBER, lang=lang), EVERY[:200])
    for command in ("helps", "back-7", "back-30", "back-90"):
        assert len(shown(one, one.give(command))) <= LONGEST_MESSAGE, command
    for state in STATES:
        for number in range(8):
            one.give("cope-more" if number else f"cope-{state}")
            assert len(shown(one, one.give("why-these"))) <= LONGEST_MESSAGE, state


def test_the_page_tells_the_best_few_of_each_state_where_there_are_few() -> None:
    rated = thrice("surf", "craving", 8, 4) + thrice("walk", "craving", 8, 5)
    rated += thrice("delay", "craving", 8, 6) + thrice("breathe", "anxiety", 7, 6)
    rated += thrice("wait", "craving", 8, 7) + thrice("letter", "shame", 5, 5)
    rated += thrice("textone", "lonely", 9, 2)[:2]
    one = person(rated=rated)
    assert shown(one, one.give("helps")).splitlines() == [
        "What helps you, by your own numbers",
        "",
        "Surf the urge · 5 min",
        "Cravings went down after it 3 times of 3, from about 8 to 4.",
        "",
        "Ten-minute walk · 10 min",
        "Cravings went down after it 3 times of 3, from about 8 to 5.",
        "",
        "Four in, six out · 3 min",
        "The fear went down after it 3 times of 3, from about 7 to 6.",
        "",
        "I count what you rated before and after. What did no more than waiting alone is left out.",
    ]
    one = person(rated=rated + thrice("three", "low", 6, 5) + thrice("ritual", "grief", 6, 5))
    assert "Ten-minute walk" not in shown(one, one.give("helps")), "of more states, the best alone"


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        ("en", "It was less 3 times of 3. Waiting did as much for you; both are yours."),
        ("es", "Bajó 3 veces de 3. Solo esperar te sirvió igual; las dos cosas son tuyas."),
    ],
)
def test_where_waiting_did_as_much_that_is_said_of_an_exercise(lang: str, sentence: str) -> None:
    only = Wishes(unwanted=tuple(one for one in content().library.skills if one != "surf"))
    rated = thrice("surf", "craving", 8, 7)
    one = person(replace(MEMBER, lang=lang, wishes=only), rated)
    assert sentence not in shown(one, one.give("cope-craving")), "nothing is known of waiting"
    one = person(replace(MEMBER, lang=lang, wishes=only), rated + thrice("wait", "craving", 9, 3))
    assert sentence in shown(one, one.give("cope-craving"))


def test_an_average_is_rounded_and_says_so_where_it_would_not_move() -> None:
    rated = [
        ("surf", "craving", 8, 7, 2),
        ("surf", "craving", 7, 6, 3),
        ("surf", "craving", 7, 8, 4),
    ]
    one = person(rated=rated)
    told = shown(one, one.give("helps"))
    assert "Cravings went down after it 2 times of 3, by less than a point." in told
    assert not re.search(r"\d[.,]\d", told)


def test_looking_back_tells_two_at_most_and_only_of_its_days() -> None:
    rated = thrice("surf", "craving", 8, 4, ago=20) + thrice("walk", "craving", 8, 5, ago=20)
    rated += thrice("breathe", "anxiety", 7, 5) + thrice("letter", "shame", 9, 5)
    one = person(rated=rated)
    week, month = shown(one, one.give("back-7")), shown(one, one.give("back-30"))
    for name in ("Four in, six out", "A letter from a friend"):
        assert name in week
    assert "Surf" not in week
    assert "Surf the urge" in month
    assert month.count("went down after it") == 2
    assert "walk" not in month


def test_nothing_of_before_a_fresh_page_is_told_or_ranked() -> None:
    rated = thrice("delay", "craving", 9, 2, ago=5)
    one = person(rated=rated)
    one.give("cope-craving")
    assert one.session.coping.offered[0] == "delay"
    assert "Ten minutes, then decide" in shown(one, one.give("back-30"))
    one = person(replace(MEMBER, wishes=Wishes(fresh="2026-03-28")), rated)
    one.give("cope-craving")
    assert "delay" not in one.session.coping.offered
    for command in ("helps", "back-30", "why-these"):
        assert "Ten minutes, then decide" not in shown(one, one.give(command))


def test_discreet_words_name_nothing_that_is_hard() -> None:
    for lang, telling in (("en", ("craving", "shame", "urge of")), ("es", ("ganas b", "mal rato"))):
        wishes = Wishes(discreet=True)
        rated = thrice("delay", "craving", 9, 2) + thrice("letter", "shame", 9, 5)
        one = person(replace(MEMBER, lang=lang, wishes=wishes), rated)
        for command in ("helps", "back-7"):
            told = shown(one, one.give(command)).casefold()
            assert not [word for word in telling if word in told]


def test_who_keeps_nothing_is_told_why_there_is_nothing() -> None:
    one = person(replace(MEMBER, keep_checkins=False))
    assert "I'm not keeping your check-ins" in shown(one, one.give("helps"))
    one = person(replace(MEMBER, keep_checkins=False, age="minor"))
    assert "Because you're under 18" in shown(one, one.give("helps"))
    one = person(replace(MEMBER, keep_checkins=False), thrice("surf", "craving", 8, 4))
    assert "Right now I keep no new check-ins" in shown(one, one.give("helps"))


def test_who_keeps_nothing_is_not_offered_the_same_within_a_day_and_then_is_again() -> None:
    one = person(replace(MEMBER, keep_checkins=False))
    one.press("go.do-surf")  # from a list of theirs: nothing was said of how strong it is
    one.tap("_skip")
    one.tap("enough")
    for hours in range(28):
        one.give("cope-craving")  # asking again is no doing again
        assert ("surf" in one.session.coping.offered) == (hours >= 24), hours
        one.now += timedelta(hours=1)


def test_of_who_keeps_nothing_practice_and_what_was_only_named_hold_nothing_back() -> None:
    one = person(replace(MEMBER, keep_checkins=False, wishes=Wishes(left_out=("effort",))))
    one.press("go.do-surf")
    one.tap("_skip")
    one.tap("enough")
    one.give("practice")
    practised = str(one.open.given["skill"])
    one.tap("enough")
    assert practised != "surf"
    one.press("go.do-walk")
    assert one.session.flows == (), "it is left out, and that is said first"
    one.give("with-effort")
    one.give("cope-craving")
    one.give("cope-more")
    offered = (*one.session.coping.passed, *one.session.coping.offered)
    assert {practised, "walk"} <= {*offered}
    assert "surf" not in offered


def test_something_else_never_ends_and_remembers_no_more_than_there_is() -> None:
    one = person()
    one.give("cope-craving")
    top, seen = one.session.coping.offered, [one.session.coping.offered]
    for _ in range(40):
        one.give("cope-more")
        coping = one.session.coping
        assert coping.offered != seen[-1], "something else is something else"
        assert len(coping.passed) + len(coping.offered) <= len(content().library.skills)
        seen.append(coping.offered)
    assert seen.count(top) > 1
