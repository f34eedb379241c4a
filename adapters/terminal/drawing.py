"""Spans and buttons as lines of text, wrapped to the terminal, styled only where it can show it."""

from __future__ import annotations

from adapters.base import numbered_lines
from adapters.terminal.cells import wrapped
from bot.core.outgoing import Outgoing
from bot.core.text import Spans, plain, scrub

_STYLES = {"bold": ("\x1b[1m", "\x1b[22m"), "italic": ("\x1b[3m", "\x1b[23m")}


def drawn(item: Outgoing, *, width: int, styled: bool) -> str:
    """Return `item` as it appears, without colours or escapes unless `styled`.

    No control character of a stored sentence reaches the terminal, whoever wrote it.
    """
    paragraphs = _styled(item.body) if styled else scrub(plain(item.body))
    lines = [one for line in paragraphs.split("\n") for one in wrapped(line, width)]
    numbered = numbered_lines(item.buttons, typed=item.typed)
    return "\n".join([*lines, *(scrub(line).replace("\n", " ") for line in numbered)])


def _styled(spans: Spans) -> str:
    parts: list[str] = []
    for span in spans:
        before, after = _STYLES.get(span.style, ("", ""))
        parts.append(f"{before}{scrub(span.text)}{after}")
    return "".join(parts)
