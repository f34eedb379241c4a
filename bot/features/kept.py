"""What may be kept, changed one by one with effect at once; and erasing what was kept so far.

Laws: (1) a switch does what its words said when it was shown, never the opposite; (2) it is about
what is kept from now on, and what was kept before goes only when asked for; (3) under 18 there is
nothing to switch.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Literal

from bot.core.asking import go
from bot.core.effects import Choice, Effect, Fact, Forget, Loaded, Need, Record, Turn
from bot.core.flow import facts
from bot.core.ids import derive_id
from bot.core.state import Answer, Care, Coping, FlowState, Latest, Session, with_flows
from bot.core.text import Text, text
from bot.features import progress
from bot.features.hope import without_own
from bot.features.kinds import ABOUT, counted, holds_words, of_words, without_words
from bot.features.pages import back, form, show
from bot.features.scene import Command, Feature, Scene

Consent = Literal["checkins", "words"]

NEED = Need(counts=True, everything=True)
"""Only who opens every fact can tell whether words stand in one."""

OF_WORDS = frozenset({"unnote", "unhope", "find", "questions", "plan", "unplan"})
"""Forms about the member's own words: with the words they are over."""

_ERASED: Mapping[str, Text] = {
    "checkins": text("erased-checkins"),
    "words": text("erased-words"),
}


def kept(scene: Scene) -> Turn | Need:
    """Show what is kept, in a message of its own."""
    return page(scene, in_place=False)


def page(scene: Scene, *lead: Text, in_place: bool = True) -> Turn | Need:
    """Show what is kept from now on, with a switch for each, and what can be erased."""
    session = scene.session
    if session.age != "adult":
        choices = (*_erase_hard(session), back())
        return show(scene, *lead, text("kept-minor"), choices=choices, in_place=in_place)
    if scene.loaded is None:
        return NEED
    body = (*lead, *_now(session), text("kept-before"))
    return show(scene, *body, choices=_choices(scene), in_place=in_place)


def _now(session: Session) -> tuple[Text, Text]:
    """Return what is kept from now on of check-ins and of words, a sentence for each."""
    return (
        text("kept-checkins" if session.keep_checkins else "kept-no-checkins"),
        text("kept-words" if session.keep_words else "kept-no-words"),
    )


def _choices(scene: Scene) -> tuple[Choice, ...]:
    session, counts = scene.session, scene.loaded.counts if scene.loaded else {}
    choices = [
        _switch("checkins", session.keep_checkins),
        _switch("words", session.keep_words),
    ]
    if any(not of_words(scene.library, kind) for kind in counts):
        choices.append(go("erase-checkins"))
    else:
        choices += _erase_hard(session)
    if _any_words(scene):
        choices.append(go("erase-words"))
    return (*choices, go("mydata"), back())


def _erase_hard(session: Session) -> tuple[Choice, ...]:
    """Return the button that erases what was hard last, where that alone is remembered."""
    there = remembers_hard(session)
    return (Choice(text("button-erase-hard"), "go.erase-checkins"),) if there else ()


def remembers_hard(session: Session) -> bool:
    """Tell whether the session knows what was hard last, or an exercise shown or done for it."""
    return session.coping != without_hard(session).coping


def without_hard(session: Session) -> Session:
    """Return `session` without what was hard last; that practice was offered is none of it."""
    return replace(session, coping=Coping(practised=session.coping.practised))


def _any_words(scene: Scene) -> bool:
    """Tell whether anything in the member's own words is kept; a nickname is none of it."""
    found = scene.loaded.facts if scene.loaded else ()
    asked = bool(scene.session.wishes.questions)
    return asked or any(holds_words(scene.library, one) for one in found)


def _switch(what: Consent, on: bool) -> Choice:
    """Return the switch for `what`: its token is what a tap does to it as it is shown."""
    return Choice(text(f"button-keep-{what}"), f"go.{'drop' if on else 'keep'}-{what}", on)


def switch(what: Consent, *, on: bool) -> Command:
    """Return the command that lets `what` be kept, or no longer, from now on."""

    def run(scene: Scene) -> Turn | Need:
        session = scene.session
        if session.age == "adult" and what == "checkins":
            session = replace(session if on else without_hard(session), keep_checkins=on)
        elif session.age == "adult":
            latest = session.latest if on else Latest(session.latest.said)
            session = replace(session, keep_words=on, latest=latest)
        return page(scene.with_session(session))

    return run


# --- erasing ----------------------------------------------------------------------------------


def erase(what: Consent) -> Command:
    """Return the command that asks, once, whether `what` was kept so far shall go."""

    def run(scene: Scene) -> Turn | Need:
        if scene.loaded is None:
            return NEED
        counts = scene.loaded.counts
        listed = [kind for kind in sorted(counts) if of_words(scene.library, kind) is _words(what)]
        lines = [counted(kind, counts[kind]) for kind in listed]
        if not _words(what) and remembers_hard(scene.session):
            lines.append(text("mydata-coping"))
        if not (_any_words(scene) if _words(what) else lines):
            return page(scene, text("erase-nothing"))
        return form(scene, "erase", *lines, extra={"what": what})

    return run


def _words(what: Consent) -> bool:
    return what == "words"


