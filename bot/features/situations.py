"""Which situation of a plan somebody tells of in their own words.

Law: what is told of one situation is no word of another.
"""

from __future__ import annotations

from bot.core.content import Phrases, Step
from bot.core.events import Said
from bot.core.heard import hear, normalise
from bot.core.localtime import member_day
from bot.core.state import Session

ALIKE = 4
"""Letters by which "rings" and "ringing" are the same word."""


def listed(step: Step, event: Said, session: Session, phrases: Phrases) -> str:
    """Return the option of `step`, the list of situations, that `event` tells of; "" for none."""
    day = member_day(event.at, session.zone, session.wishes.day_starts)
    heard = hear(step, event.text, phrases, day)
    return heard if isinstance(heard, str) else ""


def tells_of(said: str, own: str, phrases: Phrases) -> bool:
    """Tell whether `said` has the words that matter of the situation `own`, or most of three."""
    plain = phrases.filler | phrases.light | phrases.padding | phrases.doubt | phrases.joints
    words = [one for one in normalise(own).split() if one not in plain]
    there = normalise(said).split()
    met = sum(any(_same(one, other) for other in there) for one in words)
    enough = len(words) if len(words) < 3 else 2 * len(words) // 3
    return bool(words) and met >= enough


def _same(one: str, other: str) -> bool:
    return one == other or (len(one) >= ALIKE and one[:ALIKE] == other[:ALIKE])
