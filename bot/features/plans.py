"""Making an if-then plan from two lists, and the list of those that stand, each to be removed.

Never here: when a plan is read back (`planned.py`), or its words (`content/flows/plan.toml`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.core.asking import go
from bot.core.effects import Choice, Forget, Need, Turn
from bot.core.flow import facts
from bot.core.heard import normalise
from bot.core.ids import derive_nonce
from bot.core.state import Answer, FlowState, with_flows
from bot.core.text import Text, text
from bot.features.planned import KIND, LEADS, NEED, OWN, Plan, able, plans
from bot.features.scene import (
    Feature,
    Keeps,
    Scene,
    begin,
    close,
    consents,
    finish,
    interject,
    tell,
)

PAGE = 3
"""Plans in one message; each may hold a long line of the member's own."""

UNPLAN = "unplan"
"""The form that removes one, and what its button gives before the mark of the plan."""


# --- making one -----------------------------------------------------------------------------------


def make(scene: Scene) -> Turn:
    """Ask for a situation and a response."""
    return begin(scene, scene.library.flows[KIND], extra=_given(scene))


def make_for(scene: Scene, *, name: str) -> Turn:
    """Ask for a response to the situation called `name`; a plan half made gives way to it."""
    step = scene.library.flows[KIND].step("situation")
    if step is None or name == OWN or name not in step.options:
        return make(scene)
    others = tuple(one for one in scene.session.flows if one.flow != KIND)
    scene = scene.with_session(with_flows(scene.session, others))
    answers: Mapping[str, Answer] = {"situation": name}
    return begin(scene, scene.library.flows[KIND], extra=_given(scene), answers=answers)


def _given(scene: Scene) -> Mapping[str, str | int | bool]:
    words = scene.session.keep_words and scene.event.place.keeps_text
    return {"words": words, **{f"can_{one}": able(scene, skill) for one, skill in LEADS.items()}}


def made(scene: Scene, state: FlowState) -> Turn | Need:
    """Keep a plan and read it back; an older one for the same situation gives way to it."""
    if scene.loaded is None:
        return NEED
    state = replace(state, answers={name: _tidy(one) for name, one in state.answers.items()})
    known = facts(state)
    situation, own = str(known.get("situation")), str(known.get("situation_own", ""))
    spot = (situation, normalise(own) if situation == OWN else "")
    old = next((one for one in plans(scene) if one.spot() == spot), None)
    words = consents(scene.session, state, "words") and scene.event.place.keeps_text
    in_words = OWN in (situation, known.get("response"))
    lost = in_words and not words and consents(scene.session, state, "checkins")
    given = {**state.given, "lost": lost, "replaced": old is not None}
    return finish(scene, replace(state, given=given, replaces=old.id if old else 0))


def _tidy(answer: Answer) -> Answer:
    """Return words that stand well in the middle of a sentence: one line, no full stop behind."""
    if not isinstance(answer, str):
        return answer
    line = " ".join(answer.split())
    return line.rstrip(" .,;:\u2026") or line


# --- the list -------------------------------------------------------------------------------------


def listed(scene: Scene) -> Turn | Need:
    """Show the newest plans."""
    return turn_to(scene, page=1)


def turn_to(scene: Scene, *, page: int) -> Turn | Need:
    """Show one page of plans, newest first, each with a button that removes it."""
    if scene.loaded is None:
        return NEED
    found = plans(scene)
    shown = found[(page - 1) * PAGE : page * PAGE]
    if not shown:
        missing = text("plans-none") if page == 1 else text("plans-no-older")
        return interject(scene, missing, choices=(go(KIND),))
    body = [_line(one, n) for n, one in enumerate(shown, 1)]
    choices = [
        Choice(text("plans-remove", n=n), f"go.unplan-{_mark(one)}")
        for n, one in enumerate(shown, 1)
    ]
    if len(found) > page * PAGE:
        choices.append(Choice(text("button-older"), f"go.plans-{page + 1}"))
    choices.append(go(KIND))
    if scene.session.flows:
        choices.append(go("resume"))
    return tell(scene, *body, choices=tuple(choices))


def _line(plan: Plan, n: int) -> Text:
    return Text("plans-line", (("n", n), *plan.args()))


def _mark(plan: Plan) -> str:
    """Return a name for `plan` that fits a button: one pressed late removes no other."""
    return derive_nonce(str(plan.id).encode(), KIND)


def remove(scene: Scene, *, name: str) -> Turn | Need:
    """Ask whether the plan behind a button shall go."""
    if scene.loaded is None:
        return NEED
    plan = next((one for one in plans(scene) if _mark(one) == name), None)
    if plan is None:
        return turn_to(scene, page=1)
    others = tuple(one for one in scene.session.flows if one.flow != UNPLAN)
    scene = scene.with_session(with_flows(scene.session, others))
    return begin(scene, scene.library.flows[UNPLAN], extra={"fact": plan.id, **plan.halves()})


def removed(scene: Scene, state: FlowState) -> Turn:
    """Remove the plan that was asked about, if that was confirmed."""
    known = facts(state)
    fact = known.get("fact")
    gone = known.get("sure") is True and isinstance(fact, int)
    return close(scene, state, effects=(Forget(facts=(int(str(fact)),)),) if gone else ())


FEATURE = Feature(
    name="plans",
    commands={"plan": make, "plans": listed},
    endings={KIND: made, UNPLAN: removed},
    pages={"plans": turn_to},
    named={KIND: make_for, UNPLAN: remove},
    keeps=(
        Keeps(
            kind=KIND,
            what="the day, the situation and the response you chose, in your words if you wrote "
            "them",
            why="so that it can be read to you when its moment may be there",
            until='you remove it under /plans, erase it under "what is kept", or with /forget',
        ),
    ),
)
