"""Finds which wordings stand in a list of words, quickly and in bounded time.

Each wording is looked for only where its rarest place is filled, and only as far around it as it
can reach: the work grows with the text, never with a power of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from bot.safety.normalise import ENDS
from bot.safety.pattern import Element, Part, Words

NEAR = 24
"""How many words apart the parts of one `&` wording may begin."""

MOST_ANCHORS = 16
"""Places looked at per wording and slot; a text with more repeats itself."""

ANY_NUMBER = "#"
"""How a wording writes a number, whichever it is."""

_REMEMBERED = 20_000
_NOWHERE: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """Where a wording stands: first and last word, and a bit for each word it used."""

    start: int
    end: int
    used: int


class _Slot:
    """Entries by their first word: what must follow it. `widest` is the longest, in words."""

    __slots__ = ("beginnings", "heads", "lengths", "rank", "whole", "widest")

    def __init__(self, entries: Iterable[Words], common: frozenset[str]) -> None:
        self.whole: dict[str, tuple[Words, ...]] = {}
        self.beginnings: dict[str, tuple[Words, ...]] = {}
        self.widest = 0
        usual = count = 0
        for entry in entries:
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
        self.lengths = tuple(sorted({len(one) for one in self.beginnings}))
        self.rank = (usual, count)


@dataclass(frozen=True, slots=True)
class _Place:
    slot: int
    gap: int
    optional: bool


@dataclass(frozen=True, slots=True)
class _Sequence:
    """A part made ready: looked for at `anchor`, at most `reach` words after its first word.

    `needed` are the other slots without one of which it cannot stand anywhere in a text.
    """

    places: tuple[_Place, ...]
    anchor: int
    needed: tuple[int, ...]
    reach: int
    begins: bool
    ends: bool


@dataclass(slots=True)
class _Text:
    """The words of one message, which slots begin where, and which may be there at all."""

    words: Sequence[str]
    every: frozenset[str]
    known: dict[int, tuple[int, ...]] = field(default_factory=dict)
    missing: dict[int, bool] = field(default_factory=dict)


class Matcher:
    """All wordings of one language, each under a number the caller chooses."""

    def __init__(
        self, wordings: Iterable[tuple[int, tuple[Part, ...]]], common: frozenset[str]
    ) -> None:
        """Make `wordings` ready; `common` words are the last to look for anything by."""
        self._common = common
        self._numbers: dict[frozenset[Words], int] = {}
        self._slots: list[_Slot] = []
        self._by_anchor: dict[int, list[tuple[int, tuple[int, ...], tuple[_Sequence, ...]]]] = {}
        for number, parts in wordings:
            ready = sorted((self._sequence(part) for part in parts), key=self._rank)
            anchor = _anchor(ready[0])
            needed = {slot for one in ready for slot in one.needed} - {anchor}
            rarest_first = tuple(sorted(needed, key=lambda slot: self._slots[slot].rank))
            self._by_anchor.setdefault(anchor, []).append((number, rarest_first, tuple(ready)))
        self._numbers.clear()
        self._first: dict[str, list[tuple[Words, int]]] = {}
        self._beginning: dict[str, list[tuple[Words, int]]] = {}
        for number in self._by_anchor:
            slot = self._slots[number]
            for where, entries in ((self._first, slot.whole), (self._beginning, slot.beginnings)):
                for head, rests in entries.items():
                    where.setdefault(head, []).extend((rest, number) for rest in rests)
        self._lengths = tuple(sorted({len(one) for one in self._beginning}))
        self._anchors_at = lru_cache(_REMEMBERED)(self._anchored)

    def known(self) -> tuple[frozenset[str], frozenset[str]]:
        """Return the whole words, and the beginnings of words, that any wording uses."""
        every: set[str] = set()
        begun: set[str] = set()
        for slot in self._slots:
            begun |= slot.beginnings.keys()
            every |= slot.heads
            for rests in (*slot.whole.values(), *slot.beginnings.values()):
                every.update(*rests)
        whole = {word for word in every if word[-1] != "*"}
        begun |= {word[:-1] for word in every - whole}
        return frozenset(whole), frozenset(begun)

    def find(self, words: Sequence[str]) -> dict[int, list[Found]]:
        """Return, by number, where each wording stands in `words` (sentence ends included)."""
        every = frozenset(words)
        if any(word.isdigit() for word in every):
            every |= {ANY_NUMBER}
        text = _Text(words, every)
        missing = text.missing
        found: dict[int, list[Found]] = {}
        for slot, anchors in self._anchors(words).items():
            for number, needed, sequences in self._by_anchor[slot]:
                for one in needed:
                    lacks = missing.get(one)
                    if lacks is None:
                        lacks = missing[one] = text.every.isdisjoint(self._slots[one].heads)
                    if lacks:
                        break
                else:
                    if here := self._together(sequences, anchors, text):
                        found.setdefault(number, []).extend(here)
        return found

    def _together(
        self, sequences: tuple[_Sequence, ...], anchors: Sequence[int], text: _Text
    ) -> list[Found]:
        here = list(self._stands(sequences[0], anchors, text))
        for other in sequences[1:]:
            if not here:
                break
            here = _beside(here, list(self._anywhere(other, text)))
        return here

    def _anchors(self, words: Sequence[str]) -> dict[int, list[int]]:
        anchors: dict[int, list[int]] = {}
        count = len(words)
        for start, word in enumerate(words):
            for rest, slot in self._anchors_at(word):
                end = start + 1
                for wanted in rest:
                    if end >= count or not _fits(words[end], wanted):
                        break
                    end += 1
                else:
                    places = anchors.setdefault(slot, [])
                    if not places or places[-1] != start:
                        places.append(start)
        return anchors

    def _anchored(self, word: str) -> tuple[tuple[Words, int], ...]:
        entries = list(self._first.get(word, ()))
        if word.isdigit():
            entries += self._first.get(ANY_NUMBER, ())
        for length in self._lengths:
            if length > len(word):
                break
            entries += self._beginning.get(word[:length], ())
        return tuple(entries)

    def _sequence(self, part: Part) -> _Sequence:
        places = tuple(
            _Place(self._number(element), element.gap, element.optional)
            for element in part.elements
        )
        firm = [n for n, place in enumerate(places) if not place.optional]
        rarest = min(firm, key=lambda n: self._slots[places[n].slot].rank)
        before = sum(one.gap + self._slots[one.slot].widest for one in places[:rarest])
        reach = before + places[rarest].gap
        slots = (places[n].slot for n in firm)
        needed = tuple(slot for slot in slots if not self._slots[slot].beginnings)
        return _Sequence(places, rarest, needed, reach, part.begins, part.ends)

    def _number(self, element: Element) -> int:
        number = self._numbers.get(element.entries)
        if number is None:
            number = self._numbers[element.entries] = len(self._slots)
            self._slots.append(_Slot(element.entries, self._common))
        return number

    def _rank(self, sequence: _Sequence) -> tuple[int, int]:
        return self._slots[_anchor(sequence)].rank

    def _ends(self, slot: int, at: int, text: _Text) -> tuple[int, ...]:
        """Return where entries of `slot` that begin at word `at` end."""
        key = (slot << 16) | at
        ends = text.known.get(key)
        if ends is None:
            ends = text.known[key] = self._ends_of(self._slots[slot], at, text.words)
        return ends

    def _ends_of(self, slot: _Slot, at: int, words: Sequence[str]) -> tuple[int, ...]:
        word = words[at]
        rests = slot.whole.get(word, ())
        if word.isdigit():
            rests += slot.whole.get(ANY_NUMBER, ())
        for length in slot.lengths:
            if length > len(word):
                break
            rests += slot.beginnings.get(word[:length], ())
        if not rests:
            return _NOWHERE
        ends = []
        for rest in rests:
            end = at + 1
            for wanted in rest:
                if end >= len(words) or not _fits(words[end], wanted):
                    break
                end += 1
            else:
                ends.append(end)
        return tuple(ends)

    def _anywhere(self, sequence: _Sequence, text: _Text) -> Iterator[Found]:
        slot = _anchor(sequence)
        anchors = [at for at in range(len(text.words)) if self._ends(slot, at, text)]
        return self._stands(sequence, anchors, text)

    def _stands(
        self, sequence: _Sequence, anchors: Sequence[int], text: _Text
    ) -> Iterator[Found]:
        if len(anchors) > MOST_ANCHORS:
            anchors = [*anchors[: MOST_ANCHORS // 2], *anchors[-MOST_ANCHORS // 2 :]]
        tried = -1
        for anchor in anchors:
            if sequence.anchor and not self._led_to(sequence, anchor, text):
                continue
            for start in range(max(tried + 1, anchor - sequence.reach), anchor + 1):
                tried = start
                if sequence.begins and start and text.words[start - 1] not in ENDS:
                    continue
                if (walked := self._walk(sequence, 0, start, 0, text)) is not None:
                    yield Found(start, walked[0], walked[1])

    def _led_to(self, sequence: _Sequence, anchor: int, text: _Text) -> bool:
        """Tell whether the place before the anchor is filled; where it may be missing, yes."""
        before = sequence.places[sequence.anchor - 1]
        if before.optional:
            return True
        earliest = anchor - sequence.places[sequence.anchor].gap
        for start in range(max(0, earliest - self._slots[before.slot].widest), anchor):
            for end in self._ends(before.slot, start, text):
                if earliest <= end <= anchor:
                    return True
        return False

    def _walk(
        self, sequence: _Sequence, number: int, at: int, used: int, text: _Text
    ) -> tuple[int, int] | None:
        """Return the end and the words used, once all places from `number` on are filled."""
        words = text.words
        if number == len(sequence.places):
            if sequence.ends and at < len(words) and words[at] not in ENDS:
                return None
            return at, used
        place = sequence.places[number]
        last = min(at + (place.gap if used else 0), len(words) - 1)
        known = text.known
        for start in range(at, last + 1):
            if start > at and words[start - 1] in ENDS:
                break
            ends = known.get((place.slot << 16) | start)
            for end in self._ends(place.slot, start, text) if ends is None else ends:
                taken = used | ((1 << end) - (1 << start))
                walked = self._walk(sequence, number + 1, end, taken, text)
                if walked is not None:
                    return walked
        if place.optional:
            return self._walk(sequence, number + 1, at, used, text)
        return None


def _anchor(sequence: _Sequence) -> int:
    return sequence.places[sequence.anchor].slot


def _fits(word: str, wanted: str) -> bool:
    if wanted[-1] == "*":
        return word.startswith(wanted[:-1])
    return word == wanted or (wanted == ANY_NUMBER and word.isdigit())


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
