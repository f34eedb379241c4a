"""Real lines, spoiled: what a cat, a broken keyboard, a script or a prankster makes of them.

Everything is drawn from a seed, so that what went wrong once can be tried again.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path

from adapters.rehearsal.talk import read_talks
from tests.safety.corpus import lines
from tests.worlds import content

Change = Callable[[str, random.Random], str]

DIALOGUES = Path(__file__).parents[1] / "dialogues"
LONG = 100_000
"""Characters of a line that somebody's clipboard held."""

CONTROLS = "".join(map(chr, (*range(32), *range(127, 160))))
DIRECTIONS = "\u200e\u200f\u202a\u202b\u202d\u202e\u202c\u2066\u2067\u2068\u2069\u061c"
HIDDEN = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u180e\u034f\u2800\u3164"
EMOJI = "🙂😭💊🔪🍺🎉👩‍👩‍👧‍👦🇪🇸🏳️‍🌈👍🏽❤️‍🔥☠️😀"
SYNTAX = (
    "<b>x</b>", "<script>alert(1)</script>", "&lt;&#0;", "**x** _y_ `z`", "[a](tg://user?id=1)",
    "{ $mood }", "{ flow-checkin-mood }", "-term = x", "{", "}", "}}{{", "' OR 1=1; --",
    "\"; DROP TABLE people; --", "%s%n%x", "${HOME}", "$(reboot)", "\\u0000", "\\", "../../etc",
    "\ue000\ue001", "go.crisis", "abcdefgh._yes", "@everyone", "<@123>", "/", "//", "/checkin@bot",
    "\x1b[31m", "\u0000", "null", "NaN", "-0", "1e999", "0x7", "٣", "x = y\n  .z = { $w }",
)  # fmt: skip
NUMBERS = (
    ("zero", "one", "two", "three", "seven", "eight", "ten", "eleven", "dozen", "hundred", "half"),
    ("cero", "uno", "dos", "tres", "siete", "ocho", "diez", "once", "docena", "cien", "medio"),
)
DIGITS = (0x0660, 0x0966, 0xFF10, 0x1D7CE, 0x2460)
"""Where the ten digits of other scripts begin, and ten that are no digits."""

BLANKS = ("", " ", "\t", "\n\n", "\u00a0", "\u3000", "\u2003\u2003", "\u200b", " " * 500, "\u2028")


@cache
def real_lines(languages: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Return what people say: the corpus, the talks, and all that the content understands.

    `languages` are those of the corpus that are wanted, none: all of them.
    """
    said = [
        line.rest
        for file in sorted(DIALOGUES.glob("*.toml"))
        for talk in read_talks(file.read_text(encoding="utf-8"), file.name)
        for line in talk.lines
        if line.verb == "me"
    ]
    library = content().library
    phrases = library.phrases
    known = {*phrases.commands, *phrases.yes, *phrases.no, *phrases.numbers, *phrases.days}
    known |= {f"/{slash}" for slash in phrases.slashes} | {str(n) for n in range(12)}
    known |= {one for flow in library.flows.values() for s in flow.steps for one in s.heard}
    corpus = [one.text for one in lines() if not languages or one.writer.language in languages]
    return (*corpus, *said, *sorted(known) * 4)


def _strewn(signs: str) -> Change:
    def strew(said: str, chance: random.Random) -> str:
        for _ in range(chance.randint(1, 12)):
            place = chance.randint(0, len(said))
            said = said[:place] + chance.choice(signs) + said[place:]
        return said

    return strew


def _surrogates(said: str, chance: random.Random) -> str:
    lone = "".join(chr(chance.randint(0xD800, 0xDFFF)) for _ in range(chance.randint(1, 5)))
    return _strewn(lone)(said, chance)


def _endless(said: str, chance: random.Random) -> str:
    size = chance.choice((LONG, LONG // 7))
    return (f"{said} " * (size // (len(said) + 1) + 1))[:size]


def _one_word(said: str, chance: random.Random) -> str:
    word = chance.choice(said.split() or ["a"])
    return (word * 5_000)[: chance.randint(50, 20_000)]


def _flood(_: str, chance: random.Random) -> str:
    return "".join(chance.choice(EMOJI) for _ in range(chance.randint(1, 800)))


def _number_words(said: str, chance: random.Random) -> str:
    words = chance.choice(NUMBERS)
    some = " ".join(chance.choice(words) for _ in range(chance.randint(1, 4)))
    return chance.choice((some, f"{said} {some}", f"{some} {said}"))


def _other_digits(said: str, chance: random.Random) -> str:
    zero = chance.choice(DIGITS)
    table = {str(n): chr(zero + n) for n in range(10)}
    number = "".join(table[digit] for digit in str(chance.randint(0, 99)))
    swapped = "".join(table.get(one, one) for one in said)
    return chance.choice((number, swapped, f"{number}/10", f"-{number}", f"{number}.{number}"))


def _syntax(said: str, chance: random.Random) -> str:
    sign = chance.choice(SYNTAX)
    return chance.choice((sign, f"{sign}{said}", f"{said}{sign}", f"{sign} {said} {sign}"))


def _mixed(said: str, chance: random.Random) -> str:
    words = [*said.split(), *chance.choice(real_lines(("en", "es"))).split()]
    return " ".join(chance.sample(words, len(words)))


def _cased(said: str, chance: random.Random) -> str:
    return "".join(chance.choice((one.upper(), one.lower(), one.title())) for one in said)


def _repeated(said: str, chance: random.Random) -> str:
    return "".join(one * chance.choice((1, 1, 1, 2, 9)) for one in said)


def _dropped(said: str, chance: random.Random) -> str:
    return "".join(one for one in said if chance.random() > 0.2)


def _blank(_: str, chance: random.Random) -> str:
    return chance.choice(BLANKS)


def _accented(said: str, chance: random.Random) -> str:
    marks = "".join(chr(chance.randint(0x300, 0x36F)) for _ in range(chance.randint(1, 40)))
    return "".join(one + marks if one.isalpha() else one for one in said[:200])


def _lined(said: str, chance: random.Random) -> str:
    return chance.choice(("\n", "\r\n", "\r", "\u2028", "\x85")).join(said.split())


CHANGES: Mapping[Change, int] = {
    _strewn(CONTROLS): 8, _strewn(DIRECTIONS): 8, _strewn(HIDDEN): 8, _strewn(EMOJI): 8,
    _surrogates: 8, _one_word: 2, _flood: 3, _number_words: 8, _other_digits: 8, _syntax: 12,
    _mixed: 8, _cased: 8, _repeated: 8, _dropped: 8, _blank: 3, _accented: 3, _lined: 4,
}  # fmt: skip
"""Each with its weight; lines of `LONG` characters come on top, as one in so many."""

ONE_ENDLESS_IN = 500


def inputs(
    seed: int, count: int, languages: tuple[str, ...] = ()
) -> Iterator[tuple[str, random.Random]]:
    """Yield `count` spoiled lines, each with the chance that else belongs to it."""
    real = real_lines(languages)
    changes, weights = [*CHANGES], [*CHANGES.values()]
    for number in range(count):
        chance = random.Random(f"{seed} {number}")
        said = chance.choice(real)
        for change in chance.choices(changes, weights, k=chance.choice((1, 1, 2, 3))):
            said = change(said, chance)
        yield (_endless(said, chance) if number % ONE_ENDLESS_IN == 7 else said), chance
