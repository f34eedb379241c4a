"""What a feature is handed, what it hands back, and the few moves all features share.

A feature is a file with one `FEATURE`: the commands it answers, what it does when one of its
flows ends, and what it keeps about a person. It never stores, sends or renders.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Literal, Protocol

from bot.core import asking, guide
from bot.core.content import Flow, Library
from bot.core.effects import (
    Ask,
    Choice,
    Edit,
    Effect,
    Fact,
    Loaded,
    Message,
    Need,
    Pace,
    Record,
    Say,
    Turn,
)
from bot.core.events import Due, Event, Tapped
from bot.core.flow import (
    answered,
    applies,
    closing,
    on_current_names,
    open_question,
    open_step,
    with_open,
)
from bot.core.ids import derive_id, derive_nonce
from bot.core.localtime import member_day, part_of_day, weekday
from bot.core.progress import running
from bot.core.state import Answer, FlowState, Latest, Session, with_flows
from bot.core.text import Text, text
from bot.features import nearest
from bot.features.offers import lead_on, noted, shown, useful

Day = date
"""A type for `Scene`, where `date` is what it tells."""

FORMS = frozenset({"language", "path", "day", "country", "zone", "zone_sure", "nickname", "erase"})
"""Flows that belong to a page of the settings: one at a time, and none waits behind another."""

DEEPEST = 3
"""How many flows may be open or parked at once. The oldest gives way, its answers kept as far as
they may be, and the person told; a half-finished welcome never does, and forms do not count.
"""


@dataclass(frozen=True, slots=True)
class Scene:
    """One event as a feature sees it; `loaded` is None until a `Need` was answered.

    `held` is what passed before this event, with the words that may still be noted.
    """

    session: Session
    event: Event
    library: Library
    loaded: Loaded | None = None
    held: Latest = field(default=Latest(), repr=False)

    def with_session(self, session: Session) -> Scene:
        """Return the same scene after the person's session has become `session`."""
        if session is self.session:
            return self
        return Scene(session, self.event, self.library, self.loaded, self.held)

    def today(self) -> str:
        """Return the member's day at the event, as an ISO date."""
        return self.date().isoformat()

    def date(self) -> date:
        """Return the member's day at the event."""
        return member_day(self.event.at, self.session.zone, self.session.wishes.day_starts)

    def day_of(self, state: FlowState) -> Day:
        """Return the member's day as the run `state` counts days: without jumps of the calendar."""
        return self.date() - timedelta(days=state.ahead)

    def given(self) -> Mapping[str, str | int | bool]:
        """Return what every flow may mention without asking; the lint knows these names."""
        return {
            "path": self.session.path,
            "weekday": weekday(self.date()),
            "part": part_of_day(self.event.at, self.session.zone),
            "age": self.session.age,
            "keep_checkins": self.session.keep_checkins,
            "keep_words": self.session.keep_words,
            "discreet": self.session.wishes.discreet,
            **{
                f"track_{one.name}": True
                for one in running(self.session.tracks)
                if not one.paused()
            },
        }


Command = Callable[[Scene], Turn | Need]
Ending = Callable[[Scene, FlowState], Turn | Need]


class Named(Protocol):
    """A command about something that has a name, such as an exercise."""

    def __call__(self, scene: Scene, *, name: str) -> Turn | Need:
        """Do it with what is called `name`."""


class Page(Protocol):
    """A command that shows one page of many, counted from 1."""

    def __call__(self, scene: Scene, *, page: int) -> Turn | Need:
        """Show `page`."""


@dataclass(frozen=True, slots=True)
class Keeps:
    """One kind of fact a feature keeps; `docs/data.md` is held to these by a test.

    Every kept fact is exported with the person's records and removed by /forget, both by kind;
    `until` says when it goes without being asked. What a flow file keeps says itself whose consent
    it needs and which answers are the member's own words; of other kinds `consent` names the first
    and `words` the entries of the body that are the second. `tell` reads a fact back as lines,
    each a label and what it says, where it is not the answers of a flow.
    """

    kind: str
    what: str
    why: str
    until: str
    consent: Literal["checkins", "words"] = "checkins"
    words: tuple[str, ...] = ()
    tell: Callable[[Library, Fact], tuple[tuple[Text, ...], ...]] | None = None


