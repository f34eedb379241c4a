"""Names drawn from a seed: the same event always causes the same ones, different things others."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from bot.core.ids import derive_id, derive_nonce

SEEDS = st.binary(min_size=16, max_size=16)
PURPOSES = st.text(st.characters(codec="utf-8"), max_size=80)


@given(SEEDS, PURPOSES)
def test_ids_fit_every_database_and_are_never_nothing(seed: bytes, purpose: str) -> None:
    assert 1 <= derive_id(seed, purpose) < 1 << 62
    assert derive_id(seed, purpose) == derive_id(seed, purpose)


@given(SEEDS, PURPOSES)
def test_nonces_are_eight_small_letters_or_digits(seed: bytes, purpose: str) -> None:
    assert re.fullmatch(r"[a-z2-7]{8}", derive_nonce(seed, purpose))
    assert derive_nonce(seed, purpose) == derive_nonce(seed, purpose)


@given(SEEDS, SEEDS, PURPOSES, PURPOSES)
def test_another_seed_or_purpose_gives_another_name(
    seed: bytes, other: bytes, purpose: str, another: str
) -> None:
    if seed != other:
        assert derive_id(seed, purpose) != derive_id(other, purpose)
        assert derive_nonce(seed, purpose) != derive_nonce(other, purpose)
    if purpose != another:
        assert derive_id(seed, purpose) != derive_id(seed, another)
        assert derive_nonce(seed, purpose) != derive_nonce(seed, another)


def test_purposes_that_begin_alike_are_told_apart() -> None:
    seed = bytes(16)
    assert derive_nonce(seed, "run morning_check_one") != derive_nonce(
        seed, "run morning_check_two"
    )
    assert derive_id(seed, "rec abcdefgh and more") != derive_id(seed, "rec abcdefgh and less")


def test_a_nonce_is_not_the_word_that_marks_a_command() -> None:
    assert len(derive_nonce(bytes(16), "ask")) > len("go")
