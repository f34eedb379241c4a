"""Everything a member can read, piece by piece, as the text that would stand on the screen.

Flows, skills and the interface are read as Fluent reads them, once for every way their variants can
go. Of any other file every string counts as something that is read, unless its key says that it is
not: a kind of file that nobody thought of here is checked rather than passed over.
"""

from __future__ import annotations

import itertools
import math
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fluent.syntax import FluentParser, ast

from bot.library.files import SOURCE_LANGUAGE, read_files
from bot.library.skillfiles import skill_sentences
from bot.library.words import flow_sentences

ANY_LANGUAGE = ""
"""The language of names that are shown as they are, such as a helpline's."""

NAMES = ("helplines.toml",)
"""Files of names; a string below a key that is a language is in that language all the same."""

HEARD = ("words.toml", "cities.toml", "wording.toml", "safety/")
"""Files and folders of what people type or authors need: nobody is shown them."""

_UNSHOWN = """
    also audience channels checked_on countries country door evidence id key kind languages next
    offer patterns region reviewed_by reviewer slashes source sources tests topics url
    verified_by verified_on when ways phrases but offers
"""
NOT_SHOWN = frozenset(_UNSHOWN.split())
"""Keys of other files whose strings are not shown."""

MOST_READINGS = 200
"""Beyond this many ways through one sentence's variants, each variant is read once."""

_LANGUAGE = re.compile(r"[a-z]{2}")
_BOLD_AT_LINE_START = re.compile(r"(^|\n)\*(?!\[)")
"""Fluent takes an asterisk at the start of a line for a variant; an author means bold."""

NUMBER = "5"
"""What stands for a placeholder."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """One piece of text, and where its author finds it.

    `readings` are the texts it can be, one for each way its variants go. A `label` is the text of
    a button or an option.
    """

    language: str
    file: str
    where: str
    key: str
    readings: tuple[str, ...]
    label: bool = False

    @property
    def place(self) -> str:
        """Where it is, with the key that an exemption names."""
        return self.where if self.key in self.where else f"{self.where} [{self.key}]"


def gather(folder: Path) -> list[Utterance]:
    """Return every utterance in `folder`; what cannot be read is left to the check that says so."""
    files = read_files(folder)
    found: list[Utterance] = []
    for language, sources in files.interface.items():
        by_file = {name: _entries(source) for name, source in sources.items()}
        patterns = {key: one for entries in by_file.values() for key, (one, _) in entries.items()}
        for name, entries in by_file.items():
            for key, (pattern, line) in entries.items():
                where, label = f"line {line}, {key}", key.startswith("button-")
                readings = _readings(pattern, patterns)
                found.append(Utterance(language, name, where, key, readings, label))
        sentences = {**flow_sentences(files, language), **skill_sentences(files, language)}
        for key, one in sentences.items():
            readings = _texts(one.pattern, patterns)
            label = one.where == "title" or key.startswith("button-") or ", option " in one.where
            found.append(Utterance(language, one.file, one.where, key, readings, label))
    for path in sorted(folder.rglob("*.toml")):
        name = path.relative_to(folder).as_posix()
        own_way = "flows/" in name or "skills/" in name
        if not (own_way or name.startswith(HEARD) or name.endswith(HEARD)):
            found += _other(path, name)
    return found


def _entries(source: str) -> dict[str, tuple[ast.Pattern, int]]:
    found: dict[str, tuple[ast.Pattern, int]] = {}
    for entry in FluentParser().parse(source).body:
        if isinstance(entry, ast.Message | ast.Term):
            line = source.count("\n", 0, entry.span.start) + 1 if entry.span else 0
            named = [("", entry.value), *((f".{a.id.name}", a.value) for a in entry.attributes)]
            for ending, pattern in named:
                if pattern is not None:
                    found[entry.id.name + ending] = (pattern, line)
    return found


def _texts(written: str, others: Mapping[str, ast.Pattern]) -> tuple[str, ...]:
    """Return what `written` can read, or itself where Fluent cannot take it."""
    indented = _BOLD_AT_LINE_START.sub(r'\1{"*"}', written.strip()).replace("\n", "\n    ")
    entries = _entries(f"x =\n    {indented}\n")
    return _readings(entries["x"][0], others) if "x" in entries else (written.strip(),)


def _readings(pattern: ast.Pattern, others: Mapping[str, ast.Pattern]) -> tuple[str, ...]:
    ways = _ways(pattern, others, depth=0)
    return tuple(dict.fromkeys(way.strip() for way in ways))


def _ways(pattern: ast.Pattern, others: Mapping[str, ast.Pattern], depth: int) -> list[str]:
    """Return what `pattern` can read, in all ways or, where those are too many, in enough."""
    parts: list[list[str]] = []
    for element in pattern.elements:
        if isinstance(element, ast.TextElement):
            parts.append([element.value])
        else:
            parts.append(_filled(element.expression, others, depth))
    if math.prod(map(len, parts)) <= MOST_READINGS:
        return ["".join(way) for way in itertools.product(*parts)]
    most = max(map(len, parts))
    return ["".join(part[n % len(part)] for part in parts) for n in range(most)]


def _filled(
    inner: ast.InlineExpression | ast.Placeable | ast.SelectExpression,
    others: Mapping[str, ast.Pattern],
    depth: int,
) -> list[str]:
    match inner:
        case ast.Placeable():
            return _filled(inner.expression, others, depth)
        case ast.SelectExpression():
            return [way for one in inner.variants for way in _ways(one.value, others, depth)]
        case ast.StringLiteral() | ast.NumberLiteral():
            return [inner.value]
        case ast.MessageReference() | ast.TermReference():
            other = others.get(inner.id.name)
            # A sentence is read in full under its own key; here the last way stands for it.
            return [_ways(other, others, depth + 1)[-1]] if other and depth < 4 else [NUMBER]
        case _:
            return [NUMBER]


def _other(path: Path, name: str) -> Iterator[Utterance]:
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return
    folder = name.partition("/")[0]
    language = folder if _LANGUAGE.fullmatch(folder) else SOURCE_LANGUAGE
    yield from _strings(raw, name, ANY_LANGUAGE if name in NAMES else language, (path.stem,))


def _strings(raw: Any, name: str, language: str, walked: tuple[str, ...]) -> Iterator[Utterance]:
    if isinstance(raw, str) and raw.strip():
        where, text = ".".join(walked[1:]), raw.strip()
        # A single word is a name or a button, and no sentence to be measured.
        label = "button" in walked or "options" in walked or len(text.split()) == 1
        yield Utterance(language, name, where, "-".join(walked), _texts(text, {}), label)
    elif isinstance(raw, list):
        for number, one in enumerate(raw, 1):
            yield from _strings(one, name, language, (*walked, str(number)))
    elif isinstance(raw, dict):
        for key, one in raw.items():
            if key not in NOT_SHOWN:
                inside = key if _LANGUAGE.fullmatch(key) and len(walked) > 1 else language
                yield from _strings(one, name, inside, (*walked, key))