@dataclass(frozen=True, slots=True)
class Feature:
    """One capability: commands by name, endings by flow id, and what it keeps.

    `pages` are commands that a button may give with a page behind it: "notes-2"; `named` those with
    a name behind them: "do-surf". `visitors` are the commands, with a name or without, that someone
    who has not been welcomed yet may give.
    """

    name: str
    commands: Mapping[str, Command] = field(default_factory=dict)
    endings: Mapping[str, Ending] = field(default_factory=dict)
    keeps: tuple[Keeps, ...] = ()
    pages: Mapping[str, Page] = field(default_factory=dict)
    named: Mapping[str, Named] = field(default_factory=dict)
    visitors: frozenset[str] = frozenset()


def tell(scene: Scene, *body: Text, choices: tuple[Choice, ...] = ()) -> Turn:
    """Return a turn that says one message and changes nothing."""
    return Turn(scene.session, (Say(Message(body, choices)),))


def interject(scene: Scene, *body: Text, choices: tuple[Choice, ...] = ()) -> Turn:
    """Return a turn that says `body`, then asks the open question again.

    `choices` are shown only where no question is open: two sets of buttons would compete.
    """
    if not scene.session.flows:
        return tell(scene, *body, choices=choices)
    return after(tell(scene, *body), resume(scene))


def after(turn: Turn, following: Turn) -> Turn:
    """Return one turn for both: the later session, and all effects in order."""
    if not turn.effects:
        return following
    return Turn(following.session, turn.effects + following.effects)


def with_more(turn: Turn, choices: tuple[Choice, ...]) -> Turn:
    """Return `turn` with `choices` below its questions, save those a question has already."""
    effects = list(turn.effects)
    for place, effect in enumerate(effects):
        if isinstance(effect, Ask | Edit):
            message = effect.message
            there = {one.token for one in message.choices}
            more = tuple(one for one in choices if one.token not in there)
            message = replace(message, choices=(*message.choices, *more))
            effects[place] = replace(effect, message=message)
    return Turn(turn.session, tuple(effects))


def ask_again(scene: Scene, *lead: Text, in_place: bool = False) -> Turn:
    """Return a turn that asks the open question as `ask` does; an exercise stands still."""
    return ask(scene, scene.session.flows, *lead, in_place=in_place, still=True)


def ask(
    scene: Scene,
    flows: tuple[FlowState, ...],
    *lead: Text,
    in_place: bool = False,
    still: bool = False,
    brief: bool = False,
) -> Turn:
    """Return a turn that makes `flows` the open and parked runs, and asks the last one's question.

    `lead` comes before it. A correction, or a question about a day that is over, says which day
    first. With `in_place`, and where the place can, the message that was tapped changes; otherwise
    the question comes as a new message, below what the person just wrote. An exercise is led
    through from the open part on, unless it is to stand `still`; with `brief` its words, which
    stand just above, are not said again. Raises ValueError where no
    question is open.
    """
    *parked, state = flows
    flow = scene.library.flow(state.flow)
    step = open_step(flow, state) if flow else None
    if flow is None or step is None:
        raise ValueError("no question is open")
    led = step.kind == "guide"
    if flow.records and not led and (state.replaces or state.day != scene.today()):
        lead = (*lead, text("about-day", weekday=weekday(date.fromisoformat(state.day))))
    pace: tuple[Effect, ...] = ()
    skill = scene.library.skills.get(str(state.given.get("skill")))
    reading = guide.READING if lead else 0
    lead = (*nearest.beside(scene.session, scene.library, scene.event.at, state), *lead)
    if led and skill:
        place = scene.event.place
        state = asking.with_nonce(state, step, scene.event.seed)
        beat = None if still else guide.first_beat(skill, state, place)
        if beat:  # from here on it has begun, and goes on where it stands still
            state = replace(state, part=guide.open_part(skill, state).name)
        message = guide.message(
            flow, step, state, skill, place=place, beat=beat, lead=lead, brief=brief
        )
        pace = (Pace(state.nonce, 0, beat.seconds + reading),) if beat else ()
    else:
        state, message = asking.question(flow, step, state, scene.event.seed, lead)
        message = replace(message, choices=(*message.choices, *guide.way_to_a_person(state, skill)))
    session = with_flows(scene.session, (*parked, state))
    edits = in_place and isinstance(scene.event, Tapped | Due) and scene.event.place.edits
    effect: Effect = Edit(message, state.run) if edits else Ask(message, state.run)
    return Turn(session, (effect, *pace))


