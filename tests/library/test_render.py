"""Words to spans: what an author may write, and that what a member typed is never markup."""

from __future__ import annotations

import gc
from pathlib import Path
from types import FunctionType, ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.effects import Choice, Message
from bot.core.text import Span, Spans, Text, plain, text
from bot.library.load import load_content
from bot.library.render import Lexicon, Unrenderable
from tests.library.garden import add, copied, swap

SENTENCES = """
say-back = You said: { $note }
loud-back = **{ $note }**, and *{ $note }* again
styled = plain, **bold**, *italic*, \\*neither\\*
many = { $n ->
    [one] one day
   *[other] { $n } days
}
chosen = { $path ->
    [stop] stopping
   *[other] something else
}
lines =
    first
    second

    third
inside = before { say-back } after
both = { $path ->
    [stop] stopping, because { $note }
   *[other] because { $note }
}
"""

CRUEL = (
    "**not bold**",
    "*_~`[x](http://example.org)`~_*",
    "{ $note } { when-asked }",
    "\\*",
    "<b>&amp;",
    "# title\n- item\n\n> quote",
    "\ue000\ue001",
    "*",
    "",
)


@pytest.fixture(scope="module")
def lexicon(tmp_path_factory: pytest.TempPathFactory) -> Lexicon:
    """The real content and a few sentences of our own."""
    folder = copied(tmp_path_factory.mktemp("render") / "content")
    for language in ("en", "es"):
        add(folder / language / "interface.ftl", SENTENCES)
    swap(
        folder / "flows" / "garden.toml",
        'say = "Thank you for looking."',
        'say = """\n**All** at the start is bold.\n*So* is this italic.\n\nA new paragraph."""',
    )
    return load_content(folder).lexicon


@pytest.mark.parametrize("said", CRUEL)
def test_what_a_member_typed_is_literal(lexicon: Lexicon, said: str) -> None:
    assert plain(lexicon.render(text("say-back", note=said), "en")) == f"You said: {said}"


@pytest.mark.parametrize("said", CRUEL)
def test_it_takes_the_style_of_its_place_and_no_other(lexicon: Lexicon, said: str) -> None:
    spans = lexicon.render(text("loud-back", note=said), "en")
    assert [s for s in spans if s.text] == [
        s
        for s in (Span(said, "bold"), Span(", and "), Span(said, "italic"), Span(" again"))
        if s.text
    ]


@given(said=st.text())
def test_whatever_was_typed_is_literal(lexicon: Lexicon, said: str) -> None:
    spans = lexicon.render(text("say-back", note=said), "es")
    assert spans == (Span(f"You said: {said}"),)


def test_bold_italic_and_neither(lexicon: Lexicon) -> None:
    assert merged(lexicon.render(text("styled"), "en")) == (
        Span("plain, "),
        Span("bold", "bold"),
        Span(", "),
        Span("italic", "italic"),
        Span(", *neither*"),
    )


def merged(spans: Spans) -> Spans:
    """Join neighbours of one style, and drop empty spans."""
    kept: list[Span] = []
    for span in spans:
        if kept and kept[-1].style == span.style:
            kept[-1] = Span(kept[-1].text + span.text, span.style)
        elif span.text:
            kept.append(span)
    return tuple(kept)


def test_bold_at_the_start_of_a_line_of_a_flow(lexicon: Lexicon) -> None:
    """Fluent would take that asterisk for a variant."""
    assert merged(lexicon.render(text("flow-garden-closing-done"), "en")) == (
        Span("All", "bold"),
        Span(" at the start is bold.\n"),
        Span("So", "italic"),
        Span(" is this italic.\n\nA new paragraph."),
    )


@pytest.mark.parametrize(("n", "words"), [(1, "one day"), (0, "0 days"), (3, "3 days")])
def test_a_number_chooses_its_plural(lexicon: Lexicon, n: int, words: str) -> None:
    assert plain(lexicon.render(text("many", n=n), "en")) == words


@pytest.mark.parametrize(
    ("path", "words"), [("stop", "stopping"), ("mood", "something else"), ("", "something else")]
)
def test_a_word_chooses_its_variant(lexicon: Lexicon, path: str, words: str) -> None:
    assert plain(lexicon.render(text("chosen", path=path), "en")) == words


def test_lines_and_paragraphs_stay(lexicon: Lexicon) -> None:
    assert plain(lexicon.render(text("lines"), "en")) == "first\nsecond\n\nthird"


def test_a_sentence_inside_a_sentence(lexicon: Lexicon) -> None:
    spans = lexicon.render(text("inside", note="*x*"), "en")
    assert plain(spans) == "before You said: *x* after"


def test_the_paragraphs_of_a_message_stand_apart(lexicon: Lexicon) -> None:
    message = Message(
        (text("styled"), text("lines")), (Choice(text("say-back", note="a\n b"), "t"),)
    )
    spans, (button,) = lexicon.message(message, "en")
    assert plain(spans).count("\n\n") == 2
    assert (button.label, button.token, button.picked) == ("You said: a b", "t", None)


