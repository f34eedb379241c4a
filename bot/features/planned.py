"""If-then plans that stand: what they say, what they lead to, and when their moment may be there.

Never here: making and removing them (`plans.py`), the words of either half (`plans.ftl`, and
`content/flows/plan.toml` for its button), or whether a plan was followed, which nobody asks.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from bot.core.asking import go
from bot.core.effects import Ask, Choice, Edit, Effect, Fact, Need, Say, Turn
from bot.core.events import Said
from bot.core.heard import normalise
from bot.core.localtime import part_of_day, wall_clock, weekday
from bot.core.skills import State
from bot.core.state import FlowState
from bot.core.text import Text, text
from bot.features.scene import Scene
from bot.features.situations import listed, tells_of

KIND = "plan"
"""The kind of record, the form that makes one, and its command."""

OWN = "own"

ALL = 200
"""More plans than anyone has."""

NEED = Need(kinds=(KIND,), newest=ALL)

LEADS: Mapping[str, str] = {
    "leave": "leave",
    "timeout": "timeout",
    "text": "textone",
    "people": "people",
    "walk": "walk",
    "breathe": "breathe",
    "delay": "delay",
    "tape": "tape",
    "senses": "senses",
    "eat": "water",
    "small": "small",
}
"""The exercise that a response leads straight into."""

TO_A_PERSON = "call"
"""The response that leads to a person."""


@dataclass(frozen=True, slots=True)
class Met:
    """When a situation may be there: how likely at what is hard, 1 to 3.

    Where it names parts of day or weekdays, at no others.
    """

    at: Mapping[State, int]
    parts: tuple[str, ...] = ()
    weekdays: tuple[str, ...] = ()


MEETS: Mapping[str, Met] = {
    "offered": Met({"craving": 2, "celebration": 2}),
    "asked": Met({"anxiety": 2, "anger": 2, "low": 1}),
    "argument": Met({"anger": 3, "craving": 1, "low": 1}),
    "evening": Met({"lonely": 3, "craving": 2, "low": 2, "bored": 2}, parts=("evening", "night")),
    "payday": Met({"craving": 1}),
    "party": Met({"celebration": 3, "craving": 1}),
    "celebration": Met({"celebration": 3}),
    "body": Met({"sleepless": 3, "low": 1, "craving": 1}),
    "bad_news": Met({"grief": 2, "anxiety": 2, "low": 2}),
    "place": Met({"craving": 2}),
    "bored": Met({"bored": 3, "craving": 1}),
    "work": Met(
        {"craving": 2, "anger": 2, "anxiety": 1},
        parts=("afternoon", "evening"),
        weekdays=("mon", "tue", "wed", "thu", "fri"),
    ),
    "person": Met({"anger": 2, "craving": 1, "anxiety": 1}),
}

TOLD: Mapping[str, tuple[str, ...]] = {
    "argument": ("argument",),
    "bad_news": ("bad_news",),
    "payday": ("payday",),
    "offered": ("offered",),
    "body": ("body",),
    "party": ("party", "celebration"),
    "celebration": ("celebration", "party"),
    "people": ("person",),
    "place": ("place",),
    "boredom": ("bored",),
}
"""The situations behind what is told elsewhere: what pulled today, what came before a lapse."""


@dataclass(frozen=True, slots=True)
class Plan:
    """One plan that stands: the options chosen, or the member's own words for them."""

    id: int
    situation: str
    response: str
    situation_own: str = field(default="", repr=False)
    response_own: str = field(default="", repr=False)

    def halves(self) -> dict[str, str | int | bool]:
        """Return what the sentence is made of, by the names it knows."""
        return {
            "situation": self.situation,
            "situation_own": self.situation_own,
            "response": self.response,
            "response_own": self.response_own,
        }

    def args(self) -> tuple[tuple[str, str], ...]:
        """Return the same for a sentence that is said outside a form."""
        return tuple((name, str(one)) for name, one in self.halves().items())

    def spot(self) -> tuple[str, str]:
        """Return what two plans for the same situation have in common."""
        return self.situation, normalise(self.situation_own)


def plans(scene: Scene) -> tuple[Plan, ...]:
    """Return the plans read, newest first; one whose half is in no list any more is left out."""
    found = scene.loaded.facts if scene.loaded else ()
    read = (_plan(one) for one in found if one.kind == KIND)
    return tuple(one for one in read if _whole(scene, one))


def _plan(fact: Fact) -> Plan:
    body = fact.body
    return Plan(
        fact.id,
        str(body.get("situation", "")),
        str(body.get("response", "")),
        str(body.get("situation_own", "")),
        str(body.get("response_own", "")),
    )


def _whole(scene: Scene, plan: Plan) -> bool:
    """Tell whether both halves of `plan` can be said."""
    flow = scene.library.flows[KIND]
    halves = (
        ("situation", plan.situation, plan.situation_own),
        ("response", plan.response, plan.response_own),
    )
    return all(
        (step := flow.step(name)) is not None
        and option in step.options
        and (option != OWN or bool(own))
        for name, option, own in halves
    )


