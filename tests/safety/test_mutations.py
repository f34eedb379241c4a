"""What was heard is heard again, however the same line is typed.

Every flagged line of the corpus would take minutes; a fixed sample of each language does not.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import cache
from itertools import islice

import pytest

from bot.safety.scorecard import ALARMING
from tests.safety.corpus import Line, half
from tests.safety.scorecard import LANGUAGES, screen

SAMPLE = 150


@cache
def heard(language: str) -> tuple[Line, ...]:
    """Return a fixed sample of the alarming lines of the building half that are flagged."""
    alarming = [line for line in half("building", language) if line.label in ALARMING]
    mixed = random.Random(language).sample(alarming, len(alarming))
    flagged = (line for line in mixed if screen()(line.text, language).alarms)
    return tuple(islice(flagged, SAMPLE))


def fullwidth(text: str) -> str:
    return "".join(chr(ord(one) + 0xFEE0) if "a" <= one <= "z" else one for one in text)


def hidden(text: str) -> str:
    return "\N{ZERO WIDTH SPACE}".join(text)


def curly(text: str) -> str:
    return text.replace("'", "\N{RIGHT SINGLE QUOTATION MARK}")


def spaced(text: str) -> str:
    return f"  {text.replace(' ', '   ')} "


def with_emoji(text: str) -> str:
    return f"{text} \N{FACE WITH PLEADING EYES}\N{VARIATION SELECTOR-16}"


def stretched(text: str) -> str:
    words = text.split(" ")
    last = words[-1]
    return " ".join([*words[:-1], last + last[-1] * 4 if last.isalpha() else last])


def slipped(text: str) -> str:
    """Return `text` with two letters of its longest word changed about."""
    longest = max(text.split(), key=len)
    middle = len(longest) // 2
    slip = longest[: middle - 1] + longest[middle] + longest[middle - 1] + longest[middle + 1 :]
    return text.replace(longest, slip, 1)


SAME: list[Callable[[str], str]] = [str.upper, str.lower, hidden, curly, spaced, with_emoji]
ALIKE: list[Callable[[str], str]] = [fullwidth, stretched, slipped]


def kept(language: str, change: Callable[[str], str]) -> float:
    """Return which share of the sample still alarms after `change`."""
    alarms = [screen()(change(line.text), language).alarms for line in heard(language)]
    assert len(alarms) == SAMPLE
    return sum(alarms) / len(alarms)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("change", SAME, ids=lambda one: one.__name__)
def test_what_changes_no_word_changes_next_to_nothing(
    language: str, change: Callable[[str], str]
) -> None:
    assert kept(language, change) >= 0.97


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("change", ALIKE, ids=lambda one: one.__name__)
def test_what_changes_a_word_loses_little(language: str, change: Callable[[str], str]) -> None:
    assert kept(language, change) >= 0.85


@pytest.mark.parametrize("language", ["es", "de", "pt", "fr", "ru"])
def test_a_cry_behind_words_of_another_language_is_heard(language: str) -> None:
    mixed = [screen()(f"hello my friend, {line.text}").alarms for line in heard(language)]
    assert sum(mixed) / len(mixed) >= 0.85
