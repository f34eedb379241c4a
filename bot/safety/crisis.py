"""Screens one message: the highest reading of any sentence, in any language it may be in.

Laws: (1) unsure goes up: of several readings the most urgent is the verdict; (2) a verdict names
what led to it; (3) the same text always gets the same verdict.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from bot.core.verdict import CATEGORIES, Verdict, height
from bot.safety.families import Wordings
from bot.safety.normalise import tokens
from bot.safety.tongue import Reading, Tongue

MOST_SIGNALS = 6


class Screen:
    """Screens messages in every language there are wordings for; made once, used for all."""

    def __init__(
        self,
        common: Mapping[str, frozenset[str]],
        load: Callable[[str], Wordings],
        *,
        greetings: frozenset[str] = frozenset(),
    ) -> None:
        """Take the commonest words of each language, and what to ask for all the rest of one.

        A message of `greetings` alone means nothing more: no language is read for it.
        """
        self.languages = tuple(common)
        self._greetings = greetings
        self._load = load
        self._tongues: dict[str, Tongue] = {}
        self._speaks: dict[str, tuple[str, ...]] = {}
        for language, words in common.items():
            for word in words:
                self._speaks[word] = (*self._speaks.get(word, ()), language)

    def __call__(self, text: str, language: str = "") -> Verdict:
        """Return what `text` may mean; `language` is a hint, never a limit."""
        raw = tokens(text)
        likely = self._likely(raw, language)
        readings = [
            (reading, tongue)
            for tongue, likeliest in likely.items()
            for reading in self._tongue(tongue).readings(raw, likeliest=likeliest)
        ]
        if not readings:
            return Verdict()
        order = list(likely)
        readings.sort(key=lambda one: (_weight(one[0]), order.index(one[1]), one[0].signals))
        signals = tuple(dict.fromkeys(signal for one, _ in readings for signal in one.signals))
        highest, tongue = readings[0]
        if highest.weighed and not likely[tongue]:
            tongue = order[0]
        return Verdict(highest.level, highest.category, signals[:MOST_SIGNALS], tongue)

    def wake(self) -> None:
        """Make every language ready now, so that no message pays for it."""
        for language in self.languages:
            self._tongue(language).wake()

    def _tongue(self, language: str) -> Tongue:
        if language not in self._tongues:
            self._tongues[language] = Tongue(self._load(language))
        return self._tongues[language]

    def _likely(self, raw: Sequence[str], hint: str) -> dict[str, bool]:
        """Return the languages `raw` may be in; all where nothing tells.

        The likeliest come first; they and that of the chat are told from the rest.
        """
        if all(token.isdigit() or token in ",.!?" or token in self._greetings for token in raw):
            return {}
        counts = dict.fromkeys(self.languages, 0)
        for token in raw:
            for language in self._speaks.get(token, ()):
                counts[language] += 1
        most = max(counts.values(), default=0)
        if counts.get(hint):
            counts[hint] += 1
        if not most:
            return dict.fromkeys(counts, True)
        likely = [one for one, count in counts.items() if count * 2 >= most]
        if hint in counts and hint not in likely:
            likely.append(hint)
        most = max(counts.values())
        likely.sort(key=lambda one: -counts[one])
        return {one: one == hint or counts[one] == most for one in likely}


def _weight(reading: Reading) -> tuple[int, int]:
    """Return what comes first: the most urgent, then what kills soonest."""
    return -height(reading.level), CATEGORIES.index(reading.category)
