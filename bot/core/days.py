"""A member's days: all they told us of one day, as one value.

Laws: (1) several check-ins of a day are one day; (2) the order in which facts are read does not
matter; (3) a fact that this program cannot read is left out, never guessed at. A day is the one
the answers are about, which stands in the fact, not the moment they were given.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from bot.core.effects import Fact
from bot.core.state import MAIN, PATHS, Answer

KINDS = ("checkin", "lapse", "note", "more")
"""The kinds of facts that tell of a day."""

RESTED = 7
"""From here on, of 10, a night counts as slept well."""

STRONG = 4
"""From here on, of 10, the pull was something to get through."""


@dataclass(frozen=True, slots=True)
class Day:
    """One member-day.

    `mood` is the mean and `pull` the strongest of its check-ins, 0 to 10. `said` holds "used" or
    "no" for each path the day has an answer to. `answered`: there was a check-in. `slept` says
    how well, 0 to 10; `halt` names what weighed on the day, and is None where nobody asked.
    """

    day: date
    answered: bool = False
    mood: float | None = None
    pull: int | None = None
    said: Mapping[str, str] = field(default_factory=dict, repr=False)
    noted: bool = False
    slept: int | None = None
    halt: frozenset[str] | None = field(default=None, repr=False)


def summaries(facts: Iterable[Fact]) -> tuple[Day, ...]:
    """Return one `Day` for each day that `facts` tell of, oldest first."""
    by_day: dict[date, list[Fact]] = {}
    for fact in facts:
        day = _day(fact.body.get("day"))
        if day is not None and fact.kind in KINDS:
            by_day.setdefault(day, []).append(fact)
    return tuple(_summary(day, by_day[day]) for day in sorted(by_day))


def between(days: Iterable[Day], first: date, last: date) -> tuple[Day, ...]:
    """Return those of `days` from `first` to `last`, both included."""
    return tuple(one for one in days if first <= one.day <= last)


def _summary(day: date, facts: Sequence[Fact]) -> Day:
    checkins = [fact for fact in facts if fact.kind == "checkin"]
    asked = {name for fact in checkins for name in fact.body}
    said = {path: one for path in PATHS if path in asked and (one := _said(path, facts))}
    moods = _numbers(fact.body.get("mood") for fact in checkins)
    pulls = _numbers(fact.body.get("craving") for fact in checkins)
    mood = sum(moods) / len(moods) if moods else None
    pull = max(pulls, default=None)
    if len(checkins) == len(facts):  # as on most days
        return Day(day, True, mood, pull, said)
    more = [fact.body for fact in facts if fact.kind == "more"]
    slept = _numbers(body.get("slept") for body in more)
    weighed = [body["halt"] for body in more if isinstance(body.get("halt"), tuple | list)]
    if any(fact.kind == "lapse" for fact in facts) and (told := _said(MAIN, facts)):
        said[MAIN] = told
    return Day(
        day=day,
        answered=bool(checkins),
        mood=mood,
        pull=pull,
        said=said,
        noted=any(fact.kind == "note" for fact in facts),
        slept=max(slept, default=None),
        halt=frozenset(str(one) for all_of in weighed for one in _each(all_of))
        if weighed
        else None,
    )


def _said(path: str, facts: Sequence[Fact]) -> str:
    """Return what `facts` of one day say of `path`: "used" if any of them does, else "no", or "".

    Going through the talk about a lapse tells of use on the main path, unless a check-in that came
    after it, such as a mended one, says otherwise, or the one before it led there from another
    path.
    """
    answers = [(f.body.get(path), f.at) for f in facts if f.kind == "checkin"]
    if any(answer == "used" for answer, _ in answers):
        return "used"
    lapses = [fact.at for fact in facts if fact.kind == "lapse" and not _elsewhere(fact, facts)]
    lapses = lapses if path == MAIN else []
    denied = [at for answer, at in answers if answer == "no"]
    if lapses and (not denied or max(lapses) > max(denied)):
        return "used"
    return "no" if denied else ""


def _elsewhere(lapse: Fact, facts: Sequence[Fact]) -> bool:
    """Tell whether the check-in before `lapse` says "no" of the main path, and use of another."""
    before = [f for f in facts if f.kind == "checkin" and MAIN in f.body and f.at <= lapse.at]
    last = max((f.at for f in before), default=None)
    bodies = [f.body for f in before if f.at == last]
    return any(b[MAIN] == "no" and any(b.get(one) == "used" for one in PATHS) for b in bodies)


def _numbers(answers: Iterable[Answer]) -> list[int]:
    return [one for one in answers if isinstance(one, int) and not isinstance(one, bool)]


def _each(answer: Answer) -> Iterable[object]:
    return answer if isinstance(answer, tuple | list) else ()


def _day(written: Answer) -> date | None:
    try:
        return date.fromisoformat(str(written))
    except ValueError:
        return None
