"""The hope box in an exercise: a few things of it, not always the same, on any phone."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.effects import Fact, Loaded, Record
from bot.core.events import Tapped
from bot.core.guide import NEXT
from bot.core.state import Session
from bot.core.text import plain, text
from bot.features.hope import HELD, MOST_OWN, own_words
from bot.features.scene import Scene
from bot.library.neutral import LONGEST_MESSAGE
from bot.storage.codec import encode_session
from tests.library.garden import problems_in, swap, with_skills
from tests.worlds import Person, content, messages

LIBRARY = content().library
LONGEST = LIBRARY.flows["hope"].steps[0].longest
NOW = datetime(2026, 3, 1, 18, tzinfo=UTC)
MEMBER = Session(7, "en", welcomed=True, age="adult", keep_checkins=True, keep_words=True)
SHOWS_OWN = sorted(one.id for one in LIBRARY.skills.values() if any(part.own for part in one.parts))


def shown(things: list[str], seed: int) -> str:
    facts = tuple(
        Fact(n, "hope", {"day": "2026-03-01", "hope": one}) for n, one in enumerate(things, 1)
    )
    chance = hashlib.blake2b(b"%d" % seed, digest_size=16).digest()
    event = Tapped("1", NOW, chance, "go.do-hope")
    return own_words(Scene(MEMBER, event, LIBRARY, Loaded(facts)))


@settings(deadline=None)
@given(st.lists(st.text(min_size=1, max_size=LONGEST), max_size=8), st.integers(0, 99))
def test_at_most_three_things_are_shown_each_as_it_was_typed(things: list[str], seed: int) -> None:
    said = shown(things, seed)
    assert len(said) <= LONGEST
    assert bool(said) == bool(things)
    alone = [one for one in things if one in said]
    assert not things or alone
    assert said == shown(things, seed)
    assert said.count("\n") - sum(one.count("\n") for one in alone) < MOST_OWN


def test_not_always_the_same_three() -> None:
    things = ["rain", "soup", "a cat", "the sea", "Ana"]
    chosen = [shown(things, seed).split("\n") for seed in range(40)]
    assert all(len(one) == MOST_OWN for one in chosen)
    assert {one for some in chosen for one in some} == set(things)


@pytest.mark.parametrize("lang", LIBRARY.languages)
@pytest.mark.parametrize("skill", SHOWS_OWN)
def test_an_exercise_with_the_longest_words_fits_a_phone(skill: str, lang: str) -> None:
    person = Person(replace(MEMBER, lang=lang), LIBRARY, MEMBER, now=NOW)
    person.memory.add(Record(5, "hope", {"day": "2026-03-01", "hope": "W" * LONGEST}), NOW)
    person.press(f"go.do-{skill}")
    turn = person.tap("7")
    seen = 0
    while person.session.flows and person.open.step == "guide":
        for around in (turn, person.say("hola"), person.press("go.menu"), person.press("go.why")):
            for message, _, _ in messages(around.effects):
                words = plain(content().lexicon.message(message, lang)[0])
                seen += "W" * LONGEST in words
                assert len(words) <= LONGEST_MESSAGE
        turn = person.tap(NEXT)
    assert seen


def test_an_exercise_shows_own_words_only_where_there_is_room_for_them(tmp_path: Path) -> None:
    folder = with_skills(tmp_path / "content")
    swap(folder / "skills" / "hope.toml", "seconds = 15\n", "seconds = 15\nown = true\n")
    found = [one for one in problems_in(folder) if one.file == "skills/hope.toml"]
    assert [one.where for one in found] == ["part three"]


def test_a_page_of_the_box_and_the_form_that_takes_one_out_fit_a_phone() -> None:
    person = Person(MEMBER, LIBRARY, MEMBER, now=NOW)
    for n, length in enumerate((300, 300, 90, 10, 10, 10, 10, 300, 1), 1):
        words = (str(n) * length)[:length]
        person.memory.add(Record(n, "hope", {"day": "2026-03-01", "hope": words}), NOW)
    found: list[str] = []
    for page in range(1, 10):
        for token in (f"go.hope-{page}", f"go.hope-remove-{page}"):
            turn = person.press(token)
            for message, _, _ in messages(turn.effects):
                words = plain(content().lexicon.message(message, "en")[0])
                assert len(words) <= LONGEST_MESSAGE
                found += [words] if token == f"go.hope-{page}" else []
        person.say("stop")
    assert [n for n in range(1, 10) if str(n) in "".join(found)] == [*range(1, 10)]


def test_words_that_wait_for_a_guess_to_be_taken_back_can_be_erased() -> None:
    person = Person(MEMBER, LIBRARY, MEMBER, now=NOW)
    person.memory.add(Record(5, "note", {"day": "2026-03-01", "note": "so that there is one"}), NOW)
    person.press("go.hope-add")
    person.say("quartzite, I want to die")
    assert person.open.given[HELD] == "quartzite, I want to die"
    assert [one.kind for one in person.memory.standing()] == ["crisis", "note"]
    person.press("go.erase-words")
    person.tap("_yes")
    assert b"quartzite" not in encode_session(person.session)
    assert person.open.flow == "hope"


def test_the_box_is_nothing_for_a_minor_or_a_place_that_keeps_no_words() -> None:
    young = replace(MEMBER, age="minor", keep_words=False, keep_checkins=False)
    turn = Person(young, LIBRARY, MEMBER, now=NOW).press("go.hope")
    assert [one.body for one, _, _ in messages(turn.effects)] == [(text("hope-minor"),)]
    person = Person(MEMBER, LIBRARY, MEMBER, now=NOW)
    person.place = replace(person.place, keeps_text=False)
    turn = person.press("go.hope-add")
    assert [one.body for one, _, _ in messages(turn.effects)] == [(text("hope-not-here"),)]
