"""The talk in a hard moment: which card answers, where it leads, what is remembered of it.

Laws: (1) every card can be said with nothing known and nothing stored: its buttons are commands;
(2) before consent nothing is remembered; (3) an emergency is never shortened, and no card is a
dead end.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from bot.core.asking import go
from bot.core.content import Card, Library
from bot.core.effects import Choice, Message, Record, Remind, Say, Turn, Unremind
from bot.core.heard import normalise
from bot.core.helplines import Helpline, HelplineKind
from bot.core.ids import derive_id
from bot.core.state import Care, Session
from bot.core.text import Text, text
from bot.core.verdict import Level, Verdict, height
from bot.features.scene import Command, Scene, after, resume
from bot.safety.helplines import emergency_number, lines_for

TALKING = timedelta(hours=2)
"""How long after a card what is written still belongs to the talk."""

REPEATED = timedelta(minutes=30)
"""Within this the same card comes in its shorter words, unless it is an emergency."""

NOTE_DELAYS = (timedelta(days=1), timedelta(days=3), timedelta(days=7))
"""When the three notes are promised for, from the yes on (product protocol, crisis section)."""

NOTE = "crisis-note"

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
MOST_LINES = 3

_CLAUSE = re.compile(r"[,.;:!?\u2026\n]")

MANY = 4
"""From this many other buttons on, a card's question is answered in words alone."""

_EMERGENCIES: Mapping[str, str] = {
    "overdose": "overdose",
    "withdrawal": "medical",
    "medical": "medical",
    "abuse": "danger",
    "child": "child",
    "violence": "violencenow",
    "psychosis": "voicesnow",
    "other-person": "othernow",
}
_CRISES: Mapping[str, str] = {
    "withdrawal": "medical",
    "medical": "medical",
    "abuse": "abuse",
    "child": "child",
    "violence": "violence",
    "psychosis": "voices",
    "other-person": "other",
    "self-harm": "selfharm",
}
_CONCERNS: Mapping[str, str] = {**_CRISES, "suicide": "gentle", "": "gentle"}
_DISTRESS: Mapping[str, str] = {
    "lapse": "lapse",
    "grief": "grief",
    "abuse": "abuse",
    "violence": "violence",
    "psychosis": "voices",
    "other-person": "other",
    "self-harm": "selfharm",
}


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


def say_card(
    scene: Scene, card: Card, *, level: Level | None = None, lead: tuple[Text, ...] = ()
) -> Turn:
    """Return the turn that says `card`, remembering for a member that it is the open one."""
    care = scene.session.care
    again = care.card == card.id and scene.event.at - care.at < REPEATED and card.brief
    body = (*lead, *_call_first(scene, card), text(f"card-{card.id}{'-brief' if again else ''}"))
    message = Message((*body, *_lines(scene, card)), _buttons(scene, card))
    return Turn(_remembering(scene, card, level), (Say(message, lane="crisis"),))


def _remembering(scene: Scene, card: Card, level: Level | None) -> Session:
    session, care = scene.session, scene.session.care
    if not session.welcomed:
        return session
    anew = scene.event.at - care.at >= TALKING
    before: Level = "none" if anew else care.level
    highest = max(before, level or "none", key=height)
    told = 1 if anew else care.told + 1
    return replace(session, care=Care(card.id, highest, scene.event.at, told))


def _call_first(scene: Scene, card: Card) -> tuple[Text, ...]:
    return _number_first(scene) if card.calls else ()


def _still_urgent(scene: Scene, card: Card) -> tuple[Text, ...]:
    """Return the number that stands before `card` where an emergency goes on, whatever is said."""
    urgent = scene.session.care.level == "emergency" and _open_card(scene) is not None
    return _number_first(scene) if urgent and not card.calls else ()


def _number_first(scene: Scene) -> tuple[Text, ...]:
    number = _number(scene)
    if number:
        return (text("call-now", number=number),)
    return text("call-now-anywhere"), _abroad(scene, "emergency")


def _number(scene: Scene) -> str:
    lines = scene.library.helplines
    return emergency_number(lines, scene.session.country, scene.event.at.date())


