"""What holds in every language, also in one that has no rules of its own yet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.library.readability import LONGEST_SENTENCE, sentences

NEUTRAL = (
    "exclamation",
    "amount",
    "emoji-means",
    "emoji-cheer",
    "emoji-only",
    "long-sentence",
    "message-length",
    "crisis-number",
)
"""The names of these rules."""

WORDS_BEFORE_NUMBER = 60
LONGEST_MESSAGE = 900
"""Characters; more does not fit one message on every platform, nor the screen of a phone."""

_PILLS = (
    r"pills?|tablets?|capsules?|pastillas?|p[ií]ldoras?|comprimidos?|tabletas?|c[aá]psulas?"
    r"|tabletten?|pillen?|kapseln?|comprim[ée]s?|cachets?|pilules?|g[ée]lules?|p[ií]lulas?"
    r"|таблет\w*|капсул\w*"
)
_AMOUNT = re.compile(
    rf"(?<!\w)\d[\d.,]*[ -]?(?:(?:mg|mcg|µg|ug|ml|cl|cc|g|gr|kg|lbs?|kcal|cal|oz|мг|мл|кг)(?!\w)"
    rf"|(?:{_PILLS})(?!\w))",
    re.IGNORECASE,
)
_EXCLAIMED = re.compile(r"[!¡‼❗❕]")
_MEANS = re.compile("[💊💉🔪🗡🪒🔫💣🪓⚰🪦🍺🍻🍷🍸🍹🍾🥂🥃🍶🚬]")
_CHEER = re.compile("[🎉🎊🥳🏆🥇👏🎈🎆🎇🙌]")
_SIGNS = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf\u2b50\u2b55]")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong with a text: the rule's name, what is wrong, and the remedy."""

    rule: str
    what: str
    remedy: str


def neutral_findings(text: str, key: str, *, label: bool) -> Iterator[Finding]:
    """Yield what is wrong with `text`, which is said under `key`, whatever its language."""
    if found := _EXCLAIMED.search(text):
        what = f'says "{found[0]}": it sounds loud to someone who is in a hard moment'
        yield Finding("exclamation", what, "End with a full stop.")
    if found := _AMOUNT.search(text):
        what = f'says "{found[0]}": an amount can be read as a dose, or as something to compare'
        yield Finding("amount", what, "Leave the number out; say who to ask.")
    if found := _MEANS.search(text):
        what = f'shows "{found[0]}": a picture of it can be a trigger or a hint'
        yield Finding("emoji-means", what, "Leave it out.")
    if found := _CHEER.search(text):
        what = f'shows "{found[0]}": cheer hurts on the wrong day, and any day can be that'
        yield Finding("emoji-cheer", what, "Say the kind thing in words.")
    if _SIGNS.search(text) and not any(sign.isalnum() for sign in _SIGNS.sub("", text)):
        what = "has no words: a picture alone is read differently by each, and not at all aloud"
        yield Finding("emoji-only", what, "Say it in words; the picture may stay beside them.")
    longest = () if label else max(sentences(text), key=len, default=[])
    if len(longest) > LONGEST_SENTENCE:
        what = f'has a sentence of {len(longest)} words ("{" ".join(longest[:4])} ...")'
        yield Finding("long-sentence", what, f"At most {LONGEST_SENTENCE}: make it two.")
    if not label and len(text) > LONGEST_MESSAGE:
        what = f"has {len(text)} characters"
        yield Finding("message-length", what, f"At most {LONGEST_MESSAGE}: say less, or in two.")
    if key == "crisis-page":
        yield from _crisis(text)


def _crisis(text: str) -> Iterator[Finding]:
    first = re.search(r"\d{2,}", text)
    if first is None:
        yield Finding("crisis-number", "has no number to call", "Give one, or a directory too.")
    elif len(text[: first.start()].split()) > WORDS_BEFORE_NUMBER:
        what = f"comes to its first number after more than {WORDS_BEFORE_NUMBER} words"
        yield Finding("crisis-number", what, "Put the number first.")
