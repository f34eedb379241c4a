"""How strong something is, read from a few words: "craving 8", "8/10", "las ganas en un 8".

Law: a number that may count anything else (days, drinks, an hour of the day, people) is no rating.
It is one only behind a word for what is rated, with an article, alone, or out of ten. Asking once
more costs a tap; a wrong number would stand in what helped whom.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.core.content import Phrases
from bot.core.heard import normalise

NOT_RATED = -1

_MARK = "\n"
"""Stands for a number out of ten; no clause holds one."""

MOST_WORDS = 8
"""How long the clause may be that a number ends; more words than this are a story."""

_CLAUSE = re.compile(r"[,;!?\n\u2026]+|\.(?!\d)")
_OF_TEN = re.compile(
    r"(?<![\w/.,:$-])(\w+)\s*(?:/|out of|of|de|sobre)\s*(?:10|ten|diez)(?![\w/.,:])"
)


MOST_DIGITS = 4
"""So many may be a number out of ten; thousands of them would be more than a number can hold."""


def rating_in(said: str, phrases: Phrases) -> int:
    """Return the number from 0 to 10 that `said` rates something with, or `NOT_RATED`.

    It stands in a short clause. Where two clauses rate, neither is taken.
    """
    found = {one for clause in _CLAUSE.split(said.casefold()) if (one := _rated(clause, phrases))}
    return int(found.pop()) if len(found) == 1 else NOT_RATED


def rates_only(said: str, phrases: Phrases) -> bool:
    """Tell whether `said` is a number out of ten and nothing beside it: "8/10", "like 7 of 10"."""
    rest = _OF_TEN.sub(" ", said.casefold(), count=1)
    words = normalise(rest).split()
    return rating_in(said, phrases) >= 0 and rest != said.casefold() and phrases.filler >= {*words}


def _rated(clause: str, phrases: Phrases) -> str:
    """Return the number that `clause` rates with, as digits; "" where there is none."""
    words = normalise(clause).split()
    if not words or len(words) > MOST_WORDS:
        return ""
    found = [_digits(one, phrases) for one in _OF_TEN.findall(clause)]
    if found:
        before, _, after = _OF_TEN.sub(_MARK, clause).partition(_MARK)
        if len(found) > 1 or not _of_ten(normalise(before), normalise(after), phrases):
            return ""
        return found[0]
    end = len(words)
    while end > 1 and words[end - 1] in phrases.filler and not words[end - 1].isdigit():
        end -= 1
    *before_it, last = words[:end]
    numbers = [one for one in words if any(char.isdigit() for char in one)]
    if numbers != [last] or not _bare(before_it, words[end:], phrases):
        return ""
    alone = re.search(rf"(?<![\w/.,:#$\u20ac\u00a3-]){last}(?![\w/:%\u20ac]|[.,]\d)", clause)
    return _digits(last, phrases) if alone else ""


def _of_ten(before: str, after: str, phrases: Phrases) -> bool:
    """Tell whether a number out of ten rates something, by the words around it.

    It does behind or before what can be rated, and at the end; in "9/10 people" it does not.
    """
    between = phrases.filler | phrases.linking | phrases.articles
    left = next((one for one in reversed(before.split()) if one not in between), "")
    right = next((one for one in after.split() if one not in phrases.filler), "")
    if left in phrases.unrated or right in phrases.unrated:
        return False
    known = phrases.rated | phrases.feelings
    return left in known or not right or right in known


def _bare(before: Sequence[str], after: Sequence[str], phrases: Phrases) -> bool:
    """Tell whether a number between these words rates something; `after` it stands only filler.

    It does by itself, with an article ("an 8"), or behind what can be rated. An hour does not:
    "lonely at 3", "craving at 8 tonight".
    """
    article = bool(before) and before[-1] in phrases.articles
    between = phrases.linking | phrases.articles | (phrases.filler if article else frozenset())
    start = len(before)
    while start and before[start - 1] in between:
        start -= 1
    linked, what = before[start:], before[start - 1] if start else ""
    at = not article and not phrases.counts.isdisjoint(linked)
    an_hour = (at or not before) and not phrases.counts.isdisjoint(after)
    if not what:
        return (article or not before) and not an_hour
    return not an_hour if what in phrases.rated else what in phrases.feelings and not at


def _digits(word: str, phrases: Phrases) -> str:
    """Return 0 to 10 as digits, where `word` is one of them or its name."""
    written = word.isascii() and word.isdigit() and len(word) <= MOST_DIGITS
    number = int(word) if written else phrases.numbers.get(word, -1)
    return str(number) if 0 <= number <= 10 else ""
