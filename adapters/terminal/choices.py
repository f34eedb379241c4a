"""The buttons under a message as one widget: keys and mouse move among them, Enter presses."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, Literal

from textual import events
from textual.containers import VerticalScroll
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from adapters.terminal.chips import Chip, beside, laid_out, marked
from bot.core.outgoing import Button

Way = Literal["up", "down", "next", "previous"]
"""Where the focus goes on to: to what is above or below, or to what is next or before."""


class Choices(Widget, can_focus=False):
    """Buttons in rows. Only one message's buttons are live; a click presses the others too.

    `spent` are the places of those whose question is over: they look like words.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "choices--button",
        "choices--chosen",
        "choices--spent",
    }
    ALLOW_SELECT = False
    FOCUS_ON_CLICK = False

    chosen: reactive[int] = reactive(0)

    class Pressed(Message):
        """A button was pressed."""

        def __init__(self, choices: Choices, button: Button) -> None:
            super().__init__()
            self.choices = choices
            self.button = button

    def __init__(
        self,
        buttons: tuple[Button, ...] = (),
        *,
        leaves: Callable[[Choices, Way], None],
        columns: int = 0,
        id: str | None = None,
    ) -> None:
        """Show `buttons`, at most `columns` in a row unless that is 0.

        `leaves` takes the focus on from here.
        """
        super().__init__(id=id)
        self._leaves = leaves
        self.buttons = buttons
        self.spent: frozenset[int] = frozenset()
        self._columns = columns
        self.numbered = False
        self._laid: tuple[int, tuple[Chip, ...]] = (0, ())

    def show(self, buttons: tuple[Button, ...], columns: int = 0) -> None:
        """Show other `buttons`; where the chosen one is still there, it stays chosen."""
        chosen = self.buttons[self.chosen].label if self.chosen < len(self.buttons) else ""
        self.numbered = self.numbered and [b.label for b in self.buttons] == [
            b.label for b in buttons
        ]
        self.buttons, self._columns, self._laid = buttons, columns, (0, ())
        self.chosen = next((n for n, one in enumerate(buttons) if one.label == chosen), 0)
        self.refresh(layout=True)

    def spend(self, places: frozenset[int]) -> None:
        """Draw the buttons at `places` as spent, and no others."""
        if places != self.spent:
            self.spent = places
            self.refresh()

    def number(self, numbered: bool) -> None:
        """Show the number of each button, or none."""
        if numbered != self.numbered:
            self.numbered, self._laid = numbered, (0, ())
            self.refresh(layout=True)

    def enter(self, *, last: bool = False) -> None:
        """Take the focus, with the first or the last button chosen."""
        self.chosen = max(len(self.buttons) - 1, 0) if last else 0
        self.screen.set_focus(self)

    def chips(self, width: int) -> tuple[Chip, ...]:
        """Return where the buttons stand at `width` columns."""
        if self._laid[0] != width:
            chips = laid_out(self.buttons, width, columns=self._columns, numbered=self.numbered)
            self._laid = (width, chips)
        return self._laid[1]

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """Return the columns the widest row takes."""
        return max((c.x + c.width for c in self.chips(container.width)), default=0)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return how many rows there are."""
        return max((c.y + len(c.lines) for c in self.chips(width)), default=0)

    def render(self) -> Content:
        """Return all buttons as they stand."""
        rows: dict[int, list[tuple[int, str, str]]] = {}
        for chip in self.chips(self.content_size.width):
            chosen = self.has_focus and chip.place == self.chosen
            spent = chip.place in self.spent
            style = f"choices--{'chosen' if chosen else 'spent' if spent else 'button'}"
            bare = spent or self.buttons[chip.place].picked is not None
            for n, line in enumerate(marked(chip, chosen=chosen, bare=bare)):
                rows.setdefault(chip.y + n, []).append((chip.x, line, style))
        return Content("\n").join([self._row(rows[y]) for y in sorted(rows)])

    def _row(self, parts: list[tuple[int, str, str]]) -> Content:
        row = Content()
        for x, words, style in parts:
            row += Content(" " * (x - row.cell_length))
            row += Content(words).stylize(self.get_visual_style(style))
        return row

    def watch_chosen(self) -> None:
        """Keep the chosen button in sight."""
        self.refresh()
        if self.has_focus and self.is_mounted and self.buttons:
            self._show_chosen()

    def _press_if_seen(self) -> None:
        """Press the chosen button; where it is out of sight, show it instead."""
        if self.chosen >= len(self.buttons):
            return
        if self.is_seen(self.chosen):
            self._press(self.chosen)
        else:
            self._show_chosen()

    def is_seen(self, place: int) -> bool:
        """Tell whether all of the button at `place` is on the screen."""
        chip = self.chips(self.content_size.width)[place]
        region = Region(chip.x, chip.y, chip.width, len(chip.lines))
        seen = self.screen.find_widget(self).visible_region
        return seen.contains_region(region.translate(self.content_region.offset))

    def _show_chosen(self) -> None:
        chip = self.chips(self.content_size.width)[self.chosen]
        region = Region(chip.x, chip.y, chip.width, len(chip.lines))
        for widget in self.ancestors_with_self:
            if isinstance(widget, VerticalScroll):
                widget.scroll_to_region(region, animate=False)
                return
            if isinstance(widget, Widget):
                region = region.translate(widget.virtual_region.offset)

    def on_focus(self) -> None:
        """Draw the chosen button anew."""
        self.watch_chosen()

    def on_blur(self) -> None:
        """Draw the chosen button like the others."""
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        """Press the button that was clicked."""
        event.stop()
        for chip in self.chips(self.content_size.width):
            if chip.covers(event.x - self.gutter.left, event.y - self.gutter.top):
                self._press(chip.place)

    def on_key(self, event: events.Key) -> None:
        """Move among the buttons, or press one."""
        if event.key in ("left", "right", "up", "down", "tab", "shift+tab", "home", "end"):
            self._move(event.key)
        elif event.key in ("enter", "space"):
            self._press_if_seen()
        else:
            return
        event.stop()
        event.prevent_default()

    def _press(self, place: int) -> None:
        if place < len(self.buttons):
            self.post_message(self.Pressed(self, self.buttons[place]))

    def _move(self, key: str) -> None:
        last = len(self.buttons) - 1
        match key:
            case "left":
                self.chosen = max(self.chosen - 1, 0)
            case "right":
                self.chosen = min(self.chosen + 1, last)
            case "home":
                self.chosen = 0
            case "end":
                self.chosen = last
            case "tab":
                if self.chosen == last:
                    self._leaves(self, "next")
                else:
                    self.chosen += 1
            case "shift+tab":
                if self.chosen == 0:
                    self._leaves(self, "previous")
                else:
                    self.chosen -= 1
            case "up" | "down":
                self._move_row(-1 if key == "up" else 1)

    def _move_row(self, step: int) -> None:
        chips = self.chips(self.content_size.width)
        found = beside(chips, self.chosen, step) if chips else None
        if found is None:
            self._leaves(self, "up" if step < 0 else "down")
        else:
            self.chosen = found
