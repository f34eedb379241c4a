"""Talks of tests/dialogues on the screen face: of every file the shortest with ten lines or more.

Files that hold a crisis talk alone (their names begin with "crisis_") are left to the other worlds.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from adapters.rehearsal.talk import Talk, play
from tests.terminal.world import TextualWorld
from tests.test_dialogues import TALKS
from tests.worlds import content, fresh_folder

IN_PLACE = "a number typed at an open scale is its button, so the question changes in place"
NOT_ON_A_SCREEN: Mapping[str, str] = {"stale: a button of a question that was answered": IN_PLACE}
"""Talks that go otherwise on the screen face, by file and name, and why."""

ENOUGH = 10
"""Lines of a talk worth opening a screen for; where no talk of a file has as many, any will do."""

SHOWN = {
    title.partition(":")[0]: talk
    for title, talk in sorted(
        TALKS,
        key=lambda one: (len(one[1].lines) >= ENOUGH, -len(one[1].lines)),
    )
    if title not in NOT_ON_A_SCREEN and not title.startswith("crisis_")
}


@pytest.mark.parametrize("talk", SHOWN.values(), ids=SHOWN.keys())
async def test_talk(talk: Talk, tmp_path: Path, empty_database: Path) -> None:
    folder = fresh_folder(tmp_path, empty_database)
    async with TextualWorld(talk, content(), folder) as world:
        difference = await play(talk, world)
    assert difference is None, f"{difference.line}: {difference.got}" if difference else ""
