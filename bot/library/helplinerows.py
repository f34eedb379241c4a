"""Turns the rows of a helpline file into helplines, and says what is wrong with a row."""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Iterator
from typing import Any, get_args

from babel import Locale

from bot.core.helplines import Cost, Evidence, Helpline, HelplineKind
from bot.library.files import Toml
from bot.library.problems import Problem

TEXTS = (
    "id", "service", "kind", "call", "call_option", "text_to", "text_word", "chat", "hours",
    "cost", "source", "evidence",
)  # fmt: skip
LISTS = ("topics", "languages")
KEYS = frozenset({*TEXTS, *LISTS, "country", "checked_on"})

_NAME = r"[a-z0-9]+(-[a-z0-9]+)*"
_DAY = "(Mo|Tu|We|Th|Fr|Sa|Su)"
_SPAN = rf"{_DAY}(-{_DAY})? [0-2]\d:[0-5]\d-[0-2]\d:[0-5]\d"
FORMS = {
    "id": (_NAME, 'Small letters, digits and hyphens, like "us-988".'),
    "call": (r"[*#+]?\d[\d*# -]*", "Digits as they are dialled, with spaces or hyphens."),
    "call_option": (r"[\d*#]", 'The one key to press, like "2".'),
    "text_to": (r"\+?\d[\d -]*", "Digits as they are dialled, with spaces or hyphens."),
    "chat": (r"[\w.-]+\.[a-z]{2,}(/\S*)?", 'Without https://, like "988lifeline.org/chat".'),
    "hours": (rf"24/7|{_SPAN}(; {_SPAN})*", 'Like "24/7" or "Mo-Fr 09:00-17:00".'),
}
CHOICES = {
    "kind": get_args(HelplineKind),
    "cost": get_args(Cost),
    "evidence": get_args(Evidence),
}
PARTS = {
    "topics": (_NAME, "Small letters and hyphens."),
    "languages": (r"[a-z]{2,3}", 'Codes of small letters, like "es".'),
}


class Rows:
    """The rows of one file; what is wrong with them goes to `problems`.

    In an operator's file every row counts as seen, and `remove` takes rows of ours away.
    """

    def __init__(
        self, file: str, raw: Toml, problems: list[Problem], *, operators: bool = False
    ) -> None:
        """Prepare to read `raw`, the parsed content of `file`."""
        self._file = file
        self._raw = raw
        self._problems = problems
        self._operators = operators

    def lines(self) -> tuple[Helpline, ...]:
        """Return the helplines of all rows that are in order."""
        for key in self._raw:
            if key != "helpline" and not (key == "remove" and self._operators):
                self._problem(key, "is not known here", "A line begins with [[helpline]].")
        rows = self._raw.get("helpline", [])
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            self._problem("helpline", "is not a list of rows", "A line begins with [[helpline]].")
            return ()
        found: dict[str, Helpline] = {}
        for number, row in enumerate(rows, 1):
            where = str(row.get("id") or f"row {number}")
            wrong = list(self._wrong(row))
            if where in found:
                wrong.append(("stands twice", "Every id is used once."))
            for what, remedy in wrong:
                self._problem(where, what, remedy)
            if not wrong:
                found[where] = self._line(row)
        return tuple(found.values())

    def removed(self, known: Collection[str]) -> frozenset[str]:
        """Return which of the `known` ids the file takes away."""
        listed = self._raw.get("remove", [])
        if not _is_texts(listed):
            self._problem("remove", "is not a list of ids", 'Like remove = ["us-samhsa"].')
            return frozenset()
        for one in listed:
            if one not in known:
                self._problem("remove", f"names {one!r}, which there is not", "Mend the id.")
        return frozenset(listed)

    def _problem(self, where: str, what: str, remedy: str) -> None:
        self._problems.append(Problem(self._file, where, what, remedy))

    def _wrong(self, row: Toml) -> Iterator[tuple[str, str]]:
        """Yield what is wrong with `row`, and its remedy; the shape first, then what it says."""
        shape = list(_wrong_shape(row))
        yield from shape or [*_wrong_values(row), *self._wrong_sense(row)]

    def _wrong_sense(self, row: Toml) -> Iterator[tuple[str, str]]:
        for key in ("service", "source"):
            if not row.get(key, "").strip():
                yield f"has no {key}", "Name the service, and the page where its number stands."
        if not (row.get("call") or row.get("text_to") or row.get("chat")):
            yield "cannot be reached", "Give call, text_to or chat."
        for key, needed in (("call_option", "call"), ("text_word", "text_to")):
            if row.get(key) and not row.get(needed):
                yield f"has {key} but no {needed}", f"Give both, or leave {key} out."
        if row.get("kind") == "emergency" and not (row.get("call") and row.get("country")):
            yield "is an emergency number without number or country", "Give call and country."
        if not self._operators and "evidence" not in row:
            yield "has no evidence", f"Known: {', '.join(CHOICES['evidence'])}."
        if self._operators and row.get("evidence") == "unverified":
            yield "is unverified", "Open its page or call it, then leave evidence out."
        seen = self._operators or row.get("evidence") == "seen"
        if seen and "checked_on" not in row:
            yield "has no checked_on", "The day somebody saw the number, like 2026-11-23."

    def _line(self, row: Toml) -> Helpline:
        plain = {key: row[key] for key in (*TEXTS, "checked_on") if key in row}
        lists = {key: tuple(row[key]) for key in LISTS if key in row}
        counted = {"countries": _countries(row)} | ({"evidence": "seen"} if self._operators else {})
        return Helpline(**{**plain, **lists, **counted})


