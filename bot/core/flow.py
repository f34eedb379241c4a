"""Interprets a flow: which question is open, what an answer does to it, when it has ended.

Laws: (1) the open question is always computed from the answers and the flow as it is *now*, so a
file edited while people are in it never mixes answers up; (2) an answer is stored under its step's
name and never thrown away; (3) no function here renders, records or decides what happens next.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.core.conditions import all_hold, holds
from bot.core.content import Closing, Flow, Library, Step
from bot.core.state import Answer, FlowState, Session


@dataclass(frozen=True, slots=True)
class Question:
    """A question that is open: the run it belongs to, that run's flow as it is now, its step."""

    state: FlowState
    flow: Flow
    step: Step


def open_question(session: Session, library: Library) -> Question | None:
    """Return the question that the last run of `session` stands at.

    None where no run is open, its flow is gone, or every step that applies has its answer.
    """
    if not session.flows:
        return None
    state = session.flows[-1]
    flow = library.flow(state.flow)
    step = open_step(flow, state) if flow else None
    return Question(state, flow, step) if flow and step else None


def facts(state: FlowState) -> Mapping[str, Answer]:
    """Return all that conditions and placeholders may mention: what was given, then answered."""
    return {**state.given, **state.answers}


def on_current_names(flow: Flow, state: FlowState) -> FlowState:
    """Return `state` with answers, and the open step, moved to the names steps have now.

    Answers to steps that no longer exist stay, under the name they were given. The version is not
    what decides: an author may rename a step and forget to count it up. Mostly nothing has moved.
    """
    answers: dict[str, Answer] = {}
    for name, answer in state.answers.items():
        step = flow.step(name)
        answers.setdefault(step.name if step else name, answer)
    named = flow.step(state.step)
    open_now = named.name if named else state.step
    before = (state.flow, state.version, state.step, state.answers)
    if before == (flow.id, flow.version, open_now, answers):
        return state
    return replace(state, flow=flow.id, version=flow.version, answers=answers, step=open_now)


def applies(step: Step, state: FlowState) -> bool:
    """Tell whether `step` is asked at all, given the answers so far."""
    return not step.when or all_hold(step.when, facts(state))


def open_step(flow: Flow, state: FlowState) -> Step | None:
    """Return the step to ask: the one named as open if it still stands, else the first unanswered.

    None when every step that applies has its answer.
    """
    named = flow.step(state.step) if state.step else None
    if named and named.name not in state.answers and applies(named, state):
        return named
    return _first_unanswered(flow, state.answers, facts(state))


def _first_unanswered(
    flow: Flow, answers: Mapping[str, Answer], known: Mapping[str, Answer]
) -> Step | None:
    for step in flow.steps:
        if step.name not in answers and all_hold(step.when, known):
            return step
    return None


def moved(
    state: FlowState,
    *,
    step: str,
    nonce: str,
    answers: Mapping[str, Answer],
    picked: tuple[str, ...],
    tries: int,
) -> FlowState:
    """Return `state` at another place of the same run.

    Written out, for `replace` takes three times as long and every answer moves a run twice.
    """
    return FlowState(
        state.flow,
        state.version,
        state.run,
        state.day,
        state.started,
        step,
        nonce,
        answers,
        state.given,
        picked,
        tries,
        state.replaces,
        state.ahead,
        state.part,
    )


def with_open(
    state: FlowState, step: Step | None, answers: Mapping[str, Answer] | None = None
) -> FlowState:
    """Return `state` with `step` as its open question (None: no question is left).

    `answers`, where they are given, take the place of those so far. The switches of a multi step
    start as what was given under "<step>_<option>": settings show what holds now, and a form that
    was given nothing starts with everything off.
    """
    picked: tuple[str, ...] = ()
    if step and step.kind == "multi":
        picked = tuple(o for o in step.options if state.given.get(f"{step.name}_{o}") is True)
    return moved(
        state,
        step=step.name if step else "",
        nonce=state.nonce,
        answers=state.answers if answers is None else answers,
        picked=picked,
        tries=0,
    )


def with_answer(flow: Flow, state: FlowState, step: Step, answer: Answer) -> FlowState:
    """Return `state` with the answer kept and the next question, if any, open."""
    answers = {**state.answers, step.name: answer}
    following = _first_unanswered(flow, answers, {**state.given, **answers})
    return with_open(state, following, answers)


def one_back(flow: Flow, state: FlowState) -> FlowState | None:
    """Return `state` with the question before the open one open again, or None at the first.

    Later answers stay: they are asked again only if the changed answer makes them so.
    """
    before: Step | None = None
    asked = open_step(flow, state)
    for step in flow.steps:
        if step is asked:
            break
        if step.name in state.answers and applies(step, state):
            before = step
    if before is None:
        return None
    answers = {name: kept for name, kept in state.answers.items() if name != before.name}
    opened = with_open(state, before, answers)
    earlier = state.answers[before.name]
    return replace(opened, picked=earlier) if isinstance(earlier, tuple) else opened


def closing(flow: Flow, state: FlowState) -> Closing:
    """Return the first closing whose conditions hold; content check sees to it that one does."""
    known = facts(state)
    for one in flow.closings:
        if all_hold(one.when, known):
            return one
    return flow.closings[-1]


def answered(flow: Flow, state: FlowState) -> Mapping[str, Answer]:
    """Return the answers worth keeping: those not skipped that no other answer has made moot.

    Answers to steps the flow no longer has are kept too; they were said. So are those to questions
    a person would not be asked today, because what they told us outside this flow has changed.
    """
    kept: dict[str, Answer] = {}
    for name, answer in state.answers.items():
        step = flow.step(name)
        moot = step and not all(
            holds(condition, state.answers) for condition in step.when if flow.step(condition.name)
        )
        if answer is not None and not moot:
            kept[name] = answer
    return kept
