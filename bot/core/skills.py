"""Coping skills: short guided exercises, as the content files describe them.

Belongs here: what a skill is, and how long each moment of it lasts. Never: its words, what helps
whom (`ranking.py`), or how a run of one goes on (`conversation/guided.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

State = Literal[
    "craving",
    "anxiety",
    "anger",
    "low",
    "sleepless",
    "lonely",
    "bored",
    "grief",
    "celebration",
    "shame",
    "ending",
]
"""What may be hard right now; "ending" are thoughts of dying, where a person comes first."""

STATES: tuple[State, ...] = get_args(State)

Caution = Literal["breath", "cold", "effort", "inward", "food", "outside"]
"""What a member may want left out: breathing by a count, cold, effort of the body, looking inward,
food, going out.
"""

CAUTIONS: tuple[Caution, ...] = get_args(Caution)

WAIT = "wait"
"""The skill that is nothing but waiting: what it brings is what time alone brings."""

MINUTE = 60

_BREATHS = {
    2: ("in", "out"),
    3: ("in", "again", "out"),
    4: ("in", "hold", "out", "rest"),
}


@dataclass(frozen=True, slots=True)
class Beat:
    """A moment of a part: for how many `seconds` it is shown, and what is said of it.

    `says` is "" where the part's own words are all there is, "in", "again", "hold", "out" or
    "rest" of a breath, the `number`-th `of` so many, or "left": `number` minutes are left.
    """

    seconds: int
    says: str = ""
    number: int = 0
    of: int = 0


@dataclass(frozen=True, slots=True)
class Part:
    """One message of a skill. Without `seconds` and `breath` it waits until the member goes on.

    `seconds` is how long it is shown. `breath` are the seconds of one breath (in and out; in,
    again and out; in, hold, out and rest), breathed so many `times`. `own`: the member's own words
    for hard moments stand below it. `was` lists names the part had before.
    """

    name: str
    seconds: int = 0
    breath: tuple[int, ...] = ()
    times: int = 0
    own: bool = False
    was: tuple[str, ...] = ()

    def beats(self) -> tuple[Beat, ...]:
        """Return the moments it consists of, in order; none for a part that waits."""
        if self.breath:
            says = _BREATHS[len(self.breath)]
            return tuple(
                Beat(seconds, said, number, self.times)
                for number in range(1, self.times + 1)
                for seconds, said in zip(self.breath, says, strict=True)
                if seconds
            )
        if self.seconds < 2 * MINUTE:
            return (Beat(self.seconds),) if self.seconds else ()
        whole, rest = divmod(self.seconds, MINUTE)
        first = (Beat(rest),) if rest else ()
        return (*first, *(Beat(MINUTE, "left", left) for left in range(whole, 0, -1)))

    def lasts(self) -> int:
        """Return for how many seconds it is shown; 0 where it waits."""
        return sum(beat.seconds for beat in self.beats())


@dataclass(frozen=True, slots=True)
class Skill:
    """A guided exercise of some `minutes`, for the `states` it fits, the best first.

    `tier` is how well it is known to help: 1 by trials of it or a close form, 2 as part of tested
    packages, 3 by practice among peers. Members who want one of its `cautions` left out are never
    offered it; nobody is at a part of day in `not_at`. `offer` are commands that lead on from it.
    `was` lists ids it had before.
    """

    id: str
    states: tuple[State, ...]
    minutes: int
    tier: Literal[1, 2, 3]
    parts: tuple[Part, ...]
    cautions: tuple[Caution, ...] = ()
    not_at: tuple[str, ...] = ()
    offer: tuple[str, ...] = ()
    was: tuple[str, ...] = ()

    def part(self, name: str) -> Part | None:
        """Return the part now or formerly called `name`, or None."""
        return next((one for one in self.parts if name == one.name or name in one.was), None)

    def after(self, part: Part) -> Part | None:
        """Return the part behind `part`, or None where it is the last."""
        behind = self.parts[self.parts.index(part) + 1 :]
        return behind[0] if behind else None
