"""What can happen, in words no platform would recognise.

Laws: (1) an event carries everything the core may know of the world: what, when (`at`, UTC) and
chance (`seed`); (2) an event never carries a platform's own object or id. The full vocabulary is
Said, Tapped, Commanded, Edited, Looked, Due, Joined, Left, Flagged, Reachable; each arrives with
the feature that first needs it. An eleventh needs a decision record.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal


@dataclass(frozen=True, slots=True)
class Place:
    """Where something happened: what kind of place it is and what it can do.

    `keeps_text`: a member's own words may be stored from here. `edits`: a message already sent
    can be changed. `files`: a document can be handed over.
    """

    kind: Literal["private", "room"] = "private"
    keeps_text: bool = True
    edits: bool = True
    files: bool = True


PRIVATE = Place()


@dataclass(frozen=True, slots=True)
class Said:
    """A person wrote `text`, already scrubbed at the door."""

    id: str
    at: datetime
    seed: bytes = field(repr=False)
    text: str = field(repr=False)
    place: Place = PRIVATE


@dataclass(frozen=True, slots=True)
class Tapped:
    """A person pressed a button whose token is `token` (at most 20 bytes, never trusted)."""

    id: str
    at: datetime
    seed: bytes = field(repr=False)
    token: str
    place: Place = PRIVATE


@dataclass(frozen=True, slots=True)
class Commanded:
    """A person gave a command such as `/checkin`; `name` comes without the slash."""

    id: str
    at: datetime
    seed: bytes = field(repr=False)
    name: str = field(repr=False)
    rest: str = field(default="", repr=False)
    place: Place = PRIVATE


@dataclass(frozen=True, slots=True)
class Due:
    """A moment has come that a `Pace` asked for: `mark` and `beat` are what it carried."""

    id: str
    at: datetime
    seed: bytes = field(repr=False)
    mark: str
    beat: int
    place: Place = PRIVATE


Event = Said | Tapped | Commanded | Due
