"""What "why" can say of everything that is ever said, and that it stays short."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.core.content import Library
from bot.core.effects import Turn
from bot.core.events import Said
from bot.core.state import Latest, Session
from bot.core.text import plain
from bot.features.scene import Scene
from bot.features.why import why
from bot.library.origins import still_to_come
from tests.worlds import Person, content, keys, messages

LIBRARY = content().library
MEMBER = Session(7, "en", country="ES", welcomed=True, age="adult", keep_checkins=True)
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
LONGEST = 900


def asked(*said: str, lang: str = "en", library: Library = LIBRARY) -> Turn:
    session = replace(MEMBER, lang=lang, latest=Latest(said))
    turn = why(Scene(session, Said("1", NOW, bytes(16), "why"), library))
    assert turn.session == session
    return turn


def shown(turn: Turn, lang: str = "en") -> list[str]:
    lexicon = content().lexicon
    return [plain(lexicon.message(one, lang)[0]) for one, _, _ in messages(turn.effects)]


@pytest.mark.parametrize("lang", LIBRARY.languages)
def test_every_sentence_has_an_origin_that_fits_a_phone(lang: str) -> None:
    origins = LIBRARY.origins[lang]
    assert len(origins) > 200
    for name, origin in origins.items():
        (first, *_) = shown(asked(name, lang=lang), lang)
        assert len(first) <= LONGEST, name
        if name not in ("call-now", "call-if-danger", "abroad"):
            assert f"({origin.file}: {origin.place})" in first


def test_every_line_has_a_source_that_fits_a_phone() -> None:
    seen = [line for line in LIBRARY.helplines if line.evidence == "seen"]
    longest = sorted(seen, key=lambda one: len(one.source))[-3:]
    for lines in ([one] for one in seen):
        (said,) = shown(asked(*(f"line {one.id}" for one in lines)))
        assert all(one.source in said and str(one.checked_on) in said for one in lines)
    (said,) = shown(asked("call-now", *(f"line {one.id}" for one in longest)))
    assert len(said) <= LONGEST


def test_what_is_alike_is_told_of_once() -> None:
    (said,) = shown(asked("help", "help-words", "question"))
    assert said.count("en/interface.ftl") == 1
    assert "help, help-words, question" in said


def test_a_reviewer_is_named() -> None:
    origin = replace(LIBRARY.origins["en"]["help"], reviewed_by="Ana Ruiz, peer worker")
    library = replace(LIBRARY, origins={"en": {"help": origin}})
    (said,) = shown(asked("help", library=library))
    assert "Read over by Ana Ruiz, peer worker" in said
    assert "No one outside this project" not in said


def test_nothing_was_said_or_it_is_gone() -> None:
    assert keys(asked()) == ["why-nothing"]
    assert keys(asked("flow-gone-step", "line gone")) == ["why-gone"]


def test_of_a_visitor_nothing_is_remembered_but_that_they_know_what_this_is() -> None:
    person = Person(Session(7, "en"), LIBRARY, afterwards=Session(7, "en"))
    for said in ("hello", "i want to die", "why", "help now"):
        person.say(said)
        assert person.session == Session(7, "en", introduced=True)


def test_what_was_said_last_is_named_and_its_lead_is_not() -> None:
    person = Person(MEMBER, LIBRARY, afterwards=MEMBER)
    person.say("check in")
    assert [*person.session.latest.said] == ["flow-checkin-mood"]
    person.say("eleventy")
    assert [*person.session.latest.said] == ["flow-checkin-mood"]
    person.say("help")
    named = ["help", "help-words", "help-why", "flow-checkin-mood"]
    assert [*person.session.latest.said] == named
    before = person.session.latest
    person.say("why")
    assert person.session.latest == before
    person.say("quiero morir")
    said = person.session.latest.said
    assert said[0] == "card-listen"
    assert said[1].startswith("line es-")


def test_words_are_held_no_longer_than_one_answer() -> None:
    kept = replace(MEMBER, keep_words=True, latest=Latest(("heard-you",), "a long day"))
    person = Person(kept, LIBRARY, afterwards=kept)
    person.say("why")
    assert person.session.latest == Latest(("heard-you",))


def test_a_source_opened_tomorrow_is_a_mistake() -> None:
    days = {one.checked_on for ours in LIBRARY.origins.values() for one in ours.values()}
    newest = max(day for day in days if day)
    assert still_to_come(LIBRARY, newest) == []
    found = still_to_come(LIBRARY, newest - timedelta(days=1))
    assert ("flows/checkin.toml", "strong") in {(one.file, one.where) for one in found}
