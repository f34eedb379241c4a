"""What is left out is offered nowhere, and every exercise can be found by whoever looks for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from bot.core.effects import Record, Turn
from bot.core.skills import CAUTIONS, STATES
from bot.core.state import Answer, Session, Wishes
from bot.core.text import plain
from bot.features.catalogue import PAGE
from bot.features.coping import PICKED
from bot.library.render import Lexicon
from tests.worlds import Person, content, keys, messages

LIBRARY = content().library
LEXICON: Lexicon = content().lexicon
ALL = tuple(LIBRARY.skills)
NIGHT, DAY = datetime(2026, 3, 1, 3, tzinfo=UTC), datetime(2026, 3, 1, 14, tzinfo=UTC)
MEMBER = Session(7, "en", welcomed=True, age="adult", keep_checkins=True)
LONGEST_LABEL = 40


def person(
    *,
    now: datetime = DAY,
    lang: str = "en",
    left_out: tuple[str, ...] = (),
    favourites: tuple[str, ...] = (),
    unwanted: tuple[str, ...] = (),
) -> Person:
    wishes = Wishes(left_out=left_out, favourites=favourites, unwanted=unwanted)
    session = replace(MEMBER, lang=lang, wishes=wishes)
    return Person(session, LIBRARY, afterwards=MEMBER, now=now)


def offered(turn: Turn, does: str = "do") -> list[str]:
    """Return the exercises that `turn` has a button for, by id."""
    choices = [one for message, _, _ in messages(turn.effects) for one in message.choices]
    start = f"go.{does}-"
    return [one.token.removeprefix(start) for one in choices if one.token.startswith(start)]


def pages(who: Person, first: str, does: str = "do") -> Iterator[list[str]]:
    """Yield what each page of a list has, as whoever turns them sees it."""
    token = first
    while token:
        turn = who.press(token)
        found = offered(turn, does)
        assert len(found) <= PAGE
        yield found
        choices = [one for message, _, _ in messages(turn.effects) for one in message.choices]
        assert all(len(one.token.encode()) <= 20 for one in choices)
        labels = [LEXICON.label(one.label, who.session.lang) for one in choices]
        assert max(map(len, labels)) <= LONGEST_LABEL
        token = next((one.token for one in choices if one.label.key == "skills-further"), "")


# --- what is left out -------------------------------------------------------------------------


@pytest.mark.parametrize("now", [NIGHT, DAY], ids=["night", "day"])
@pytest.mark.parametrize("out", [*((one,) for one in CAUTIONS), CAUTIONS], ids="-".join)
def test_what_is_left_out_is_offered_nowhere(out: tuple[str, ...], now: datetime) -> None:
    gone = {one.id for one in LIBRARY.skills.values() if set(one.cautions) & set(out)}
    assert gone
    who = person(now=now, left_out=out, favourites=ALL)
    found: set[str] = set()
    for state in STATES:
        found.update(offered(who.press(f"go.cope-{state}")))
        for _ in range(6):
            found.update(offered(who.press("go.cope-more")))
    for token in ("go.skills", *(f"go.all-{state}" for state in PICKED)):
        for page in pages(who, token):
            found.update(page)
    for _ in range(20):
        who.press("go.practice")
        found.add(str(who.open.given["skill"]))
        who.tap("enough")
    assert found == set(ALL) - gone
    who = person(now=now, left_out=out, unwanted=ALL)
    assert {one for page in pages(who, "go.skills-off", "keep") for one in page} == found


def test_what_was_offered_and_then_left_out_is_no_answer_to_why_these() -> None:
    for state in STATES:
        who = person()
        first, *others = offered(who.press(f"go.cope-{state}"))
        who.press(f"go.drop-{first}")
        assert offered(who.press("go.why-these")) == others
        for caution in CAUTIONS:
            who.press(f"go.out-{caution}")
        left = [one for one in others if not LIBRARY.skills[one].cautions]
        assert offered(who.press("go.why-these")) == left


def test_what_is_for_the_night_is_no_answer_in_the_morning() -> None:
    who = person(now=NIGHT, favourites=ALL)
    found = offered(who.press("go.cope-sleepless"))
    while not any(LIBRARY.skills[one].not_at for one in found):
        found = offered(who.press("go.cope-more"))
    who.now = DAY.replace(hour=9)
    nightly = [one for one in found if "morning" in LIBRARY.skills[one].not_at]
    assert nightly
    assert offered(who.press("go.why-these")) == [one for one in found if one not in nightly]


def test_leaving_a_kind_out_is_one_tap_away_while_another_is_left_out() -> None:
    for skill in LIBRARY.skills.values():
        for out in ((), (CAUTIONS[0],), CAUTIONS):
            who = person(left_out=out)
            turn = who.press(f"go.once-{skill.id}")
            tokens = {
                one.token for message, _, _ in messages(turn.effects) for one in message.choices
            }
            assert ("go.cautions" in tokens) == bool({*skill.cautions} - {*out}), skill.id


@pytest.mark.parametrize("caution", CAUTIONS)
def test_asked_for_by_name_it_is_said_first_and_can_be_done_once(caution: str) -> None:
    for skill in LIBRARY.skills.values():
        who = person(left_out=(caution,))
        turn = who.press(f"go.do-{skill.id}")
        if caution not in skill.cautions:
            assert who.open.given["skill"] == skill.id
            continue
        assert keys(turn) == ["left-out-first"]
        assert who.session.flows == ()
        assert offered(turn, "once") == [skill.id]
        who.say("do it this once")
        assert who.open.given["skill"] == skill.id
        assert who.session.wishes.left_out == (caution,)


def test_an_old_switch_does_what_it_said_when_it_was_shown() -> None:
    who = person()
    for token, left in (("out-cold", ("cold",)), ("out-cold", ("cold",)), ("with-cold", ())):
        who.press(f"go.{token}")
        assert who.session.wishes.left_out == left


# --- the lists --------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LIBRARY.languages)
def test_every_exercise_is_on_the_lists_of_what_it_is_for(lang: str) -> None:
    who = person(lang=lang)
    for state in PICKED:
        listed = [one for page in pages(who, f"go.all-{state}") for one in page]
        assert len(listed) == len(set(listed))
        assert set(listed) == {one.id for one in LIBRARY.skills.values() if state in one.states}
    assert all(set(one.states) & set(PICKED) for one in LIBRARY.skills.values())
    kept = person(lang=lang, favourites=("gone", *ALL))
    assert [one for page in pages(kept, "go.skills") for one in page] == [*ALL]


def test_a_page_that_is_gone_shows_the_last_one() -> None:
    who = person(favourites=ALL[:3])
    assert offered(who.press("go.skills-9")) == [*ALL[:3]]
    assert keys(who.press("go.all-nothing")) == ["skills-which"]


TELLING = {
    "en": r"crav|urge|slip|lapse|drink|drunk|drug|\bus(e|ed|ing)\b|sober|shame|addict",
    "es": r"ganas|reca[ií]|tropiezo|beb|alcohol|drog|consum|sobri|verg[uü]enza|adicc",
}


@pytest.mark.parametrize("lang", LIBRARY.languages)
def test_discreet_wording_names_nothing_that_tells_what_it_is_about(lang: str) -> None:
    who = person(lang=lang)
    who.give("discreet-on")
    lists = [f"go.{kind}-{state}" for kind in ("all", "cope") for state in PICKED]
    for token in ("go.cope", "go.skills", "go.why-these", *lists, "go.helps", "go.cope-more"):
        for message, _, _ in messages(who.press(token).effects):
            # What an exercise is called and says of itself is its own, and a caution is plain.
            said = [one for one in message.body if not one.key.startswith("skill-")]
            labels = [one.label for one in message.choices if not one.token.startswith("go.do-")]
            for one in (*said, *labels):
                words = plain(LEXICON.render(one, lang))
                assert not re.search(TELLING[lang], words, re.IGNORECASE), (token, words)
    asked = messages(who.press("go.cope").effects)[-1][0]
    typed = [LEXICON.label(one.label, lang) for one in asked.choices][: len(PICKED)]
    for state, label in zip(PICKED, typed, strict=True):
        assert "cope-offers" in keys(who.say(label)), label
        assert who.session.coping.state == state


# --- practice ---------------------------------------------------------------------------------


def test_practice_is_offered_on_calm_days_and_never_twice_in_a_week() -> None:
    who = person()
    days = []
    for _ in range(30):
        who.give("checkin")
        for answer in ("6", "1", "9"):
            turn = who.tap(answer)
        turn = who.tap("no")
        assert "flow-checkin-closing-easier" in keys(turn)
        tokens = {one.token for message, _, _ in messages(turn.effects) for one in message.choices}
        assert "go.change" in tokens
        if "go.practice" in tokens:
            days.append(date.fromisoformat(who.session.coping.practised))
        who.now += timedelta(hours=17)
    assert len(days) > 2
    assert all(two - one >= timedelta(days=7) for one, two in pairwise(days))


def made_for(skill: str) -> tuple[str, ...]:
    return LIBRARY.skills[skill].states


def test_practice_is_kept_as_such_and_changes_no_offer() -> None:
    who = person()
    before = offered(who.press("go.cope-craving"))
    for _ in range(5):
        who.press("go.practice")
        assert who.open.answers == {"before": None}
        while who.session.flows:
            assert who.open.step == "guide"
            who.tap("next")
    done = who.memory.standing()
    assert [one.body["practice"] for one in done] == [True] * 5
    assert not any({"before", "after"} & set(one.body) for one in done)
    other = next(one for one in ALL if one not in before and "craving" in made_for(one))
    rated: dict[str, Answer] = {"skill": other, "state": "craving", "before": 9, "after": 0}
    for n in range(1, 5):  # as a file that was edited might once have asked
        body = {"day": "2026-03-01", **rated, "practice": True}
        who.memory.add(Record(n, "skill", body), who.now)
    who.now += timedelta(days=2)
    turn = who.press("go.cope-craving")
    assert "cope-eased" not in keys(turn)
    assert offered(turn)[:2] == before[:2]
