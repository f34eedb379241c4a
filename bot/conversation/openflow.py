"""What happens to the flow that is open: an answer, a word that moves in it, its end.

Belongs here: everything between a question on screen and the next one. Never: what a particular
flow means, which is its file's and its feature's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache

from bot.conversation.ownwords import ready
from bot.core import asking
from bot.core.asking import go
from bot.core.content import Flow, Step
from bot.core.effects import Choice, Effect, Message, Need, Say, Turn
from bot.core.flow import (
    Question,
    closing,
    on_current_names,
    one_back,
    open_question,
    open_step,
    with_answer,
)
from bot.core.heard import Misheard, hear, normalise
from bot.core.localtime import weekday
from bot.core.state import Answer, FlowState, with_flows
from bot.core.text import Text, text
from bot.core.verdict import NOTHING, Verdict
from bot.features import FEATURES, care, checkin, coping, hope, quiet, smalltalk
from bot.features.offers import lead_on
from bot.features.scene import (
    Ending,
    Scene,
    after,
    ask,
    ask_again,
    finish,
    partial_record,
    record,
    tell,
)

TO_HELP = ("cope-", "reachout")
"""How the commands begin that a check-in offers on a hard day, but not on others."""

STAYS_OPEN = timedelta(days=1)
"""A question can be answered on its own day and the day after; later it would be a guess."""


@lru_cache(maxsize=1)
def endings() -> Mapping[str, Ending]:
    """Return what features do when their flows end, by flow id."""
    return {flow: ending for feature in FEATURES for flow, ending in feature.endings.items()}


def settle(scene: Scene) -> Turn:
    """Bring open and parked runs up to the flow files as they are now.

    A run ends whose flow is gone, whose questions are all answered since the file changed, or
    whose day has long passed. What was answered is kept where it may be and the flow still says
    as what; the person is told, save of a form that keeps nothing.
    """
    states: list[FlowState] = []
    ended: tuple[Effect, ...] = ()
    for state in scene.session.flows:
        flow = scene.library.flow(state.flow)
        current = _up_to_date(scene, flow, state) if flow else state
        if flow is None or open_step(flow, current) is None:
            facts = record(scene, current, complete=True)
            ended += (*facts, _told("form-changed-kept" if facts else "form-changed", current))
        elif is_long_past(scene, current):
            facts = partial_record(scene, current)
            said = _told("closed-late-kept" if facts else "closed-late", current)
            ended += (*facts, said) if flow.records else facts
        else:
            states.append(current)
    flows = tuple(states)
    unchanged = flows == scene.session.flows
    return Turn(scene.session if unchanged else with_flows(scene.session, flows), ended)


def _up_to_date(scene: Scene, flow: Flow, state: FlowState) -> FlowState:
    """Return `state` under the names its flow has now.

    A flow that was changed may mention what was not known yet when the run began. What may be kept
    of it is as it was asked then, and never added.
    """
    current = on_current_names(flow, state)
    if current.version == state.version:
        return current
    known = {name: one for name, one in scene.given().items() if not name.startswith("keep_")}
    return replace(current, given={**known, **current.given})


def is_long_past(scene: Scene, state: FlowState) -> bool:
    """Tell whether the day after the run's own is over.

    After a jump of the calendar a whole day must have passed since it began, too: several jumps
    may bring several mornings in a few hours.
    """
    if state.ahead and scene.event.at - state.started < STAYS_OPEN:
        return False
    return scene.day_of(state) - date.fromisoformat(state.day) > STAYS_OPEN


def _told(key: str, state: FlowState) -> Say:
    return Say(Message((text(key, weekday=weekday(date.fromisoformat(state.day))),)))


def answer(
    scene: Scene, *, said: str = "", tapped: str = "", verdict: Verdict = NOTHING
) -> Turn | Need:
    """Take `said` or `tapped` as the answer to the open question, or ask again kindly.

    `verdict` is what the crisis floor heard in it: nothing that alarms comes here.
    """
    question = _open(scene)
    step = question.step
    match tapped:
        case asking.STOP:
            return leave(scene)
        case asking.BACK:
            return go_back(scene)
        case asking.SKIP:
            return skip(scene)
    if step.kind == "multi":
        return _switch(scene, question, said=said, tapped=tapped, verdict=verdict)
    given = _tapped(scene, step, tapped) if tapped else _heard(scene, step, said)
    if isinstance(given, Misheard) and step.kind == "scale" and question.flow.id == hope.EXERCISE:
        rated = smalltalk.rated_along(scene, said, str(question.state.given.get("state")))
        given = rated if rated >= 0 else given
    if step.only and given not in asking.offered(step, question.state):
        given = Misheard("unclear")
    if isinstance(given, Misheard):
        if step.kind == "scale" and step.skippable and _declined(scene, said):
            return skip(scene)
        if step.kind == "scale" and step.skippable and smalltalk.is_unsure(scene, said):
            return advance(scene, question, None, text("scale-unsure"))
        return _misheard(scene, question, given, said, verdict)
    if isinstance(given, str) and not tapped:
        given = ready(question, given, scene.library.phrases)
        if not given:
            state = replace(question.state, tries=question.state.tries + 1)
            return ask(scene, _with_top(scene, state), text("own-more"))
    return advance(scene, question, given)


def _declined(scene: Scene, said: str) -> bool:
    """Tell whether `said` leaves a number out: "nah", "not now"."""
    return normalise(said) in scene.library.phrases.decline


def _tapped(scene: Scene, step: Step, choice: str) -> Answer | Misheard:
    try:
        value = asking.tapped_answer(step, choice)
    except KeyError:
        return Misheard("unclear")
    if step.kind in ("time", "date"):
        return _heard(scene, step, str(value))
    return value


def _heard(scene: Scene, step: Step, said: str) -> Answer | Misheard:
    return hear(step, said, scene.library.phrases, scene.date())


def _switch(
    scene: Scene, question: Question, *, said: str, tapped: str, verdict: Verdict
) -> Turn | Need:
    """A multi step: taps turn switches on and off, [Go on] settles it, and so do typed words.

    Typed names are the whole answer, whatever was tapped: about what may be kept, the narrower
    reading is the right one.

    A typed yes with every switch off may mean "all of it" as well as "go on", so it is not taken
    for either until the person has been told how both are said.
    """
    state, step = question.state, question.step
    on = tuple(option for option in step.options if option in state.picked)
    if tapped == asking.NEXT:
        return advance(scene, question, on)
    if tapped in step.options:
        turned = {*on} ^ {tapped}
        state = replace(state, picked=tuple(o for o in step.options if o in turned))
        return ask(scene, _with_top(scene, state), in_place=True)
    if normalise(said) in scene.library.phrases.everything:
        return advance(scene, question, step.options)
    agreed = _heard(scene, replace(step, kind="yes-no"), said)
    if agreed is True and (on or state.tries):
        return advance(scene, question, on)
    if agreed is False:
        return advance(scene, question, ())
    named = _heard(scene, step, said)
    if isinstance(named, Misheard):
        return _misheard(scene, question, named, said, verdict)
    return advance(scene, question, named)


def _misheard(
    scene: Scene, question: Question, trouble: Misheard, said: str, verdict: Verdict
) -> Turn | Need:
    """Ask again; what was told instead of an answer is heard first, and what is hard comes first.

    What hears it is a message of its own, so that it stays when the question's is changed.
    """
    if trouble.why == "unclear" and (hard := smalltalk.instead(scene, said, verdict)):
        return hard if isinstance(hard, Need) else _unsure(scene, question, said, verdict) or hard
    if trouble.why == "unclear" and (heard := smalltalk.in_passing(scene, said)):
        return after(tell(scene, heard), ask(scene, scene.session.flows))
    state = replace(question.state, tries=question.state.tries + 1)
    nothing = trouble.why == "empty"
    lead = text("heard-nothing") if nothing else asking.retry(question.step, state.tries)
    return ask(scene, _with_top(scene, state), lead)


def _unsure(scene: Scene, question: Question, said: str, verdict: Verdict) -> Turn | Need | None:
    """Return what else is done where a last yes was asked for: it is taken for a no, and said so.

    Who tells of something hard has not said yes to anything, and the next "1" or "yes" must not
    remove what nobody wanted removed.
    """
    if question.step.kind != "confirm":
        return None
    refused = advance(scene, question, given=False)
    if isinstance(refused, Need):
        return refused
    hard = smalltalk.instead(scene.with_session(refused.session), said, verdict)
    return after(refused, hard) if isinstance(hard, Turn) else None


def advance(scene: Scene, question: Question, given: Answer, *lead: Text) -> Turn | Need:
    """Take `given` as the answer; ask the next question in the same message, or end the run.

    `lead` stands above the next question.
    """
    state = with_answer(question.flow, question.state, question.step, given)
    if state.step:
        return ask(scene, _with_top(scene, state), *lead, in_place=True)
    rest = with_flows(scene.session, scene.session.flows[:-1])
    return endings().get(question.flow.id, finish)(scene.with_session(rest), state)


def skip(scene: Scene) -> Turn | Need:
    """Skip the open question where it may be skipped; elsewhere say so and ask again.

    A question with the option `unsaid` is skipped by it, or by what was said before; switches are
    left as they are.
    """
    if not scene.session.flows:
        return _nothing_open(scene)
    question = _open(scene)
    state, step = question.state, question.step
    answer: Answer = None
    if step.skippable:
        pass
    elif asking.UNSAID in step.options:
        answer = state.given.get(step.name, asking.UNSAID)
    elif step.kind == "multi":
        answer = tuple(option for option in step.options if option in state.picked)
    else:
        return ask_again(scene, text("cannot-skip"))
    return advance(scene, question, answer)


def go_back(scene: Scene) -> Turn:
    """Open the question before this one again; at the first, say so."""
    if not scene.session.flows:
        return _nothing_open(scene)
    question = _open(scene)
    before = one_back(question.flow, question.state)
    if before is None:
        return ask_again(scene, text("first-question"))
    return ask(scene, _with_top(scene, before), in_place=True)


def leave(scene: Scene) -> Turn:
    """Leave everything that is open or parked, keeping what was already answered."""
    hushed = care.hush(scene)
    scene = scene.with_session(care.left(scene.session))
    if not scene.session.flows:
        return hushed or smalltalk.leaving(scene) or coping.enough(scene) or quiet.offer(scene)
    kept: tuple[Effect, ...] = ()
    for state in scene.session.flows:
        kept += partial_record(scene, state)
    empty = scene.with_session(with_flows(scene.session, ()))
    said: Text = text("stop-kept" if kept else "stopped")
    if hushed:
        return Turn(with_flows(hushed.session, ()), (*kept, *hushed.effects))
    ways = _ways_through(scene)
    if ways:
        known = checkin.known(empty, scene.session.flows[-1])
        return after(Turn(known, kept), tell(empty.with_session(known), said, choices=ways))
    return after(Turn(empty.session, kept), tell(empty, said, choices=(go("menu"),)))


def _ways_through(scene: Scene) -> tuple[Choice, ...]:
    """Return the ways to help that the open check-in would close with, by what was answered.

    It stops, but what it has told so far may have been hard to say.
    """
    state = scene.session.flows[-1]
    flow = scene.library.flow(state.flow)
    if flow is None or flow.id != checkin.FLOW or not state.answers:
        return ()
    named = [one for one in closing(flow, state).offer if one.startswith(TO_HELP)]
    return tuple(lead_on(one) for one in sorted(named))


def _nothing_open(scene: Scene) -> Turn:
    return tell(scene, text("nothing-open"), choices=(go("menu"), go("crisis")))


def _open(scene: Scene) -> Question:
    """Return the open question; `settle` has seen to it that there is one."""
    question = open_question(scene.session, scene.library)
    if question is None:
        raise ValueError("no question is open")
    return question


def _with_top(scene: Scene, state: FlowState) -> tuple[FlowState, ...]:
    """Return the runs that are open or parked, the last one as it is in `state`."""
    return *scene.session.flows[:-1], state
