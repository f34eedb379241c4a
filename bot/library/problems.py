"""What can be wrong with a content file, said so that its author can mend it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing wrong: the file (below content/), the key or line, what, and the remedy."""

    file: str
    where: str
    what: str
    remedy: str

    def __str__(self) -> str:
        """Return the problem as one line for a terminal."""
        where = f", {self.where}" if self.where else ""
        return f"{self.file}{where}: {self.what}. {self.remedy}"


class ContentBroken(Exception):
    """The content cannot be used; `problems` holds every reason at once."""

    def __init__(self, problems: list[Problem]) -> None:
        """Keep `problems`, sorted by file."""
        self.problems = sorted(problems)
        super().__init__(f"{len(problems)} problem(s) in the content files")
