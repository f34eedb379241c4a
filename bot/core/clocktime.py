"""The time of day in what someone typed: "it's 19:40 here", "7.40 pm", "son las 8 de la noche"."""

from __future__ import annotations

import re

_TIME = re.compile(
    r"(?<![\d:.,])(?P<hour>\d{1,2})(?:\s*[:.h]\s*(?P<minute>[0-5]\d))?(?![\d:,])"
    r"(?P<half>\s*[ap]\.?\s?m\b\.?)?"
    r"(?P<rest>(?:\s+(?:in the|at|de la|del)\s+(?:morning|afternoon|evening|night|"
    r"mañana|madrugada|mediodía|tarde|noche))?)"
)
_SAID = re.compile(r"\b(?:it'?s|it is|its|son las|es la|time is|hora es)\b")
_LATER = ("afternoon", "evening", "night", "mediodía", "tarde", "noche")

NOON = 12 * 60
DAY = 24 * 60


def times_said(said: str) -> tuple[int, ...]:
    """Return the minutes of the day that `said` may mean; none where it tells no time.

    "7:40" without more means either half of the day; "07:40" and "19:40" mean one time only. An
    hour alone is taken for a time only with "am", "in the evening" or "it is" around it.
    """
    folded = " ".join(said.replace("\u2019", "'").casefold().split())
    for match in _TIME.finditer(folded):
        hour, minute = int(match["hour"]), int(match["minute"] or 0)
        rest = match["rest"]
        half = (match["half"] or "").strip()[:1]
        if rest:
            half = "p" if rest.endswith(_LATER) else "a"
        if hour > 23 or not (match["minute"] or half or _SAID.search(folded)):
            continue
        if half and 1 <= hour <= 12:
            return ((hour % 12 + (12 if half == "p" else 0)) * 60 + minute,)
        first = hour * 60 + minute
        if half or hour > 12 or hour == 0 or match["hour"].startswith("0"):
            return (first,)
        return tuple(sorted({first % NOON, first % NOON + NOON}))
    return ()


def apart(one: int, other: int) -> int:
    """Return how many minutes lie between two times of the day, the shorter way round."""
    gap = abs(one - other) % DAY
    return min(gap, DAY - gap)
