"""What every adapter needs to show a message where something is missing: numbers for buttons.

A place that cannot show buttons gets numbered lines, and a number typed there is the button it
stood beside. Scales are already numbers: there the number itself is the answer.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.outgoing import Button

ON, OFF = "[x]", "[ ]"


def shown_label(button: Button) -> str:
    """Return the button's words, with its switch if it has one."""
    if button.picked is None:
        return button.label
    return f"{ON if button.picked else OFF} {button.label}"


def numbered_lines(buttons: Sequence[Button]) -> list[str]:
    """Return `buttons` as lines a person can answer with a number.

    Buttons that are numbers themselves become one line; the others are counted from 1, or, beside
    a scale, offered by their words, so that no number ever means two things.
    """
    numbers = [b.label for b in buttons if b.label.isdigit()]
    others = [b for b in buttons if not b.label.isdigit()]
    if numbers:
        line = f"  {numbers[0]} … {numbers[-1]}"
        words = " · ".join(shown_label(button) for button in others)
        return [f"{line}   {words}" if words else line]
    return [f"  {n}. {shown_label(button)}" for n, button in enumerate(others, 1)]


def typed_button(typed: str, buttons: Sequence[Button]) -> Button | None:
    """Return the button that `typed` stands for by its number, or None.

    A label typed out is left to the core, which knows what it means in every language.
    """
    number = typed.strip().removesuffix(".").strip()
    if not number.isascii() or not number.isdigit():
        return None
    if any(b.label.isdigit() for b in buttons):
        return next((b for b in buttons if b.label == number), None)
    place = int(number) if len(number) < 4 else 0
    return buttons[place - 1] if 1 <= place <= len(buttons) else None
