"""What the floor must at least hear, and how rarely it may be wrong: the checking half, in CI.

The figures of every language stand in docs/safety.md; these are the floors under them.
"""

from __future__ import annotations

import pytest

from bot.safety.scorecard import QUIET
from tests.safety.scorecard import PAGE, card, keyword_screen, page, screen

GATES = {
    "en": (0.95, 0.03),
    "es": (0.71, 0.07),
    "de": (0.73, 0.09),
    "pt": (0.83, 0.10),
    "fr": (0.77, 0.08),
    "ru": (0.82, 0.05),
}
"""Least share of emergencies and crises flagged, and most of quiet lines, by language.

English is held to what was asked for. The other languages have few checking lines and were never
mended against them: theirs is what was reached at first sight, and must not be lost again.
"""


@pytest.mark.parametrize("language", GATES)
def test_emergencies_and_crises_are_heard(language: str) -> None:
    least, _ = GATES[language]
    assert card(language, screen()).share(["emergency", "crisis"]) >= least


@pytest.mark.parametrize("language", GATES)
def test_quiet_lines_are_left_alone(language: str) -> None:
    _, most = GATES[language]
    assert card(language, screen()).share(QUIET) <= most


@pytest.mark.parametrize("language", GATES)
def test_what_is_flagged_is_at_most_one_level_off(language: str) -> None:
    assert card(language, screen()).within_a_step >= 0.85


@pytest.mark.parametrize("language", GATES)
def test_a_keyword_list_hears_far_less(language: str) -> None:
    peer = card(language, keyword_screen)
    assert card(language, screen()).recall > 1.5 * peer.recall


def test_the_page_says_what_is_so() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run: make scorecard"
