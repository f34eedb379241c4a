"""The talk in a hard moment: which card answers, where it leads, what is kept of it.

Laws: (1) before consent nothing is kept; (2) what was open before waits, unchanged; (3) no card is
a dead end.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta

from bot.core.asking import go
from bot.core.content import Card, Library
from bot.core.effects import Message, Record, Remind, Say, Turn, Unremind
from bot.core.flow import open_question
from bot.core.heard import normalise
from bot.core.ids import derive_id
from bot.core.state import Care, Session
from bot.core.text import Text, text
from bot.core.verdict import Verdict, height
from bot.features import whereabouts
from bot.features.cards import (
    buttons,
    in_danger,
    may_promise,
    number_first,
    open_card,
    remembering,
    say_card,
)
from bot.features.scene import Command, Scene, after, resume, tell
from bot.features.whereabouts import choose_country, choose_elsewhere, in_country

NOTE_DELAYS = (timedelta(days=1), timedelta(days=3), timedelta(days=7))
"""When the three notes are promised for, from the yes on (product protocol, crisis section)."""

NOTE = "crisis-note"

_CLAUSE = re.compile(r"[,.;:!?\u2026\n]")

_EMERGENCIES: Mapping[str, str] = {
    "overdose": "overdose",
    "withdrawal": "medical",
    "medical": "medical",
    "abuse": "danger",
    "child": "childnow",
    "violence": "violencenow",
    "psychosis": "voicesnow",
    "other-person": "othernow",
}

_ONGOING: Mapping[str, str] = {
    "abuse": "abuse",
    "violence": "violence",
    "psychosis": "voices",
    "other-person": "other",
    "self-harm": "selfharm",
}

_CRISES: Mapping[str, str] = {
    **_ONGOING,
    "withdrawal": "medical",
    "medical": "medical",
    "child": "child",
}

_CONCERNS: Mapping[str, str] = {**_CRISES, "suicide": "gentle", "": "gentle"}

_DISTRESS: Mapping[str, str] = {**_ONGOING, "lapse": "lapse", "grief": "grief"}

NEEDED = frozenset(
    {
        *("door", "now", "listen", "despair", "info", "wrong", "where", "lines"),
        *("stay", "hush", "noteson", "notesoff"),
        *_EMERGENCIES.values(),
        *_CONCERNS.values(),
        *_DISTRESS.values(),
    }
)
"""Cards that code names; the content check refuses a talk that lacks one."""


def card_for(verdict: Verdict) -> str:
    """Return the card that answers `verdict`; "" where nothing is to be said."""
    match verdict.level:
        case "emergency":
            return _EMERGENCIES.get(verdict.category, "now")
        case "crisis":
            return _CRISES.get(verdict.category, "listen")
        case "concern":
            return _CONCERNS.get(verdict.category, "gentle")
        case "distress":
            return _DISTRESS.get(verdict.category, "despair")
        case "info":
            return "info"
        case "none":
            return ""


def answer(scene: Scene, verdict: Verdict) -> Turn:
    """Return what is said to words that alarm, or that are at least hard, and what is kept of it.

    In a language that has no more than its crisis page, that page comes first.
    """
    card = scene.library.cards[card_for(verdict)]
    lead: tuple[Text, ...] = ()
    page_only = set(scene.library.pages) - set(scene.library.languages)
    if verdict.language in page_only:
        lead = (text(f"crisis-page-{verdict.language}"),)
    lead += _still_urgent(scene, card)
    turn = say_card(scene, card, level=verdict.level, lead=lead)
    if not verdict.alarms or not (scene.session.welcomed and scene.session.keep_checkins):
        return turn
    body = {"day": scene.today(), "level": verdict.level, "category": verdict.category}
    kept = Record(derive_id(scene.event.seed, "crisis"), "crisis", body)
    return Turn(turn.session, (kept, *turn.effects))


def _still_urgent(scene: Scene, card: Card) -> tuple[Text, ...]:
    """Return the number that stands before `card` where an emergency goes on, whatever is said."""
    urgent = scene.session.care.level == "emergency" and open_card(scene) is not None
    return number_first(scene) if urgent and not card.calls else ()


def keep_talking(scene: Scene, said: str) -> Turn | None:
    """Return the answer to words written after a card, or None where the talk is over.

    A yes or no is an answer to the card's question. Anything else is heard, and a person to talk
    to is named once more; nothing is asked that was not asked already. In an emergency the number
    comes first again, and who is there for this trouble is not exchanged for others. Where a
    question waits behind a door that was only opened, words are its answer.
    """
    care, card = scene.session.care, open_card(scene)
    if card is None:
        return None
    if (there := _whereabouts(scene, card, said)) is not None:
        return there
    if height(care.level) < height("concern"):
        return _hear_more(scene, card, said)
    if card.id == "door" and scene.session.flows:
        return None
    agreed = _agreed(scene, said)
    target = card.yes if agreed is True else card.no if agreed is False else ""
    if not target:
        own = card.calls or (card.lines and "crisis" not in card.lines)
        target = card.id if own else "stay"
    return show(target, lead=_still_urgent(scene, scene.library.cards[target]))(scene)


def has_the_word(scene: Scene) -> bool:
    """Tell whether what is typed belongs to this talk, and not to a question that waits below it.

    There the name of what may help, such as "hope box", is a command and nobody's answer.
    """
    card = open_card(scene)
    alarmed = height(scene.session.care.level) >= height("concern")
    return card is not None and card.id != "door" and alarmed


def _whereabouts(scene: Scene, card: Card, said: str) -> Turn | None:
    """Return the numbers of the place that was written below a card of numbers, if it was one.

    Below a door that was only opened, a text that is asked for comes first.
    """
    question = open_question(scene.session, scene.library)
    text_waits = question is not None and question.step.kind == "text"
    names_numbers = card.calls or card.lines or card.id == "door"
    if not names_numbers or (card.id == "door" and text_waits) or _agreed(scene, said) is not None:
        return None
    return whereabouts.told(scene, said)


def _hear_more(scene: Scene, card: Card, said: str) -> Turn | None:
    """Return the same card, shorter, to someone who goes on telling of what is hard."""
    goes_on = card.id in _DISTRESS.values() or card.id == "despair"
    if not goes_on or scene.session.flows or _agreed(scene, said) is not None:
        return None
    return say_card(scene, card)


def _agreed(scene: Scene, said: str) -> bool | None:
    """Return the yes or no in `said`, also where more is said behind it; None where there is none.

    A no ends where its clause does: "no one would care" is none.
    """
    phrases = scene.library.phrases
    clause = normalise(_CLAUSE.split(said, maxsplit=1)[0])
    for phrase in (normalise(said), clause):
        if phrase in phrases.no:
            return False
        if phrase in phrases.yes:
            return True
    return True if clause.partition(" ")[0] in phrases.sure else None


def show(card_id: str, *, lead: tuple[Text, ...] = ()) -> Callable[[Scene], Turn]:
    """Return the command that says the card `card_id` and does what goes with it."""

    def run(scene: Scene) -> Turn:
        promise = card_id in ("notes", "noteson")
        shown = "lines" if promise and not may_promise(scene) else card_id
        turn = say_card(scene, scene.library.cards[shown], lead=lead)
        if shown == "noteson":
            return Turn(turn.session, (Unremind(NOTE), *_promises(scene), *turn.effects))
        if card_id == "notesoff" and scene.session.welcomed:
            return Turn(turn.session, (Unremind(NOTE), *turn.effects))
        return turn

    return run


def _promises(scene: Scene) -> tuple[Remind, ...]:
    return tuple(
        Remind(derive_id(scene.event.seed, f"note {delay.days}"), NOTE, scene.event.at + delay)
        for delay in NOTE_DELAYS
    )


def to_person(scene: Scene, *lead: Text) -> Turn:
    """Return whom someone can reach who asks for a person, behind `lead`; what is open waits."""
    urgent = _still_urgent(scene, scene.library.cards["lines"])
    turn = show("lines", lead=(*urgent, *lead))(scene)
    said = (
        replace(one, message=replace(one.message, choices=(go("reachout"), *one.message.choices)))
        if isinstance(one, Say)
        else one
        for one in turn.effects
    )
    session, grave = turn.session, height(scene.session.care.level) >= height("concern")
    if grave and open_card(scene) is None:  # a talk that was left is not begun anew
        session = replace(session, care=scene.session.care)
    return Turn(session, tuple(said))


def hush(scene: Scene) -> Turn | None:
    """Return the answer to "enough" said into a talk about words that alarmed, else None.

    It is left at that; but whom to reach stays on the screen, and nothing can be erased from there.
    Said once more it closes the talk; to a door that was only opened it is a "stop" like any.
    """
    card = open_card(scene)
    if card is None or card.id == "door" or scene.event.place.kind == "room":
        return None
    if card.id == "hush":
        return tell(
            scene.with_session(left(scene.session)), text("stopped"), choices=(go("crisis"),)
        )
    alarmed = height(scene.session.care.level) >= height("concern")
    return say_card(scene, scene.library.cards["hush"]) if alarmed else None


def open_door(scene: Scene, language: str = "") -> Turn:
    """Return the answer to "help now": who can be reached, and what it may be about.

    Where the country is not known, or the cry came in a language that has no more than its page,
    the page says it all by itself.
    """
    card = scene.library.cards["door"]
    page = language or ("" if scene.session.country else scene.session.lang)
    if not page:
        return say_card(scene, card, level="concern", lead=(in_danger(scene),))
    message = Message((text(f"crisis-page-{page}"),), buttons(scene, card))
    return Turn(remembering(scene, card, "concern"), (Say(message, lane="crisis"),))


def wrong_guess(scene: Scene) -> Turn:
    """Take back an offer that was not needed, and go on where things were."""
    scene = scene.with_session(replace(scene.session, care=Care()))
    choices = (go("crisis"),) if scene.session.flows else (go("menu"), go("crisis"))
    said = Say(Message((text("card-wrong"),), choices), lane="crisis")
    return after(Turn(scene.session, (said,)), resume(scene))


def command(library: Library, name: str) -> Command | None:
    """Return the command behind the button `name`, if it is one of this talk's."""
    kind, _, rest = name.rstrip(".").partition("-")
    if kind == "care" and rest in _MOVES:
        return _MOVES[rest]
    if kind == "care" and rest in library.cards and rest != "wrong":
        return show(rest)
    if kind == "in" and any(rest.upper() in line.countries for line in library.helplines):
        return in_country(rest)
    return None


def left(session: Session) -> Session:
    """Return `session` after the person turned to something else: the talk is no longer open."""
    return replace(session, care=replace(session.care, card="")) if session.care.card else session


_MOVES: Mapping[str, Command] = {
    "door": open_door,
    "where": choose_country,
    "elsewhere": choose_elsewhere,
}
