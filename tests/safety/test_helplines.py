"""Whoever asks is given a line that was seen lately, or what stands in for it; never nothing."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Callable
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.helplines import Helpline, HelplineKind
from bot.library.files import content_folder
from bot.library.load import load_content
from bot.safety.helplines import LONGEST_TRUSTED, emergency_number, lines_for

OURS = load_content(content_folder()).library.helplines
CHECKED = datetime.date(2026, 11, 23)
DAY = datetime.timedelta(days=1)
KINDS: tuple[HelplineKind, ...] = get_args(HelplineKind)
COUNTRIES = sorted({code for line in OURS for code in line.countries})

NOWHERE = Helpline(
    id="list",
    kind="directory",
    service="A list",
    chat="lines.example",
    checked_on=CHECKED,
    evidence="seen",
)
SOS = Helpline(
    id="sos",
    kind="emergency",
    service="SOS",
    countries=("US",),
    call="1",
    checked_on=CHECKED,
    evidence="seen",
)
HELP = dataclasses.replace(SOS, id="help", kind="crisis", service="Help", languages=("en",))
AYUDA = dataclasses.replace(HELP, id="ayuda", service="Ayuda", languages=("es",))
ALL = (HELP, AYUDA, SOS, NOWHERE)


def ids(
    lines: tuple[Helpline, ...] = ALL,
    *,
    country: str = "US",
    kinds: tuple[HelplineKind, ...] = ("crisis",),
    language: str = "en",
    today: datetime.date = CHECKED,
) -> list[str]:
    found = lines_for(lines, country=country, kinds=kinds, language=language, today=today)
    return [line.id for line in found]


def test_the_kind_named_first_comes_first_then_the_members_language() -> None:
    assert ids(kinds=("emergency", "crisis")) == ["sos", "help", "ayuda"]
    assert ids(kinds=("crisis", "emergency"), language="es") == ["ayuda", "help", "sos"]
    assert ids(language="fr") == ["help", "ayuda"]


def test_a_country_is_found_however_it_is_written() -> None:
    assert ids(country="us") == ids(country="US")
    assert emergency_number(ALL, "us", CHECKED) == "1"


def test_what_a_country_lacks_is_stood_in_for() -> None:
    assert ids(kinds=("drugs",)) == ["sos", "list"]
    assert ids(kinds=("crisis", "drugs")) == ["help", "ayuda", "sos", "list"]
    assert ids(kinds=()) == ["sos", "list"]


@pytest.mark.parametrize("country", ["", "XX", "ES"])
def test_where_nothing_is_known_there_is_the_directory_and_no_number(country: str) -> None:
    assert ids(country=country, kinds=KINDS) == ["list"]
    assert emergency_number(ALL, country, CHECKED) == ""


def test_a_line_may_be_named_for_a_year_and_not_a_day_longer() -> None:
    last = CHECKED + LONGEST_TRUSTED
    assert ids(today=last) == ["help", "ayuda"]
    assert emergency_number(ALL, "US", last) == "1"
    assert ids(today=last + DAY) == ["list"]
    assert emergency_number(ALL, "US", last + DAY) == ""


def test_the_emergency_number_outlives_an_older_line() -> None:
    older = dataclasses.replace(HELP, checked_on=CHECKED - DAY)
    assert ids((older, SOS, NOWHERE), today=CHECKED + LONGEST_TRUSTED) == ["sos", "list"]


def test_a_clock_that_is_behind_hides_nothing() -> None:
    assert ids(today=CHECKED - 400 * DAY) == ["help", "ayuda"]


def guessed(line: Helpline) -> Helpline:
    return dataclasses.replace(line, evidence="unverified")


def undated(line: Helpline) -> Helpline:
    return dataclasses.replace(line, checked_on=None)


@pytest.mark.parametrize("spoil", [guessed, undated])
def test_what_nobody_saw_is_never_named(spoil: Callable[[Helpline], Helpline]) -> None:
    guesses = tuple(spoil(line) for line in (HELP, AYUDA, SOS))
    assert ids((*guesses, NOWHERE), kinds=KINDS) == ["list"]
    assert emergency_number(guesses, "US", CHECKED) == ""


@given(
    country=st.sampled_from(["", "XX", *COUNTRIES]) | st.text(max_size=3),
    kinds=st.lists(st.sampled_from(KINDS), max_size=9),
    language=st.sampled_from(["en", "es", "de", ""]),
    today=st.dates(),
    kept=st.sets(st.sampled_from([line.id for line in OURS])),
)
def test_the_answer_is_never_empty_never_old_and_never_a_guess(
    country: str, kinds: list[HelplineKind], language: str, today: datetime.date, kept: set[str]
) -> None:
    lines = tuple(line for line in OURS if line.id in kept or line.kind == "directory")
    found = lines_for(lines, country=country, kinds=kinds, language=language, today=today)
    assert found
    assert len(set(found)) == len(found)
    for line in found:
        assert line.evidence == "seen"
        assert line.checked_on
        assert not line.countries or country.upper() in line.countries
        assert line.kind == "directory" or today - line.checked_on <= LONGEST_TRUSTED
    number = emergency_number(lines, country, today)
    if {line.kind for line in found} != set(kinds) and number:
        assert number in {line.call for line in found}
