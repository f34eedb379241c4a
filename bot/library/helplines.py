"""Reads `helplines.toml`, and an operator's own file on top of it, into helplines.

A mistake in our file stops the start like any other. A mistake in the operator's file must not:
then ours are used as they are, and `ignored` says why. Age is judged apart, by `stale`, because a
line that has grown old is only passed over, and the program goes on.
"""

from __future__ import annotations

import datetime
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bot.core.helplines import Helpline
from bot.library.files import Toml
from bot.library.helplinerows import Rows
from bot.library.problems import Problem
from bot.safety.helplines import LONGEST_TRUSTED

FILE = "helplines.toml"
TIME_TO_CHECK = datetime.timedelta(days=180)
"""How long after it was seen a line should be seen again; LONGEST_TRUSTED is when it must."""


@dataclass(frozen=True, slots=True)
class HelplineFiles:
    """The lines in use, best first, and what is wrong with the files they come from.

    `origin` names the file of each id. `problems` are those of our own file; `ignored` those of the
    operator's, because of which it is not used.
    """

    lines: tuple[Helpline, ...] = ()
    origin: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    ignored: tuple[Problem, ...] = ()


def read_helplines(folder: Path, operators: Path | None) -> HelplineFiles:
    """Return the helplines in `folder`, with those of the file `operators` laid over them."""
    problems: list[Problem] = []
    wrong: list[Problem] = []
    rows = Rows(FILE, _table(folder / FILE, FILE, problems), problems)
    ours = rows.lines()
    if not problems:
        problems += [*_emergencies(ours), *_directory(ours, FILE)]
    origin = {line.id: FILE for line in ours}
    if operators is None or problems:
        return HelplineFiles(ours, origin, tuple(problems))

    name = str(operators)
    rows = Rows(name, _table(operators, name, wrong), wrong, operators=True)
    theirs = rows.lines()
    removed = rows.removed(origin)
    merged = _merged(ours, theirs, removed)
    if not wrong:
        wrong += _directory(merged, name)
    if wrong:
        return HelplineFiles(ours, origin, ignored=tuple(sorted(wrong)))
    return HelplineFiles(merged, origin | {line.id: name for line in theirs})


def stale(
    files: HelplineFiles, today: datetime.date
) -> tuple[tuple[Problem, ...], tuple[Problem, ...]]:
    """Return which lines should be seen again (warnings), and which must be (failures).

    A directory is never a failure: it is what stands in for all others.
    """
    warnings: list[Problem] = []
    failures: list[Problem] = []
    for line in files.lines:
        if line.evidence != "seen" or line.checked_on is None:
            continue
        age = today - line.checked_on
        if age < datetime.timedelta(0):
            what = f"was checked on {line.checked_on}, which is still to come"
        elif age >= TIME_TO_CHECK:
            what = f"was seen {age.days} days ago"
        else:
            continue
        remedy = "Open its page, call if in doubt, and set checked_on."
        failed = age < datetime.timedelta(0) or age >= LONGEST_TRUSTED
        report = failures if failed and line.kind != "directory" else warnings
        report.append(Problem(files.origin[line.id], line.id, what, remedy))
    return tuple(sorted(warnings)), tuple(sorted(failures))


def _merged(
    ours: Sequence[Helpline], theirs: Sequence[Helpline], removed: frozenset[str]
) -> tuple[Helpline, ...]:
    """Return the operator's new lines, then ours, replaced where the operator has the same id."""
    changed = {line.id: line for line in theirs}
    kept = [changed.pop(line.id, line) for line in ours if line.id not in removed]
    return (*changed.values(), *kept)


def _table(path: Path, name: str, problems: list[Problem]) -> Toml:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        problems.append(Problem(name, "", "is missing", "It says whom people can reach."))
    except (OSError, UnicodeDecodeError) as error:
        what = f"cannot be read ({type(error).__name__})"
        problems.append(Problem(name, "", what, "Save it as UTF-8 text, readable by you."))
    except tomllib.TOMLDecodeError as error:
        what = f"is not valid TOML: {error}"
        problems.append(Problem(name, "", what, "Often a missing quote or bracket."))
    return {}


def _emergencies(lines: Sequence[Helpline]) -> list[Problem]:
    """Return the lines that give a country a second emergency number: there must be no doubt."""
    known: dict[str, str] = {}
    problems: list[Problem] = []
    for line in lines:
        if line.kind != "emergency" or line.evidence != "seen":
            continue
        for country in line.countries:
            if known.setdefault(country, line.id) != line.id:
                what = f"is a second emergency number for {country}, beside {known[country]}"
                problems.append(Problem(FILE, line.id, what, "Keep the one to call first."))
    return problems


def _directory(lines: Sequence[Helpline], file: str) -> list[Problem]:
    if any(
        line.kind == "directory" and line.evidence == "seen" and not line.countries
        for line in lines
    ):
        return []
    what = "leaves no directory for people anywhere"
    return [Problem(file, "", what, 'Keep a row with kind = "directory" and country = "".')]
