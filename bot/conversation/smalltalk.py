"""Recognises what people say in passing: a feeling, a thanks, a curse; and whether they ask.

Laws: (1) the same text always means the same, and the longest phrase wins, then the first id; (2) a
feeling that is denied, or somebody else's, is none; (3) what is no feeling counts only where it is
about all that is said; (4) nothing counts beside what speaks against it. Belongs here: finding.
Never: what to answer.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bot.conversation.ways import ANY_NUMBER, Ways
from bot.core.content import Overheard, SmallTalk
from bot.safety.families import Wordings
from bot.safety.normalise import ENDS, tokens
from bot.safety.spelling import Spelling

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

LONG = 7
"""Letters from which on a word is known with one of them wrong."""

LONGEST_BUT = 6
"""How many words before a phrase a wording that changes its meaning may begin."""

LONGEST_BEGINNING = 6
"""Words by which a question is known."""

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A phrase made ready; `turns`: it means the same with its words in another order."""

    entry: SmallTalk
    words: Words
    alone: bool
    turns: bool


@dataclass(frozen=True, slots=True)
class _Hit:
    """A phrase that stands in a sentence, on the places `used`."""

    phrase: _Phrase
    used: frozenset[int]

    @property
    def rank(self) -> tuple[bool, bool, int, str]:
        """Return what the lowest of is the best: first, feelings, the longest, by id."""
        entry = self.phrase.entry
        return not entry.first, not entry.feeling, -len(self.phrase.words), entry.id


@dataclass(slots=True)
class _Sentence:
    """Words in order; `commas` are where a clause begins; `marked`: a question mark ends it."""

    words: list[str] = field(default_factory=list)
    commas: list[int] = field(default_factory=list)
    marked: bool = False


