"""A conversation written down: what was said, what is expected, and where it differs.

A file holds `[[talk]]` tables with `name`, optional `start` ("member" or "new"), `lang`,
`country`, `zone`, `now` and `needs`, and `lines`:

    me: text      says a text, or gives a command such as /checkin
    tap: label    presses the button with that label ("#2": the second one)
    later: 26h    moves the clock (s, m, h, d)
    restart       ends everything without warning and starts again
    bot: words    the next unread message contains these ("...": says anything)
    any: words    some message since the last me, tap or later does
    not: words    none of them does
    file: words   some file handed over since then contains these, or has them in its name
    end:          nothing more was said

A new me, tap or later marks everything said before as read. `restart` does not: what was said
before it can still be read after it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, Protocol, get_args
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.core.outgoing import Button

Verb = Literal["me", "tap", "later", "restart", "bot", "any", "not", "file", "end"]
VERBS: tuple[Verb, ...] = get_args(Verb)
TALK_KEYS = frozenset(["name", "start", "lang", "country", "zone", "now", "needs", "lines"])
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


class TalkBroken(Exception):
    """A talk file cannot be played; the message names file, talk and line."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a talk: its verb, what follows, and where it stands in the file."""

    verb: Verb
    rest: str
    number: int

    def span(self) -> timedelta:
        """Return the time a `later:` line lets pass."""
        amount, unit = int(self.rest[:-1]), _UNITS[self.rest[-1]]
        return timedelta(**{unit: amount})


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation to play; `needs` names what the place must be able to do.

    "text": keep a member's words. "pace": change a message on a clock.
    """

    name: str
    lines: tuple[Line, ...]
    now: datetime
    start: Literal["member", "new"] = "member"
    lang: str = "en"
    country: str = ""
    zone: str = "UTC"
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Heard:
    """A message, or an edit of one, as the person sees it; `file` is one handed over with it."""

    text: str
    buttons: tuple[Button, ...] = ()
    file: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """Where a talk went another way: the line, what it expects, and what there was instead."""

    line: Line
    expected: str
    got: str


class World(Protocol):
    """Something a talk can be played in."""

    async def say(self, text: str) -> None:
        """Say `text`; return when everything it caused has arrived."""

    async def tap(self, button: Button) -> None:
        """Press `button`; return when everything it caused has arrived."""

    async def later(self, by: timedelta) -> None:
        """Let time pass; return when everything it caused has arrived."""

    async def restart(self) -> None:
        """End everything without warning and start again."""

    def heard(self) -> Sequence[Heard]:
        """Return every message and edit so far, in order."""

    def screen(self) -> Sequence[Heard]:
        """Return the messages as they stand now, edits in their places."""


async def play(talk: Talk, world: World) -> Difference | None:
    """Play `talk` in `world`; return the first difference, or None where there is none."""
    read = acted = 0
    for line in talk.lines:
        heard = world.heard()
        match line.verb:
            case "me" | "tap" | "later":
                read = acted = len(heard)
                if difference := await _act(line, world):
                    return difference
            case "restart":
                await world.restart()
            case "bot":
                got = heard[read].text if read < len(heard) else ""
                if read >= len(heard) or not _contains(got, line.rest):
                    return Difference(line, line.rest, got or "(nothing more was said)")
                read += 1
            case "any":
                if not any(_contains(one.text, line.rest) for one in heard[acted:]):
                    return Difference(line, line.rest, _joined(heard[acted:]))
            case "not":
                if any(_contains(one.text, line.rest) for one in heard[acted:]):
                    return Difference(line, f"not: {line.rest}", _joined(heard[acted:]))
            case "file":
                if not any(_contains(one.file, line.rest) for one in heard[acted:] if one.file):
                    files = "\n".join(one.file for one in heard[acted:] if one.file)
                    return Difference(line, line.rest, files or "(no file was handed over)")
            case "end":
                if read < len(heard):
                    return Difference(line, "nothing more", heard[read].text)
    return None


async def _act(line: Line, world: World) -> Difference | None:
    if line.verb == "me":
        await world.say(line.rest)
    elif line.verb == "later":
        await world.later(line.span())
    else:
        button = find_button(line.rest, world.screen())
        if button is None:
            last = next((m.buttons for m in reversed(world.screen()) if m.buttons), ())
            labels = ", ".join(b.label for b in last) or "no buttons"
            return Difference(line, f"a button {line.rest!r}", labels)
        await world.tap(button)
    return None


def find_button(wanted: str, screen: Sequence[Heard]) -> Button | None:
    """Return the button a `tap:` means: newest message first, a whole label before a part."""
    if wanted.startswith("#") and wanted[1:].isdigit():
        last = next((m.buttons for m in reversed(screen) if m.buttons), ())
        place = int(wanted[1:])
        return last[place - 1] if 1 <= place <= len(last) else None
    label = _folded(wanted)
    for whole in (True, False):
        for message in reversed(screen):
            for button in message.buttons:
                own = _folded(button.label)
                if own == label if whole else label in own:
                    return button
    return None


def read_talks(source: str, file: str) -> list[Talk]:
    """Return the talks in `source`; raises TalkBroken."""
    try:
        raw = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        raise TalkBroken(f"{file}: is not valid TOML: {error}") from error
    tables = raw.get("talk")
    if not isinstance(tables, list) or not tables or not all(isinstance(t, dict) for t in tables):
        raise TalkBroken(f"{file}: has no [[talk]]")
    numbers = _LineNumbers(source)
    return [_talk(table, file, numbers) for table in tables]


def _talk(raw: dict[str, object], file: str, numbers: _LineNumbers) -> Talk:
    name = str(raw.get("name") or "")
    where = f"{file}, talk {name!r}"
    if not name:
        raise TalkBroken(f"{file}: a [[talk]] has no name")
    if unknown := set(raw) - TALK_KEYS:
        raise TalkBroken(f"{where}: unknown {sorted(unknown)}; known: {sorted(TALK_KEYS)}")
    start = raw.get("start", "member")
    if start not in ("member", "new"):
        raise TalkBroken(f'{where}: start is "member" or "new"')
    written = raw.get("lines")
    if not isinstance(written, list) or not written:
        raise TalkBroken(f"{where}: has no lines")
    zone = str(raw.get("zone", "UTC"))
    try:
        now = datetime.fromisoformat(str(raw.get("now", "2026-03-01T18:00")))
        now = now.replace(tzinfo=ZoneInfo(zone))
    except (ValueError, OSError, ZoneInfoNotFoundError) as error:
        raise TalkBroken(f"{where}: now or zone cannot be read: {error}") from error
    needs = raw.get("needs", [])
    return Talk(
        name=name,
        lines=tuple(_line(str(one), numbers.of(str(one)), where) for one in written),
        now=now,
        start="new" if start == "new" else "member",
        lang=str(raw.get("lang", "en")),
        country=str(raw.get("country", "")),
        zone=zone,
        needs=tuple(str(one) for one in needs) if isinstance(needs, list) else (),
    )


def _line(written: str, number: int, where: str) -> Line:
    verb, _, rest = written.partition(":")
    rest = rest.strip()
    for known in VERBS:
        if verb.strip() == known:
            if known == "later" and not re.fullmatch(r"\d{1,5}[smhd]", rest):
                raise TalkBroken(f"{where}, line {number}: later takes 40s, 10m, 26h or 3d")
            if not rest and known not in ("restart", "end"):
                raise TalkBroken(f"{where}, line {number}: {known}: needs words behind it")
            return Line(known, rest, number)
    raise TalkBroken(f"{where}, line {number}: unknown {verb!r}; known: {', '.join(VERBS)}")


class _LineNumbers:
    """Finds the file's line for each talk line: TOML readers do not tell."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._at = 0

    def of(self, written: str) -> int:
        found = self._source.find(written, self._at)
        if found >= 0:
            self._at = found + len(written)
        return self._source.count("\n", 0, max(found, self._at)) + 1


def _folded(text: str) -> str:
    return " ".join(text.replace("\u2019", "'").casefold().split())


def _contains(text: str, wanted: str) -> bool:
    return wanted == "..." or _folded(wanted) in _folded(text)


def _joined(heard: Sequence[Heard]) -> str:
    return " / ".join(one.text for one in heard) or "(nothing was said)"
