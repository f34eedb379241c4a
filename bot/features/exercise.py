"""One run of an exercise: how it begins, how it ends, and what is wished for after it.

Never here: leading through it (`conversation/guided.py`), its words (`content/skills`), or which
one is offered (`coping.py`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.core import asking, guide
from bot.core.asking import go
from bot.core.content import Flow, Library
from bot.core.effects import Choice, Edit, Fact, Message, Need, Say, Turn
from bot.core.events import Due, Tapped
from bot.core.flow import closing
from bot.core.ranking import KIND, offer
from bot.core.skills import WAIT, Skill
from bot.core.state import Answer, Coping, FlowState
from bot.core.text import Text, text
from bot.features import cards, care, hope, nearest, ongoing, planned
from bot.features.cautions import hint, left_out, said_first
from bot.features.coping import (
    JUST_RATED,
    MOST_BUTTONS,
    PICKED,
    STILL_SO,
    begins,
    cope,
    done,
    person,
    skill_about,
    wanted,
)
from bot.features.scene import (
    Command,
    Feature,
    Keeps,
    Named,
    Scene,
    after,
    ask,
    begin,
    close,
    interject,
    record,
    resume,
    with_more,
)

FLOW = ongoing.FLOW

VERY_STRONG = 8
"""From this number on, thoughts of dying are not left at an exercise, though it eased them."""

PRACTICE = Need(kinds=(KIND, hope.KIND), newest=500)
"""What practice chooses by, and what the exercise it chooses may show."""


def do(scene: Scene, *, name: str) -> Turn | Need:
    """Begin the exercise called `name`, or say first that it is of a kind that is left out."""
    skill = scene.library.skill(name)
    if skill and left_out(scene, skill):
        return said_first(scene, skill)
    return _begin(scene, name)


def once(scene: Scene, *, name: str) -> Turn | Need:
    """Begin the exercise called `name`, whatever is left out, if that was said of it just now."""
    skill = scene.library.skill(name)
    if skill and ongoing.just_asked(scene, skill.id):
        return _begin(scene, skill.id)
    return do(scene, name=name)


def _begin(scene: Scene, name: str) -> Turn | Need:
    """Begin the exercise called `name` for what was said to be hard.

    Where nothing was said, it is for what it fits best. Of dying nobody is taken to think.
    """
    skill = scene.library.skill(name)
    if skill is None:
        return cope(scene)
    coping = scene.session.coping
    lately = coping.state in skill.states and scene.event.at - coping.at < STILL_SO
    unsaid = next((one for one in skill.states if one in PICKED), skill.states[0])
    state = coping.state if lately else unsaid
    rated = coping.rated if lately and scene.event.at - coping.at < JUST_RATED else -1
    return run(scene, skill, state, answers={"before": rated} if rated >= 0 else {})


def practice(scene: Scene) -> Turn | Need:
    """Begin an exercise on a calm day: one that is new, for what is mostly hard.

    Waiting is none to practise: with nothing to wait for it measures nothing.
    """
    if scene.loaded is None:
        return PRACTICE
    known = done(scene)
    states = [one.state for one in known]
    state = max(PICKED, key=states.count)
    skills = (one for one in scene.library.skills.values() if one.id != WAIT)
    found = offer(skills, state, known, wanted(scene, ()))
    skill = found.new or next(iter(found.best), None)
    if skill is None:
        return interject(scene, text("cope-nothing"))
    return run(scene, skill, state, answers={"before": None}, practice=True)


def run(
    scene: Scene,
    skill: Skill,
    state: str,
    *,
    answers: dict[str, Answer],
    practice: bool = False,
) -> Turn | Need:
    """Begin `skill` for `state`; another that is open gives way to it, and it is said so.

    The same one goes on where it stands: a second tap is no second run.
    """
    same = ongoing.open_run(scene)
    if same and same.given.get("skill") == skill.id and same.day == scene.day_of(same).isoformat():
        others = tuple(one for one in scene.session.flows if one is not same)
        return ask(scene, (*others, same), text("still-open"), still=True)
    shows_own = any(part.own for part in skill.parts)
    if shows_own and scene.loaded is None:
        return Need(kinds=(hope.KIND,), newest=hope.ALL)
    scene, kept, closed = ongoing.given_up(scene, lambda _: True)
    lead = (
        *closed,
        text(f"skill-{skill.id}-named", minutes=skill.minutes),
        *_read_first(scene, skill, brief=bool(closed)),
    )
    extra: dict[str, str | int | bool]
    extra = {"skill": skill.id, "state": state, "own": hope.own_words(scene), "practice": practice}
    begun = begin(scene, _flow(scene), extra=extra, lead=lead, answers=answers)
    return after(Turn(begun.session, kept), _leading_on(scene, begun, skill))


def _read_first(scene: Scene, skill: Skill, *, brief: bool) -> Iterator[Text]:
    """Yield what `skill` is and when not to use it, save what was read shortly before.

    What it is stands beside its button in an offer; with `brief` there is too much above it.
    Whoever does it again has read both. What is left out is one tap away.
    """
    coping, now = scene.session.coping, scene.event.at
    if skill.id == coping.did and now - coping.did_at < STILL_SO:
        return
    offered = skill.id in (*coping.offered, *coping.passed) and now - coping.at < JUST_RATED
    if not (offered or brief):
        yield replace(skill_about(scene, skill), tight=True)
    yield skill_about(scene, skill, "not_when")


def _leading_on(scene: Scene, begun: Turn, skill: Skill) -> Turn:
    """Return `begun` with buttons to what is known of `skill`, and to leaving its kind out."""
    more = (Choice(text("button-cope-about"), f"go.info-{skill.id}"), *hint(scene, skill))
    return with_more(begun, more)


def _flow(scene: Scene) -> Flow:
    return scene.library.flows[FLOW]


def ended(scene: Scene, state: FlowState) -> Turn | Need:
    """Keep a run, say what it brought, and lead on: keep it, not for me, more, and a person."""
    flow, skill = _flow(scene), scene.library.skills.get(str(state.given.get("skill")))
    kept = record(scene, state, complete=True)
    if skill is None:
        return close(scene, state, effects=kept)
    consent = {"keep_checkins": bool(kept)}
    known = replace(state, given={**state.given, **consent})
    end = closing(flow, known)
    body = [asking.words(flow, f"closing-{end.name}", known)]
    if "after" not in state.answers and state.answers.get("guide") == guide.DONE:
        body.insert(0, guide.skill_text(skill, "closing", state))
    follow = ("again", "keep", "drop") if end.name == "eased" else ("more", "keep", "drop")
    forgotten = end.name != "unrated" and not scene.session.welcomed
    body += [text("exercise-visitor")] if forgotten else []
    scene = scene.with_session(replace(scene.session, coping=_afterwards(scene, state, skill)))
    choices = [*_follow(scene, skill, follow), *(go(one) for one in skill.offer)]
    near_dying = guide.near_dying(state, skill)
    to_a_person = person("ending" if near_dying else str(state.given.get("state")))
    dying, heavy = state.given.get("state") == "ending", _still_heavy(state)
    if dying and not heavy:
        body.append(text("exercise-ending"))
        body += nearest.beside(scene.session, scene.library, scene.event.at, state)
    first = dying or end.name == "stronger"
    choices = [to_a_person, *choices] if first else [*choices, to_a_person]
    if end.name == "eased" and not near_dying:
        choices = _with_plan(scene, choices)
    choices += [go("join")] if forgotten else []
    message = Message(tuple(body), tuple(dict.fromkeys(choices)))
    edits = isinstance(scene.event, Tapped | Due) and scene.event.place.edits
    said = Edit(message, state.run) if edits else Say(message, state.run)
    turn = Turn(scene.session, (*kept, said))
    return after(turn, _people(scene) if dying and heavy else resume(scene))


def _with_plan(scene: Scene, choices: list[Choice]) -> list[Choice]:
    """Return `choices` with that of making a plan for next time, before the way to a person.

    Only for a member of whom it would be kept, and where the buttons do not become a list.
    """
    session = scene.session
    keeps = session.welcomed and session.keep_checkins
    if not keeps or len(choices) >= MOST_BUTTONS:
        return choices
    return [*choices[:-1], go(planned.KIND), choices[-1]]


def _still_heavy(state: FlowState) -> bool:
    """Tell whether it was rated no lighter than before, or still as very strong."""
    before, later = state.answers.get("before"), state.answers.get("after")
    if not isinstance(later, int):
        return False
    return later >= VERY_STRONG or (isinstance(before, int) and later >= max(before, 1))


def _people(scene: Scene) -> Turn:
    """Say who can be reached now: beside thoughts of dying an exercise only fills the waiting.

    In the lane of replies, so that it stays behind the closing it belongs to.
    """
    turn = care.show("lines", lead=(cards.in_danger(scene),))(scene)
    said = (replace(one, lane="reply") if isinstance(one, Say) else one for one in turn.effects)
    return Turn(turn.session, tuple(said))


def _afterwards(scene: Scene, state: FlowState, skill: Skill) -> Coping:
    """Return what is known for the next exercise: what was rated last need not be asked again.

    Of a visitor it is which one and what for, until the next thing they do that is not about it.
    """
    coping, rated = replace(scene.session.coping, last=skill.id), state.answers.get("after")
    if not scene.session.welcomed:
        what, at = str(state.given.get("state")), scene.event.at
        return Coping(state=what, at=at, last=skill.id, did=skill.id, did_at=at)
    if state.given.get("practice") is not True:
        coping = replace(coping, did=skill.id, did_at=scene.event.at)
    if not isinstance(rated, int):
        return coping
    what = str(state.given.get("state"))
    return replace(coping, state=what, rated=rated, at=scene.event.at)


def _follow(scene: Scene, skill: Skill, moves: tuple[str, ...]) -> Iterator[Choice]:
    wishes, member = scene.session.wishes, scene.session.welcomed
    for one in moves:
        match one:
            case "again":
                yield Choice(text("button-cope-again"), f"go.do-{skill.id}")
            case "more":
                yield go("cope-more")
            case "keep" if member and skill.id not in wishes.favourites:
                yield Choice(text("button-cope-keep"), f"go.keep-{skill.id}")
            case "drop" if member and skill.id not in wishes.unwanted:
                yield Choice(text("button-cope-drop"), f"go.drop-{skill.id}")


def keep(scene: Scene, *, name: str) -> Turn:
    """Count the exercise called `name` among the favourites."""
    wishes, skill = scene.session.wishes, scene.library.skill(name)
    if skill is None:
        return interject(scene, text("cope-gone"))
    there = replace(
        wishes,
        favourites=tuple(dict.fromkeys((*wishes.favourites, skill.id))),
        unwanted=tuple(one for one in wishes.unwanted if one != skill.id),
    )
    scene = scene.with_session(replace(scene.session, wishes=there))
    return interject(scene, *_of(skill, "cope-kept"), choices=(go("skills"), go("cope-more")))


def drop(scene: Scene, *, name: str) -> Turn:
    """Offer the exercise called `name` no more; where it is open, it ends."""
    wishes, skill = scene.session.wishes, scene.library.skill(name)
    if skill is None:
        return interject(scene, text("cope-gone"))
    there = replace(
        wishes,
        favourites=tuple(one for one in wishes.favourites if one != skill.id),
        unwanted=tuple(dict.fromkeys((*wishes.unwanted, skill.id))),
    )
    scene, kept, closed = ongoing.given_up(scene, lambda one: one == skill.id)
    scene = scene.with_session(replace(scene.session, wishes=there))
    undo = "keep" if skill.id in wishes.favourites else "undrop"
    choices = (
        Choice(text("button-undrop"), f"go.{undo}-{skill.id}"),
        go("skills"),
        go("cope-more"),
    )
    said = interject(scene, *_of(skill, "cope-dropped"), *closed, choices=choices)
    return Turn(said.session, (*kept, *said.effects))


def undrop(scene: Scene, *, name: str) -> Turn:
    """Offer the exercise called `name` again, as if it had not been dropped."""
    wishes, skill = scene.session.wishes, scene.library.skill(name)
    if skill is None:
        return interject(scene, text("cope-gone"))
    wishes = replace(wishes, unwanted=tuple(one for one in wishes.unwanted if one != skill.id))
    scene = scene.with_session(replace(scene.session, wishes=wishes))
    choices = (begins(skill), go("skills"), go("cope-more"))
    return interject(scene, *_of(skill, "cope-undropped"), choices=choices)


def _of(skill: Skill, key: str) -> tuple[Text, Text]:
    """Return the sentence `key` below the name of the exercise it is about.

    "This one", typed later, might mean another.
    """
    named = text(f"skill-{skill.id}-named", minutes=skill.minutes)
    return named, replace(text(key), tight=True)


def with_this(act: Named) -> Command:
    """Return the command that does `act` with the exercise that is open, or else the last one.

    It is what the button of such an exercise does, typed out.
    """

    def run(scene: Scene) -> Turn | Need:
        this = ongoing.meant(scene)
        return act(scene, name=this) if this else cope(scene)

    return run


def undo(scene: Scene) -> Turn | Need:
    """Bring back the exercise that was dropped last: the button of that sentence, typed out."""
    unwanted = scene.session.wishes.unwanted
    if unwanted and "cope-dropped" in scene.session.latest.said:
        return undrop(scene, name=unwanted[-1])
    return interject(scene, text("nothing-open"), choices=(go("change"), go("menu")))


def this_once(scene: Scene) -> Turn | Need:
    """Do what was said to be of a kind left out: the button of that sentence, typed out."""
    asked = scene.session.coping.asked
    just = ongoing.just_asked(scene, asked)
    return once(scene, name=asked) if just else with_this(do)(scene)


def named(library: Library, skill: str) -> Text:
    """Return what the exercise `skill` is called; its id where there is none of that name."""
    known = skill in library.skills
    return text(f"skill-{skill}-title") if known else text("number", n=skill)


def told(library: Library, fact: Fact) -> tuple[tuple[Text, ...], ...]:
    """Return a run read back: which exercise, what for, how far, and how strong that was."""
    body = fact.body
    lines: list[tuple[Text, ...]]
    lines = [(text("reading-skill"), named(library, str(body.get("skill"))))]
    if "state" in body:
        lines.append((text("reading-for"), text("reading-state", state=str(body["state"]))))
    if body.get("practice") is True:
        lines.append((text("reading-practice"),))
    if isinstance(before := body.get("before"), int):
        lines.append((text("reading-before"), text("number", n=str(before))))
    if "guide" in body:
        lines.append((text("reading-far"), text("reading-how-far", far=str(body["guide"]))))
    if isinstance(later := body.get("after"), int):
        lines.append((text("reading-after"), text("number", n=str(later))))
    return tuple(lines)


FEATURE = Feature(
    name="exercise",
    commands={
        "practice": practice,
        "cope-again": with_this(do),
        "cope-once": this_once,
        "cope-keep": with_this(keep),
        "cope-drop": with_this(drop),
        "undrop": undo,
    },
    named={"do": do, "once": once, "keep": keep, "drop": drop, "undrop": undrop},
    endings={FLOW: ended},
    visitors=frozenset({"do", "once", "cope-again"}),
    keeps=(
        Keeps(
            kind=KIND,
            what="the day, the exercise, what it was for, how far it went, how strong that was "
            "before and after, and whether it was practice",
            why="so that what eased it for you before can be offered first",
            until='you erase it under "what is kept", or with /forget',
            tell=told,
        ),
    ),
)
