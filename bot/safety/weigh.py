"""Weighs the words of a message together: the second opinion behind the wordings.

A wording knows what was thought of. Weights know how words stood in many messages by many
writers, so that what nobody thought of may still be heard. Whoever makes the weights calls
`word_features` and `letter_features` too, so that both mean the same.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.core.verdict import Category, Level
from bot.safety.normalise import ENDS

MOST_WORDS = 300
"""Words weighed; of a longer text, its beginning and its end."""

LETTERS = (3, 4, 5)
"""How many letters in a row are weighed, within a word and its edges."""

_LOUDEST = 3


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a message is taken for if it alarms: one kind of level and category."""

    level: Level
    category: Category


@dataclass(frozen=True, slots=True)
class Weighed:
    """An opinion: the sum for a concern, what it would be, and what spoke loudest."""

    total: float
    outcome: Outcome
    why: tuple[str, ...]


class Weights:
    """The weights of one language, read from the lines of its file.

    `alone`: from this sum on the weights alarm by themselves. `agreed`: from this sum on they let
    a wording alarm that is not sure of itself.
    """

    def __init__(self, written: str) -> None:
        """Read `written`: settings as "@name value", else feature, rarity, weight, outcomes."""
        self.alone = math.inf
        self.agreed = -math.inf
        self._bias = 0.0
        self._outcomes: list[tuple[Outcome, float]] = []
        self._known: dict[str, tuple[float, float, tuple[tuple[int, float], ...]]] = {}
        for line in written.splitlines():
            if line.startswith("#") or not line:
                continue
            name, *rest = line.split("\t")
            if name.startswith("@"):
                self._set(name[1:], rest)
            else:
                outcomes = tuple(
                    (int(number), float(weight))
                    for number, _, weight in (one.partition(":") for one in rest[2:])
                )
                self._known[name] = (float(rest[0]), float(rest[1]), outcomes)

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
                self._outcomes.append((Outcome(level, category), float(bias)))  # type: ignore[arg-type]

    def __bool__(self) -> bool:
        """Whether there is anything to weigh by."""
        return bool(self._known)

    def weigh(self, raw: Sequence[str], words: Sequence[str]) -> Weighed:
        """Return the opinion on a message: `raw` tokens as typed, `words` as they were meant."""
        total = self._bias
        sums = [bias for _, bias in self._outcomes]
        loud: list[tuple[float, str]] = []
        for features, shown in ((word_features(words), True), (letter_features(raw), False)):
            known = [(one, self._known[one]) for one in features if one in self._known]
            length = math.sqrt(sum(rarity * rarity for _, (rarity, _, _) in known)) or 1.0
            for one, (rarity, weight, outcomes) in known:
                part = rarity / length
                total += part * weight
                for number, leaning in outcomes:
                    sums[number] += part * leaning
                if shown and weight > 0:
                    loud.append((part * weight, one))
        highest = max(range(len(sums)), key=sums.__getitem__)
        why = tuple(one for _, one in sorted(loud, reverse=True)[:_LOUDEST])
        return Weighed(total, self._outcomes[highest][0], why)


def word_features(words: Sequence[str]) -> list[str]:
    """Return what is weighed of words: each, two and three in a row, and two that are one apart."""
    kept = [word for word in _some(words) if word not in ENDS]
    found = dict.fromkeys(kept)
    for one, two in pairwise(kept):
        found[f"{one} {two}"] = None
    for one, two, three in zip(kept, kept[1:], kept[2:], strict=False):
        found[f"{one} {two} {three}"] = None
        found[f"{one} _ {three}"] = None
    if "?" in words:
        found["?"] = None
    if kept:
        found[f"^ {kept[0]}"] = None
    return list(found)


def letter_features(raw: Iterable[str]) -> list[str]:
    """Return what is weighed of letters, each marked by "~": runs of them in a word as typed."""
    found: dict[str, None] = {}
    for word in dict.fromkeys(_some(list(raw))):
        if word[0].isalnum():
            edged = f"~{word}~"
            for length in LETTERS:
                for start in range(len(edged) - length + 1):
                    found["~" + edged[start : start + length]] = None
    return list(found)


def _some(words: Sequence[str]) -> Sequence[str]:
    if len(words) <= MOST_WORDS:
        return words
    return (*words[: MOST_WORDS // 2], *words[-MOST_WORDS // 2 :])