def _lines(scene: Scene, card: Card) -> tuple[Text, ...]:
    """Return who can be reached, one paragraph a line; in an emergency nothing beside the point."""
    if not card.lines:
        return ()
    found = lines_for(
        scene.library.helplines,
        country=scene.session.country,
        kinds=card.lines,
        language=scene.session.lang,
        today=scene.event.at.date(),
    )
    unwanted = ("emergency", "directory") if card.calls else ()
    wanted = [line for line in found if line.kind not in unwanted]
    abroad = (_abroad(scene, "crisis"),) if "crisis" in card.lines and not _number(scene) else ()
    return (*abroad, *(line_text(line) for line in _some_of_each(wanted)))


def _some_of_each(lines: Sequence[Helpline]) -> list[Helpline]:
    """Return the best few of `lines`, in their order; no kind crowds out another."""
    firsts = {line.kind: line for line in reversed(lines)}.values()
    best = sorted(lines, key=lambda line: line not in firsts)[:MOST_LINES]
    return [line for line in lines if line in best]


def _abroad(scene: Scene, kind: HelplineKind) -> Text:
    """Return the first number of this kind for each country it is likely to be."""
    today = scene.event.at.date()
    numbers = {}
    for code in ABROAD:
        found = lines_for(
            scene.library.helplines,
            country=code,
            kinds=(kind,),
            language=scene.session.lang,
            today=today,
        )
        line = found[0] if found and found[0].kind == kind else None
        likely = line and (scene.session.lang in LANGUAGES_OF[code])
        numbers[code.lower()] = line.call if line and likely and line.call else "none"
    return text("abroad", **numbers)


def line_text(line: Helpline) -> Text:
    """Return the sentence that says how to reach `line`, by the ways it has."""
    call = f"{line.call} ({line.call_option})" if line.call_option else line.call
    always = line.cost == "free" and line.hours == "24/7"
    return text(
        "line",
        service=line.service,
        call=call or "none",
        text=line.text_to or "none",
        word=line.text_word or "none",
        chat=line.chat or "none",
        always="yes" if always else "no",
    )


def _buttons(scene: Scene, card: Card) -> tuple[Choice, ...]:
    """Return the answers to the card's question, then where else it leads.

    Where reaching someone is what matters, a member answers the question in words: its buttons
    would stand between them and the lines. A stranger has only buttons, nothing being remembered.
    Two answers that lead to the same card are told apart by a dot: a platform may refuse two
    buttons that carry the same.
    """
    choices: list[Choice] = []
    if len(card.go) < MANY or not scene.session.welcomed:
        named = (
            (text("button-yes-no-yes"), card.yes),
            (text("button-yes-no-no"), card.no),
            (text("button-rather-not"), card.unsaid),
        )
        for label, target in named:
            taken = sum(one.token.rstrip(".") == f"go.care-{target}" for one in choices)
            if target:
                choices.append(Choice(label, f"go.care-{target}{'.' * taken}"))
    hidden = set() if may_promise(scene.session) else {"notes"}
    hidden |= {choice.token.removeprefix("go.care-") for choice in choices}
    choices += [go(f"care-{one}") for one in card.go if one not in hidden]
    if card.lines and not _number(scene) and "where" not in card.go:
        choices.append(go("care-where"))
    choices += [go(name) for name in card.offer]
    if scene.session.flows:
        choices.append(go("resume"))
    return tuple(choices)


def keep_talking(scene: Scene, said: str) -> Turn | None:
    """Return the answer to words written after a card, or None where the talk is over.

    A yes or no is an answer to the card's question. Anything else is heard, and a person to talk
    to is named once more; nothing is asked that was not asked already. In an emergency the number
    comes first again, and who is there for this trouble is not exchanged for others. Where a
    question waits behind a door that was only opened, words are its answer.
    """
    care, card = scene.session.care, _open_card(scene)
    if card is None:
        return None
    if height(care.level) < height("concern"):
        return None
    if card.id == "door" and scene.session.flows:
        return None
    agreed = _agreed(scene, said)
    target = card.yes if agreed is True else card.no if agreed is False else ""
    if not target:
        own = card.calls or (card.lines and "crisis" not in card.lines)
        target = card.id if own else "stay"
    return show(target, lead=_still_urgent(scene, scene.library.cards[target]))(scene)


def _open_card(scene: Scene) -> Card | None:
    """Return the card that what is written now still belongs to, if there is one."""
    care = scene.session.care
    fresh = scene.event.at - care.at < TALKING
    return scene.library.cards.get(care.card) if fresh else None


