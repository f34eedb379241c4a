"""What needs no screening is not screened, and it is shown that nothing is missed by that."""

from __future__ import annotations

import itertools
import tomllib
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache

import pytest

from bot.conversation import step
from bot.conversation.intent import cries, screened
from bot.core.events import Commanded, Place
from bot.core.state import Session
from bot.core.verdict import Verdict, height
from bot.library.familyfiles import read_wordings
from bot.library.files import content_folder
from bot.safety.crisis import Screen
from tests.safety.scorecard import LANGUAGES, screen
from tests.worlds import content

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@cache
def attentive() -> Screen:
    """Return the screen as it would be if it looked into every message."""
    ready = {one.language: one for one in read_wordings(content_folder())[0]}
    return Screen({name: one.common for name, one in ready.items()}, ready.__getitem__)


def test_no_command_of_ours_means_anything_else() -> None:
    every = attentive()
    names = [one for one in content().library.phrases.slashes if " " not in one]
    assert "checkin" in names
    assert [name for name in names if every(name) != Verdict()] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_greetings_mean_anything_else(language: str) -> None:
    every = attentive()
    path = content_folder() / "safety" / language / "language.toml"
    greetings = tomllib.loads(path.read_text(encoding="utf-8"))["greetings"].split()
    pairs = [" ".join(pair) for pair in itertools.product(greetings, repeat=2)]
    assert [said for said in pairs if every(said) != Verdict()] == []
    assert all(screen()(said) == Verdict() for said in (*pairs, f"{greetings[0]}!! 7."))


def shown(name: str, rest: str = "") -> list[str]:
    """Return what the screen is shown when `/name rest` is given."""
    texts: list[str] = []

    def watch(text: str, language: str) -> Verdict:
        texts.append(text)
        return Verdict()

    library = replace(content().library, screen=watch)
    event = Commanded("1", NOON, bytes(16), name, rest, Place())
    step(Session(7, "en"), event, library)
    assert cries(event, library, "en") is None
    return texts


def test_a_command_is_screened_where_more_is_said_or_it_is_none_of_ours() -> None:
    assert shown("start") == shown("Menu", " ") == []
    assert shown("menu", "i want to die") == ["menu i want to die", "i want to die"] * 2
    assert shown("delete", "me") == ["delete me", "me"] * 2
    assert shown("overdosed") == ["overdosed "] * 2


@pytest.mark.parametrize(
    ("lang", "cry"),
    [("en", "kill myself"), ("en", "i took all my pills"), ("es", "suicidarme")],
)
def test_no_command_hides_the_cry_behind_it(lang: str, cry: str) -> None:
    library = content().library
    alone = height(library.screen(cry, lang).level)
    assert alone >= height("concern")
    for slash in library.phrases.slashes:
        event = Commanded("1", NOON, bytes(16), slash.split()[0], cry, Place())
        assert height(screened(event, library, lang).level) >= alone, slash