def said(plan: Plan) -> Text:
    """Return `plan` as one sentence."""
    return Text("plan-said", plan.args())


def able(scene: Scene, skill_id: str) -> bool:
    """Tell whether the member has the exercise left in, or it is none of ours any more."""
    skill, wishes = scene.library.skill(skill_id), scene.session.wishes
    if skill is None:
        return True
    return skill.id not in wishes.unwanted and not set(skill.cautions) & set(wishes.left_out)


# --- when its moment may be there -----------------------------------------------------------------


def fitting(scene: Scene, state: str) -> Plan | None:
    """Return the plan to read back where `state` is hard: the best fit, then the newest; or None.

    One that leads into an exercise which is not offered now is left in peace.
    """
    if here := told(scene):
        return here
    elsewhere = _listed(scene)  # what is told of one situation is no word of another
    found = [one for one in plans(scene) if not elsewhere or one.situation in (elsewhere, OWN)]
    ranked = [(fit, one) for one in found if (fit := _fit(scene, one, state))]
    return max(ranked, key=lambda pair: pair[0])[1] if ranked else None


def told(scene: Scene) -> Plan | None:
    """Return the newest plan whose situation is told in the words of this event; or None."""
    if not isinstance(scene.event, Said):
        return None
    said, phrases, spot = scene.event.text, scene.library.phrases, _listed(scene)
    usable = (one for one in plans(scene) if able(scene, LEADS.get(one.response, "")))
    return next(
        (
            one
            for one in usable
            if (one.situation == spot != OWN)
            or (one.situation == OWN and tells_of(said, one.situation_own, phrases))
        ),
        None,
    )


def _listed(scene: Scene) -> str:
    """Return the situation of the list that the words of this event tell of; "" for none."""
    step = scene.library.flows[KIND].step("situation")
    if step is None or not isinstance(scene.event, Said):
        return ""
    return listed(step, scene.event, scene.session, scene.library.phrases)


def _fit(scene: Scene, plan: Plan, state: str) -> int:
    """Return how well `plan` fits now, 0 where it does not.

    The member's own situation is known by nobody: it may be any in which something pulls.
    """
    part = part_of_day(scene.event.at, scene.session.zone)
    skill = scene.library.skill(LEADS.get(plan.response, ""))
    if skill and (part in skill.not_at or not able(scene, skill.id)):
        return 0
    met = MEETS.get(plan.situation, Met({"craving": 1}))
    today = weekday(wall_clock(scene.event.at, scene.session.zone).date())
    now = (not met.parts or part in met.parts) and (not met.weekdays or today in met.weekdays)
    likely = next((much for one, much in met.at.items() if one == state), 0)
    return likely if now else 0


def beside(scene: Scene, plan: Plan) -> Text:
    """Return the paragraph that reads `plan` back."""
    discreet = "yes" if scene.session.wishes.discreet else "no"
    return Text("plan-met", (("discreet", discreet), *plan.args()))


def ways(scene: Scene, plan: Plan) -> tuple[Choice, ...]:
    """Return the buttons for what `plan` leads to: an exercise or a person, if it does.

    Where it was not read out, the list it stands in follows. An exercise has the button it has
    among those offered, so that one which is both stands there once.
    """
    found: list[Choice] = []
    if plan.response == TO_A_PERSON:
        found.append(go("reachout"))
    if skill := scene.library.skill(LEADS.get(plan.response, "")):
        label = text(f"skill-{skill.id}-named", minutes=skill.minutes)
        found.append(Choice(label, f"go.do-{skill.id}"))
    if scene.session.wishes.discreet:
        found.append(go("plans"))
    return tuple(found)


def recalled(scene: Scene, state: FlowState, told: Iterable[str]) -> FlowState:
    """Return a run that is ending with what its closing may say of plans for what was `told`.

    `plan` is "there" with the halves of the newest one, "none" where one could be kept, or "". A
    plan whose exercise is left out is not read back.
    """
    spots = [spot for one in told for spot in TOLD.get(one, ())]
    usable = (one for one in plans(scene) if able(scene, LEADS.get(one.response, "")))
    plan = next((one for one in usable if one.situation in spots), None)
    known: dict[str, str | int | bool] = {"plan": "there", **plan.halves()} if plan else {}
    if not known:
        could = bool(spots) and scene.session.keep_checkins
        known = {"plan": "none", "situation": spots[0]} if could else {"plan": ""}
    return replace(state, given={**state.given, **known})


def pointed(turn: Turn, state: FlowState) -> Turn:
    """Return `turn` with its button for a plan leading straight to the situation in `state`."""
    situation = state.given.get("situation")
    plain = go(KIND)
    if not situation or situation == OWN:
        return turn

    def straight(effect: Effect) -> Effect:
        if not isinstance(effect, Say | Ask | Edit):
            return effect
        straighter = Choice(plain.label, f"{plain.token}-{situation}")
        choices = tuple(straighter if one == plain else one for one in effect.message.choices)
        return replace(effect, message=replace(effect.message, choices=choices))

    return Turn(turn.session, tuple(straight(one) for one in turn.effects))
