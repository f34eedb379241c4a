"""Progress on one path, without a cliff: what a lapse costs is its own day, and nothing else.

Laws: (1) a day from the start on counts as on the path unless it was answered otherwise, so silence
costs nothing; (2) a lapse takes no day back that was there before it; (3) days in a pause count
neither way; (4) every figure is a function of the days from the fresh page on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.core.days import Day
from bot.core.state import Track

HALF_LIFE = 14
"""Days on the path after which half of what strength can still gain is gained."""

KEEPS = 0.5 ** (1 / HALF_LIFE)

WEEK = 7
LAST = 90

MILESTONES = (1, 3, 7, 14, 30, 60, 90, 180)
YEAR = 365

QUIET_AFTER_LAPSE = timedelta(days=3)
"""Nothing is cheered on the day of a lapse, nor on these days after it: 72 hours at least."""

Span = tuple[date, date]
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a member stands on one path.

    `since` is the first day shown. Of all `total` days on the path, `before` were before the path
    was begun here, as the member remembers them; `last_90` and `longest` are the days on it of the
    last 90 and in the longest run. `otherwise` are days off it, the last of them `last_off`.
    `strength` goes from 0 to 1. `paused` is the first day of a pause that lasts.
    """

    since: date
    total: int = 0
    before: int = 0
    last_90: int = 0
    longest: int = 0
    strength: float = 0.0
    otherwise: int = 0
    last_off: date | None = None
    paused: date | None = None


@dataclass(frozen=True, slots=True)
class _Path:
    """A track with its days read, as much of it as is shown."""

    began: date
    earlier: Sequence[Span]
    pauses: Sequence[Span]
    fresh: date
    most: int

    def counts(self, day: date) -> bool:
        """Tell whether `day` is one the member counts at all, be it on the path or off it."""
        return day >= self.fresh and (day >= self.began or _within(day, self.earlier))


def running(tracks: Iterable[Track]) -> tuple[Track, ...]:
    """Return those of `tracks` whose days are counted now; the others have ended."""
    return tuple(one for one in tracks if not one.ended)


def told(
    track: Track, days: Iterable[Day], today: date, fresh: date = date.min
) -> Mapping[date, bool]:
    """Return each day that has an answer for `track`, and whether it was on the path.

    Days in a pause, and those before the path or the page that is `fresh`, are left out.
    """
    path = _path(track, fresh)
    answers = _answers(track, days)
    walked = _walk(path, answers, today)
    return {day: on for day, on in walked if day in answers and path.counts(day)}


def progress(track: Track, days: Iterable[Day], today: date, fresh: date = date.min) -> Progress:
    """Return where `track` stands on `today`, by the answers in `days` from the day `fresh` on.

    Today counts once it has an answer: it is not over. What a late answer tells of a day long past
    is counted as if it had been known then.
    """
    path = _path(track, fresh)
    answers = _answers(track, days)
    last = today if today in answers else today - _DAY
    since = max(path.began, path.fresh)
    total = before = last_90 = longest = run = otherwise = 0
    strength, last_off = 0.0, None
    for day, on in _walk(path, answers, last):
        run = run + 1 if on else 0
        longest = max(longest, run)
        strength = strength * KEEPS + (1 - KEEPS if on else 0.0)
        total += on
        before += on and day < since
        last_90 += on and (last - day).days < LAST
        if not on and path.counts(day):
            otherwise, last_off = otherwise + 1, day
    lasting = [max(a, path.fresh) for a, b in path.pauses if a <= today <= b]
    paused = min(lasting, default=None)
    return Progress(since, total, before, last_90, longest, strength, otherwise, last_off, paused)


def _walk(path: _Path, answers: Mapping[date, str], last: date) -> Iterator[tuple[date, bool]]:
    """Yield each day up to `last` that is in no pause, and whether it was on the path."""
    day = max(path.fresh, min([path.began, *(first for first, _ in path.earlier)]))
    window = WEEK if path.most else 1
    uses: list[date] = []
    while day <= last:
        if not _within(day, path.pauses):
            counts = path.counts(day)
            if counts and answers.get(day) == "used":
                uses.append(day)
            uses = [one for one in uses if (day - one).days < window]
            yield day, counts and len(uses) <= path.most
        day += _DAY


def _answers(track: Track, days: Iterable[Day]) -> Mapping[date, str]:
    return {one.day: one.said[track.name] for one in days if track.name in one.said}


def _path(track: Track, fresh: date) -> _Path:
    return _Path(
        began=date.fromisoformat(track.since),
        earlier=_spans(track.earlier),
        pauses=_spans(track.pauses),
        fresh=fresh,
        most=track.most,
    )


def _spans(written: Iterable[str]) -> Sequence[Span]:
    parts = [one.partition("/") for one in written]
    return [
        (date.fromisoformat(first), date.fromisoformat(last) if last else date.max)
        for first, _, last in parts
    ]


def _within(day: date, spans: Sequence[Span]) -> bool:
    return any(first <= day <= last for first, last in spans)


def reached(total: int) -> int:
    """Return the highest milestone in `total` days; 0 before the first."""
    if total >= YEAR:
        return total // YEAR * YEAR
    return max((one for one in MILESTONES if one <= total), default=0)


def near(total: int) -> int:
    """Return the next milestone if it is a few days away at most, else 0."""
    coming = next((one for one in (*MILESTONES, YEAR) if one > total), reached(total) + YEAR)
    return coming if total and coming - total <= min(WEEK, max(1, coming // 10)) else 0


def most_days(track: Track, today: date, fresh: date = date.min) -> int:
    """Return a number of days that `track` cannot have passed by `today`, whatever was answered."""
    path = _path(track, fresh)
    spans = [(max(a, path.fresh), min(b, today)) for a, b in (*path.earlier, (path.began, today))]
    pauses = _merged(path.pauses)
    return sum(_length(a, b) - _shared(a, b, pauses) for a, b in spans)


def _merged(spans: Iterable[Span]) -> Sequence[Span]:
    """Return `spans` with those that overlap as one."""
    merged: list[Span] = []
    for first, last in sorted(spans):
        if merged and first <= merged[-1][1]:
            first, last = merged[-1][0], max(last, merged.pop()[1])
        merged.append((first, last))
    return merged


def _shared(first: date, last: date, spans: Iterable[Span]) -> int:
    return sum(_length(max(first, a), min(last, b)) for a, b in spans)


def _length(first: date, last: date) -> int:
    return max(0, (last - first).days + 1)
