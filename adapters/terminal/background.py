"""Whether the terminal's own background is light, where it tells."""

from __future__ import annotations

from collections.abc import Mapping

LIGHT_COLOURS = frozenset({"7", "15"})
"""The two whites among a terminal's sixteen colours, as COLORFGBG names them."""


def is_light(environment: Mapping[str, str]) -> bool:
    """Tell whether the background is light; where nothing tells, it is taken for dark."""
    _, _, background = environment.get("COLORFGBG", "").rpartition(";")
    return background in LIGHT_COLOURS
