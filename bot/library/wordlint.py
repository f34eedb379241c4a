"""Checks the words: every language complete, every placeholder filled, nothing silently skipped.

Fluent itself drops what it cannot read and lets the first of two equal keys win; here both stop
the start. What is found fit is handed on parsed, so that nothing is read twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from fluent.syntax import FluentParser, ast
from fluent.syntax.visitor import Visitor

from bot.core.content import Library
from bot.features.kinds import declared
from bot.library.files import SMALLTALK, SOURCE_LANGUAGE, Files
from bot.library.flowfiles import KINDS
from bot.library.lint import given_domains, known_commands
from bot.library.problems import Problem
from bot.library.skillfiles import KNOWN as KNOWN_TO_SKILLS
from bot.library.skillfiles import not_begun, skill_sentences
from bot.library.smalltalk import KNOWN, smalltalk_sentences
from bot.library.spoken import COUNTED, RETRIES, SPOKEN
from bot.library.talk import check_talk, country_sentences, talk_sentences
from bot.library.words import Sentence, flow_sentences

LONGEST_LABEL = 40
_BOLD_AT_LINE_START = re.compile(r"(^|\n)\*(?!\[)")
"""Fluent takes an asterisk at the start of a line for a variant; an author means bold."""

_KEY = re.compile(r"^([a-z][a-z0-9-]*) *=", re.MULTILINE)
"""What Fluent could not read may still say which sentences it was meant to be."""

_PLAIN = re.compile(r"(?:(?![ .\[*])[^{}\n]+(?:\n(?!\n|\Z)|\Z))+")
"""Lines in which nothing means anything to Fluent."""

NOTHING: frozenset[str] = frozenset()

NO_BUTTON = frozenset({"start", "back", "skip", "stop"})
"""Commands that are only ever typed, or whose button has a key of its own."""


def plain_message(key: str, pattern: str) -> ast.Message | None:
    """Return the sentence `key` where `pattern` is nothing but text, as nine of ten are.

    It is what `parsed_message` returns, in a twentieth of the time; None where that is needed.
    """
    if not _PLAIN.fullmatch(pattern):
        return None
    return ast.Message(ast.Identifier(key), ast.Pattern([ast.TextElement(pattern)]))


def parsed_message(key: str, pattern: str) -> ast.EntryType:
    """Return the sentence `key` as Fluent reads `pattern`: Junk where it cannot."""
    indented = _BOLD_AT_LINE_START.sub(r'\1{"*"}', pattern).replace("\n", "\n    ")
    return FluentParser().parse_entry(f"{key} =\n    {indented}\n")


class _Names(Visitor):
    """Collects the variables and the other sentences that a pattern mentions."""

    def __init__(self) -> None:
        super().__init__()
        self.variables: set[str] = set()
        self.references: set[str] = set()

    def visit_VariableReference(self, node: ast.VariableReference) -> None:
        self.variables.add(node.id.name)

    def visit_MessageReference(self, node: ast.MessageReference) -> None:
        self.references.add(node.id.name)


class _Tongue:
    """One language's sentences: parsed, with their places and what they mention."""

    def __init__(self, language: str, files: Files, library: Library) -> None:
        self.problems: list[Problem] = []
        self.sentences: dict[str, Sentence] = {}
        self.names: dict[str, _Names] = {}
        self.unread: set[str] = set()
        self.file = f"{language}/interface.ftl"
        self.files = files.interface.get(language, {})
        self.interface = ast.Resource(
            [one for name, source in self.files.items() for one in self._parse(name, source)]
        )
        page = files.crisis.get(language, {}).get("page")
        countries = {code for line in library.helplines for code in line.countries}
        flows = {
            **flow_sentences(files, language),
            **talk_sentences(files, language),
            **country_sentences(sorted(countries), language),
            **smalltalk_sentences(files, language),
            **skill_sentences(files, language),
        }
        if isinstance(page, str) and page.strip():
            crisis = Sentence(page.strip(), f"{language}/crisis.toml", "page")
            flows["crisis-page"] = crisis
        self.flows = ast.Resource([*self._parse_sentences(flows)])

    def _parse(self, file: str, source: str) -> list[ast.EntryType]:
        entries = FluentParser().parse(source).body
        for entry in entries:
            where = f"line {source.count(chr(10), 0, entry.span.start) + 1}" if entry.span else ""
            if isinstance(entry, ast.Junk):
                self.unread.update(_KEY.findall(entry.content or ""))
                self._problem(file, where, "cannot be read", "Is it 'key = words'?")
            elif isinstance(entry, ast.Message):
                span = entry.value.span if entry.value else None
                pattern = source[span.start : span.end] if span else ""
                sentence = Sentence(pattern, file, f"{where}, {entry.id.name}")
                if entry.id.name in self.sentences:
                    self._problem(file, where, f"{entry.id.name} stands twice", "Remove one.")
                self._add(entry, sentence)
        return entries

    def _parse_sentences(self, sentences: Mapping[str, Sentence]) -> Iterator[ast.Message]:
        for key, sentence in sentences.items():
            if not sentence.pattern:
                continue
            entry = plain_message(key, sentence.pattern) or parsed_message(key, sentence.pattern)
            if not isinstance(entry, ast.Message):
                self.unread.add(key)
                what = "cannot be read: a brace { or a variant is not closed"
                self._problem(sentence.file, sentence.where, what, "See content/README.md, words.")
                continue
            if key in self.sentences:
                other = self.sentences[key].file
                self._problem(sentence.file, sentence.where, f"{key} is also in {other}", "Rename.")
            self._add(entry, sentence)
            yield entry

    def _add(self, entry: ast.Message, sentence: Sentence) -> None:
        names = _Names()
        names.visit(entry)
        self.sentences.setdefault(entry.id.name, sentence)
        self.names.setdefault(entry.id.name, names)

    def _problem(self, file: str, where: str, what: str, remedy: str) -> None:
        self.problems.append(Problem(file, where, what, remedy))

    def variables(self, key: str, walked: frozenset[str] = frozenset()) -> frozenset[str]:
        """Return what `key` must be given, counting the sentences it refers to."""
        names = self.names.get(key)
        if names is None or key in walked:
            return frozenset()
        inner = (self.variables(other, walked | {key}) for other in names.references)
        return frozenset(names.variables).union(*inner)


