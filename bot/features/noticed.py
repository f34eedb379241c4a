"""What was kept of hard moments: to see, and to erase. And the notes that were promised.

Kept is when, how urgent it seemed and what it was about; never a word the person wrote.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.core.asking import go
from bot.core.content import Library
from bot.core.effects import Fact, Forget, Message, Need, Say, Turn
from bot.core.localtime import in_words, weekday
from bot.core.state import EPOCH, Care
from bot.core.text import Text, text
from bot.features.care import NOTE, show
from bot.features.scene import Feature, Keeps, Scene, tell

MOST_SHOWN = 10


def noticed(scene: Scene) -> Turn | Need:
    """Show the newest of what was kept, and how many notes are still to come."""
    if scene.loaded is None:
        return Need(kinds=("crisis",), newest=MOST_SHOWN, counts=True, reminders=True)
    facts = [fact for fact in scene.loaded.facts if fact.kind == "crisis"]
    waiting = sum(one.kind == NOTE for one in scene.loaded.reminders)
    body = [text("noticed-some", n=scene.loaded.counts.get("crisis", 0))] if facts else []
    body += [_line(fact) for fact in facts] or [text("noticed-none")]
    choices = [go("erase-noticed")] if facts else []
    if waiting:
        body.append(text("noticed-notes", n=waiting))
        choices.append(go("care-notesoff"))
    return tell(scene, *body, choices=(*choices, go("crisis")))


def told(library: Library, fact: Fact) -> tuple[tuple[Text, ...], ...]:
    """Return what was kept of a hard moment as lines to read."""
    about = text("noticed-about", category=str(fact.body.get("category") or "none"))
    return (text("noticed-level", level=str(fact.body["level"])),), (about,)


def _line(fact: Fact) -> Text:
    day = date.fromisoformat(str(fact.body["day"]))
    return text(
        "noticed-line",
        weekday=weekday(day),
        level=str(fact.body["level"]),
        **in_words(day),
    )


def erase(scene: Scene) -> Turn:
    """Remove every record of a hard moment, for good; everything else stays.

    What was offered for thoughts of dying tells of such a moment too.
    """
    done = Say(Message((text("noticed-erased"),)))
    session, coping = replace(scene.session, care=Care()), scene.session.coping
    if coping.state == "ending":
        coping = replace(coping, state="", rated=-1, at=EPOCH, offered=(), passed=())
        session = replace(session, coping=coping)
    return Turn(session, (Forget(kinds=("crisis",)), done))


def stop_notes(scene: Scene) -> Turn:
    """Let go of the notes that were promised."""
    return show("notesoff")(scene)


FEATURE = Feature(
    name="noticed",
    commands={"noticed": noticed, "erase-noticed": erase, "stop-notes": stop_notes},
    keeps=(
        Keeps(
            kind="crisis",
            what="the day, how urgent it seemed and what it was about; never your words",
            why="so that you can see when help was offered, and nobody has to guess",
            until='you erase it under "what was noticed", or with /forget',
            tell=told,
        ),
    ),
)
