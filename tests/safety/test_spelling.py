"""One spelling of many: however it was typed or disguised, the same is heard."""

from __future__ import annotations

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.verdict import LADDER
from bot.safety.normalise import tokens
from tests.safety import scorecard
from tests.safety.small import family, screen

SCREEN = scorecard.screen()

DISGUISES = [
    "I want to kill myself",
    "I WANT TO KILL MYSELF",
    "i want to kill myself\N{FULL STOP}",
    "i want to ki\N{ZERO WIDTH SPACE}ll myself",
    "i want to kill mys\N{CYRILLIC SMALL LETTER IE}lf",
    "\N{FULLWIDTH LATIN SMALL LETTER I} want to kill myself",
    "i want to k!ll myself",
    "i want to k1ll mys3lf",
    "i want to k*ll myself",
    "i want to k i l l myself",
    "i want to k.i.l.l myself",
    "i want to killl myseeelf",
    "i wanna kil myself",
    "i want to kill mysefl",
    "i want to killmyself",
    "i w\N{COMBINING ACUTE ACCENT}ant to kill myself",
    "i want to kill myself \N{PENSIVE FACE}\N{VARIATION SELECTOR-16}",
    "hola, i want to kill myself",
    "i\N{RIGHT SINGLE QUOTATION MARK}m going to kill myself",
    "i\N{GRAVE ACCENT}m going to kill myself",
    "im gonna kill myself",
    "i \n want \n to kill myself",
]


@pytest.mark.parametrize("text", DISGUISES)
def test_the_worst_sentence_is_heard_in_every_disguise(text: str) -> None:
    assert SCREEN(text).level in ("crisis", "emergency"), SCREEN(text)


@pytest.mark.parametrize(
    "apostrophe",
    [
        "'",
        "\N{RIGHT SINGLE QUOTATION MARK}",
        "\N{LEFT SINGLE QUOTATION MARK}",
        "\N{ACUTE ACCENT}",
        "`",
        "\N{MODIFIER LETTER APOSTROPHE}",
        "\N{PRIME}",
        "",
    ],
)
def test_no_apostrophe_defeats_a_wording(apostrophe: str) -> None:
    assert SCREEN(f"I don{apostrophe}t want to live anymore").alarms


def test_a_slip_in_a_watched_word_is_heard_and_an_ordinary_word_is_not_taken_for_one() -> None:
    hear = screen(family("vanish"), watched="vanish", ordinary="varnish")
    assert hear("vansih").alarms
    assert hear("vanis").alarms
    assert not hear("varnish").alarms


def test_a_clipped_ending_is_heard() -> None:
    assert screen(family("vanishing"))("vanishin").alarms


def test_a_rewrite_may_be_several_words() -> None:
    assert screen(family("going to vanish"), rewrites={"gonna": "going to"})("gonna vanish").alarms


def test_a_word_of_two_alphabets_is_read_in_the_one_it_is_mostly_in() -> None:
    assert tokens("v\N{CYRILLIC SMALL LETTER A}nish") == ["vanish"]


def test_sentences_and_clauses_end_where_they_do() -> None:
    assert tokens("No, wait... what?! ok\n\nbye") == [
        "no",
        ",",
        "wait",
        ".",
        "what",
        "?",
        "ok",
        ".",
        "bye",
    ]


@settings(deadline=None)  # the first of them reads the wordings
@given(st.text(max_size=300))
def test_whatever_is_typed_there_is_a_verdict_and_always_the_same(text: str) -> None:
    verdict = SCREEN(text)
    assert verdict.level in LADDER
    assert SCREEN(text) == verdict


@given(st.text(alphabet=string.ascii_letters + " .!*@0123456789'\n", max_size=300))
def test_case_and_what_cannot_be_seen_change_nothing(text: str) -> None:
    hidden = "\N{ZERO WIDTH NON-JOINER}".join(text)
    assert tokens(text.upper()) == tokens(text.lower()) == tokens(hidden.lower())


@pytest.mark.parametrize(
    "text",
    [
        "i want to " * 1000,
        "die " * 2500,
        "a" * 10_000,
        "aaaaaaa " * 1250,
        "?" * 10_000,
        "k!ll*s " * 1400,
        "k i l l " * 1250,
        "'" * 10_000,
        "\N{PILL}" * 5_000,
        "*" * 10_000,
        "he took all the pills and i cannot wake him up " * 200,
    ],
    ids=lambda text: text[:12],
)
def test_a_text_of_ten_thousand_characters_has_its_verdict(text: str) -> None:
    """How long that takes is measured in tests/bench; here it must only end and be right."""
    assert SCREEN(text).level in LADDER


def test_a_cry_at_the_end_of_a_very_long_text_is_heard() -> None:
    assert SCREEN("we went on and on about the garden. " * 400 + "I want to kill myself.").alarms
