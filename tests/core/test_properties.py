"""Laws of the one door, tried with conversations that nobody would think of.

Someone says, presses and commands anything, switches languages, waits for minutes or weeks, while
the content files are edited under them. After every turn everything below must hold. The core is
pure, so at every point we can also look at what *would* happen: "stop", a call for help.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal, get_args

from fluent.syntax import FluentParser
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.conversation import step
from bot.conversation.intent import cries
from bot.core.content import Flow, Library, Step, StepKind
from bot.core.effects import Ask, Edit, Forget, Need, Record, Remind, Say, Turn, Unremind
from bot.core.events import Commanded, Event, Place, Said, Tapped
from bot.core.flow import on_current_names, open_step
from bot.core.heard import normalise
from bot.core.state import Care, Session, Track
from bot.core.text import plain, scrub, text
from bot.features.scene import DEEPEST
from bot.library.render import Lexicon
from bot.storage.codec import decode_session, encode_session
from tests.worlds import Person, content, messages

LONGEST_TOKEN = 20

UNSEEN = Record | Remind | Unremind
"""What is done without a word: kept, or put on the clock or off it."""

Kind = Literal["say", "press", "press any", "give", "wait", "edit"]


@dataclass(frozen=True, slots=True)
class Move:
    """One thing that happens; `number` picks a button that was shown, a time or an edit."""

    kind: Kind
    words: str = ""
    rest: str = ""
    number: int = 0


# --- what people do ---------------------------------------------------------------------------


def _typed() -> list[str]:
    """Everything the content understands, and much that it should not."""
    library = content().library
    phrases = library.phrases
    known = {*phrases.commands, *phrases.yes, *phrases.no, *phrases.numbers, *phrases.days}
    labels = {
        phrase for flow in library.flows.values() for one in flow.steps for phrase in one.heard
    }
    odd = [
        "", " ", "/", "*bold* { $x } [a](b)", "{", "}", "\u2068x\u2069", "\ue000\ue001", "7", "10",
        "11", "-3", "7.5", "2 or 3", "0", "🙂", "\u0430", "x" * 1001, "9" * 400,
        "I took 10 pills", "1 march 99999999999", "no\nno", "don’t", "%s %d", "<b>", "\\", "`",
    ]  # fmt: skip
    return sorted(known | labels) + odd


_GARBAGE = [
    "", ".", "..", "go", "go.", "go.nothing", "go.stop", "go.back", "go.skip", "go.crisis",
    "go.menu", "go.forget", "go.start", "go.lang-xx", "abcdefgh.7", "abcdefgh.²", "abcdefgh",
    ".7", "none.7", "\u2068.\u2068", "go.\x00", "a" * 500,
]  # fmt: skip
_CHOICES = [
    "_skip", "_next", "_stop", "_back", "_yes", "_no", "7", "²", "-1", "999999999999", "used",
    "checkins", "nothing", "", "today", "08:00", "_", "\u0667",
]  # fmt: skip

_FLOWS = [
    "checkin", "minutes", "reachout", "settings", "note", "forget", "change", "start",
    "lookback", "progress", "path-begin", "path-change",
]  # fmt: skip

MOVES = st.one_of(
    st.builds(Move, st.just("press"), number=st.integers(0, 11)),
    st.builds(Move, st.just("press"), number=st.integers(0, 200)),
    st.builds(Move, st.just("say"), st.sampled_from(_typed())),
    st.builds(Move, st.just("say"), st.text(max_size=20)),
    st.builds(Move, st.just("press any"), st.sampled_from(_GARBAGE)),
    st.builds(Move, st.just("press any"), st.text(max_size=20)),
    st.builds(Move, st.just("press any"), st.sampled_from(_CHOICES), st.just("own")),
    st.builds(
        Move,
        st.just("give"),
        st.one_of(st.sampled_from(sorted(content().library.phrases.slashes)), st.text(max_size=8)),
        st.one_of(st.just(""), st.text(max_size=8)),
    ),
    st.builds(Move, st.just("give"), st.sampled_from(_FLOWS)),
    st.builds(Move, st.just("wait"), number=st.sampled_from([1, 30, 240, 720, 1440, 4000, 40000])),
    st.builds(Move, st.just("wait"), number=st.sampled_from([-1440, -60])),
)
EDITS = st.builds(Move, st.just("edit"), number=st.integers(0, 200))

PEOPLE = st.builds(
    Session,
    person=st.just(7),
    lang=st.sampled_from(["en", "es"]),
    zone=st.sampled_from(["UTC", "Pacific/Auckland", "America/St_Johns", "Nowhere/Town"]),
    welcomed=st.booleans(),
    age=st.just("adult"),
    path=st.sampled_from(["stop", "mood", "unsaid"]),
    keep_checkins=st.booleans(),
    keep_words=st.booleans(),
    tracks=st.sampled_from([(), (Track("used", "2026-02-20"), Track("smoking", "2025-01-01", 2))]),
)
PLACES = st.builds(Place, keeps_text=st.booleans(), edits=st.booleans(), files=st.booleans())


# --- what authors do --------------------------------------------------------------------------


def _edited(flow: Flow) -> list[Flow]:
    """Return `flow` after each of a dozen edits an author might make, careful and careless."""
    steps = flow.steps
    kinds = get_args(StepKind)
    found = [
        replace(flow, version=flow.version + 1, steps=(Step("fresh", "scale"), *steps)),
        replace(flow, steps=(*steps, Step("last", "text"))),
        replace(flow, steps=tuple(reversed(steps))),
        replace(flow, records="" if flow.records else "other"),
    ]
    for place, one in enumerate(steps):
        others = (*steps[:place], *steps[place + 1 :])
        if others:
            found.append(replace(flow, version=flow.version + 1, steps=others))
        renamed = replace(one, name=f"new_{place}", was=(*one.was, one.name))
        found.append(replace(flow, steps=(*steps[:place], renamed, *steps[place + 1 :])))
        kind = kinds[(kinds.index(one.kind) + 1 + place) % len(kinds)]
        changed = replace(one, kind=kind, options=one.options or ("a", "b"), lowest=2, highest=5)
        found.append(replace(flow, steps=(*steps[:place], changed, *steps[place + 1 :])))
        if len(one.options) > 1:
            fewer = replace(one, options=one.options[1:], heard={})
            found.append(replace(flow, steps=(*steps[:place], fewer, *steps[place + 1 :])))
    return found


@lru_cache(maxsize=1)
def libraries() -> list[Library]:
    """Return the content as it is, then as it could become; what features need stays there."""
    now = content().library
    found = [now]
    for flow in now.flows.values():
        for edited in _edited(flow):
            found.append(replace(now, flows={**now.flows, flow.id: edited}))
    for gone in ("minutes", "reachout", "lapse"):
        left = {name: flow for name, flow in now.flows.items() if name != gone}
        found.append(replace(now, flows=left))
        was = replace(now.flows[gone], id="renamed", was=(gone,))
        found.append(replace(now, flows={**left, "renamed": was}))
    return found


# --- the laws ---------------------------------------------------------------------------------


class Watched(Person):
    """A person whose every turn is held to the laws."""

    def __init__(self, session: Session, place: Place, *, draw: bool) -> None:
        stranger = Session(person=7, lang=session.lang, zone=session.zone)
        super().__init__(session, content().library, afterwards=stranger)
        self.place = place
        self.draw = draw
        self.shown: list[str] = []

    def move(self, move: Move) -> None:
        match move.kind:
            case "wait":
                self.now += timedelta(minutes=move.number)
            case "edit":
                self.library = libraries()[move.number % len(libraries())]
            case _:
                self.witness(self.event(move))

    def event(self, move: Move) -> Event:
        name, at, seed = self.chance()
        if move.kind == "say":
            return Said(name, at, seed, scrub(move.words), self.place)
        if move.kind == "give":
            return Commanded(name, at, seed, scrub(move.words), scrub(move.rest), self.place)
        token = move.words
        if move.rest == "own" and self.session.flows:
            token = f"{self.open.nonce}.{token}"
        elif move.kind == "press" and self.shown:
            token = self.shown[-1 - move.number % len(self.shown)]
        return Tapped(name, at, seed, token, self.place)

    def witness(self, event: Event) -> None:
        before = self.session
        known = {fact.id for fact in self.memory.standing()}
        turn = self.take(event)
        assert decode_session(encode_session(turn.session)) == turn.session
        self.says_what_can_be_pressed(turn)
        self.keeps_only_what_may_be_kept(before, turn)
        self.leaves_a_way_out(before, turn)
        self.can_be_left_at_once()
        self.answers_a_call_for_help(before, event, turn)
        if any(isinstance(effect, Forget) and not effect.kinds for effect in turn.effects):
            assert before.flows[-1].flow == "forget"
            assert self.agrees(event)
            assert self.memory.standing() == []
        else:
            replaced = {e.replaces for e in turn.effects if isinstance(e, Record) and e.replaces}
            assert replaced <= known, "a record replaces one that is not there"

    def agrees(self, event: Event) -> bool:
        match event:
            case Said(text=said):
                return normalise(said) in self.library.phrases.yes
            case Tapped(token=token):
                return token.endswith("._yes")
            case Commanded():
                return False

    def says_what_can_be_pressed(self, turn: Turn) -> None:
        assert turn.effects, "something is always said"
        for message, key, edits in messages(turn.effects):
            tokens = [choice.token for choice in message.choices]
            assert len(set(tokens)) == len(tokens)
            assert all(len(token.encode()) <= LONGEST_TOKEN for token in tokens)
            assert message.body
            assert not edits or (key and self.place.edits)
            self.shown += tokens
            for language in content().library.languages if self.draw else ():
                spans, buttons = content().lexicon.message(message, language)
                assert plain(spans).strip()
                labels = [button.label for button in buttons]
                assert all(labels)
                assert len(set(labels)) == len(labels), "two buttons say the same"

    def keeps_only_what_may_be_kept(self, before: Session, turn: Turn) -> None:
        for effect in turn.effects:
            if not isinstance(effect, Record):
                continue
            assert before.welcomed
            assert before.age == "adult"
            assert before.keep_checkins or before.keep_words
            kinds = {flow.records for flow in self.library.flows.values()}
            assert effect.kind in kinds | {"crisis"}
            assert date.fromisoformat(str(effect.body["day"]))
            words = {
                one.name
                for flow in self.library.flows.values()
                for one in flow.steps
                if one.kind == "text" and flow.records == effect.kind
            }
            if not (before.keep_words and self.place.keeps_text):
                assert not words & set(effect.body)

    def leaves_a_way_out(self, before: Session, turn: Turn) -> None:
        flows = turn.session.flows
        assert len(flows) <= DEEPEST
        assert len({state.flow for state in flows}) == len(flows)
        for state in flows:
            flow = self.library.flow(state.flow)
            if turn.session == before:
                continue  # a call for help: nothing was looked at, and nothing was changed
            assert flow is not None
            assert open_step(flow, on_current_names(flow, state)) is not None
        if not flows or (before.flows and before.flows[-1] == flows[-1]):
            return
        if self.waits_behind_a_button(turn):
            return
        asked = [e for e in turn.effects if isinstance(e, Ask | Edit) and e.key == flows[-1].run]
        assert asked, "a question is open that is not on the screen"
        nonces = {choice.token.partition(".")[0] for choice in asked[-1].message.choices}
        assert nonces <= {flows[-1].nonce}

    def waits_behind_a_button(self, turn: Turn) -> bool:
        """In a hard moment nothing competes with the card: the question is one tap away."""
        said = [e for e in turn.effects if isinstance(e, Say) and e.lane == "crisis"]
        return any(choice.token == "go.resume" for e in said for choice in e.message.choices)

    def can_be_left_at_once(self) -> None:
        for word in ("stop", "PARAR"):
            stopped = step(self.session, Said("s", self.now, bytes(16), word), self.library)
            assert isinstance(stopped, Turn)
            assert stopped.session.flows == ()

    def answers_a_call_for_help(self, before: Session, event: Event, turn: Turn) -> None:
        helped = step(self.session, Said("h", self.now, bytes(16), "Help me!"), self.library)
        assert isinstance(helped, Turn)
        for session, answered in ((self.session, helped), (before, turn)):
            if answered is turn and cries(event, self.library, before.lang) is None:
                continue
            first = next(effect for effect in answered.effects if not isinstance(effect, UNSEEN))
            assert isinstance(first, Say)
            assert first.lane == "crisis"
            assert answered.session.flows == session.flows or answered is turn
            if not session.welcomed:
                assert answered.session.care == Care()


def talk(session: Session, place: Place, moves: list[Move], *, draw: bool) -> None:
    person = Watched(session, place, draw=draw)
    for move in moves:
        person.move(move)


def moves(*written: str) -> list[Move]:
    return [Move("say", words) for words in written]


@settings(max_examples=500)
@given(PEOPLE, PLACES, st.lists(MOVES, min_size=3, max_size=30))
@example(Session(7, "en"), Place(), moves("start", "yes", "yes", "go on", "less", "7", "/", "stop"))
@example(
    Session(7, "en", country="US", welcomed=True, age="adult"),
    Place(),
    [*moves("13"), Move("press any", "go.care-noteson"), Move("press any", "go.care-notesoff")],
)
def test_any_conversation(session: Session, place: Place, moves: list[Move]) -> None:
    talk(session, place, moves, draw=True)


@settings(max_examples=500)
@given(PEOPLE, PLACES, st.lists(st.one_of(MOVES, MOVES, MOVES, EDITS), min_size=3, max_size=30))
def test_any_conversation_while_the_files_are_edited(
    session: Session, place: Place, moves: list[Move]
) -> None:
    talk(session, place, moves, draw=False)


@settings(max_examples=100)
@given(PEOPLE, st.lists(MOVES, max_size=10), MOVES.filter(lambda move: move.kind != "wait"))
def test_the_same_event_always_has_the_same_answer(
    session: Session, moves: list[Move], last: Move
) -> None:
    person = Watched(session, Place(), draw=False)
    for move in moves:
        person.move(move)
    event = person.event(last)
    first = step(person.session, event, person.library)
    assert step(person.session, event, person.library) == first
    if isinstance(first, Need):
        loaded = person.memory.answer(first)
        again = step(person.session, event, person.library, loaded)
        assert isinstance(again, Turn)
        assert step(person.session, event, person.library, loaded) == again


# --- a member's own words stay what they typed ------------------------------------------------


def lexicon(**patterns: str) -> Lexicon:
    source = "".join(f"{key} = {pattern}\n" for key, pattern in patterns.items())
    return Lexicon({"en": [FluentParser().parse(source)]})


ECHO = lexicon(
    echo="You said **{ $words }**, and *not* { $other }.",
    chosen="{ $words ->\n    [stop] one\n   *[other] two\n  }",
)
MARKUP = st.one_of(
    st.sampled_from(
        ["*x*", "**x**", "{ $y }", "[a](b)", "\u2068", "\u2069x", "\ue000", "\ue001", "\\*", "`c`"]
    ),
    st.text(),
    st.text("*_`[](){}$\\\ue000\ue001\u2068\n "),
)


@given(MARKUP, MARKUP)
def test_what_a_member_typed_is_shown_as_it_was_typed(words: str, other: str) -> None:
    spans = ECHO.render(text("echo", words=words, other=other), "en")
    assert plain(spans) == f"You said {words}, and not {other}."
    styles = {span.style for span in spans if span.text and span.text in ("You said ", ", and ")}
    assert styles == {"plain"}


@given(MARKUP)
def test_what_a_member_typed_chooses_no_words_but_its_own(words: str) -> None:
    said = plain(ECHO.render(text("chosen", words=words), "en")).strip()
    assert said == ("one" if words == "stop" else "two")
