"""Everything kept about a person, for them to see: on a page in plain words, and as files.

Laws: (1) what is kept is named, nothing is left out because it is dull; (2) the page is true for
whoever asks, a visitor and someone under 18 too; (3) never in a room.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from bot.core.asking import go
from bot.core.effects import Attach, File, Message, Need, Turn
from bot.core.localtime import wall_clock
from bot.core.state import EPOCH, Session
from bot.core.text import Text, text
from bot.features import export, reading
from bot.features.kept import remembers_hard
from bot.features.kinds import counted, declared
from bot.features.scene import Feature, Scene, tell

EVERYTHING = Need(counts=True, reminders=True, everything=True)


def mydata(scene: Scene) -> Turn | Need:
    """Say what is kept now, since when, and who can open it."""
    if not scene.session.welcomed:
        choices = (go("join"), go("privacy"), go("forget"))
        return tell(scene, text("mydata-visitor"), choices=choices)
    if scene.loaded is None:
        return EVERYTHING
    body = (text("mydata"), *_facts(scene), *_rest(scene), text("mydata-who"))
    names = ["mydata-files"] if scene.event.place.files else []
    names += ["notes"] if scene.session.keep_words else []
    names += ["noticed", "kept", "settings", "forget"]
    names += ["resume"] if scene.session.flows else []
    return tell(scene, *body, choices=tuple(go(name) for name in names))


def _facts(scene: Scene) -> Iterator[Text]:
    """Yield how many facts there are of each kind and since when, the kinds we know first."""
    loaded = scene.loaded
    if loaded is None or not loaded.counts:
        if not (scene.session.wishes.questions or remembers_hard(scene.session)):
            yield text("mydata-none")
        return
    oldest: dict[str, datetime] = {}
    for fact in loaded.facts:
        oldest[fact.kind] = min(fact.at, oldest.get(fact.kind, fact.at))
    known = [kind for kind in declared() if kind in loaded.counts]
    for kind in [*known, *sorted(loaded.counts.keys() - set(known))]:
        first = wall_clock(oldest[kind], scene.session.zone).date()
        yield counted(kind, loaded.counts[kind], first)


def _rest(scene: Scene) -> Iterator[Text]:
    """Yield what is kept beside facts: what is open, promised, set, and remembered for a while."""
    session, wishes = scene.session, scene.session.wishes
    if session.flows:
        yield text("mydata-open", n=len(session.flows))
    if scene.loaded and scene.loaded.reminders:
        yield text("mydata-promises", n=len(scene.loaded.reminders))
    if session.care.at != EPOCH:
        yield text("mydata-care")
    if remembers_hard(session):
        yield text("mydata-coping")
    if session.coping.practised:
        yield text("mydata-practised")
    if wishes.favourites or wishes.unwanted or wishes.left_out:
        yield text("mydata-exercises")
    if session.tracks:
        yield text("mydata-tracks", n=len(session.tracks))
    yield text("mydata-settings", **_settings(session))


def _settings(session: Session) -> dict[str, str | int]:
    return {
        "country": "yes" if session.country else "no",
        "name": "yes" if session.wishes.nickname else "no",
        "questions": len(session.wishes.questions),
    }


def files(scene: Scene) -> Turn | Need:
    """Hand over everything as two files: one for programs, one for reading."""
    if not scene.session.welcomed:
        return mydata(scene)
    if not scene.event.place.files:
        return tell(scene, text("mydata-no-files"), choices=(go("mydata"),))
    if scene.loaded is None:
        return EVERYTHING
    name = f"copy-{wall_clock(scene.event.at, scene.session.zone):%Y-%m-%d}"
    machine = File("data", f"{name}.json", content=export.written(scene))
    human = File("text", f"{name}.txt", lines=tuple(reading.lines(scene)))
    reading_it = Message((text("mydata-file-reading"),))
    programs = Message((text("mydata-file-data"), text("mydata-file-care")))
    return Turn(scene.session, (Attach(reading_it, human), Attach(programs, machine)))


FEATURE = Feature(
    name="mydata",
    commands={"mydata": mydata, "mydata-files": files},
    visitors=frozenset({"mydata", "mydata-files"}),
)
