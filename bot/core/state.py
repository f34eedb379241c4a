"""What is remembered of a conversation between two turns.

Laws: (1) every type here survives storage as versioned JSON, so no field is a union of classes
and nothing is an object with behaviour; (2) a place in a flow is a step's name, never a number;
(3) a change of shape bumps `SESSION_VERSION` and leaves a stored sample in tests/samples.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal

from bot.core.localtime import DAY_STARTS
from bot.core.verdict import Level

SESSION_VERSION = 5

Answer = int | str | bool | tuple[str, ...] | None
"""One answer in a flow. `None` means skipped, which is an answer too."""

Age = Literal["unknown", "adult", "minor"]

MAIN = "used"
PATHS = (MAIN, "drinking", "smoking", "drugs", "gambling", "other")
"""The check-in questions that tell of a path, answered "no", "used" or "unsaid"."""

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
"""The time that stands for never."""


@dataclass(frozen=True, slots=True)
class Care:
    """What the person was last offered in a hard moment; no words of theirs.

    It is kept so that the same is not said twice and a typed "yes" is understood. `card` names
    what was offered and `level` how grave it was taken to be, and `at` when. `watched`: the talk
    was about someone who may look at the phone.
    """

    card: str = ""
    level: Level = "none"
    at: datetime = EPOCH
    watched: bool = False


@dataclass(frozen=True, slots=True)
class FlowState:
    """One run of a flow that is not finished.

    `run` names the run and the message it lives in. `step` is the name of the open question and
    `nonce` what its buttons carry. `given` holds what was known when the run began (path, weekday
    and so on), so that a question asked again tomorrow still says which day it is about. `day` is
    the member's day the run counts for (ISO date). `replaces` is the id of a record it corrects.
    `ahead` is by how many days the member's calendar has jumped since, because they changed their
    time zone or where their day begins; without it such a change could close the question. `part`
    names the part of a guided exercise that is shown, "" the first before it moved.
    """

    flow: str
    version: int
    run: str
    day: str
    started: datetime
    step: str = ""
    nonce: str = ""
    answers: Mapping[str, Answer] = field(default_factory=dict, repr=False)
    given: Mapping[str, str | int | bool] = field(default_factory=dict, repr=False)
    picked: tuple[str, ...] = field(default=(), repr=False)
    tries: int = 0
    replaces: int = 0
    ahead: int = 0
    part: str = ""


@dataclass(frozen=True, slots=True)
class OwnQuestion:
    """A question the member asks themself: their words, and how it is answered."""

    words: str = field(repr=False)
    kind: Literal["scale", "yes-no", "number"] = "scale"


@dataclass(frozen=True, slots=True)
class Track:
    """A path whose days the member counts. Days are ISO dates, spans two of them with a slash.

    `name` is the check-in question that tells of it. Days from `since` on count as on the path but
    for those answered otherwise, and those in `pauses` (open at the end while it lasts) not at all;
    `earlier` are spans before it that the member remembers. `most` is how many days with use any
    seven may hold (0: none). `earned` is the highest
    milestone told so far, in days; it stays, whatever comes after. `ended` is the day from which it
    is no longer counted; all of it waits for the day it may be counted again.
    """

    name: str
    since: str
    most: int = 0
    pauses: tuple[str, ...] = ()
    earlier: tuple[str, ...] = ()
    earned: int = 0
    ended: str = ""

    def paused(self) -> bool:
        """Tell whether a pause lasts."""
        return any(one.endswith("/") for one in self.pauses)


@dataclass(frozen=True, slots=True)
class Wishes:
    """How the member wants it, changed in the settings.

    `discreet`: wording that tells someone looking over a shoulder nothing. `day_starts` is the hour
    their day begins at. `pair`: a morning intention belongs to the evening check-in. `more`: the
    extra page comes with every check-in. Nothing is written unasked before the ISO day `quiet`.
    `fresh` is the ISO day a fresh page began on, for looking back and for all paths; "" without.
    `left_out` are the cautions whose exercises are not offered, `favourites` the exercises to keep
    and `unwanted` those that are not for them, by id.
    """

    nickname: str = field(default="", repr=False)
    discreet: bool = False
    day_starts: int = DAY_STARTS
    pair: bool = False
    more: bool = False
    questions: tuple[OwnQuestion, ...] = ()
    quiet: str = ""
    fresh: str = ""
    left_out: tuple[str, ...] = ()
    favourites: tuple[str, ...] = ()
    unwanted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Coping:
    """What the person last asked for a way through, so that the next tap need not say it again.

    `state` is what is hard, `offered` the exercises shown last for it, by id, and `passed` those
    shown before them that were passed over. `at` is when it was told or rated, or else offered
    for, last, and `rated` how strong it was by then, -1 where
    that is not known. `last` is the exercise done last, `practised` the ISO day on which practice
    was offered last, "" never. `did` is the exercise done last that was no practice, and `did_at`
    when: of someone who keeps nothing it is all there is to go by. `asked` is the exercise of which
    it was said last, at `asked_at`, that its kind is left out: a while from then on it may be done
    once.
    """

    state: str = ""
    rated: int = -1
    at: datetime = EPOCH
    offered: tuple[str, ...] = ()
    last: str = ""
    practised: str = ""
    passed: tuple[str, ...] = ()
    did: str = ""
    did_at: datetime = EPOCH
    asked: str = ""
    asked_at: datetime = EPOCH


@dataclass(frozen=True, slots=True)
class Latest:
    """What passed between us last, for as long as it is the last.

    `said` names the sentences of our last answer, for /why. `words` are the member's own, held only
    where words may be kept, so that one tap can note them: in the member's `day` on which they were
    said (ISO date), and by the button that carries `mark`.
    """

    said: tuple[str, ...] = ()
    words: str = field(default="", repr=False)
    day: str = ""
    mark: int = 0


@dataclass(frozen=True, slots=True)
class Session:
    """Everything the next turn needs about a person, small enough to load every time.

    `flows` is a stack: the last one is open, those before it are parked. Until `welcomed`, the
    row behind this session is half-welcomed and is dropped after a day. `checked` is the day and
    part of day of the latest check-in kept, such as "2026-03-01 morning", so that a second one of
    that day can say so without reading the first. `introduced`: someone who is not
    welcomed was told what this is, which is said whole but once; of a member it says nothing.
    """

    person: int
    lang: str
    zone: str = "UTC"
    country: str = ""
    welcomed: bool = False
    age: Age = "unknown"
    path: str = "unsaid"
    keep_checkins: bool = False
    keep_words: bool = False
    flows: tuple[FlowState, ...] = field(default=(), repr=False)
    care: Care = field(default=Care(), repr=False)
    wishes: Wishes = field(default=Wishes(), repr=False)
    tracks: tuple[Track, ...] = field(default=(), repr=False)
    latest: Latest = field(default=Latest(), repr=False)
    checked: str = ""
    coping: Coping = field(default=Coping(), repr=False)
    introduced: bool = False


def with_flows(session: Session, flows: tuple[FlowState, ...]) -> Session:
    """Return `session` with `flows` as its open and parked runs."""
    return _moved_on(session, flows, session.latest)


def with_latest(session: Session, latest: Latest) -> Session:
    """Return `session` with `latest` as what passed between us last."""
    return _moved_on(session, session.flows, latest)


def _moved_on(session: Session, flows: tuple[FlowState, ...], latest: Latest) -> Session:
    """Return `session` with what nearly every turn changes.

    Written out, for `replace` takes twice as long.
    """
    return Session(
        session.person,
        session.lang,
        session.zone,
        session.country,
        session.welcomed,
        session.age,
        session.path,
        session.keep_checkins,
        session.keep_words,
        flows,
        session.care,
        session.wishes,
        session.tracks,
        latest,
        session.checked,
        session.coping,
        session.introduced,
    )
