"""The line the member types into: Enter sends it, what is pasted stays together."""

from __future__ import annotations

from collections.abc import Callable

from textual import events
from textual.message import Message
from textual.widgets import TextArea

from adapters.terminal.choices import Way
from bot.core.text import scrub


class Line(TextArea):
    """Grows to a few lines. Whatever is typed stays in it; digits alone may turn out an answer."""

    class Sent(Message):
        """The member pressed Enter; the line is empty again."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def __init__(
        self, *, digits: Callable[[str], None], leaves: Callable[[Way], None], id: str | None = None
    ) -> None:
        """Tell `digits` of a line that is digits alone, typed by keys; "" when it is that no more.

        `leaves` takes the focus on to the buttons.
        """
        super().__init__("", id=id, compact=True, soft_wrap=True, highlight_cursor_line=False)
        self._tells = digits
        self._digits = ""
        self._taken = ""
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
        self._no_digits()
        self.insert(scrub(event.text))

    def take(self) -> None:
        """Empty the line: the digits in it were an answer."""
        self._taken += self._digits
        self._digits = self.text = ""

    def _handled(self, event: events.Key) -> bool:
        if self._is_digit(event.character or ""):
            return True
        taken = self._no_digits()
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
            case "space" if taken and not self.text:
                self.insert(f"{taken} ")  # "5", a long breath, " pills": it was a sentence
            case _:
                return False
        return True

    def _is_digit(self, character: str) -> bool:
        """Put in a digit that makes the line digits alone; False for all else."""
        digits = self._digits + character
        if not (character.isascii() and character.isdigit() and self.text == self._digits):
            return False
        self.insert(character)
        if self.text != digits:
            self._no_digits()  # the cursor was elsewhere: it is being written at
        else:
            self._digits = digits
            self._tells(digits)
        return True

    def _no_digits(self) -> str:
        """Let the line be text; return the digits that were taken from it just before."""
        taken, self._taken, self._digits = self._taken, "", ""
        self._tells("")
        return taken
