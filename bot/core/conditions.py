"""When a step or a closing applies: one comparison on earlier answers, or a named function.

The comparisons are `==`, `>=`, `<=` and `in`. Anything cleverer is a pure function with a name,
listed in `NAMED` below, so that a content file stays a form and never becomes a program.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from bot.core.state import PATHS, Answer

Facts = Mapping[str, Answer]
Operator = Literal["==", ">=", "<=", "in", "named"]


@dataclass(frozen=True, slots=True)
class Condition:
    """`name operator value`; for a named function only `name` counts."""

    name: str
    operator: Operator
    value: str | int | bool | tuple[str | int, ...] = True


def worst_of_both(facts: Facts) -> bool:
    """Tell whether mood is low and the pull strong in the same check-in."""
    mood, craving = facts.get("mood"), facts.get("craving")
    return isinstance(mood, int) and isinstance(craving, int) and mood <= 3 and craving >= 7


def own_pull(facts: Facts) -> bool:
    """Tell whether a pull is the member's own to ask about.

    It is not of who came for somebody else, unless they count days of their own.
    """
    counts = any(facts.get(f"track_{name}") is True for name in PATHS)
    return counts or facts.get("path") != "someone"


def nothing_answered(facts: Facts) -> bool:
    """Tell whether every question of a check-in was skipped, or left at "rather not say"."""
    asked = ("mood", "craving", "confidence", *PATHS)
    return all(facts.get(name) in (None, "unsaid") for name in asked)


def took_something(facts: Facts) -> bool:
    """Tell whether a check-in tells of something taken, after which the body comes first."""
    return any(facts.get(name) == "used" for name in ("used", "drinking", "drugs"))


def off_another_path(facts: Facts) -> bool:
    """Tell whether a check-in tells of a day off a path on which nothing dangerous is taken."""
    return any(facts.get(name) == "used" for name in ("smoking", "gambling", "other"))


def nothing_written(facts: Facts) -> bool:
    """Tell whether the question for a note, or for the hope box, was skipped."""
    return facts.get("note") is None and facts.get("hope") is None


def heavy(facts: Facts) -> bool:
    """Tell whether mood was low, or the pull strong."""
    mood, craving = facts.get("mood"), facts.get("craving")
    low = isinstance(mood, int) and mood <= 3
    return low or (isinstance(craving, int) and craving >= 7)


def on_time(facts: Facts) -> bool:
    """Tell whether a check-in was begun on the day it is about."""
    return facts.get("late") is not True


def nothing_added(facts: Facts) -> bool:
    """Tell whether all of the extra page was skipped."""
    own = (f"own{n}_{kind}" for n in (1, 2, 3) for kind in ("scale", "yesno", "number"))
    return all(facts.get(name) is None for name in ("slept", "halt", "triggers", *own))


def not_rated_twice(facts: Facts) -> bool:
    """Tell whether an exercise was not rated both before and after."""
    return facts.get("before") is None or facts.get("after") is None


def rated_lower(facts: Facts) -> bool:
    """Tell whether it was less after an exercise than before."""
    before, after = facts.get("before"), facts.get("after")
    return isinstance(before, int) and isinstance(after, int) and after < before


def rated_same(facts: Facts) -> bool:
    """Tell whether it was as strong after an exercise as before."""
    return not not_rated_twice(facts) and facts.get("before") == facts.get("after")


NAMED: Mapping[str, Callable[[Facts], bool]] = {
    "worst_of_both": worst_of_both,
    "own_pull": own_pull,
    "nothing_answered": nothing_answered,
    "took_something": took_something,
    "off_another_path": off_another_path,
    "nothing_written": nothing_written,
    "heavy": heavy,
    "on_time": on_time,
    "nothing_added": nothing_added,
    "not_rated_twice": not_rated_twice,
    "rated_lower": rated_lower,
    "rated_same": rated_same,
}

_COMPARISON = re.compile(r"\s*([a-z][a-z0-9_]*)\s*(==|>=|<=|\bin\b)\s*(.+?)\s*")


def parse_condition(written: str) -> Condition:
    """Return the condition `written` in a content file.

    Raises ValueError, with a sentence for the author, on anything that is neither a comparison
    nor the name of a function in `NAMED`.
    """
    match = _COMPARISON.fullmatch(written)
    if match is None:
        if written.strip() in NAMED:
            return Condition(written.strip(), "named")
        raise ValueError(
            f'unknown condition {written!r}: write a comparison like "craving >= 7" or '
            f"\"used in ['no', 'used']\", or one of the named ones: {', '.join(sorted(NAMED))}"
        )
    name, operator, literal = match.groups()
    literal = {"true": "True", "false": "False"}.get(literal, literal)
    try:
        value = ast.literal_eval(literal)
    except (ValueError, SyntaxError) as error:
        raise ValueError(
            f"condition {written!r}: {literal} is not a number, a 'quoted word' or a list"
        ) from error
    if operator == "in":
        if not isinstance(value, list) or not all(isinstance(v, str | int) for v in value):
            raise ValueError(f"condition {written!r}: \"in\" takes a list such as ['a', 'b']")
        return Condition(name, "in", tuple(value))
    if operator in (">=", "<=") and (not isinstance(value, int) or isinstance(value, bool)):
        raise ValueError(f"condition {written!r}: {operator} takes a whole number")
    if not isinstance(value, str | int):
        raise ValueError(f"condition {written!r}: == takes a number, a 'quoted word' or true/false")
    return Condition(name, "==" if operator == "==" else ">=" if operator == ">=" else "<=", value)


def holds(condition: Condition, facts: Facts) -> bool:
    """Tell whether `condition` is true of `facts`; about a skipped or absent answer none is."""
    if condition.operator == "named":
        return NAMED[condition.name](facts)
    answer, value = facts.get(condition.name), condition.value
    if answer is None:
        return False
    if condition.operator == "==":
        return answer == value
    if condition.operator == "in":
        wanted = value if isinstance(value, tuple) else (value,)
        given = answer if isinstance(answer, tuple) else (answer,)
        return any(one in wanted for one in given)
    if not isinstance(answer, int) or not isinstance(value, int):
        return False
    return answer >= value if condition.operator == ">=" else answer <= value


def all_hold(conditions: tuple[Condition, ...], facts: Facts) -> bool:
    """Tell whether every one of `conditions` is true of `facts`; most steps have none at all."""
    return not conditions or all(holds(condition, facts) for condition in conditions)
