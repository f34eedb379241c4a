"""Where every sentence comes from: its file and place, and what its author says it rests on.

A flow, a step, a closing or a card may say `source` (words in quotes, or a list of them) with
`checked_on`, the day somebody opened it. Where a fact is general knowledge that nobody has looked
up yet, `evidence = "unverified"` says so, with no date. `reviewed_by` names who outside the project
has read it. What a flow says holds for all of it, unless a step or closing says otherwise.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.core.content import Library, Origin
from bot.library.files import TALK, Files, Toml
from bot.library.problems import Problem
from bot.library.skillfiles import WORDS
from bot.library.talk import cards_in, pages
from bot.library.words import Sentence

_NO_ANSWERS = ("button-", "country-")
"""What stands on a button was never said by us alone."""

_STATED = frozenset({"source", "checked_on", "evidence"})


@dataclass(frozen=True, slots=True)
class _Basis:
    """What a sentence rests on; nothing at all: these are our own words."""

    sources: tuple[str, ...] = ()
    checked_on: datetime.date | None = None
    general: bool = False
    reviewed_by: str = ""


_OWN = _Basis()


def read_origins(
    files: Files, sentences: Mapping[str, Mapping[str, Sentence]]
) -> Mapping[str, Mapping[str, Origin]]:
    """Return, by language and key, where each of `sentences` comes from."""
    bases = dict(_bases(files))
    return {
        language: {
            key: _origin(key, one, bases.get(f"{key}-{language}", bases.get(key, _OWN)))
            for key, one in ours.items()
            if not key.startswith(_NO_ANSWERS)
        }
        for language, ours in sentences.items()
    }


def _origin(key: str, sentence: Sentence, basis: _Basis) -> Origin:
    part, place = _part_and_place(key, sentence)
    return Origin(
        part,
        sentence.file,
        place,
        basis.sources,
        basis.checked_on,
        basis.general,
        basis.reviewed_by,
    )


def _part_and_place(key: str, sentence: Sentence) -> tuple[str, str]:
    name = sentence.file.rpartition("/")[2].removesuffix(".toml")
    if "flows/" in sentence.file:
        return name, key.removeprefix(f"flow-{name}-").removeprefix("closing-")
    if "skills/" in sentence.file:
        return "skill", key.removeprefix("skill-").replace("-part-", "-")
    if key.startswith("card-"):
        return "talk", key.removeprefix("card-").removesuffix("-brief")
    return ("page", "page") if key.startswith("crisis-page") else ("interface", key)


def _bases(files: Files) -> Iterator[tuple[str, _Basis]]:
    for flow_id, flow in files.flows.items():
        whole = _basis(flow, _OWN)
        for kind, prefix in (("step", ""), ("closing", "closing-")):
            for one in _tables(flow.get(kind)):
                yield f"flow-{flow_id}-{prefix}{one.get('name')}", _basis(one, whole)
    for skill_id, skill in files.skills.items():
        names = [
            *WORDS,
            "named",
            *(f"part-{one.get('name')}" for one in _tables(skill.get("part"))),
        ]
        for name in names:
            yield f"skill-{skill_id}-{name}", _basis(skill, _OWN)
    for card_id, card in cards_in(files.talk).items():
        for ending in ("", "-brief"):
            yield f"card-{card_id}{ending}", _basis(card, _OWN)
    for language, _, page in pages(files):
        yield f"crisis-page-{language}", _basis({"source": page.get("sources"), **page}, _OWN)


def _basis(raw: Toml, outer: _Basis) -> _Basis:
    """Return what `raw` states, or what is stated around it."""
    reviewed = raw.get("reviewed_by")
    reviewer = reviewed if isinstance(reviewed, str) else outer.reviewed_by
    if not _STATED.intersection(raw):
        return _Basis(outer.sources, outer.checked_on, outer.general, reviewer)
    day = raw.get("checked_on")
    return _Basis(
        tuple(_sources(raw)),
        day if isinstance(day, datetime.date) else None,
        raw.get("evidence") == "unverified",
        reviewer,
    )


def check_facts(files: Files) -> list[Problem]:
    """Return what is stated by halves: a source without its date, a date without its source."""
    problems: list[Problem] = []
    for flow_id, flow in files.flows.items():
        file = f"flows/{flow_id}.toml"
        problems += _half(file, "source", flow)
        for kind in ("step", "closing"):
            for one in _tables(flow.get(kind)):
                problems += _half(file, f"{kind} {one.get('name')}", one)
    for skill_id, skill in files.skills.items():
        problems += _half(f"skills/{skill_id}.toml", "source", skill)
    for card_id, card in cards_in(files.talk).items():
        problems += _half(TALK, f"card.{card_id}", card)
    return problems


def still_to_come(library: Library, today: datetime.date) -> list[Problem]:
    """Return every source of `library` that was opened on a day after `today`."""
    remedy = "Mend the date."
    return sorted(
        {
            Problem(one.file, one.place, f"was checked on {one.checked_on}, still to come", remedy)
            for ours in library.origins.values()
            for one in ours.values()
            if one.checked_on and one.checked_on > today
        }
    )


def _half(file: str, where: str, raw: Toml) -> Iterator[Problem]:
    source, day, evidence = (raw.get(key) for key in ("source", "checked_on", "evidence"))
    if evidence not in (None, "unverified"):
        what = f"evidence is {evidence!r}"
        yield Problem(file, where, what, 'Only "unverified" is said; else source and checked_on.')
    elif evidence and day:
        what = "is unverified, and yet was checked"
        yield Problem(file, where, what, "Take one of the two out.")
    elif source is not None and not [*_sources(raw)]:
        what = "has a source that says nothing"
        yield Problem(file, where, what, 'Like source = "niaaa.nih.gov, Handling urges".')
    elif source and not (day or evidence):
        what = "has a source, and no day on which it was opened"
        remedy = 'Add checked_on = 2026-11-23, or evidence = "unverified" if nobody has.'
        yield Problem(file, where, what, remedy)
    elif day and not source:
        yield Problem(file, where, "was checked, and no source is named", "Add source = ...")
    if file == TALK and day is not None and type(day) is not datetime.date:
        # In a flow the check of its keys says it.
        yield Problem(file, where, "checked_on is not a date", "Like checked_on = 2026-11-23.")


def _sources(raw: Toml) -> Iterator[str]:
    written = raw.get("source")
    for one in written if isinstance(written, list) else [written]:
        if isinstance(one, str) and one.strip():
            yield one.strip()


def _tables(raw: Any) -> list[Toml]:
    return [one for one in raw if isinstance(one, dict)] if isinstance(raw, list) else []
