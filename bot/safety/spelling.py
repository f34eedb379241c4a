"""Guesses which known words were meant: chat spelling, slips, disguises, missing spaces.

A word the language knows, or lists as ordinary, is never guessed at. Results are remembered per
word, so the cost is paid once for each new spelling.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from bot.safety.families import Wordings

_RUN = re.compile(r"(.)\1{2,}")
_LEET = str.maketrans("013457@$!|", "oieastasil")
_REMEMBERED = 20_000
_SHORTEST_GUESSED = 5
_SHORTEST_SPLIT = 7
_LONGEST_SPLIT = 40


class Spelling:
    """The spelling of one language, over the words its wordings use (`used`; "begin*" too)."""

    def __init__(self, wordings: Wordings, used: Iterable[str]) -> None:
        self._rewrites = {one: tuple(to.split()) for one, to in wordings.rewrites.items()}
        self._dropped = wordings.dropped
        self._endings = tuple(sorted(wordings.endings.items()))
        used = frozenset(used)
        beginnings = {word[:-1] for word in used if word[-1] == "*"}
        self._known = used | wordings.ordinary | wordings.dropped | wordings.common
        self._beginnings = tuple(sorted(beginnings))
        self._watched = wordings.watched
        self._cores = tuple(sorted(word for word in wordings.watched if len(word) > 2))
        self._slips: dict[str, str] = {}
        for word in sorted(wordings.watched):
            for slip in _one_less(word):
                self._slips.setdefault(slip, word)
        self.words = lru_cache(_REMEMBERED)(self._words)

    def known_words(self, token: str) -> tuple[str, ...]:
        """Return the plain words for `token` without guessing: for texts too long for slips."""
        return found if (found := self._direct(token)) is not None else (token,)

    def _words(self, token: str) -> tuple[str, ...]:
        """Return the plain words for `token`; none for a word that carries no meaning."""
        if (found := self._direct(token)) is not None:
            return found
        for guess in self._undisguised(token):
            if (found := self._direct(guess)) is not None:
                return found
        if "'" in token:
            return tuple(word for part in token.split("'") for word in self.words(part) if part)
        if "*" in token and (starred := self._starred(token)):
            return (starred,)
        if not token.isalpha():
            return (token,)
        if words := self._split(token):
            return words
        return (token,) if token.startswith(self._beginnings) else self._slip(token) or (token,)

    def _direct(self, token: str) -> tuple[str, ...] | None:
        if token in self._rewrites:
            return self._rewrites[token]
        if token in self._dropped:
            return ()
        return (token,) if token in self._known else None

    def _undisguised(self, token: str) -> list[str]:
        guesses = [
            token[: -len(end)] + full
            for end, full in self._endings
            if token.endswith(end) and len(token) > len(end) + 2
        ]
        if _RUN.search(token):
            guesses += [_RUN.sub(r"\1\1", token), _RUN.sub(r"\1", token)]
        if not token.isalpha() and not token.isdigit():
            guesses += [one.translate(_LEET) for one in (token, *guesses)]
        return guesses

    def _starred(self, token: str) -> str:
        pattern = re.compile(re.escape(token).replace(r"\*", "."))
        return next((w for w in sorted(self._watched) if pattern.fullmatch(w)), "")

    def _slip(self, token: str) -> tuple[str, ...]:
        if len(token) < _SHORTEST_GUESSED or len(token) > _LONGEST_SPLIT:
            return ()
        for slip in (token, *_one_less(token)):
            if (meant := self._slips.get(slip)) and abs(len(meant) - len(token)) <= 1:
                return self._rewrites.get(meant, (meant,))
        return ()

    def _split(self, token: str) -> tuple[str, ...]:
        """Return the words run together in `token`, if a watched word is among them."""
        if not _SHORTEST_SPLIT <= len(token) <= _LONGEST_SPLIT:
            return ()
        if not any(word in token for word in self._cores):
            return ()
        best: list[tuple[str, ...] | None] = [()] + [None] * len(token)
        for end in range(1, len(token) + 1):
            for start in range(max(0, end - 14), end):
                before, word = best[start], token[start:end]
                if before is None or not (word in self._rewrites or word in self._known):
                    continue
                if end - start == 1 and word not in ("i", "u", "я", "y", "e", "a"):
                    continue
                if (kept := best[end]) is None or len(before) + 1 < len(kept):
                    best[end] = (*before, word)
        words = best[-1]
        if not words or not any(word in self._cores for word in words):
            return ()
        return tuple(plain for word in words for plain in self._direct(word) or ())


def _one_less(word: str) -> list[str]:
    """Return `word` and `word` without each of its letters in turn."""
    return [word, *(word[:n] + word[n + 1 :] for n in range(len(word)))]
