"""What is said: scrubbed at the door, literal in every sentence, secret in every repr."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.effects import Ask, Choice, Message, Record, Say
from bot.core.events import Commanded, Said
from bot.core.state import FlowState, Session
from bot.core.text import Span, Text, plain, scrub, text
from tests.core.test_flow import NOW

SECRET = "nobody may read this"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a walk", "a walk"), ("", ""), ("line\nbreak\ttab", "line\nbreak\ttab"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("\x00\x07\x1b[31mred", "[31mred"), ("\ud800alone\udfff", "alone"),
        ("\u202eright to left\u202c", "right to left"), ("\u2066isolated\u2069", "isolated"),
        ("\x7f\x85", ""), ("🙂 👩\u200d👩\u200d👧 é ñ ع", "🙂 👩\u200d👩\u200d👧 é ñ ع"),
        ("\u200flrm\u200e", "\u200flrm\u200e"), ("*x* { $y } [a](b)", "*x* { $y } [a](b)"),
    ],
)  # fmt: skip
def test_what_breaks_screens_is_dropped_and_nothing_else(typed: str, kept: str) -> None:
    assert scrub(typed) == kept


@given(st.text(st.characters()))
def test_what_is_scrubbed_can_be_stored_and_is_scrubbed_once(typed: str) -> None:
    kept = scrub(typed)
    assert scrub(kept) == kept
    assert kept.encode("utf-8").decode("utf-8") == kept
    assert not set(kept) & set("\x00\x1b\x7f\u202e\u2068\r")


@given(st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs"))))
def test_letters_marks_and_signs_are_left_alone(typed: str) -> None:
    assert scrub(typed) == typed


def test_arguments_keep_their_order() -> None:
    assert text("key", b="2", a=1) == Text("key", (("b", "2"), ("a", 1)))


def test_characters_alone() -> None:
    spans = (Span("a "), Span("bold", "bold"), Span("\n\nlink", link="https://a.b"))
    assert plain(spans) == "a bold\n\nlink"
    assert plain(()) == ""


@pytest.mark.parametrize(
    "holder",
    [
        text("key", note=SECRET),
        Span(SECRET),
        Said("1", NOW, b"", SECRET),
        Commanded("1", NOW, b"", "note", SECRET),
        Record(1, "note", {"note": SECRET}),
        FlowState("note", 1, "run", "2026-03-01", NOW, answers={"note": SECRET}, picked=(SECRET,)),
        Session(7, "en", flows=(FlowState(SECRET, 1, "run", "2026-03-01", NOW),)),
        Say(Message((text("key", note=SECRET),), (Choice(text("key", n=SECRET), "t"),))),
        Ask(Message((text("key", note=SECRET),)), "run"),
    ],
    ids=lambda holder: type(holder).__name__,
)
def test_no_repr_shows_what_a_person_said(holder: object) -> None:
    assert SECRET not in repr(holder)
