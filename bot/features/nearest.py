"""Whom to call, in a line: for every screen that fills the wait while somebody thinks of dying.

Law: it needs nothing known and nothing stored; where no number is known, an address stands there.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.core.content import Library
from bot.core.helplines import HelplineKind
from bot.core.state import FlowState, Session
from bot.core.text import Text, text
from bot.safety.helplines import emergency_number, lines_for

LANGUAGES_OF: Mapping[str, tuple[str, ...]] = {
    "US": ("en", "es"),
    "CA": ("en",),
    "GB": ("en",),
    "IE": ("en",),
    "AU": ("en",),
    "NZ": ("en",),
    "ES": ("es",),
    "MX": ("es",),
    "AR": ("es",),
    "CL": ("es",),
    "CO": ("es",),
}
"""Where someone may well be whose country is not known, by the language they write in."""

ABROAD = tuple(LANGUAGES_OF)


def abroad(session: Session, library: Library, at: datetime, kind: HelplineKind) -> Text:
    """Return the first number of this `kind` for each country it is likely to be."""
    numbers = {}
    for code in ABROAD:
        found = lines_for(
            library.helplines, country=code, kinds=(kind,), language=session.lang, today=at.date()
        )
        line = found[0] if found and found[0].kind == kind else None
        likely = line and (session.lang in LANGUAGES_OF[code])
        numbers[code.lower()] = line.call if line and likely and line.call else "none"
    return text("abroad", **numbers)


def beside(session: Session, library: Library, at: datetime, state: FlowState) -> tuple[Text, ...]:
    """Return whom to call, to stand above the run `state`; nothing where it is not about dying."""
    if state.given.get("state") != "ending":
        return ()
    number = emergency_number(library.helplines, session.country, at.date()) or "none"
    if not session.country:
        return text("near-lines", number=number, call="none"), abroad(
            session, library, at, "crisis"
        )
    found = lines_for(
        library.helplines,
        country=session.country,
        kinds=("crisis",),
        language=session.lang,
        today=at.date(),
    )
    call = next((one.call for one in found if one.kind == "crisis" and one.call), "none")
    return (text("near-lines", number=number, call=call),)
