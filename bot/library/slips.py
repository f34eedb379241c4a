"""A slip of the hand in a TOML file, said to someone who has never heard of TOML."""

from __future__ import annotations

import re
from collections.abc import Mapping

_PLACE = re.compile(r" \(at line (\d+), column (\d+)\)$")
_CURLY = "\u201c\u201d\u201e\u201f\u2018\u2019\u00ab\u00bb"
_LONGEST_SHOWN = 60

_OPEN = "A comma is missing between two, or the bracket at the end, here or in the line above."
_PAIR = 'Write name = value, like title = "Look out".'
_TWICE = "The same stands above already. Remove one, or begin what it belongs to, like [[part]]."

_REMEDIES: Mapping[str, str] = {
    "Illegal character '\\n'": 'The quote at the end is missing. Several lines stand between """.',
    "Unclosed": _OPEN,
    "Expected '='": _PAIR,
    "Invalid statement": _PAIR,
    "Expected newline": (
        "Something is left over at its end: a comma, words outside the quotes, or a quote among "
        'the words (there write \\" for it).'
    ),
    "Invalid value": 'Words stand in quotes, "like this"; a number and a day, 2026-11-23, do not.',
    "Cannot declare": "It stands above already. Where several may stand, each is like [[part]].",
    "Cannot overwrite": _TWICE,
    "Expected ']": "A bracket is missing at its end.",
}
"""By how the reader's own complaint begins."""


def slip(source: str, complaint: str) -> tuple[str, str, str]:
    """Return the line of `source` that cannot be read, what stands there and how to mend it.

    `complaint` is what Python's own reader says of it.
    """
    place = _PLACE.search(complaint)
    if not place:
        return "", f"cannot be read: {complaint}", "A quote or a bracket is not closed."
    remedies = (one for begins, one in _REMEDIES.items() if complaint.startswith(begins))
    remedy = next(remedies, "Often a missing quote, comma or bracket, here or in the line above.")
    number, column = int(place[1]), int(place[2])
    line = source.split("\n")[number - 1]
    if line[column - 1 : column] in tuple(_CURLY) or line.rstrip().endswith(tuple(_CURLY)):
        remedy = 'Type straight quotes, "like this", in place of the curly ones.'
    shown = line.strip()
    shown = shown if len(shown) <= _LONGEST_SHOWN else f"{shown[:_LONGEST_SHOWN]}..."
    return f"line {number}", f"cannot be read: {shown or complaint}", remedy
