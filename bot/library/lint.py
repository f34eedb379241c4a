"""Checks that every flow can be walked to its end: names, conditions, dead ends, commands."""

from __future__ import annotations

from collections.abc import Iterator

from bot.conversation.openflow import endings
from bot.conversation.step import commands
from bot.core.conditions import Condition, holds
from bot.core.content import Flow, Library, Step
from bot.core.guide import ENDS, MOVES
from bot.core.localtime import WEEKDAYS
from bot.core.state import PATHS
from bot.library.problems import Problem

Domain = frozenset[str | int | bool | tuple[str, ...]] | range | None
"""The values a name can have; None: anything. Of several switches, all on stands for all ways."""

NEEDED_FLOWS = ("checkin", "note")
"""Flows that features begin by name, beside those whose end a feature handles."""

RESERVED = frozenset({"day", "partial", "flow", "closing"})
"""Names that records and translation files use for something else than a step."""

GLOBAL_COMMANDS = frozenset({"help", "back", "skip", "stop", "menu", "crisis"})


def given_domains(library: Library) -> dict[str, Domain]:
    """Return what every flow knows without asking, with the values each can have."""
    welcome = library.flows.get("welcome")
    path = welcome.step("path") if welcome else None
    return {
        "path": frozenset(path.options) if path else None,
        "age": frozenset({"unknown", "adult", "minor"}),
        "weekday": frozenset(WEEKDAYS),
        "part": frozenset({"morning", "afternoon", "evening", "night", "past"}),
        "keep_checkins": frozenset({True, False}),
        "keep_words": frozenset({True, False}),
        "discreet": frozenset({True, False}),
        **dict.fromkeys((f"track_{one}" for one in PATHS), frozenset({True, False})),
    }


def known_commands(library: Library) -> frozenset[str]:
    """Return every command a person can give: code's, flows', and the global words."""
    from_flows = {flow.command for flow in library.flows.values() if flow.command}
    return frozenset(commands(library.languages)) | from_flows | GLOBAL_COMMANDS


def lint_flows(library: Library, *, flows_unread: bool = False) -> list[Problem]:
    """Return everything wrong with the flows of `library`.

    With `flows_unread`, flows that are not there are not missed: they may be in the file that
    could not be read.
    """
    problems: list[Problem] = []
    missing = {*endings(), *NEEDED_FLOWS} - set(library.flows)
    for needed in () if flows_unread else sorted(missing):
        problems.append(
            Problem(f"flows/{needed}.toml", "", "is missing or broken", "The program needs it.")
        )
    problems += _commands(library)
    problems += () if flows_unread else _phrases(library)
    for flow in library.flows.values():
        problems += _Flow(flow, library).problems(names=not flows_unread)
    return problems


def _commands(library: Library) -> Iterator[Problem]:
    code = frozenset(commands(library.languages))
    owners: dict[str, str] = dict.fromkeys(code | GLOBAL_COMMANDS, "the program itself")
    for flow in library.flows.values():
        if flow.id in endings() and flow.command in code:  # begun by code, worded in its file
            owners[flow.command] = f"flows/{flow.id}.toml"
    writers: dict[str, str] = {}
    formerly: dict[str, str] = {flow_id: flow_id for flow_id in library.flows}
    for flow in library.flows.values():
        file = f"flows/{flow.id}.toml"
        if flow.command:
            owner = owners.setdefault(flow.command, file)
            if owner != file:
                what = f"/{flow.command} already belongs to {owner}"
                yield Problem(file, "command", what, "Choose another command.")
        if flow.records:
            writer = writers.setdefault(flow.records, file)
            if writer != file:
                what = f"records of the kind {flow.records!r} are kept by {writer} already"
                yield Problem(file, "records", what, "Choose another kind.")
        for old in flow.was:
            if formerly.setdefault(old, flow.id) != flow.id:
                yield Problem(file, "was", f"{old!r} is another flow's id", "Take it out.")


def _phrases(library: Library) -> Iterator[Problem]:
    own = frozenset(c for c in commands(library.languages) if not c.startswith("lang-"))
    for command in sorted(own - {*library.phrases.slashes.values()}):
        what = f"nobody can type the command {command!r}"
        yield Problem("en/words.toml", "commands", what, f'Add {command} = ["..."].')
    known = known_commands(library) | {f"crisis-{one}" for one in library.pages}
    known |= {f"care-{one}" for one in (*library.cards, "elsewhere")}
    for phrase, command in library.phrases.commands.items():
        if command not in known and not command.startswith("do-"):  # the title of a skill
            what = f"{phrase!r} names the unknown command {command!r}"
            yield Problem("*/words.toml", command, what, f"Known: {', '.join(sorted(known))}.")


