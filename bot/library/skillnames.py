"""Checks what exercises are and were called: a name means one of them, and nothing else.

The name stands in buttons behind what they do ("keep-surf"), beside commands of ours.
"""

from __future__ import annotations

from collections.abc import Iterator

from bot.conversation.step import named
from bot.core.content import Library
from bot.core.skills import WAIT
from bot.library.lint import known_commands
from bot.library.problems import Problem


def lint_names(library: Library) -> Iterator[Problem]:
    """Yield each name of an exercise that is another's, or makes a button do something else."""
    commands = known_commands(library)
    owners = {skill_id: skill_id for skill_id in library.skills}
    for skill in library.skills.values():
        file = f"skills/{skill.id}.toml"
        for name in (skill.id, *skill.was):
            where = "id" if name == skill.id else "was"
            taken = sorted({f"{kind}-{name}" for kind in named()} & commands)
            if taken:
                what = f"{taken[0]!r} is a button of ours that does something else"
                yield Problem(file, where, what, "Choose another name, for the file too.")
            if owners.setdefault(name, skill.id) != skill.id:
                what = f"{name!r} names two exercises"
                yield Problem(file, where, what, "Take it out of one.")
            if name == WAIT != skill.id:
                what = f"{name!r} is the exercise that all others are held to"
                yield Problem(file, where, what, "Leave it the name it had.")
