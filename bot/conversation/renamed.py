"""Brings what is remembered of exercises under the names they have today.

Law: behind the one door an exercise goes by its id alone. What may still bring a former one is a
button, and what code itself names: for those there is `Library.skill`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from bot.core.content import Library
from bot.core.effects import Fact, Loaded
from bot.core.ranking import KIND
from bot.core.state import FlowState, Session

Names = Mapping[str, str]
"""The id of today behind each former one."""


def current(session: Session, library: Library) -> Session:
    """Return `session` with every exercise it remembers under its id of today."""
    names = _names(library)
    if not names:
        return session
    wishes, coping = session.wishes, session.coping
    return replace(
        session,
        flows=tuple(_run(one, names) for one in session.flows),
        wishes=replace(
            wishes,
            favourites=_each(wishes.favourites, names),
            unwanted=_each(wishes.unwanted, names),
        ),
        coping=replace(
            coping,
            offered=_each(coping.offered, names),
            passed=_each(coping.passed, names),
            last=names.get(coping.last, coping.last),
            did=names.get(coping.did, coping.did),
            asked=names.get(coping.asked, coping.asked),
        ),
    )


def current_facts(loaded: Loaded | None, library: Library) -> Loaded | None:
    """Return `loaded` with every run under the id its exercise has today; as kept it stays."""
    names = _names(library)
    if loaded is None or not names:
        return loaded
    return replace(loaded, facts=tuple(_fact(one, names) for one in loaded.facts))


def _names(library: Library) -> Names:
    return {old: skill.id for skill in library.skills.values() for old in skill.was}


def _each(ids: Iterable[str], names: Names) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names.get(one, one) for one in ids))


def _run(state: FlowState, names: Names) -> FlowState:
    now = names.get(str(state.given.get("skill")))
    return replace(state, given={**state.given, "skill": now}) if now else state


def _fact(fact: Fact, names: Names) -> Fact:
    now = names.get(str(fact.body.get("skill"))) if fact.kind == KIND else None
    return replace(fact, body={**fact.body, "skill": now}) if now else fact