class _Flow:
    """One flow under inspection."""

    def __init__(self, flow: Flow, library: Library) -> None:
        self.flow = flow
        self.library = library
        self.file = f"flows/{flow.id}.toml"
        self.given: dict[str, Domain] = {**given_domains(library), **dict.fromkeys(flow.given)}

    def problems(self, *, names: bool) -> Iterator[Problem]:
        yield from self.names("step", [s.name for s in self.flow.steps])
        for name in sorted(RESERVED.intersection(s.name for s in self.flow.steps)):
            yield self.problem(f"step {name}", "this name means something else", "Rename it.")
        yield from self.names("closing", [c.name for c in self.flow.closings])
        if self.flow.steps[0].when and all(step.when for step in self.flow.steps):
            yield self.problem(
                "step",
                "every step has a condition, so there may be nothing to ask",
                "Leave `when` out of at least one.",
            )
        known = dict(self.given)
        for step in self.flow.steps:
            yield from self.conditions(step.when, f"step {step.name}", known)
            for only in step.only.values():
                yield from self.conditions(only, f"step {step.name}, only", known)
            yield from self.variants(step)
            if step.own and step.own not in self.flow.given:
                what = f"own: {step.own!r} is not given"
                yield self.problem(f"step {step.name}", what, "Name it under `given`.")
            known[step.name] = _domain(step)
        yield from self.closings(known)
        for name in sorted(set(self.flow.kept_with) - set(self.flow.given)):
            what = f"kept_with: {name!r} is not given"
            yield self.problem("kept_with", what, "Name it under `given`.")
        yield from self.guides()
        former = [old for step in self.flow.steps for old in step.was]
        for old in former:
            if former.count(old) > 1 or old in {s.name for s in self.flow.steps}:
                yield self.problem("was", f"{old!r} names two steps", "Take it out of one.")
        if names:
            yield from self.references()

    def guides(self) -> Iterator[Problem]:
        """Yield what a step that leads through an exercise needs and has not."""
        for step in self.flow.steps:
            if step.kind != "guide":
                continue
            if not {"skill", "state"}.issubset(self.flow.given):
                what = "a guide is told its exercise, and for what it is done"
                yield self.problem(f"step {step.name}", what, "Put skill and state under `given`.")
            if set(step.options) != set(MOVES):
                what = f"a guide has the options {', '.join(MOVES)}"
                yield self.problem(f"step {step.name}", what, "Name these and no others.")

    def variants(self, step: Step) -> Iterator[Problem]:
        paths = self.given["path"]
        known = {"discreet", *(str(one) for one in paths or ())}
        for variant in sorted({one.partition("-")[2] for one in step.worded} - known):
            what = f"worded: nobody is {variant!r}"
            yield self.problem(f"step {step.name}", what, f"Known: {', '.join(sorted(known))}.")

    def closings(self, known: dict[str, Domain]) -> Iterator[Problem]:
        last = len(self.flow.closings) - 1
        for number, closing in enumerate(self.flow.closings):
            where = f"closing {closing.name}"
            yield from self.conditions(closing.when, where, known)
            if not closing.when and number < last:
                yield self.problem(
                    where,
                    "has no condition, so no closing after it is ever reached",
                    "Move it to the end.",
                )
            if closing.when and number == last:
                yield self.problem(
                    where,
                    "a dead end: when its condition does not hold, nothing is said",
                    "Add a last [[closing]] without `when`.",
                )

    def references(self) -> Iterator[Problem]:
        known = known_commands(self.library)
        if self.flow.correct and self.flow.correct not in known:
            what = f"no command {self.flow.correct!r}"
            yield self.problem("correct", what, f"Known: {', '.join(sorted(known))}.")
        for closing in self.flow.closings:
            where = f"closing {closing.name}"
            if closing.next and self.library.flow(closing.next) is None:
                what = f"no flow {closing.next!r} to go on with"
                remedy = f"There are: {', '.join(sorted(self.library.flows))}."
                yield self.problem(where, what, remedy)
            for offer in closing.offer:
                if offer not in known:
                    what = f"no command {offer!r} to offer"
                    yield self.problem(where, what, f"Known: {', '.join(sorted(known))}.")

    def names(self, what: str, names: list[str]) -> Iterator[Problem]:
        for name in sorted({n for n in names if names.count(n) > 1}):
            yield self.problem(f"{what} {name}", "this name stands twice", "Rename one of them.")

    def conditions(
        self, conditions: tuple[Condition, ...], where: str, known: dict[str, Domain]
    ) -> Iterator[Problem]:
        together: dict[str, list[Condition]] = {}
        for one in conditions:
            if one.operator == "named":
                continue
            if one.name in known:
                together.setdefault(one.name, []).append(one)
            else:
                yield self.problem(
                    where,
                    f"condition on {one.name!r}, which is not asked before it",
                    f"Known here: {', '.join(sorted(known))}.",
                )
        for name, wanted in together.items():
            if not _possible(wanted, known[name]):
                yield self.problem(
                    where,
                    f"can never be reached: {name!r} never is what its condition wants",
                    "Compare with the step's options or numbers.",
                )

    def problem(self, where: str, what: str, remedy: str) -> Problem:
        return Problem(self.file, where, what, remedy)


def _domain(step: Step) -> Domain:
    match step.kind:
        case "choice":
            return frozenset(step.options)
        case "guide":
            return frozenset(ENDS)
        case "multi":
            return frozenset({step.options})
        case "scale" | "number":
            return range(step.lowest, step.highest + 1)
        case "yes-no" | "confirm":
            return frozenset({True, False})
        case "text" | "time" | "date":
            return None


def _possible(wanted: list[Condition], domain: Domain) -> bool:
    """Tell whether some value of `domain` meets all of `wanted`, which are about one name."""
    if domain is None:
        return True
    values = domain
    if isinstance(domain, range):
        # Where any number fits, an end of the range or one that is mentioned does.
        mentioned = {n for one in wanted for n in _numbers(one) if n in domain}
        values = frozenset({domain[0], domain[-1], *mentioned}) if domain else frozenset()
    return any(all(holds(one, {one.name: value}) for one in wanted) for value in values)


def _numbers(condition: Condition) -> Iterator[int]:
    values = condition.value if isinstance(condition.value, tuple) else (condition.value,)
    for value in values:
        if isinstance(value, int):
            yield value
