"""Two looks, dark and light: every pair of colours that meets is easy to read."""

from __future__ import annotations

from textual.theme import Theme

DARK = Theme(
    name="alongside-dark",
    primary="#8fc1d4",
    foreground="#eceff2",
    background="#13171c",
    surface="#13171c",
    panel="#13171c",
    dark=True,
    variables={
        "theirs": "#222932",
        "mine": "#1d4658",
        "chip": "#3b4757",
        "chosen": "#ffd479",
        "on-chosen": "#13171c",
        "muted": "#a7b1bd",
    },
)

LIGHT = Theme(
    name="alongside-light",
    primary="#1d4f63",
    foreground="#1b2026",
    background="#f4f2ec",
    surface="#f4f2ec",
    panel="#f4f2ec",
    dark=False,
    variables={
        "theirs": "#ffffff",
        "mine": "#cfe4ec",
        "chip": "#dde3ea",
        "chosen": "#1d4f63",
        "on-chosen": "#ffffff",
        "muted": "#545c66",
    },
)
