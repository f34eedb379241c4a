"""Own words that will stand somewhere for later: in a plan, in the hope box.

Law: what is left out is never more than a joint of the sentence they will stand in.
"""

from __future__ import annotations

from bot.core.content import Phrases
from bot.core.flow import Question
from bot.core.heard import normalise
from bot.core.skills import STATES
from bot.features import hope, planned

LONGEST_JOINT = 3
"""Words of "each time that" and the like."""

LABELS = 2
"""Digits of a number that stands beside a button; a longer one may be a year or a call."""

DOABLE = frozenset({"reachout", "pause"})
"""Commands whose names also say what somebody can do then: "talk to someone"."""


def opens_commands(question: Question) -> bool:
    """Tell whether the name of a command, typed at `question`, is the command and no answer.

    In the hope box it would be read back on a bad night. The question waits.
    """
    return question.flow.id == hope.KIND


def ready(question: Question, said: str, phrases: Phrases) -> str:
    """Return `said` as it may be kept as the answer to `question`; "" where it says too little.

    The "if" and the "then" that the question has said already are not said twice. A number alone,
    or in a plan the name of a command, was meant for something else on the screen.
    """
    flow = question.flow.id
    if question.step.kind != "text" or flow not in (hope.KIND, planned.KIND):
        return said
    bare = normalise(said)
    if bare.isdigit() and len(bare) <= LABELS:
        return ""
    if flow == hope.KIND:
        return said
    command = phrases.commands.get(bare, "")
    kind, _, name = command.partition("-")
    may_be_done = kind == "do" or command in DOABLE or (kind == "cope" and name in STATES)
    return "" if command and not may_be_done else _without_joints(said, phrases)


def _without_joints(said: str, phrases: Phrases) -> str:
    words = said.split()
    while words:
        ends = range(min(LONGEST_JOINT, len(words)), 0, -1)
        cut = next((n for n in ends if normalise(" ".join(words[:n])) in phrases.joints), 0)
        if not cut:
            break
        words = words[cut:]
    return " ".join(words)
