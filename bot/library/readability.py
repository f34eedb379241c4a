"""How hard a text is to read, by the published formula of its language.

English: the Flesch-Kincaid grade (J. P. Kincaid, R. P. Fishburne, R. L. Rogers, B. S. Chissom,
"Derivation of New Readability Formulas", Research Branch Report 8-75, US Navy, 1975):
0.39 words per sentence + 11.8 syllables per word - 15.59, in US school grades. At most 6.

Spanish: the perspicuity of F. Szigriszt-Pazos (thesis, Universidad Complutense de Madrid, 1993):
206.835 - 62.3 syllables per word - words per sentence; read by the INFLESZ scale (I. M. Barrio
Cantalejo and others, "Validación de la Escala INFLESZ", An Sist Sanit Navar 31(2), 2008), on which
65 and more is "fairly easy", the level of primary school. At least 65.

A sentence ends at . ? ! ; : or at the end of its line: Flesch counts what is said as one unit. An
address, a command or a number is looked at rather than read: it counts as one short word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.library.syllables import count_syllables

HARDEST_GRADE = 6.0
LEAST_INFLESZ = 65.0

LONGEST_SENTENCE = 25
"""Words; longer ones are lost halfway by someone who is tired, whatever the average says."""

ENOUGH = 20
"""Words from which a text is measured alone: below, one long word decides the figure."""

_END = re.compile(r"(?<![A-Z]{2})[.…](?=[)\"'”»*]*\s+[^a-záéíóúñ\s])|[?!;:](?=[)\"'”»*]*\s|$)")
_EDGES = " \t.,;:?!¿¡()[]\"'“”‘’«»*_…–—"
_LETTERS = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Size:
    """How much there is of a text."""

    sentences: int
    words: int
    syllables: int


@dataclass(frozen=True, slots=True)
class Level:
    """How hard a text is: the figure in its language's scale, and whether it is easy enough."""

    language: str
    score: float

    @property
    def easy(self) -> bool:
        """Whether it may stand; a grade grows with what is hard, INFLESZ with what is easy."""
        spanish = self.language == "es"
        return self.score >= LEAST_INFLESZ if spanish else self.score <= HARDEST_GRADE

    def __str__(self) -> str:
        """Return the figure and its limit as an author reads them."""
        if self.language == "es":
            return f"INFLESZ {self.score:.0f}, at least {LEAST_INFLESZ:.0f}"
        return f"grade {self.score:.1f}, at most {HARDEST_GRADE:.0f}"


def sentences(text: str) -> Iterator[list[str]]:
    """Yield each sentence of `text` as its words; what holds no word is none."""
    for line in text.splitlines():
        for part in _END.sub("\n", line).splitlines():
            words = [word for raw in part.split() if (word := raw.strip(_EDGES))]
            if words:
                yield words


def measure(texts: Iterable[str], language: str) -> Size:
    """Return the size of `texts` together; raises KeyError if the language's are not COUNTED."""
    found = [words for text in texts for words in sentences(text)]
    words = [word for sentence in found for word in sentence]
    spoken = sum(
        count_syllables(word, language) if _LETTERS.fullmatch(word) else 1 for word in words
    )
    return Size(len(found), len(words), spoken)


def level(size: Size, language: str) -> Level:
    """Return how hard a text of `size`, which has words, is; raises KeyError as `measure` does."""
    per_sentence, per_word = size.words / size.sentences, size.syllables / size.words
    if language == "es":
        return Level(language, 206.835 - 62.3 * per_word - per_sentence)
    return Level(language, 0.39 * per_sentence + 11.8 * per_word - 15.59)
