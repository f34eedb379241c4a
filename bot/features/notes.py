"""A member's notes, for the member alone: to read, to search and to remove, in a private place.

Nothing new is stored for that: a page is in its button, and what is searched for is gone once it
was looked for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from bot.core.asking import go
from bot.core.effects import Choice, Effect, Fact, Forget, Message, Need, Say, Turn
from bot.core.events import Commanded
from bot.core.flow import facts
from bot.core.heard import normalise
from bot.core.localtime import weekday
from bot.core.state import FlowState, with_flows
from bot.core.text import Text, text
from bot.features.scene import Feature, Scene, after, begin, close, interject, resume, tell

PAGE = 5

MOST_FOUND = 2 * PAGE
"""Beyond these the person is asked for one more word: a search is not kept to turn its pages."""

ALL = 5000
"""More notes than anyone has."""

SHORT = 280
"""Characters of a note in a list; one that is found alone is shown whole."""

_SENTENCE = re.compile(r"[.?!\u2026]+(?=\s)|\n")


def notes(scene: Scene) -> Turn | Need:
    """Show the newest notes, or those that have all the words behind the command."""
    wanted = scene.event.rest if isinstance(scene.event, Commanded) else ""
    if normalise(wanted):
        return _search(scene, wanted)
    return turn_to(scene, page=1)


def turn_to(scene: Scene, *, page: int) -> Turn | Need:
    """Show one page of notes, newest first."""
    if scene.loaded is None:
        return Need(kinds=("note",), newest=page * PAGE + 1)
    found = _written(scene)
    shown = found[(page - 1) * PAGE : page * PAGE]
    if not shown:
        return interject(scene, text("notes-none" if page == 1 else "notes-no-older"))
    choices = [Choice(text("button-older"), f"go.notes-{page + 1}")] * (len(found) > page * PAGE)
    remove = "notes-remove" if page == 1 else f"notes-remove-{page}"
    choices += [go("notes-find"), Choice(text("button-notes-remove"), f"go.{remove}")]
    return tell(scene, *(_line(one) for one in shown), choices=tuple(choices))


def find(scene: Scene) -> Turn:
    """Ask for a word to look for."""
    return begin(scene, scene.library.flows["find"])


def found(scene: Scene, state: FlowState) -> Turn | Need:
    """Show what the word that was asked for finds."""
    words = facts(state).get("words")
    return _search(scene, words) if isinstance(words, str) else close(scene, state)


def _search(scene: Scene, wanted: str) -> Turn | Need:
    if scene.loaded is None:
        return Need(kinds=("note",), newest=ALL)
    words = normalise(wanted).split()
    hits = [one for one in _written(scene) if _has_all(one, words)]
    again = (go("notes-find"), go("notes"))
    if not words or not hits:
        return interject(scene, text("notes-not-found"), choices=again)
    pages = [hits[at : at + PAGE] for at in range(0, min(len(hits), MOST_FOUND), PAGE)]
    whole = len(hits) == 1
    said: list[Effect] = []
    for number, page in enumerate(pages, 1):
        body = [_line(one, whole=whole) for one in page]
        last = number == len(pages)
        if last and len(hits) > MOST_FOUND:
            body.append(text("notes-narrow", n=len(hits) - MOST_FOUND))
        said.append(Say(Message(tuple(body), again if last and not scene.session.flows else ())))
    return after(Turn(scene.session, tuple(said)), resume(scene))


def _has_all(fact: Fact, words: Sequence[str]) -> bool:
    note = normalise(str(fact.body["note"]))
    return all(word in note for word in words)


def _written(scene: Scene) -> Sequence[Fact]:
    loaded = scene.loaded.facts if scene.loaded else ()
    return [one for one in loaded if one.kind == "note" and isinstance(one.body.get("note"), str)]


def _line(fact: Fact, *, whole: bool = False) -> Text:
    day = date.fromisoformat(str(fact.body["day"]))
    note = str(fact.body["note"])
    shown = note if whole else shortened(note, SHORT)
    return text("notes-line", weekday=weekday(day), date=day.isoformat(), note=shown)


def shortened(note: str, most: int) -> str:
    """Return `note`, or as many whole sentences of it as fit `most` characters, then an ellipsis.

    Where not even one fits, it ends at a word, and where there is none, anywhere.
    """
    if len(note) <= most:
        return note
    ends = [one.end() for one in _SENTENCE.finditer(note, 0, most)]
    if ends:
        return f"{note[: ends[-1]].rstrip()} \u2026"
    return f"{note[:most].rpartition(' ')[0] or note[:most]} \u2026"


def remove(scene: Scene) -> Turn | Need:
    """Ask which of the newest notes to remove."""
    return remove_from(scene, page=1)


def remove_from(scene: Scene, *, page: int) -> Turn | Need:
    """Ask which note of a page to remove, each with its first words."""
    if scene.loaded is None:
        return Need(kinds=("note",), newest=page * PAGE)
    shown = _written(scene)[(page - 1) * PAGE : page * PAGE]
    if not shown:
        return interject(scene, text("notes-none" if page == 1 else "notes-no-older"))
    extra: dict[str, str | int | bool] = {"count": len(shown)}
    for number in range(1, PAGE + 1):
        one = shown[number - 1] if number <= len(shown) else None
        extra[f"id{number}"] = one.id if one else 0
        extra[f"note{number}"] = shortened(str(one.body["note"]), 60) if one else ""
    anew = tuple(s for s in scene.session.flows if s.flow != "unnote")
    scene = scene.with_session(with_flows(scene.session, anew))
    return begin(scene, scene.library.flows["unnote"], extra=extra)


_NUMBERS = ("one", "two", "three", "four", "five")


def removed(scene: Scene, state: FlowState) -> Turn:
    """Remove the note that was chosen, if it was confirmed."""
    known = facts(state)
    which = known.get("which")
    if known.get("sure") is not True or which not in _NUMBERS:
        return close(scene, state)
    chosen = known.get(f"id{_NUMBERS.index(str(which)) + 1}")
    gone = (Forget(facts=(chosen,)),) if isinstance(chosen, int) and chosen else ()
    return close(scene, state, effects=gone)


FEATURE = Feature(
    name="notes",
    commands={"notes": notes, "notes-find": find, "notes-remove": remove},
    endings={"find": found, "unnote": removed},
    pages={"notes": turn_to, "notes-remove": remove_from},
)
