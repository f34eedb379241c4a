"""What every adapter needs to show a message where something is missing: numbers for buttons.

A place that cannot show buttons gets numbered lines, and a number typed there is the button it
stood beside. Where a number is itself the answer hoped for, no button has one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from bot.core.outgoing import Button


class Words(Protocol):
    """An adapter's own few sentences, in the language the member has chosen by now."""

    def __call__(self, key: str, **args: str | int) -> str:
        """Return the sentence `key` of the content, as plain text."""


ON, OFF = "[x]", "[ ]"


def shown_label(button: Button) -> str:
    """Return the button's words, with its switch if it has one."""
    if button.picked is None:
        return button.label
    return f"{ON if button.picked else OFF} {button.label}"


def numbered_lines(buttons: Sequence[Button], *, typed: bool = False) -> list[str]:
    """Return `buttons` as lines a person can answer with a number.

    Where the answer itself is `typed`, a number would be that answer: there the buttons are
    offered by their words alone, and a scale's numbers as their two ends.
    """
    if not typed:
        return [f"  {n}. {shown_label(button)}" for n, button in enumerate(buttons, 1)]
    numbers = [b.label for b in buttons if b.label.isdigit()]
    offered = [f"{numbers[0]} … {numbers[-1]}"] if numbers else []
    offered += [shown_label(b) for b in buttons if not b.label.isdigit()]
    return [f"  {' · '.join(offered)}"] if offered else []


def typed_button(said: str, buttons: Sequence[Button], *, typed: bool = False) -> Button | None:
    """Return the button that `said` stands for by its number, or None.

    Words are left to the core, which knows what they mean in every language; so are the numbers
    of a question that is answered by typing one, unless a button says just that number.
    """
    number = said.strip().removesuffix(".").strip()
    if not number.isascii() or not number.isdigit():
        return None
    if typed:
        return next((b for b in buttons if b.label == number), None)
    place = int(number) if len(number) < 4 else 0
    return buttons[place - 1] if 1 <= place <= len(buttons) else None
