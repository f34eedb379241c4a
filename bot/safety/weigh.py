"""Weighs the words of a message together: the second opinion behind the wordings.

A wording knows what was thought of. Weights know how words stood in many messages by many
writers, so that what nobody thought of may still be heard. They can only add a concern, never take
one away. `features` is what the weights are about; whoever makes them calls it too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.core.verdict import Category, Level
from bot.safety.normalise import ENDS

MOST_WORDS = 400
"""Words weighed; of a longer text, its beginning."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What each feature says, in one language.

    `alarm`: how much it speaks for a concern; a message whose sum, divided by the root of its
    number of known features, is above `from_sum` is one. `levels` and `categories` say, by the same
    sum and for each outcome, which it is; the highest wins.
    """

    alarm: Mapping[str, float] = field(default_factory=dict, repr=False)
    from_sum: float = 0.0
    bias: float = 0.0
    levels: Mapping[Level, Mapping[str, float]] = field(default_factory=dict, repr=False)
    categories: Mapping[Category, Mapping[str, float]] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Weighed:
    """An opinion: the level, what it is about, and the features that spoke loudest for it."""

    level: Level
    category: Category
    why: tuple[str, ...]


def features(words: Sequence[str], found: Iterable[str] = ()) -> list[str]:
    """Return what can be weighed of `words`: each, each two and three in a row, and two apart.

    `found` are the ids of wordings that stand in it, whatever became of them.
    """
    kept = [word for word in words[:MOST_WORDS] if word not in ENDS]
    seen = dict.fromkeys(kept)
    for first, second in zip(kept, kept[1:], strict=False):
        seen[f"{first} {second}"] = None
    for first, second, third in zip(kept, kept[1:], kept[2:], strict=False):
        seen[f"{first} {second} {third}"] = None
        seen[f"{first} _ {third}"] = None
    for name in found:
        seen[f"={name}"] = None
    return list(seen)
