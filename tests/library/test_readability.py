"""The formulas give the figures they are published with, and are fair to short and odd texts."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.library.readability import ENOUGH, Level, Size, level, measure, sentences
from bot.library.syllables import count_syllables
from bot.library.wording import check_wording
from tests.library.garden import few_words, swap

HARD_EN = (
    "Participation necessitates considerable determination, and professional consultation"
    " facilitates appropriate rehabilitation opportunities. Continuous documentation of"
    " individual circumstances additionally contributes to comprehensive understanding."
)
HARD_ES = (
    "La participación continuada requiere considerable determinación individual. El"
    " acompañamiento profesional especializado proporciona oportunidades extraordinarias de"
    " rehabilitación psicosocial e integración comunitaria."
)


@pytest.mark.parametrize(
    ("words", "language"),
    [
        (
            "1:time asked used help sure walk times friends died scared your loved"
            " 2:about today body little wanted places changes being quiet using settled answer"
            " didn't moment table water trying client check-in"
            " 3:tomorrow idea everything medicine violent usual opioids employer prescription"
            " 4:emergency recovery information society situation professional anxiety",
            "en",
        ),
        (
            "1:que y muy quién hoy buey"
            " 2:día agua noche país leer aún ciudad cuida viaje guía tiempo oyes"
            " 3:ahora ayuda mañana idea línea siguiente poeta confías sería héroe"
            " 4:todavía emergencia averigüe peligrosa información",
            "es",
        ),
    ],
)
def test_syllables_are_counted_as_spoken(words: str, language: str) -> None:
    expected = 0
    for word in words.split():
        head, colon, tail = word.partition(":")
        expected, word = (int(head), tail) if colon else (expected, word)
        assert count_syllables(word, language) == expected, word


def test_a_language_without_a_formula_is_an_error_of_the_caller() -> None:
    with pytest.raises(KeyError):
        count_syllables("Wasser", "de")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two? Three; four: five…", 5),
        ("A line\nand another", 2),
        ("Llama al 911 en EE. UU. ahora mismo.", 1),
        ("It is 7.30 at findahelpline.com or so.", 1),
        ("**Bold.** *Then this.*", 2),
        ("...", 0),
    ],
)
def test_sentences_end_where_a_reader_stops(text: str, expected: int) -> None:
    assert len(list(sentences(text))) == expected


def test_a_number_an_address_and_a_command_count_as_one_short_word() -> None:
    assert measure(["800 911, findahelpline.com, /settings"], "en") == Size(1, 4, 4)


def test_the_published_example_of_flesch_kincaid() -> None:
    text = "The Australian platypus is seemingly a hybrid of a mammal and reptilian creature."
    assert measure([text], "en").words == 13
    assert level(Size(1, 13, 24), "en").score == pytest.approx(11.3, abs=0.05)


def test_the_formula_of_szigriszt_pazos() -> None:
    assert level(Size(2, 20, 40), "es").score == pytest.approx(206.835 - 62.3 * 2 - 10)


@pytest.mark.parametrize(
    ("score", "language", "easy"),
    [(6.0, "en", True), (6.1, "en", False), (65.0, "es", True), (64.9, "es", False)],
)
def test_where_the_limits_lie(score: float, language: str, easy: bool) -> None:
    assert Level(language, score).easy is easy


@pytest.mark.parametrize(("text", "language"), [(HARD_EN, "en"), (HARD_ES, "es")])
def test_officialese_is_too_hard(text: str, language: str) -> None:
    assert not level(measure([text], language), language).easy


@pytest.mark.parametrize(
    ("edited", "old", "hard"),
    [
        ("flows/garden.toml", "Thank you for looking.", HARD_EN),
        ("es/flows/garden.toml", "Gracias por mirar.", HARD_ES),
    ],
)
def test_a_hard_message_is_found_with_its_place_and_figure(
    tmp_path: Path, edited: str, old: str, hard: str
) -> None:
    folder = few_words(tmp_path / "content")
    swap(folder / edited, old, hard)
    (problem,) = [p for p in check_wording(folder) if "reading-level" in p.what]
    assert problem.file == edited
    assert "[flow-garden-closing-done]" in problem.where
    assert "too hard to read" in problem.what


def test_short_sentences_are_measured_together(tmp_path: Path) -> None:
    folder = few_words(tmp_path / "content")
    short = "Participation necessitates determination considerably."
    path = folder / "flows" / "garden.toml"
    for old in ("What's it like out there?", "What did you take along?", "Thank you for looking."):
        swap(path, old, f"{short} {short}"[: -1 if old.endswith("?") else None])
    assert measure([f"{short} {short}"], "en").words < ENOUGH
    (problem,) = check_wording(folder)
    assert (problem.file, problem.where) == ("flows/garden.toml", "")
    assert "taken together" in problem.what


def test_one_hard_button_is_not_measured(tmp_path: Path) -> None:
    folder = few_words(tmp_path / "content")
    swap(folder / "flows" / "garden.toml", '"Sunshine"', '"Extraordinary illumination"')
    assert check_wording(folder) == []


def test_a_sentence_that_goes_on_is_found(tmp_path: Path) -> None:
    folder = few_words(tmp_path / "content")
    long = "You look " + "and you look " * 8 + "at it."
    swap(folder / "flows" / "garden.toml", "Thank you for looking.", long)
    (problem,) = [p for p in check_wording(folder) if "long-sentence" in p.what]
    assert "a sentence of 28 words" in problem.what
