"""What a person wants with one event: a command, a tap on the open question, or words.

Belongs here: telling a command from an answer. Never: deciding what either of them does.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import assert_never

from bot.conversation.ownwords import opens_commands
from bot.core.content import Library
from bot.core.events import Commanded, Due, Event, Said, Tapped
from bot.core.flow import Question
from bot.core.heard import normalise
from bot.core.skills import STATES
from bot.core.verdict import Verdict, height

GLOBAL_WORDS = ("help", "back", "skip", "stop", "menu", "crisis")


@dataclass(frozen=True, slots=True)
class Wants:
    """`command` by name (empty when unknown or when words are just words); a tap; or words."""

    command: str = ""
    nonce: str = ""
    choice: str = ""
    words: str = field(default="", repr=False)


def intent(event: Event, asked: Question | None, library: Library) -> Wants:
    """Return what `event` asks for; `asked` is the question that is open.

    The global words mean the same at every step and in every language. Any other phrase that
    names a command does so only where it is not an answer: inside a text step it is text, a label
    of the open choice is that choice, "yesterday" is a date where one was asked for, and "continue"
    agrees, though never to a confirmation.
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
            return _said(event.text, asked, library)
        case Due():
            return Wants()
        case _:
            assert_never(event)


def _slashed(event: Commanded, library: Library) -> str:
    """Return the command behind a slash: two words ("/help now") before the first alone."""
    slash = normalise(event.name)
    phrase = f"{slash} {normalise(event.rest)}".strip()
    known = library.phrases.slashes
    return known.get(phrase) or known.get(slash) or "unknown"


def _said(words: str, asked: Question | None, library: Library) -> Wants:
    phrase = normalise(words)
    command = library.phrases.commands.get(phrase, "")
    always = command in GLOBAL_WORDS or is_crisis_door(command)
    if asked and asked.step.kind == "guide" and phrase in asked.step.heard:
        command = ""  # "enough" ends an exercise where elsewhere it leaves everything
    if command and asked and not always:
        step = asked.step
        agreed = phrase in library.phrases.yes or phrase in library.phrases.no
        asked_to_agree = step.kind in ("multi", "yes-no")
        a_day = step.kind == "date" and phrase in library.phrases.days
        # "lonely", written in an exercise, is what it asked for and no wish for another one.
        kind, _, name = command.partition("-")
        along = step.kind == "guide" and (kind == "do" or (kind == "cope" and name in STATES))
        if (
            (step.kind == "text" and not opens_commands(asked))
            or along
            or phrase in step.heard
            or (agreed and asked_to_agree)
            or a_day
        ):
            command = ""
    return Wants(command=command) if command else Wants(words=words)


def is_crisis_door(command: str) -> bool:
    """Tell whether `command` is "help now", in whatever language it was asked."""
    return command == "crisis" or command.startswith("crisis-")


def screened(event: Event, library: Library, lang: str) -> Verdict:
    """Return what the words in `event` may mean; a tap has none of the person's own.

    Nor has a command of ours with nothing behind it: no common word tells which language "/start"
    is in, so screening it would read the wordings of all of them. What stands behind a command is
    read alone too: "/notes kill myself" is a cry, and the name before it may hide that.
    """
    match event:
        case Said():
            return library.screen(event.text, lang)
        case Commanded():
            rest = event.rest.strip()
            if not rest and normalise(event.name) in library.phrases.slashes:
                return Verdict()
            whole = library.screen(f"{event.name} {event.rest}", lang)
            alone = library.screen(rest, lang) if rest else whole
            return max(whole, alone, key=lambda one: height(one.level))
        case Tapped() | Due():
            return Verdict()
        case _:
            assert_never(event)


def cries(event: Event, library: Library, lang: str) -> Verdict | None:
    """Return what to answer where `event` asks for help now or alarms; None where it does not.

    The shell asks this when the store cannot be read, so it depends on content alone. The
    language of the verdict is the one to answer in first.
    """
    match event:
        case Commanded():
            command = _slashed(event, library)
        case Tapped():
            command = event.token.partition(".")[2] if event.token.startswith("go.") else ""
            command = "crisis" if command.startswith("care-") else command
        case Said():
            command = library.phrases.commands.get(normalise(event.text), "")
        case Due():
            return None
        case _:
            assert_never(event)
    if is_crisis_door(command):
        return Verdict("emergency", language=command.partition("-")[2] or lang)
    if isinstance(event, Said) and command and not command.startswith("care-"):
        return None
    verdict = screened(event, library, lang)
    return verdict if verdict.alarms else None
