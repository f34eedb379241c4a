"""A day as a sentence names it: "3 May", with the year where it is not this one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date


def named(day: date, today: date) -> Mapping[str, str | int]:
    """Return what the sentence `a-day` needs to name `day`."""
    year = "this" if day.year == today.year else str(day.year)
    return {"day": str(day.day), "month": day.month, "year": year}