@dataclass(frozen=True, slots=True)
class Checked:
    """Each language's sentences, parsed and as their authors find them, and what is wrong."""

    parsed: Mapping[str, tuple[ast.Resource, ast.Resource]]
    sentences: Mapping[str, Mapping[str, Sentence]]
    problems: Sequence[Problem]


def check_words(files: Files, library: Library) -> Checked:
    """Return the sentences of all languages, and everything that is wrong with them."""
    tongues = {language: _Tongue(language, files, library) for language in files.languages}
    source = tongues[SOURCE_LANGUAGE]
    problems = [p for tongue in tongues.values() for p in tongue.problems]
    unread = {language for language, t in tongues.items() if files.unread.intersection(t.files)}
    if SOURCE_LANGUAGE not in unread:
        problems += _missing_interface(source, library, files)
    for language, tongue in tongues.items():
        problems += () if language in unread else _references(tongue)
        problems += _labels(tongue, library)
        if language != SOURCE_LANGUAGE:
            problems += _compare(source, tongue, language, files) if not unread else ()
            problems += _same_commands(files, language)
            problems += _strays(files, language)
    problems += _placeholders(source, library)
    problems += check_talk(files)
    return Checked(
        {language: (one.interface, one.flows) for language, one in tongues.items()},
        {language: one.sentences for language, one in tongues.items()},
        problems,
    )


