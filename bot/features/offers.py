"""Which of the next things a closing offers are of use to this person."""

from __future__ import annotations

from bot.core.state import Session

MOST_OFFERED = 3
"""Buttons under a closing."""


ABOUT_TODAY = frozenset({"note", "more"})
"""Commands that are no next thing for a day that is over."""


def useful(session: Session, offers: tuple[str, ...], *, today: bool) -> tuple[str, ...]:
    """Return those of `offers` that are of use to this person, on this day or after one before."""
    return tuple(
        name
        for name in offers
        if _makes_sense(session, name) and (today or name not in ABOUT_TODAY)
    )


def shown(offers: tuple[str, ...], mend: str) -> tuple[str, ...]:
    """Return the commands to show: the first few of `offers`, and `mend` (or "") last."""
    return (*offers[: MOST_OFFERED - 1], mend) if mend else offers[:MOST_OFFERED]


def _makes_sense(session: Session, offer: str) -> bool:
    """Tell whether `offer` is of use: what only keeps something, or is as it is wanted, is not."""
    match offer:
        case "note" | "questions" | "hope-add":
            return session.keep_words
        case "more":
            return session.keep_checkins
        case "pair":
            return session.keep_checkins and not session.wishes.pair
        case "more-on":
            return session.keep_checkins and not session.wishes.more
        case "more-off":
            return session.wishes.more
        case _:
            return True
