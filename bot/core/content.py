"""What the content files become once they are read: plain typed values.

Words are not here, only their keys; the library holds the words and renders them. Phrases that
people type (command words, yes and no, names of options) are here, already normalised, because
the core must understand them.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from bot.core.conditions import Condition
from bot.core.helplines import Helpline, HelplineKind
from bot.core.places import Places, nowhere
from bot.core.skills import Skill
from bot.core.verdict import Verdict

StepKind = Literal[
    "scale", "choice", "multi", "text", "yes-no", "number", "time", "date", "confirm", "guide"
]


@dataclass(frozen=True, slots=True)
class Step:
    """One question of a flow.

    `lowest` and `highest` bound a scale or number. `options` are the stored values of a choice or
    multi step, in order. `heard` maps normalised phrases, of every language, to an option.
    `longest` bounds a text in characters. `was` lists names the step had before.

    A guide leads through the exercise that was given as `skill`; its options are the moves in it.

    `worded` names options that are called otherwise for some: "used-discreet" for who wants wording
    that tells nothing, "day-less" for who is on the path `less`. `only` has the conditions under
    which an option of a choice is offered at all. `own` names what was given that holds the
    question in the member's own words; an answer is kept together with them or not at all.
    """

    name: str
    kind: StepKind
    when: tuple[Condition, ...] = ()
    skippable: bool = False
    was: tuple[str, ...] = ()
    lowest: int = 0
    highest: int = 10
    options: tuple[str, ...] = ()
    heard: Mapping[str, str] = field(default_factory=dict)
    longest: int = 1000
    worded: frozenset[str] = frozenset()
    only: Mapping[str, tuple[Condition, ...]] = field(default_factory=dict)
    own: str = ""


@dataclass(frozen=True, slots=True)
class Closing:
    """What is said when a flow ends; the first whose conditions hold is used.

    `offer` are commands put below it as buttons; `next` is a flow that begins at once.
    """

    name: str
    when: tuple[Condition, ...] = ()
    offer: tuple[str, ...] = ()
    next: str = ""


@dataclass(frozen=True, slots=True)
class Flow:
    """A conversation as a form: steps, then one closing.

    `command` starts it. `records` is the kind of fact kept at the end (empty: nothing is kept) and
    `keep` the consent that needs: "checkins" or "words". `correct` is a command offered under a
    closing for mending an answer. `menu` puts the flow on the menu. `given` names what its feature
    hands in beyond what every flow knows. `kept_with` are those of these names that are kept with
    the answers: codes, never a member's words. `was` lists ids the flow had before. `whole`: its
    answers are kept all together or not at all.
    """

    id: str
    version: int
    steps: tuple[Step, ...]
    closings: tuple[Closing, ...]
    command: str = ""
    records: str = ""
    keep: str = "checkins"
    correct: str = ""
    menu: bool = False
    given: tuple[str, ...] = ()
    kept_with: tuple[str, ...] = ()
    was: tuple[str, ...] = ()
    whole: bool = False

    def step(self, name: str) -> Step | None:
        """Return the step now or formerly called `name`, or None."""
        for step in self.steps:
            if name == step.name or name in step.was:
                return step
        return None


@dataclass(frozen=True, slots=True)
class Card:
    """One message of the talk in a hard moment, and where it leads.

    `calls`: the country's emergency number comes first. `lines` are the kinds of helplines listed
    below. `yes`, `no` and `unsaid` are the cards behind those answers, `go` cards offered as
    buttons, `offer` other commands. `brief`: there are shorter words for a second time.
    """

    id: str
    calls: bool = False
    lines: tuple[HelplineKind, ...] = ()
    yes: str = ""
    no: str = ""
    unsaid: str = ""
    go: tuple[str, ...] = ()
    offer: tuple[str, ...] = ()
    brief: bool = False


@dataclass(frozen=True, slots=True)
class SmallTalk:
    """Something people say that is no command and no answer, and what to offer them for it.

    A `feeling` is heard inside a longer message too, all else only where it is about all that is
    said. What comes `first` is answered before any other feeling. `state` is what is hard then, in
    the terms of the exercises, which are offered at once. `offers` are commands, at most
    two; "note" stands for keeping these very words. `instead_of` is a category of the crisis
    floor: where it heard distress of that kind, this entry knows better what was meant. Beside an
    entry in `not_beside`, in the same message, it is not heard: "I didn't drink, still want to".
    """

    id: str
    feeling: bool = False
    first: bool = False
    offers: tuple[str, ...] = ()
    instead_of: str = ""
    state: str = ""
    not_beside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Overheard:
    """What small talk makes of a message: the id of an entry or "", and whether it asks something.

    `asks` is only about the form: it begins with a question word, or ends with a question mark.
    """

    entry: str = ""
    asks: bool = False


def hears_nothing(said: str, lang: str) -> Overheard:
    """Return that nothing was overheard: for a library without small talk."""
    return Overheard(asks=said.rstrip().endswith("?"))


@dataclass(frozen=True, slots=True)
class Phrases:
    """What people may type, normalised, of all languages at once.

    `commands`: phrase to command name, including the global words (help, back, skip, stop, menu,
    crisis). `slashes`: what may stand behind a slash. `sure`: the yes that confirms what cannot be
    undone. `everything`: all of the switches. `numbers`: number words to 0-100. `filler`: words
    that may stand around a number ("about a 7"). `counts`: words behind which a number counts or
    tells the time ("day 8"). `rated`: what a number behind it rates, with words of `linking`
    between ("craving is at 8"); `feelings`: the same, but not where it may tell the time ("lonely
    8"); `articles`: what makes a number a rating by itself ("an 8"); `unrated`: beside these not
    even one out of ten is one ("not 8/10", "8/10 yesterday"). `decline`: what leaves a number
    out. `padding`: words that change nothing about an option. `light`: a phrase of these alone is
    an option only by itself. `joints`: what an "if" or a
    "then" begins with. `doubt`: words that deny or doubt a phrase beside them. `days`:
    "today" and "yesterday" to 0 and -1. `months`: month names to 1-12. `choosing`: words that may
    stand around what is chosen from a list ("the surf one"); `places`: words for a place in it, 0
    the last.
    """

    commands: Mapping[str, str] = field(default_factory=dict)
    slashes: Mapping[str, str] = field(default_factory=dict)
    yes: frozenset[str] = frozenset()
    sure: frozenset[str] = frozenset()
    no: frozenset[str] = frozenset()
    numbers: Mapping[str, int] = field(default_factory=dict)
    everything: frozenset[str] = frozenset()
    filler: frozenset[str] = frozenset()
    counts: frozenset[str] = frozenset()
    rated: frozenset[str] = frozenset()
    feelings: frozenset[str] = frozenset()
    linking: frozenset[str] = frozenset()
    articles: frozenset[str] = frozenset()
    unrated: frozenset[str] = frozenset()
    decline: frozenset[str] = frozenset()
    padding: frozenset[str] = frozenset()
    light: frozenset[str] = frozenset()
    joints: frozenset[str] = frozenset()
    doubt: frozenset[str] = frozenset()
    choosing: frozenset[str] = frozenset()
    places: Mapping[str, int] = field(default_factory=dict)
    days: Mapping[str, int] = field(default_factory=dict)
    months: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a sentence comes from, for whoever asks.

    `part` names what it belongs to: a flow by its id, "talk", "page" or "interface". `file` is
    below the content folder, `place` the name in it. `sources` are what it rests on, opened on
    `checked_on`; `general`: on general knowledge that nobody has checked. Neither: our own words.
    `reviewed_by` is who outside the project has reviewed it, "" nobody.
    """

    part: str
    file: str
    place: str
    sources: tuple[str, ...] = ()
    checked_on: datetime.date | None = None
    general: bool = False
    reviewed_by: str = ""


@dataclass(frozen=True, slots=True)
class Library:
    """All structure the core may consult: flows and cards by id, phrases, languages, helplines.

    `languages` are those everything is said in; `pages` those that have a crisis page at least.
    `screen` reads a message, with a language as a hint; `overhear` does so for `smalltalk`.
    `origins` says by language and key where a sentence comes from, `places` tells of cities and
    countries.
    """

    flows: Mapping[str, Flow]
    phrases: Phrases
    languages: tuple[str, ...]
    screen: Callable[[str, str], Verdict]
    cards: Mapping[str, Card] = field(default_factory=dict)
    helplines: tuple[Helpline, ...] = ()
    pages: tuple[str, ...] = ()
    origins: Mapping[str, Mapping[str, Origin]] = field(default_factory=dict, repr=False)
    smalltalk: Mapping[str, SmallTalk] = field(default_factory=dict)
    overhear: Callable[[str, str], Overheard] = hears_nothing
    places: Callable[[], Places] = nowhere
    skills: Mapping[str, Skill] = field(default_factory=dict)

    def flow(self, flow_id: str) -> Flow | None:
        """Return the flow now or formerly called `flow_id`, or None."""
        found = self.flows.get(flow_id)
        if found is None:
            found = next((f for f in self.flows.values() if flow_id in f.was), None)
        return found

    def skill(self, skill_id: str) -> Skill | None:
        """Return the exercise now or formerly called `skill_id`, or None."""
        found = self.skills.get(skill_id)
        if found is None:
            found = next((one for one in self.skills.values() if skill_id in one.was), None)
        return found

    def flow_for_command(self, command: str) -> Flow | None:
        """Return the flow that `command` starts, or None."""
        return next((f for f in self.flows.values() if f.command == command), None)
