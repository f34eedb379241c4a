"""One language made ready: what its wordings, guards and weights make of a message.

Laws: (1) a guard lowers a reading by one step and never below "info"; (2) what is firmly said or
under way is neither lowered nor doubted; (3) the same text always gets the same readings.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from bot.core.verdict import LADDER, Category, Level, height
from bot.safety.families import Family, Guard, Wordings
from bot.safety.matcher import Found, Matcher
from bot.safety.normalise import ENDS, plain_letters, tokens
from bot.safety.pattern import Slots, Words
from bot.safety.spelling import Spelling
from bot.safety.weigh import Weights

_WORD = re.compile(r"[^\W_]+\*?")

LEAST_WORDS = 4
LEAST_TELLING = 2
"""How many words the weights need to alarm alone, and how many of them not of the commonest."""

SHORT = 7
"""Words from which on a message is like those the weights were made of. A shorter one they never
doubt, and each word it lacks must be made up for before they alarm at it alone."""

SHORT_ABROAD = 12
"""The same where another language is likelier: half of the words are none the weights ever saw."""

LOUDER_A_WORD = 0.75
"""How much louder the weights must be for each word that a short message lacks."""

BEYOND_QUIET = 1.5
"""How much louder the weights must be where a quiet wording stands in the message."""

MORE_FOR_A_CRISIS = 1.0
"""How much further down the weights must be to doubt a crisis than to doubt a concern."""

LONGEST_GUESSED = 500
"""Words up to which slips of the pen are guessed at; nobody types a longer text by accident."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What one family, or the weights, make of a message; `firm`: no second opinion is asked.

    `weighed`: no wording stood here, so it tells nothing of the language the message is in.
    """

    level: Level
    category: Category
    signals: tuple[str, ...]
    firm: bool = False
    weighed: bool = False


class Tongue:
    """One language made ready: its spelling and its wordings.

    A wording that cannot be read is left out: one wrong line must not take the floor away from
    everyone. The content check refuses it.
    """

    def __init__(self, wordings: Wordings) -> None:
        """Take the wordings of one language; lines are parsed as words come near them."""
        self.language = wordings.language
        self.common = wordings.common
        self.families = wordings.families
        self.guards = wordings.guards
        self._slots = Slots(wordings.slots, _author_words(wordings))
        owned = [(family.id, family.wording) for family in wordings.families]
        owned += [(guard.id, guard.wording) for guard in wordings.guards]
        owned += [(guard.id, guard.unless) for guard in wordings.guards]
        self._owners = [owner for owner, _ in owned]
        self._lines = [(number, line) for number, (_, lines) in enumerate(owned) for line in lines]
        self._spelling = Spelling(wordings, _words_in(wordings))
        self._unreadable: list[tuple[str, str, str]] = []
        self._weights = self._weights_of(wordings.weights)
        self._grave = tuple(sorted(wordings.grave))

    @cached_property
    def _sure(self) -> Matcher:
        """What nobody overrules, and what is no alarm: looked for in every message."""
        return self._matcher(lambda one: not _unsure(one) and not _softens(one))

    @cached_property
    def _unsure(self) -> Matcher:
        """What a second opinion may doubt."""
        return self._matcher(_unsure)

    @cached_property
    def _softening(self) -> Matcher:
        """What takes words away from others, and the guards."""
        return self._matcher(_softens, guards=True)

    def _matcher(self, wanted: Callable[[Family], bool], *, guards: bool = False) -> Matcher:
        count = len(self.families)
        numbers = {n for n, one in enumerate(self.families) if wanted(one)}
        lines = [
            (number, line)
            for number, line in self._lines
            if number in numbers or (guards and number >= count)
        ]
        return Matcher(lines, self._slots, self.common)

    def wake(self) -> list[tuple[str, str, str]]:
        """Make everything ready; return what cannot be read, as owner, line and why."""
        matchers = (self._sure, self._unsure, self._softening)
        for one in matchers:
            one.wake()
        broken = (wrong for one in matchers for wrong in one.broken)
        lines = [(self._owners[wrong.number], wrong.line, wrong.why) for wrong in broken]
        return self._unreadable + lines

    def _weights_of(self, written: str) -> Weights:
        try:
            return Weights(written)
        except ValueError as error:
            self._unreadable.append(("weights.tsv", "all of it", f"cannot be read: {error}"))
            return Weights("")

    def readings(self, raw: Sequence[str], *, likeliest: bool = True) -> list[Reading]:
        """Return what every family that stands in `raw` makes of it.

        `likeliest`: no other language is likelier to be the one of this message.
        """
        words, commas = self._plain(raw)
        total = self._weights.total(raw, words) if self._weights else None
        count = len(words) - sum(map(words.count, ENDS))
        found = self._sure.find(words)
        # Where the weights would doubt all of them, unsure wordings need not be looked for; and
        # what softens only where something alarms. Most messages need neither.
        grave = any(word.startswith(self._grave) for word in words) if self._grave else False
        undoubted = grave or count < SHORT
        if total is None or undoubted or total >= self._weights.agreed - MORE_FOR_A_CRISIS:
            found.update(self._unsure.find(words))
        if any(self._alarms(number) for number in found):
            found.update(self._softening.find(words))
        readings = self._read(words, commas, found) if found else []
        if total is None:
            return readings
        if total < self._weights.agreed:
            return readings if undoubted else [self._doubted(one, total) for one in readings]
        lacking = max(0, (SHORT if likeliest else SHORT_ABROAD) - count)
        return self._weighed(readings, total - lacking * LOUDER_A_WORD, words, found)

    def _alarms(self, number: int) -> bool:
        return height(self.families[number].level) >= height("concern")

    def plain(self, raw: Sequence[str]) -> list[str]:
        """Return the words that were meant by `raw` tokens; the weights are about these."""
        return self._plain(raw)[0]

    def _weighed(
        self,
        readings: list[Reading],
        total: float,
        words: Sequence[str],
        found: Mapping[int, list[Found]],
    ) -> list[Reading]:
        """Return `readings`, and what the weights alone make of a message no wording alarms at.

        A few common words say too little to be weighed: they may be the answer to a question. And
        where a quiet wording says that nothing worse is meant, only very loud weights are heard.
        """
        telling = {word for word in words if word not in self.common and word not in ENDS}
        if len(telling) < LEAST_TELLING or len(words) < LEAST_WORDS:
            return readings
        if total < self._weights.alone:
            return readings
        if any(height(one.level) >= height("concern") for one in readings):
            return readings
        if total < self._weights.alone + BEYOND_QUIET and self._is_quieted(words, found):
            return readings
        outcome, why = self._weights.outcome(words)
        signals = (f"weighed/{outcome.category}", *(f"weighed: {one}" for one in why))
        sure = total >= self._weights.alone + BEYOND_QUIET and outcome.level != "concern"
        level: Level = "crisis" if sure else "concern"
        return [*readings, Reading(level, outcome.category, signals, weighed=True)]

    def _is_quieted(self, words: Sequence[str], found: Mapping[int, list[Found]]) -> bool:
        """Tell whether a quiet wording stands here: a plain one anywhere, others on their own.

        What is no plain wording says only that it is no alarm itself; whatever else the message
        says is weighed with it.
        """
        last = next((at for at in range(len(words), 0, -1) if words[at - 1] not in ENDS), 0)
        for number, places in itertools.chain(found.items(), self._softening.find(words).items()):
            if number >= len(self.families) or not self.families[number].quiet:
                continue
            if self.families[number].plain or any(not at.start and at.end >= last for at in places):
                return True
        return False

    def _doubted(self, reading: Reading, total: float) -> Reading:
        """Return an unsure reading one step lower: kept and named.

        A crisis is doubted only where much more speaks against it, an emergency never.
        """
        doubt = {"concern": 0.0, "crisis": MORE_FOR_A_CRISIS}.get(reading.level)
        if reading.firm or doubt is None or total >= self._weights.agreed - doubt:
            return reading
        lower = LADDER[height(reading.level) - 1]
        return Reading(lower, reading.category, (*reading.signals, "weighed/unlikely"))

    def _read(
        self, words: Sequence[str], commas: Sequence[int], found: Mapping[int, list[Found]]
    ) -> list[Reading]:
        plain = [
            one
            for number, places in found.items()
            if number < len(self.families) and self.families[number].plain
            for one in places
            if ENDS.isdisjoint(words[one.start : one.end])
        ]
        readings: list[Reading] = []
        for number, places in found.items():
            if number >= len(self.families):
                continue
            family = self.families[number]
            readings += [
                self._guarded(family, place, found, words, commas)
                for place in places
                if family.plain or not self._taken(place, plain, words)
            ]
        return readings

    def _plain(self, raw: Sequence[str]) -> tuple[list[str], list[int]]:
        words: list[str] = []
        commas: list[int] = []
        long = len(raw) > LONGEST_GUESSED
        spelled = self._spelling.known_words if long else self._spelling.words
        for token in raw:
            if token == ",":
                commas.append(len(words))
            elif token in ENDS:
                words.append(token)
            else:
                words += spelled(token)
        return words, commas

    def _taken(self, place: Found, plain: list[Found], words: Sequence[str]) -> bool:
        """Tell whether a plain family has the words that matter of `place`.

        A grave word is taken only by a wording that has that very word: nothing else said beside
        it makes death mean something else.
        """
        matters, grave = place.used, 0
        for at in range(place.start, place.end):
            bit = 1 << at
            if words[at] in self.common:
                matters &= ~bit
            elif place.used & bit and self._grave and words[at].startswith(self._grave):
                grave |= bit
        if grave:
            return any(not grave & ~one.used for one in plain)
        if matters:
            return any(matters & one.used for one in plain)
        return any(not place.used & ~one.used for one in plain)

    def _guarded(
        self,
        family: Family,
        place: Found,
        found: Mapping[int, list[Found]],
        words: Sequence[str],
        commas: Sequence[int],
    ) -> Reading:
        if family.firm or family.plain or height(family.level) <= height("info"):
            return Reading(family.level, family.category, (family.id,), firm=True)
        for number, guard in enumerate(self.guards, len(self.families)):
            if guard.categories and family.category not in guard.categories:
                continue
            if number not in found or number + len(self.guards) in found:
                continue
            if any(_reaches(guard, at, place, words, commas) for at in found[number]):
                lower = LADDER[height(family.level) - 1]
                return Reading(lower, family.category, (family.id, guard.id))
        return Reading(family.level, family.category, (family.id,))


def _softens(family: Family) -> bool:
    return family.plain and family.level == "none"


def _unsure(family: Family) -> bool:
    return family.level in ("concern", "crisis") and not (family.firm or family.plain)


def _reaches(
    guard: Guard, at: Found, place: Found, words: Sequence[str], commas: Sequence[int]
) -> bool:
    if guard.scope == "message":
        return True
    if guard.scope == "before":
        between = range(at.end, place.start)
    elif guard.scope == "after":
        between = range(place.end, at.start)
    else:
        first, last = sorted((at, place), key=lambda one: one.start)
        return not any(words[n] in ENDS for n in range(first.end, last.start))
    close = (at.end <= place.start) if guard.scope == "before" else (place.end <= at.start)
    inside = bool(at.used & ~place.used) and place.start <= at.start < place.end
    if not close:
        return inside
    broken = any(words[n] in ENDS for n in between) or any(
        between.start <= comma <= between.stop for comma in commas if between.start < between.stop
    )
    return len(between) <= guard.reach and not broken


def _author_words(wordings: Wordings) -> Callable[[str], Words]:
    """Return how a word in a wording file becomes the words the matcher sees."""

    @lru_cache(None)
    def plain(written: str) -> Words:
        if written == "#" or written in ENDS:
            return (written,)
        star = written.endswith("*")
        found: list[str] = []
        for token in tokens(written.rstrip("*")):
            for part in (token,) if token in wordings.rewrites else token.split("'"):
                to = wordings.rewrites.get(part)
                found += to.split() if to else () if part in wordings.dropped else (part,)
        if star and found:
            found[-1] += "*"
        return tuple(found)

    return plain


def _words_in(wordings: Wordings) -> frozenset[str]:
    """Return every word any wording has; a beginning keeps its star."""
    lines = itertools.chain(
        *wordings.slots.values(),
        *(one.wording for one in wordings.families),
        *(one.wording + one.unless for one in wordings.guards),
    )
    return frozenset(_WORD.findall(plain_letters("\n".join(lines))))
