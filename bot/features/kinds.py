"""What is kept of which kind: under whose consent, and where the member's own words stand in it.

A flow file says it of the kind it records; of any other kind its feature's `Keeps` does. Facts of
a kind that nothing tells of any more count as kept under "Keep my check-ins".
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from bot.core.content import Flow, Library
from bot.core.effects import Fact
from bot.core.localtime import in_words
from bot.core.state import Answer
from bot.core.text import Text, text
from bot.features.scene import Keeps

ABOUT = frozenset({"day", "partial"})
"""What a body says of the fact itself."""


@lru_cache(maxsize=1)
def declared() -> Mapping[str, Keeps]:
    """Return what features keep, by kind."""
    from bot.features import FEATURES  # which lists the features that ask this

    return {keeps.kind: keeps for feature in FEATURES for keeps in feature.keeps}


def flow_of(library: Library, kind: str) -> Flow | None:
    """Return the flow whose answers facts of `kind` are, if there is one."""
    return next((flow for flow in library.flows.values() if flow.records == kind), None)


def of_words(library: Library, kind: str) -> bool:
    """Tell whether facts of `kind` are kept under "Keep my own words too"."""
    flow, keeps = flow_of(library, kind), declared().get(kind)
    return (flow.keep if flow else keeps.consent if keeps else "checkins") == "words"


def without_words(library: Library, fact: Fact) -> Mapping[str, Answer]:
    """Return the body of `fact` without the member's own words.

    As when it is kept, a text whose question the flow no longer has counts as their own words, and
    an answer to a question of their own is nothing without it. A form that is kept whole is nothing
    without any of its answers.
    """
    flow, keeps = flow_of(library, fact.kind), declared().get(fact.kind)
    named = set(keeps.words if keeps else ())
    named |= {one.name for one in flow.steps if one.own} if flow else set()
    not_words = set(ABOUT)
    if flow:
        not_words |= {step.name for step in flow.steps if step.kind != "text"} | {*flow.kept_with}
    left = {
        name: answer
        for name, answer in fact.body.items()
        if name not in named and not (flow and isinstance(answer, str) and name not in not_words)
    }
    if flow and flow.whole and len(left) < len(fact.body):
        return {name: left[name] for name in ABOUT & left.keys()}
    return left


def holds_words(library: Library, fact: Fact) -> bool:
    """Tell whether `fact` is, or holds, the member's own words."""
    return of_words(library, fact.kind) or without_words(library, fact) != fact.body


def counted(kind: str, n: int, first: date | None = None) -> Text:
    """Return how many facts of `kind` there are, in words, and since when if that is told.

    A kind of an author's own goes by its own name.
    """
    since: dict[str, str] = in_words(first) if first else dict.fromkeys(in_words(date.min), "none")
    if kind in declared():
        return text(f"kind-{kind}", n=n, **since)
    return text("kind-other", n=n, name=kind, **since)
