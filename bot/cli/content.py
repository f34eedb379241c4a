"""`alongside content check`: every problem in the content files at once."""

from __future__ import annotations

import sys
from pathlib import Path

from bot.library.load import content_folder, load_content
from bot.library.problems import ContentBroken
from bot.operations.config import ConfigBroken, read_settings


def run_check(config: Path | None, folder: Path | None) -> int:
    """Check `folder`, or the configured content; return 0 when all is well, 1 on any problem."""
    try:
        where = folder or read_settings(config).content_dir or content_folder()
    except ConfigBroken as error:
        sys.stderr.write("\n".join([*error.problems, ""]))
        return 2
    try:
        content = load_content(where)
    except ContentBroken as error:
        for problem in error.problems:
            sys.stdout.write(f"{problem}\n")
        sys.stdout.write(f"{len(error.problems)} problem(s).\n")
        return 1
    flows, languages = len(content.library.flows), ", ".join(content.library.languages)
    sys.stdout.write(f"The content is in order: {flows} flows, languages {languages}.\n")
    return 0
