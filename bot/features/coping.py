"""Ways through a hard moment: what is hard, and three exercises for it.

Never here: a run of one (`exercise.py`), its words (`content/skills`), or what helps whom
(`core/ranking.py`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from bot.core import guide
from bot.core.asking import go
from bot.core.effects import Choice, Message, Need, Say, Turn
from bot.core.events import Commanded, Said
from bot.core.localtime import part_of_day
from bot.core.ranking import KIND, NEWEST, REST, Offer, Run, Wanted, offer, runs
from bot.core.skills import STATES, WAIT, Skill
from bot.core.state import FlowState, Session
from bot.core.strength import NOT_RATED, rating_in
from bot.core.text import Text, text
from bot.features import cards, planned
from bot.features.scene import (
    Command,
    Feature,
    Scene,
    tell,
)

PICKED = tuple(one for one in STATES if one != "ending")
"""What is asked about; thoughts of dying are not one button among others."""

MEMORY = Need(kinds=(KIND, planned.KIND), newest=NEWEST)
"""The runs that count, and the plans."""

TELLING = frozenset({"craving", "shame"})
"""What is hard whose plain name tells what somebody is here for."""

STILL_SO = timedelta(hours=2)
"""For how long what was said to be hard is taken to be so."""

MOST_BUTTONS = 6
"""Below exercises, and below what became of one: more are a list to read."""

JUST_RATED = timedelta(minutes=15)
"""For how long a number that was told need not be asked for again."""


# --- what is hard ---------------------------------------------------------------------------------


def cope(scene: Scene, *lead: Text) -> Turn | Need:
    """Offer exercises for what is said to be hard, or ask what that is; `lead` stands above it.

    What a check-in has just told, and nothing was offered for yet, is not asked again.
    """
    said = scene.event.rest if isinstance(scene.event, Commanded) else ""
    rated = rating_in(said, scene.library.phrases)
    coping = scene.session.coping
    told = coping.state if _just_rated(scene) and not coping.offered else ""
    state = state_in(scene, said) or ("" if said.strip() else told)
    return offers(scene, state, *lead, rated=rated) if state else _which(scene, rated, *lead)


def how_strong(scene: Scene, rated: int) -> Turn | Need:
    """Take `rated`, told on its own, for what is hard; ask what that is where it is not known."""
    coping = scene.session.coping
    if coping.state and scene.event.at - coping.at < STILL_SO:
        return offers(scene, coping.state, rated=rated)
    return _which(scene, rated)


def _which(scene: Scene, rated: int, *lead: Text) -> Turn:
    """Ask what is hard; `rated` is remembered for what is chosen."""
    choices = [Choice(called(scene, one), f"go.cope-{one}") for one in PICKED]
    choices += [go("skills")] if scene.session.welcomed else []
    choices.append(go("reachout"))
    if scene.session.flows:
        choices.append(go("resume"))
    session = scene.session
    if rated >= 0:
        session = with_rating(session, scene.event.at, rated=rated)
    return Turn(session, (Say(Message((*lead, text("cope-which")), tuple(choices), columns=2)),))


def with_rating(session: Session, at: datetime, *, state: str = "", rated: int) -> Session:
    """Return `session` knowing that `state` was so strong `at` that time; "": not said what."""
    known = replace(session.coping, state=state, rated=rated, at=at, offered=())
    return replace(session, coping=known)


def _just_rated(scene: Scene) -> bool:
    return scene.event.at - scene.session.coping.at < JUST_RATED


def state_in(scene: Scene, said: str) -> str:
    """Return what `said` tells is hard, as one of `STATES`; "" where it tells nothing of that."""
    heard = scene.library.overhear(said, scene.session.lang) if said.strip() else None
    entry = scene.library.smalltalk.get(heard.entry) if heard else None
    return entry.state if entry else ""


def for_state(state: str) -> Command:
    """Return the command that offers exercises for `state`; words it was given in may rate it."""

    def run(scene: Scene) -> Turn | Need:
        said = scene.event.text if isinstance(scene.event, Said) else ""
        return offers(scene, state, rated=rating_in(said, scene.library.phrases))

    return run


# --- what is offered ------------------------------------------------------------------------------


def offers(
    scene: Scene,
    state: str,
    *lead: Text,
    rated: int = NOT_RATED,
    others: bool = False,
    also: tuple[Choice, ...] = (),
) -> Turn | Need:
    """Offer three exercises for `state` behind `lead`; with `others`, not those offered just now.

    What is hard and how strong it is are remembered for the tap that follows. `also` are buttons
    that stand last.
    """
    if scene.loaded is None:
        return MEMORY
    coping = scene.session.coping
    known = coping.state in (state, "") and _just_rated(scene)
    if rated < 0 and known:
        rated = coping.rated
    passed = (*coping.passed, *coping.offered) if others else ()
    found = offer(scene.library.skills.values(), state, done(scene), wanted(scene, passed))
    ids = tuple(one.id for one in found.skills)
    if set(ids) & set(passed):
        passed = ()  # nothing else was left: from the top again
    at = coping.at if known and coping.rated == rated else scene.event.at
    coping = replace(coping, state=state, rated=rated, at=at, offered=ids, passed=passed)
    there = replace(scene.session, coping=coping)
    plan = planned.fitting(scene, state)
    body = (*lead, *_beside(scene, state, plan), *_offered(scene, state, found))
    buttons = [*(planned.ways(scene, plan) if plan else ()), *map(begins, found.skills)]
    buttons += [go("cope-more")] if found.skills else []
    buttons.append(person(state))
    if scene.session.flows:
        buttons.append(go("resume"))
    choices = _with_reasons(state, tuple(dict.fromkeys((*buttons, *also))))
    return tell(scene.with_session(there), *body, choices=choices)


def _with_reasons(state: str, choices: tuple[Choice, ...]) -> tuple[Choice, ...]:
    """Return `choices` with the one that tells why just these, where there is room for it.

    It stands behind what may be done, before the way to a person. Who thinks of dying is not given
    one more thing to read.
    """
    more = go("cope-more")
    if state == "ending" or more not in choices or len(choices) >= MOST_BUTTONS:
        return choices
    at = choices.index(more) + 1
    return (*choices[:at], go("why-these"), *choices[at:])


def done(scene: Scene) -> tuple[Run, ...]:
    """Return the runs that count: none from before a fresh page, which shows in no number."""
    return runs(scene.loaded.facts if scene.loaded else (), scene.session.wishes.fresh)


def wanted(scene: Scene, passed_over: tuple[str, ...]) -> Wanted:
    """Return what may be offered now, beside what was `passed_over`.

    Of someone who keeps no runs the session knows the last exercise at least.
    """
    session = scene.session
    wishes, coping = session.wishes, session.coping
    lately = coping.did and not session.keep_checkins and scene.event.at - coping.did_at < REST
    return Wanted(
        at=scene.event.at,
        part=part_of_day(scene.event.at, session.zone),
        cautions=wishes.left_out,
        unwanted=wishes.unwanted,
        passed_over=passed_over,
        lately=(coping.did,) if lately else (),
    )


def _beside(scene: Scene, state: str, plan: planned.Plan | None) -> Iterator[Text]:
    """Yield what stands above the exercises: whom to reach, where it is about dying; a plan."""
    if state == "ending":
        yield cards.in_danger(scene)
        yield cards.first_line(scene)
    if plan:
        yield planned.beside(scene, plan)


def _offered(scene: Scene, state: str, found: Offer) -> Iterator[Text]:
    """Yield a paragraph for each exercise: what it is, how long it takes, and why it is here."""
    if not found.skills:
        yield text("cope-nothing")
        return
    eased = [one.id for one in found.skills if _eased(found, one)]
    known = "yes" if all(one.id in eased for one in found.best) else "no"
    yield text("cope-offers", known=known, new="yes" if found.new else "no", state=state)
    for one in found.skills:
        yield text(f"skill-{one.id}-named", minutes=one.minutes)
        said = found.claims.get(one.id)
        reason = skill_about(scene, one)
        if said and one.id in eased:
            where = said_state(scene, state)
            reason = text("cope-eased", state=where, times=said.times, of=said.of)
        elif said and said.eased:
            reason = text("cope-waited", times=said.times, of=said.of)
        elif said and said.waited:
            reason = text("cope-no-more", times=said.times, of=said.of)
        yield replace(reason, tight=True)


def _eased(found: Offer, skill: Skill) -> bool:
    """Tell whether `skill` may be said to have eased it; of waiting it is said that time did."""
    said = found.claims.get(skill.id)
    return bool(said and said.eased and skill.id != WAIT)


def said_state(scene: Scene, state: str) -> str:
    """Return `state` as sentences may name it: for who wants discreet wording not at all."""
    return "none" if scene.session.wishes.discreet else state


def called(scene: Scene, state: str) -> Text:
    """Return what the button for `state` says.

    Who wants discreet wording can still choose it, by words that tell nobody else what it is about.
    """
    if scene.session.wishes.discreet and state in TELLING:
        return text("cope-discreetly", state=state)
    return text(f"button-cope-{state}")


def skill_about(scene: Scene, skill: Skill, which: str = "about") -> Text:
    """Return what `skill` says of itself, outside a run of it."""
    session = scene.session
    known = FlowState("", 1, "", "", scene.event.at, given={**scene.given(), "path": session.path})
    return guide.skill_text(skill, which, known)


def person(state: str) -> Choice:
    """Return the button that leads to a person."""
    return go("crisis") if state == "ending" else go("reachout")


def begins(skill: Skill) -> Choice:
    """Return the button that begins `skill`."""
    return Choice(text(f"skill-{skill.id}-named", minutes=skill.minutes), f"go.do-{skill.id}")


def something_else(scene: Scene) -> Turn | Need:
    """Offer exercises that were not offered just now, for what is hard."""
    coping = scene.session.coping
    if not coping.state or scene.event.at - coping.at >= STILL_SO:
        return cope(scene)
    return offers(scene, coping.state, others=True)


def enough(scene: Scene) -> Turn | None:
    """Return the answer to "enough" written over exercises just offered, None over anything else.

    It may well have meant those. Said once more, it is about being left alone.
    """
    session = scene.session
    if not (isinstance(scene.event, Said) and session.coping.offered and _just_rated(scene)):
        return None
    over = replace(session.coping, state="", rated=NOT_RATED, offered=(), passed=())
    session = replace(session, coping=over)
    return tell(scene.with_session(session), text("cope-enough"), choices=(go("reachout"),))


FEATURE = Feature(
    name="coping",
    commands={
        "cope": cope,
        "cope-more": something_else,
        **{f"cope-{state}": for_state(state) for state in STATES},
    },
    visitors=frozenset({"cope", "cope-more", *(f"cope-{state}" for state in STATES)}),
)
