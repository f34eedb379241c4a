"""A flow file to a typed `Flow`: shape, names, conditions. Words are gathered by `words.py`."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping
from typing import Any, get_args

from bot.core.conditions import Condition, parse_condition
from bot.core.content import Closing, Flow, Step, StepKind
from bot.core.heard import normalise
from bot.library.files import Files, Toml
from bot.library.problems import Problem

FACT_KEYS: Mapping[str, tuple[type, ...]] = {
    "source": (str, list),
    "checked_on": (datetime.date,),
    "evidence": (str,),
    "reviewed_by": (str,),
}
"""What a flow, a step or a closing rests on; `origins.py` says what they mean."""

STEP_KEYS: Mapping[str, tuple[type, ...]] = {
    **FACT_KEYS,
    "name": (str,),
    "kind": (str,),
    "ask": (str,),
    "short": (str,),
    "when": (str, list),
    "skippable": (bool,),
    "was": (list,),
    "from": (int,),
    "to": (int,),
    "options": (dict,),
    "also": (dict,),
    "longest": (int,),
    "worded": (dict,),
    "only": (dict,),
    "own": (str,),
}
CLOSING_KEYS: Mapping[str, tuple[type, ...]] = {
    **FACT_KEYS,
    "name": (str,),
    "say": (str,),
    "when": (str, list),
    "offer": (str, list),
    "next": (str,),
}
FLOW_KEYS: Mapping[str, tuple[type, ...]] = {
    **FACT_KEYS,
    "id": (str,),
    "version": (int,),
    "command": (str,),
    "button": (str,),
    "records": (str,),
    "keep": (str,),
    "correct": (str,),
    "menu": (bool,),
    "whole": (bool,),
    "given": (list,),
    "kept_with": (list,),
    "was": (list,),
    "step": (list,),
    "closing": (list,),
}
WRITTEN: Mapping[type, str] = {
    str: '"words in quotes"',
    bool: "true or false",
    int: "a whole number",
    list: "a list in [ ]",
    dict: "a table in { }",
    datetime.date: "a date like 2026-11-23",
}
KINDS: tuple[str, ...] = get_args(StepKind)

NAME = re.compile(r"[a-z][a-z0-9_]*")
LONGEST_OPTION = 11
"""A button's token is at most 20 bytes: eight of nonce, a dot, and the option's name."""

Report = Callable[[str, str, str], None]


def build_flow(flow_id: str, files: Files, problems: list[Problem]) -> Flow | None:
    """Return the flow in `flows/<flow_id>.toml`, adding what is wrong with it to `problems`."""
    raw = files.flows[flow_id]
    file = f"flows/{flow_id}.toml"

    def report(where: str, what: str, remedy: str) -> None:
        problems.append(Problem(file, where, what, remedy))

    _keys(raw, FLOW_KEYS, "", report)
    if raw.get("id") != flow_id:
        report("id", f"must be {flow_id!r}, like the file's name", f'Write id = "{flow_id}".')
    if "version" not in raw:
        report("version", "is missing", "Write version = 1, and one more with every change.")
    if raw.get("keep", "checkins") not in ("checkins", "words"):
        report("keep", 'must be "checkins" or "words"', "It names the consent that is needed.")
    steps = [
        _step(one, number, flow_id, files, problems)
        for number, one in enumerate(_tables(raw, "step"), 1)
    ]
    closings = [_closing(c, n, report) for n, c in enumerate(_tables(raw, "closing"), 1)]
    if not steps:
        report("step", "there is none", "A flow asks at least one question: add a [[step]].")
    if not closings:
        report("closing", "there is none", "Add a [[closing]] with name and say.")
    if not steps or not closings:
        return None
    return Flow(
        id=flow_id,
        version=_int(raw.get("version"), 1),
        steps=tuple(steps),
        closings=tuple(closings),
        command=_text(raw.get("command")),
        records=_text(raw.get("records")),
        keep=_text(raw.get("keep")) or "checkins",
        correct=_text(raw.get("correct")),
        menu=raw.get("menu") is True,
        given=_names(raw.get("given")),
        kept_with=_names(raw.get("kept_with")),
        was=_names(raw.get("was")),
        whole=raw.get("whole") is True,
    )


def _step(raw: Toml, number: int, flow_id: str, files: Files, problems: list[Problem]) -> Step:
    name = _text(raw.get("name"))
    where = f"step {name or number}"
    said = {f"flows/{flow_id}.toml": raw}
    for language, words in files.flow_words.items():
        said[f"{language}/flows/{flow_id}.toml"] = _table(_table(words.get(flow_id)).get(name))

    def report(where: str, what: str, remedy: str) -> None:
        problems.append(Problem(f"flows/{flow_id}.toml", where, what, remedy))

    _keys(raw, STEP_KEYS, where, report)
    if not NAME.fullmatch(name):
        report(where, "needs a name of small letters, digits and _", 'Like name = "mood".')
    kind = _text(raw.get("kind"))
    if kind not in KINDS:
        report(where, f"unknown kind {kind!r}", f"Kinds are: {', '.join(KINDS)}.")
    options = raw.get("options", {})
    if kind in ("choice", "multi", "guide") and (not isinstance(options, dict) or not options):
        report(where, "has no options", 'Like options = { yes = "Yes, I did", no = "No" }.')
    options = options if isinstance(options, dict) else {}
    for option in options:
        if not NAME.fullmatch(option) or len(option) > LONGEST_OPTION:
            remedy = f"Use up to {LONGEST_OPTION} small letters, digits or _."
            report(where, f"option name {option!r} is not usable", remedy)
    lowest, highest = _int(raw.get("from"), 0), _int(raw.get("to"), 10)
    if lowest >= highest or (kind == "scale" and highest - lowest > 20):
        report(where, f"cannot go from {lowest} to {highest}", "A scale has 2 to 21 numbers.")
    return Step(
        name=name,
        kind=_kind(kind),
        when=_conditions(raw.get("when"), where, report),
        skippable=raw.get("skippable") is True,
        was=_names(raw.get("was")),
        lowest=lowest,
        highest=highest,
        options=tuple(options),
        heard=_heard(said, tuple(options), where, problems),
        longest=_int(raw.get("longest"), 1000),
        worded=_worded(raw, tuple(options), where, report),
        only=_only(raw, tuple(options), where, report),
        own=_text(raw.get("own")),
    )


def _worded(raw: Toml, options: tuple[str, ...], where: str, report: Report) -> frozenset[str]:
    found: set[str] = set()
    for variant, labels in _table(raw.get("worded")).items():
        for option in labels if isinstance(labels, dict) else ():
            found.add(f"{option}-{variant}")
            if option not in options:
                report(where, f"worded: {option!r} is not an option", "Mend its name.")
        if not isinstance(labels, dict):
            remedy = 'Like worded = { discreet = { used = "Not as I meant to" } }.'
            report(where, f"worded: {variant!r} is no table of labels", remedy)
    return frozenset(found)


def _only(
    raw: Toml, options: tuple[str, ...], where: str, report: Report
) -> dict[str, tuple[Condition, ...]]:
    written = _table(raw.get("only"))
    if written and raw.get("kind") != "choice":
        report(where, "only a choice can leave options out", "Take `only` out.")
    for option in written:
        if option not in options:
            report(where, f"only: {option!r} is not an option", "Mend its name.")
    return {option: _conditions(one, where, report) for option, one in written.items()}


def _heard(
    said: Mapping[str, Toml], options: tuple[str, ...], where: str, problems: list[Problem]
) -> dict[str, str]:
    """Map what may be typed for each option, in every language, to the option.

    `said` holds the step's words by file. The same phrase for two options of one language is a
    mistake; across languages the first language to claim it keeps it.
    """
    heard: dict[str, str] = {}
    for file, words in said.items():
        here: dict[str, str] = {}
        also = _table(words.get("also"))
        tables = [_table(one) for one in _table(words.get("worded")).values()]
        for option in options:
            labels = [one.get(option, "") for one in (_table(words.get("options")), *tables)]
            for phrase in (*labels, *_names(also.get(option))):
                key = normalise(str(phrase))
                if key and here.setdefault(key, option) != option:
                    what = f"{phrase!r} means two options"
                    problems.append(Problem(file, where, what, "Keep it under one of them."))
        for stray in also:
            if stray not in options or not isinstance(also[stray], list):
                what = f"also: {stray!r} is not an option with a list of phrases"
                remedy = f'Like also = {{ {next(iter(options), "yes")} = ["so", "or so"] }}.'
                problems.append(Problem(file, where, what, remedy))
        heard = {**here, **heard}
    return heard


def _closing(raw: Toml, number: int, report: Report) -> Closing:
    name = _text(raw.get("name"))
    where = f"closing {name or number}"
    _keys(raw, CLOSING_KEYS, where, report)
    if not NAME.fullmatch(name):
        report(where, "needs a name of small letters, digits and _", 'Like name = "steady".')
    return Closing(
        name=name,
        when=_conditions(raw.get("when"), where, report),
        offer=_names(raw["offer"]) if isinstance(raw.get("offer"), list) else _one(raw, "offer"),
        next=_text(raw.get("next")),
    )


def _conditions(raw: Any, where: str, report: Report) -> tuple[Condition, ...]:
    written = [raw] if isinstance(raw, str) else raw if isinstance(raw, list) else []
    found: list[Condition] = []
    for one in written:
        try:
            found.append(parse_condition(str(one)))
        except ValueError as error:
            report(where, str(error), "See content/README.md, conditions.")
    return tuple(found)


def _keys(raw: Toml, known: Mapping[str, tuple[type, ...]], where: str, report: Report) -> None:
    """Report keys nobody reads, and values that would be passed over because of their type."""
    for key, value in raw.items():
        if key not in known:
            report(where or key, f"unknown key {key!r}", f"Known: {', '.join(sorted(known))}.")
        elif type(value) not in known[key]:
            wanted = " or ".join(WRITTEN[one] for one in known[key])
            report(where or key, f"{key} is not written as it must be", f"It takes {wanted}.")
    for key in ("step", "closing"):
        entries = raw.get(key) if key in known else None
        if isinstance(entries, list) and not all(isinstance(one, dict) for one in entries):
            report(key, "holds something that is not a table", f"Begin each with [[{key}]].")


def _tables(raw: Toml, key: str) -> list[Toml]:
    found = raw.get(key)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _table(raw: Any) -> Toml:
    return raw if isinstance(raw, dict) else {}


def _text(raw: Any) -> str:
    return raw if isinstance(raw, str) else ""


def _one(raw: Toml, key: str) -> tuple[str, ...]:
    return (raw[key],) if isinstance(raw.get(key), str) else ()


def _int(raw: Any, default: int) -> int:
    return raw if isinstance(raw, int) and not isinstance(raw, bool) else default


def _names(raw: Any) -> tuple[str, ...]:
    return tuple(one for one in raw if isinstance(one, str)) if isinstance(raw, list) else ()


def _kind(raw: str) -> StepKind:
    for kind in get_args(StepKind):
        if raw == kind:
            found: StepKind = kind
            return found
    return "text"
