"""Everything kept about a person as lines to read, in their language: dates and labels in words.

A line is a label and what it says. What a member typed stands as they typed it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime

from bot.core.content import Flow, Step
from bot.core.effects import Fact
from bot.core.localtime import in_words, wall_clock, weekday
from bot.core.state import EPOCH, Answer, Track
from bot.core.text import Text, text
from bot.features.exercise import named
from bot.features.kinds import ABOUT, counted, declared, flow_of
from bot.features.scene import Scene
from bot.features.settings import of_checkins, of_unasked, overview

Line = tuple[Text, ...]


def lines(scene: Scene) -> Iterator[Line]:
    """Yield the lines of the file to read: what is set, what is promised, then every fact."""
    yield (text("reading-title", **in_words(scene.date())),)
    yield (text("reading-gap"),)
    yield from _settings(scene)
    loaded = scene.loaded
    for one in loaded.reminders if loaded else ():
        yield text("reading-promise"), text("date-words", **in_words(_day(scene, one.due)))
    facts = sorted(loaded.facts, key=lambda one: (one.at, one.id)) if loaded else []
    replaced = {one.replaces for one in facts}
    for fact in facts:
        yield (text("reading-gap"),)
        yield from _fact(scene, fact, changed=fact.id in replaced)


def _settings(scene: Scene) -> Iterator[Line]:
    session, wishes = scene.session, scene.session.wishes
    yield (text("reading-age", age=session.age),)
    yield (overview(scene),)
    yield (of_checkins(session),)
    yield (of_unasked(scene),)
    for question in wishes.questions:
        yield text("reading-question"), _literal(question.words)
    for label, skills in (
        ("reading-favourite", wishes.favourites),
        ("reading-unwanted", wishes.unwanted),
    ):
        for one in skills:
            yield text(label), named(scene.library, one)
    for caution in wishes.left_out:
        yield text("reading-left-out"), text(f"caution-{caution}")
    if wishes.fresh:
        yield text("reading-fresh"), _date(wishes.fresh)
    for track in session.tracks:
        yield from _track(scene, track)
    for state in session.flows:
        flow = scene.library.flow(state.flow)
        for name, answer in state.answers.items() if flow and flow.records else ():
            for line in _answer(flow, name, answer, state.given):
                yield text("reading-open"), *line
    yield from _hard(scene)
    if session.care.at != EPOCH:
        yield text("reading-care"), text("date-words", **in_words(_day(scene, session.care.at)))


def _hard(scene: Scene) -> Iterator[Line]:
    """Yield what is remembered of what was hard last, and of the exercises for it."""
    coping = scene.session.coping
    if coping.state:
        yield text("reading-hard"), text("reading-state", state=coping.state)
    if coping.rated >= 0:
        yield text("reading-rated"), _literal(str(coping.rated))
    if coping.at != EPOCH:
        yield text("reading-hard-on"), text("date-words", **in_words(_day(scene, coping.at)))
    shown = (*coping.passed, *coping.offered, *([coping.asked] if coping.asked else []))
    for one in dict.fromkeys(shown):
        yield text("reading-shown"), named(scene.library, one)
    for last in dict.fromkeys(filter(None, (coping.last, coping.did))):
        yield text("reading-last"), named(scene.library, last)
    for at in dict.fromkeys((coping.did_at, coping.asked_at)):
        if at != EPOCH and at != coping.at:
            yield text("reading-hard-on"), text("date-words", **in_words(_day(scene, at)))
    if coping.practised:
        yield text("reading-practised"), _date(coping.practised)


def _track(scene: Scene, track: Track) -> Iterator[Line]:
    """Yield all that is kept of a path whose days are counted."""
    discreet = "yes" if scene.session.wishes.discreet else "no"
    yield (text("path-name", which=track.name, discreet=discreet),)
    yield text("reading-track"), _date(track.since)
    for label, spans in (("reading-pause", track.pauses), ("reading-earlier", track.earlier)):
        for span in spans:
            yield text(label), _literal(span.replace("/", " \u2013 "))
    if track.most:
        yield text("reading-limit"), _literal(str(track.most))
    if track.ended:
        yield text("reading-ended"), _date(track.ended)
    if track.earned:
        yield text("reading-earned"), _literal(str(track.earned))


def _date(day: str) -> Text:
    return text("date-words", **in_words(date.fromisoformat(day)))


def _fact(scene: Scene, fact: Fact, *, changed: bool) -> Iterator[Line]:
    day = fact.body.get("day")
    when = date.fromisoformat(day) if isinstance(day, str) else _day(scene, fact.at)
    yield text("reading-day", weekday=weekday(when), **in_words(when)), counted(fact.kind, 1)
    if changed:
        yield (text("reading-changed"),)
    if fact.body.get("partial") is True:
        yield (text("reading-partial"),)
    keeps = declared().get(fact.kind)
    if keeps and keeps.tell:
        yield from keeps.tell(scene.library, fact)
        return
    flow = flow_of(scene.library, fact.kind)
    asked = [step.name for step in flow.steps] if flow else []
    labels = {step.own for step in flow.steps if step.own} if flow else set()
    for name in sorted(fact.body, key=lambda one: asked.index(one) if one in asked else len(asked)):
        if name not in ABOUT and name not in labels:
            yield from _answer(flow, name, fact.body[name], fact.body)


def _answer(
    flow: Flow | None, name: str, answer: Answer, known: Mapping[str, Answer]
) -> Iterator[Line]:
    """Yield one answer under its question's short name; each of several on a line of its own.

    An own question's name is its words, as `known` has them.
    """
    step = flow.step(name) if flow else None
    label = text(f"flow-{flow.id}-{step.name}-short") if flow and step else _literal(name)
    if step and step.own:
        own = known.get(step.own)
        label = _literal(own) if isinstance(own, str) else text("reading-question")
    for one in answer if isinstance(answer, tuple) else (answer,):
        if one is not None:
            yield label, _value(flow, step, one)


def _value(flow: Flow | None, step: Step | None, value: int | str | bool) -> Text:
    if isinstance(value, bool):
        return _yes(value)
    if flow and step and value in step.options:
        return text(f"flow-{flow.id}-{step.name}-{value}")
    return _literal(str(value))


def _yes(on: bool) -> Text:
    return text("button-yes-no-yes") if on else text("button-yes-no-no")


def _literal(words: str) -> Text:
    return text("number", n=words)


def _day(scene: Scene, at: datetime) -> date:
    return wall_clock(at, scene.session.zone).date()
