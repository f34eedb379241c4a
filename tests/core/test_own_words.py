"""A member's own words stay what they typed, whatever markup is in them.

The laws of whole conversations are in tests/conversation.
"""

from __future__ import annotations

from fluent.syntax import FluentParser
from hypothesis import given
from hypothesis import strategies as st

from bot.core.text import plain, text
from bot.library.render import Lexicon


def lexicon(**patterns: str) -> Lexicon:
    source = "".join(f"{key} = {pattern}\n" for key, pattern in patterns.items())
    return Lexicon({"en": [FluentParser().parse(source)]})


ECHO = lexicon(
    echo="You said **{ $words }**, and *not* { $other }.",
    chosen="{ $words ->\n    [stop] one\n   *[other] two\n  }",
)
MARKUP = st.one_of(
    st.sampled_from(
        ["*x*", "**x**", "{ $y }", "[a](b)", "\u2068", "\u2069x", "\ue000", "\ue001", "\\*", "`c`"]
    ),
    st.text(),
    st.text("*_`[](){}$\\\ue000\ue001\u2068\n "),
)


@given(MARKUP, MARKUP)
def test_what_a_member_typed_is_shown_as_it_was_typed(words: str, other: str) -> None:
    spans = ECHO.render(text("echo", words=words, other=other), "en")
    assert plain(spans) == f"You said {words}, and not {other}."
    styles = {span.style for span in spans if span.text and span.text in ("You said ", ", and ")}
    assert styles == {"plain"}


@given(MARKUP)
def test_what_a_member_typed_chooses_no_words_but_its_own(words: str) -> None:
    said = plain(ECHO.render(text("chosen", words=words), "en")).strip()
    assert said == ("one" if words == "stop" else "two")
