"""All exercises to choose from: one's own first, then by what is hard, and those not wanted.

Laws: (1) at most eight on a page; (2) of the kinds that are left out there is none on any list.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from bot.core.asking import go
from bot.core.effects import Choice, Message, Need, Say, Turn
from bot.core.skills import Skill
from bot.core.text import Text, text
from bot.features.cautions import left_out
from bot.features.coping import PICKED, STILL_SO, called
from bot.features.scene import Feature, Page, Scene

PAGE = 8


def skills(scene: Scene) -> Turn:
    """Show the exercises the member keeps, or what is hard where they keep none."""
    return favourites(scene, page=1)


def favourites(scene: Scene, *, page: int) -> Turn:
    """Show one page of the exercises the member keeps."""
    yours = _there(scene, scene.session.wishes.favourites)
    if not yours:
        return by_what_is_hard(scene)
    rest = [go("skills-all"), *_unwanted(scene), go("cautions")]
    return _list(scene, text("skills-yours"), of=yours, page=page, token="skills", rest=rest)


def by_what_is_hard(scene: Scene) -> Turn:
    """Ask which list to show: one for everything that may be hard."""
    states = [Choice(called(scene, one), f"go.all-{one}") for one in PICKED]
    choices = [*states, *_unwanted(scene), go("cautions"), *_back(scene)]
    message = Message((text("skills-which"),), tuple(choices), columns=2)
    return Turn(scene.session, (Say(message),))


def _of_state(state: str) -> Page:
    """Return the command that shows a page of the exercises for `state`, the best fit first.

    Whoever opens it says what is hard, as with the same button elsewhere.
    """

    def run(scene: Scene, *, page: int) -> Turn:
        wishes = scene.session.wishes
        made_for = [one for one in scene.library.skills.values() if state in one.states]
        wanted = [one for one in made_for if one.id not in wishes.unwanted]
        shown = [one for one in wanted if not left_out(scene, one)]
        shown.sort(
            key=lambda one: (
                one.id not in wishes.favourites,
                one.states[0] != state,
                one.minutes,
                one.id,
            )
        )
        discreet = "yes" if wishes.discreet else "no"
        head = [text("skills-for", state=state, discreet=discreet)]
        if len(shown) < len(wanted):
            head.append(replace(text("skills-left-out"), tight=True))
        coping = scene.session.coping
        if coping.state != state or scene.event.at - coping.at >= STILL_SO:
            coping = replace(coping, state=state, rated=-1, at=scene.event.at, offered=())
            scene = scene.with_session(replace(scene.session, coping=coping))
        token, rest = f"all-{state}", [go("skills-all")]
        return _list(scene, *head, of=shown, page=page, token=token, rest=rest)

    return run


_STATES: Mapping[str, Page] = {state: _of_state(state) for state in PICKED}


def for_state(scene: Scene, *, name: str) -> Turn | Need:
    """Show the first page of the exercises for the state called `name`."""
    shown = _STATES.get(name)
    return shown(scene, page=1) if shown else by_what_is_hard(scene)


def not_for_me(scene: Scene) -> Turn:
    """Show the exercises that are offered no more."""
    return unwanted(scene, page=1)


def unwanted(scene: Scene, *, page: int) -> Turn:
    """Show one page of the exercises that are offered no more; a tap brings one back."""
    shown = _there(scene, scene.session.wishes.unwanted)
    head, rest = text("skills-unwanted"), [go("skills")]
    return _list(scene, head, of=shown, page=page, token="skills-off", rest=rest, does="keep")


def _unwanted(scene: Scene) -> list[Choice]:
    return [go("skills-off")] if _there(scene, scene.session.wishes.unwanted) else []


def _there(scene: Scene, ids: Iterable[str]) -> list[Skill]:
    """Return the exercises called `ids` that there are, without those of kinds left out."""
    known = (scene.library.skills.get(one) for one in ids)
    return [one for one in known if one and not left_out(scene, one)]


def _back(scene: Scene) -> list[Choice]:
    return [go("resume")] if scene.session.flows else []


def _list(
    scene: Scene,
    *head: Text,
    of: Sequence[Skill],
    page: int,
    token: str,
    rest: Sequence[Choice],
    does: str = "do",
) -> Turn:
    """Return the turn that shows page `page` of some exercises below `head`.

    A tap does what `does` names with the one that was tapped; `token` turns pages, and `rest`
    leads elsewhere. Behind the last page stands the last page again.
    """
    last = max(0, len(of) - 1) // PAGE
    at = min(page - 1, last)
    choices = [_button(one, does) for one in of[at * PAGE : (at + 1) * PAGE]]
    if at < last:
        choices.append(Choice(text("skills-further"), f"go.{token}-{at + 2}"))
    body = head if of else (text("skills-none"),)
    return Turn(scene.session, (Say(Message(body, (*choices, *rest, *_back(scene)))),))


def _button(skill: Skill, does: str) -> Choice:
    return Choice(text(f"skill-{skill.id}-named", minutes=skill.minutes), f"go.{does}-{skill.id}")


FEATURE = Feature(
    name="catalogue",
    commands={"skills": skills, "skills-all": by_what_is_hard, "skills-off": not_for_me},
    pages={
        "skills": favourites,
        "skills-off": unwanted,
        **{f"all-{state}": page for state, page in _STATES.items()},
    },
    named={"all": for_state},
    visitors=frozenset({"skills", "skills-all", "all"}),
)
