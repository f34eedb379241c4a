"""Whatever is typed, a kind sentence comes: some of it always, a hundred thousand by `make soak`.

Each line goes in through the door, as an adapter takes it, at some question or at none; the answer
is rendered, and the session and what is kept of it stored and read again.
"""

from __future__ import annotations

import random
import time
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache

import pytest

from adapters.rehearsal.stage import Stage
from adapters.rehearsal.talk import Talk
from bot.conversation import step
from bot.core.conditions import Condition
from bot.core.content import Flow, Step
from bot.core.effects import Need, Record, Turn
from bot.core.events import Place
from bot.core.flow import open_question
from bot.core.state import Answer, Care, FlowState, Session
from bot.core.text import plain
from bot.storage.codec import decode_body, decode_session, encode_body, encode_session
from tests.conversation.mutated import inputs
from tests.worlds import Memory, content, messages

NOW = datetime(2026, 3, 1, 18, tzinfo=UTC)
LIBRARY = content().library
SLICE, ALL = 600, 100_000
LONGEST_TOKEN = 20
LONGEST_MESSAGE = 1_350
"""Characters, where the page of a language that has no more comes before a card."""


def _answering(condition: Condition) -> Answer:
    return condition.value[0] if isinstance(condition.value, tuple) else condition.value


def _standing_at(session: Session, flow: Flow, one: Step) -> Session:
    """Return `session` with the question `one` open, all it depends on being answered so."""
    known = {c.name: _answering(c) for c in one.when if c.operator != "named"}
    if flow.id == "plan" and one.name != "situation":  # whose second half reads the first back
        known.setdefault("situation", "evening")
    run = FlowState(
        flow.id,
        flow.version,
        "abcdefgh",
        NOW.date().isoformat(),
        NOW,
        one.name,
        "hgfedcba",
        answers={name: value for name, value in known.items() if flow.step(name)},
        given={
            **{"weekday": "sun", "part": "evening", "path": "stop", "age": "adult"},
            **dict.fromkeys(("keep_checkins", "keep_words", "discreet"), True),
            **dict.fromkeys(flow.given, 3),
            **({"skill": "breathe", "state": "craving", "own": ""} if flow.id == "skill" else {}),
            **{n: v for n, v in known.items() if isinstance(v, str | int) and not flow.step(n)},
        },
    )
    return replace(session, flows=(run,))


@cache
def sessions() -> tuple[Session, ...]:
    """Return someone at every question there is, and people with none open."""
    found: list[Session] = []
    for lang in LIBRARY.languages:
        visitor = Session(7, lang)
        member = replace(
            visitor, welcomed=True, age="adult", path="stop", keep_checkins=True, keep_words=True
        )
        found += [visitor, member, replace(member, country="ES")]
        found += [replace(member, care=Care(card, "crisis", NOW)) for card in LIBRARY.cards]
        for flow in LIBRARY.flows.values():
            for one in flow.steps:
                standing = _standing_at(member, flow, one)
                question = open_question(standing, LIBRARY)
                assert question
                assert question.step is one, f"{flow.id}, {one.name}: not reached"
                found.append(standing)
    return tuple(found)


def taken(said: str, chance: random.Random) -> Turn:
    session = chance.choice(sessions())
    place = Place(keeps_text=chance.random() < 0.8, edits=chance.random() < 0.8)
    stage = Stage(Talk("spoiled", (), NOW, lang=session.lang), place, lambda: NOW)
    event = stage.said(said).event
    turn = step(session, event, LIBRARY)
    if isinstance(turn, Need):
        turn = step(session, event, LIBRARY, Memory().answer(turn))
    assert isinstance(turn, Turn), "a second Need is a bug"
    return turn


def held_to_the_laws(turn: Turn) -> None:
    said = messages(turn.effects)
    assert said, "nothing was said"
    for message, _, _ in said:
        spans, buttons = content().lexicon.message(message, turn.session.lang)
        words = plain(spans)
        assert any(one.isalnum() for one in words), "a message without words"
        words.encode()
        assert len(words) <= LONGEST_MESSAGE
        assert all(one.label.strip() for one in buttons)
        assert all(len(one.token.encode()) <= LONGEST_TOKEN for one in buttons)
    assert decode_session(encode_session(turn.session)) == turn.session
    for effect in turn.effects:
        if isinstance(effect, Record):
            assert decode_body(encode_body(effect.body)).keys() == effect.body.keys()


def play(seed: int, count: int, languages: tuple[str, ...] = ()) -> tuple[float, int]:
    """Try `count` lines; return how many seconds the slowest took, and its number."""
    slowest = (0.0, 0)
    for number, (said, chance) in enumerate(inputs(seed, count, languages)):
        began = time.process_time()
        try:
            turn = taken(said, chance)
            held_to_the_laws(turn)
        except Exception as error:
            error.add_note(f"line {number} of seed {seed}: {said[:200]!a}")
            raise
        slowest = max(slowest, (time.process_time() - began, number))
    return slowest


def test_a_kind_sentence_comes_whatever_is_typed() -> None:
    play(1, SLICE, ("en", "es"))  # to read six languages in takes longer than the slice itself


@pytest.mark.soak
def test_a_hundred_thousand_times(capsys: pytest.CaptureFixture[str]) -> None:
    began = time.perf_counter()
    slowest, number = play(2, ALL)
    with capsys.disabled():
        took = time.perf_counter() - began
        print(f"\n{ALL:,} lines in {took:.0f} s; the slowest, {number}: {slowest * 1000:.0f} ms")  # noqa: T201
