"""Where an answer comes from: which file, which source, checked when, reviewed by whom.

Belongs here: telling it of whatever was said last. Never: saying that something is true.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.core.asking import go
from bot.core.content import Origin
from bot.core.effects import Message, Say, Turn
from bot.core.flow import open_question
from bot.core.helplines import Helpline
from bot.core.text import Text, text
from bot.features.scene import Feature, Scene, after, interject, resume
from bot.safety.helplines import emergency_line

MOST_TOLD = 3
"""Parts of an answer that are told of; a card in a hard moment has as many."""

MOST_SOURCES = 4
"""Sources that are named of one part; that there are more is shown."""

FOR_VISITORS = ("crisis-page",)
"""What a visitor is told of, of whom nothing is remembered."""

WITH_NUMBER = frozenset({"call-now", "call-if-danger"})
"""Sentences that name the emergency number of the person's country."""

WITH_NUMBERS = WITH_NUMBER | {"abroad"}
"""The same, and the one that names those of several countries."""


def why(scene: Scene) -> Turn:
    """Tell where the last answer comes from, then ask again what was open.

    What was said to a visitor is not remembered: they are told that, and where the page behind
    "help now" comes from.
    """
    names = _names(scene)
    found = [one for name in names if (one := _origin(scene, name))]
    body = [*_told(_together(found))]
    numbers = [*_numbers(scene, names)]
    choices = (go("menu"), go("crisis"))
    if not body and not numbers:
        return interject(scene, text("why-gone" if names else "why-nothing"), choices=choices)
    lead = (text("why-visitor"),) if names == FOR_VISITORS else ()
    if not numbers:
        return interject(scene, *lead, *body, choices=choices)
    first = (Say(Message((*lead, *body))),) if body else ()
    second = Say(Message(tuple(numbers), () if scene.session.flows else choices))
    return after(Turn(scene.session, (*first, second)), resume(scene))


def _names(scene: Scene) -> tuple[str, ...]:
    """Return the names of what was said last, or of the question that is open."""
    if scene.session.latest.said:
        return scene.session.latest.said
    question = open_question(scene.session, scene.library)
    if question:
        return (f"flow-{question.flow.id}-{question.step.name}",)
    return () if scene.session.welcomed else FOR_VISITORS


def _origin(scene: Scene, name: str) -> Origin | None:
    if name in WITH_NUMBERS:
        return None  # of these the numbers matter, which are told of apart
    return scene.library.origins.get(scene.session.lang, {}).get(name)


def _together(found: Sequence[Origin]) -> list[tuple[Origin, list[str]]]:
    """Return each origin with all the places of it that are alike in all but that."""
    alike: dict[tuple[object, ...], tuple[Origin, list[str]]] = {}
    for one in found:
        kind = (one.file, one.sources, one.checked_on, one.general, one.reviewed_by)
        alike.setdefault(kind, (one, []))[1].append(one.place)
    return [*alike.values()][:MOST_TOLD]


def _told(found: Sequence[tuple[Origin, Sequence[str]]]) -> Iterator[Text]:
    for one, places in found:
        yield text(
            "why-from",
            part=one.part,
            file=one.file,
            place=", ".join(places),
            rest="general" if one.general else "seen" if one.sources else "own",
            sources=_some(one.sources),
            checked=one.checked_on.isoformat() if one.checked_on else "none",
        )
    reviewers = dict.fromkeys(one.reviewed_by for one, _ in found)
    for reviewer in reviewers:
        yield text("why-reviewed", who=reviewer) if reviewer else text("why-unreviewed")


def _some(sources: Sequence[str]) -> str:
    more = " ..." if len(sources) > MOST_SOURCES else ""
    return "; ".join(sources[:MOST_SOURCES]) + more


def _numbers(scene: Scene, names: Sequence[str]) -> Iterator[Text]:
    """Yield where the numbers come from that were shown."""
    lines = {line.id: line for line in scene.library.helplines}
    ids = (name.removeprefix("line ") for name in names if name.startswith("line "))
    shown = [lines[one] for one in ids if one in lines]
    if WITH_NUMBER.intersection(names):
        here = emergency_line(scene.library.helplines, scene.session.country, scene.event.at.date())
        shown = [here, *shown] if here else shown
    if shown:
        yield text("why-lines")
    yield from (_line(line) for line in shown)
    if "abroad" in names:
        yield text("why-abroad")


def _line(line: Helpline) -> Text:
    checked = line.checked_on.isoformat() if line.checked_on else "none"
    return text("why-line", service=line.service, source=line.source, checked=checked)


FEATURE = Feature(name="why", commands={"why": why}, visitors=frozenset({"why"}))