def _missing_interface(source: _Tongue, library: Library, files: Files) -> Iterator[Problem]:
    flows_unread = any(name.startswith("flows/") for name in files.unread)
    retries = [f"retry-{kind}-{n}" for kind in KINDS for n in (1, 2, 3)]
    buttons = [f"button-{c}" for c in known_commands(library) - NO_BUTTON]
    kinds = [f"kind-{kind}" for kind in declared()]
    needed = {**SPOKEN, **dict.fromkeys(retries, RETRIES), **dict.fromkeys(buttons, NOTHING)}
    needed |= dict.fromkeys(kinds, COUNTED)
    del needed["crisis-page"]  # missed with its file's other keys
    there = source.sentences.keys() | source.unread
    for key in sorted(set(needed) - there):
        if flows_unread and key.startswith("button-"):
            continue  # it may be in the file that could not be read
        remedy = f'Add {key} = ... (a flow\'s own command: button = "..." in the flow).'
        yield Problem(source.file, key, "is missing", remedy)
    for key in sorted(needed.keys() & source.sentences.keys()):
        for name in sorted(source.variables(key) - needed[key]):
            what = f"mentions {{ ${name} }}, which is not known there"
            remedy = f"Known: {', '.join(sorted(needed[key])) or 'nothing'}."
            yield Problem(source.sentences[key].file, source.sentences[key].where, what, remedy)
    for flow in library.flows.values():
        keys = [s.name for s in flow.steps] + [f"closing-{c.name}" for c in flow.closings]
        keys += [f"{s.name}-short" for s in flow.steps if flow.records]
        for part in keys:
            if f"flow-{flow.id}-{part}" not in there:
                what = f"{part} has no words"
                yield Problem(f"flows/{flow.id}.toml", part, what, "Write ask, say or short.")


def _compare(source: _Tongue, tongue: _Tongue, language: str, files: Files) -> Iterator[Problem]:
    whole = dict(not_begun(files, language))
    yield from whole.values()
    for key, sentence in source.sentences.items():
        if key in tongue.unread or sentence.file in whole or _told(key, files, language):
            continue
        if key not in tongue.sentences:
            file = sentence.file
            own = (
                f"{language}/{file}"
                if file.startswith(("flows/", "skills/", SMALLTALK))
                else file.replace(f"{SOURCE_LANGUAGE}/", f"{language}/")
            )
            where = sentence.where.split(", ", 1)[-1] if own.endswith(".ftl") else sentence.where
            yield Problem(own, where, f"the translation of {key} is missing", _add(key))
        elif source.variables(key) != tongue.variables(key):
            here, there = sorted(tongue.variables(key)), sorted(source.variables(key))
            yield Problem(
                tongue.sentences[key].file,
                tongue.sentences[key].where,
                f"mentions {here or 'no placeholder'}, the English {there or 'none'}",
                "Both must mention the same.",
            )
    for key, sentence in tongue.sentences.items():
        stray = key not in source.sentences and key not in source.unread
        if stray and not key.startswith("skill-"):  # of those `lint_skills` tells
            what = f"{key} is not in the English"
            yield Problem(sentence.file, sentence.where, what, "Remove it, or mend its name.")


def _told(key: str, files: Files, language: str) -> bool:
    """Tell whether what else is said of a skill's translation says that `key` is missing."""
    if not key.startswith("skill-"):
        return False
    words = files.skill_words[language].get(key.split("-")[1], {})
    return key.endswith("-named") or ("-part-" in key and isinstance(words.get("part"), list))


def _add(key: str) -> str:
    if not key.startswith("skill-"):
        return "Add it."
    place = "below" if "-part-" in key else "above"
    return f'Add {key.rpartition("-")[2]} = "...", {place} [part].'


def _references(tongue: _Tongue) -> Iterator[Problem]:
    for key, names in tongue.names.items():
        for other in sorted(names.references - tongue.names.keys() - tongue.unread):
            place = tongue.sentences[key]
            what = f"refers to {{ {other} }}, which there is not"
            yield Problem(place.file, place.where, what, "A placeholder is written { $name }.")


