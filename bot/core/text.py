"""What is said, before and after rendering.

The core names a sentence (`Text`: key and arguments); the library turns it into `Span`s. Nothing
here knows a language, a platform's markup or where a sentence is stored. A member's own words are
secret: no `repr` in this module shows an argument.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

Style = Literal["plain", "bold", "italic", "code"]

_UNSAFE = re.compile("[\ud800-\udfff\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence by its key in the content files, with the values it mentions.

    `args` holds names and values in the order given. A `str` value is always shown literally,
    whatever markup it contains; an `int` may also choose a plural form. `tight`: it stands on the
    next line, with no blank one before it, as in a list.
    """

    key: str
    args: tuple[tuple[str, str | int], ...] = field(default=(), repr=False)
    tight: bool = False


def text(key: str, **args: str | int) -> Text:
    """Return the `Text` for `key` with `args`: the short way to write one."""
    return Text(key, tuple(args.items()))


@dataclass(frozen=True, slots=True)
class Span:
    """A run of characters drawn in one way; `link` is an address, or empty."""

    text: str = field(repr=False)
    style: Style = "plain"
    link: str = ""


Spans = tuple[Span, ...]


def plain(spans: Iterable[Span]) -> str:
    """Return the characters of `spans` alone, for a place that can draw no styles."""
    return "".join(span.text for span in spans)


def scrub(said: str) -> str:
    """Return `said` without lone surrogates, control characters and direction overrides.

    They carry no meaning a person typed on purpose, and they break storage, logs and screens.
    Line breaks and tabs stay.
    """
    return _UNSAFE.sub("", said.replace("\r\n", "\n").replace("\r", "\n"))
