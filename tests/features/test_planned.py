"""A plan and the exercises it stands beside: what a talk of a few lines cannot show."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.core.effects import Message, Record
from bot.core.skills import STATES
from bot.core.state import Session
from bot.features.planned import LEADS, TO_A_PERSON
from tests.worlds import Person, content, messages

FRIDAY_EVENING = datetime(2026, 3, 6, 20, tzinfo=UTC)
MEMBER = Session(7, "en", welcomed=True, age="adult", keep_checkins=True, keep_words=True)
ANY_MOMENT = {"situation": "own", "situation_own": "my brother rings"}
FITS = ("offered", "asked", "evening", "body", "bad_news", "own")


def with_plan(situation: str, response: str) -> Person:
    who = Person(MEMBER, content().library, afterwards=MEMBER, now=FRIDAY_EVENING)
    own = ANY_MOMENT if situation == "own" else {}
    body = {"day": "2026-03-01", "situation": situation, "response": response, **own}
    who.memory.add(Record(1, "plan", body), FRIDAY_EVENING)
    return who


@pytest.mark.parametrize("response", [*LEADS, TO_A_PERSON])
def test_no_two_buttons_beside_a_plan_do_the_same(response: str) -> None:
    beside = 0
    for situation in FITS:
        who = with_plan(situation, response)
        for state in STATES:
            for token in (f"go.cope-{state}", "go.cope-more"):
                message = _last(who, token)
                tokens = [one.token for one in message.choices]
                assert len(tokens) == len(set(tokens)), (situation, state)
                if any(one.key == "plan-met" for one in message.body):
                    beside += 1
                    leads = LEADS.get(response)
                    assert tokens[0] == (f"go.do-{leads}" if leads else "go.reachout")
    assert beside


def _last(who: Person, token: str) -> Message:
    return messages(who.press(token).effects)[-1][0]
