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
from fluent.syntax import ast
from fluent.syntax.ast import Resource
from markdown_it import MarkdownIt
from markdown_it.token import Token

from bot.core.effects import Message
from bot.core.outgoing import Button
from bot.core.text import Span, Spans, Style, Text, plain
from bot.library.mentions import Mentions, entry_key, mentions

_FIRST_STAND_IN = 0xE000
_MOST_LABELS = 4096
"""How many labels of a language are remembered; there are some hundreds of buttons."""

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
        self._tongues = {language: _Tongue(language, each) for language, each in sources.items()}
        self._default = next(iter(self._tongues.values()))

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages there are, the default first."""
        return tuple(self._tongues)

    def render(self, text: Text, language: str) -> Spans:
        """Return `text` in `language`, or in the default where that language is not there.

        Raises Unrenderable for an unknown key, a missing argument or a broken pattern.
        """
        return self._tongue(language).spans(text)

    def label(self, text: Text, language: str) -> str:
        """Return `text` as one plain line, for a button."""
        return self._tongue(language).label(text)

    def message(self, message: Message, language: str) -> tuple[Spans, tuple[Button, ...]]:
        """Return a message's paragraphs as one run of spans, and its buttons."""
        tongue = self._tongue(language)
        body: list[Span] = []
        for text in message.body:
            if body:
                body.append(Span("\n" if text.tight else "\n\n"))
            body.extend(tongue.spans(text))
        buttons = [Button(tongue.label(c.label), c.token, c.picked) for c in message.choices]
        return tuple(body), tuple(buttons)

    def _tongue(self, language: str) -> _Tongue:
        return self._tongues.get(language, self._default)


class _Tongue:
    """The sentences of one language, and what was made of them before.

    Remembered are sentences with stand-ins in place of words, and labels: never a word that a
    member may have typed.
    """

    def __init__(self, language: str, resources: Iterable[Resource]) -> None:
        self._bundle = FluentBundle([language], use_isolating=False)
        self._entries: dict[str, ast.Message | ast.Term] = {}
        for resource in resources:
            self._bundle.add_resource(resource)
            for entry in resource.body:
                if isinstance(entry, ast.Message | ast.Term):
                    self._entries.setdefault(entry_key(entry), entry)
        self._mentions: dict[str, Mentions] = {}
        self._labels: dict[Text, str] = {}
        # A sentence is said in as many ways as there are weekdays, parts of the day and numbers.
        self._patterns = lru_cache(maxsize=4096)(self._pattern)

    def spans(self, text: Text) -> Spans:
        """Return `text`, its words put where the pattern's stand-ins are."""
        if not self._bundle.has_message(text.key):
            raise Unrenderable(f"no sentence {text.key!r}")
        if not text.args:
            return self._patterns(text.key, ())
        mentioned = self._mentioned(text.key)
        given: list[tuple[str, str | int]] = []
        literals: dict[int, str] = {}
        for name, value in text.args:
            if name not in mentioned.variables:
                continue
            if isinstance(value, str):
                if name in mentioned.shown:
                    literals[_FIRST_STAND_IN + len(given)] = value
                value = value if value in mentioned.variants else ""
            given.append((name, value))
        spans = self._patterns(text.key, tuple(given))
        return _filled(spans, literals) if literals else spans

    def label(self, text: Text) -> str:
        """Return `text` as one plain line."""
        label = self._labels.get(text)
        if label is None:
            label = " ".join(plain(self.spans(text)).split())
            if len(self._labels) < _MOST_LABELS and _is_wordless(text):
                self._labels[text] = label
        return label

    def _mentioned(self, key: str) -> Mentions:
        if key not in self._mentions:
            self._mentions[key] = mentions(key, self._entries)
        return self._mentions[key]

    def _pattern(self, key: str, given: tuple[tuple[str, str | int], ...]) -> Spans:
        """Return the sentence `key` as spans, with a stand-in for each word it shows.

        Of the words in `given` only those are told that it compares with; another one is "".
        """
        pattern = self._bundle.get_message(key).value
        if pattern is None:
            raise Unrenderable(f"sentence {key!r} is empty")
        arguments = {
            name: value if isinstance(value, int) else _StandIn(value, chr(_FIRST_STAND_IN + place))
            for place, (name, value) in enumerate(given)
        }
        formatted, errors = self._bundle.format_pattern(pattern, arguments)
        if errors:
            raise Unrenderable(f"sentence {key!r} cannot be filled")
        return _spans(str(formatted))


def _is_wordless(text: Text) -> bool:
    """Tell whether `text` is filled with nothing but short numbers: those are nobody's secret."""
    return all(isinstance(v, int) or (v.isdigit() and len(v) <= 3) for _, v in text.args)


def _spans(pattern: str) -> Spans:
    """Parse `pattern`, which holds no argument's characters."""
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


def _filled(spans: Spans, literals: Mapping[int, str]) -> Spans:
    return tuple(Span(s.text.translate(literals), s.style, s.link) for s in spans)
