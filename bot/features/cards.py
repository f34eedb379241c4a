"""One card of the talk in a hard moment, as it is shown: numbers, words, lines, buttons.

Laws: (1) a card needs nothing known and nothing stored; (2) an emergency is never shortened, and
nothing beside the point stands in it; (3) before consent nothing is remembered.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.core.asking import go
from bot.core.content import Card
from bot.core.effects import Choice, Message, Say, Turn
from bot.core.helplines import Helpline, HelplineKind
from bot.core.state import Care, Session
from bot.core.text import Text, text
from bot.core.verdict import Level, height
from bot.features.nearest import abroad
from bot.features.offers import lead_on
from bot.features.scene import Scene
from bot.safety.helplines import emergency_number, lines_for

TALKING = timedelta(hours=2)
"""How long after a card what is written still belongs to the talk."""

REPEATED = timedelta(minutes=30)
"""Within this the same card comes in its shorter words, unless it is an emergency."""

MOST_LINES = 3

MANY = 4
"""From this many other buttons on, a card's question is answered in words alone."""


def say_card(
    scene: Scene, card: Card, *, level: Level | None = None, lead: tuple[Text, ...] = ()
) -> Turn:
    """Return the turn that says `card`, remembering for a member that it is the open one."""
    care = scene.session.care
    again = care.card == card.id and scene.event.at - care.at < REPEATED and card.brief
    first = number_first(scene) if card.calls else ()
    body = (*lead, *first, text(f"card-{card.id}{'-brief' if again else ''}"))
    message = Message((*body, *_lines(scene, card)), buttons(scene, card))
    return Turn(remembering(scene, card, level), (Say(message, lane="crisis"),))


def remembering(scene: Scene, card: Card, level: Level | None) -> Session:
    """Return the session after `card` was said: a member's knows it, a stranger's nothing."""
    session, care = scene.session, scene.session.care
    if not session.welcomed:
        return session
    anew = scene.event.at - care.at >= TALKING
    before: Level = "none" if anew else care.level
    highest = max(before, level or "none", key=height)
    watched = "abuse" in card.lines or (care.watched and not anew)
    return replace(session, care=Care(card.id, highest, scene.event.at, watched))


def number_first(scene: Scene) -> tuple[Text, ...]:
    """Return the line that says to call now: the number here, or those it is likely to be."""
    number = number_here(scene)
    if number:
        return (text("call-now", number=number),)
    if scene.session.country:
        return (text("call-now-here"),)
    return text("call-now-anywhere"), _abroad(scene, "emergency")


def in_danger(scene: Scene) -> Text:
    """Return the line that says when to call, with the number here where that is known."""
    number = number_here(scene)
    return text("call-if-danger", number=number) if number else text("call-now-here")


def number_here(scene: Scene) -> str:
    """Return the emergency number of the person's country; "" where that is not known."""
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
    somewhere = "crisis" in card.lines and not scene.session.country
    abroad = (_abroad(scene, "crisis"),) if somewhere else ()
    wanted = [line for line in found if not (card.calls and line.kind == "emergency")]
    if card.calls and (abroad or any(line.kind != "directory" for line in wanted)):
        wanted = [line for line in wanted if line.kind != "directory"]
    return (*abroad, *(line_text(line) for line in _some_of_each(wanted)))


def _some_of_each(lines: Sequence[Helpline]) -> list[Helpline]:
    """Return the best few of `lines`, in their order; no kind crowds out another."""
    firsts = {line.kind: line for line in reversed(lines)}.values()
    best = sorted(lines, key=lambda line: line not in firsts)[:MOST_LINES]
    return [line for line in lines if line in best]


def _abroad(scene: Scene, kind: HelplineKind) -> Text:
    return abroad(scene.session, scene.library, scene.event.at, kind)


def first_line(scene: Scene) -> Text:
    """Return the first crisis line here; where the country is not known, those it may be."""
    if not scene.session.country:
        return _abroad(scene, "crisis")
    found = lines_for(
        scene.library.helplines,
        country=scene.session.country,
        kinds=("crisis",),
        language=scene.session.lang,
        today=scene.event.at.date(),
    )
    return line_text(found[0])


def line_text(line: Helpline) -> Text:
    """Return the sentence that says how to reach `line`, by the ways it has; its id comes first."""
    always = line.cost == "free" and line.hours == "24/7"
    return text(
        "line",
        id=line.id,
        service=line.service,
        call=line.call or "none",
        option=line.call_option or "none",
        text=line.text_to or "none",
        word=line.text_word or "none",
        chat=line.chat or "none",
        always="yes" if always else "no",
    )


def buttons(scene: Scene, card: Card) -> tuple[Choice, ...]:
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
    hidden = set() if may_promise(scene) else {"notes"}
    hidden |= {choice.token.removeprefix("go.care-") for choice in choices}
    choices += [go(f"care-{one}") for one in card.go if one not in hidden]
    if card.lines and not number_here(scene) and "where" not in card.go:
        choices.append(go("care-where"))
    choices += [lead_on(name) for name in card.offer]
    if scene.session.flows:
        choices.append(go("resume"))
    return tuple(choices)


def open_card(scene: Scene) -> Card | None:
    """Return the card that what is written now still belongs to, if there is one."""
    care = scene.session.care
    fresh = scene.event.at - care.at < TALKING
    return scene.library.cards.get(care.card) if fresh else None


def may_promise(scene: Scene) -> bool:
    """Tell whether the three notes may be offered: to a member of age, on a phone of their own.

    Something is kept of it; and after talk of abuse somebody else may read what arrives.
    """
    session = scene.session
    watched = session.care.watched and scene.event.at - session.care.at < TALKING
    return session.welcomed and session.age == "adult" and not watched
