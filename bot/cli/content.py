"""`alongside content check`: every problem in the content files at once."""

from __future__ import annotations

import sys
from pathlib import Path

from bot.library.familyfiles import check_wordings, read_wordings
from bot.library.files import check_names, content_folder
from bot.library.helplines import stale
from bot.library.load import load_content
from bot.library.origins import still_to_come
from bot.library.places import check_cities
from bot.library.problems import ContentBroken
from bot.library.wording import check_wording
from bot.operations.config import ConfigBroken, read_settings
from bot.runtime.clock import Clock


def run_check(config: Path | None, folder: Path | None, *, clock: Clock) -> int:
    """Check `folder`, or the configured content; return 0 when all is well, 1 on any problem.

    How old helplines and sources are on the day of `clock` is judged here only: it stops no start.
    """
    where, helplines_file = folder, None
    try:
        if where is None:
            settings = read_settings(config)
            where = settings.content_dir or content_folder()
            helplines_file = settings.helplines_file
    except ConfigBroken as error:
        sys.stderr.write("\n".join([*error.problems, ""]))
        return 2
    wordings, problems = read_wordings(where)
    problems += [*check_wording(where), *check_wordings(wordings), *check_cities(where)]
    problems += check_names(where)
    try:
        content = load_content(where, helplines_file)
    except ContentBroken as error:
        problems += error.problems
    else:
        today = clock.now().date()
        aging, expired = stale(content.helplines, today)
        problems += [*content.helplines.ignored, *expired, *still_to_come(content.library, today)]
    if problems:
        for problem in sorted(problems):
            sys.stdout.write(f"{problem}\n")
        sys.stdout.write(f"{len(problems)} problem(s).\n")
        return 1
    flows, skills = len(content.library.flows), len(content.library.skills)
    languages = ", ".join(content.library.languages)
    there = f"{flows} flows, {skills} exercises, languages {languages}"
    sys.stdout.write(f"The content is in order: {there}.\n")
    if aging:
        sys.stdout.write(f"Soon to be checked again: {len(aging)} helpline(s).\n")
    for warning in aging:
        sys.stdout.write(f"{warning}\n")
    return 0
