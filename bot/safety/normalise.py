"""Makes one spelling of many: the same words, however they were typed or disguised.

Laws: (1) what comes out depends on the text alone; (2) the time it takes grows with the length of
the text and nothing else. Spelling that needs to know a language's words is `spelling.py`'s.
"""

from __future__ import annotations

import re
import unicodedata

LONGEST = 5_000
"""Characters looked at; of a longer text, its beginning and its end. No platform sends more."""

ENDS = frozenset(".!?")
"""Tokens that end a sentence. A comma is a token of its own too, and ends only a clause."""

_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\U0001f3fb-\U0001f3ff\U000e0000-\U000e007f]"
)
_APOSTROPHES = re.compile("['`\u00b4\u02b9\u02bb\u02bc\u02c8\u2018\u2019\u201b\u2032\u2035\uff07]")
_SPACED = re.compile(r"(?<![\w'])[^\W_](?:([ .\-_*])[^\W_](?:\1[^\W_])+)(?![\w'])")
"""Three or more single characters with the same thing between them: "k.m.s", "d i e"."""

_TOKEN = re.compile(
    r"[^\W_]+(?:['*@$!|][^\W_]+|[*@$]{1,6}[^\W_]+)*[*]{0,3}|[@$][^\W_]+"
    r"|[.!?\u2026;]+|\n\s*\n|[,\n]|:['\-]?[()|]|</?3|[\u2190-\u21ff\u2600-\u27bf\U0001f000-\U0001faff]"
)
_LATIN_TWINS = str.maketrans(
    "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455\u04bb\u0501\u051b\u051d"
    "\u043a\u043c\u0442\u0432\u043d\u03b1\u03b5\u03bf\u03b9\u03ba\u03bd\u03c1\u03c4\u03c5\u0131",
    "aeopcyxijshdqwkmtbhaeoikvptui",
)
_CYRILLIC_TWINS = str.maketrans(
    "aeopcyxkmtbh3",
    "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u043a\u043c\u0442\u0432\u043d\u0437",
)


def tokens(text: str) -> list[str]:
    """Return the words, emoji and stops of `text`, lower-case, unaccented, in one spelling.

    Sentence ends and empty lines come as ".", "!" or "?", clause ends and new lines as ",".
    """
    if len(text) > LONGEST:
        text = f"{text[: LONGEST // 2]}\n{text[-LONGEST // 2 :]}"
    text = plain_letters(text)[: 2 * LONGEST]  # one sign may have become many letters
    text = _SPACED.sub(_joined, text)
    found = []
    for token in _TOKEN.findall(text):
        first = token[0]
        if first.isalnum():
            found.append(token if token.isascii() else _one_script(token))
        elif token == "\n":
            found.append(",")
        elif first in ".!?\n\u2026;":
            found.append("?" if "?" in token else "!" if "!" in token else ".")
        else:
            found.append(token)
    return found


def plain_letters(text: str) -> str:
    """Return `text` in lower case, without accents or what cannot be seen."""
    if text.isascii():
        return text.casefold()
    text = _APOSTROPHES.sub("'", _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)))
    apart = unicodedata.normalize("NFD", text.casefold())
    return "".join(one for one in apart if not "\u0300" <= one <= "\u036f")


def _joined(match: re.Match[str]) -> str:
    return match[0].replace(match[1], "")


def _one_script(token: str) -> str:
    """Return a word of mixed alphabets in the one most of its letters are from."""
    latin = sum("a" <= one <= "z" for one in token)
    if not latin:
        return token
    if 2 * latin >= len(token):
        return token.translate(_LATIN_TWINS)
    return token.translate(_CYRILLIC_TWINS)
