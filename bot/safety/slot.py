"""One slot of a wording made ready: which words can begin it there, and where it then ends.

An entry is words in order; `word*` is any word that begins so and `#` any number.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.safety.pattern import Words

ANY_NUMBER = "#"
"""How a wording writes a number, whichever it is."""


def follow(rest: Words, words: Sequence[str], at: int) -> bool:
    """Tell whether `words` go on with `rest` from `at`."""
    if at + len(rest) > len(words):
        return False
    for wanted in rest:
        word = words[at]
        if word != wanted and not (
            (wanted[-1] == "*" and word.startswith(wanted[:-1]))
            or (wanted == ANY_NUMBER and word.isdigit())
        ):
            return False
        at += 1
    return True


def _longest_first(entry: Words) -> tuple[int, Words]:
    """Order entries so that every run takes the same one, and a longer one before its part."""
    return -len(entry), entry


class Slot:
    """The ways one place of a wording can be filled, by their first word: what must follow it.

    `heads` are the first words there are, `begun` the beginnings of words; `elastic`: more words
    than the `heads` can come first. `widest` is the longest entry, in words. `rank` is how usual
    the entries are: how many hold none but common words, and how many there are.
    """

    __slots__ = ("beginnings", "begun", "elastic", "heads", "lengths", "rank", "whole", "widest")

    def __init__(self, entries: Iterable[Words], common: frozenset[str]) -> None:
        """Make `entries` ready; `common` words tell nothing."""
        self.whole: dict[str, tuple[Words, ...]] = {}
        self.beginnings: dict[str, tuple[Words, ...]] = {}
        self.widest = 0
        usual = count = 0
        for entry in sorted(entries, key=_longest_first):
            head, rest = entry[0], entry[1:]
            if head[-1] == "*":
                self.beginnings[head[:-1]] = (*self.beginnings.get(head[:-1], ()), rest)
            else:
                self.whole[head] = (*self.whole.get(head, ()), rest)
            if len(entry) > self.widest:
                self.widest = len(entry)
            count += 1
            usual += common.issuperset(entry)
        self.heads = frozenset(self.whole)
        self.elastic = bool(self.beginnings) or ANY_NUMBER in self.whole
        self.begun = tuple(self.beginnings)
        self.lengths = tuple(sorted({len(one) for one in self.beginnings}))
        self.rank = (usual, count)

    def is_missing_in(self, every: frozenset[str]) -> bool:
        """Tell whether no entry can begin with any word of `every`."""
        if not every.isdisjoint(self.heads):
            return False
        begun = self.begun
        return not (begun and any(word.startswith(begun) for word in every))

    def ends(self, words: Sequence[str], at: int) -> tuple[int, ...]:
        """Return where the entries that begin at word `at` end, each as the word after it."""
        word = words[at]
        rests = self.whole.get(word, ())
        if word.isdigit():
            rests += self.whole.get(ANY_NUMBER, ())
        for length in self.lengths:
            if length > len(word):
                break
            rests += self.beginnings.get(word[:length], ())
        return tuple(at + 1 + len(rest) for rest in rests if follow(rest, words, at + 1))
