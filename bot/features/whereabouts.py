"""Where the person is, asked only when a number is needed and their client does not tell."""

from __future__ import annotations

from dataclasses import replace

from bot.core.asking import go
from bot.core.effects import Choice, Message, Say, Turn
from bot.core.text import text
from bot.features.cards import number_here, open_card, say_card
from bot.features.scene import Command, Scene


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
    return _ask(scene, (*choices, go("care-elsewhere")))


def choose_elsewhere(scene: Scene) -> Turn:
    """Ask for a country, of all that have an emergency number or a line."""
    return _ask(scene, tuple(_country(code) for code in _countries(scene)))


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
        there = scene.with_session(replace(scene.session, country=code.upper()))
        card = open_card(scene)
        if card is None or not card.lines or card.id == "door":
            card = scene.library.cards["lines"]
        number = number_here(there)
        first = (text("call-if-danger", number=number),) if number and not card.calls else ()
        turn = say_card(there, card, lead=first)
        return turn if scene.session.welcomed else Turn(scene.session, turn.effects)

    return run


def _ask(scene: Scene, choices: tuple[Choice, ...]) -> Turn:
    return Turn(scene.session, (Say(Message((text("card-where"),), choices), lane="crisis"),))
