"""What must hold after every turn, whoever says what, whatever the files were edited to.

The core is pure, so at every point we can also look at what *would* happen: "stop", a call for
help, an answer to the open question.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from bot.conversation import step
from bot.conversation.intent import cries
from bot.conversation.renamed import current
from bot.core import asking
from bot.core.content import Library
from bot.core.effects import (
    Ask,
    Edit,
    Forget,
    Loaded,
    Need,
    Pace,
    Record,
    Remind,
    Say,
    Turn,
    Unremind,
)
from bot.core.events import Commanded, Due, Event, Place, Said, Tapped
from bot.core.flow import Question, on_current_names, open_question, open_step
from bot.core.guide import can_move, open_part
from bot.core.heard import normalise
from bot.core.skills import Skill
from bot.core.state import Care, Session, Wishes
from bot.core.text import plain
from bot.features import FEATURES
from bot.features.scene import DEEPEST, FORMS
from bot.storage.codec import decode_session, encode_session
from tests.worlds import Person, content, messages

LONGEST_TOKEN = 20
LONGEST_MESSAGE = 900
"""Characters of a whole message, its paragraphs together: what a phone shows at once."""

SECRET = "quartzite"
"""Stands in much of what is said, and in nothing that is ours."""

MOVING = ("next", "pause", "enough")
"""What can be pressed below an exercise that moves."""

STANDING = {True: ("run", "next", "enough"), False: ("begin", "next", "enough")}
"""What can be pressed below one that stands still and could move, by whether it ever moved."""

UNSEEN = Record | Remind | Unremind
"""What is done without a word: kept, or put on the clock or off it."""


class Watched(Person):
    """A person whose every turn is held to the laws."""

    def __init__(self, session: Session, place: Place) -> None:
        stranger = Session(person=session.person, lang=session.lang, zone=session.zone)
        super().__init__(session, content().library, afterwards=stranger)
        self.place = place
        self.shown: list[str] = []
        self.ids: set[int] = set()

    def wait(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    def become(self, library: Library) -> None:
        """Let the content files be edited to `library`."""
        self.library = library

    def changed(self, session: Session) -> None:
        """Let something outside a talk have changed the session."""
        self._stored = encode_session(session)

    def witness(self, event: Event) -> Turn:
        before = current(self.session, self.library)
        known = {fact.id for fact in self.memory.standing()}
        answered = self.memory.answer
        first = step(before, event, self.library)
        loaded = answered(first) if isinstance(first, Need) else None
        turn = self.take(event)
        assert step(before, event, self.library, loaded) == turn, "chance from somewhere"
        assert decode_session(encode_session(turn.session)) == turn.session
        assert turn.effects or isinstance(event, Due), "something is always said"
        self.says_what_can_be_pressed(turn)
        self.gives_no_id_twice(turn)
        self.keeps_only_what_may_be_kept(before, turn)
        self.leaves_a_way_out(before, turn)
        self.holds_words_for_one_tap(before, event, turn)
        self.answers_a_call_for_help(before, event, turn)
        self.erases_words_where_it_says_so(turn)
        self.sets_a_timer_for_the_open_exercise_alone(turn)
        self.a_moment_moves_the_exercise_alone(before, event, turn)
        self.what_stands_still_says_how_it_goes_on(turn)
        if any(isinstance(one, Forget) and not (one.kinds or one.facts) for one in turn.effects):
            assert before.flows[-1].flow == "forget"
            assert self.agrees(event)
            assert self.memory.standing() == []
            assert self.memory.reminders == []
            assert turn.session == Session(person=before.person, lang=turn.session.lang)
        else:
            replaced = {e.replaces for e in turn.effects if isinstance(e, Record) and e.replaces}
            assert replaced <= known, "a record replaces one that is not there"
        return turn

    def agrees(self, event: Event) -> bool:
        match event:
            case Said(text=said):
                return normalise(said) in self.library.phrases.yes
            case Tapped(token=token):
                return token.endswith("._yes")
            case Commanded() | Due():
                return False

    def says_what_can_be_pressed(self, turn: Turn) -> None:
        ours = self.library is content().library  # what an edited file says has no words yet
        for message, key, edits in messages(turn.effects):
            tokens = [choice.token for choice in message.choices]
            assert len(set(tokens)) == len(tokens)
            assert all(len(token.encode()) <= LONGEST_TOKEN for token in tokens)
            assert message.body
            assert not edits or (key and self.place.edits)
            self.shown += tokens
            for language in content().library.languages if ours else ():
                spans, buttons = content().lexicon.message(message, language)
                words = plain(spans)
                assert words.strip()
                assert len(words) <= LONGEST_MESSAGE, len(words)
                labels = [button.label for button in buttons]
                assert all(labels)
                assert len(set(labels)) == len(labels), "two buttons say the same"

    def gives_no_id_twice(self, turn: Turn) -> None:
        for effect in turn.effects:
            if isinstance(effect, Record | Remind):
                assert effect.id not in self.ids
                self.ids.add(effect.id)

    def holds_words_for_one_tap(self, before: Session, event: Event, turn: Turn) -> None:
        """What was held is gone, whatever happened; what is held now may be, and has its button."""
        held = turn.session.latest.words
        if not held or (isinstance(event, Due) and not turn.effects):
            return
        assert isinstance(event, Said)
        assert held == event.text.strip()
        assert before.welcomed
        assert before.keep_words
        assert self.place.keeps_text
        assert cries(event, self.library, before.lang) is None
        tokens = {one.token for message, _, _ in messages(turn.effects) for one in message.choices}
        assert f"go.note-this-{turn.session.latest.mark}" in tokens

    def erases_words_where_it_says_so(self, turn: Turn) -> None:
        said = {one.key for message, _, _ in messages(turn.effects) for one in message.body}
        if "erased-words" not in said or self.library is not content().library:
            return
        unnamed = replace(turn.session.wishes, nickname="")
        assert SECRET.encode() not in encode_session(replace(turn.session, wishes=unnamed))
        assert all(SECRET.encode() not in one.body for one in self.memory.kept)

    def keeps_only_what_may_be_kept(self, before: Session, turn: Turn) -> None:
        flows = self.library.flows.values()
        kinds = {flow.records for flow in flows}
        kinds |= {keeps.kind for feature in FEATURES for keeps in feature.keeps}
        if not turn.session.welcomed:
            assert turn.session.care == Care()
            assert turn.session.latest.said == ()
        for effect in turn.effects:
            if not isinstance(effect, Record):
                continue
            assert before.welcomed
            assert before.age == "adult"
            assert before.keep_checkins or before.keep_words
            assert effect.kind in kinds
            assert date.fromisoformat(str(effect.body["day"]))
            words = {
                one.name
                for flow in flows
                for one in flow.steps
                if one.kind == "text" and flow.records == effect.kind
            }
            if not (before.keep_words and self.place.keeps_text):
                assert not words & set(effect.body)
                assert SECRET not in str(dict(effect.body))

    def leaves_a_way_out(self, before: Session, turn: Turn) -> None:
        flows = turn.session.flows
        assert sum(state.flow not in FORMS for state in flows) <= DEEPEST
        runs = {(state.flow, state.day, state.replaces) for state in flows}
        assert len(runs) == len(flows), "two runs of one form for one day"
        for state in flows:
            flow = self.library.flow(state.flow)
            if flows == before.flows:
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
        assert nonces <= {flows[-1].nonce, "go"}

    def waits_behind_a_button(self, turn: Turn) -> bool:
        """In a hard moment nothing competes with the card: the question is one tap away."""
        said = [e for e in turn.effects if isinstance(e, Say) and e.lane == "crisis"]
        return any(choice.token == "go.resume" for e in said for choice in e.message.choices)

    def answers_a_call_for_help(self, before: Session, event: Event, turn: Turn) -> None:
        helped = self.would(self.session, "Help me!")
        for session, answered in ((self.session, helped), (before, turn)):
            if answered is turn and cries(event, self.library, before.lang) is None:
                continue
            first = next(effect for effect in answered.effects if not isinstance(effect, UNSEEN))
            assert isinstance(first, Say)
            assert first.lane == "crisis"
            assert answered.session.flows == session.flows or answered is turn
            if not session.welcomed:
                assert answered.session.care == Care()

    def led(self, session: Session) -> Question | None:
        """Return the exercise that `session` is in the middle of, if it is."""
        question = open_question(session, self.library)
        return question if question and question.step.kind == "guide" else None

    def sets_a_timer_for_the_open_exercise_alone(self, turn: Turn) -> None:
        paces = [effect for effect in turn.effects if isinstance(effect, Pace)]
        for pace in paces:
            question = self.led(turn.session)
            assert question
            assert paces == [pace]
            assert pace.mark == question.state.nonce
            beats = open_part(self.skill(question), question.state).beats()
            assert 0 <= pace.beat < len(beats)
            assert pace.seconds >= beats[pace.beat].seconds > 0
            assert self.place.edits
            assert self.place.kind == "private"
            (moving,) = (e for e in turn.effects if isinstance(e, Ask | Edit))
            people = ["crisis"] if question.state.given["state"] == "ending" else []
            shown = [choice.token.partition(".")[2] for choice in moving.message.choices]
            assert shown == [*MOVING, *people]

    def what_stands_still_says_how_it_goes_on(self, turn: Turn) -> None:
        """One that never moved begins by a button of its own; where nothing can move there is none.

        Words that go on begin it too, and pass over no part.
        """
        question = self.led(turn.session)
        if question is None or any(isinstance(effect, Pace) for effect in turn.effects):
            return
        skill = self.library.skills.get(str(question.state.given["skill"]))
        asked = [e for e in turn.effects if isinstance(e, Ask | Edit)]
        if skill is None or not asked or asked[-1].key != question.state.run:
            return
        shown = [one.token.partition(".")[2] for one in asked[-1].message.choices]
        part = open_part(skill, question.state)
        if not (can_move(self.place) and part.beats()):
            assert shown[:2] == ["next", "enough"]
            return
        assert shown[:3] == [*STANDING[bool(question.state.part)]]
        if turn.session.care == Care():
            after = self.would(turn.session, "go on").session
            assert after.flows[-1].part == part.name

    def skill(self, question: Question) -> Skill:
        return self.library.skills[str(question.state.given["skill"])]

    def a_moment_moves_the_exercise_alone(self, before: Session, event: Event, turn: Turn) -> None:
        """Without its exercise on top it does nothing; with it, nothing else changes."""
        if not isinstance(event, Due):
            return
        question = self.led(before)
        if question is None or event.mark != question.state.nonce or event.beat < 0:
            assert turn == Turn(before)
            return
        after, run = turn.session, question.state.run
        was, now = before.coping, after.coping
        coping = replace(now, last=was.last, did=was.did, did_at=was.did_at)
        same = replace(after, flows=before.flows, latest=before.latest, coping=coping)
        assert same == before
        others = [one.run for one in before.flows[:-1]]
        assert [one.run for one in after.flows] in ([*others, run], others)
        assert [one.answers for one in after.flows[:-1]] == [
            one.answers for one in before.flows[: len(after.flows[:-1])]
        ]
        assert all(not isinstance(one, Say | Forget | Remind) for one in turn.effects)
        kept = [one for one in turn.effects if isinstance(one, Record)]
        assert not kept or after.flows == () or after.flows[-1].run != run

    # --- what would happen --------------------------------------------------------------------

    def would(self, session: Session, said: str = "", *, tapped: str = "") -> Turn:
        """Return the turn that saying or pressing something now would be."""
        event: Event = Said("w", self.now, bytes(16), said, self.place)
        if tapped:
            event = Tapped("w", self.now, bytes(16), tapped, self.place)
        turn = step(session, event, self.library)
        if isinstance(turn, Need):
            loaded: Loaded = self.memory.answer(turn)
            turn = step(session, event, self.library, loaded)
        assert isinstance(turn, Turn), "a second Need is a bug"
        return turn

    def can_be_left_at_once(self) -> None:
        """Stop leaves within one turn, and nothing that was typed stays in the session."""
        for word in ("stop", "PARAR"):
            stopped = self.would(self.session, word).session
            assert stopped.flows == ()
            told = replace(stopped, wishes=Wishes())  # where a nickname and own questions are kept
            assert SECRET.encode() not in encode_session(told)

    def can_be_answered(self) -> None:
        """The open question takes an answer, once it is on the screen."""
        if self.place.kind == "room":
            return
        before = self.would(self.session, tapped="go.resume").session
        question = open_question(before, self.library)
        if question is None:
            return
        typed, tapped = apt(question)
        pressed = f"{before.flows[-1].nonce}.{tapped}" if tapped else ""
        after = self.would(before, typed, tapped=pressed).session
        left = [(one.run, one.step) for one in after.flows]
        asked = (question.state.run, question.step.name)
        assert asked not in left, f"{question.step.name} takes no answer"


def apt(question: Question) -> tuple[str, str]:
    """Return an answer that `question` takes: what to type, or what to press."""
    one = question.step
    match one.kind:
        case "scale" | "number":
            return str(one.lowest), ""
        case "guide":
            return "", "enough"
        case "choice":
            return "", asking.offered(one, question.state)[0]
        case "multi":
            return "", "_next"
        case "yes-no" | "confirm":
            return "", "_no"
        case "text":
            known = {"place": "Madrid", "country": "Spain"}  # asked again until it is one
            return known.get(one.name, SECRET), ""
        case "time":
            return "08:00", ""
        case "date":
            return "2026-03-01", ""
