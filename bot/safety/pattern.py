"""Reads one line of wording: `{i} {wish} .. {die} & {tonight}`.

A line is words in order. `{name}` is any entry of that slot; `(a|b c)` any of these; a `?` behind
either makes it optional; `word*` any word that begins so. `..` lets up to two words stand between,
`...` up to five. `^` is the beginning of a sentence and `$` its end. `&` joins parts that may come
in any order, near each other, even in two sentences.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

GAPS = {"..": 2, "...": 5}
MOST_SPELLINGS = 2_000
"""Ways one entry of a slot may be written out; more is a mistake in the file."""

_PIECE = re.compile(r"\{[\w-]+\}\??|\([^()]*\)\??|\.{2,3}(?=\s|$)|[&^$]|[^\s{}()]+")
_GROUP = re.compile(r"\(([^()]*)\)(\??)|\{([\w-]+)\}(\??)")

_MISPLACED = re.compile(r"[{}()|^$]")

Words = tuple[str, ...]
Plain = Callable[[str], Words]
"""Turns words as an author writes them into the words the matcher sees."""


class PatternBroken(ValueError):
    """A line of wording cannot be read; says why in words for the author."""


@dataclass(frozen=True, slots=True)
class Element:
    """One place in a part: any of `entries`, after at most `gap` other words."""

    entries: frozenset[Words]
    gap: int = 0
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """Elements in order; `begins` and `ends` tie it to the sentence's beginning and end."""

    elements: tuple[Element, ...]
    begins: bool = False
    ends: bool = False


class Slots:
    """The slots of one language, written out when they are first asked for."""

    def __init__(self, written: Mapping[str, Iterable[str]], plain: Plain) -> None:
        """Keep what the author wrote; `plain` turns a word into the words the matcher sees."""
        self.plain = plain
        self._written = written
        self._entries: dict[str, frozenset[Words]] = {}
        self._heads: dict[str, frozenset[str]] = {}

    def entries(self, name: str) -> frozenset[Words]:
        """Return every way the slot `name` can be written; raises PatternBroken."""
        if name not in self._entries:
            written = self._lines(name)
            self._entries[name] = frozenset()
            every = (slot_entries(entry, self) for entry in written)
            self._entries[name] = frozenset().union(*every)
        return self._entries[name]

    def heads(self, name: str) -> frozenset[str]:
        """Return the words that can come first in the slot `name`; raises PatternBroken."""
        if name not in self._heads:
            written = self._lines(name)
            self._heads[name] = frozenset()
            self._heads[name] = frozenset().union(*(_heads(entry, self) for entry in written))
        return self._heads[name]

    def _lines(self, name: str) -> Iterable[str]:
        if name not in self._written:
            raise PatternBroken(f"there is no slot {{{name}}}")
        return self._written[name]


def parse(line: str, slots: Slots) -> tuple[Part, ...]:
    """Return the parts of one line of wording; raises PatternBroken."""
    return tuple(_part(piece, slots) for piece in line.split(" & "))


def rarest_heads(line: str, slots: Slots, common: frozenset[str]) -> frozenset[str]:
    """Return words without one of which `line` stands in no text, the least common there are.

    A word that ends in `*` is a beginning. This reads far less of the line than `parse`, so that
    a line nobody's words come near is never parsed. Raises PatternBroken.
    """
    best: frozenset[str] = frozenset()
    rank = (0, 0)
    for piece in _PIECE.findall(line):
        if piece in GAPS or piece in "^$&" or piece.endswith(")?") or piece.endswith("}?"):
            continue
        heads = _heads(piece, slots)
        here = (len(heads & common), len(heads))
        if heads and (not best or here < rank):
            best, rank = heads, here
    if not best:
        raise PatternBroken("nothing in it must be there")
    return best


def _heads(entry: str, slots: Slots) -> frozenset[str]:
    heads: set[str] = set()
    for piece in _PIECE.findall(entry):
        if piece[0] == "{":
            found = slots.heads(piece.strip("{}?"))
            missing = not found
        elif piece[0] == "(":
            ways = [_head(one, slots.plain) for one in piece.rstrip("?")[1:-1].split("|")]
            found = frozenset(filter(None, ways))
            missing = not all(ways)
        else:
            found = frozenset(slots.plain(piece)[:1])
            missing = not found
        heads |= found
        if not missing and not piece.endswith(("}?", ")?")):
            break
    return frozenset(heads)


def _head(written: str, plain: Plain) -> str:
    """Return the first word that is left of `written`, or ""."""
    for one in written.split():
        if words := plain(one):
            return words[0]
    return ""


def _part(piece: str, slots: Slots) -> Part:
    elements: list[Element] = []
    gap, begins, ends = 0, False, False
    if stray := _PIECE.sub("", piece).strip():
        raise PatternBroken(f"a bracket that opens or closes nothing: {stray!r}")
    literal: list[str] = []

    def close_literal() -> None:
        nonlocal gap
        if literal:
            elements.append(Element(frozenset({tuple(literal)}), gap))
            literal.clear()
            gap = 0

    for one in _PIECE.findall(piece):
        if one in GAPS:
            close_literal()
            gap = GAPS[one]
        elif one == "^":
            begins = True
        elif one == "$":
            ends = True
        elif one[0] in "{(":
            close_literal()
            body = one.rstrip("?")
            entries = slot_entries(body, slots)
            elements.append(Element(entries, gap, one.endswith("?")))
            gap = 0
        else:
            literal += slots.plain(one)
    close_literal()
    if all(element.optional for element in elements):
        raise PatternBroken("nothing in it must be there")
    return Part(tuple(elements), begins, ends)


def slot_entries(entry: str, slots: Slots) -> frozenset[Words]:
    """Return every way `entry` can be written out; raises PatternBroken.

    An entry is words with `(a|b)` and `{slot}` in it, each of which a `?` makes optional.
    """
    plain = slots.plain
    choices: list[list[Words]] = []
    at = 0
    for group in _GROUP.finditer(entry):
        if before := entry[at : group.start()].strip():
            choices.append([_words(before, plain)])
        if group[3]:
            ways = list(slots.entries(group[3]))
        else:
            ways = [_words(one, plain) for one in group[1].split("|")]
        if group[2] or group[4]:
            ways.append(())
        choices.append(ways)
        at = group.end()
    if rest := entry[at:].strip():
        choices.append([_words(rest, plain)])
    if len(choices) == 1:
        return _something(frozenset(choices[0]) - {()}, entry)
    count = 1
    for ways in choices:
        count *= len(ways)
    if count > MOST_SPELLINGS:
        raise PatternBroken(f"it can be written out in {count} ways: split it")
    whole = (tuple(itertools.chain(*way)) for way in itertools.product(*choices))
    return _something(frozenset(way for way in whole if way), entry)


def _something(ways: frozenset[Words], entry: str) -> frozenset[Words]:
    if not ways:
        raise PatternBroken(f"nothing is left of {entry!r}: its words are dropped before looking")
    return ways


def _words(written: str, plain: Plain) -> Words:
    if _MISPLACED.search(written):
        raise PatternBroken(f"a bracket or sign that cannot stand in {written!r}")
    words: list[str] = []
    for one in written.split():
        words += plain(one)
    return tuple(words)
