"""Any conversation: someone says, presses and commands anything, in any order, and the laws hold.

They wait for minutes or weeks, change their language, zone and place, while the content files are
edited under them. The session goes through the store's codec between any two turns.
"""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.core.events import Commanded, Due, Place, Said, Tapped
from bot.core.state import OwnQuestion, Session, Track, Wishes
from bot.core.text import scrub
from bot.library.lint import known_commands
from tests.conversation.edits import libraries
from tests.conversation.laws import SECRET, Watched
from tests.worlds import content

LIBRARY = content().library
ZONES = ("UTC", "Pacific/Auckland", "America/St_Johns", "Nowhere/Town")


def _typed() -> list[str]:
    """Everything the content understands, and much that it should not."""
    phrases = LIBRARY.phrases
    known = {*phrases.commands, *phrases.yes, *phrases.no, *phrases.numbers, *phrases.days}
    known |= {one for flow in LIBRARY.flows.values() for step in flow.steps for one in step.heard}
    odd = [
        "", " ", "/", "*bold* { $x } [a](b)", "{", "}", "\u2068x\u2069", "\ue000\ue001", "7", "10",
        "11", "-3", "7.5", "2 or 3", "0", "🙂", "\u0430", "x" * 1001, "9" * 400,
        "had a rough day", "so lonely", "thanks", "what is that thing", "it is raining",
        "me siento solo", "recaí", "I took 10 pills", "1 march 99999999999", "no\nno", "don’t",
        "%s %d", "<b>", "\\", "`",
        "i want to die", "quiero morir", "i drank", "he beats me", "i can't cope",
    ]  # fmt: skip
    return sorted(known) + odd


GARBAGE = [
    "", ".", "..", "go", "go.", "go.nothing", "go.stop", "go.back", "go.skip", "go.crisis",
    "go.menu", "go.forget", "go.start", "go.lang-xx", "go.care-noteson", "go.in-es", "abcdefgh.7",
    "abcdefgh.²", "abcdefgh", ".7", "none.7", "\u2068.\u2068", "go.\x00", "a" * 500,
]  # fmt: skip
CHOICES = [
    "_skip", "_next", "_stop", "_back", "_yes", "_no", "7", "²", "-1", "999999999999", "used",
    "checkins", "nothing", "", "today", "08:00", "_", "\u0667", "next", "pause", "run", "begin",
    "enough", "done",
]  # fmt: skip
COMMANDS = sorted(known_commands(LIBRARY) | set(LIBRARY.phrases.slashes))
SKILLS = sorted(LIBRARY.skills)
STARTING = sorted({f.command for f in LIBRARY.flows.values() if f.command} | {"start", "note"})

PEOPLE = st.builds(
    Session,
    person=st.just(7),
    lang=st.sampled_from(LIBRARY.languages),
    zone=st.sampled_from(ZONES),
    country=st.sampled_from(["", "", "US", "ES", "XX"]),
    welcomed=st.booleans(),
    age=st.just("adult"),
    path=st.sampled_from(["stop", "mood", "unsaid"]),
    keep_checkins=st.booleans(),
    keep_words=st.booleans(),
    wishes=st.builds(
        Wishes,
        discreet=st.booleans(),
        pair=st.booleans(),
        more=st.booleans(),
        questions=st.lists(
            st.builds(
                OwnQuestion,
                st.text(min_size=1) | st.just(f"{SECRET}?"),
                st.sampled_from(["scale", "yes-no", "number"]),
            ),
            max_size=3,
        ).map(tuple),
    ),
    tracks=st.sampled_from([(), (Track("used", "2026-02-20"), Track("smoking", "2025-01-01", 2))]),
)
PLACES = st.builds(
    Place,
    kind=st.sampled_from(["private", "private", "room"]),
    keeps_text=st.booleans(),
    edits=st.booleans(),
    files=st.booleans(),
)


