"""A skill file to a typed `Skill`, its words, and what is wrong with either.

`skills/<id>.toml` has structure and English, `<lang>/skills/<id>.toml` words alone. The sentences
get keys like `skill-surf-title`, `skill-surf-closing` and `skill-surf-part-notice`;
`skill-surf-named` is made of the title and the minutes, whose sign is the same everywhere.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from itertools import combinations
from typing import Any

from bot.core.content import Library
from bot.core.localtime import PARTS_OF_DAY
from bot.core.skills import CAUTIONS, MINUTE, STATES, Part, Skill
from bot.library.files import SOURCE_LANGUAGE, Files, Toml
from bot.library.lint import known_commands
from bot.library.problems import Problem
from bot.library.words import Sentence

_CATEGORIES = """
    mindfulness urge planning thinking body calm grounding emotion movement anger relating
    activation kindness connection sleep grief
"""
CATEGORIES = frozenset(_CATEGORIES.split())
WORDS = ("title", "about", "not_when", "closing")
"""What every skill says beside its parts; it all is needed in every language."""

KEYS: Mapping[str, type] = {
    **dict.fromkeys(("id", "category", *WORDS, "evidence", "reviewed_by"), str),
    **dict.fromkeys(("states", "cautions", "not_at", "offer", "part", "was"), list),
    **dict.fromkeys(("minutes", "tier"), int),
    "checked_on": datetime.date,
}
PART_KEYS: Mapping[str, type] = {
    **dict.fromkeys(("name", "say"), str),
    **dict.fromkeys(("breath", "was"), list),
    **dict.fromkeys(("seconds", "times"), int),
    "own": bool,
}
NEEDED = ("id", "category", "states", "minutes", "tier", "source", *WORDS)

LIKE: Mapping[str, str] = {
    **dict.fromkeys(("id", *WORDS, "say"), '{} = "words in quotes"'),
    **dict.fromkeys(("cautions", "not_at", "offer", "was"), '{} = ["one", "another"]'),
    "category": 'category = "grounding"',
    "states": 'states = ["craving", "anger"]',
    "minutes": "minutes = 2",
    "tier": "tier = 3, for practice among peers",
    "source": 'source = "our own, from a group in Leeds"',
    "checked_on": "checked_on = 2026-11-23, without quotes",
    "evidence": 'evidence = "unverified"',
    "reviewed_by": 'reviewed_by = "Ana Ruiz, nurse"',
    "part": "[[part]]",
    "name": 'name = "far"',
    "seconds": "seconds = 30, a whole number",
    "breath": "breath = [4, 6]",
    "times": "times = 10",
    "own": "own = true",
}
"""How each key is written; {} is its name."""

KNOWN = frozenset({"discreet", "path", "own", "minutes"})
"""What a skill's words may choose their wording by. `own`: whether own words are there to see."""

LONGEST_ID = 11
"""A button's token is at most 20 bytes: what it does, and this name."""
LONGEST_TITLE = 28
LONGEST_ABOUT = 110
LONGEST_SAY = 420
MOST_SHARED = 2
"""Sentences that two skills may have in common."""

WAITING = 30
"""Seconds that a part which waits is taken to last."""

_ID = re.compile(r"[a-z]{3,11}")
_SENTENCE = re.compile(r"[^.!?\n]+[.!?]")


def build_skills(files: Files, problems: list[Problem]) -> dict[str, Skill]:
    """Return the skills by id; what is wrong with their files is added to `problems`."""
    skills: dict[str, Skill] = {}
    for skill_id, raw in files.skills.items():
        wrong = [*_wrong(skill_id, raw)]
        problems += wrong
        if not wrong:
            skills[skill_id] = _skill(skill_id, raw)
    return skills


def _skill(skill_id: str, raw: Toml) -> Skill:
    return Skill(
        id=skill_id,
        states=tuple(raw["states"]),
        minutes=raw["minutes"],
        tier=raw["tier"],
        parts=tuple(_part(one) for one in raw["part"]),
        cautions=tuple(raw.get("cautions", ())),
        not_at=tuple(raw.get("not_at", ())),
        offer=tuple(raw.get("offer", ())),
        was=tuple(raw.get("was", ())),
    )


def _part(raw: Toml) -> Part:
    return Part(
        name=raw["name"],
        seconds=raw.get("seconds", 0),
        breath=tuple(raw.get("breath", ())),
        times=raw.get("times", 0),
        own=raw.get("own", False),
        was=tuple(raw.get("was", ())),
    )


def skill_sentences(files: Files, language: str) -> dict[str, Sentence]:
    """Return the sentences of all skills in `language`, by key."""
    found: dict[str, Sentence] = {}
    source = language == SOURCE_LANGUAGE
    for skill_id, raw in (files.skills if source else files.skill_words[language]).items():
        file = f"skills/{skill_id}.toml" if source else f"{language}/skills/{skill_id}.toml"
        for name in WORDS:
            if isinstance(raw.get(name), str):
                found[f"skill-{skill_id}-{name}"] = Sentence(raw[name].strip(), file, name)
        if f"skill-{skill_id}-title" in found:
            named = f"**{{ skill-{skill_id}-title }}** · {{ $minutes }} min"
            found[f"skill-{skill_id}-named"] = Sentence(named, file, "title")
        for name, said in (_said_here(raw) if source else _dict(raw.get("part"))).items():
            if isinstance(said, str):
                where = f"part {name}"
                found[f"skill-{skill_id}-part-{name}"] = Sentence(said.strip(), file, where)
    return found


