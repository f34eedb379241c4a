"""Where the person is, asked only when a number is needed and their client does not tell."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.core.asking import go
from bot.core.effects import Choice, Message, Say, Turn
from bot.core.heard import normalise
from bot.core.places import Places
from bot.core.text import text
from bot.features.cards import number_here, open_card, say_card
from bot.features.scene import Scene

MOST_BEFORE = 3
"""So many words may end with "in": "i live in". "I got it from Jordan" tells of something else."""

MOST_WORDS = 16
"""How long a city and its country may be together; a story of thousands of words is looked into for
none, which would take their square.
"""

LONGEST_CODE = 3
"""Letters in a country's code, such as "it" or "usa"."""

_HERE = frozenset({"in", "from", "near", "en", "de"})
"""What stands right before a place, where it is said and not only named."""


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


def told(scene: Scene, said: str) -> Turn | None:
    """Return the numbers of the country that `said` names, by itself or by a city of it.

    None where it says anything beside it: "that would be nice" is not Nice, and Jordan is also a
    name. A city of several countries asks which one it is.
    """
    named = _named(scene, normalise(said).split())
    if len(named) > 1:
        return choose_country(scene)
    return in_country(named[0])(scene) if named else None


def country_alone(scene: Scene, said: str) -> Turn | None:
    """Return the numbers of the country that is all of `said`, with a city of it or without.

    None for one word that is a city, and for what is as short as "it" or "us": words like any.
    """
    words = normalise(said).split()
    places = scene.library.places()
    city_alone = len(words) == 1 and words[0] not in places.countries
    if city_alone or len("".join(words)) <= LONGEST_CODE:
        return None
    found = _of_city_and_country(places, words)
    return in_country(found[0])(scene) if len(found) == 1 else None


def _named(scene: Scene, words: Sequence[str]) -> tuple[str, ...]:
    """Return the countries that `words` may mean: a place alone, or one right behind "in"."""
    places = scene.library.places()
    behind = (at for at, word in enumerate(words, 1) if word in _HERE and at <= MOST_BEFORE)
    for start in (0, *behind):
        the = words[start : start + 1] == ["the"]
        place = words[start + the :]
        found = _of_city_and_country(places, place)
        code_alone = not start and bool({*found} & {*_countries(scene)})
        if found and (the or code_alone or len("".join(place)) > 2):
            return found
    return ()


def _of_city_and_country(places: Places, words: Sequence[str]) -> tuple[str, ...]:
    if len(words) > MOST_WORDS:
        return ()
    name = " ".join(words)
    if name in places.countries:
        return (places.countries[name],)
    for at in range(1, len(words)):
        city, country = " ".join(words[:at]), " ".join(words[at:])
        if city in places.cities and country in places.countries:
            return (places.countries[country],)
        if city in places.countries and country in places.cities:
            return (places.countries[city],)
    homes = (
        next((code for code, inside in places.zones.items() if zone in inside), "")
        for zone in places.cities.get(name, ())
    )
    return tuple(dict.fromkeys(code for code in homes if code))


def _countries(scene: Scene) -> list[str]:
    lines = (line for line in scene.library.helplines if line.evidence == "seen")
    return sorted({code for line in lines for code in line.countries})


def _country(code: str) -> Choice:
    return Choice(text(f"country-{code.lower()}"), f"go.in-{code.lower()}")


def in_country(code: str) -> Callable[[Scene], Turn]:
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
