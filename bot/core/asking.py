"""Turns the open question of a flow into what is shown: words, buttons, tokens.

A token is `nonce.choice`: the nonce is drawn from the event that asked, so that a button answers
the question it stood under and no other. The choice is a stored name, never a position, because
the flow file may change between the question and the tap.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from bot.core.conditions import all_hold
from bot.core.content import Flow, Step
from bot.core.effects import Choice, Message
from bot.core.flow import facts, moved, one_back
from bot.core.ids import derive_nonce
from bot.core.state import Answer, FlowState
from bot.core.text import Text, text

SKIP, NEXT, STOP, BACK, YES, NO = "_skip", "_next", "_stop", "_back", "_yes", "_no"

UNSAID = "unsaid"
"""The option that is offered where a question may be left open but not left out."""

MANY = 8
"""Options that a phone shows one below the other; more stand in two columns."""

_SUGGESTED: Mapping[str, tuple[str, ...]] = {
    "time": ("08:00", "12:30", "18:00", "21:00"),
    "date": ("today", "yesterday"),
}


def go(command: str) -> Choice:
    """Return a button that gives `command`; such buttons never go stale."""
    return Choice(text(f"button-{command}"), f"go.{command}")


def words(flow: Flow, part: str, state: FlowState) -> Text:
    """Return the flow's own sentence called `part`, with all that is known to fill it.

    A step that was not asked, because it is not for this person, reads as one that was skipped.
    """
    unasked: dict[str, Answer] = {step.name: None for step in flow.steps}
    return Text(f"flow-{flow.id}-{part}", sayable({**unasked, **facts(state)}))


def sayable(known: Mapping[str, Answer]) -> tuple[tuple[str, str | int], ...]:
    """Return `known` as arguments for a sentence; what was skipped is the empty string."""
    said: list[tuple[str, str | int]] = []
    for name, answer in known.items():
        if isinstance(answer, bool):
            said.append((name, "yes" if answer else "no"))
        elif answer is None or isinstance(answer, tuple):
            said.append((name, ", ".join(answer or ())))
        else:
            said.append((name, answer))
    return tuple(said)


def question(
    flow: Flow, step: Step, state: FlowState, seed: bytes, lead: tuple[Text, ...] = ()
) -> tuple[FlowState, Message]:
    """Return the state with a fresh nonce, and the message that asks `step` behind `lead`.

    From the second misheard answer on there is always a button to tap, from the third one to get
    past the step (where there is no way past it: to go back).
    """
    state = with_nonce(state, step, seed)
    nonce = state.nonce
    choices = [*_answers(flow, step, state)]
    if state.tries >= 2 or step.kind == "date":
        choices += _suggestions(step, nonce)
    if step.skippable or (state.tries >= 3 and can_skip(step)):
        choices.append(Choice(text("button-skip"), f"{nonce}.{SKIP}"))
    elif state.tries >= 3 and one_back(flow, state):
        choices.append(Choice(text("button-back"), f"{nonce}.{BACK}"))
    if state.tries >= 2:
        choices.append(Choice(text("button-stop"), f"{nonce}.{STOP}"))
    typed = step.kind in ("scale", "number", "text", "time", "date")
    body = (*lead, words(flow, step.name, state))
    return state, Message(body, tuple(choices), _columns(step), typed)


def _columns(step: Step) -> int:
    """Return how many buttons fit a row; 0 leaves it open."""
    match step.kind:
        case "scale":
            return 6
        case "multi":
            return 1
        case _:
            return 2 if len(step.options) > MANY else 0


def with_nonce(state: FlowState, step: Step, seed: bytes) -> FlowState:
    """Return `state` at `step`, with a fresh nonce for the buttons of its question."""
    return moved(
        state,
        step=step.name,
        nonce=derive_nonce(seed, f"ask {state.run}"),
        answers=state.answers,
        picked=state.picked,
        tries=state.tries,
    )


def can_skip(step: Step) -> bool:
    """Tell whether `step` can be passed: left out, by "rather not say", or left as it is."""
    return step.skippable or step.kind == "multi" or UNSAID in step.options


def retry(step: Step, tries: int) -> Text:
    """Return the sentence for the `tries`th misheard answer in a row: three, then the third."""
    return text(
        f"retry-{step.kind}-{min(tries, 3)}",
        lowest=step.lowest,
        highest=step.highest,
        longest=step.longest,
    )


def _answers(flow: Flow, step: Step, state: FlowState) -> list[Choice]:
    match step.kind:
        case "scale":
            nonce, numbers = state.nonce, _numbers(step.lowest, step.highest)
            return [Choice(label, f"{nonce}.{n}") for n, label in numbers]
        case "choice":
            return [
                Choice(label(flow, step, o, state), f"{state.nonce}.{o}")
                for o in offered(step, state)
            ]
        case "multi":
            switches = [
                Choice(label(flow, step, o, state), f"{state.nonce}.{o}", o in state.picked)
                for o in step.options
            ]
            return [*switches, Choice(text("button-next"), f"{state.nonce}.{NEXT}")]
        case "yes-no" | "confirm":
            return [
                Choice(text(f"button-{step.kind}-yes"), f"{state.nonce}.{YES}"),
                Choice(text(f"button-{step.kind}-no"), f"{state.nonce}.{NO}"),
            ]
        case "guide":  # its exercise is gone: all there is to do is to end it
            enough = step.options[-1]
            return [Choice(label(flow, step, enough, state), f"{state.nonce}.{enough}")]
        case "text" | "number" | "time" | "date":
            return []


def offered(step: Step, state: FlowState) -> tuple[str, ...]:
    """Return the options of `step` that this run has a button for."""
    if not step.only:
        return step.options
    known = facts(state)
    return tuple(one for one in step.options if all_hold(step.only.get(one, ()), known))


def label(flow: Flow, step: Step, option: str, state: FlowState) -> Text:
    """Return what `option` is called for this person: discreetly, by their path, or as ever."""
    key = f"flow-{flow.id}-{step.name}-{option}"
    if step.worded:
        discreet = state.given.get("discreet") is True
        variant = "discreet" if discreet else state.given.get("path", "")
        if f"{option}-{variant}" in step.worded:
            key = f"{key}-{variant}"
    return text(key)


@lru_cache(maxsize=64)
def _numbers(lowest: int, highest: int) -> tuple[tuple[int, Text], ...]:
    """Return the labels of a scale; nearly every check-in asks for the same eleven, three times."""
    return tuple((n, text("number", n=str(n))) for n in range(lowest, highest + 1))


def _suggestions(step: Step, nonce: str) -> list[Choice]:
    if step.kind == "number":
        middle = (step.lowest + step.highest) // 2
        numbers = sorted({step.lowest, middle, step.highest})
        return [Choice(text("number", n=str(n)), f"{nonce}.{n}") for n in numbers]
    if step.kind == "date":
        return [Choice(text(f"button-{d}"), f"{nonce}.{d}") for d in _SUGGESTED["date"]]
    return [Choice(text("number", n=t), f"{nonce}.{t}") for t in _SUGGESTED.get(step.kind, ())]


def tapped_answer(step: Step, choice: str) -> Answer | str:
    """Return what a tap on `choice` says in words, ready to be heard like typed ones.

    Raises KeyError where `choice` is not one that `step` offers (the flow has changed since).
    """
    if step.kind in ("choice", "multi", "guide"):
        if choice not in step.options:
            raise KeyError(choice)
        return choice
    if step.kind in ("yes-no", "confirm"):
        return {YES: True, NO: False}[choice]
    if step.kind in ("scale", "number"):
        if not choice.isascii() or not choice.isdigit() or len(choice) > 9:
            raise KeyError(choice)
        if not step.lowest <= int(choice) <= step.highest:
            raise KeyError(choice)
        return int(choice)
    if choice not in _SUGGESTED.get(step.kind, ()):
        raise KeyError(choice)
    return choice
