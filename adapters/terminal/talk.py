"""The talk as it scrolls: which part of it is in sight after a message, and who may move it.

Law: the buttons of what came last are in sight, unless the person scrolled away from them.
"""

from __future__ import annotations

from collections.abc import Callable

from textual.containers import VerticalScroll
from textual.screen import Screen

from adapters.terminal.bubbles import Theirs


class Talk(VerticalScroll, can_focus=False):
    """All bubbles, one below the other. `turn` is what answers the last thing that was done."""

    def __init__(self, *, moved: Callable[[], None], id: str | None = None) -> None:
        """Tell `moved` whenever something else may be in sight."""
        super().__init__(id=id)
        self.turn: list[Theirs] = []
        self._moved = moved
        self._placed = 0
        self._at_end = True
        self._sizes = (self.size, self.virtual_size)

    def show_turn(self) -> None:
        """Scroll to the end of what was said last, where its buttons are.

        An urgent message that is too long is shown from its first line: the numbers stand there.
        """
        if not self.turn or not self.is_mounted:
            return
        first, last = self.turn[0].virtual_region, self.turn[-1].virtual_region
        room, now = self.scrollable_content_region.height, self.scroll_offset.y
        urgent = [one.virtual_region.y for one in self.turn if one.has_class("urgent")]
        y = last.bottom - room
        if urgent and last.bottom - first.y > room:
            y = urgent[0] - 1
        elif self.turn[-1] is not self.children[-1] and y <= now <= last.y:
            y = now  # it changed further up, and is all in sight
        self.scroll_to(y=max(y, 0), animate=False, immediate=True)
        self._placed = self.scroll_offset.y
        self._moved()

    def is_followed(self) -> bool:
        """Tell whether the person is where the talk was shown last, or at its end."""
        return self.scroll_offset.y == self._placed or not self.is_more_below()

    def is_more_below(self) -> bool:
        """Tell whether something stands below the edge."""
        return self.max_scroll_y > self.scroll_offset.y

    def is_more_above(self) -> bool:
        """Tell whether what was said last begins above the edge."""
        return bool(self.turn) and self.turn[0].virtual_region.y < self.scroll_offset.y

    def on_mount(self) -> None:
        """Hear of every new layout: a message has its size only some time after it was shown."""
        self.screen.screen_layout_refresh_signal.subscribe(self, self._laid_out)

    def _laid_out(self, screen: Screen[object]) -> None:
        """Stay with what came last when it, or the window, took another size."""
        sizes = (self.size, self.virtual_size)
        if sizes == self._sizes:
            return
        self._sizes = sizes
        if self.turn and self.scroll_offset.y == self._placed:
            self.show_turn()
        elif self._at_end:
            self.scroll_end(animate=False, immediate=True)
        self._moved()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Note where the person went."""
        super().watch_scroll_y(old_value, new_value)
        self._at_end = not self.is_more_below()
        self._moved()
