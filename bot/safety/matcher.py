"""Finds which wordings stand in a list of words, quickly and in bounded time.

Each wording is looked for only where its rarest slot was found, and only as far around it as the
wording can reach: the work grows with the text, never with a power of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.safety.normalise import ENDS
from bot.safety.pattern import Element, Part, Words

NEAR = 24
"""How many words apart the parts of one `&` wording may begin."""

MOST_ANCHORS = 40
"""Places looked at per wording and slot; a text with more repeats itself."""

_REMEMBERED = 20_000


@dataclass(frozen=True, slots=True)
class Found:
    """Where a wording stands: first and last word, and a bit for each word it used."""

    start: int
    end: int
    used: int


@dataclass(frozen=True, slots=True)
class _Place:
    slot: int
    gap: int
    optional: bool


@dataclass(frozen=True, slots=True)
class _Sequence:
    places: tuple[_Place, ...]
    needed: tuple[int, ...]
    anchor: int
    reach: int
    begins: bool
    ends: bool


class Matcher:
    """All wordings of one language, each under a number the caller chooses."""

    def __init__(self, wordings: Iterable[tuple[int, tuple[Part, ...]]], common: frozenset[str]):
        self._slots: dict[frozenset[Words], int] = {}
        self._common = common
        self._by_anchor: dict[int, list[tuple[int, tuple[_Sequence, ...]]]] = {}
        for number, parts in wordings:
            sequences = sorted((self._sequence(part) for part in parts), key=self._commonness)
            self._by_anchor.setdefault(sequences[0].anchor, []).append((number, tuple(sequences)))
        self._first: dict[str, list[tuple[Words, int]]] = {}
        self._beginning: dict[str, list[tuple[Words, int]]] = {}
        for entries, slot in self._slots.items():
            for entry in entries:
                head, rest = entry[0], entry[1:]
                where = self._beginning if head.endswith("*") else self._first
                where.setdefault(head.rstrip("*"), []).append((rest, slot))
        self._lengths = tuple(sorted({len(one) for one in self._beginning}))
        self._entries = lru_cache(_REMEMBERED)(self._entries_of)

    def known(self) -> tuple[frozenset[str], frozenset[str]]:
        """Return the whole words, and the beginnings of words, that any wording uses."""
        words = {word for entries in self._slots for entry in entries for word in entry}
        whole = frozenset(word for word in words if not word.endswith("*"))
        return whole, frozenset(word.rstrip("*") for word in words - whole)

    def find(self, words: Sequence[str]) -> dict[int, list[Found]]:
        """Return, by number, where each wording stands in `words` (sentence ends included)."""
        spans = self._spans(words)
        found: dict[int, list[Found]] = {}
        for slot in spans:
            for number, sequences in self._by_anchor.get(slot, ()):
                if any(one not in spans for one in sequences[0].needed):
                    continue
                here = list(_stands(sequences[0], spans, words))
                for other in sequences[1:]:
                    if not here or any(one not in spans for one in other.needed):
                        here = []
                        break
                    here = _beside(here, list(_stands(other, spans, words)))
                if here:
                    found.setdefault(number, []).extend(here)
        return found

    def _spans(self, words: Sequence[str]) -> dict[int, dict[int, list[int]]]:
        spans: dict[int, dict[int, list[int]]] = {}
        count = len(words)
        for start, word in enumerate(words):
            for rest, slot in self._entries(word):
                end = start + 1
                for wanted in rest:
                    if end >= count or not _fits(words[end], wanted):
                        break
                    end += 1
                else:
                    spans.setdefault(slot, {}).setdefault(start, []).append(end)
        return spans

    def _entries_of(self, word: str) -> tuple[tuple[Words, int], ...]:
        entries = list(self._first.get(word, ()))
        for length in self._lengths:
            if length > len(word):
                break
            entries += self._beginning.get(word[:length], ())
        return tuple(entries)

    def _sequence(self, part: Part) -> _Sequence:
        places, widths = [], []
        for element in part.elements:
            slot = self._slots.setdefault(element.entries, len(self._slots))
            places.append(_Place(slot, element.gap, element.optional))
            widths.append(element.gap + max(len(entry) for entry in element.entries))
        firm = [n for n, place in enumerate(places) if not place.optional]
        rarest = min(firm, key=lambda n: self._rank(part.elements[n]))
        needed = tuple(places[n].slot for n in firm)
        reach = sum(widths[:rarest]) + places[rarest].gap
        return _Sequence(
            tuple(places), needed, places[rarest].slot, reach, part.begins, part.ends
        )

    def _rank(self, element: Element) -> tuple[int, int]:
        common = sum(all(word in self._common for word in entry) for entry in element.entries)
        return common, len(element.entries)

    def _commonness(self, sequence: _Sequence) -> tuple[int, int]:
        entries = next(e for e, slot in self._slots.items() if slot == sequence.anchor)
        return self._rank(Element(entries))


def _fits(word: str, wanted: str) -> bool:
    return word.startswith(wanted[:-1]) if wanted[-1] == "*" else word == wanted


def _stands(
    sequence: _Sequence, spans: dict[int, dict[int, list[int]]], words: Sequence[str]
) -> Iterator[Found]:
    anchors = list(spans[sequence.anchor])
    if len(anchors) > MOST_ANCHORS:
        anchors = anchors[: MOST_ANCHORS // 2] + anchors[-MOST_ANCHORS // 2 :]
    tried = -1
    for anchor in anchors:
        for start in range(max(tried + 1, anchor - sequence.reach), anchor + 1):
            tried = start
            if sequence.begins and start and words[start - 1] not in ENDS:
                continue
            if (walked := _walk(sequence, 0, start, 0, spans, words)) is not None:
                yield Found(start, walked[0], walked[1])


def _walk(  # noqa: PLR0913, PLR0917  (one small recursion over plain values)
    sequence: _Sequence,
    number: int,
    at: int,
    used: int,
    spans: dict[int, dict[int, list[int]]],
    words: Sequence[str],
) -> tuple[int, int] | None:
    """Return the end and the words used, once all places from `number` on are filled from `at`."""
    if number == len(sequence.places):
        if sequence.ends and at < len(words) and words[at] not in ENDS:
            return None
        return at, used
    place = sequence.places[number]
    starts = spans.get(place.slot)
    if starts:
        for start in range(at, min(at + (place.gap if used else 0), len(words) - 1) + 1):
            if start > at and words[start - 1] in ENDS:
                break
            for end in starts.get(start, ()):
                taken = used | ((1 << end) - (1 << start))
                if (walked := _walk(sequence, number + 1, end, taken, spans, words)) is not None:
                    return walked
    if place.optional:
        return _walk(sequence, number + 1, at, used, spans, words)
    return None


def _beside(here: list[Found], others: list[Found]) -> list[Found]:
    """Return what stands here with another one near it, as one."""
    joined = []
    for one in here:
        for other in others:
            if abs(one.start - other.start) <= NEAR and not one.used & other.used:
                start, end = min(one.start, other.start), max(one.end, other.end)
                joined.append(Found(start, end, one.used | other.used))
                break
    return joined
