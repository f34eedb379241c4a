"""The first minute: what this is, how old you are, what may be kept, what brings you.

Belongs here: meeting a new person and a returning one. Never: asking a visitor for anything they
do not need to be asked to get help or an answer.
"""

from __future__ import annotations

from dataclasses import replace

from bot.core.asking import go
from bot.core.effects import Choice, Need, Turn
from bot.core.events import Said
from bot.core.flow import facts
from bot.core.state import FlowState, Session
from bot.core.text import Text, text
from bot.features.scene import Feature, Scene, ask_again, begin, close, interject, tell


def greet(scene: Scene) -> Turn:
    """Say hello; to a stranger who was told what this is and only says hello again, in one line."""
    if introduced(scene) and isinstance(scene.event, Said) and not scene.session.flows:
        return tell(scene, text("visitor-again"), choices=_doors(scene))
    return introduce(scene)


def introduce(scene: Scene) -> Turn:
    """Tell a stranger what this is, a member whatever is open or what can be done."""
    session = scene.session
    if session.flows:
        return ask_again(scene, text("welcome-back-open"))
    if session.welcomed:
        buttons = (go("checkin"), go("menu"), go("crisis"))
        return tell(scene, _good_to_see(session), choices=buttons)
    first = (go("join"), go("crisis"), go("question"), *_other_languages(scene))
    if scene.event.place.kind == "private":
        scene = scene.with_session(replace(session, introduced=True))
    return tell(scene, text("welcome"), choices=first)


def introduced(scene: Scene) -> bool:
    """Tell whether this is a stranger who was told in private what this is."""
    known = scene.session.introduced and not scene.session.welcomed
    return known and scene.event.place.kind == "private"


def unheard(scene: Scene) -> Turn:
    """Answer a stranger's words that nothing has an answer for."""
    if not introduced(scene):
        return introduce(scene)
    return tell(scene, text("visitor-unheard"), choices=_doors(scene))


def members_only(scene: Scene) -> Turn:
    """Answer a stranger who asked for what takes keeping something."""
    if not (scene.session.flows or introduced(scene)):
        return introduce(scene)
    return interject(scene, text("visitor-later"), choices=(go("join"), *_doors(scene)[:-1]))


def _doors(scene: Scene) -> tuple[Choice, ...]:
    """Return what works without a welcome, and the way to one last."""
    helps = (go("cope"), go("reachout"), go("crisis"), go("question"))
    return (*helps, *_other_languages(scene), go("join"))


def _other_languages(scene: Scene) -> tuple[Choice, ...]:
    spoken = scene.session.lang
    return tuple(go(f"lang-{one}") for one in scene.library.languages if one != spoken)


def _good_to_see(session: Session) -> Text:
    """Return the greeting of a member; their name stands in no place somebody else may see."""
    wishes = session.wishes
    if wishes.nickname and not wishes.discreet:
        return text("welcome-back-name", name=wishes.nickname)
    return text("welcome-back")


def join(scene: Scene) -> Turn:
    """Begin the three questions of the welcome; a member is simply greeted."""
    if scene.session.welcomed:
        return greet(scene)
    return begin(scene, scene.library.flows["welcome"])


def question(scene: Scene) -> Turn:
    """Offer what a visitor can find out without being asked anything."""
    buttons = [go("help"), go("privacy"), go("menu"), go("crisis")]
    if not scene.session.welcomed:
        buttons.append(go("join"))
    return interject(scene, text("question"), choices=tuple(buttons))


def welcomed(scene: Scene, state: FlowState) -> Turn | Need:
    """Make a member of a visitor; the flow's closings lead straight into the first check-in."""
    known = facts(state)
    kept = known.get("keep")
    kept = kept if isinstance(kept, tuple) else ()
    minor = known.get("age") == "minor"
    session = replace(
        scene.session,
        welcomed=True,
        age="minor" if minor else "adult",
        path=str(known.get("path") or "unsaid"),
        keep_checkins="checkins" in kept and not minor,
        keep_words="words" in kept and not minor,
        introduced=False,
    )
    return close(scene.with_session(session), state)


FEATURE = Feature(
    name="welcome",
    commands={"start": greet, "join": join, "question": question},
    endings={"welcome": welcomed},
    visitors=frozenset({"start", "join", "question"}),
)
