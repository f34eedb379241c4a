"""Recognises what people say in passing: a feeling, a thanks, a curse; and whether they ask.

Laws: (1) the same text always means the same, and the longest phrase wins, then the first id; (2) a
feeling that is denied, or somebody else's, is none; (3) what is no feeling counts only where it is
about all that is said. Belongs here: finding. Never: what to answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bot.core.content import Overheard, SmallTalk
from bot.safety.families import Wordings
from bot.safety.normalise import ENDS, tokens
from bot.safety.spelling import Spelling

ANY_NUMBER = "#"
"""How a phrase writes a number, whichever it is."""

BETWEEN = 2
"""How many other words may stand inside a phrase, beside filler."""

REACH = 3
"""How many words before a feeling a "not" still denies it."""

FARTHER = 4
"""How many words before a feeling somebody else may be named whose feeling it is."""

SHORTEST_TURNED = 3
"""Letters each word of a phrase needs for the phrase to be known in another order too."""

SHORTEST_GUESSED = 5
"""Letters from which on a word is worth guessing at where it is misspelt."""


@dataclass(frozen=True, slots=True)
class Ways:
    """How one language says the entries; every phrase is plain words, `#` being any number.

    A phrase in `alone` counts only where it is about all that is said. `but` are wordings in which
    a phrase of the entry means something else. `filler` adds nothing, and `light` words tell little
    where no phrase has them; `denies` turns a feeling
    into none, `near` only where it stands right before it, and in `stresses` neither does. `others`
    are people it may be about, `selves` words that say it is about oneself. `breaks` begin a
    thought of their own. `asks` are beginnings of questions, `tells` of what only looks like one.
    """

    spelling: Wordings
    phrases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    alone: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    but: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    filler: tuple[str, ...] = ()
    light: tuple[str, ...] = ()
    denies: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    stresses: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    selves: tuple[str, ...] = ()
    breaks: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    tells: tuple[str, ...] = ()


Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Phrase:
    entry: SmallTalk
    words: Words
    alone: bool

    @property
    def turns(self) -> bool:
        return len(self.words) > 1 and all(len(one) >= SHORTEST_TURNED for one in self.words)


@dataclass(frozen=True, slots=True)
class _Hit:
    phrase: _Phrase
    used: frozenset[int]

    @property
    def rank(self) -> tuple[bool, bool, int, str]:
        """Return what the lowest of is the best: first, feelings, the longest, by id."""
        entry = self.phrase.entry
        return not entry.first, not entry.feeling, -len(self.phrase.words), entry.id


@dataclass(slots=True)
class _Sentence:
    """Words in order; `commas` are where a clause begins; `telling` where filler is left out."""

    words: list[str]
    commas: list[int]
    marked: bool
    telling: list[int] = field(default_factory=list)


class Ear:
    """One language made ready to be overheard."""

    def __init__(self, entries: Mapping[str, SmallTalk], ways: Ways) -> None:
        """Take the entries and how this language says them."""
        self._rewrites = {one: tuple(to.split()) for one, to in ways.spelling.rewrites.items()}
        self._but = {one: self._all(lines) for one, lines in ways.but.items()}
        self._stresses = self._all(ways.stresses)
        self._asks, self._tells = self._all(ways.asks), self._all(ways.tells)
        self._denies, self._near = frozenset(ways.denies), frozenset(ways.near)
        self._others, self._selves = frozenset(ways.others), frozenset(ways.selves)
        self._breaks, self._numbers = frozenset(ways.breaks), frozenset(ways.numbers)
        self._filler, self._light = frozenset(ways.filler), frozenset(ways.light)
        self._phrases: dict[str, list[_Phrase]] = {}
        known = set[str]()
        for name, entry in entries.items():
            lines = self._all(ways.phrases.get(name, ()))
            alone = self._all(ways.alone.get(name, ()))
            known.update(word for one in (*lines, *alone) for word in one)
            for one in lines:
                self._add(_Phrase(entry, self._telling(one), not entry.feeling))
            for one in alone:
                self._add(_Phrase(entry, self._telling(one), alone=True))
        plain = {
            *ways.filler,
            *ways.light,
            *ways.denies,
            *ways.near,
            *ways.others,
            *ways.selves,
            *ways.numbers,
        }
        plain |= {word for one in (*self._asks, *self._tells) for word in one}
        self._spelling = Spelling(
            Wordings(
                ways.spelling.language,
                common=ways.spelling.common,
                rewrites=ways.spelling.rewrites,
                endings=ways.spelling.endings,
                ordinary=ways.spelling.ordinary | plain | ways.spelling.dropped,
                watched=frozenset(
                    word for word in known if len(word) >= SHORTEST_GUESSED and word.isalpha()
                ),
            ),
            known,
        )

    def __call__(self, said: str) -> Overheard:
        """Return the entry that answers `said`, if there is one, and whether `said` asks."""
        hits: list[_Hit] = []
        left = covered = 0
        asks = False
        for sentence in self._sentences(said):
            asking = self._begins(sentence.words, self._asks, self._tells)
            asks = asks or asking or sentence.marked
            found = [one for one in self._found(sentence) if self._holds(one, sentence)]
            if asking:
                found = [one for one in found if one.phrase.alone]
            by_itself = frozenset[int]().union(*(one.used for one in found if one.phrase.alone))
            covered += len(by_itself)
            left += sum(
                n not in by_itself and sentence.words[n] not in self._light
                for n in sentence.telling
            )
            hits += found
        if left * 2 > covered:
            hits = [one for one in hits if not one.phrase.alone]
        best = min(hits, key=lambda one: one.rank, default=None)
        return Overheard(best.phrase.entry.id if best else "", asks)

    # --- made ready -----------------------------------------------------------------------

    def _all(self, lines: Iterable[str]) -> tuple[Words, ...]:
        return tuple(words for line in lines if (words := self._author_words(line)))

    def _author_words(self, line: str) -> Words:
        """Return the words of a phrase as those of a message will be seen."""
        found: list[str] = []
        for at, part in enumerate(line.split(ANY_NUMBER)):
            found += [ANY_NUMBER] if at else []
            for token in tokens(part):
                if token in self._rewrites:
                    found += self._rewrites[token]
                elif token not in ENDS and token != ",":
                    found += [one for one in token.split("'") if one]
        return tuple(found)

    def _telling(self, words: Words) -> Words:
        """Return `words` without filler, or all of them where they are nothing else."""
        return tuple(one for one in words if one not in self._filler) or words

    def _add(self, phrase: _Phrase) -> None:
        words = [one for one in phrase.words if one != ANY_NUMBER]
        if words:
            self._phrases.setdefault(max(words, key=len), []).append(phrase)

    # --- one message ----------------------------------------------------------------------

    def _sentences(self, said: str) -> list[_Sentence]:
        sentences = [_Sentence([], [], marked=False)]
        for token in tokens(said):
            here = sentences[-1]
            if token in ENDS:
                here.marked = here.marked or token == "?"
                if here.words:
                    sentences.append(_Sentence([], [], marked=False))
            elif token == ",":
                here.commas.append(len(here.words))
            else:
                here.words += self._spelling.words(token)
        if not sentences[-1].words:
            sentences.pop()
        telling = 0
        for one in sentences:
            one.telling = [n for n, word in enumerate(one.words) if word not in self._filler]
            telling += len(one.telling)
        if not telling:
            for one in sentences:
                one.telling = list(range(len(one.words)))
        return sentences

    @staticmethod
    def _begins(words: Sequence[str], asks: Iterable[Words], tells: Iterable[Words]) -> bool:
        def longest(beginnings: Iterable[Words]) -> int:
            fits = (len(one) for one in beginnings if tuple(words[: len(one)]) == one)
            return max(fits, default=0)

        return longest(asks) > longest(tells)

    def _found(self, sentence: _Sentence) -> Iterator[_Hit]:
        words = [sentence.words[n] for n in sentence.telling]
        for at, word in enumerate(words):
            for phrase in self._phrases.get(word, ()):
                used = self._match(phrase, words, at)
                if used:
                    yield _Hit(phrase, frozenset(sentence.telling[n] for n in used))

    def _match(self, phrase: _Phrase, words: Sequence[str], at: int) -> tuple[int, ...]:
        """Return where the words of `phrase` stand around `at`, or nothing.

        They come in order, with at most `BETWEEN` others among them; or the other way round where
        each of them tells enough.
        """
        wanted = phrase.words
        width = len(wanted) + BETWEEN
        low, high = max(0, at - width + 1), min(len(words), at + width)
        places: list[list[int]] = []
        for one in wanted:
            here = [n for n in range(low, high) if self._is(one, words[n])]
            if not here:
                return ()
            places.append(here)
        for start in places[0]:
            used = [start]
            for here in places[1:]:
                following = next((n for n in here if n > used[-1]), None)
                if following is None:
                    break
                used.append(following)
            if len(used) == len(wanted) and used[-1] - used[0] < width and at in used:
                return tuple(used)
        if phrase.turns:
            nearest = tuple(min(here, key=lambda n: abs(n - at)) for here in places)
            if len({*nearest}) == len(wanted) and max(nearest) - min(nearest) < width:
                return nearest
        return ()

    def _is(self, wanted: str, word: str) -> bool:
        if wanted == ANY_NUMBER:
            return word.isdigit() or word in self._numbers
        return word == wanted

    # --- does it count --------------------------------------------------------------------

    def _holds(self, hit: _Hit, sentence: _Sentence) -> bool:
        words, entry = sentence.words, hit.phrase.entry
        for wording in self._but.get(entry.id, ()):
            for start in range(len(words) - len(wording) + 1):
                inside = range(start, start + len(wording))
                if not hit.used.isdisjoint(inside) and self._stands(wording, words, start):
                    return False
        if self._denied(hit, sentence):
            return False
        return not entry.feeling or not self._of_another(hit, sentence)

    def _stands(self, wording: Words, words: Sequence[str], start: int) -> bool:
        return all(self._is(one, words[start + n]) for n, one in enumerate(wording))

    def _before(self, hit: _Hit, sentence: _Sentence) -> Iterator[tuple[int, int]]:
        """Yield the words of the clause before `hit`, nearest first: how far, and where."""
        first, far = min(hit.used), 0
        begins = max((comma for comma in sentence.commas if comma <= first), default=0)
        for at in range(first - 1, begins - 1, -1):
            word = sentence.words[at]
            if word in self._breaks:
                return
            far += word not in self._filler
            yield far, at

    def _denied(self, hit: _Hit, sentence: _Sentence) -> bool:
        """Tell whether a "not" before the words is about them.

        Not one that is part of the phrase, nor one with a new "I" after it: "no sleep, I'm tired".
        """
        words = sentence.words
        for far, at in self._before(hit, sentence):
            if far > REACH:
                return False
            if words[at] in self._near and far == 1 and not self._stressed(at, words):
                return True
            if words[at] in self._denies:
                between = range(at + 2, min(hit.used))
                if not any(words[n] in self._selves for n in between):
                    return not self._stressed(at, words)
        inside = range(min(hit.used), max(hit.used))
        return any(words[n] in self._denies and n not in hit.used for n in inside)

    def _stressed(self, at: int, words: Sequence[str]) -> bool:
        """Tell whether the "not" at `at` makes more of it instead: "never been so tired"."""
        return any(
            self._stands(one, words, start)
            for one in self._stresses
            for start in range(max(0, at - len(one) + 1), at + 1)
            if start + len(one) <= len(words)
        )

    def _of_another(self, hit: _Hit, sentence: _Sentence) -> bool:
        """Tell whether somebody else is named before the words, and oneself not after that."""
        words = sentence.words
        if any(words[at] in self._selves for at in hit.used):
            return False
        for far, at in self._before(hit, sentence):
            if far > FARTHER or words[at] in self._selves:
                return False
            if words[at] in self._others:
                return True
        return False


class Ears:
    """Every language, made ready when it is first spoken."""

    def __init__(
        self,
        entries: Mapping[str, SmallTalk],
        languages: Iterable[str],
        load: Callable[[str], Ways],
    ) -> None:
        """Take the entries, and how to learn the ways in which a language says them."""
        self._entries = entries
        self._languages = tuple(languages)
        self._load = load
        self._ears: dict[str, Ear] = {}

    def __call__(self, said: str, lang: str) -> Overheard:
        """Return what `said` means in `lang`, or in any other language where it means nothing."""
        heard = [Overheard()]
        for one in sorted(self._languages, key=lambda other: other != lang):
            if one not in self._ears:
                self._ears[one] = Ear(self._entries, self._load(one))
            heard.append(self._ears[one](said))
            if heard[-1].entry:
                return heard[-1]
        return Overheard(asks=any(one.asks for one in heard))