class AnyConversation(RuleBasedStateMachine):
    """One person, and everything that may happen to them."""

    person: Watched

    @initialize(session=PEOPLE, place=PLACES)
    def begins(self, session: Session, place: Place) -> None:
        self.person = Watched(session, place)

    # --- what people do -----------------------------------------------------------------------

    @rule(words=st.sampled_from(_typed()))
    def says_what_is_known(self, words: str) -> None:
        self._says(words)

    @rule(words=st.text(max_size=20))
    def says_anything(self, words: str) -> None:
        self._says(words)

    @rule(words=st.sampled_from(["", "i walked", "me siento mal", "i want to die", "no sé"]))
    def says_what_must_not_stay(self, words: str) -> None:
        self._says(f"{SECRET} {words}")

    @rule(number=st.integers(0, 11))
    def presses_what_is_on_the_screen(self, number: int) -> None:
        self._presses_one_shown(number)

    @rule(number=st.integers(0, 200))
    def presses_what_was_shown_some_time(self, number: int) -> None:
        self._presses_one_shown(number)

    @rule(token=st.one_of(st.sampled_from(GARBAGE), st.text(max_size=20)))
    def presses_what_nobody_showed(self, token: str) -> None:
        self._presses(token)

    @rule(choice=st.sampled_from(CHOICES))
    @precondition(lambda self: self.person.session.flows)
    def presses_what_the_question_did_not_offer(self, choice: str) -> None:
        self._presses(f"{self.person.open.nonce}.{choice}")

    @rule(
        name=st.one_of(st.sampled_from(COMMANDS), st.text(max_size=8)),
        rest=st.one_of(st.just(""), st.text(max_size=8), st.just(SECRET)),
    )
    def gives_a_command(self, name: str, rest: str) -> None:
        self._commands(name, rest)

    @rule(name=st.sampled_from(STARTING))
    def starts_a_flow(self, name: str) -> None:
        self._commands(name)

    @rule(skill=st.sampled_from(SKILLS), rated=st.sampled_from(["", "", "8", "_skip", "told"]))
    def begins_an_exercise(self, skill: str, rated: str) -> None:
        if rated == "told":  # what is hard, and how strong: then it begins without a question
            self._commands("cope", "8/10")
            self._commands(f"cope-{LIBRARY.skills[skill].states[0]}")
        self._presses(f"go.do-{skill}")
        if rated and self.person.session.flows:
            self._presses(f"{self.person.open.nonce}.{rated}")

    @rule()
    def erases_their_words(self) -> None:
        self._presses("go.erase-words")
        if self.person.session.flows:
            self._presses(f"{self.person.open.nonce}._yes")

    # --- what happens around them -------------------------------------------------------------

    @rule(beat=st.sampled_from([0, 0, 0, 1, 2, 9, 10_000, -1, -7]))
    @precondition(lambda self: self.person.session.flows)
    def a_moment_comes(self, beat: int) -> None:
        self._due(self.person.open.nonce, beat)

    @rule(times=st.integers(1, 6))
    @precondition(lambda self: self.person.led(self.person.session))
    def the_exercise_moves(self, times: int) -> None:
        for beat in range(times):
            self._due(self.person.open.nonce if self.person.session.flows else "", beat)

    @rule(mark=st.sampled_from(["", "abcdefgh", "go"]) | st.text(max_size=8), beat=st.integers())
    def a_moment_comes_that_is_none(self, mark: str, beat: int) -> None:
        self._due(mark, beat)

    @rule(minutes=st.sampled_from([1, 30, 240, 720, 1440, 4000, 40000, -60, -1440]))
    def time_passes(self, minutes: int) -> None:
        self.person.wait(minutes)

    @rule(place=PLACES)
    def goes_elsewhere(self, place: Place) -> None:
        self.person.place = place

    @rule(zone=st.sampled_from(ZONES), lang=st.sampled_from(LIBRARY.languages))
    def travels(self, zone: str, lang: str) -> None:
        self.person.changed(replace(self.person.session, zone=zone, lang=lang))

    @rule(number=st.integers(0, len(libraries()) - 1))
    def the_files_are_edited(self, number: int) -> None:
        self.person.become(libraries()[number])

    @rule()
    def the_files_are_as_they_were(self) -> None:
        self.person.become(LIBRARY)

    # --- what always holds --------------------------------------------------------------------

    @invariant()
    def can_be_left_at_once(self) -> None:
        self.person.can_be_left_at_once()

    @invariant()
    def can_be_answered(self) -> None:
        self.person.can_be_answered()

    # ------------------------------------------------------------------------------------------

    def _says(self, words: str) -> None:
        name, at, seed = self.person.chance()
        self.person.witness(Said(name, at, seed, scrub(words), self.person.place))

    def _presses(self, token: str) -> None:
        name, at, seed = self.person.chance()
        self.person.witness(Tapped(name, at, seed, token, self.person.place))

    def _due(self, mark: str, beat: int) -> None:
        name, at, seed = self.person.chance()
        self.person.witness(Due(name, at, seed, mark, beat, self.person.place))

    def _presses_one_shown(self, number: int) -> None:
        shown = self.person.shown or ["go.menu"]
        self._presses(shown[-1 - number % len(shown)])

    def _commands(self, command: str, rest: str = "") -> None:
        name, at, seed = self.person.chance()
        place = self.person.place
        self.person.witness(Commanded(name, at, seed, scrub(command), scrub(rest), place))


class AnyLongConversation(AnyConversation):
    """The same, where there is time for thousands of them."""


TestAnyConversation = AnyConversation.TestCase
# Nothing is shrunk: that takes minutes, and the blob that is printed plays the failure again.
TestAnyConversation.settings = settings(
    max_examples=200,
    stateful_step_count=40,
    deadline=None,
    suppress_health_check=(),
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    print_blob=True,
)
TestAnyLongConversation = pytest.mark.soak(AnyLongConversation.TestCase)
TestAnyLongConversation.settings = settings(TestAnyConversation.settings, max_examples=4000)


def talk(session: Session, *moves: tuple[str, str]) -> None:
    """Play moves that once went wrong."""
    machine = AnyConversation()
    machine.begins(session, Place())
    for kind, words in moves:
        (machine._presses if kind == "press" else machine._says)(words)
        machine.can_be_left_at_once()
        machine.can_be_answered()


def test_a_whole_welcome_in_words() -> None:
    said = ("start", "yes", "yes", "go on", "less", "7", "/", "stop")
    talk(Session(7, "en"), *(("say", words) for words in said))


def test_promises_taken_back() -> None:
    member = Session(7, "en", country="US", welcomed=True, age="adult")
    talk(member, ("say", "13"), ("press", "go.care-noteson"), ("press", "go.care-notesoff"))


def test_a_correction_and_a_new_check_in_side_by_side() -> None:
    member = replace(Session(7, "en", path="stop"), welcomed=True, age="adult", keep_checkins=True)
    said = ("check in", "6", "3", "8", "no", "change an answer", "mood", "check in", "5", "stop")
    talk(member, *(("say", words) for words in said))
