"""The line the member types into: Enter sends it, what is pasted stays together."""

from __future__ import annotations

from collections.abc import Callable

from textual import events
from textual.message import Message
from textual.widgets import TextArea

from adapters.terminal.choices import Way
from bot.core.text import scrub


class Line(TextArea):
    """Grows to a few lines; a number key may be taken before it gets here."""

    class Sent(Message):
        """The member pressed Enter; the line is empty again."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def __init__(
        self, *, takes: Callable[[str], bool], leaves: Callable[[Way], None], id: str | None = None
    ) -> None:
        """Ask `takes` about a line that would be all digits: True, and it is an answer already.

        `leaves` takes the focus on to the buttons.
        """
        super().__init__("", id=id, compact=True, soft_wrap=True, highlight_cursor_line=False)
        self._takes = takes
        self._leaves = leaves

    def on_key(self, event: events.Key) -> None:
        """Take what this line has its own use for; the rest is text."""
        if self._handled(event):
            event.stop()
            event.prevent_default()

    def on_paste(self, event: events.Paste) -> None:
        """Put in what was pasted, all of it, but nothing that would reach past the screen."""
        event.stop()
        event.prevent_default()
        self.insert(scrub(event.text))

    def _handled(self, event: events.Key) -> bool:
        row = self.cursor_location[0]
        match event.key:
            case "enter":
                text, self.text = self.text, ""
                self.post_message(self.Sent(text))
            case "shift+enter" | "ctrl+j" | "alt+enter":
                self.insert("\n")
            case "tab":
                self._leaves("next")
            case "shift+tab":
                self._leaves("previous")
            case "up" if row == 0 or not self.text:
                self._leaves("up")
            case "down" if row == self.document.line_count - 1:
                self._leaves("down")
            case _:
                return self._answers(event.character or "")
        return True

    def _answers(self, character: str) -> bool:
        digits = self.text + character
        if not (character.isascii() and character.isdigit() and digits.isdigit()):
            return False
        if not self._takes(digits):
            return False
        self.text = ""
        return True
