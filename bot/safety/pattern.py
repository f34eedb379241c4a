"""Reads one line of wording: `{i} {wish} .. {die} & {tonight}`.

A line is words in order. `{name}` is any entry of that slot; `(a|b c)` any of these; a `?` behind
either makes it optional; `word*` any word that begins so. `..` lets up to two words stand between,
`...` up to five. `^` is the beginning of a sentence and `$` its end. `&` joins parts that may come
in any order, near each other, even in two sentences.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Mapping
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


def parse(line: str, slots: Mapping[str, frozenset[Words]], plain: Plain) -> tuple[Part, ...]:
    """Return the parts of one line of wording; raises PatternBroken."""
    parts: list[Part] = []
    for piece in line.split(" & "):
        parts.append(_part(piece, slots, plain))
    return tuple(parts)


def _part(piece: str, slots: Mapping[str, frozenset[Words]], plain: Plain) -> Part:
    elements: list[Element] = []
    gap, begins, ends = 0, False, False
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
            entries = slot_entries(body, slots, plain)
            elements.append(Element(entries, gap, one.endswith("?")))
            gap = 0
        else:
            literal += plain(one)
    close_literal()
    if all(element.optional for element in elements):
        raise PatternBroken("nothing in it must be there")
    return Part(tuple(elements), begins, ends)


def slot_entries(
    entry: str, slots: Mapping[str, frozenset[Words]], plain: Plain
) -> frozenset[Words]:
    """Return every way `entry` can be written out; raises PatternBroken.

    An entry is words with `(a|b)` and `{slot}` in it, each of which a `?` makes optional.
    """
    choices: list[list[Words]] = []
    at = 0
    for group in _GROUP.finditer(entry):
        if before := entry[at : group.start()].strip():
            choices.append([_words(before, plain)])
        if group[3]:
            if group[3] not in slots:
                raise PatternBroken(f"there is no slot {{{group[3]}}}")
            ways = list(slots[group[3]])
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
