"""A card of the talk in a hard moment fits a phone, with all the numbers it brings anywhere."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.core.events import Said
from bot.core.state import Session
from bot.core.text import plain
from bot.features.cards import number_first, say_card
from bot.features.scene import Scene
from bot.library.neutral import LONGEST_MESSAGE
from tests.worlds import content, messages

LIBRARY = content().library
EVENT = Said("1", datetime(2026, 11, 23, tzinfo=UTC), bytes(16), "x")


@pytest.mark.parametrize("lang", LIBRARY.languages)
def test_every_card_fits_a_phone_in_every_country(lang: str) -> None:
    countries = {code for line in LIBRARY.helplines for code in line.countries}
    for country in sorted(countries | {"", "XX"}):
        scene = Scene(Session(7, lang, country=country, welcomed=True), EVENT, LIBRARY)
        for card in LIBRARY.cards.values():
            urgent = () if card.calls else number_first(scene)
            for message, _, _ in messages(say_card(scene, card, lead=urgent).effects):
                body, _ = content().lexicon.message(message, lang)
                assert len(plain(body)) <= LONGEST_MESSAGE, (
                    f"{card.id} in {country or 'no country'}"
                )
