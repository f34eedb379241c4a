"""A number is read as a rating only where it can be nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.strength import NOT_RATED, rates_only, rating_in
from tests.worlds import content

PHRASES = content().library.phrases


@pytest.mark.parametrize(
    ("said", "rated"),
    [
        ("craving 8", 8),
        ("Craving 8!!", 8),
        ("craving: 8", 8),
        ("craving - 8", 8),
        ("craving is an 8", 8),
        ("cravings are at a 9 right now", 9),
        ("craving 8 rn tbh", 8),
        ("the urge is like 7", 7),
        ("7/10 craving", 7),
        ("8/10", 8),
        ("8", 8),
        ("eight out of ten", 8),
        ("craving 10/10, home alone", 10),
        ("home alone. craving 8", 8),
        ("craving 8, 2 kids at home", 8),
        ("anxiety level 0", 0),
        ("craving 8/10", 8),
        ("craving like a 9", 9),
        ("craving about an 8 i think", 8),
        ("craving so bad its a 9", 9),
        ("craving 8 tonight", 8),
        ("an 8", 8),
        ("about a 7", 7),
        ("id say im at a 7", 7),
        ("anxiety at 6", 6),
        ("lonely 7", 7),
        ("cant sleep 7/10", 7),
        ("cant stop worrying 7/10 today", 7),
        ("its like 8 out of 10", 8),
        ("8/10 urge to drink", 8),
        ("ganas 9", 9),
        ("la ansiedad está en 6", 6),
        ("las ganas son un 8", 8),
        ("no puedo dormir 7/10", 7),
        ("diría que un 7", 7),
        ("ganas 8 de 10", 8),
        ("las ganas en un 8", 8),
        ("ansiedad 9 ahora mismo", 9),
        ("tengo ganas, un ocho de diez", 8),
    ],
)
def test_a_rating_as_people_type_it(said: str, rated: int) -> None:
    assert rating_in(said, PHRASES) == rated


@pytest.mark.parametrize(
    "said",
    [
        "",
        "craving",
        "8 days",
        "craving for 8 days",
        "day 8",
        "craving day 8",
        "craving 2 kids",
        "2 kids and a craving",
        "i want 2",
        "could murder 2 pints",
        "cant sleep since 3",
        "cant sleep 3",
        "cant sleep, its 3",
        "wide awake at 4",
        "craving since about 4",
        "craving about 4",
        "craving its 3",
        "craving, im 9",
        "craving, up at 5",
        "craving at 8 tonight",
        "craving, slept 4",
        "craving not 8",
        "craving not 8/10",
        "craving under 5",
        "craving was 8",
        "craving was an 8/10",
        "craving 8/10 yesterday",
        "craving, on number 4",
        "craving step 3",
        "my son is 8",
        "9/10 people here drink",
        "craving, 9/10 people here drink",
        "lonely, been alone 5",
        "lonely at 3",
        "angry at my 3",
        "grief, lost him at 7",
        "at 8",
        "like 8",
        "i want to drink 8",
        "picked up an 8",
        "party at 8",
        "party tonight 8pm",
        "awake at 3:30",
        "anxious 24/7",
        "born 8/10/1990",
        "craving 8.5",
        "craving -8",
        "craving 11",
        "craving 100",
        "craving 8%",
        "$8 left and a craving",
        "i miss him 2",
        "craving 8, no wait, 9",
        "craving 8 or 9",
        "i have had this craving ever since i left the house at my sisters 8",
        "llevo 8 dias",
        "llevo 4",
        "no puedo dormir, son las 3",
        "me desperte a las 3",
        "ganas a las 8",
        "ganas no 8/10",
        "9 de 10 personas beben",
        "ganas de 2",
        "no duermo desde las 3",
        "dia 8",
        "quiero 2",
        "tengo 2 hijos",
        "una chica de 10",
    ],
)
def test_what_counts_anything_else_is_none(said: str) -> None:
    assert rating_in(said, PHRASES) == NOT_RATED


def test_a_number_too_long_to_be_one_is_no_rating() -> None:
    assert rating_in("1" * 5000, PHRASES) == NOT_RATED


def test_a_number_out_of_ten_may_stand_alone() -> None:
    assert [rates_only(one, PHRASES) for one in ("8/10", "like a 7 out of 10", "un 8 de 10")] == [
        True,
        True,
        True,
    ]
    assert not any(rates_only(one, PHRASES) for one in ("8", "craving 8/10", "8/10 of them", ""))


@given(st.text())
def test_it_is_zero_to_ten_or_nothing(said: str) -> None:
    assert -1 <= rating_in(said, PHRASES) <= 10