def _wrong_shape(row: Toml) -> Iterator[tuple[str, str]]:
    for key in row:
        if key not in KEYS:
            yield f"unknown key {key!r}", f"Known: {', '.join(sorted(KEYS))}."
    for key in TEXTS:
        if not isinstance(row.get(key, ""), str):
            yield f"{key} is not text", "Put it between quotes."
    for key in LISTS:
        if not _is_texts(row.get(key, [])):
            yield f"{key} is not a list of words", f'Like {key} = ["one", "two"].'
    country = row.get("country")
    if not isinstance(country, str) and not (country and _is_texts(country)):
        yield "has no country", 'A code like "US", a list of them, or "" for anywhere.'
    day = row.get("checked_on", datetime.date.min)
    if not isinstance(day, datetime.date) or isinstance(day, datetime.datetime):
        yield "checked_on is not a date", "Like checked_on = 2026-11-23, without quotes."


def _wrong_values(row: Toml) -> Iterator[tuple[str, str]]:
    for key, (form, remedy) in FORMS.items():
        value = row.get(key, "")
        if (value or key == "id") and not re.fullmatch(form, value):
            yield f"{key} = {value!r} is not written right", remedy
    for key, choices in CHOICES.items():
        if row.get(key, "") not in choices and not (key == "evidence" and "evidence" not in row):
            known = ", ".join(choice for choice in choices if choice)
            yield f"{key} = {row.get(key, '')!r} is not known", f"Known: {known}."
    for key, (form, remedy) in PARTS.items():
        for part in row.get(key, ()):
            if not re.fullmatch(form, part):
                yield f"{key} has {part!r}", remedy
    for code in _countries(row):
        if not re.fullmatch("[A-Z]{2}", code) or code not in Locale("en").territories:
            yield f"country {code!r} is none", 'ISO codes of two capitals, like "US" or "GB".'


def _countries(row: Toml) -> tuple[str, ...]:
    """Return the codes of a row whose shape is right; none where it serves anywhere."""
    country = row["country"]
    if isinstance(country, str):
        return (country,) if country else ()
    return tuple(country)


def _is_texts(raw: Any) -> bool:
    return isinstance(raw, list) and all(isinstance(one, str) for one in raw)
