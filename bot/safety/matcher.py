"""Finds which wordings stand in a list of words, quickly and in bounded time.

Each wording is looked for only where its rarest place is filled, and only as far around it as it
can reach: the work grows with the text, never with a power of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from bot.safety.normalise import ENDS
from bot.safety.pattern import Element, Part, PatternBroken, Slots, Words, parse, rarest_heads
from bot.safety.slot import ANY_NUMBER, Slot, follow

NEAR = 24
"""How many words apart the parts of one `&` wording may begin."""

MOST_ANCHORS = 8
"""Places looked at per wording, the first and the last; a text with more repeats itself."""

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
    """A part made ready: looked for at `anchor`, at most `reach` words after its first word.

    `needed` are the other slots without one of which it cannot stand anywhere in a text.
    """

    places: tuple[_Place, ...]
    anchor: int
    needed: tuple[int, ...]
    reach: int
    begins: bool
    ends: bool


@dataclass(frozen=True, slots=True, eq=False)
class _Wording:
    """One line made ready: the number it has, the slots it cannot do without, and its parts."""

    number: int
    needed: tuple[int, ...]
    sequences: tuple[_Sequence, ...]


@dataclass(slots=True)
class _Text:
    """The words of one message, which slots begin where, and which may be there at all."""

    words: Sequence[str]
    every: frozenset[str]
    known: dict[int, tuple[int, ...]] = field(default_factory=dict)
    missing: dict[int, bool] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Broken:
    """A line of wording that cannot be read, whose it is, and why."""

    number: int
    line: str
    why: str


class Matcher:
    """All wordings of one language, each under a number the caller chooses.

    A line is made ready when words come near it for the first time, or by `wake`. One that cannot
    be read is left out and listed in `broken`.
    """

    def __init__(
        self, lines: Iterable[tuple[int, str]], slots: Slots, common: frozenset[str]
    ) -> None:
        """Take `lines` with their numbers; `common` words are the last to look for anything by."""
        self.broken: list[Broken] = []
        self._common = common
        self._written = slots
        self._asleep: dict[str, list[tuple[int, str]]] = {}
        self._asleep_beginnings: dict[str, list[tuple[int, str]]] = {}
        self._awake: set[tuple[int, str]] = set()
        self._numbers: dict[frozenset[Words], int] = {}
        self._slots: list[Slot] = []
        self._by_anchor: dict[int, list[_Wording]] = {}
        self._first: dict[str, list[int]] = {}
        self._pairs: dict[tuple[str, str], list[tuple[Words, int]]] = {}
        self._beginning: dict[str, list[int]] = {}
        self._lengths: tuple[int, ...] = ()
        for number, line in lines:
            try:
                heads = rarest_heads(line, slots, common)
            except PatternBroken as error:
                self.broken.append(Broken(number, line, str(error)))
                continue
            for head in heads:
                begins = head[-1] == "*"
                where = self._asleep_beginnings if begins else self._asleep
                where.setdefault(head.rstrip("*"), []).append((number, line))
        self._asleep_lengths = tuple(sorted({len(one) for one in self._asleep_beginnings}))
        self._near = lru_cache(_REMEMBERED)(self._near_of)

    def wake(self) -> None:
        """Make every line ready now, so that no message pays for it."""
        self._wake_lines(line for lines in self._asleep.values() for line in lines)
        self._wake_lines(line for lines in self._asleep_beginnings.values() for line in lines)
        self._asleep.clear()
        self._asleep_beginnings.clear()
        self._asleep_lengths = ()

    def _wake_near(self, words: frozenset[str]) -> None:
        near = [self._asleep.pop(word) for word in words if word in self._asleep]
        for word in words if self._asleep_lengths else ():
            for length in self._asleep_lengths:
                if length <= len(word) and word[:length] in self._asleep_beginnings:
                    near.append(self._asleep_beginnings.pop(word[:length]))
        if near:
            self._wake_lines(line for lines in near for line in lines)

    def _wake_lines(self, lines: Iterable[tuple[int, str]]) -> None:
        for number, line in lines:
            if (number, line) in self._awake:
                continue
            self._awake.add((number, line))
            try:
                self._add(number, parse(line, self._written))
            except PatternBroken as error:
                self.broken.append(Broken(number, line, str(error)))
        self._lengths = tuple(sorted({len(one) for one in self._beginning}))
        self._near.cache_clear()

    def _add(self, number: int, parts: Iterable[Part]) -> None:
        ready = sorted((self._sequence(part) for part in parts), key=self._rank)
        anchor = _anchor(ready[0])
        needed = {slot for one in ready for slot in one.needed} - {anchor}
        rarest_first = tuple(sorted(needed, key=lambda slot: self._slots[slot].rank))
        if anchor not in self._by_anchor:
            self._by_anchor[anchor] = []
            self._look_out_for(self._slots[anchor], anchor)
        self._by_anchor[anchor].append(_Wording(number, rarest_first, tuple(ready)))

    def find(self, words: Sequence[str]) -> dict[int, list[Found]]:
        """Return, by number, where each wording stands in `words` (sentence ends included)."""
        every = frozenset(words)
        if any(word.isdigit() for word in every):
            every |= {ANY_NUMBER}
        if self._asleep or self._asleep_beginnings:
            self._wake_near(every)
        text = _Text(words, every)
        found: dict[int, list[Found]] = {}
        missing = text.missing
        for wording in self._candidates(words):
            for one in wording.needed:
                lacks = missing.get(one)
                if lacks is None:
                    lacks = missing[one] = self._slots[one].is_missing_in(every)
                if lacks:
                    break
            else:
                self._look(wording, text, found)
        return found

    def _candidates(self, words: Sequence[str]) -> dict[_Wording, None]:
        """Return the wordings whose rarest place is filled, each once."""
        near: list[_Wording] = []
        before = ""
        for at, word in enumerate(words):
            near += self._near(word)
            for rest, slot in self._pairs.get((before, word), ()):
                if not rest or follow(rest, words, at + 1):
                    near += self._by_anchor[slot]
            before = word
        return dict.fromkeys(near)

    def _look(self, wording: _Wording, text: _Text, found: dict[int, list[Found]]) -> None:
        here = list(self._stands(wording.sequences[0], text))
        for other in wording.sequences[1:]:
            if not here:
                return
            here = _beside(here, list(self._stands(other, text)))
        if here:
            found.setdefault(wording.number, []).extend(here)

    def _look_out_for(self, slot: Slot, anchor: int) -> None:
        """Index the entries of an anchor: by two words where there are two, as few begin alike."""
        for head in slot.beginnings:
            self._beginning.setdefault(head, []).append(anchor)
        for head, rests in slot.whole.items():
            for rest in rests:
                plain = rest and rest[0][-1] != "*" and ANY_NUMBER not in (head, rest[0])
                if plain:
                    self._pairs.setdefault((head, rest[0]), []).append((rest[1:], anchor))
                else:
                    self._first.setdefault(head, []).append(anchor)

    def _near_of(self, word: str) -> tuple[_Wording, ...]:
        """Return the wordings to look for where `word` stands, each once."""
        slots = dict.fromkeys(self._first.get(word, ()))
        if word.isdigit():
            slots.update(dict.fromkeys(self._first.get(ANY_NUMBER, ())))
        for length in self._lengths:
            if length > len(word):
                break
            slots.update(dict.fromkeys(self._beginning.get(word[:length], ())))
        return tuple(wording for slot in slots for wording in self._by_anchor[slot])

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
        return _Sequence(places, rarest, tuple(slots), reach, part.begins, part.ends)

    def _number(self, element: Element) -> int:
        number = self._numbers.get(element.entries)
        if number is None:
            number = self._numbers[element.entries] = len(self._slots)
            self._slots.append(Slot(element.entries, self._common))
        return number

    def _rank(self, sequence: _Sequence) -> tuple[int, int]:
        return self._slots[_anchor(sequence)].rank

    def _ends(self, slot: int, at: int, text: _Text) -> tuple[int, ...]:
        """Return where entries of `slot` that begin at word `at` end."""
        key = (slot << 16) | at
        ends = text.known.get(key)
        if ends is None:
            ends = text.known[key] = self._slots[slot].ends(text.words, at)
        return ends

    def _stands(self, sequence: _Sequence, text: _Text) -> Iterator[Found]:
        """Yield where `sequence` stands: around its anchor, at the first and the last places."""
        number = _anchor(sequence)
        rarest = self._slots[number]
        anchors = [
            at
            for at, word in enumerate(text.words)
            if (word in rarest.heads or rarest.elastic) and self._ends(number, at, text)
        ]
        if len(anchors) > MOST_ANCHORS:
            anchors = [*anchors[: MOST_ANCHORS // 2], *anchors[-MOST_ANCHORS // 2 :]]
        first = sequence.places[0]
        slot = self._slots[first.slot]
        heads = None if first.optional or slot.elastic else slot.heads
        words = text.words
        tried = -1
        for anchor in anchors:
            if sequence.anchor and not self._led_to(sequence, anchor, text):
                continue
            for start in range(max(tried + 1, anchor - sequence.reach), anchor + 1):
                tried = start
                if heads is not None and words[start] not in heads:
                    continue
                if sequence.begins and start and words[start - 1] not in ENDS:
                    continue
                if (walked := self._walk(sequence, 0, start, 0, text)) is not None:
                    yield Found(start, walked[0], walked[1])

    def _led_to(self, sequence: _Sequence, anchor: int, text: _Text) -> bool:
        """Tell whether the place before the anchor is filled; where it may be missing, yes."""
        before = sequence.places[sequence.anchor - 1]
        if before.optional:
            return True
        earliest = anchor - sequence.places[sequence.anchor].gap
        slot = self._slots[before.slot]
        for start in range(max(0, earliest - slot.widest), anchor):
            if not slot.elastic and text.words[start] not in slot.heads:
                continue
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
        for start in range(at, last + 1):
            if start > at and words[start - 1] in ENDS:
                break
            for end in self._ends(place.slot, start, text):
                taken = used | ((1 << end) - (1 << start))
                walked = self._walk(sequence, number + 1, end, taken, text)
                if walked is not None:
                    return walked
        if place.optional:
            return self._walk(sequence, number + 1, at, used, text)
        return None


def _anchor(sequence: _Sequence) -> int:
    return sequence.places[sequence.anchor].slot


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
