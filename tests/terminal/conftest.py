"""An empty database to copy, as for the talks, and someone in front of the screen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.terminal.world import TextualWorld, someone
from tests.worlds import content, fresh_folder, make_empty_database

Opens = Callable[..., TextualWorld]


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_empty_database(tmp_path_factory.mktemp("empty") / "alongside.db")


@pytest.fixture
def opened(tmp_path: Path, empty_database: Path) -> Opens:
    """Return what makes a world to enter: `async with opened("new", lang="es") as me`."""
    folder = fresh_folder(tmp_path, empty_database)

    def world(
        start: str = "member",
        *,
        lang: str = "en",
        size: tuple[int, int] = (80, 24),
        light: bool = False,
    ) -> TextualWorld:
        return TextualWorld(someone(start, lang), content(), folder, size=size, light=light)

    return world
