"""How a language says small talk, as its file has it: plain values, before they are made fast.

Belongs here: what an author may write, and what it means. Never: reading files, or finding.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.safety.families import Wordings

ANY_NUMBER = "#"
"""How a phrase writes a number, whichever it is."""


@dataclass(frozen=True, slots=True)
class Ways:
    """How one language says the entries; every phrase is plain words, `#` being any number.

    A phrase in `alone` counts only where it is about all that is said. `but` are wordings in which
    a phrase of the entry means something else. `dropped` words are taken out of phrases; `filler`
    may stand anywhere, and `light` words tell little where no phrase has them. `denies` turns a
    feeling into none, `near` only where it stands right before it, and in `stresses` neither does.
    `others` are people it may be about, `selves` words that say it is about oneself. `breaks` begin
    a thought of their own. `asks` are beginnings of questions, `tells` of what only looks like one.
    """

    spelling: Wordings
    phrases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    alone: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    but: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    dropped: tuple[str, ...] = ()
    filler: tuple[str, ...] = ()
    light: tuple[str, ...] = ()
    denies: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    stresses: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    selves: tuple[str, ...] = ()
    breaks: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    tells: tuple[str, ...] = ()
