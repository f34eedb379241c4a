"""Erasing one's own words takes them out of everything, and leaves the rest as it was."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.content import Closing, Flow, Library, Step
from bot.core.effects import Fact, Forget, Record, Turn
from bot.core.state import Coping, Latest, OwnQuestion, Session, Wishes
from bot.features import kinds
from bot.features.scene import Keeps
from bot.storage.codec import encode_session
from tests.worlds import Person, content, keys, messages

SLEEP = Flow(
    id="sleep",
    version=1,
    steps=(Step("hours", "number"), Step("dream", "text", skippable=True)),
    closings=(Closing("done"),),
    command="sleep",
    records="sleep",
)
MEMBER = Session(
    7, "en", welcomed=True, age="adult", path="stop", keep_checkins=True, keep_words=True
)


@pytest.fixture
def person() -> Person:
    library = content().library
    with_sleep: Library = replace(library, flows={**library.flows, "sleep": SLEEP})
    return Person(MEMBER, with_sleep, afterwards=Session(7, "en"))


def slept(person: Person, hours: str, dream: str) -> None:
    person.press("go.sleep")
    person.tap(hours)
    if dream:
        person.say(dream)
    else:
        person.tap("_skip")


def standing(person: Person) -> list[Fact]:
    return sorted(person.memory.standing(), key=lambda fact: fact.id)


def test_words_go_out_of_other_facts_and_their_time_stays(person: Person) -> None:
    slept(person, "8", "of the sea")
    slept(person, "7", "")
    person.press("go.note")
    person.say("a note")
    before = {fact.body.get("hours"): fact for fact in person.memory.standing()}
    person.press("go.erase-words")
    person.tap("_yes")
    after = {fact.body.get("hours"): fact for fact in person.memory.standing()}
    assert after[8].body == {"day": "2026-03-01", "hours": 8}
    assert (after[8].at, after[8].kind) == (before[8].at, "sleep")
    assert after[7] == before[7], "a fact without words is not touched"
    assert set(after) == {7, 8}
    assert all(b"sea" not in one.body and b"note" not in one.body for one in person.memory.kept)


def test_words_that_a_correction_took_out_go_too(person: Person) -> None:
    slept(person, "8", "of the sea")
    (first,) = person.memory.standing()
    person.memory.add(Record(5, "sleep", {"day": "2026-03-01", "hours": 6}, first.id), person.now)
    person.press("go.erase-words")
    person.tap("_yes")
    (fact,) = person.memory.standing()
    assert fact.body == {"day": "2026-03-01", "hours": 6}
    assert all(b"sea" not in one.body for one in person.memory.kept)


def offered(turn: Turn) -> set[str]:
    return {choice.token for message, _, _ in messages(turn.effects) for choice in message.choices}


@pytest.mark.parametrize("form", ["unnote", "questions"])
def test_own_questions_and_all_that_was_taken_from_words_go_too(form: str) -> None:
    asks = (OwnQuestion("quartzite walk?", "yes-no"), OwnQuestion("and quartzite?", "scale"))
    member = replace(MEMBER, wishes=Wishes("Ana", questions=asks))
    person = Person(member, content().library, afterwards=Session(7, "en"))
    person.give("more")
    person.tap("_yes")
    person.tap("7")
    person.tap("_skip")
    while person.session.flows:
        person.tap("_skip")
    person.give("note")
    person.say("quartzite")
    person.give("more")
    person.give("notes-remove" if form == "unnote" else form)
    assert [one.flow for one in person.session.flows] == ["more", form]
    assert "go.erase-words" in offered(person.give("kept"))
    person.press("go.erase-words")
    turn = person.tap("_yes")
    assert "go.erase-words" not in offered(turn)
    assert b"quartzite" not in encode_session(person.session)
    assert person.session.wishes.nickname == "Ana"
    assert [one.flow for one in person.session.flows] == ["more"]
    person.tap("4")
    while person.session.flows:
        person.tap("_skip")
    assert b"quartzite" not in b"".join(one.body for one in person.memory.kept)


def test_a_question_alone_can_be_erased_and_a_page_without_words_offers_nothing() -> None:
    person = Person(MEMBER, content().library, afterwards=Session(7, "en"))
    person.give("more")
    person.tap("7")
    while person.session.flows:
        person.tap("_skip")
    assert "go.erase-words" not in offered(person.give("kept"))
    wishes = Wishes(questions=(OwnQuestion("quartzite?"),))
    person = Person(replace(MEMBER, wishes=wishes), content().library, afterwards=Session(7, "en"))
    assert "go.erase-words" in offered(person.give("kept"))
    person.press("go.erase-words")
    assert keys(person.tap("_yes"))[0] == "erased-words"
    assert person.session.wishes.questions == ()


def test_what_the_morning_said_in_words_is_not_asked_about_any_more() -> None:
    person = Person(replace(MEMBER, wishes=Wishes(pair=True)), content().library, MEMBER)
    said = {"day": "2026-03-01", "pick": "own", "own": "quartzite"}
    person.memory.add(Record(5, "morning", said, 0), person.now)
    person.give("checkin")
    assert person.open.given["intended"] == "quartzite"
    person.press("go.erase-words")
    person.tap("_yes")
    assert person.open.flow == "checkin"
    assert "quartzite" not in str(person.open.given)
    assert "intention" not in person.open.given


def test_a_feature_declares_words_of_its_own_kinds(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = {
        "intention": Keeps("intention", "a", "b", "c", consent="words"),
        "mixed": Keeps("mixed", "a", "b", "c", words=("said",)),
    }
    monkeypatch.setattr(kinds, "declared", lambda: own)
    library = person.library
    assert kinds.of_words(library, "intention")
    assert kinds.of_words(library, "note")
    assert not kinds.of_words(library, "mixed")
    mixed = Fact(1, "mixed", {"day": "2026-03-01", "n": 3, "said": "x"})
    assert kinds.without_words(library, mixed) == {"day": "2026-03-01", "n": 3}
    assert kinds.holds_words(library, mixed)
    assert not kinds.holds_words(library, replace(mixed, body={"day": "2026-03-01", "n": 3}))


def test_nothing_there_to_erase_never_means_everything(person: Person) -> None:
    slept(person, "7", "")
    assert keys(person.press("go.erase-words"))[0] == "erase-nothing"
    person.give("note")
    person.say("removed elsewhere before the answer")
    person.press("go.erase-words")
    person.memory.forget(["note"])
    turn = person.tap("_yes")
    assert not [one for one in turn.effects if isinstance(one, Forget)]
    assert len(person.memory.standing()) == 1
    assert person.session.welcomed


def test_switching_words_off_drops_what_was_last_said(person: Person) -> None:
    person = Person(
        replace(MEMBER, latest=Latest(("fallback",), "something")),
        person.library,
        afterwards=MEMBER,
    )
    person.press("go.drop-words")
    assert person.session.latest.words == ""


def test_an_old_switch_does_what_it_said(person: Person) -> None:
    """It said "on, tap to turn off"; off it is, also if it was off already."""
    person.press("go.drop-checkins")
    turn = person.press("go.drop-checkins")
    assert not person.session.keep_checkins
    switches = {c.token: c.picked for m, _, _ in messages(turn.effects) for c in m.choices}
    assert switches["go.keep-checkins"] is False
    assert switches["go.drop-words"] is True


def test_words_already_said_in_an_open_question_go_with_the_others(person: Person) -> None:
    longer = replace(SLEEP, steps=(*SLEEP.steps, Step("rest", "number")))
    person.library = replace(person.library, flows={**person.library.flows, "sleep": longer})
    person.press("go.note")
    person.say("so that there is something to erase")
    person.press("go.sleep")
    person.tap("8")
    person.say("of the sea")
    person.press("go.erase-words")
    person.tap("_yes")
    assert person.open.answers == {"hours": 8, "dream": None}


def test_of_a_visitor_nothing_is_kept_but_what_an_open_exercise_needs() -> None:
    stranger = Session(7, "en")
    person = Person(stranger, content().library, afterwards=stranger)
    person.say("so angry, 8/10")
    assert (person.session.coping.state, person.session.coping.rated) == ("anger", 8)
    person.press("go.do-walk")
    assert person.session.coping == Coping()
    assert (person.open.given["state"], person.open.answers) == ("anger", {"before": 8})
    person.tap("enough")
    person.tap("5")
    done = Coping(state="anger", at=person.session.coping.at, last="walk", did="walk")
    assert person.session == replace(stranger, coping=replace(done, did_at=done.at)), (
        "which one it was, to be understood when they say that it did not help"
    )
    person.press("go.privacy")
    assert person.session == stranger
    person.say("so angry, 8/10")
    person.press("go.cope-more")
    assert person.session.coping.passed, "the next tap still knows what was passed over"
    person.press("go.privacy")
    assert person.session == stranger


def test_what_was_offered_for_thoughts_of_dying_goes_with_what_was_noticed(person: Person) -> None:
    person.press("go.cope-ending")
    person.press("go.do-reasons")
    person.tap("9")
    person.tap("enough")
    person.tap("7")
    assert (person.session.coping.state, person.session.coping.rated) == ("ending", 7)
    person.press("go.erase-noticed")
    left = person.session.coping
    assert left == Coping(last="reasons", did="reasons", did_at=left.did_at)
    person.press("go.cope-anger")
    person.press("go.erase-noticed")
    assert person.session.coping.state == "anger"
