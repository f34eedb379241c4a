"""An exercise that moves by itself on the screen: in one bubble, and it disturbs nothing else."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from adapters.rehearsal.talk import find_button
from adapters.terminal.bubbles import Theirs
from bot.core.skills import Part
from bot.library.load import Content
from bot.runtime.clock import SetClock, SystemClock
from tests.terminal.conftest import Opens
from tests.terminal.test_screen import SMALL, buttons_in_sight
from tests.terminal.world import TextualWorld, someone
from tests.worlds import PATIENCE, content, fresh_folder

SECOND = timedelta(seconds=1)


async def breathing(me: TextualWorld) -> None:
    """Begin the exercise that counts breaths, and rate it."""
    for label in ("Fear or worry", "Four in, six out", "7"):
        if label == "Fear or worry":
            await me.say("/cope")
        button = find_button(label, me.screen())
        assert button
        await me.tap(button)
    assert "Loosen what is tight" in me.picture()


async def test_it_moves_in_one_bubble_and_takes_no_focus(opened: Opens) -> None:
    async with opened() as me:
        await breathing(me)
        bubbles = len(me.app.query(Theirs))
        await me.pilot.press("tab", "right")
        choices = me.app.focused
        assert ">Pause<" in me.picture()
        for shows in ("Begin with out", "Now the count", "Breath 1 of 5", "Breath 2 of 5"):
            await me.later(10 * SECOND)
            while shows not in me.picture():
                await me.later(5 * SECOND)
            assert me.app.focused is choices
            assert ">Pause<" in me.picture(), "the same button stays chosen"
        assert len(me.app.query(Theirs)) == bubbles
        assert me.pressed()[-1] == "7", "nobody pressed anything since"
        await me.press("enter")
        assert "[Go on] [Next] [Enough]" in me.picture()
        shown = me.picture()
        await me.later(timedelta(hours=1))
        assert me.picture() == shown, "it stands still"


@pytest.mark.parametrize("size", SMALL)
async def test_its_buttons_are_in_sight_from_its_first_message_to_its_last(
    opened: Opens, size: tuple[int, int]
) -> None:
    async with opened(size=size) as me:
        await breathing(me)
        assert buttons_in_sight(me)
        while "And how strong is the fear" not in me.picture():
            assert buttons_in_sight(me)
            assert "[Pause]" in me.picture()
            await me.later(5 * SECOND)
        assert buttons_in_sight(me)


async def test_what_is_being_typed_stays_as_it_is(opened: Opens) -> None:
    async with opened() as me:
        await breathing(me)
        await me.pilot.press(*"my sh")
        await me.later(20 * SECOND)
        assert "Begin with out" in me.picture()
        assert me.app.focused is me.app.line
        assert me.app.line.text == "my sh"
        await me.pilot.press(*"oulders")
        await me.later(25 * SECOND)
        assert me.app.line.text == "my shoulders"
        await me.press("enter")
        assert me.mine()[-1] == "my shoulders"
        assert "I hear you" in me.picture()


async def test_a_question_that_comes_by_itself_is_not_answered_by_an_enter_too_many(
    opened: Opens,
) -> None:
    async with opened() as me:
        await breathing(me)
        await me.pilot.press("tab")
        assert ">Next<" in me.picture()
        while "And how strong is the fear or the worry now?" not in me.picture():
            await me.later(10 * SECOND)
        assert me.app.focused is me.app.line
        await me.pilot.press("enter")
        assert "And how strong is the fear or the worry now?" in me.picture()
        await me.press("4")
        assert "From 7 to 4" in me.picture()


async def test_someone_who_reads_further_up_stays_there(opened: Opens) -> None:
    async with opened(size=(60, 14)) as me:
        await breathing(me)
        await me.pilot.press("pageup", "pageup")
        await me.pilot.pause()
        above = me.app.talk.scroll_offset
        assert "Loosen what is tight" not in me.picture()
        await me.later(20 * SECOND)
        assert me.app.talk.scroll_offset == above
        await me.pilot.press("pagedown", "pagedown", "pagedown")
        await me.pilot.pause()
        assert "Begin with out" in me.picture()
        await me.later(25 * SECOND)
        assert "Now the count" in me.picture(), "and at the end of the talk it is followed"


class RunningClock(SetClock):
    """The machine's clock, where a clock is wanted that can be set."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    async def until(self, moment: datetime) -> None:
        await SystemClock().until(moment)


def quick(found: Content) -> Content:
    """Return content with an exercise whose moments last a second."""
    parts = (Part("loosen"), Part("first", breath=(1, 1), times=1), Part("stop"))
    one = replace(found.library.skills["breathe"], parts=parts)
    library = replace(found.library, skills={**found.library.skills, one.id: one})
    return replace(found, library=library)


async def test_two_beats_by_the_clock_on_the_wall(tmp_path: Path, empty_database: Path) -> None:
    folder = fresh_folder(tmp_path, empty_database)
    clock = RunningClock(datetime.now(UTC))
    async with TextualWorld(someone("member", "en"), quick(content()), folder, clock=clock) as me:
        await breathing(me)
        begun = time.monotonic()
        me.app.wish("pressed", me.app.live.item.buttons[0].token if me.app.live else "")
        seen: list[float] = []
        for shows in (
            "In, slowly. Breath 1 of 1",
            "Out, longer. Breath 1 of 1",
            "Leave the counting",
        ):
            async with asyncio.timeout(PATIENCE):
                while shows not in me.picture():
                    await me.pilot.pause(0.01)
            seen.append(time.monotonic() - begun)
    assert seen == sorted(seen)
    assert seen[-1] > 1.9, "two beats of a second each were over before their time"