def begin(
    scene: Scene,
    flow: Flow,
    *,
    extra: Mapping[str, str | int | bool] | None = None,
    lead: tuple[Text, ...] = (),
    day: date | None = None,
    key: str = "",
    answers: Mapping[str, Answer] | None = None,
) -> Turn:
    """Return a turn that opens `flow` for `day` (today if None), parking what is open.

    `answers` are those that are known already. With a `key` the run takes over the message sent
    under it: a tap there changes it. A run of the same flow that is already open, or parked, for
    the same day comes to the top instead of starting over; one from an earlier day is closed and
    its answers are kept.
    """
    session = scene.session
    kept: tuple[Effect, ...] = ()
    about = (day or scene.date()).isoformat()
    runs = [s for s in session.flows if s.flow == flow.id and not s.replaces]
    runs = [s for s in runs if day is None or s.day <= about]
    existing = next((s for s in runs if s.day == about), runs[0] if runs else None)
    others = tuple(s for s in session.flows if s is not existing)
    if existing and existing.day == (about if day else scene.day_of(existing).isoformat()):
        existing = replace(existing, given={**existing.given, **(extra or {})})
        return ask(scene, (*others, existing), text("still-open"))
    if existing:
        kept = partial_record(scene, existing)
    deep = [s for s in others if s.flow not in FORMS]
    if len(deep) >= DEEPEST and flow.id not in FORMS:
        oldest = next(s for s in deep if s.flow != "welcome")
        kept += _given_way(scene, oldest)
        others = tuple(s for s in others if s is not oldest)
    state = FlowState(
        flow=flow.id,
        version=flow.version,
        run=key or derive_nonce(scene.event.seed, f"run {flow.id}"),
        day=about,
        started=scene.event.at,
        given={**scene.given(), **_on_another_day(scene, day), **(extra or {})},
    )
    state = replace(state, answers=answers or {})
    state = with_open(state, open_step(flow, state))
    # What stands above an exercise is read first: it may say for whom it is not.
    asked = ask(scene, (*others, state), *lead, in_place=bool(key), still=bool(lead))
    return after(Turn(session, kept), asked)


def _given_way(scene: Scene, state: FlowState) -> tuple[Effect, ...]:
    """Keep what a run that gives way holds, and say so, save of a form that keeps nothing."""
    flow = scene.library.flow(state.flow)
    facts = partial_record(scene, state)
    if flow is None or not flow.records:
        return facts
    key = "closed-late-kept" if facts else "closed-late"
    about = weekday(date.fromisoformat(state.day))
    return (*facts, Say(Message((text(key, weekday=about),))))


def _on_another_day(scene: Scene, day: date | None) -> Mapping[str, str]:
    if day is None or day == scene.date():
        return {}
    return {"weekday": weekday(day), "part": "past"}


def consents(session: Session, state: FlowState, keep: str) -> bool:
    """Tell whether what falls under `keep` ("checkins" or "words") may be kept of a run.

    It may if the person let it be kept when they were asked, and still does: switching it on later
    is not about what they had already said.
    """
    now = session.keep_words if keep == "words" else session.keep_checkins
    return session.welcomed and now and state.given.get(f"keep_{keep}") is True


