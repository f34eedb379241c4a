"""`alongside screen`: what the crisis floor makes of lines, one verdict a line, and a scorecard.

For authors who widen the wordings, and for whoever wants to know what it hears. Nothing is kept.
"""

from __future__ import annotations

import gc
import json
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from bot.core.verdict import LADDER, Verdict
from bot.library.familyfiles import lazy_screen
from bot.library.files import content_folder
from bot.library.problems import Problem
from bot.operations.config import ConfigBroken, read_settings
from bot.safety.crisis import Screen
from bot.safety.scorecard import Scorecard


def run_screen(config: Path | None, *, as_json: bool, lang: str, score: Path | None) -> int:
    """Screen the lines of standard input, or score a file; return the exit code.

    0: done. 2: settings, the language or the file to score must be mended.
    """
    try:
        folder = read_settings(config).content_dir or content_folder()
    except ConfigBroken as error:
        sys.stderr.write("\n".join([*error.problems, ""]))
        return 2
    problems: list[Problem] = []
    screen = lazy_screen(folder, problems)
    if not screen.languages:
        sys.stderr.write(f"{folder} has no wordings: safety/<language>/*.toml.\n")
        return 2
    hint = "" if lang == "auto" else lang
    if hint and hint not in screen.languages:
        known = ", ".join(("auto", *screen.languages))
        sys.stderr.write(f"--lang {lang} is not known. Known: {known}.\n")
        return 2
    if score is not None:
        return _score(screen, score, hint)
    gc.disable()  # what is read to answer the first line stays: looking it through costs a third
    for number, line in enumerate(sys.stdin):
        if number == 1:
            screen.wake()
            gc.enable()
        _answer(screen, line.rstrip("\n"), hint, as_json=as_json)
    return _told_problems(problems)


def _told_problems(problems: list[Problem]) -> int:
    """Say which wordings could not be read, and so were not heard; 2 if any."""
    for problem in problems:
        sys.stderr.write(f"{problem}\n")
    return 2 if problems else 0


def _answer(screen: Screen, line: str, hint: str, *, as_json: bool) -> None:
    said, lang = _read(line)
    begun = time.process_time_ns()
    verdict = screen(said, lang or hint)
    microseconds = (time.process_time_ns() - begun) / 1000
    if as_json:
        row = {
            "level": verdict.level,
            "category": verdict.category,
            "signals": list(verdict.signals),
            "us": round(microseconds, 1),
        }
        sys.stdout.write(json.dumps(row) + "\n")
    else:
        sys.stdout.write(_told(verdict) + "\n")
    sys.stdout.flush()


def _read(line: str) -> tuple[str, str]:
    """Return the text of a line and its language: of a JSON object with "text", or as it is."""
    if line.lstrip().startswith("{"):
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            return line, ""
        if isinstance(row, dict) and isinstance(row.get("text"), str):
            return row["text"], str(row.get("lang", ""))
    return line, ""


def _told(verdict: Verdict) -> str:
    what = f"{verdict.level} {verdict.category}".strip()
    return f"{what}: {', '.join(verdict.signals)}" if verdict.signals else what


def _score(screen: Screen, file: Path, hint: str) -> int:
    card = Scorecard()
    try:
        for row in _rows(file):
            verdict = screen(row["text"], str(row.get("lang", "")) or hint)
            card.add(row["label"], str(row.get("category", "")), verdict)
    except (OSError, UnicodeDecodeError) as error:
        sys.stderr.write(f"{file} cannot be read ({type(error).__name__}).\n")
        return 2
    except _NotARow as error:
        sys.stderr.write(f"{file}, line {error.number}: {error}\n")
        return 2
    if not card.lines:
        sys.stderr.write(f"{file} has no line to score.\n")
        return 2
    sys.stdout.write("".join(f"{row}\n" for row in card.rows()))
    return 0


class _NotARow(Exception):
    """A line of the file to score is no labelled text; says what it should be."""

    def __init__(self, number: int) -> None:
        super().__init__(
            f'should be like {{"text": "...", "label": "{LADDER[-1]}"}}; '
            f"labels: {', '.join(LADDER)}."
        )
        self.number = number


def _rows(file: Path) -> Iterator[dict[str, Any]]:
    lines: Iterable[str] = file.read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            raise _NotARow(number) from None
        if not isinstance(row, dict) or not isinstance(row.get("text"), str):
            raise _NotARow(number)
        if row.get("label") not in LADDER:
            raise _NotARow(number)
        yield row
