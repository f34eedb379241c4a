"""Reads `safety/<language>/*.toml`: the wordings by which danger is noticed.

Every file may have `[slots]`, `[[family]]` and `[[guard]]`; `language.toml` has the spelling. Long
lists are one string with `|` or a new line between entries: they read better, and load faster.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, get_args

from bot.core.verdict import CATEGORIES, LADDER
from bot.library.problems import Problem
from bot.safety.crisis import Screen
from bot.safety.families import Family, Guard, Scope, Wordings
from bot.safety.normalise import plain_letters
from bot.safety.tongue import Tongue

_FAMILY_KEYS = {"id", "level", "category", "says", "wording", "firm", "plain", "quiet"}
_GUARD_KEYS = {"id", "scope", "says", "wording", "unless", "categories", "reach"}
_FILE_KEYS = {"slots", "family", "guard"}
_LANGUAGE_KEYS = {
    *("common", "greetings", "dropped", "rewrites", "endings", "grave", "watched", "ordinary")
}


@dataclass(slots=True)
class _Gathered:
    slots: dict[str, tuple[str, ...]] = field(default_factory=dict)
    families: list[Family] = field(default_factory=list)
    guards: list[Guard] = field(default_factory=list)


def read_wordings(folder: Path) -> tuple[tuple[Wordings, ...], list[Problem]]:
    """Return the wordings of every language under `folder`, and what is wrong with the files.

    What can be read is returned even where something else cannot: half a floor holds more than
    none.
    """
    problems: list[Problem] = []
    ready = tuple(_language(path, folder, problems) for path in _languages(folder))
    return ready, problems


def lazy_screen(
    folder: Path, problems: list[Problem] | None = None, *, only: Collection[str] = ()
) -> Screen:
    """Return a screen that reads a language's files when a message may be in it: quick to start.

    What cannot be read is left out, and added to `problems` when it is met. `only` names the
    languages to read at all; empty: every one there is.
    """
    noted = problems if problems is not None else []
    there = {path.name: path for path in _languages(folder)}
    folders = {name: path for name, path in there.items() if not only or name in only}
    spelling = {name: _spelling(path) for name, path in folders.items()}
    return Screen(
        {name: _seen(one, "common") for name, one in spelling.items()},
        lambda name: _language(folders[name], folder, noted),
        greetings=frozenset().union(*(_seen(one, "greetings") for one in spelling.values())),
    )


def _languages(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("safety/*") if path.is_dir())


def _spelling(here: Path) -> Mapping[str, Any]:
    try:
        return tomllib.loads((here / "language.toml").read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return {}


def read_spelling(folder: Path, language: str) -> Wordings:
    """Return how `language` is spelled, without any wording; empty where nobody wrote it down."""
    raw = _spelling(folder / "safety" / language)
    return Wordings(
        language,
        common=_seen(raw, "common"),
        dropped=_seen(raw, "dropped"),
        ordinary=_seen(raw, "ordinary"),
        rewrites=dict(_pair(line) for line in _lines(raw.get("rewrites", ""))),
        endings=dict(_pair(line) for line in _lines(raw.get("endings", ""))),
    )


def _words(raw: Mapping[str, Any], key: str) -> frozenset[str]:
    return frozenset(str(raw.get(key, "")).split())


def _seen(raw: Mapping[str, Any], key: str) -> frozenset[str]:
    """Return the words under `key` as they are seen in a message: without accents."""
    return frozenset(plain_letters(str(raw.get(key, ""))).split())


def check_wordings(ready: tuple[Wordings, ...]) -> Iterator[Problem]:
    """Yield one problem for each line of wording that cannot be understood."""
    for one in ready:
        for owner, line, why in Tongue(one).wake():
            yield Problem(f"safety/{one.language}", f"{owner}: {line}", why, "See safety/GUIDE.md.")


def _language(here: Path, folder: Path, problems: list[Problem]) -> Wordings:
    spelling: dict[str, Any] = {}
    gathered = _Gathered()
    for path in sorted(here.glob("*.toml")):
        name = path.relative_to(folder).as_posix()
        try:
            raw = tomllib.loads(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            problems.append(Problem(name, "", f"cannot be read: {error}", "Often a missing quote."))
            continue
        if path.name == "language.toml":
            spelling = raw
            problems += _unknown(name, "", raw, _LANGUAGE_KEYS)
        else:
            _gather(name, path.stem, raw, gathered, problems)
    lists = {key: _words(spelling, key) for key in ("dropped", "grave", "watched", "ordinary")}
    weights = here / "weights.tsv"
    return Wordings(
        here.name,
        gathered.slots,
        tuple(gathered.families),
        tuple(gathered.guards),
        common=_seen(spelling, "common"),
        rewrites=dict(_pair(line) for line in _lines(spelling.get("rewrites", ""))),
        endings=dict(_pair(line) for line in _lines(spelling.get("endings", ""))),
        weights=weights.read_text(encoding="utf-8") if weights.is_file() else "",
        **lists,
    )


def _pair(line: str) -> tuple[str, str]:
    spelling, _, meant = line.partition("=")
    return spelling.strip(), plain_letters(meant).strip()


def _gather(
    name: str, stem: str, raw: Mapping[str, Any], gathered: _Gathered, problems: list[Problem]
) -> None:
    problems += _unknown(name, "", raw, _FILE_KEYS)
    for slot, entries in raw.get("slots", {}).items():
        if slot in gathered.slots:
            what = "this slot is defined in another file too"
            problems.append(Problem(name, slot, what, "Rename one of them."))
        gathered.slots[slot] = _entries(entries)
    for one in raw.get("family", ()):
        where = f"family {one.get('id', '?')}"
        wrong = [*_unknown(name, where, one, _FAMILY_KEYS), *_family(name, where, one)]
        problems += wrong
        if not wrong:
            gathered.families.append(
                Family(
                    f"{stem}/{one['id']}",
                    one["level"],
                    one.get("category", ""),
                    _lines(one["wording"]),
                    firm=bool(one.get("firm", False)),
                    plain=bool(one.get("plain", False)),
                    quiet=bool(one.get("quiet", False)),
                )
            )
    for one in raw.get("guard", ()):
        where = f"guard {one.get('id', '?')}"
        wrong = [*_unknown(name, where, one, _GUARD_KEYS), *_guard(name, where, one)]
        problems += wrong
        if not wrong:
            gathered.guards.append(
                Guard(
                    f"{stem}/{one['id']}",
                    one["scope"],
                    _lines(one["wording"]),
                    _lines(one.get("unless", "")),
                    tuple(one.get("categories", ())),
                    int(one.get("reach", 4)),
                )
            )


def _family(name: str, where: str, one: Mapping[str, Any]) -> Iterator[Problem]:
    yield from _missing(name, where, one, ("id", "level", "says", "wording"))
    yield from _unlisted(name, where, "level", [one.get("level")], LADDER)
    yield from _unlisted(name, where, "category", [one.get("category", "")], CATEGORIES)


def _guard(name: str, where: str, one: Mapping[str, Any]) -> Iterator[Problem]:
    yield from _missing(name, where, one, ("id", "scope", "says", "wording"))
    yield from _unlisted(name, where, "scope", [one.get("scope")], get_args(Scope))
    yield from _unlisted(name, where, "category", one.get("categories", ()), CATEGORIES)


def _missing(
    name: str, where: str, one: Mapping[str, Any], keys: Iterable[str]
) -> Iterator[Problem]:
    for key in keys:
        if not one.get(key):
            yield Problem(name, where, f"{key} is missing", f"Add {key} = ...")


def _unlisted(
    name: str, where: str, what: str, written: Iterable[Any], known: Sequence[str]
) -> Iterator[Problem]:
    for one in written:
        if one not in known:
            listed = ", ".join(filter(None, known))
            yield Problem(name, where, f"unknown {what} {one!r}", f"Known: {listed}.")


def _unknown(name: str, where: str, raw: Mapping[str, Any], known: set[str]) -> Iterator[Problem]:
    for key in sorted(set(raw) - known):
        what = f"unknown key {key!r}"
        yield Problem(name, where, what, f"Known: {', '.join(sorted(known))}.")


def _lines(written: str) -> tuple[str, ...]:
    lines = (line.strip() for line in written.splitlines())
    return tuple(line for line in lines if line and not line.startswith("#"))


def _entries(written: str) -> tuple[str, ...]:
    """Return the entries of a slot: divided by new lines, and by `|` outside brackets."""
    entries = []
    for line in _lines(written):
        depth, begun = 0, 0
        for at, one in enumerate(line):
            depth += (one == "(") - (one == ")")
            if one == "|" and not depth:
                entries.append(line[begun:at])
                begun = at + 1
        entries.append(line[begun:])
    return tuple(entry.strip() for entry in entries if entry.strip())
