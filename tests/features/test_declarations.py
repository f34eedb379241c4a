"""What features declare is what they do, and every sentence the code names is there, and used."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import get_args

from fluent.syntax import FluentParser
from fluent.syntax import ast as ftl
from fluent.syntax.visitor import Visitor

import adapters
import bot
from bot.conversation.intent import GLOBAL_WORDS
from bot.conversation.openflow import endings
from bot.conversation.step import commands, named, visitors
from bot.core.content import StepKind
from bot.core.heard import normalise
from bot.core.skills import CAUTIONS
from bot.core.text import plain, text
from bot.features import FEATURES
from bot.features.scene import Keeps
from bot.library.files import content_folder, read_files
from bot.library.lint import NEEDED_FLOWS, known_commands
from bot.library.render import Unrenderable
from bot.library.spoken import SPOKEN
from bot.library.talk import country_sentences, talk_sentences
from bot.library.words import flow_sentences
from tests.worlds import content

PACKAGES = [folder for package in (bot, adapters) for folder in package.__path__]
CODE = sorted(file for folder in PACKAGES for file in Path(folder).rglob("*.py"))
LIBRARY = content().library


class _References(Visitor):
    """Collects the sentences that a sentence refers to."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def visit_MessageReference(self, node: ftl.MessageReference) -> None:
        self.found.add(node.id.name)


def entries(source: str) -> list[ftl.Message]:
    return [one for one in FluentParser().parse(source).body if isinstance(one, ftl.Message)]


def interface(language: str = "en") -> str:
    files = sorted((content_folder() / language).glob("*.ftl"))
    return "\n".join(one.read_text(encoding="utf-8") for one in files)


def flow_patterns() -> dict[str, str]:
    files = read_files(content_folder())
    sentences = {**flow_sentences(files, "en"), **talk_sentences(files, "en")}
    sentences |= country_sentences(countries(), "en")
    return {key: sentence.pattern for key, sentence in sentences.items()}


def countries() -> list[str]:
    return sorted({code for line in LIBRARY.helplines for code in line.countries})


def said_by_content() -> set[str]:
    """Return the keys that other sentences refer to, in the interface and in the flows."""
    references = _References()
    for message in entries(interface()):
        references.visit(message)
    for key, pattern in flow_patterns().items():
        indented = pattern.replace("\n", "\n    ")
        for message in entries(f"{key} =\n    {indented}\n"):
            references.visit(message)
    return references.found


def calls(name: str) -> Iterator[tuple[Path, ast.Call]]:
    for file in CODE:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _called(node) == name:
                yield file, node


def _called(call: ast.Call) -> str:
    if isinstance(call.func, ast.Name):
        return call.func.id
    return call.func.attr if isinstance(call.func, ast.Attribute) else ""


