"""The corpus is what it says: many writers, two halves that share nothing, enough of everything."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from bot.core.verdict import LADDER
from bot.safety.scorecard import ALARMING
from tests.safety.corpus import HERE, half, lines, writers

LEAST = {
    "en": (1500, 3000),
    "es": (300, 600),
    "de": (150, 300),
    "pt": (150, 300),
    "fr": (150, 300),
    "ru": (150, 300),
}
"""Alarming and quiet lines there must be in each language."""


def five_in_a_row(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"[\w']+", text.casefold().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'"))
    return {tuple(words[n : n + 5]) for n in range(len(words) - 4)}


@pytest.mark.parametrize("language", LEAST)
def test_there_are_enough_lines(language: str) -> None:
    counts = Counter(line.label in ALARMING for line in lines() if line.writer.language == language)
    alarming, quiet = LEAST[language]
    assert counts[True] >= alarming
    assert counts[False] >= quiet


def test_every_writer_has_a_card_and_lines_of_their_own() -> None:
    files = {path.stem for path in (HERE / "corpus").glob("*.jsonl")}
    assert files == set(writers())
    for path in (HERE / "corpus").glob("*.jsonl"):
        assert f'"writer": "{path.stem}"' in path.read_text(encoding="utf-8")
    for line in lines():
        assert len(line.writer.card) > 30, line.writer.id


@pytest.mark.parametrize("language", LEAST)
def test_no_writer_is_on_both_sides_and_each_side_has_several(language: str) -> None:
    building = {line.writer.id for line in half("building", language)}
    checking = {line.writer.id for line in half("checking", language)}
    assert not building & checking
    assert len(building) > 1
    assert len(checking) > 1


def test_no_five_words_in_a_row_are_on_both_sides() -> None:
    checking = {run for line in half("checking") for run in five_in_a_row(line.text)}
    shared = [line for line in half("building") if five_in_a_row(line.text) & checking]
    assert shared == []


def test_no_line_stands_twice() -> None:
    counts = Counter((line.writer.language, line.text) for line in lines())
    assert [text for text, count in counts.items() if count > 1] == []


def test_every_label_is_a_level_and_every_category_has_several_writers() -> None:
    by_category: dict[str, set[str]] = {}
    for line in lines():
        assert line.label in LADDER
        by_category.setdefault(line.category, set()).add(line.writer.id)
    lonely = {name for name, who in by_category.items() if len(who) < 3}
    assert lonely == set()
