"""Spans and buttons as lines of text, wrapped to the terminal, styled only where it can show it."""

from __future__ import annotations

import textwrap

from adapters.base import numbered_lines
from bot.core.outgoing import Outgoing
from bot.core.text import Spans, plain

_STYLES = {"bold": ("\x1b[1m", "\x1b[22m"), "italic": ("\x1b[3m", "\x1b[23m")}


def drawn(item: Outgoing, *, width: int, styled: bool) -> str:
    """Return `item` as it appears, without colours or escapes unless `styled`."""
    paragraphs = _styled(item.body) if styled else plain(item.body)
    lines = [
        wrapped
        for line in paragraphs.split("\n")
        for wrapped in (textwrap.wrap(line, width, break_long_words=False) or [""])
    ]
    return "\n".join([*lines, *numbered_lines(item.buttons, typed=item.typed)])


def _styled(spans: Spans) -> str:
    parts: list[str] = []
    for span in spans:
        before, after = _STYLES.get(span.style, ("", ""))
        parts.append(f"{before}{span.text}{after}")
    return "".join(parts)