def _agreed(scene: Scene, said: str) -> bool | None:
    """Return the yes or no in `said`, also where more is said behind it; None where there is none.

    A no ends where its clause does: "no one would care" is none.
    """
    phrases = scene.library.phrases
    clause = normalise(_CLAUSE.split(said, maxsplit=1)[0])
    for phrase in (normalise(said), clause):
        if phrase in phrases.yes or phrase in phrases.no:
            return phrase in phrases.yes
    return True if clause.partition(" ")[0] in phrases.sure else None


def show(card_id: str, *, lead: tuple[Text, ...] = ()) -> Callable[[Scene], Turn]:
    """Return the command that says the card `card_id` and does what goes with it."""

    def run(scene: Scene) -> Turn:
        turn = say_card(scene, scene.library.cards[card_id], lead=lead)
        if card_id == "noteson" and may_promise(scene.session):
            return Turn(turn.session, (*_promises(scene), *turn.effects))
        if card_id == "notesoff" and scene.session.welcomed:
            return Turn(turn.session, (Unremind(NOTE), *turn.effects))
        return turn

    return run


def may_promise(session: Session) -> bool:
    """Tell whether the three notes may be offered: something is kept, so to a member of age."""
    return session.welcomed and session.age == "adult"


def _promises(scene: Scene) -> tuple[Remind, ...]:
    return tuple(
        Remind(derive_id(scene.event.seed, f"note {delay.days}"), NOTE, scene.event.at + delay)
        for delay in NOTE_DELAYS
    )


def open_door(scene: Scene, language: str = "") -> Turn:
    """Return the answer to "help now": who can be reached, and what it may be about.

    Where the country is not known, or the cry came in a language that has no more than its page,
    the page says it all by itself.
    """
    card = scene.library.cards["door"]
    page = language or ("" if _number(scene) else scene.session.lang)
    if not page:
        lead = text("call-if-danger", number=_number(scene))
        return say_card(scene, card, level="concern", lead=(lead,))
    message = Message((text(f"crisis-page-{page}"),), _buttons(scene, card))
    return Turn(_remembering(scene, card, "concern"), (Say(message, lane="crisis"),))


def wrong_guess(scene: Scene) -> Turn:
    """Take back an offer that was not needed, and go on where things were."""
    scene = replace(scene, session=replace(scene.session, care=Care()))
    choices = () if scene.session.flows else (go("menu"), go("crisis"))
    return after(_say(scene, "wrong", choices), resume(scene))


def choose_country(scene: Scene) -> Turn:
    """Ask for a country: those with a line in the person's language, and the others behind them."""
    known = _countries(scene)
    spoken = {
        code
        for line in scene.library.helplines
        if line.evidence == "seen" and scene.session.lang in line.languages
        for code in line.countries
    }
    choices = [_country(code) for code in known if code in spoken]
    return _say(scene, "where", (*choices, go("care-elsewhere")))


def choose_elsewhere(scene: Scene) -> Turn:
    """Ask for a country, of all that have an emergency number or a line."""
    return _say(scene, "where", tuple(_country(code) for code in _countries(scene)))


def _say(scene: Scene, card_id: str, choices: tuple[Choice, ...]) -> Turn:
    said = Say(Message((text(f"card-{card_id}"),), choices), lane="crisis")
    return Turn(scene.session, (said,))


def _countries(scene: Scene) -> list[str]:
    lines = (line for line in scene.library.helplines if line.evidence == "seen")
    return sorted({code for line in lines for code in line.countries})


def _country(code: str) -> Choice:
    return Choice(text(f"country-{code.lower()}"), f"go.in-{code.lower()}")


def in_country(code: str) -> Command:
    """Return the command that shows who can be reached in `code`; a member's choice is kept.

    The card that was open comes again with the numbers of that country, so that its question is
    not lost. Where none is known to be open, the emergency number stands before the lines.
    """

    def run(scene: Scene) -> Turn:
        there = replace(scene, session=replace(scene.session, country=code.upper()))
        card = _open_card(scene)
        if card is None or not card.lines or card.id == "door":
            card = scene.library.cards["lines"]
        number = _number(there)
        first = (text("call-if-danger", number=number),) if number and not card.calls else ()
        turn = say_card(there, card, lead=first)
        return turn if scene.session.welcomed else Turn(scene.session, turn.effects)

    return run


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