def _said_here(raw: Toml) -> dict[str, Any]:
    parts = _tables(raw.get("part"))
    return {one["name"]: one.get("say") for one in parts if isinstance(one.get("name"), str)}


def lint_skills(files: Files, library: Library) -> Iterator[Problem]:
    """Yield what is wrong with offers and translations, and where two skills say the same."""
    commands = known_commands(library)
    for skill in library.skills.values():
        for offer in skill.offer:
            if offer not in commands and not files.flows_unread:
                what = f"offers the unknown command {offer!r}"
                yield Problem(f"skills/{skill.id}.toml", "offer", what, "Name a command.")
    for language in files.languages:
        if language != SOURCE_LANGUAGE:
            yield from _translation(files, language)
        yield from _shared(skill_sentences(files, language))


def _translation(files: Files, language: str) -> Iterator[Problem]:
    """Yield what is translated and belongs to nothing: it would be passed over in silence."""
    for skill_id, raw in files.skill_words[language].items():
        file = f"{language}/skills/{skill_id}.toml"
        if skill_id not in files.skills:
            if f"skills/{skill_id}.toml" not in files.unread:
                what = f"there is no skills/{skill_id}.toml that it translates"
                yield Problem(file, "", what, "Remove it, or mend its name.")
            continue
        for key in sorted(set(raw) - {*WORDS, "part"}):
            yield Problem(file, key, f"unknown key {key!r}", _known(key, (*WORDS, "part")))
        if isinstance(raw.get("part"), list):
            remedy = "In a translation write [part] once, and below it a line for each."
            yield Problem(file, "part", "stands in two pairs of brackets", remedy)
        for part in sorted(set(_dict(raw.get("part"))) - set(_said_here(files.skills[skill_id]))):
            what = "there is no such part in the English"
            remedy = "Remove it, or mend its name."
            remedy = "It belongs further up, above [part]." if part in WORDS else remedy
            yield Problem(file, f"part {part}", what, remedy)


def not_begun(files: Files, language: str) -> Iterator[tuple[str, Problem]]:
    """Yield each skill's file that has no translation at all, and one problem for it."""
    for skill_id in sorted(files.skills.keys() - files.skill_words[language].keys()):
        file = f"skills/{skill_id}.toml"
        keys = (
            f"{', '.join(WORDS)}, and below [part] {', '.join(_said_here(files.skills[skill_id]))}"
        )
        remedy = f"Translate the words of {file} there: {keys}."
        yield file, Problem(f"{language}/{file}", "", "is not there yet", remedy)


def _shared(sentences: Mapping[str, Sentence]) -> Iterator[Problem]:
    """Yield each pair of skills that says too much in the same words."""
    said: dict[str, set[str]] = {}
    for one in sentences.values():
        plain = " ".join(one.pattern.casefold().split())
        said.setdefault(one.file, set()).update(s.strip() for s in _SENTENCE.findall(plain))
    for here, there in combinations(sorted(said), 2):
        both = said[here] & said[there]
        if len(both) > MOST_SHARED:
            what = f"says {len(both)} sentences that are in {there} too, like {min(both)!r}"
            yield Problem(here, "", what, f"At most {MOST_SHARED}: say it in its own words.")


def _wrong(skill_id: str, raw: Toml) -> Iterator[Problem]:
    """Yield what is wrong with the structure of one file, and with the length of its words."""
    file = f"skills/{skill_id}.toml"

    def problem(where: str, what: str, remedy: str) -> Problem:
        return Problem(file, where, what, remedy)

    if not _ID.fullmatch(skill_id):
        what = "its name is not three to eleven small letters"
        yield problem("", what, "From a to z alone, and then .toml: like coldmug.toml.")
    elif raw.get("id", skill_id) != skill_id:
        remedy = f'Write id = "{skill_id}", or rename the file.'
        yield problem("id", "is not the file's name", remedy)
    for key in NEEDED:
        if key not in raw:
            yield problem(key, "is missing", f"Add it, like {_like(key)}.")
    yield from _types(file, "", raw, {**KEYS, "source": type(raw.get("source", ""))})
    for old in _any(raw.get("was")):
        if not isinstance(old, str) or not _ID.fullmatch(old):
            yield problem("was", f"{old!r} was never a name", "Three to eleven small letters each.")
    lists: Mapping[str, tuple[str, ...]]
    lists = {"states": STATES, "cautions": CAUTIONS, "not_at": PARTS_OF_DAY}
    for key, known in lists.items():
        for one in _list(raw.get(key)):
            if one not in known:
                yield problem(key, f"unknown {one!r}", f"Known: {', '.join(known)}.")
    if raw.get("states") == []:
        yield problem("states", "names none", f"Known: {', '.join(STATES)}.")
    if isinstance(raw.get("category"), str) and raw["category"] not in CATEGORIES:
        remedy = f"Known: {', '.join(sorted(CATEGORIES))}."
        yield problem("category", f"unknown {raw['category']!r}", remedy)
    if type(raw.get("tier")) is int and raw["tier"] not in (1, 2, 3):
        yield problem("tier", "is not 1, 2 or 3", "1 trials, 2 tested packages, 3 practice.")
    for key, longest in (("title", LONGEST_TITLE), ("about", LONGEST_ABOUT)):
        if (length := len(str(raw.get(key, "")))) > longest:
            yield problem(key, f"is too long, {length} characters", f"At most {longest}.")
    yield from _parts(file, raw)


