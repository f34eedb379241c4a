"""Understanding a typed answer: strict enough never to guess wrong, kind enough for real typing.

"7", "7/10", "about a seven" are a seven; "I took 10 pills" is not a ten; "no, didn't drink tbh" is
one answer, and "nearly had a drink" is none. Everything returns the
value to keep or a `Misheard` naming what went wrong; nothing here raises.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from bot.core.content import Phrases, Step
from bot.core.state import Answer

_APOSTROPHES = "'\u2019\u2018\u02bc\u00b4`\u2032"
_PLAIN = {
    code: None if chr(code) in _APOSTROPHES else chr(code) if chr(code).isalnum() else " "
    for code in range(128)
}
"""What `normalise` makes of each character of ASCII, in lower case."""

_NO_WHOLE_NUMBER = re.compile(r"\d[.,]\d|[-\u2010-\u2015\u2212]\s*\d")

LONGEST_NUMBER = 300
"""Characters that an answer with a number in it may have; looking for one takes their square."""

_LAST_PART = re.compile(
    r"(.*[^\W\d].*?)(?:[,.;:\u2026\n]\s*|\s+[-\u2013\u2014]\s+)([^,;:\n]*\w[^,;:\n]*)", re.S
)

MOST_WORDS = 12
"""How long a typed choice may be to be looked into; more words than this are a story."""

Trouble = Literal["unclear", "out-of-range", "too-long", "empty"]


@dataclass(frozen=True, slots=True)
class Misheard:
    """The answer could not be taken, and why."""

    why: Trouble


def normalise(said: str) -> str:
    """Return `said` for comparing phrases: no case, accents, punctuation or doubled spaces.

    Apostrophes of every kind vanish, so that "don't" is one phrase however it was typed.
    """
    if said.isascii():  # which is most of what is typed, and has no accents to take off
        return " ".join(said.lower().translate(_PLAIN).split())
    folded = unicodedata.normalize("NFKD", said).casefold()
    kept = []
    for char in folded:
        if unicodedata.combining(char) or char in _APOSTROPHES:
            continue
        kept.append(char if char.isalnum() else " ")
    return " ".join("".join(kept).split())


def hear(step: Step, said: str, phrases: Phrases, today: date) -> Answer | Misheard:
    """Return the answer to `step` that `said` gives, or why it gives none.

    `today` is the member's day, for "today" and "yesterday". A date is returned as ISO text, a
    time as HH:MM, options by their stored value.
    """
    match step.kind:
        case "scale" | "number":
            return _number(step, said, phrases)
        case "choice":
            return _option(step, said, phrases) or Misheard("unclear")
        case "guide":
            # Never by a phrase inside what was said: "I can't go on" is no wish to go on.
            return _tiled(step, said, phrases) or Misheard("unclear")
        case "multi":
            return _several(step, said)
        case "yes-no" | "confirm":
            phrase = normalise(said)
            if phrase in (phrases.sure if step.kind == "confirm" else phrases.yes):
                return True
            return False if phrase in phrases.no else Misheard("unclear")
        case "text":
            words = said.strip()
            if not words:
                return Misheard("empty")
            return words if len(words) <= step.longest else Misheard("too-long")
        case "time":
            return _time(said)
        case "date":
            return _date(said, phrases, today)


def _option(step: Step, said: str, phrases: Phrases) -> str:
    """Return the one option that `said` names, or the empty string where none or several might be.

    An exact phrase; else nothing but phrases of one option and padding ("no, didn't drink tbh");
    else the option whose longer phrases stand inside what was said ("not drinking, 11 days"), if
    no word beside them doubts it, denies it or tells of someone else.
    """
    found = _tiled(step, said, phrases)
    if found is not None or "?" in said:
        return found or ""
    words = normalise(said).split()
    return "" if len(words) > MOST_WORDS else _inside(words, step.heard, phrases)


def _tiled(step: Step, said: str, phrases: Phrases) -> str | None:
    """Return the option that `said` names and nothing beside it; "" for several, None for none."""
    words = normalise(said).split()
    exact = step.heard.get(" ".join(words))
    if exact or not words or len(words) > MOST_WORDS:
        return exact
    tiled = [one for one in step.options if _made_of(one, words, step.heard, phrases.padding)]
    if not tiled:
        return None
    alone = len(tiled) == 1 and not _names_another(tiled[0], words, step.heard, phrases.padding)
    return tiled[0] if alone else ""


def _names_another(
    option: str, words: Sequence[str], heard: Mapping[str, str], padding: frozenset[str]
) -> bool:
    """Tell whether what was taken for padding belongs to another option: the "am" of "12 am"."""
    spans = ((a, b) for a in range(len(words)) for b in range(a + 2, len(words) + 1))
    return any(
        heard.get(" ".join(words[a:b]), option) != option and not padding.isdisjoint(words[a:b])
        for a, b in spans
    )


def _made_of(
    option: str, words: Sequence[str], heard: Mapping[str, str], padding: frozenset[str]
) -> bool:
    """Tell whether `words` are phrases of `option`, at least one, and padding between them."""
    reached = {(0, False)}  # how many words are explained, and whether by any phrase
    for start in range(len(words)):
        for named in [named for at, named in reached if at == start]:
            if words[start] in padding:
                reached.add((start + 1, named))
            for end in range(start + 1, len(words) + 1):
                if heard.get(" ".join(words[start:end])) == option:
                    reached.add((end, True))
    return (len(words), True) in reached


def _inside(words: Sequence[str], heard: Mapping[str, str], phrases: Phrases) -> str:
    """Return the option that all telling phrases of two or more words in `words` point to.

    The longest phrase counts where one holds another: "haven't had a drink" is no "had a drink".
    One made of light words alone tells nothing, but what it says must not speak against the rest.
    """
    told: set[str] = set()
    named: set[str] = set()
    doubted = False
    start = 0
    while start < len(words):
        ends = range(len(words), start, -1)
        end = next((one for one in ends if " ".join(words[start:one]) in heard), start + 1)
        phrase = " ".join(words[start:end])
        known = heard.get(phrase)
        if known:
            named.add(known)
        if known and end > start + 1:
            if not phrases.light.issuperset(words[start:end]):
                told.add(known)
        elif phrase in phrases.doubt and not (known and phrase in phrases.yes | phrases.no):
            doubted = True
        start = end
    return told.pop() if len(named) == 1 and named == told and not doubted else ""


def _number(step: Step, said: str, phrases: Phrases) -> int | Misheard:
    if len(said) > LONGEST_NUMBER:
        return Misheard("unclear")
    if step.kind == "scale":
        said = _tail(said, phrases)
    phrase = _out_of(step.highest).sub(" ", said.casefold())
    if _NO_WHOLE_NUMBER.search(phrase):
        return Misheard("unclear")
    found: list[int] = []
    for word in normalise(phrase).split():
        if word.isascii() and word.isdigit() and len(word) <= 9:
            found.append(int(word))
        elif word in phrases.numbers:
            found.append(phrases.numbers[word])
        elif word not in phrases.filler:
            return Misheard("unclear")
    if len(found) != 1:
        return Misheard("unclear")
    return found[0] if step.lowest <= found[0] <= step.highest else Misheard("out-of-range")


def _tail(said: str, phrases: Phrases) -> str:
    """Return what stands behind the last comma, full stop, dash or line break, if that is a number.

    Only where no other number stands before it: which of two is meant would be a guess.
    """
    match = _LAST_PART.fullmatch(said)
    if match is None:
        return said
    before = normalise(match[1]).split()
    another = any(word in phrases.numbers or any(c.isdigit() for c in word) for word in before)
    return match[2] if before and not another else said


@lru_cache(maxsize=64)
def _out_of(highest: int) -> re.Pattern[str]:
    return re.compile(rf"\s*(?:/|out of|de|sobre)\s*{highest}\b")


def _several(step: Step, said: str) -> tuple[str, ...] | Misheard:
    whole = step.heard.get(normalise(said))
    if whole:
        return (whole,)
    picked = [
        step.heard.get(normalise(part))
        for part in re.split(r"[,;\n+&]|\by\b|\band\b", said.lower())
    ]
    if not picked or None in picked:
        return Misheard("unclear")
    return tuple(option for option in step.options if option in picked)


def _time(said: str) -> str | Misheard:
    match = re.fullmatch(
        r"\s*(\d{1,2})(?:\s*[:.h]\s*([0-5]\d)?)?\s*(am|pm|a\.\s?m\.|p\.\s?m\.)?\s*", said.casefold()
    )
    if match is None:
        return Misheard("unclear")
    hour, minute, half = int(match[1]), int(match[2] or 0), (match[3] or "")[:1]
    if half:
        if not 1 <= hour <= 12:
            return Misheard("out-of-range")
        hour = hour % 12 + (12 if half == "p" else 0)
    return f"{hour:02}:{minute:02}" if hour <= 23 else Misheard("out-of-range")


def _date(said: str, phrases: Phrases, today: date) -> str | Misheard:
    phrase = normalise(said)
    if phrase in phrases.days:
        return (today + timedelta(days=phrases.days[phrase])).isoformat()
    if match := re.fullmatch(r"(\d{4}) (\d{1,2}) (\d{1,2})", phrase):
        year, month, day = int(match[1]), int(match[2]), int(match[3])
    else:
        words = [word for word in phrase.split() if word != "de"]
        if len(words) not in (2, 3):
            return Misheard("unclear")
        month = next((phrases.months[word] for word in words[:2] if word in phrases.months), 0)
        numbers = [int(w) for w in words if w.isascii() and w.isdigit() and len(w) <= 4]
        if not month or len(numbers) != len(words) - 1:
            return Misheard("unclear")
        day, year = numbers[0], numbers[1] if len(numbers) == 2 else today.year
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return Misheard("out-of-range")
