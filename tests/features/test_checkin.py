"""What a talk cannot show: what is read and kept, and who can see it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation import step
from bot.core import asking
from bot.core.effects import Need, Turn
from bot.core.events import Commanded, Place
from bot.core.state import FlowState, OwnQuestion, Session, Wishes
from bot.core.text import plain
from bot.features.notes import shortened
from bot.features.scene import Scene
from tests.worlds import Person, content, keys, messages

MEMBER = Session(
    7, "en", welcomed=True, age="adult", path="stop", keep_checkins=True, keep_words=True
)
MORNING = datetime(2026, 3, 2, 8, tzinfo=UTC)


def person(wishes: Wishes | None = None, *, lang: str = "en", path: str = "stop") -> Person:
    session = replace(MEMBER, lang=lang, path=path, wishes=wishes or Wishes())
    return Person(session, content().library, afterwards=Session(7, lang))


def answered(who: Person, *choices: str) -> Turn:
    for choice in choices[:-1]:
        who.tap(choice)
    return who.tap(choices[-1])


# --- the hot path -----------------------------------------------------------------------------


def test_nothing_is_read_for_a_checkin_but_where_the_evening_asks_back() -> None:
    event = Commanded("1", MORNING, bytes(16), "checkin")
    assert isinstance(step(MEMBER, event, content().library), Turn)
    paired = replace(MEMBER, wishes=Wishes(pair=True))
    assert isinstance(step(paired, event, content().library), Need)

    who = person(Wishes(more=True))
    who.give("checkin")
    for choice in ("6", "4", "6", "no"):
        name, at, seed = who.chance()
        assert isinstance(
            step(who.session, Commanded(name, at, seed, "checkin"), who.library), Turn
        )
        who.tap(choice)
    assert who.open.flow == "more"


# --- a member's own questions -----------------------------------------------------------------


def test_an_answer_is_kept_beside_the_words_it_was_given_to_and_never_under_others() -> None:
    wishes = Wishes(questions=(OwnQuestion("Walked?", "yes-no"), OwnQuestion("Calm?", "scale")))
    who = person(wishes)
    who.give("more")
    answered(who, "_yes", "3", "_skip", "_skip", "_skip")

    who.give("questions")
    answered(who, "first", "remove")
    who.give("questions")
    answered(who, "first", "reword")
    who.say("Quiet?")
    who.give("more")
    answered(who, "8", "_skip", "_skip", "_skip")

    later, earlier = (fact.body for fact in who.memory.standing())
    assert earlier == {
        "day": "2026-03-01",
        "own1": "Walked?", "own1_yesno": True,
        "own2": "Calm?", "own2_scale": 3,
    }  # fmt: skip
    assert later == {"day": "2026-03-01", "own1": "Quiet?", "own1_scale": 8}


def test_a_page_that_is_left_half_way_keeps_the_words_with_the_answer() -> None:
    who = person(Wishes(questions=(OwnQuestion("Walked?", "yes-no"),)))
    who.give("more")
    who.tap("_no")
    who.say("stop")
    (fact,) = who.memory.standing()
    assert fact.body == {
        "day": "2026-03-01", "own1": "Walked?", "own1_yesno": False, "partial": True,
    }  # fmt: skip


@pytest.mark.parametrize("why", ["words off", "a place that keeps no text"])
def test_without_its_words_no_answer_to_an_own_question_is_kept(why: str) -> None:
    who = person(Wishes(questions=(OwnQuestion("Walked?", "yes-no"),)))
    who.give("more")
    who.tap("_no")
    if why == "words off":
        who.press("go.drop-words")
    else:
        who.place = Place(keeps_text=False)
    answered(who, "7", "_skip", "_skip")
    (fact,) = who.memory.standing()
    assert fact.body == {"day": "2026-03-01", "slept": 7}
    assert keys(who.give("more")) == ["flow-more-slept"], "and it is not asked again"


# --- taking back ------------------------------------------------------------------------------


def test_what_is_taken_back_leaves_nothing_at_all() -> None:
    who = person()
    who.give("checkin")
    answered(who, "6", "4", "6", "no")
    before = list(who.memory.kept)
    who.now = datetime(2026, 3, 1, 20, tzinfo=UTC)
    who.give("checkin")
    answered(who, "2", "4", "6", "used", "okay", "look", "home", "low", "alone", "payday")
    who.give("more")
    answered(who, "3", "_next", "_next")
    who.give("change")
    answered(who, "mood", "5")
    who.give("change")
    answered(who, "undo", "_yes")
    assert who.memory.kept == before
    assert who.session.flows == ()
    assert who.session.checked == "2026-03-01 evening"


# --- notes are for oneself --------------------------------------------------------------------


@pytest.mark.parametrize("command", ["notes", "notes-2", "notes-find", "notes-remove"])
def test_in_a_room_no_note_is_shown_and_nothing_says_that_there_are_any(command: str) -> None:
    who = person()
    who.give("note")
    who.say("the sea")
    who.place = Place(kind="room")
    for turn in (who.press(f"go.{command}"), who.give("notes", "sea")):
        assert keys(turn) == ["only-in-private"]
        assert all(not message.choices for message, _, _ in messages(turn.effects))


def test_at_most_ten_are_shown_in_fives_and_then_one_more_word_is_asked_for() -> None:
    who = person()
    for number in range(12):
        who.give("note")
        who.say(f"sea {number}")
    turn = who.give("notes", "SEA")
    said = [[text.key for text in message.body] for message, _, _ in messages(turn.effects)]
    assert said == [["notes-line"] * 5, ["notes-line"] * 5 + ["notes-narrow"]]
    shown = [dict(t.args)["note"] for m, _, _ in messages(turn.effects) for t in m.body[:5]]
    assert shown == [f"sea {number}" for number in range(11, 1, -1)]
    last = messages(turn.effects)[-1][0].body[-1]
    assert plain(content().lexicon.render(last, "en")).startswith("2 older notes")


@given(st.text(max_size=400), st.integers(10, 300))
def test_a_shortened_note_is_its_beginning(note: str, most: int) -> None:
    short = shortened(note, most)
    assert short == note or (
        short.endswith(" \u2026") and note.startswith(short[:-2]) and len(short) <= most + 2
    )


# --- discreet ---------------------------------------------------------------------------------

TELLING = {
    "en": (
        "use",
        "using",
        "drink",
        "pull",
        "craving",
        "mood",
        "lapse",
        "recover",
        "sober",
        "amount",
    ),
    "es": ("consum", "ganas", "ánimo", "beb", "droga", "recaí", "sobri", "cantidad"),
}
WAYS = (
    ("6", "4", "6", "no"), ("6", "1", "8", "unsaid"), ("2", "9", "2", "no"), ("6", "9", "6", "no"),
    ("1", "4", "6", "no"), ("6", "4", "1", "no"), ("6", "4", "6", "used"), ("_skip",) * 4,
)  # fmt: skip


@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize("path", ["stop", "less", "safer", "unsaid"])
def test_over_a_shoulder_a_discreet_checkin_says_nothing(lang: str, path: str) -> None:
    said: list[str] = []
    for way in WAYS:
        who = person(Wishes(discreet=True), lang=lang, path=path)
        turns = [who.give("checkin"), *(who.tap(choice) for choice in way[:-1])]
        turns.append(who.say("skip") if way[-1] == "_skip" else who.tap(way[-1]))
        turns += [who.give("change"), who.say("stop"), who.give("yesterday"), who.tap("5")]
        turns += [who.tap("5"), who.tap("no"), who.give("more"), who.say("skip"), who.say("skip")]
        for turn in turns:
            for message, _, _ in messages(turn.effects):
                body, buttons = content().lexicon.message(message, lang)
                said += [plain(body), *(button.label for button in buttons)]
    assert len(said) > 100
    for words in said:
        told = [one for one in TELLING[lang] if one in words.lower().replace("used to be", "")]
        assert not told, words


def test_a_run_begun_before_the_form_could_be_discreet_goes_on_in_the_usual_words() -> None:
    who = person()
    who.give("checkin")
    (run,) = who.session.flows
    older = {name: one for name, one in run.given.items() if name != "discreet"}
    before: FlowState = replace(run, version=run.version - 1, given=older)
    who = Person(replace(MEMBER, flows=(before,)), who.library, Session(7, "en"))
    ((message, _, _),) = messages(who.tap("6").effects)
    assert "pull to use" in plain(content().lexicon.message(message, "en")[0])


@pytest.mark.parametrize("lang", content().library.languages)
def test_no_sentence_of_a_flow_needs_an_answer_to_what_was_not_asked(lang: str) -> None:
    """Whether somebody used is not asked of who came about their mood."""
    event = Commanded("1", MORNING, bytes(16), "checkin")
    known = Scene(replace(MEMBER, path="mood"), event, content().library).given()
    for flow in content().library.flows.values():
        given = {**dict.fromkeys(flow.given, ""), **known}
        state = FlowState(flow.id, flow.version, "", "2026-03-01", MORNING, given=given)
        ends = [f"closing-{end.name}" for end in flow.closings]
        for part in (*ends, *(one.name for one in flow.steps)):
            assert content().lexicon.render(asking.words(flow, part, state), lang), part
