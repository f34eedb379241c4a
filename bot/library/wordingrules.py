"""Reads a language's wording.toml: what its sentences may not say, why, and what to try instead.

A wording is written as it would be said. Capitals, accents and kinds of apostrophe do not matter,
and it is found only as whole words, within one sentence:

    commit*       this beginning, any ending
    (a|b c)       one of these
    [really] x    with or without
    a ... b       up to three words between
    #             a number, in digits or in words
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import lru_cache
from pathlib import Path
from typing import Any

from bot.library.problems import Problem

RULE_KEYS = frozenset(
    (
        "name",
        "group",
        "never",
        "must",
        "but",
        "only_in",
        "ours",
        "because",
        "instead",
        "wrong",
        "right",
    )
)
NEEDED = ("name", "group", "because", "instead")
ALLOW_KEYS = ("key", "rule", "because")
_BETWEEN = r"(?:[^\w.!?¿¡]+|(?='))"
_LAST = re.compile(r" \[([^\]]*)\](?=$|[)|\x01])")
_MEMBERS = re.compile(r"(?<!\*)\*[^*]+\*(?!\*)|\"[^\"]+\"|“[^”]+”|«[^»]+»")
_SIGNS = str.maketrans("’‘", "''")


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing not to say, or, with `must`, one thing that has to be said.

    `but` are wordings in which it is fine. `only_in` are the keys of the sentences it is about,
    `*` standing for anything; all, if there are none. With `ours` it is about what the program says
    of itself: not about labels, nor about words in *italics* or "quotes", which are the member's.
    `wrong` and `right` are examples.
    """

    name: str
    group: str
    because: str
    instead: str
    never: tuple[re.Pattern[str], ...] = ()
    must: tuple[re.Pattern[str], ...] = ()
    but: tuple[re.Pattern[str], ...] = ()
    only_in: tuple[str, ...] = ()
    ours: bool = False
    wrong: tuple[str, ...] = ()
    right: tuple[str, ...] = ()

    def covers(self, key: str, *, label: bool) -> bool:
        """Whether the rule is about the sentence, or label, called `key`."""
        if label and self.ours:
            return False
        return not self.only_in or any(fnmatchcase(key, one) for one in self.only_in)

    def broken_by(self, text: str) -> str | None:
        """Return the words of `text` that break the rule, "" for words it lacks, None if neither.

        `text` is the whole of what is on the screen; only_in is not looked at.
        """
        plain, folded = _plain(_MEMBERS.sub(" ", text) if self.ours else text)
        for wording in self.never:
            for found in wording.finditer(folded):
                fine = (one.span() for but in self.but for one in but.finditer(folded))
                if not any(a < found.end() and found.start() < b for a, b in fine):
                    return plain[found.start() : found.end()]
        if self.must and not any(one.search(folded) for one in self.must):
            return ""
        return None


@dataclass(frozen=True, slots=True)
class Allowed:
    """One sentence, by its key, that one rule is not held against, and the reason."""

    key: str
    rule: str
    because: str


@dataclass(slots=True)
class Wording:
    """A language's rules and exemptions, and what is wrong with the file that holds them."""

    file: str
    rules: list[Rule] = field(default_factory=list)
    allowed: list[Allowed] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_wording(folder: Path, language: str) -> Wording | None:
    """Return the rules of `language` below `folder`, or None where it has none.

    What is wrong in the file is among its problems, one each; a rule that has one is left out.
    """
    wording = Wording(f"{language}/wording.toml")
    path = folder / language / "wording.toml"
    if not path.is_file():
        return None
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        remedy = "Often a missing quote or bracket."
        wording.problems.append(Problem(wording.file, "", f"cannot be read: {error}", remedy))
        return wording
    numbers = "|".join(_plain(one)[1] for one in _texts(raw.get("numbers")))
    for number, one in enumerate(_tables(raw.get("rule")), 1):
        _add_rule(wording, one, number, numbers)
    for number, one in enumerate(_tables(raw.get("allow")), 1):
        _add_allowed(wording, one, number)
    for key in sorted(raw.keys() - {"numbers", "rule", "allow"}):
        remedy = "Known: allow, numbers, rule."
        wording.problems.append(Problem(wording.file, key, f"unknown key {key!r}", remedy))
    return wording


