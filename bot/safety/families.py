"""What the wording files say, before it is made fast: slots, families, guards, and spelling.

A family is one way of meaning something, written as lines of words and `{slots}`. Belongs here:
the plain values and their meaning. Never: reading files, or matching.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from bot.core.verdict import Category, Level

Scope = Literal["before", "after", "sentence", "message"]


@dataclass(frozen=True, slots=True)
class Family:
    """Wordings that mean one thing; `id` is `file/name` and is what a verdict shows.

    `firm`: something is under way, or said outright, so that no guard lowers it and no weights
    doubt it. `plain`: the words mean nothing worse than `level` here ("dying to see you"), and no
    other family may use them. `quiet`: where such words stand, the weights must be very loud; of
    words that are not plain, only where they are the whole message.
    """

    id: str
    level: Level
    category: Category
    wording: tuple[str, ...]
    firm: bool = False
    plain: bool = False
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Guard:
    """Wordings that take a family one step down: denial, past, play, someone else's words.

    `scope`: where they must stand, seen from the family's words ("before" and "after": within
    `reach` words and the same clause). `unless`: wordings in the message that undo the guard.
    `categories`: what it may lower; empty means everything.
    """

    id: str
    scope: Scope
    wording: tuple[str, ...]
    unless: tuple[str, ...] = ()
    categories: tuple[Category, ...] = ()
    reach: int = 4


@dataclass(frozen=True, slots=True)
class Wordings:
    """All that is known of one language.

    `common`: its commonest words, by which it is recognised. `endings`: how a word's end may be
    clipped, and what it then stands for ("in" for "ing"). `weights`: the weights file as written,
    see `weigh.py`. `grave`: beginnings of words about
    death; while one stands in a message, nothing in it is doubted. `dropped`: words that carry no
    meaning here and may stand anywhere ("really"). `rewrites`: a spelling to the plain words for
    it ("gonna" to "going to"). `watched`: words whose misspellings are worth guessing.
    `ordinary`: words that look like a misspelt watched word and are not.
    """

    language: str
    slots: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    families: tuple[Family, ...] = ()
    guards: tuple[Guard, ...] = ()
    common: frozenset[str] = frozenset()
    dropped: frozenset[str] = frozenset()
    rewrites: Mapping[str, str] = field(default_factory=dict)
    endings: Mapping[str, str] = field(default_factory=dict)
    watched: frozenset[str] = frozenset()
    ordinary: frozenset[str] = frozenset()
    grave: frozenset[str] = frozenset()
    weights: str = field(default="", repr=False)