def literals(name: str) -> set[str]:
    """Return every string written out in the first argument of a call of `name`."""
    return {
        node.value
        for _, call in calls(name)
        for first in call.args[:1]
        if not isinstance(first, ast.JoinedStr)
        for node in ast.walk(first)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def strings() -> set[str]:
    return {
        node.value
        for file in CODE
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def computed() -> set[str]:
    """Return the keys that code puts together: by kind of step, command and kind of record."""
    retries = {f"retry-{kind}-{n}" for kind in get_args(StepKind) for n in (1, 2, 3)}
    agreeing = {f"button-{kind}-{word}" for kind in ("yes-no", "confirm") for word in ("yes", "no")}
    days = {"button-today", "button-yesterday"}
    kinds = {f"kind-{kind}" for kind in declared()}
    cautions = {f"caution-{one}" for one in CAUTIONS}
    return (
        retries
        | agreeing
        | days
        | kinds
        | cautions
        | {f"button-{one}" for one in known_commands(LIBRARY)}
    )


MOVES = {"care-elsewhere"}
"""Buttons of the talk in a hard moment that lead to no card."""

KEYS = {message.id.name for message in entries(interface())}
KNOWN = KEYS | set(flow_patterns()) | {"crisis-page"}


# --- sentences --------------------------------------------------------------------------------


def test_every_sentence_that_code_names_is_there() -> None:
    named = literals("text")
    assert len(named) > 30, "the search for text(...) finds nothing any more"
    assert named <= KNOWN, sorted(named - KNOWN)


def test_the_list_that_the_check_goes_by_is_what_code_says() -> None:
    said = {key for key in strings() if key in KEYS | {"crisis-page", "abroad"}}
    elsewhere = literals("text") | {
        key for key in said if not key.startswith(("button-", "retry-"))
    }
    elsewhere = {key for key in elsewhere if not key.startswith("card-")}
    elsewhere |= {f"button-{one}" for one in literals("go") if one in MOVES}
    agreeing = {key for key in computed() if key.startswith(("button-yes-no-", "button-confirm-"))}
    days = {"button-today", "button-yesterday"}
    cautions = {f"caution-{one}" for one in CAUTIONS}
    assert {*SPOKEN} == elsewhere | agreeing | days | cautions


def test_every_button_that_code_names_is_there_and_does_something() -> None:
    named = literals("go")
    assert len(named) > 5, "the search for go(...) finds nothing any more"
    assert {f"button-{one}" for one in named} <= KNOWN
    cards = {f"care-{one}" for one in LIBRARY.cards}
    assert named <= known_commands(LIBRARY) | cards | MOVES


def test_every_computed_sentence_is_there() -> None:
    without = {f"button-{one}" for one in ("start", "stop", "back", "skip")}
    assert computed() - without <= KNOWN, sorted(computed() - without - KNOWN)


def test_every_offer_of_a_flow_has_a_button() -> None:
    offers = {
        one for f in LIBRARY.flows.values() for closing in f.closings for one in closing.offer
    }
    offers |= {flow.correct for flow in LIBRARY.flows.values()}
    assert {f"button-{one}" for one in offers if one} <= KNOWN


def test_every_sentence_that_is_written_is_said() -> None:
    said = strings() | said_by_content() | computed() | {f"button-{one}" for one in MOVES}
    assert said >= KEYS, f"nobody says {sorted(KEYS - said)}"


def test_no_language_has_a_sentence_of_its_own() -> None:
    for language in LIBRARY.languages:
        assert {message.id.name for message in entries(interface(language))} == KEYS


def test_every_sentence_is_said_in_every_language_as_plain_words() -> None:
    """A sentence without arguments can be drawn as it is, and leaves no markup behind."""
    drawn = 0
    for key in KNOWN:
        for language in LIBRARY.languages:
            with suppress(Unrenderable):
                words = plain(content().lexicon.render(text(key), language))
                drawn += 1
                assert words.strip(), key
                assert not set("*{}") & set(words), words
    assert drawn > 200


# --- words people type ------------------------------------------------------------------------


def test_no_answer_of_a_flow_is_a_word_that_always_works() -> None:
    """Otherwise that answer could be read on a button but never be typed."""
    taken = [
        f"{flow.id}.{step.name}: {phrase!r} is {LIBRARY.phrases.commands[phrase]}"
        for flow in LIBRARY.flows.values()
        for step in flow.steps
        for phrase in step.heard
        if step.kind != "guide"  # whose moves come before those words
        if LIBRARY.phrases.commands.get(phrase) in GLOBAL_WORDS
    ]
    assert taken == []


def test_no_word_that_always_works_agrees_or_declines() -> None:
    always = {p for p, command in LIBRARY.phrases.commands.items() if command in GLOBAL_WORDS}
    assert always & (LIBRARY.phrases.yes | LIBRARY.phrases.no) == set()
    assert always & set(LIBRARY.phrases.numbers) == set()


def test_every_button_of_a_command_can_be_typed_out() -> None:
    """Where labels are only read, as in a terminal or by a screen reader, saying them works."""
    answers_alone = {"button-next", "button-today", "button-yesterday", "button-rather-not"}
    answers_alone |= {"button-older"}  # which page it turns to is in its button
    agreed = LIBRARY.phrases.yes | LIBRARY.phrases.no
    unknown = []
    for key in sorted(KNOWN):
        if not key.startswith("button-") or key in answers_alone or "-yes" in key or "-no" in key:
            continue
        for language in LIBRARY.languages:
            label = content().lexicon.label(text(key), language)
            if normalise(label) not in LIBRARY.phrases.commands.keys() | agreed:
                unknown.append(f"{language}: {label}")
    assert unknown == []


# --- features ---------------------------------------------------------------------------------


def declared() -> dict[str, Keeps]:
    return {keeps.kind: keeps for feature in FEATURES for keeps in feature.keeps}


def test_every_kind_of_record_is_declared_or_belongs_to_a_flow_that_is_content_alone() -> None:
    """Authors may add kinds in files; what code knows about, code must declare."""
    known_to_code = {*endings(), *NEEDED_FLOWS}
    for flow in LIBRARY.flows.values():
        if flow.records and flow.records not in declared():
            assert flow.id not in known_to_code, f"{flow.records} is kept but not declared"


def test_every_kind_that_is_declared_is_kept_by_some_flow() -> None:
    kept_by_code = {"crisis"}
    assert set(declared()) <= {flow.records for flow in LIBRARY.flows.values()} | kept_by_code


def test_records_are_made_in_one_place_which_asks_for_consent() -> None:
    """What a form keeps is made in scene.py; what is kept of a hard moment, in care.py.

    In kept.py what was kept already is written anew without what was to be erased.
    """
    assert {file.name for file, _ in calls("Record")} == {"scene.py", "care.py", "kept.py"}


def test_every_declaration_says_what_why_and_until_when() -> None:
    for keeps in declared().values():
        assert all(sentence.strip() for sentence in (keeps.what, keeps.why, keeps.until))
    assert len(declared()) == sum(len(feature.keeps) for feature in FEATURES)


def test_no_two_features_claim_the_same() -> None:
    names = [feature.name for feature in FEATURES]
    given = [command for feature in FEATURES for command in feature.commands]
    ended = [flow for feature in FEATURES for flow in feature.endings]
    for claimed in (names, given, ended):
        assert sorted(claimed) == sorted(set(claimed))
    assert set(endings()) <= set(LIBRARY.flows)


def test_every_feature_is_in_the_list() -> None:
    files = {
        file.stem
        for file in CODE
        if file.parent.name == "features" and "FEATURE = Feature(" in file.read_text("utf-8")
    }
    assert files == {feature.name for feature in FEATURES}


def test_what_a_visitor_may_do_can_be_done() -> None:
    languages = LIBRARY.languages
    assert visitors(languages) <= {*commands(languages), *named()}
    assert {f"lang-{one}" for one in languages} <= visitors(languages)
    assert "forget" in visitors(languages)
    assert "privacy" in visitors(languages)


def test_every_command_can_be_given_in_words_and_with_a_slash() -> None:
    phrases = LIBRARY.phrases
    for command in known_commands(LIBRARY):
        assert command in phrases.slashes.values(), f"/{command} is not known"
        assert command in phrases.commands.values(), f"no words for {command}"