def test_an_unknown_language_falls_back_to_the_first(lexicon: Lexicon) -> None:
    assert lexicon.languages[0] == "en"
    assert lexicon.render(text("menu"), "tlh") == lexicon.render(text("menu"), "en")
    assert lexicon.render(text("menu"), "es") != lexicon.render(text("menu"), "en")


@pytest.mark.parametrize("key", ["no-such-sentence", "say-back", "inside", "many", "chosen"])
def test_what_cannot_be_filled_says_its_key_and_nothing_else(lexicon: Lexicon, key: str) -> None:
    said = "my sister's name is Ana"
    with pytest.raises(Unrenderable) as caught:
        lexicon.render(text(key, other=said, n2=7), "en")
    assert key in str(caught.value)
    chain: BaseException | None = caught.value
    while chain is not None:
        assert "Ana" not in repr(chain)
        chain = chain.__cause__ or chain.__context__


def test_no_repr_shows_words() -> None:
    said = Text("say-back", (("note", "a secret"),))
    for value in (said, Span("a secret", "bold"), Message((said,), (Choice(said, "t"),))):
        assert "secret" not in repr(value)


def test_every_sentence_without_arguments_renders_in_every_language(tmp_path: Path) -> None:
    """A file read, linted and parsed is a file that can be said."""
    content = load_content(copied(tmp_path / "content"))
    for language in content.lexicon.languages:
        for key in ("crisis-page", "store-down-again", "turn-failed", "terminal-opening"):
            assert plain(content.lexicon.render(text(key), language)).strip()


# --- what is remembered between two renderings ---------------------------------------------------


def test_one_sentence_in_two_languages_is_not_mixed_up(lexicon: Lexicon) -> None:
    for _ in range(2):
        assert lexicon.label(text("button-menu"), "en") != lexicon.label(text("button-menu"), "es")
        assert lexicon.render(text("menu"), "en") != lexicon.render(text("menu"), "es")


def test_each_rendering_shows_its_own_words(lexicon: Lexicon) -> None:
    for said in ("a", "b", "", "a"):
        assert plain(lexicon.render(text("say-back", note=said), "en")) == f"You said: {said}"
        assert lexicon.label(text("say-back", note=said), "en") == f"You said: {said}".strip()


@pytest.mark.parametrize("note", ["stop", "other", "7", "one", "\ue000", "\ue001"])
def test_a_word_may_be_shown_and_chosen_by_in_one_sentence(lexicon: Lexicon, note: str) -> None:
    for path in ("stop", "mood", note, "stop"):
        said = plain(lexicon.render(text("both", path=path, note=note), "en"))
        assert said == f"{'stopping, ' if path == 'stop' else ''}because {note}"
        turned = Text("both", (("note", note), ("path", path)))
        assert plain(lexicon.render(turned, "en")) == said


def test_a_word_that_looks_like_a_number_is_a_word(lexicon: Lexicon) -> None:
    for _ in range(2):
        assert plain(lexicon.render(text("many", n="1"), "en")) == "1 days"
        assert plain(lexicon.render(text("many", n=1), "en")) == "one day"
        assert plain(lexicon.render(text("many", n="one"), "en")) == "one day"
        assert lexicon.label(text("number", n="1000"), "en") == "1000"
        assert lexicon.label(text("number", n=1000), "en") == "1,000"


def test_what_a_sentence_does_not_mention_changes_nothing(lexicon: Lexicon) -> None:
    for extra in ("a", "b"):
        said = lexicon.render(text("say-back", before=extra, note="x", n=7), "en")
        assert said == lexicon.render(text("say-back", note="x"), "en")


@pytest.mark.parametrize("filled", [{"note": "x"}, {"note": ""}])
def test_a_missing_argument_is_missed_every_time(lexicon: Lexicon, filled: dict[str, str]) -> None:
    for _ in range(2):
        lexicon.render(text("inside", **filled), "en")
        for render in (lexicon.render, lexicon.label):
            with pytest.raises(Unrenderable):
                render(text("inside"), "en")
            with pytest.raises(Unrenderable):
                render(text("no-such-sentence"), "en")


def test_no_word_of_a_member_is_remembered(lexicon: Lexicon) -> None:
    for said in ("Qwhu", "my sister's cat", "6001234"):
        lexicon.render(text("say-back", note=said), "en")
        lexicon.render(text("chosen", path=said), "en")
        lexicon.render(text("both", path=said, note=said), "en")
        lexicon.label(text("say-back", note=said), "en")
    lexicon.label(text("number", n="10"), "en")
    remembered = strings_within(lexicon)
    assert any(one.startswith("You said: ") for one in remembered)
    assert "10" in remembered
    for said in ("Qwhu", "my sister's cat", "6001234"):
        assert not [one for one in remembered if said in one]


def strings_within(root: object) -> set[str]:
    """Return every string that `root` keeps alive by itself, caches and all."""
    found: set[str] = set()
    waiting, walked = [root], {id(root)}
    while waiting:
        for one in gc.get_referents(waiting.pop()):
            if isinstance(one, str):
                found.add(one)
            elif id(one) not in walked and not isinstance(one, type | ModuleType | FunctionType):
                walked.add(id(one))
                waiting.append(one)
    return found
