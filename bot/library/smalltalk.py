"""Reads small talk: its entries, their words in every language, and what is wrong with them.

An entry's sentence gets the key `smalltalk-<id>`. Phrases are written with a few signs, as in
wording.toml: `(a|b)` one of these, also inside a word, `[a|b]` one of these or none, `#` any
number. One with a full stop behind it counts only where it is about all that is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, get_args

from bot.conversation.smalltalk import Ears
from bot.conversation.ways import Ways
from bot.core.content import Library, SmallTalk
from bot.core.heard import normalise
from bot.core.skills import STATES
from bot.core.verdict import Category
from bot.features.smalltalk import NOTE
from bot.library.familyfiles import read_spelling
from bot.library.files import SMALLTALK, SOURCE_LANGUAGE, Files, Toml
from bot.library.lint import known_commands
from bot.library.problems import Problem
from bot.library.words import Sentence
from bot.safety.normalise import plain_letters

STRUCTURE = frozenset({"feeling", "first", "offers", "instead_of", "state", "not_beside"})
WORDS = frozenset({"say", "phrases", "but"})
_WAYS = "dropped filler light denies near stresses others selves breaks numbers ordinary"
WAYS = frozenset(_WAYS.split())
LISTS = frozenset({"stresses"})
"""Ways that are wordings of several words; the others are words with spaces between them."""

KNOWN = frozenset({"part", "path", "checked", "discreet"})
"""What a sentence may choose its wording by."""

MOST_OFFERS = 2
LONGEST = 200
"""Characters of what is said, or of one of its variants: it answers, and then leaves room."""

_ID = re.compile(r"[a-z][a-z-]{2,}")
"""Of two letters it would be taken for a language where sentences are read for their wording."""
_SIGN = re.compile(r"\(([^()\[\]]*)\)|\[([^()\[\]]*)\]")


def build_smalltalk(files: Files, problems: list[Problem]) -> dict[str, SmallTalk]:
    """Return the entries by id; what is wrong with their structure is added to `problems`."""
    entries: dict[str, SmallTalk] = {}
    for name, raw in _entries(files, SOURCE_LANGUAGE).items():
        wrong = [*_structure(name, raw)]
        problems += wrong
        if not wrong:
            entries[name] = SmallTalk(
                name,
                feeling=raw.get("feeling") is True,
                first=raw.get("first") is True,
                offers=tuple(raw.get("offers", ())),
                instead_of=raw.get("instead_of", ""),
                state=raw.get("state", ""),
                not_beside=tuple(raw.get("not_beside", ())),
            )
    return entries


def lazy_ears(folder: Path, files: Files, entries: Mapping[str, SmallTalk]) -> Ears:
    """Return what overhears `entries`; a language is made ready when somebody speaks it."""
    return Ears(entries, files.languages, lambda language: read_ways(folder, files, language))


def read_ways(folder: Path, files: Files, language: str) -> Ways:
    """Return how `language` says the entries, with its spelling from the crisis floor."""
    raw = _dict(files.smalltalk.get(language, {}).get("ways"))
    said = _dict(files.words.get(language, {}).get("answers"))
    spelling = read_spelling(folder, language)
    more = frozenset(plain_letters(str(raw.get("ordinary", ""))).split())
    lists = {
        key: tuple(expanded(raw.get(key)))
        if key in LISTS
        else tuple(plain_letters(str(raw.get(key, ""))).split())
        for key in WAYS - {"ordinary"}
    }
    phrases, alone, but = {}, {}, {}
    for name, entry in _entries(files, language).items():
        lines = expanded(entry.get("phrases"))
        phrases[name] = tuple(one for one in lines if not one.endswith("."))
        alone[name] = tuple(one[:-1] for one in lines if one.endswith("."))
        but[name] = tuple(expanded(entry.get("but")))
    return Ways(
        type(spelling)(
            language,
            common=spelling.common,
            dropped=spelling.dropped,
            ordinary=spelling.ordinary | more,
            rewrites=spelling.rewrites,
            endings=spelling.endings,
        ),
        phrases=phrases,
        alone=alone,
        but=but,
        asks=tuple(expanded(said.get("asks"))),
        tells=tuple(expanded(said.get("tells"))),
        **lists,
    )


def expanded(lines: Any) -> list[str]:
    """Return every plain phrase that `lines` stand for."""
    return [one for line in _list(lines) for one in _expanded(line)]


@lru_cache(maxsize=4096)
def _expanded(line: str) -> tuple[str, ...]:
    """Return what `line` stands for; the innermost sign is taken first, so signs may be nested."""
    sign = _SIGN.search(line)
    if sign is None:
        return (" ".join(line.split()),)
    ways = sign[1].split("|") if sign[1] is not None else [*sign[2].split("|"), ""]
    before, behind = line[: sign.start()], line[sign.end() :]
    return tuple(dict.fromkeys(one for way in ways for one in _expanded(before + way + behind)))


def smalltalk_sentences(files: Files, language: str) -> dict[str, Sentence]:
    """Return what is said to each entry in `language`, by key."""
    file = _file(language)
    return {
        f"smalltalk-{name}": Sentence(raw["say"].strip(), file, f"entry.{name}, say")
        for name, raw in _entries(files, language).items()
        if isinstance(raw.get("say"), str)
    }


def lint_smalltalk(files: Files, library: Library) -> Iterator[Problem]:
    """Yield what is wrong with offers, words and translations."""
    commands = known_commands(library) | {NOTE}
    for name, entry in library.smalltalk.items():
        for offer in entry.offers:
            if offer not in commands and not files.flows_unread:
                what = f"offers the unknown command {offer!r}"
                yield Problem(SMALLTALK, f"entry.{name}", what, "Name a command, or note.")
        for other in entry.not_beside:
            if other not in library.smalltalk:
                what = f"there is no entry {other!r} it may stand beside"
                yield Problem(SMALLTALK, f"entry.{name}", what, "Name an entry of this file.")
    for language in files.languages:
        if _file(language) not in files.unread and SMALLTALK not in files.unread:
            yield from _words(files, language)


def _structure(name: str, raw: Toml) -> Iterator[Problem]:
    where = f"entry.{name}"
    if not _ID.fullmatch(name):
        yield Problem(
            SMALLTALK, where, "needs three small letters or more", "Like [entry.rough-day]."
        )
    for key in sorted(set(raw) - STRUCTURE - WORDS):
        known = ", ".join(sorted(STRUCTURE | WORDS))
        yield Problem(SMALLTALK, where, f"unknown key {key!r}", f"Known: {known}.")
    for key in ("feeling", "first"):
        if not isinstance(raw.get(key, False), bool):
            yield Problem(SMALLTALK, where, f"{key} is not true or false", f"Write {key} = true.")
    offers = raw.get("offers", [])
    if not isinstance(offers, list) or not all(isinstance(one, str) for one in offers):
        what = "offers is not a list of commands"
        yield Problem(SMALLTALK, where, what, 'Like offers = ["note", "reachout"].')
    elif len(offers) > MOST_OFFERS:
        what = f"makes {len(offers)} offers"
        yield Problem(SMALLTALK, where, what, f"At most {MOST_OFFERS}: one is often enough.")
    beside = raw.get("not_beside", [])
    if not isinstance(beside, list) or not all(isinstance(one, str) for one in beside):
        what = "not_beside is not a list of entries"
        yield Problem(SMALLTALK, where, what, 'Like not_beside = ["not-working"].')
    if raw.get("state", "") not in ("", *STATES):
        what = f"unknown state {raw['state']!r}"
        yield Problem(SMALLTALK, where, what, f"Known: {', '.join(STATES)}.")
    if raw.get("instead_of", "") not in get_args(Category):
        what = f"unknown category {raw['instead_of']!r}"
        yield Problem(SMALLTALK, where, what, f"Known: {', '.join(get_args(Category)[:-1])}.")


def _words(files: Files, language: str) -> Iterator[Problem]:
    file = _file(language)
    ours = _entries(files, language)
    known = _entries(files, SOURCE_LANGUAGE)
    ways = _dict(files.smalltalk.get(language, {}).get("ways"))
    for key in sorted(set(ways) ^ WAYS):
        what = f"{key!r} is missing" if key in WAYS else f"unknown key {key!r}"
        yield Problem(file, "ways", what, f"Every language has: {', '.join(sorted(WAYS))}.")
    claimed: dict[str, str] = {}
    for name in known:
        raw, where = ours.get(name, {}), f"entry.{name}"
        needed = ("say", "phrases") if language == SOURCE_LANGUAGE else ("phrases",)
        for key in needed:  # a sentence that is not translated is missed with all others
            if not raw.get(key):
                yield Problem(file, where, f"{key} is missing", f"Add {key} = ...")
        if any(len(line) > LONGEST for line in str(raw.get("say", "")).splitlines()):
            yield Problem(file, where, "says too much", f"At most {LONGEST} characters.")
        for phrase in expanded([*_list(raw.get("phrases")), *_list(raw.get("but"))]):
            if set(phrase) & set("()[]|"):
                yield Problem(file, where, f"{phrase!r} has a stray sign", "Close what is open.")
        for phrase in expanded(raw.get("phrases")):
            owner = claimed.setdefault(normalise(phrase) or phrase, name)
            if owner != name:
                what = f"{phrase!r} is also under entry.{owner}"
                yield Problem(file, where, what, "Keep it under one of them.")
    for name in ours:
        if name not in known:
            what = f"there is no entry {name!r} to translate"
            yield Problem(file, f"entry.{name}", what, "Remove it, or mend its name.")
        elif language != SOURCE_LANGUAGE:
            for key in sorted(set(ours[name]) - WORDS):
                what = f"{key!r} belongs into the English file"
                yield Problem(file, f"entry.{name}", what, f"Known: {', '.join(sorted(WORDS))}.")


def _file(language: str) -> str:
    return SMALLTALK if language == SOURCE_LANGUAGE else f"{language}/{SMALLTALK}"


def _entries(files: Files, language: str) -> dict[str, Toml]:
    raw = _dict(files.smalltalk.get(language, {}).get("entry"))
    return {name: one for name, one in raw.items() if isinstance(one, dict)}


def _dict(raw: Any) -> Toml:
    return raw if isinstance(raw, dict) else {}


def _list(raw: Any) -> list[str]:
    return [one for one in raw if isinstance(one, str)] if isinstance(raw, list) else []