def erased(scene: Scene, state: FlowState) -> Turn | Need:
    """Remove what was asked about if the answer was yes, and show what is kept now."""
    what = str(state.given.get("what"))
    if facts(state).get("sure") is not True or what not in _ERASED:
        return page(scene, text("erase-not")) if scene.loaded else NEED
    if scene.loaded is None:
        return NEED
    effects, session = _erase_words(scene) if what == "words" else _erase_checkins(scene)
    after = replace(scene, session=session, loaded=_left(scene.loaded, effects))
    shown = page(after, _ERASED[str(what)])
    assert isinstance(shown, Turn)  # it has been told the counts
    return Turn(shown.session, (*effects, *shown.effects))


def _left(loaded: Loaded, effects: tuple[Effect, ...]) -> Loaded:
    """Return what stands after `effects`, as far as the page asks for it."""
    forgets = [one for one in effects if isinstance(one, Forget)]
    kinds = {kind for one in forgets for kind in one.kinds}
    gone = {fact for one in forgets for fact in one.facts}
    facts_left = [one for one in loaded.facts if one.kind not in kinds]
    chain = {one.id: one.replaces for one in facts_left}
    for fact in tuple(gone):
        while (fact := chain.get(fact, 0)) and fact not in gone:
            gone.add(fact)  # what a removed fact had corrected goes with it
    return replace(
        loaded,
        facts=tuple(one for one in facts_left if one.id not in gone),
        counts={kind: n for kind, n in loaded.counts.items() if kind not in kinds},
    )


def _erase_checkins(scene: Scene) -> tuple[tuple[Effect, ...], Session]:
    """Remove every kind kept under this consent; a correction of one that goes is over.

    With the answers goes what was hard last, and the days off a path: what is reached by that is
    nothing to be cheered.
    """
    counts = scene.loaded.counts if scene.loaded else {}
    kinds = tuple(kind for kind in sorted(counts) if not of_words(scene.library, kind))
    session = scene.session
    flows = tuple(_first_of_day(one) for one in session.flows if not one.replaces)
    care = Care() if "crisis" in kinds else session.care
    session = replace(with_flows(without_hard(session), flows), care=care, checked="")
    session = replace(session, tracks=progress.settled(session.tracks, (), scene))
    return ((Forget(kinds=kinds),) if kinds else ()), session


def _first_of_day(run: FlowState) -> FlowState:
    """Return `run` without what it knew of an earlier check-in, which has gone."""
    return replace(run, given={name: one for name, one in run.given.items() if name != "again"})


def _erase_words(scene: Scene) -> tuple[tuple[Effect, ...], Session]:
    """Remove what was kept as words, and the words inside of other facts.

    A fact that loses some is written anew without them, with its time; what it had corrected goes
    too, for there the words might stand again.
    """
    found = scene.loaded.facts if scene.loaded else ()
    kinds = tuple(sorted({one.kind for one in found if of_words(scene.library, one.kind)}))
    rest = {one.id: one for one in found if one.kind not in kinds}
    replaced = {one.replaces for one in found}
    gone: list[int] = []
    anew: list[Record] = []
    for fact in rest.values():
        if fact.id in replaced or not _holds_words(scene, fact, rest):
            continue
        gone.append(fact.id)
        body = without_words(scene.library, fact)
        if body.keys() - ABOUT:
            new = derive_id(scene.event.seed, f"without words {fact.id}")
            anew.append(Record(new, fact.kind, body, at=fact.at))
    session = scene.session
    runs = [one for one in session.flows if one.replaces not in gone and one.flow not in OF_WORDS]
    flows = tuple(_unsaid(scene, one) for one in runs)
    latest = Latest(session.latest.said)
    wishes = replace(session.wishes, questions=())
    session = replace(with_flows(session, flows), latest=latest, wishes=wishes)
    forget = (Forget(kinds=kinds, facts=tuple(gone)),) if kinds or gone else ()
    return (*forget, *anew), session


def _holds_words(scene: Scene, fact: Fact, known: Mapping[int, Fact]) -> bool:
    """Tell whether words stand in `fact`, or in one that it corrects."""
    one: Fact | None = fact
    while one is not None:
        if without_words(scene.library, one) != one.body:
            return True
        one = known.get(one.replaces)
    return False


def _unsaid(scene: Scene, state: FlowState) -> FlowState:
    """Return `state` with every answer in own words left out, as if it had been skipped.

    What it was given in own words is left out as well: a question of their own is then not asked,
    the morning's one thing not asked about, and an exercise goes on without them.
    """
    flow, state = scene.library.flow(state.flow), without_own(state)
    if flow is None:
        return state
    plain = {step.name for step in flow.steps if step.kind != "text" and not step.own}
    answers: dict[str, Answer] = {
        name: answer if name in plain or not isinstance(answer, str) else None
        for name, answer in state.answers.items()
    }
    own = {step.name: step.own for step in flow.steps if step.own}
    answers |= dict.fromkeys(own.keys() & answers.keys())
    asked = {one for name in own.values() for one in (name, f"{name}_kind")}
    if state.given.get("intended"):
        asked |= {"intention", "intended"}
    given = {name: one for name, one in state.given.items() if name not in asked}
    return replace(state, answers=answers, given=given)


FEATURE = Feature(
    name="kept",
    commands={
        "kept": kept,
        "keep-checkins": switch("checkins", on=True),
        "drop-checkins": switch("checkins", on=False),
        "keep-words": switch("words", on=True),
        "drop-words": switch("words", on=False),
        "erase-checkins": erase("checkins"),
        "erase-words": erase("words"),
    },
    endings={"erase": erased},
)