def _parts(file: str, raw: Toml) -> Iterator[Problem]:
    parts = _tables(raw.get("part"))
    if len(parts) < 2:
        yield Problem(file, "part", "has fewer than two", "Begin each with [[part]].")
    names = [one.get("name") for one in parts]
    total = waiting = 0
    for number, one in enumerate(parts, 1):
        name = one.get("name")
        where = f"part {name or number}"
        if not isinstance(name, str):
            yield Problem(file, where, "has no name", f"Add it, like {_like('name')}.")
        elif not _ID.fullmatch(name):
            what = f"the name {name!r} is not three to eleven small letters"
            yield Problem(file, where, what, "From a to z alone.")
        elif name in names[: number - 1]:
            yield Problem(file, where, "has no name of its own", "An earlier part has this one.")
        if not isinstance(one.get("say"), str) or not one["say"].strip():
            yield Problem(file, where, "says nothing", 'Add say = "...".')
        elif len(one["say"]) > LONGEST_SAY:
            what = f"says too much, {len(one['say'])} characters"
            yield Problem(file, where, what, f"At most {LONGEST_SAY}: make it two parts.")
        if number == 1 and one.get("own"):
            what = "shows own words, where title and cautions stand above it: too long for a phone"
            yield Problem(file, where, what, "Show them from the second part on.")
        wrong = [*_types(file, where, one, PART_KEYS), *_breath(file, where, one)]
        yield from wrong
        if not wrong:
            lasts = _part({"name": "", **one}).lasts()
            total += lasts
            waiting += 0 if lasts else WAITING
    minutes = raw.get("minutes")
    fits = isinstance(minutes, int) and minutes * 30 <= total + waiting <= (minutes + 1) * MINUTE
    if isinstance(minutes, int) and (minutes < 1 or not fits):
        what = f"lasts {total} seconds, and {waiting} for parts that wait: not {minutes} minutes"
        yield Problem(file, "minutes", what, "Mend minutes, or seconds and times of its parts.")


def _breath(file: str, where: str, raw: Toml) -> Iterator[Problem]:
    breath, times, seconds = raw.get("breath"), raw.get("times"), raw.get("seconds")
    if isinstance(seconds, int) and seconds < 1:
        remedy = "Without seconds it waits for Next."
        yield Problem(file, where, "lasts less than a second", remedy)
    if breath is None and times is None:
        return
    counts = [one for one in _any(breath) if type(one) is int and 0 <= one <= 10]
    if not 2 <= len(counts) <= 4 or counts != breath:
        remedy = "Like breath = [4, 6]: in and out, up to ten seconds each."
        yield Problem(file, where, "breath is not two to four numbers", remedy)
    elif not counts[0] or not counts[1:3][-1]:  # out is the second of two, the third of more
        remedy = "Only holding and waiting may be 0."
        yield Problem(file, where, "breathing in or out takes no time", remedy)
    elif not isinstance(times, int) or not 1 <= times <= 40 or seconds is not None:
        yield Problem(file, where, "needs times, and no seconds", "Like times = 10.")


def _types(file: str, where: str, raw: Toml, known: Mapping[str, type]) -> Iterator[Problem]:
    for key, value in raw.items():
        if key not in known:
            remedy = _known(key, sorted(known))
            if known is PART_KEYS and key in (*KEYS, "source"):
                remedy = "It belongs further up, above the first [[part]]."
            elif known is not PART_KEYS and key in PART_KEYS:
                remedy = "It belongs further down, below a [[part]]."
            yield Problem(file, where or key, f"unknown key {key!r}", remedy)
        elif type(value) is not known[key]:
            what = f"{key} is not written as it must be"
            yield Problem(file, where or key, what, f"Like {_like(key)}.")


def _like(key: str) -> str:
    return LIKE[key].format(key)


def _known(key: str, known: Sequence[str]) -> str:
    near = get_close_matches(key.lower(), known, 1)
    return f"{f'Is it {near[0]}? ' if near else ''}Known: {', '.join(known)}."


def _dict(raw: Any) -> Toml:
    return raw if isinstance(raw, dict) else {}


def _any(raw: Any) -> list[Any]:
    return raw if isinstance(raw, list) else []


def _list(raw: Any) -> list[str]:
    return [one for one in _any(raw) if isinstance(one, str)]


def _tables(raw: Any) -> list[Toml]:
    return [one for one in _any(raw) if isinstance(one, dict)]
