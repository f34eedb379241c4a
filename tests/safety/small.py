"""A small language of a test's own, so that what is tested is how wordings work, not ours."""

from __future__ import annotations

from collections.abc import Callable

from bot.core.verdict import Category, Level, Verdict
from bot.safety.crisis import Screen
from bot.safety.families import Family, Guard, Wordings

COMMON = frozenset(
    {
        "i",
        "am",
        "the",
        "a",
        "to",
        "my",
        "it",
        "is",
        "not",
        "of",
        "and",
        "in",
        "me",
        "was",
        "but",
        "so",
    }
)


def family(
    wording: str,
    *,
    name: str = "test/wish",
    level: Level = "crisis",
    category: Category = "suicide",
    firm: bool = False,
    plain: bool = False,
) -> Family:
    lines = tuple(line.strip() for line in wording.strip().splitlines())
    return Family(name, level, category, lines, firm=firm, plain=plain)


def screen(
    *families: Family,
    guards: tuple[Guard, ...] = (),
    slots: dict[str, str] | None = None,
    weights: str = "",
    rewrites: dict[str, str] | None = None,
    watched: str = "",
    ordinary: str = "",
    dropped: str = "really just",
) -> Callable[[str], Verdict]:
    """Return what screens a text by `families` alone."""
    wordings = Wordings(
        "en",
        {name: tuple(one.strip() for one in row.split("|")) for name, row in (slots or {}).items()},
        families,
        guards,
        common=COMMON,
        dropped=frozenset(dropped.split()),
        rewrites=rewrites or {},
        endings={"in": "ing"},
        watched=frozenset(watched.split()),
        ordinary=frozenset(ordinary.split()),
        weights=weights,
    )
    return Screen({"en": COMMON}, lambda _: wordings)
