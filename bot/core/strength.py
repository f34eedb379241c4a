"""How strong something is, read from a few words: "craving 8", "8/10", "las ganas en un 8".

Law: a number that may count anything else (days, drinks, an hour of the day, people) is no rating.
Asking once more costs a tap; a wrong number would stand in what helped whom.
"""

from __future__ import annotations

import re

from bot.core.content import Phrases
from bot.core.heard import normalise

NOT_RATED = -1

MOST_WORDS = 8
"""How long the clause may be that a number ends; more words than this are a story."""

_CLAUSE = re.compile(r"[,;!?\n\u2026]+|\.(?!\d)")
_OF_TEN = re.compile(
    r"(?<![\w/.,:$-])(\w+)\s*(?:/|out of|of|de|sobre)\s*(?:10|ten|diez)(?![\w/.,:])"
)


def rating_in(said: str, phrases: Phrases) -> int:
    """Return the number from 0 to 10 that `said` rates something with, or `NOT_RATED`.

    That is one out of ten, or one that ends a short clause and counts nothing. Where two clauses
    rate, neither is taken.
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
    of_ten = [_digits(one, phrases) for one in _OF_TEN.findall(clause)]
    if of_ten:
        return of_ten[0] if len(of_ten) == 1 else ""
    while len(words) > 1 and words[-1] in phrases.filler and not words[-1].isdigit():
        words.pop()
    numbers = [one for one in words if any(char.isdigit() for char in one)]
    last = words[-1]
    if numbers != [last] or (len(words) > 1 and words[-2] in phrases.counts):
        return ""
    alone = re.search(rf"(?<![\w/.,:#$\u20ac\u00a3-]){last}(?![\w/:%\u20ac]|[.,]\d)", clause)
    return _digits(last, phrases) if alone else ""


def _digits(word: str, phrases: Phrases) -> str:
    """Return 0 to 10 as digits, where `word` is one of them or its name."""
    number = int(word) if word.isascii() and word.isdigit() else phrases.numbers.get(word, -1)
    return str(number) if 0 <= number <= 10 else ""
