"""Weighs the words of a message together: the second opinion behind the wordings.

A wording knows what was thought of. Weights know how words stood in many messages by many
writers, so that what nobody thought of may still be heard. Whoever makes the weights calls
`word_features` and `letter_features` too, so that both mean the same.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import cast

from bot.core.verdict import CATEGORIES, LADDER, Category, Level
from bot.safety.normalise import ENDS

MOST_WORDS = 300
"""Words weighed; of a longer text, its beginning and its end."""

LETTERS = (3, 4, 5)
"""How many letters in a row are weighed, within a word and its edges."""

FEATURES = "# features\n"
"""The line between a file's settings and its features."""

_LOUDEST = 3
_REMEMBERED = 20_000


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a message is taken for if it alarms: one kind of level and category."""

    level: Level
    category: Category


class Weights:
    """The weights of one language, read from the lines of its file.

    A feature counts for its weight times its rarity, over the length of all that is known of the
    message, so that a long message is not an alarming one. `alone`: from this sum on the weights
    alarm by themselves. `agreed`: below this sum they doubt a wording that alarms.
    """

    def __init__(self, written: str) -> None:
        """Read `written`: settings as "@name value", then a feature a line, with its figures.

        Raises ValueError where it is not such a file.
        """
        self.alone = math.inf
        self.agreed = -math.inf
        self._bias = 0.0
        self._outcomes: list[tuple[Outcome, float]] = []
        self._known: dict[str, tuple[float, float, tuple[tuple[int, float], ...]]] = {}
        settings, _, features = written.partition(FEATURES)
        for line in settings.splitlines():
            if line.startswith("@"):
                name, *rest = line.split("\t")
                self._set(name[1:], rest)
        for line in features.splitlines():
            name, rarity, weight, *outcomes = line.split("\t")
            leanings = tuple(map(_leaning, outcomes)) if outcomes else ()
            self._known[name] = (float(rarity), float(weight), leanings)
        if self._known and not self._outcomes:
            raise ValueError("no @outcome")
        self._letters = lru_cache(_REMEMBERED)(self._letters_of)

    def _set(self, name: str, rest: Sequence[str]) -> None:
        match name:
            case "alone":
                self.alone = float(rest[0])
            case "agreed":
                self.agreed = float(rest[0])
            case "bias":
                self._bias = float(rest[0])
            case "outcome":
                level, category, bias = rest
                outcome = Outcome(cast(Level, level), cast(Category, category))
                if level not in LADDER or category not in CATEGORIES:
                    raise ValueError(f"unknown outcome {level} {category}")
                self._outcomes.append((outcome, float(bias)))

    def __bool__(self) -> bool:
        """Whether there is anything to weigh by."""
        return bool(self._known)

    def total(self, raw: Sequence[str], words: Sequence[str]) -> float:
        """Return how much speaks for a concern: `raw` as typed, `words` as they were meant."""
        spoken, squared = 0.0, 0.0
        for one in word_features(words):
            if (known := self._known.get(one)) is not None:
                rarity, weight, _ = known
                spoken += rarity * weight
                squared += rarity * rarity
        lettered, letters_squared = 0.0, 0.0
        for word in dict.fromkeys(_some(raw)):
            leaning, rarity = self._letters(word)
            lettered += leaning
            letters_squared += rarity
        return (
            self._bias
            + (spoken / math.sqrt(squared) if squared else 0.0)
            + (lettered / math.sqrt(letters_squared) if letters_squared else 0.0)
        )

    def outcome(self, words: Sequence[str]) -> tuple[Outcome, tuple[str, ...]]:
        """Return what a message that alarms is taken for, and the features that spoke loudest."""
        known = [(one, self._known[one]) for one in word_features(words) if one in self._known]
        length = math.sqrt(sum(rarity * rarity for _, (rarity, _, _) in known)) or 1.0
        sums = [bias for _, bias in self._outcomes]
        for _, (rarity, _, outcomes) in known:
            for number, leaning in outcomes:
                sums[number] += leaning * rarity / length
        highest = max(range(len(sums)), key=sums.__getitem__)
        loud = sorted(((rarity * weight, one) for one, (rarity, weight, _) in known), reverse=True)
        why = tuple(one for spoken, one in loud[:_LOUDEST] if spoken > 0)
        return self._outcomes[highest][0], why

    def _letters_of(self, word: str) -> tuple[float, float]:
        spoken, squared = 0.0, 0.0
        for one in letter_features(word):
            if (known := self._known.get(one)) is not None:
                spoken += known[0] * known[1]
                squared += known[0] * known[0]
        return spoken, squared


def _leaning(written: str) -> tuple[int, float]:
    number, _, leaning = written.partition(":")
    return int(number), float(leaning)


def word_features(words: Sequence[str]) -> list[str]:
    """Return what is weighed of words: each, two in a row or up to two words apart, and both ends.

    "^" marks the first word and "$" the last.
    """
    kept = [word for word in _some(words) if word not in ENDS]
    found = dict.fromkeys(kept)
    for one, two in pairwise(kept):
        found[f"{one} {two}"] = None
    for one, two in zip(kept, kept[2:], strict=False):
        found[f"{one} _ {two}"] = None
    for one, two in zip(kept, kept[3:], strict=False):
        found[f"{one} __ {two}"] = None
    if kept:
        found[f"^ {kept[0]}"] = None
        found[f"$ {kept[-1]}"] = None
    if "?" in words:
        found["?"] = None
    return list(found)


def letter_features(word: str) -> list[str]:
    """Return what is weighed of the letters of one word as typed, each marked by "~"."""
    if not word[0].isalnum():
        return []
    edged = f"~{word}~"
    return [
        "~" + edged[start : start + length]
        for length in LETTERS
        for start in range(len(edged) - length + 1)
    ]


def _some(words: Sequence[str]) -> Sequence[str]:
    if len(words) <= MOST_WORDS:
        return words
    return (*words[: MOST_WORDS // 2], *words[-MOST_WORDS // 2 :])
