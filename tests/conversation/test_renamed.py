"""A renamed exercise keeps all there is of it: runs, wishes, plans and buttons."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.conversation.renamed import current
from bot.core.content import Library
from bot.core.effects import Record
from bot.core.state import Coping, Session, Wishes
from bot.features import evidence, exercise
from bot.storage.codec import decode_body
from tests.worlds import Person, content, keys, messages

OLD, NEW = "surf", "ride"
LIBRARY = content().library
NOW = datetime(2026, 3, 1, 20, 0, tzinfo=UTC)


def renamed(old: str = OLD, new: str = NEW) -> Library:
    """Return the content as it is once its author has renamed an exercise."""
    skills = {name: one for name, one in LIBRARY.skills.items() if name != old}
    return replace(
        LIBRARY, skills={**skills, new: replace(LIBRARY.skills[old], id=new, was=(old,))}
    )


def someone(library: Library, wishes: Wishes | None = None, coping: Coping | None = None) -> Person:
    session = Session(
        person=7,
        lang="en",
        welcomed=True,
        age="adult",
        path="stop",
        keep_checkins=True,
        keep_words=True,
        wishes=wishes or Wishes(),
        coping=coping or Coping(),
    )
    return Person(session, library, afterwards=session, now=NOW)


def ran(person: Person, skill: str, *, days_ago: int) -> None:
    body = {"day": "2026-02-20", "skill": skill, "state": "craving", "guide": "done"}
    record = Record(days_ago + 1, "skill", {**body, "before": 8, "after": 3})
    person.memory.add(record, NOW - timedelta(days=days_ago))


def test_one_that_is_open_goes_on_and_its_buttons_still_do_what_they_said() -> None:
    person = someone(LIBRARY)
    person.press(f"go.do-{OLD}")
    person.tap("8")
    person.tap("next")
    person.library = renamed()
    third = LIBRARY.skills[OLD].parts[2].name
    assert f"skill-{NEW}-part-{third}" in keys(person.tap("next"))
    person.tap("enough")
    person.tap("3")
    assert decode_body(person.memory.kept[-1].body)["skill"] == NEW
    person.press(f"go.keep-{OLD}")
    assert person.session.wishes.favourites == (NEW,)
    person.press(f"go.drop-{OLD}")
    assert person.session.wishes == Wishes(unwanted=(NEW,))


@pytest.mark.parametrize("does", sorted({**exercise.FEATURE.named, **evidence.FEATURE.named}))
def test_a_button_under_the_old_name_does_the_same(does: str) -> None:
    by_old, by_new = (someone(renamed()).press(f"go.{does}-{name}") for name in (OLD, NEW))
    assert by_old == by_new


def test_what_it_eased_counts_on() -> None:
    person = someone(LIBRARY)
    for days_ago in (9, 7, 5):
        ran(person, OLD, days_ago=days_ago)
    eased = keys(person.give("helps"))
    assert f"skill-{OLD}-named" in eased
    person.library = renamed()
    assert keys(person.give("helps")) == [one.replace(OLD, NEW) for one in eased]
    assert NEW in offered(person)
    ran(person, OLD, days_ago=0)
    assert NEW not in offered(person)


def offered(person: Person) -> tuple[str, ...]:
    person.press("go.cope-craving")
    return person.session.coping.offered


def test_who_did_not_want_it_is_not_offered_it() -> None:
    person = someone(LIBRARY, Wishes(favourites=("walk", OLD), unwanted=(OLD,)))
    person.library = renamed()
    person.press("go.cope-more")
    assert NEW not in offered(person)
    assert person.session.wishes.favourites == ("walk", NEW)


def test_a_plan_still_leads_into_it() -> None:
    person = someone(renamed("water", "drink"))
    plan = {"day": "2026-02-20", "situation": "offered", "response": "eat"}
    person.memory.add(Record(1, "plan", plan), NOW - timedelta(days=9))
    turn = person.press("go.cope-craving")
    assert "plan-met" in keys(turn)
    assert "drink" not in person.session.coping.offered
    assert messages(turn.effects)[0][0].choices[0].token == "go.do-drink"


def full_of_it(one: Any) -> Any:
    """Return `one` with the old name in every field that could hold an exercise's."""
    old = {"str": OLD, "tuple[str, ...]": (OLD,)}
    return replace(one, **{f.name: old[f.type] for f in fields(one) if f.type in old})


def test_no_field_that_remembers_an_exercise_is_passed_over() -> None:
    """Whatever a session may come to hold: a new field is in this list, or renamed."""
    no_exercise = {"nickname", "quiet", "fresh", "left_out", "state", "practised"}
    person = someone(LIBRARY, full_of_it(Wishes()), full_of_it(Coping()))
    now = current(person.session, renamed())
    left = {
        f.name
        for one in (now.wishes, now.coping)
        for f in fields(one)
        if getattr(one, f.name) in (OLD, (OLD,))
    }
    assert left == no_exercise
