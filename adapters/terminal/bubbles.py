"""Messages as bubbles: ours on the left with their buttons, the member's own on the right.

Law: what anybody said is never read as markup; styles come from spans alone.
"""

from __future__ import annotations

from collections.abc import Callable

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.content import Span as Styled
from textual.widgets import Static

from adapters.base import typed_button
from adapters.terminal.choices import Choices, Way
from bot.core.outgoing import Button, Outgoing
from bot.core.text import Spans, scrub

LONGEST_ECHO = 2000
"""Characters of the member's own message that are shown; all of it is taken."""

_STYLES = {"bold": "bold", "italic": "italic"}


def question_of(token: str) -> str:
    """Return the mark of the question that the button with `token` answers; "" for a command.

    A command's button never goes stale; an answer's does, once another question is open.
    """
    mark = token.partition(".")[0]
    return "" if mark == "go" else mark


def content_of(spans: Spans) -> Content:
    """Return `spans` as they are drawn: literal, without control characters."""
    text, styled = "", []
    for span in spans:
        words = scrub(span.text)
        if style := _STYLES.get(span.style):
            styled.append(Styled(len(text), len(text) + len(words), style))
        text += words
    return Content(text, styled)


class Theirs(Vertical):
    """A message to the member, changed in place by `show`."""

    def __init__(self, item: Outgoing, *, leaves: Callable[[Choices, Way], None]) -> None:
        """Show `item`; `leaves` takes the focus on from its buttons."""
        super().__init__()
        self.item = item
        self._live = False
        self.words = Static(content_of(item.body), markup=False)
        self.choices = Choices(item.buttons, columns=item.columns, leaves=leaves)

    def compose(self) -> ComposeResult:
        """Lay out the words, and the buttons below them."""
        yield self.words
        yield self.choices

    def on_mount(self) -> None:
        """Look as what is shown asks for."""
        self._look()

    def show(self, item: Outgoing) -> None:
        """Show `item` in place of what was here."""
        self.item = item
        self.words.update(content_of(item.body))
        self.choices.show(item.buttons, item.columns)
        self._look()

    def _look(self) -> None:
        self.choices.display = bool(self.item.buttons)
        self.set_class(self.item.lane == "crisis", "urgent")

    def asks_the_same(self, item: Outgoing, *, whatever_it_says: bool = False) -> bool:
        """Tell whether `item` has these very words and buttons, but for which switches are on."""
        mine, its = self.item.buttons, item.buttons
        same = whatever_it_says or self.item.body == item.body
        return same and [one.label for one in mine] == [one.label for one in its]

    def live(self, live: bool) -> None:
        """Make the buttons the ones that keys reach, or dim them."""
        self._live = live
        self.choices.number(live and self.choices.numbered)
        self.set_class(not live, "over")
        self.choices.can_focus = live and bool(self.item.buttons)

    def question(self) -> str:
        """Return the mark of the question that stands here; "" where there is none."""
        return next(filter(None, (question_of(one.token) for one in self.item.buttons)), "")

    def spend(self, asked: str) -> None:
        """Take the look of a button from what answers another question than `asked`."""
        buttons = self.item.buttons
        marks = [question_of(one.token) for one in buttons]
        spent = frozenset(n for n, mark in enumerate(marks) if mark and mark != asked)
        self.choices.spend(spent)
        self.choices.can_focus = self._live and len(spent) < len(buttons)

    def numbered(self, number: str, offered: tuple[Button, ...]) -> Button | None:
        """Return the button in sight that `number` stands for; None if not these were `offered`."""
        button = typed_button(number, self.item.buttons)
        if button is None or self.item.typed or self.item.buttons != offered:
            return None
        if not self.choices.is_attached:
            return None
        place = self.item.buttons.index(button)
        pressable = place not in self.choices.spent and self.choices.is_seen(place)
        return button if pressable else None

    def scale(self) -> dict[str, str]:
        """Return the token of each number of a scale that can be answered by a key; else none."""
        numbers = {b.label: b.token for b in self.item.buttons if b.label.isdigit()}
        if not self.item.typed or len(numbers) < 2:
            return {}
        values = sorted(map(int, numbers))
        return numbers if values == list(range(values[0], values[-1] + 1)) else {}


class Mine(Vertical):
    """What the member said, as they said it."""

    def __init__(self, said: str) -> None:
        """Show `said`, or its beginning."""
        super().__init__()
        said = scrub(said)
        shown = said if len(said) <= LONGEST_ECHO else f"{said[:LONGEST_ECHO]}…"
        self.words = Static(Content(shown), markup=False)

    def compose(self) -> ComposeResult:
        """Lay out the words."""
        yield self.words


class Pressed(Mine):
    """What the member pressed, so that a slip is seen; numbers go on in one line."""

    def __init__(self, label: str) -> None:
        """Show the words of a button."""
        super().__init__(label)
        self.goes_on = label.isdigit()

    def add(self, number: str) -> None:
        """Show `number` after the ones before it."""
        self.words.update(Content(f"{self.words.content} · {number}"))
