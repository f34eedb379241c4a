"""The words lint: what every sentence that a member can read may not say, and how hard it may be.

Slower than what the program checks at its start, and not needed for it to run: `alongside content
check` and the tests call it, the start does not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.library.files import languages_with
from bot.library.neutral import NEUTRAL, neutral_findings
from bot.library.problems import Problem
from bot.library.readability import ENOUGH, Level, level, measure
from bot.library.syllables import COUNTED
from bot.library.utterances import Utterance, gather
from bot.library.wordingrules import Allowed, Wording, read_wording

READING_LEVEL = "reading-level"
NEUTRAL_RULES = frozenset({READING_LEVEL, *NEUTRAL})
"""Names of the rules that are not in a file; an exemption may name them too."""


EASIER = "Shorter sentences and shorter words."


@dataclass(frozen=True, slots=True, order=True)
class Breach:
    """A rule broken by the sentence, or for the reading level the file, called `key`."""

    language: str
    key: str
    rule: str
    problem: Problem


def check_wording(folder: Path) -> list[Problem]:
    """Return every wording problem of the content in `folder`, sorted by file and place.

    Files that cannot be read are passed over: loading the content reports those.
    """
    utterances = gather(folder)
    languages = {one.language for one in utterances}
    languages |= languages_with(folder, "wording.toml")
    wordings = {
        language: wording
        for language in languages
        if language and (wording := read_wording(folder, language)) is not None
    }
    breaches = {b for one in utterances for b in _said(one, wordings.get(one.language))}
    breaches |= set(_too_hard(utterances))
    problems = [problem for wording in wordings.values() for problem in wording.problems]
    used: set[Allowed] = set()
    for breach in sorted(breaches):
        wording = wordings.get(breach.language)
        exempt = [
            one
            for one in (wording.allowed if wording else ())
            if (one.key, one.rule) == (breach.key, breach.rule)
        ]
        used.update(exempt)
        problems += () if exempt else (breach.problem,)
    for wording in wordings.values():
        problems += _idle(wording, used)
    return sorted(problems)


def _said(one: Utterance, wording: Wording | None) -> Iterator[Breach]:
    for text in one.readings:
        for finding in neutral_findings(text, one.key, label=one.label):
            what = f"{finding.what} (rule {finding.rule})"
            problem = Problem(one.file, one.place, what, finding.remedy)
            yield Breach(one.language, one.key, finding.rule, problem)
        for rule in wording.rules if wording else ():
            words = rule.broken_by(text) if rule.covers(one.key, label=one.label) else None
            if words is not None:
                said = f'says "{words}"' if words else "leaves something out"
                what = f"{said}: {rule.because} (rule {rule.name})"
                problem = Problem(one.file, one.place, what, f"Try: {rule.instead}.")
                yield Breach(one.language, one.key, rule.name, problem)


def _too_hard(utterances: Iterable[Utterance]) -> Iterator[Breach]:
    """Measure long texts one by one and short ones together, by file; labels not at all."""
    short: dict[tuple[str, str], list[str]] = defaultdict(list)
    for one in utterances:
        if one.label or one.language not in COUNTED:
            continue
        for text in one.readings:
            size = measure([text], one.language)
            if size.words < ENOUGH:
                short[one.language, one.file].append(text)
            elif not (found := level(size, one.language)).easy:
                problem = Problem(one.file, one.place, _hard(found), EASIER)
                yield Breach(one.language, one.key, READING_LEVEL, problem)
    for (language, file), texts in short.items():
        size = measure(texts, language)
        if size.words >= ENOUGH and not (found := level(size, language)).easy:
            what = f"its short sentences, taken together: {_hard(found)}"
            yield Breach(language, file, READING_LEVEL, Problem(file, "", what, EASIER))


def _hard(found: Level) -> str:
    return f"too hard to read, {found} (rule {READING_LEVEL})"


def _idle(wording: Wording, used: set[Allowed]) -> Iterator[Problem]:
    known = NEUTRAL_RULES | {rule.name for rule in wording.rules}
    for one in wording.allowed:
        if one in used:
            continue
        what = f"exempts {one.key} from {one.rule}, which it does not break"
        if one.rule not in known:
            what = f"exempts {one.key} from {one.rule}, and there is no such rule"
        yield Problem(wording.file, "allow", what, "Remove it, or mend its names.")
