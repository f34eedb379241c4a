"""Loads the content folder, or refuses it with every reason at once."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from bot.core.content import Library
from bot.library.familyfiles import lazy_screen
from bot.library.files import read_files
from bot.library.flowfiles import build_flow
from bot.library.helplines import HelplineFiles, read_helplines
from bot.library.lint import lint_flows
from bot.library.origins import check_facts, read_origins
from bot.library.places import lazy_places
from bot.library.problems import ContentBroken, Problem
from bot.library.render import Lexicon
from bot.library.skillfiles import build_skills, lint_skills
from bot.library.skillnames import lint_names
from bot.library.smalltalk import build_smalltalk, lazy_ears, lint_smalltalk
from bot.library.talk import build_cards, pages
from bot.library.wordlint import check_words
from bot.library.words import gather_phrases


@dataclass(frozen=True, slots=True)
class Content:
    """What the program needs of the content: structure for the core, words for the shell.

    `helplines` says where the library's helplines come from, and why an operator's are not used.
    """

    library: Library
    lexicon: Lexicon
    helplines: HelplineFiles = field(default_factory=HelplineFiles)


def load_content(folder: Path, helplines_file: Path | None = None) -> Content:
    """Return the content in `folder`; raises ContentBroken with everything that is wrong.

    `helplines_file` is an operator's own, laid over ours; a mistake in it raises nothing. Wordings
    of the crisis floor are read when a message may need them; what is wrong with those files,
    `alongside content check` says.
    """
    if not folder.is_dir():
        remedy = "Name the folder that holds flows/ and the languages."
        raise ContentBroken([Problem(str(folder), "", "there is no such folder", remedy)])
    files = read_files(folder)
    problems: list[Problem] = list(files.problems)
    flows = {
        flow_id: flow
        for flow_id in files.flows
        if (flow := build_flow(flow_id, files, problems)) is not None
    }
    phrases = gather_phrases(files, problems)
    helplines = read_helplines(folder, helplines_file)
    problems += helplines.problems
    smalltalk = build_smalltalk(files, problems)
    library = Library(
        flows,
        phrases,
        files.languages,
        lazy_screen(folder),
        build_cards(files, problems),
        helplines.lines,
        tuple(one for one, _, _ in pages(files)),
        smalltalk=smalltalk,
        skills=build_skills(files, problems),
        overhear=lazy_ears(folder, files, smalltalk),
        places=lazy_places(folder, files.languages),
    )
    problems += lint_flows(library, flows_unread=files.flows_unread)
    problems += lint_smalltalk(files, library)
    problems += lint_skills(files, library)
    problems += lint_names(library)
    words = check_words(files, library)
    wrong = [*words.problems, *check_facts(files)]
    problems += [one for one in wrong if one.file not in files.unread]
    if problems:
        raise ContentBroken(problems)
    library = replace(library, origins=read_origins(files, words.sentences))
    return Content(library, Lexicon(words.parsed), helplines)
