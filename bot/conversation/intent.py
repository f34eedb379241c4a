"""What a person wants with one event: a command, a tap on the open question, or words.

Belongs here: telling a command from an answer. Never: deciding what either of them does.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import assert_never

from bot.core.content import Library
from bot.core.events import Commanded, Event, Said, Tapped
from bot.core.flow import open_step
from bot.core.heard import normalise
from bot.core.state import Session

GLOBAL_WORDS = ("help", "back", "skip", "stop", "menu", "crisis")


@dataclass(frozen=True, slots=True)
class Wants:
    """`command` by name (empty when unknown or when words are just words); a tap; or words."""

    command: str = ""
    nonce: str = ""
    choice: str = ""
    words: str = field(default="", repr=False)


def intent(session: Session, event: Event, library: Library) -> Wants:
    """Return what `event` asks for, given the question that is open.

    The global words mean the same at every step and in every language. Any other phrase that
    names a command does so only where it is not an answer: inside a text step it is text, a label
    of the open choice is that choice, and "continue" agrees, though never to a confirmation.
    """
    match event:
        case Commanded():
            return Wants(command=_slashed(event, library))
        case Tapped():
            nonce, _, choice = event.token.partition(".")
            if nonce == "go":
                return Wants(command=choice or "unknown")
            return Wants(nonce=nonce or "none", choice=choice)
        case Said():
            return _said(session, event.text, library)
        case _:
            assert_never(event)


def _slashed(event: Commanded, library: Library) -> str:
    """Return the command behind a slash: two words ("/help now") before the first alone."""
    slash = normalise(event.name)
    phrase = f"{slash} {normalise(event.rest)}".strip()
    known = library.phrases.slashes
    return known.get(phrase) or known.get(slash) or "unknown"


def _said(session: Session, words: str, library: Library) -> Wants:
    phrase = normalise(words)
    command = library.phrases.commands.get(phrase, "")
    if command and command not in GLOBAL_WORDS and session.flows:
        flow = library.flow(session.flows[-1].flow)
        step = open_step(flow, session.flows[-1]) if flow else None
        agreed = phrase in library.phrases.yes or phrase in library.phrases.no
        asked_to_agree = step is not None and step.kind in ("multi", "yes-no")
        if step and (step.kind == "text" or phrase in step.heard or (agreed and asked_to_agree)):
            command = ""
    return Wants(command=command) if command else Wants(words=words)


def is_crisis_door(event: Event, library: Library) -> bool:
    """Tell whether `event` asks for help right now, with nothing known about the person.

    The shell asks this when the store cannot be read, so it depends on content alone.
    """
    match event:
        case Commanded():
            return _slashed(event, library) == "crisis"
        case Tapped():
            return event.token == "go.crisis"
        case Said():
            return library.phrases.commands.get(normalise(event.text)) == "crisis"
        case _:
            assert_never(event)
