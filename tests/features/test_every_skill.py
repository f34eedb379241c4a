"""Every exercise there is, from its first word to its last, in every language.

On the bare core by [Next] and by the clock; over a terminal's pipe, as a person finds and types it,
by `make skills`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from adapters.rehearsal.talk import Talk, find_button
from bot.core.effects import Edit, Message, Pace, Record, Turn
from bot.core.events import Due
from bot.core.outgoing import Button
from bot.core.skills import Skill
from bot.core.state import Session
from bot.core.text import plain, text
from bot.features.coping import PICKED
from bot.storage.codec import decode_body
from tests.worlds import (
    Person,
    TerminalWorld,
    content,
    fresh_folder,
    keys,
    make_empty_database,
    messages,
)

LIBRARY = content().library
SKILLS = tuple(LIBRARY.skills.values())
NOW = datetime(2026, 3, 1, 22, 0, tzinfo=UTC)
LONGEST_MESSAGE = 900
LONGEST_LABEL = 40
LONGEST_RUN = 400
"""Turns that no exercise takes, so that one that never ends is noticed."""

BEFORE, AFTER = 7, 4

Way = Callable[[Person, Skill, Turn, str], Iterator[Turn]]
"""Goes through an exercise whose first part is shown."""


def someone(lang: str, *, own: bool) -> Person:
    """Return a member, who has kept words for hard moments if they have any of their `own`."""
    session = Session(
        person=7,
        lang=lang,
        welcomed=True,
        age="adult",
        path="stop",
        keep_checkins=True,
        keep_words=True,
    )
    person = Person(session, LIBRARY, afterwards=session, now=NOW)
    if own:
        kept = {"day": "2026-02-01", "hope": "the sea at six in the morning"}
        person.memory.add(Record(1, "hope", kept), NOW - timedelta(days=28))
    return person


def shown(turn: Turn, lang: str) -> Message:
    """Return the last message of `turn`, once all of them are held to what a phone shows."""
    said = [message for message, _, _ in messages(turn.effects)]
    for message in said:
        spans, buttons = content().lexicon.message(message, lang)
        words = plain(spans)
        assert 0 < len(words.strip()) <= LONGEST_MESSAGE, words
        assert "{" not in words
        labels = [one.label for one in buttons]
        assert len(set(labels)) == len(labels)
        assert all(0 < len(one) <= LONGEST_LABEL for one in labels), labels
        assert labels, "there is always something to press"
    return said[-1]


def moves(message: Message) -> list[str]:
    """Return what can be pressed below a part of an exercise."""
    return [one.token.partition(".")[2] for one in message.choices]


def begun(person: Person, skill: Skill, lang: str) -> Turn:
    first = person.press(f"go.do-{skill.id}")
    assert f"skill-{skill.id}-not_when" in keys(first)
    shown(first, lang)
    turn = person.tap(str(BEFORE))
    assert f"skill-{skill.id}-part-{skill.parts[0].name}" in keys(turn)
    return turn


def by_next(person: Person, skill: Skill, turn: Turn, lang: str) -> Iterator[Turn]:
    """Yield the turns that [Next] makes, to the end of the exercise."""
    for _ in skill.parts:
        can = moves(shown(turn, lang))
        assert "enough" in can
        assert "next" in can
        turn = person.tap("next")
        yield turn


def by_the_clock(person: Person, skill: Skill, turn: Turn, lang: str) -> Iterator[Turn]:
    """Yield the turns that time makes, and [Next] where a part waits."""
    for _ in range(LONGEST_RUN):
        if person.open.step != "guide":
            return
        pace = next((one for one in turn.effects if isinstance(one, Pace)), None)
        assert bool(pace) == ("pause" in moves(shown(turn, lang)))
        if pace is None:
            turn = person.tap("next")
        else:
            person.now += timedelta(seconds=pace.seconds)
            name, at, seed = person.chance()
            turn = person.take(Due(name, at, seed, pace.mark, pace.beat, person.place))
            assert isinstance(turn.effects[0], Edit), "it moves in its own message"
        yield turn
    raise AssertionError(f"{skill.id} does not end")


@pytest.mark.parametrize("lang", LIBRARY.languages)
@pytest.mark.parametrize("own", [False, True], ids=["", "own words"])
@pytest.mark.parametrize("way", [by_next, by_the_clock])
def test_every_skill_goes_from_its_first_part_to_its_last(lang: str, own: bool, way: Way) -> None:
    assert len(SKILLS) >= 42
    for skill in SKILLS:
        if own and not any(part.own for part in skill.parts):
            continue
        person = someone(lang, own=own)
        first = begun(person, skill, lang)
        turns = [first, *way(person, skill, first, lang)]
        said = {key for turn in turns for key in keys(turn)}
        assert {f"skill-{skill.id}-part-{part.name}" for part in skill.parts} <= said
        assert f"skill-{skill.id}-closing" in said
        assert person.open.step == "after"
        shown(turns[-1], lang)
        shown(person.tap(str(AFTER)), lang)
        assert person.session.flows == ()
        (kept,) = [one for one in person.memory.kept if one.kind == "skill"]
        body = decode_body(kept.body)
        state = next(one for one in skill.states if one in PICKED)  # of dying nobody has spoken
        expected = {"skill": skill.id, "state": state, "before": BEFORE, "after": AFTER}
        assert {name: body[name] for name in expected} == expected
        assert "own" not in body
        assert (person.session.coping.last, body.get("partial")) == (skill.id, None)


def test_the_clock_takes_as_long_as_the_skill_says() -> None:
    for skill in SKILLS:
        person = someone("en", own=False)
        turns = [*by_the_clock(person, skill, begun(person, skill, "en"), "en")]
        assert len(turns) >= len(skill.parts)
        assert person.now - NOW == timedelta(seconds=sum(part.lasts() for part in skill.parts))


def test_time_ends_an_exercise_above_a_form_that_an_edit_took_away() -> None:
    skill = next(one for one in SKILLS if one.parts[-1].lasts())
    person = someone("en", own=False)
    person.give("checkin")
    person.press(f"go.do-{skill.id}")
    turn = person.tap("_skip")
    form, exercise = person.session.flows
    flows = {name: one for name, one in LIBRARY.flows.items() if name != form.flow}
    while exercise.run in {one.run for one in person.session.flows}:
        pace = next((one for one in turn.effects if isinstance(one, Pace)), None)
        if pace is None:
            person.library = LIBRARY
            turn = person.tap("next")
            continue
        person.now += timedelta(seconds=pace.seconds)
        name, at, seed = person.chance()
        person.library = replace(LIBRARY, flows=flows)
        turn = person.take(Due(name, at, seed, pace.mark, pace.beat, person.place))
    assert f"skill-{skill.id}-closing" in keys(turn)
    assert [one.kind for one in person.memory.kept] == ["skill"]
    assert keys(person.give("menu"))[0] == "form-changed", "told with the next thing they do"
    assert person.session.flows == ()


# --- over a pipe, as somebody finds them ----------------------------------------------------------

MOST_PAGES = 20
"""How often [Something else] is pressed before a skill is said to be out of reach."""

KEPT = {"en": "one exercise", "es": "un ejercicio"}
"""How one run is told under what is kept."""

HOURS = {"night": 2, "morning": 9, "afternoon": 15, "evening": 20}


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_empty_database(tmp_path_factory.mktemp("empty") / "alongside.db")


class Typist:
    """Somebody at a terminal in line mode, who types what stands beside a button."""

    def __init__(self, world: TerminalWorld, lang: str) -> None:
        self._world = world
        self._lang = lang

    def words(self, key: str) -> str:
        return plain(content().lexicon.render(text(key), self._lang))

    def button(self, label: str) -> Button | None:
        newest = [one for one in self._world.screen() if one.buttons][-1:]
        return find_button(label, newest)

    async def say(self, words: str) -> str:
        """Say something, and return all that came of it in one line."""
        before = len(self._world.heard())
        await self._world.say(words)
        return self._since(before)

    async def press(self, label: str) -> str:
        """Press the button `label` of the newest message, and return what came of it."""
        found, before = self.button(label), len(self._world.heard())
        assert found, f"no button {label!r}"
        await self._world.tap(found)
        return self._since(before)

    def _since(self, number: int) -> str:
        said = self._world.heard()[number:]
        assert said, "no answer"
        return " ".join(" ".join(one.text for one in said).split())


@pytest.mark.soak
@pytest.mark.parametrize("lang", LIBRARY.languages)
@pytest.mark.parametrize("skill", SKILLS, ids=[one.id for one in SKILLS])
async def test_every_skill_over_a_pipe(
    skill: Skill, lang: str, tmp_path: Path, empty_database: Path
) -> None:
    folder = fresh_folder(tmp_path, empty_database)
    hour = next(hour for part, hour in HOURS.items() if part not in skill.not_at)
    talk = Talk(f"{skill.id} {lang}", (), NOW.replace(hour=hour), lang=lang)
    async with TerminalWorld(talk, content(), folder) as world:
        me = Typist(world, lang)
        state = next(one for one in skill.states if one in PICKED)
        await me.say("/cope")
        await me.press(me.words(f"button-cope-{state}"))
        title = me.words(f"skill-{skill.id}-title")
        for _ in range(MOST_PAGES):
            if me.button(title):
                break
            await me.press(me.words("button-cope-more"))
        await me.press(title)
        said = await me.press(str(BEFORE))
        for number, _ in enumerate(skill.parts, 1):
            place = text("guide-place", n=number, of=len(skill.parts))
            assert plain(content().lexicon.render(place, lang)) in said
            assert not me.button(me.words("flow-skill-guide-pause")), "nothing moves here"
            said = await me.press(me.words("flow-skill-guide-next"))
        assert " ".join(me.words(f"skill-{skill.id}-closing").split()) in said
        assert str(BEFORE) in (end := await me.press(str(AFTER)))
        assert str(AFTER) in end
        assert KEPT[lang] in await me.say("/mydata")
