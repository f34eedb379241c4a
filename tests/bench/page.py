"""The page of measurements, docs/benchmarks.md: sections, each written by its own module."""

from __future__ import annotations

import os
import platform
import re
import sqlite3
import time
from collections.abc import Sequence
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "benchmarks.md"
OPENING = "# Benchmarks\n\nMeasured beside named peers, never in the test suite.\n"
BY_HAND = "What is not met, and why"
ORDER = (
    "One message",
    BY_HAND,
    "Where the microseconds of a turn go",
    "A moment of an exercise",
    "Offers after 2,000 runs",
    "Screening",
)
"""The names of all sections, as they stand on the page. All but one are measured."""


def put(name: str, body: str) -> None:
    """Write the section `name` of the page anew, and keep every other as it is."""
    if name not in ORDER:
        raise ValueError(f"no place is set for a section {name!r}")
    sections = _sections(PAGE.read_text(encoding="utf-8")) if PAGE.exists() else {}
    sections[name] = body.strip()
    whole = [f"## {one}\n\n{sections[one]}\n" for one in ORDER if one in sections]
    PAGE.write_text("\n".join([OPENING, *whole]), encoding="utf-8")


def table(*heads: str, rows: Sequence[tuple[str, ...]]) -> str:
    """Return a Markdown table."""
    lines = [heads, tuple("---" for _ in heads), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def machine() -> str:
    """Return what a figure depends on beside our code, and today's date."""
    return (
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version},"
        f" {platform.system()} {platform.machine()}, {os.cpu_count()} cores,"
        f" {time.strftime('%Y-%m-%d')}"
    )


def _sections(page: str) -> dict[str, str]:
    parts = re.split(r"^## (.+)\n", page, flags=re.MULTILINE)[1:]
    return {name: body.strip() for name, body in zip(parts[::2], parts[1::2], strict=True)}
