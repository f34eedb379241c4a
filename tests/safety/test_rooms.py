"""What happens in a room when a post alarms."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.core.verdict import CATEGORIES, LADDER, Category, Level, Verdict
from bot.safety.rooms import ALERT_AGAIN, room_answer

EVERY = [Verdict(level, category) for level in LADDER for category in CATEGORIES]


@pytest.mark.parametrize("verdict", EVERY, ids=lambda v: f"{v.level} {v.category}")
def test_whoever_alarms_is_offered_help_in_private(verdict: Verdict) -> None:
    assert room_answer(verdict).offer == verdict.alarms


@pytest.mark.parametrize("category", ["abuse", "child"])
@pytest.mark.parametrize("level", LADDER)
def test_the_room_never_learns_that_abuse_was_noticed(level: Level, category: Category) -> None:
    assert not room_answer(Verdict(level, category)).care_line


@pytest.mark.parametrize(
    ("level", "told", "line", "hidden"),
    [
        ("emergency", "on-duty", True, True),
        ("crisis", "moderators", True, False),
        ("concern", "queue", False, False),
        ("distress", "nobody", False, False),
        ("info", "nobody", False, False),
        ("none", "nobody", False, False),
    ],
)
def test_each_level_has_its_answer(level: Level, told: str, *, line: bool, hidden: bool) -> None:
    answer = room_answer(Verdict(level, "suicide"))
    assert (answer.told, answer.care_line, answer.hide) == (told, line, hidden)


def test_moderators_hear_of_one_persons_crisis_once_in_two_hours() -> None:
    crisis = Verdict("crisis", "suicide")
    soon = ALERT_AGAIN - timedelta(seconds=1)
    assert room_answer(crisis, since_told=soon).told == "queue"
    assert room_answer(crisis, since_told=ALERT_AGAIN).told == "moderators"


def test_an_emergency_is_told_each_time() -> None:
    emergency = Verdict("emergency", "overdose")
    assert room_answer(emergency, since_told=timedelta(0)).told == "on-duty"


@pytest.mark.parametrize("level", LADDER)
def test_what_is_graphic_is_hidden_and_help_stays(level: Level) -> None:
    answer = room_answer(Verdict(level, "self-harm"), graphic=True)
    assert answer.hide
    assert answer.offer == Verdict(level, "self-harm").alarms
