"""Words to spans: `render(Text(key, args), language)`.

Fluent chooses and fills the pattern, a Markdown parser finds the bold and the italic in it.
Arguments never meet that parser: each stands in the pattern as one private character and is put
back into the finished spans, so whatever a person typed is shown literally.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from fluent.runtime import FluentBundle
from fluent.runtime.types import FluentType
from fluent.syntax.ast import Resource
from markdown_it import MarkdownIt
from markdown_it.token import Token

from bot.core.effects import Choice, Message
from bot.core.outgoing import Button
from bot.core.text import Span, Spans, Style, Text

_FIRST_STAND_IN = 0xE000
_STYLES: Mapping[str, Style] = {"strong_open": "bold", "em_open": "italic"}
_markdown = MarkdownIt("zero").enable(["emphasis", "newline", "escape"])


class Unrenderable(Exception):
    """A sentence is missing or cannot be filled; the message names the key, never an argument."""


class _StandIn(FluentType):
    """A string argument on its way through Fluent: compares as itself, is written as one mark."""

    def __init__(self, value: str, mark: str) -> None:
        self.value = value
        self.mark = mark

    def __eq__(self, other: object) -> bool:
        return self.value == other

    def __hash__(self) -> int:
        return hash(self.value)

    def format(self, locale: object) -> str:
        return self.mark


class Lexicon:
    """All sentences of all languages, ready to be rendered."""

    def __init__(self, sources: Mapping[str, Iterable[Resource]]) -> None:
        """Keep the parsed `sources` per language, the default language first."""
        self._bundles: dict[str, FluentBundle] = {}
        for language, resources in sources.items():
            bundle = FluentBundle([language], use_isolating=False)
            for resource in resources:
                bundle.add_resource(resource)
            self._bundles[language] = bundle
        self._default = next(iter(self._bundles))

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages there are, the default first."""
        return tuple(self._bundles)

    def render(self, text: Text, language: str) -> Spans:
        """Return `text` in `language`, or in the default where that language is not there.

        Raises Unrenderable for an unknown key, a missing argument or a broken pattern.
        """
        bundle = self._bundles.get(language) or self._bundles[self._default]
        if not bundle.has_message(text.key):
            raise Unrenderable(f"no sentence {text.key!r}")
        pattern = bundle.get_message(text.key).value
        literals: dict[str, str] = {}
        arguments: dict[str, object] = {}
        for name, value in text.args:
            if isinstance(value, int):
                arguments[name] = value
            else:
                mark = chr(_FIRST_STAND_IN + len(literals))
                literals[mark] = value
                arguments[name] = _StandIn(value, mark)
        if pattern is None:
            raise Unrenderable(f"sentence {text.key!r} is empty")
        formatted, errors = bundle.format_pattern(pattern, arguments)
        if errors:
            raise Unrenderable(f"sentence {text.key!r} cannot be filled")
        spans = _spans(str(formatted))
        return _filled(spans, literals) if literals else spans

    def label(self, text: Text, language: str) -> str:
        """Return `text` as one plain line, for a button."""
        return " ".join("".join(s.text for s in self.render(text, language)).split())

    def message(self, message: Message, language: str) -> tuple[Spans, tuple[Button, ...]]:
        """Return a message's paragraphs as one run of spans, and its buttons."""
        body: list[Span] = []
        for text in message.body:
            if body:
                body.append(Span("\n\n"))
            body.extend(self.render(text, language))
        return tuple(body), tuple(self._button(one, language) for one in message.choices)

    def _button(self, choice: Choice, language: str) -> Button:
        return Button(self.label(choice.label, language), choice.token, choice.picked)


@lru_cache(maxsize=4096)
def _spans(pattern: str) -> Spans:
    """Parse `pattern`, which holds no argument's characters, and so is worth remembering."""
    spans: list[Span] = []
    for paragraph in pattern.split("\n\n"):
        if spans:
            spans.append(Span("\n\n"))
        (inline,) = _markdown.parseInline(paragraph.strip())
        style: Style = "plain"
        for token in inline.children or ():
            style = _STYLES.get(token.type, "plain" if token.type.endswith("_close") else style)
            if words := _words(token):
                spans.append(Span(words, style))
    return tuple(spans)


def _words(token: Token) -> str:
    if token.type in ("softbreak", "hardbreak"):
        return "\n"
    return token.content if token.type in ("text", "text_special") else ""


def _filled(spans: Spans, literals: Mapping[str, str]) -> Spans:
    table = str.maketrans(dict(literals))
    return tuple(Span(s.text.translate(table), s.style, s.link) for s in spans)
