"""What turns keep, promise and let go of is what the store then holds, in the order of effects.

Any effects are played twice: through the runner into a real SQLite file, and into the memory that
the bare core is tested with. Both must tell the same, or talks would prove nothing about storage.
"""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.cli.house import open_house
from bot.core.content import Library
from bot.core.effects import Effect, Forget, Loaded, Need, Record, Remind, Turn, Unremind
from bot.core.events import Event
from bot.core.state import Session
from bot.library.load import Content
from bot.runtime.clock import SetClock
from tests.runtime.fakes import NOON, Person, Platform, Watcher
from tests.storage.people import KEYRING
from tests.worlds import Memory, keep

KINDS = ("plan", "note", "after")
EVERYTHING = Need(kinds=KINDS, newest=99, counts=True, reminders=True)
REPLACED_TOO = Need(everything=True, counts=True, reminders=True)

kinds = st.sampled_from(KINDS)
times = st.integers(-3, 3).map(lambda hours: NOON + timedelta(hours=hours))
effects = st.one_of(
    st.builds(
        Record,
        st.just(0),
        kinds,
        st.fixed_dictionaries({"n": st.integers(0, 9)}),
        at=st.one_of(st.none(), times),
    ),
    st.builds(Remind, st.just(0), kinds, times),
    st.builds(Unremind, kinds),
    st.builds(Forget, st.lists(kinds, min_size=1, max_size=2).map(tuple)),
)
turns = st.lists(st.lists(effects, max_size=4).map(tuple), max_size=6)


def numbered(played: Sequence[Sequence[Effect]]) -> list[tuple[Effect, ...]]:
    """Return the effects of each turn with ids of their own, falling: facts are not read by id."""
    found: list[tuple[Effect, ...]] = []
    number = 1000
    for turn in played:
        given_ids: list[Effect] = []
        for effect in turn:
            number -= 1
            if isinstance(effect, Record | Remind):
                effect = replace(effect, id=number)
            given_ids.append(effect)
        found.append(tuple(given_ids))
    return found


class Script:
    """A core that does what it is told, a turn each time, and asks for everything first."""

    def __init__(self, played: Sequence[tuple[Effect, ...]], need: Need) -> None:
        self.need = need
        self.loaded: list[Loaded] = []
        self._played = iter(played)

    def __call__(
        self, session: Session, event: Event, library: Library, loaded: Loaded | None = None
    ) -> Turn | Need:
        if loaded is None:
            return self.need
        self.loaded.append(loaded)
        return Turn(replace(session, welcomed=True), next(self._played))


async def told(
    folder: Path,
    content: Content,
    played: Sequence[tuple[Effect, ...]],
    need: Need = EVERYTHING,
) -> list[Loaded]:
    """Return what each turn was told is kept, as the real program plays them."""
    script, ana = Script(played, need), Person("ana")
    clock = SetClock(NOON)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bot.runtime.runner.step", script)
        async with open_house(
            database=folder / "alongside.db",
            keyring=KEYRING,
            content=content,
            ports={"testing": Platform()},
            clock=clock,
            observer=Watcher(),
        ) as house:
            for _ in played:
                ana.at += timedelta(minutes=1)
                assert await house.runner.take(ana.says("go on"))
    return script.loaded


@settings(deadline=None, max_examples=40)
@given(turns, st.sampled_from([EVERYTHING, REPLACED_TOO]))
def test_what_is_kept_is_the_same_in_the_store_and_in_memory(
    content: Content, empty: Path, played: list[tuple[Effect, ...]], need: Need
) -> None:
    played = [*numbered(played), ()]
    memory = Memory()
    wanted = []
    for minute, turn in enumerate(played, 1):
        wanted.append(memory.answer(need))
        keep(memory, turn, NOON + timedelta(minutes=minute))
    with tempfile.TemporaryDirectory() as name:
        shutil.copy(empty, Path(name) / "alongside.db")
        found = asyncio.run(told(Path(name), content, played, need))
    assert [sorted_facts(one) for one in found] == [sorted_facts(one) for one in wanted]


def sorted_facts(loaded: Loaded) -> Loaded:
    """Return `loaded` with its facts by id: those of one turn have no order among them."""
    return replace(loaded, facts=tuple(sorted(loaded.facts, key=lambda fact: fact.id)))


@pytest.mark.parametrize(
    ("turn", "facts", "reminders"),
    [
        ((Remind(1, "after", NOON), Unremind("after")), [], []),
        ((Unremind("after"), Remind(1, "after", NOON)), [], [1]),
        ((Remind(1, "after", NOON), Unremind("after"), Remind(2, "after", NOON)), [], [2]),
        ((Remind(1, "after", NOON), Unremind("other")), [], [1]),
        ((Record(1, "plan", {}), Forget(("plan",))), [1], []),
        ((Forget(("plan",)), Record(1, "plan", {})), [1], []),
        ((Forget(("plan",)), Forget(("note",)), Remind(1, "plan", NOON)), [], [1]),
    ],
)
async def test_effects_of_one_turn_count_in_their_order(
    content: Content,
    database: Path,
    turn: tuple[Effect, ...],
    facts: list[int],
    reminders: list[int],
) -> None:
    found = (await told(database.parent, content, [turn, ()]))[-1]
    assert [fact.id for fact in found.facts] == facts
    assert [one.id for one in found.reminders] == reminders


async def test_forgetting_some_kinds_is_not_leaving_and_forgetting_without_any_is(
    content: Content, database: Path
) -> None:
    made = (Record(1, "plan", {}), Record(2, "note", {}), Remind(3, "plan", NOON))
    leaving = (Forget(("note",)), Forget(), Record(4, "plan", {}), Remind(5, "after", NOON))
    found = await told(database.parent, content, [made, (Forget(("plan",)),), leaving, ()])
    assert [fact.id for fact in found[2].facts] == [2]
    assert [one.id for one in found[2].reminders] == [3]
    assert found[3] == Loaded()