def kept_answers(scene: Scene, flow: Flow, state: FlowState) -> Mapping[str, Answer]:
    """Return the answers this person lets us keep from this place, with the day they are about.

    A text whose question the flow no longer has counts as the person's own words too. An answer to
    a question of the person's own is kept beside its words: it never stands under others, whatever
    becomes of the question. Of a form that is kept whole, nothing is where any answer is missing.
    """
    if not flow.records or not consents(scene.session, state, flow.keep):
        return {}
    not_words = {step.name for step in flow.steps if step.kind != "text"}
    may_keep_text = consents(scene.session, state, "words") and scene.event.place.keeps_text
    answers = {
        name: answer
        for name, answer in answered(flow, state).items()
        if may_keep_text or name in not_words or not isinstance(answer, str)
    }
    if flow.whole and any(one.name not in answers for one in flow.steps if applies(one, state)):
        return {}
    if answers:
        given = {name: state.given[name] for name in flow.kept_with if name in state.given}
        answers.update(given)
    for step in flow.steps:
        if step.own and step.name in answers:
            if may_keep_text and step.own in state.given:
                answers[step.own] = state.given[step.own]
            else:
                del answers[step.name]
    return {"day": state.day, **answers} if answers else {}


def record(scene: Scene, state: FlowState, *, complete: bool) -> tuple[Record, ...]:
    """Return the fact to keep of a run, if there is one to keep and consent to keep it."""
    flow = scene.library.flow(state.flow)
    body = kept_answers(scene, flow, state) if flow else {}
    if flow is None or not body:
        return ()
    if not complete:
        body = {**body, "partial": True}
    record_id = derive_id(scene.event.seed, f"rec {state.run}")
    return (Record(record_id, flow.records, body, state.replaces),)


def partial_record(scene: Scene, state: FlowState) -> tuple[Record, ...]:
    """Return the fact to keep of a run that ends before its last question.

    A correction that was not finished keeps nothing: the answer it was to replace still stands.
    """
    if state.replaces:
        return ()
    flow = scene.library.flow(state.flow)
    current = on_current_names(flow, state) if flow else state
    return record(scene, current, complete=False)


def close(
    scene: Scene,
    state: FlowState,
    *,
    effects: tuple[Effect, ...] = (),
    at_once: Mapping[str, Callable[[Scene], Turn]] | None = None,
) -> Turn:
    """Return a turn that says the closing of a finished run, then goes on where things were.

    `scene.session` no longer holds the run. `effects` come first. What is said about keeping goes
    by what may be kept of this run. At most three buttons lead on; the last one mends an answer,
    where there is a kept one to mend. A command in `at_once` is taken up without a tap where it is
    the first thing the closing offers.
    """
    flow = scene.library.flow(state.flow)
    if flow is None:
        return resume(scene)
    state = replace(state, given={**state.given, **_consent(scene.session, state)})
    end = closing(flow, state)
    offers = useful(scene.session, end.offer, day=scene.date(), today=state.day == scene.today())
    follow = (at_once or {}).get(offers[0]) if offers else None
    kept = bool(kept_answers(scene, flow, state))
    names = shown(offers[1:] if follow else offers, flow.correct if kept else "")
    scene = scene.with_session(noted(scene.session, names, scene.date()))
    buttons = tuple(lead_on(name) for name in names)
    message = Message((asking.words(flow, f"closing-{end.name}", state),), buttons)
    edits = isinstance(scene.event, Tapped) and scene.event.place.edits
    said: Effect = Edit(message, state.run) if edits else Say(message, state.run)
    turn = Turn(scene.session, (*effects, said))
    following = scene.library.flow(end.next) if end.next else None
    if following:
        both = flow.records and following.records
        day = date.fromisoformat(state.day) if both else None
        return after(turn, begin(scene, following, day=day))
    return after(turn, follow(scene) if follow else resume(scene))


def _consent(session: Session, state: FlowState) -> Mapping[str, str | int | bool]:
    return {
        "age": session.age,
        "keep_checkins": consents(session, state, "checkins"),
        "keep_words": consents(session, state, "words"),
    }


def finish(scene: Scene, state: FlowState) -> Turn:
    """Return what a finished run does unless its feature says otherwise: keep it and close."""
    return close(scene, state, effects=record(scene, state, complete=True))


def resume(scene: Scene) -> Turn:
    """Return a turn that asks the question of the flow that was parked, if there is one.

    One that a changed file took away waits for the next thing the person does, which says so.
    """
    if open_question(scene.session, scene.library) is None:
        return Turn(scene.session)
    return ask_again(scene, text("resume-lead"))
