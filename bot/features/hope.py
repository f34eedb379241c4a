"""The hope box: a member's own words and links for a bad night, to put in, to see and to take out.

Laws: (1) what is in it is shown as it was typed; (2) what may be a cry is put in only once the
person has said it was none: it would come back in the worst hour; (3) a message of it fits a phone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from bot.core.asking import go
from bot.core.effects import Choice, Fact, Forget, Need, Turn
from bot.core.flow import facts
from bot.core.ids import derive_id
from bot.core.state import FlowState, with_flows
from bot.core.text import Text, text
from bot.features.ongoing import FLOW
from bot.features.scene import Feature, Keeps, Scene, begin, close, interject, tell

KIND = "hope"

HELD = "held"
"""Under this name words that may be a cry wait in their open question."""

EXERCISE = FLOW
"""The flow of an exercise, whose run holds the words it shows under "own"."""

ALL = 500
"""More than anyone puts in: an exercise chooses among all of it."""

PAGE = 5
"""Things on a page at most, and on the form that takes one out."""

ROOM = 700
"""Characters of a page; one thing has up to 300."""

MOST_OWN = 3
OWN_ROOM = 300
"""Of one's own words, an exercise shows so many things and characters, beside what it says."""


# --- looking into it ------------------------------------------------------------------------------


def hope(scene: Scene) -> Turn | Need:
    """Show what is in the box; where it is empty, ask for the first thing."""
    return turn_to(scene, page=1)


def turn_to(scene: Scene, *, page: int) -> Turn | Need:
    """Show one page of the box, newest first."""
    if scene.loaded is None:
        return Need(kinds=(KIND,), newest=page * PAGE + 1)
    pages = [*_pages(_kept(scene.loaded.facts))]
    if not pages:
        return put(scene, text("hope-empty"))
    if page > len(pages):
        return interject(scene, text("hope-no-older"), choices=(go("hope"),))
    choices = [Choice(text("button-older"), f"go.hope-{page + 1}")] * (page < len(pages))
    remove = "hope-remove" if page == 1 else f"hope-remove-{page}"
    choices += [go("hope-add"), Choice(text("button-hope-remove"), f"go.{remove}")]
    choices += [go("resume")] if scene.session.flows else []
    lines = [text("number", n=_words(one)) for one in pages[page - 1]]
    return tell(scene, text("hope-box"), *lines, choices=tuple(choices))


def _pages(kept: Iterable[Fact]) -> Iterator[list[Fact]]:
    """Yield as many facts at a time as fit a page; the first pages need no facts behind them."""
    page: list[Fact] = []
    for one in kept:
        full = sum(len(_words(each)) for each in (*page, one)) > ROOM
        if page and (full or len(page) == PAGE):
            yield page
            page = []
        page.append(one)
    if page:
        yield page


def _kept(loaded: Iterable[Fact]) -> Sequence[Fact]:
    return [one for one in loaded if one.kind == KIND and isinstance(one.body.get(KIND), str)]


def _words(fact: Fact) -> str:
    return str(fact.body[KIND])


# --- putting something in, and taking it out ------------------------------------------------------


def put(scene: Scene, *lead: Text) -> Turn:
    """Ask for one thing to put in; where words are not kept, say so, and how that is changed."""
    session = scene.session
    if session.age == "minor":
        return interject(scene, text("hope-minor"))
    if not scene.event.place.keeps_text:
        return interject(scene, text("hope-not-here"))
    if not session.keep_words:
        return interject(scene, text("hope-off"), choices=(go("keep-words"),))
    return begin(scene, scene.library.flows["hope"], lead=lead)


def remove(scene: Scene) -> Turn | Need:
    """Ask which of the newest things to take out."""
    return remove_from(scene, page=1)


def remove_from(scene: Scene, *, page: int) -> Turn | Need:
    """Ask which thing of a page to take out, each as it was typed."""
    if scene.loaded is None:
        return Need(kinds=(KIND,), newest=page * PAGE + 1)
    pages = [*_pages(_kept(scene.loaded.facts))]
    if page > len(pages):
        return interject(scene, text("hope-no-older"), choices=(go("hope"),))
    shown = pages[page - 1]
    extra: dict[str, str | int | bool] = {"count": len(shown)}
    for number in range(1, PAGE + 1):
        one = shown[number - 1] if number <= len(shown) else None
        extra[f"id{number}"] = one.id if one else 0
        extra[f"hope{number}"] = _words(one) if one else ""
    anew = tuple(state for state in scene.session.flows if state.flow != "unhope")
    scene = scene.with_session(with_flows(scene.session, anew))
    return begin(scene, scene.library.flows["unhope"], extra=extra)


_NUMBERS = ("one", "two", "three", "four", "five")


def removed(scene: Scene, state: FlowState) -> Turn:
    """Take out what was chosen, if that was confirmed; no exercise shows it any more."""
    known = facts(state)
    which = known.get("which")
    if known.get("sure") is not True or which not in _NUMBERS:
        return close(scene, state)
    chosen = known.get(f"id{_NUMBERS.index(str(which)) + 1}")
    gone = (Forget(facts=(chosen,)),) if isinstance(chosen, int) and chosen else ()
    runs = tuple(without_own(one) for one in scene.session.flows)
    scene = scene.with_session(with_flows(scene.session, runs))
    return close(scene, state, effects=gone)


# --- in an exercise -------------------------------------------------------------------------------


def own_words(scene: Scene) -> str:
    """Return a few of the member's own words, a line each, not always the same; "" without any.

    The event's chance chooses; what does not fit beside the others is left for another time.
    """
    kept = _kept(scene.loaded.facts if scene.loaded else ())
    shuffled = sorted(kept, key=lambda one: derive_id(scene.event.seed, f"hope {one.id}"))
    chosen: list[str] = []
    for words in map(_words, shuffled):
        if len(chosen) < MOST_OWN and len("\n".join((*chosen, words))) <= OWN_ROOM:
            chosen.append(words)
    return "\n".join(chosen)


def without_own(state: FlowState) -> FlowState:
    """Return the run `state` without own words that its exercise shows, or that wait in it."""
    given = {name: one for name, one in state.given.items() if name != HELD}
    if state.flow == EXERCISE and given.get("own"):
        given["own"] = ""
    return state if given == state.given else replace(state, given=given)


FEATURE = Feature(
    name="hope",
    commands={"hope": hope, "hope-add": put, "hope-remove": remove},
    endings={"unhope": removed},
    pages={"hope": turn_to, "hope-remove": remove_from},
    keeps=(
        Keeps(
            kind=KIND,
            consent="words",
            what="the day, and the words or the link you put into your hope box",
            why="so that they are there on a bad night",
            until='you take it out under /hope, erase it under "what is kept", or with /forget',
        ),
    ),
)
