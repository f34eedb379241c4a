"""Which of the next things a closing offers are of use to this person."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from bot.core.asking import go
from bot.core.effects import Choice
from bot.core.skills import STATES
from bot.core.state import Session
from bot.core.text import text

MOST_OFFERED = 3
"""Buttons under a closing."""


ABOUT_TODAY = frozenset({"note", "more", "practice"})
"""Commands that are no next thing for a day that is over."""


PRACTICE = "practice"

EVERY = timedelta(days=7)
"""How long practice is not offered again; it is never offered on two days of a week."""


def useful(session: Session, offers: tuple[str, ...], *, day: date, today: bool) -> tuple[str, ...]:
    """Return those of `offers` that are of use to this person on `day`.

    `today`: what they stand under is about this day, not about one before. Practice takes the place
    of the extra page: one of them is enough to ask of a calm day.
    """
    found = tuple(
        name
        for name in offers
        if _makes_sense(session, name, day) and (today or name not in ABOUT_TODAY)
    )
    return tuple(name for name in found if name != "more") if PRACTICE in found else found


def noted(session: Session, names: tuple[str, ...], day: date) -> Session:
    """Return `session` after `names` were offered on `day`: practice then rests for a while."""
    if PRACTICE not in names:
        return session
    return replace(session, coping=replace(session.coping, practised=day.isoformat()))


def shown(offers: tuple[str, ...], mend: str) -> tuple[str, ...]:
    """Return the commands to show: the first few of `offers`, and `mend` (or "") last."""
    return (*offers[: MOST_OFFERED - 1], mend) if mend else offers[:MOST_OFFERED]


def lead_on(name: str) -> Choice:
    """Return the button under a closing or a card that leads on to the command `name`.

    What is hard has been said by then: it need not be named on the button, only what it leads to.
    """
    hard = name.removeprefix("cope-")
    if hard != name and hard in STATES and hard != "ending":
        return Choice(text("button-cope"), f"go.{name}")
    return go(name)


def _makes_sense(session: Session, offer: str, day: date) -> bool:
    """Tell whether `offer` is of use: what only keeps something, or is as it is wanted, is not."""
    match offer:
        case "note" | "questions" | "hope-add":
            return session.keep_words
        case "more":
            return session.keep_checkins
        case "practice":
            return session.keep_checkins and not session.wishes.more and _rested(session, day)
        case "pair":
            return session.keep_checkins and not session.wishes.pair
        case "more-on":
            return session.keep_checkins and not session.wishes.more
        case "more-off":
            return session.wishes.more
        case _:
            return True


def _rested(session: Session, day: date) -> bool:
    """Tell whether a week has passed since practice was offered; a clock set back is no week."""
    last = session.coping.practised
    return not last or day - date.fromisoformat(last) >= EVERY
