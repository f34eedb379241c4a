"""The corpus: lines by many imagined writers, half of them to build with and half to check with.

Nobody real is quoted. Each writer is a persona (writers.toml) and wrote without seeing the others;
`corpus/<writer>.jsonl` holds what they wrote. Wordings and weights are made looking at the building
half only.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from bot.core.verdict import Level

HERE = Path(__file__).parent
Half = Literal["building", "checking"]


@dataclass(frozen=True, slots=True)
class Writer:
    """One persona: the language they write in, which half they are in, and who they are."""

    id: str
    language: str
    half: Half
    card: str


@dataclass(frozen=True, slots=True)
class Line:
    """One message as it might be typed, and what a careful person makes of it."""

    text: str
    label: Level
    category: str
    writer: Writer


@cache
def writers() -> dict[str, Writer]:
    """Return every writer by id."""
    raw = tomllib.loads((HERE / "writers.toml").read_text(encoding="utf-8"))
    return {one["id"]: Writer(**one) for one in raw["writer"]}


@cache
def lines() -> tuple[Line, ...]:
    """Return every line of every writer."""
    return tuple(_lines())


def _lines() -> Iterator[Line]:
    for path in sorted((HERE / "corpus").glob("*.jsonl")):
        for row in path.read_text(encoding="utf-8").splitlines():
            one = json.loads(row)
            writer = writers()[one["writer"]]
            yield Line(one["text"], one["label"], one["category"], writer)


def half(which: Half, language: str = "") -> tuple[Line, ...]:
    """Return the lines of one half, of one language or of all."""
    return tuple(
        line
        for line in lines()
        if line.writer.half == which and language in ("", line.writer.language)
    )
