"""Checks what exercises are called: a button does with one what it says, whoever it is shown to.

The id of an exercise stands in buttons behind what they do ("keep-surf"), beside commands of ours.
"""

from __future__ import annotations

from collections.abc import Iterator

from bot.conversation.step import named
from bot.core.content import Library
from bot.library.lint import known_commands
from bot.library.problems import Problem


def lint_names(library: Library) -> Iterator[Problem]:
    """Yield each exercise whose buttons would do something else."""
    commands = known_commands(library)
    for skill in library.skills.values():
        taken = sorted({f"{kind}-{skill.id}" for kind in named()} & commands)
        if taken:
            what = f"{taken[0]!r} is a button of ours that does something else"
            remedy = "Choose another name, for the file too."
            yield Problem(f"skills/{skill.id}.toml", "id", what, remedy)