def _placeholders(source: _Tongue, library: Library) -> Iterator[Problem]:
    for flow in library.flows.values():
        given = {*given_domains(library), *flow.given}
        known = set(given)
        parts: list[tuple[str, frozenset[str]]] = []
        for step in flow.steps:
            options = (*step.options, *step.worded)
            parts += [(f"{step.name}-{option}", frozenset()) for option in options]
            parts.append((step.name, frozenset(known)))
            parts.append((f"{step.name}-short", frozenset(given)))
            known.add(step.name)
        parts += [(f"closing-{closing.name}", frozenset(known)) for closing in flow.closings]
        for part, allowed in parts:
            key = f"flow-{flow.id}-{part}"
            for name in sorted(source.variables(key) - allowed):
                place = source.sentences[key]
                what = f"mentions {{ ${name} }}, which is not known there"
                yield Problem(
                    place.file, place.where, what, f"Known: {', '.join(sorted(allowed))}."
                )
    for key, place in source.sentences.items():
        if not key.startswith(("smalltalk-", "skill-")):
            continue
        may = KNOWN if key.startswith("smalltalk-") else KNOWN_TO_SKILLS
        for name in sorted(source.variables(key) - may):
            what = f"mentions {{ ${name} }}, which is not known there"
            yield Problem(place.file, place.where, what, f"Known: {', '.join(sorted(may))}.")


def _labels(tongue: _Tongue, library: Library) -> Iterator[Problem]:
    options = {
        f"flow-{flow.id}-{step.name}-{option}"
        for flow in library.flows.values()
        for step in flow.steps
        for option in (*step.options, *step.worded)
    }
    shorts = {
        f"flow-{flow.id}-{step.name}-short"
        for flow in library.flows.values()
        for step in flow.steps
    }
    for key, sentence in tongue.sentences.items():
        if key in shorts and len(sentence.pattern) > LONGEST_LABEL:
            what = f"a short name with {len(sentence.pattern)} characters"
            remedy = f"{LONGEST_LABEL} fit beside an answer."
            yield Problem(sentence.file, sentence.where, what, remedy)
        if (key in options or key.startswith("button-")) and len(sentence.pattern) > LONGEST_LABEL:
            what = f"a button with {len(sentence.pattern)} characters"
            yield Problem(sentence.file, sentence.where, what, f"{LONGEST_LABEL} fit on a phone.")


def _same_commands(files: Files, language: str) -> Iterator[Problem]:
    for section in ("global", "commands", "answers", "numbers", "places"):
        theirs = files.words.get(SOURCE_LANGUAGE, {}).get(section, {})
        ours = files.words.get(language, {}).get(section, {})
        if section in ("numbers", "places"):
            missing = {str(n) for n in theirs.values()} - {str(n) for n in ours.values()}
        else:
            missing = {k for k in theirs if not k.startswith("lang-")} - set(ours)
        for key in sorted(missing):
            yield Problem(
                f"{language}/words.toml", f"{section}.{key}", "is missing", "Add what people type."
            )


def _strays(files: Files, language: str) -> Iterator[Problem]:
    """Yield what is translated but belongs to nothing: it would be ignored in silence."""
    for flow_id, raw in files.flow_words[language].items():
        file = f"{language}/flows/{flow_id}.toml"
        if flow_id not in files.flows and f"flows/{flow_id}.toml" not in files.unread:
            what = f"there is no flows/{flow_id}.toml that it translates"
            yield Problem(file, "", what, "Remove it, or mend its name.")
        for name, table in raw.items():
            known = {"flow": {"button"}}.get(name, {"ask", "short", "options", "also", "worded"})
            for key in table if isinstance(table, dict) and name != "closing" else ():
                if key not in known:
                    what = f"unknown key {key!r}"
                    yield Problem(file, name, what, f"Known: {', '.join(sorted(known))}.")
