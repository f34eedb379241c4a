"""What the core wants done, as values the shell carries out.

Laws: (1) nothing here happens until the shell has committed the whole turn; (2) an effect holds
`Text`, never rendered words. The full vocabulary is Say, Ask, Edit, Attach, Pace, Remind,
Unremind, Record, Forget, Moderate, Alert; each arrives with the feature that first needs it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from bot.core.chart import Chart
from bot.core.state import EPOCH, Answer, Session
from bot.core.text import Text

Lane = Literal["crisis", "reply"]


@dataclass(frozen=True, slots=True)
class Choice:
    """A button: what it says, and the token it sends back.

    `picked` is None for a plain button, else whether this switch is on.
    """

    label: Text
    token: str
    picked: bool | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """Paragraphs, then buttons. `columns` is how many buttons fit a row; 0 leaves it open.

    `typed`: the answer is hoped for in words or digits, so a number typed is that answer and never
    stands for a button.
    """

    body: tuple[Text, ...]
    choices: tuple[Choice, ...] = ()
    columns: int = 0
    typed: bool = False


@dataclass(frozen=True, slots=True)
class Say:
    """Tell the person something. A `key` lets a later `Edit` change this very message."""

    message: Message
    key: str = ""
    lane: Lane = "reply"


@dataclass(frozen=True, slots=True)
class Ask:
    """Ask the person something, under a `key` by which the next question can take its place."""

    message: Message
    key: str


@dataclass(frozen=True, slots=True)
class Edit:
    """Change the message sent under `key`; where that cannot be done, send it anew."""

    message: Message
    key: str


@dataclass(frozen=True, slots=True)
class Pace:
    """Come back with a `Due` that carries `mark` and `beat`, in so many `seconds`.

    A timer of the shell, not kept: whatever else this person does stops it, and so does a restart.
    """

    mark: str
    beat: int
    seconds: int


@dataclass(frozen=True, slots=True)
class File:
    """Something to hand over, under a file name that tells nobody what it is about.

    "data" is `content` as it stands; "text" is `lines`, each rendered and joined by a colon;
    "picture" is `chart`, drawn when it is sent.
    """

    kind: Literal["data", "text", "picture"]
    name: str
    content: str = field(default="", repr=False)
    lines: tuple[tuple[Text, ...], ...] = field(default=(), repr=False)
    chart: Chart | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Attach:
    """Hand `file` over with `message`, which for a picture states the same facts in words.

    Only for a place that has `files`.
    """

    message: Message
    file: File


@dataclass(frozen=True, slots=True)
class Record:
    """Keep a fact about the person: `kind` and time stay readable to the store, `body` is sealed.

    Facts are only ever added. One that corrects an earlier fact names it in `replaces` (its id,
    or 0), and readers leave the replaced one out. `at` is for a fact that takes the place of one
    that is removed in the same turn: when that one was written; otherwise it is the event's time.
    """

    id: int
    kind: str
    body: Mapping[str, Answer] = field(repr=False)
    replaces: int = 0
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Forget:
    """Remove what is kept about this person, for good, before anything further is said.

    Without `kinds` and `facts` everything goes, and their key. With `kinds` only the facts of these
    kinds go; a fact of such a kind recorded in the same turn is a new one and stays. `facts` are
    ids of single ones; what one of them replaced goes with it.
    """

    kinds: tuple[str, ...] = ()
    facts: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Remind:
    """Keep a promise to write to the person at `due`: no words, only what kind of promise it is.

    `due` has a time zone and is kept to the millisecond. The same kind at the same time is one
    promise, however often it is given; the first `id` stays.
    """

    id: int
    kind: str
    due: datetime


@dataclass(frozen=True, slots=True)
class Unremind:
    """Let go of every promise of `kind` made to this person, but those made later in the turn."""

    kind: str


Effect = Say | Ask | Edit | Attach | Pace | Record | Forget | Remind | Unremind


@dataclass(frozen=True, slots=True)
class Turn:
    """What became of one event: the session to keep, and what to do."""

    session: Session
    effects: tuple[Effect, ...] = ()


@dataclass(frozen=True, slots=True)
class Need:
    """More must be read before the turn can be taken.

    `kinds`: record kinds whose `newest` latest facts are wanted. `counts`: how many facts of each
    kind there are. `reminders`: every promise to write that is not kept yet. `replaced`: facts that
    a later one corrects are wanted too. `everything`: all facts of every kind, also those.
    """

    kinds: tuple[str, ...] = ()
    newest: int = 1
    counts: bool = False
    reminders: bool = False
    replaced: bool = False
    everything: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """A record read back: its id, kind, what was kept and when, and what it corrects (or 0)."""

    id: int
    kind: str
    body: Mapping[str, Answer] = field(repr=False)
    at: datetime = EPOCH
    replaces: int = 0


@dataclass(frozen=True, slots=True)
class Reminder:
    """A promise read back. `due` is in UTC, and may be past where nobody could write in time."""

    id: int
    kind: str
    due: datetime


@dataclass(frozen=True, slots=True)
class Loaded:
    """The answer to a `Need`: facts newest first, counts by kind, reminders soonest first."""

    facts: tuple[Fact, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    reminders: tuple[Reminder, ...] = ()
