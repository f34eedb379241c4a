"""The line the member types into: Enter sends it, what is pasted stays together."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from textual import events
from textual.message import Message
from textual.widgets import TextArea


class Line(TextArea):
    """Grows to a few lines; a number key may be taken before it gets here."""

    class Sent(Message):
        """The member pressed Enter; the line is empty again."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    class Left(Message):
        """The focus goes to the buttons: those above, those below, the next or the last ones."""

        def __init__(self, way: Literal["up", "down", "next", "previous"]) -> None:
            super().__init__()
            self.way = way

    def __init__(self, *, takes: Callable[[str], bool], id: str | None = None) -> None:
        """Ask `takes` about a line that would be all digits: True, and it is an answer already."""
        super().__init__("", id=id, compact=True, soft_wrap=True, highlight_cursor_line=False)
        self._takes = takes

    async def _on_key(self, event: events.Key) -> None:
        if self._handled(event):
            event.stop()
            event.prevent_default()
            return
        await super()._on_key(event)

    def _handled(self, event: events.Key) -> bool:
        row = self.cursor_location[0]
        match event.key:
            case "enter":
                text, self.text = self.text, ""
                self.post_message(self.Sent(text))
            case "shift+enter" | "ctrl+j" | "alt+enter":
                self.insert("\n")
            case "tab":
                self.post_message(self.Left("next"))
            case "shift+tab":
                self.post_message(self.Left("previous"))
            case "up" if row == 0 or not self.text:
                self.post_message(self.Left("up"))
            case "down" if row == self.document.line_count - 1:
                self.post_message(self.Left("down"))
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