def _add_rule(wording: Wording, raw: dict[str, Any], number: int, numbers: str) -> None:
    where = f"rule {raw.get('name', number)}"
    before = len(wording.problems)

    def report(what: str, remedy: str) -> None:
        wording.problems.append(Problem(wording.file, where, what, remedy))

    for key in sorted(raw.keys() - RULE_KEYS):
        report(f"unknown key {key!r}", f"Known: {', '.join(sorted(RULE_KEYS))}.")
    for key in NEEDED:
        if not (isinstance(raw.get(key), str) and raw[key].strip()):
            report(f"has no {key}", "An author needs it to mend a sentence.")
    if any(raw.get("name") == one.name for one in wording.rules):
        report("stands twice", "Rename one, or put their wordings together.")
    for key in ("wrong", "right"):
        if not _texts(raw.get(key)):
            report(f"has no example under {key}", "Give one sentence, so that it is tried.")
    compiled: dict[str, tuple[re.Pattern[str], ...]] = {}
    for key in ("never", "must", "but"):
        try:
            compiled[key] = tuple(_compile(one, numbers) for one in _texts(raw.get(key)))
        except (re.error, ValueError) as error:
            report(f"a wording under {key} cannot be read: {error}", "See content/README.md.")
    if not compiled.get("never") and not compiled.get("must"):
        report("refuses nothing", "Give wordings under never, or under must.")
    if len(wording.problems) > before:
        return
    rule = Rule(
        **{key: str(raw[key]).rstrip(".") for key in NEEDED},
        never=compiled["never"],
        must=compiled["must"],
        but=compiled["but"],
        only_in=_texts(raw.get("only_in")),
        ours=raw.get("ours") is True,
        wrong=_texts(raw.get("wrong")),
        right=_texts(raw.get("right")),
    )
    wording.rules.append(rule)
    for one in rule.wrong:
        if rule.broken_by(one) is None:
            report(f"does not refuse its own example {one!r}", "Mend one of the two.")
    for one in rule.right:
        if (words := rule.broken_by(one)) is not None:
            report(f"refuses {words!r} in its example of what is right", "Mend one of the two.")


def _add_allowed(wording: Wording, raw: dict[str, Any], number: int) -> None:
    texts = {key: raw[key].strip() for key in ALLOW_KEYS if isinstance(raw.get(key), str)}
    if raw.keys() != set(ALLOW_KEYS) or not all(texts.get(key) for key in ALLOW_KEYS):
        what = "does not say key, rule and because, each a text, and nothing else"
        remedy = 'Like allow = [{ key = "menu", rule = "jargon", because = "..." }].'
        wording.problems.append(Problem(wording.file, f"allow {number}", what, remedy))
    else:
        wording.allowed.append(Allowed(**texts))


@lru_cache(maxsize=4096)
def _compile(wording: str, numbers: str) -> re.Pattern[str]:
    """Return `wording` as an expression over folded text; raises ValueError or re.error."""
    folded = _plain(wording)[1]
    if not re.fullmatch(r"[\w'()|*#. \[\]%/-]+", folded):
        raise ValueError(f"{wording!r} has a sign that means nothing here")
    while _LAST.search(folded):
        folded = _LAST.sub("\x01 (\\1)\x02", folded)
    pieces = {
        " ... ": rf"{_BETWEEN}(?:[\w']+{_BETWEEN}){{0,3}}",
        "\x01": "(?:",
        "\x02": ")?",
        "] ": rf"){_BETWEEN})?",
        "[": "(?:(?:",
        "(": "(?:",
        " ": _BETWEEN,
        "-": rf"(?:-|{_BETWEEN})",
        "*": r"\w*",
        "#": rf"(?:\d+|{numbers})" if numbers else r"\d+",
        ".": r"\.",
    }
    signs = re.compile("|".join(map(re.escape, pieces)))
    return re.compile(rf"(?<!\w){signs.sub(lambda sign: pieces[sign[0]], folded)}(?!\w)")


@lru_cache(maxsize=4096)
def _plain(text: str) -> tuple[str, str]:
    """Return `text` on one line, and the same, sign for sign, without capitals and accents."""
    plain = unicodedata.normalize("NFC", " ".join(text.translate(_SIGNS).split()))
    return plain, "".join(map(_folded, plain))


def _folded(sign: str) -> str:
    low = sign.lower()
    bare = low if low == "ñ" else unicodedata.normalize("NFD", low)[:1]
    return bare if len(bare) == 1 else sign


def _tables(raw: Any) -> list[dict[str, Any]]:
    return [one for one in raw if isinstance(one, dict)] if isinstance(raw, list) else []


def _texts(raw: Any) -> tuple[str, ...]:
    return tuple(one for one in raw if isinstance(one, str)) if isinstance(raw, list) else ()
