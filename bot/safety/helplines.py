"""Chooses whom a person can reach: what was seen, lately enough, in their country and language.

A line that nobody saw, or saw too long ago, is never named. What then remains is the country's
emergency number, if that was seen, and the international directory; never a guess, never nothing.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from bot.core.helplines import Helpline, HelplineKind

LONGEST_TRUSTED = datetime.timedelta(days=365)
"""How long after `checked_on` a line may still be named. A directory is spared: it stays."""


def lines_for(
    helplines: Sequence[Helpline],
    *,
    country: str,
    kinds: Sequence[HelplineKind],
    language: str,
    today: datetime.date,
) -> tuple[Helpline, ...]:
    """Return the lines of these `kinds` for someone in `country`, best first.

    Best is the kind that stands first in `kinds`, then a line that speaks `language`, then the
    order of the file. `country` is an ISO code of two letters; empty where it is not known, which
    leaves what serves anywhere. A kind that the country lacks brings the emergency number and the
    international directory to the end, so that the answer is empty only if `helplines` hold no
    directory, which the content check refuses.
    """
    usable = [line for line in helplines if _usable(line, today)]
    here = [line for line in usable if not line.countries or country.upper() in line.countries]
    chosen = [line for line in here if line.kind in kinds]
    chosen.sort(key=lambda line: (kinds.index(line.kind), language not in line.languages))
    if not kinds or {line.kind for line in chosen} != set(kinds):
        emergency = emergency_line(helplines, country, today)
        chosen += [emergency] if emergency and emergency not in chosen else []
        chosen += [line for line in here if line.kind == "directory" and line not in chosen]
    return tuple(chosen)


def emergency_number(helplines: Sequence[Helpline], country: str, today: datetime.date) -> str:
    """Return the number for emergencies in `country`, "" where none was seen lately enough."""
    line = emergency_line(helplines, country, today)
    return line.call if line else ""


def emergency_line(
    helplines: Sequence[Helpline], country: str, today: datetime.date
) -> Helpline | None:
    """Return the service whose number `emergency_number` is, None where there is none."""
    return next(
        (
            line
            for line in helplines
            if line.kind == "emergency"
            and country.upper() in line.countries
            and _usable(line, today)
        ),
        None,
    )


def _usable(line: Helpline, today: datetime.date) -> bool:
    """Tell whether `line` may be named; a day after `today` counts as today, clocks being off."""
    if line.evidence != "seen" or line.checked_on is None:
        return False
    return line.kind == "directory" or today - line.checked_on <= LONGEST_TRUSTED