class Ear:
    """One language made ready to be overheard."""

    def __init__(self, entries: Mapping[str, SmallTalk], ways: Ways) -> None:
        """Take the entries and how this language says them."""
        self._rewrites = {one: tuple(to.split()) for one, to in ways.spelling.rewrites.items()}
        self._dropped = frozenset(ways.dropped)
        self._filler = frozenset(ways.filler) | self._dropped
        self._light = frozenset(ways.light)
        self._denies, self._near = frozenset(ways.denies), frozenset(ways.near)
        self._others, self._selves = frozenset(ways.others), frozenset(ways.selves)
        self._breaks, self._numbers = frozenset(ways.breaks), frozenset(ways.numbers)
        self._but = {one: _by_first(self._all(lines)) for one, lines in ways.but.items()}
        self._stresses = self._all(ways.stresses)
        self._asks = frozenset(self._all(ways.asks))
        self._tells = frozenset(self._all(ways.tells))
        phrases = [*self._made(entries, ways.phrases), *self._made(entries, ways.alone, alone=True)]
        usual = Counter(word for phrase in phrases for word in phrase.words)
        self._phrases: dict[str, list[_Phrase]] = {}
        for one in phrases:
            words = [word for word in one.words if word != ANY_NUMBER]
            if words:
                rarest = min(words, key=lambda word: (usual[word], word))
                self._phrases.setdefault(rarest, []).append(one)
        self._spelling = self._spelled(ways, frozenset(usual))

    def _made(
        self,
        entries: Mapping[str, SmallTalk],
        written: Mapping[str, tuple[str, ...]],
        *,
        alone: bool = False,
    ) -> Iterator[_Phrase]:
        for name, lines in written.items():
            for line in self._all(lines):
                words = tuple(one for one in line if one not in self._dropped)
                if words and (entry := entries.get(name)):
                    whole = alone or not entry.feeling
                    yield _Phrase(entry, words, whole, self._turns(words))

    def _turns(self, words: Words) -> bool:
        tells = all(len(one) >= SHORTEST_TURNED and one not in self._light for one in words)
        return len(words) > 1 and tells and self._denies.isdisjoint(words)

    def _spelled(self, ways: Ways, used: frozenset[str]) -> Spelling:
        """Return the spelling by which slips in our words are seen, and no other word is one."""
        floor = ways.spelling
        plain = {*ways.filler, *ways.light, *ways.denies, *ways.near, *ways.others, *ways.selves}
        plain |= {*ways.numbers, *ways.dropped, *ways.breaks}
        known = itertools.chain(self._asks, self._tells, self._stresses)
        plain |= {word for one in known for word in one}
        plain |= {
            word
            for but in self._but.values()
            for some in but.values()
            for one in some
            for word in one
        }
        return Spelling(
            Wordings(
                floor.language,
                common=floor.common,
                rewrites=floor.rewrites,
                endings=floor.endings,
                ordinary=floor.ordinary | floor.dropped | plain,
                watched=frozenset(one for one in used if len(one) >= SHORTEST_GUESSED),
            ),
            used,
        )

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

    # --- one message ----------------------------------------------------------------------

    def __call__(self, said: str) -> Overheard:
        """Return the entry that answers `said`, if there is one, and whether `said` asks."""
        hits: list[_Hit] = []
        left = covered = 0
        asks = False
        for sentence in self._sentences(said):
            words = sentence.words
            asking = _longest(words, self._asks) > _longest(words, self._tells)
            asks = asks or asking or sentence.marked
            found = [one for one in self._found(words) if self._holds(one, sentence)]
            if asking:
                found = [one for one in found if self._is_asked(one)]
            by_itself = {at for one in found if one.phrase.alone for at in one.used}
            covered += sum(words[n] not in self._filler for n in by_itself)
            left += sum(
                n not in by_itself and word not in self._light and word not in self._filler
                for n, word in enumerate(words)
                if word[0].isalnum()
            )
            hits += found
        if left * 2 >= max(covered, 1):
            hits = [one for one in hits if not one.phrase.alone]
        there = {one.phrase.entry.id for one in hits}
        hits = [one for one in hits if there.isdisjoint(one.phrase.entry.not_beside)]
        best = min(hits, key=lambda one: one.rank, default=None)
        return Overheard(best.phrase.entry.id if best else "", asks)

    def _sentences(self, said: str) -> list[_Sentence]:
        sentences = [_Sentence()]
        for token in tokens(said):
            here = sentences[-1]
            if token in ENDS:
                here.marked = here.marked or token == "?"
                if here.words:
                    sentences.append(_Sentence())
            elif token == ",":
                here.commas.append(len(here.words))
            else:
                meant = (token,) if token.isdigit() else self._spelling.words(token)
                here.words += meant if self._may_mean(token, meant) else (token,)
        return sentences if sentences[-1].words else sentences[:-1]

    def _may_mean(self, token: str, meant: Words) -> bool:
        """Tell whether `token` may be a slip for `meant`: at worst, a feeling nobody has.

        The first letter is right, and one letter is too few, too many or in another place; a wrong
        one only in a long word. What is no guess is not doubted.
        """
        if len(meant) != 1 or meant[0] == token or token in self._rewrites or not token.isalpha():
            return True
        one = meant[0]
        moved = len(one) != len(token) or sorted(one) == sorted(token)
        return one[0] == token[0] and (moved or len(token) >= LONG)

    def _found(self, words: Sequence[str]) -> Iterator[_Hit]:
        places: dict[str, list[int]] = {}
        for at, word in enumerate(words):
            places.setdefault(word, []).append(at)
            if self._is_number(word):
                places.setdefault(ANY_NUMBER, []).append(at)
        for word in places:
            for phrase in self._phrases.get(word, ()):
                if all(one in places for one in phrase.words) and (
                    used := self._match(phrase, places, words)
                ):
                    yield _Hit(phrase, used)

    def _match(
        self, phrase: _Phrase, places: Mapping[str, list[int]], words: Sequence[str]
    ) -> frozenset[int]:
        """Return where the words of `phrase` stand, or nothing where they are too far apart.

        They come in order, with at most `BETWEEN` others among them; or the other way round where
        each of them tells enough.
        """
        first, *rest = (places[one] for one in phrase.words)
        for start in first:
            used = [start]
            for here in rest:
                following = next((at for at in here if at > used[-1]), None)
                if following is None:
                    break
                used.append(following)
            if len(used) == len(phrase.words) and self._close(used, words):
                return frozenset(used)
        if phrase.turns:
            for start in first:
                near = {start, *(min(here, key=lambda at: abs(at - start)) for here in rest)}
                if len(near) == len(phrase.words) and self._close(near, words):
                    return frozenset(near)
        return frozenset()

    def _close(self, used: Collection[int], words: Sequence[str]) -> bool:
        others = (at for at in range(min(used), max(used)) if at not in used)
        return sum(words[at] not in self._filler for at in others) <= BETWEEN

    # --- does it count --------------------------------------------------------------------

    def _holds(self, hit: _Hit, sentence: _Sentence) -> bool:
        if self._means_else(hit, sentence.words) or self._denied(hit, sentence):
            return False
        return not hit.phrase.entry.feeling or not self._of_another(hit, sentence)

    def _is_asked(self, hit: _Hit) -> bool:
        """Tell whether `hit` may stand in a question: no feeling, or the question itself."""
        return not hit.phrase.entry.feeling or min(hit.used) == 0

    def _means_else(self, hit: _Hit, words: Sequence[str]) -> bool:
        """Tell whether a wording of "but" has some of the words of `hit`."""
        but = self._but.get(hit.phrase.entry.id)
        if not but:
            return False
        for start in range(max(0, min(hit.used) - LONGEST_BUT), max(hit.used) + 1):
            first = ANY_NUMBER if self._is_number(words[start]) else words[start]
            for wording in (*but.get(words[start], ()), *but.get(first, ())):
                inside = range(start, start + len(wording))
                if not hit.used.isdisjoint(inside) and self._stands(wording, words, start):
                    return True
        return False

    def _stands(self, wording: Words, words: Sequence[str], start: int) -> bool:
        if start + len(wording) > len(words):
            return False
        return all(
            one == words[start + n] or (one == ANY_NUMBER and self._is_number(words[start + n]))
            for n, one in enumerate(wording)
        )

    def _is_number(self, word: str) -> bool:
        return word.isdigit() or word in self._numbers

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
        """Tell whether a "not" before or among the words of `hit` is about them.

        Not one that is part of the phrase, nor one with a new "I" after it: "no sleep, I'm tired".
        """
        words = sentence.words
        for far, at in self._before(hit, sentence):
            if far > REACH:
                break
            if words[at] in self._near and far == 1 and not self._stressed(at, words):
                return True
            if words[at] in self._denies and not self._stressed(at, words):
                between = range(at + 2, min(hit.used))
                return not any(words[n] in self._selves for n in between)
        inside = range(min(hit.used), max(hit.used))
        return any(words[n] in self._denies and n not in hit.used for n in inside)

    def _stressed(self, at: int, words: Sequence[str]) -> bool:
        """Tell whether the "not" at `at` makes more of it instead: "never been so tired"."""
        return any(
            self._stands(one, words, start)
            for one in self._stresses
            for start in range(max(0, at - len(one) + 1), at + 1)
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


def _by_first(wordings: Iterable[Words]) -> Mapping[str, list[Words]]:
    found: dict[str, list[Words]] = {}
    for one in wordings:
        found.setdefault(one[0], []).append(one)
    return found


def _longest(words: Sequence[str], beginnings: frozenset[Words]) -> int:
    """Return how many words the longest of `beginnings` has that `words` begin with."""
    for count in range(min(len(words), LONGEST_BEGINNING), 0, -1):
        if tuple(words[:count]) in beginnings:
            return count
    return 0
