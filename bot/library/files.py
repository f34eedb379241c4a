"""Reads the content folder into plain tables, noting what cannot be read at all.

Layout: `flows/<id>.toml`, `skills/<id>.toml`, `crisis/talk.toml` and `smalltalk.toml` (structure
and English words) and, per language, `<lang>/interface.ftl` (and any other `<lang>/*.ftl`),
`<lang>/words.toml`, `<lang>/crisis.toml`, and with words alone `<lang>/flows/<id>.toml`,
`<lang>/skills/<id>.toml`, `<lang>/talk.toml` and `<lang>/smalltalk.toml`. A language with only a
crisis page has `crisis/<lang>.toml`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from babel import localedata

import bot
from bot.library.problems import Problem
from bot.library.slips import slip

SOURCE_LANGUAGE = "en"
TALK = "crisis/talk.toml"
SMALLTALK = "smalltalk.toml"
LANGUAGE_FILES = ("interface.ftl", "words.toml", "crisis.toml")
"""What every language needs; a folder with one of them is a language that lacks the others."""
SHARED = frozenset({"flows", "skills", "crisis", "safety"})
"""Folders that are no language, whatever a file in them is called."""

Toml = Mapping[str, Any]


@dataclass(slots=True)
class Files:
    """Everything in the folder, parsed but not yet understood; keyed by id or by language.

    `interface` holds the sources of a language's .ftl files by their names.

    `unread` names the files that could not be read or parsed: one problem each, and nothing that
    merely follows from it is reported.
    """

    flows: dict[str, Toml] = field(default_factory=dict)
    flow_words: dict[str, dict[str, Toml]] = field(default_factory=dict)
    skills: dict[str, Toml] = field(default_factory=dict)
    skill_words: dict[str, dict[str, Toml]] = field(default_factory=dict)
    interface: dict[str, dict[str, str]] = field(default_factory=dict)
    words: dict[str, Toml] = field(default_factory=dict)
    crisis: dict[str, Toml] = field(default_factory=dict)
    pages: dict[str, Toml] = field(default_factory=dict)
    talk: Toml = field(default_factory=dict)
    talk_words: dict[str, Toml] = field(default_factory=dict)
    smalltalk: dict[str, Toml] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)

    @property
    def flows_unread(self) -> bool:
        """Whether a flow file cannot be read, so that names it defines are unknown."""
        return any(name.startswith("flows/") for name in self.unread)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages there are, the source language first."""
        others = sorted(set(self.interface) - {SOURCE_LANGUAGE})
        return (SOURCE_LANGUAGE, *others)

    def note(self, name: str, where: str, what: str, remedy: str) -> None:
        """Remember that the file `name` is not usable, and why."""
        self.unread.add(name)
        self.problems.append(Problem(name, where, what, remedy))


def content_folder() -> Path:
    """Return where the content is: inside the installed package, or beside it in a checkout."""
    package = Path(bot.__file__).parent
    installed = package / "_content"
    return installed if installed.is_dir() else package.parent / "content"


def read_files(folder: Path) -> Files:
    """Return what `folder` holds; a missing or malformed file is a problem, not an exception."""
    files = Files()
    for path in sorted(folder.glob("flows/*.toml")):
        flow = _toml(path, folder, files)
        if path.relative_to(folder).as_posix() not in files.unread:
            files.flows[path.stem] = flow
    for path in sorted(folder.glob("skills/*.toml")):
        skill = _toml(path, folder, files)
        if path.relative_to(folder).as_posix() not in files.unread:
            files.skills[path.stem] = skill
    files.talk = _toml(folder / TALK, folder, files)
    for path in sorted(folder.glob("crisis/??.toml")):
        files.pages[path.stem] = _toml(path, folder, files)
    for language in sorted({SOURCE_LANGUAGE, *languages_with(folder, *LANGUAGE_FILES)}):
        if not localedata.exists(language):
            remedy = "Name the folder by its language, like es, or keep it elsewhere."
            files.problems.append(Problem(language, "", "is no language that we know", remedy))
            continue
        here = folder / language
        files.interface[language] = {
            path.relative_to(folder).as_posix(): _read(path, folder, files)
            for path in sorted({here / "interface.ftl", *here.glob("*.ftl")})
        }
        files.words[language] = _toml(here / "words.toml", folder, files)
        files.crisis[language] = _toml(here / "crisis.toml", folder, files)
        if language != SOURCE_LANGUAGE:
            files.talk_words[language] = _toml(here / "talk.toml", folder, files)
        there = folder if language == SOURCE_LANGUAGE else here
        files.smalltalk[language] = _toml(there / SMALLTALK, folder, files)
        files.flow_words[language] = {
            path.stem: _toml(path, folder, files) for path in sorted(here.glob("flows/*.toml"))
        }
        if language != SOURCE_LANGUAGE:
            files.skill_words[language] = {
                path.stem: _toml(path, folder, files) for path in sorted(here.glob("skills/*.toml"))
            }
    return files


def languages_with(folder: Path, *names: str) -> set[str]:
    """Return the folders of languages that hold a file called one of `names`."""
    found = {path.parent.name for name in names for path in folder.glob(f"*/{name}")}
    return found - SHARED


def _read(path: Path, folder: Path, files: Files) -> str:
    name = path.relative_to(folder).as_posix()
    try:
        return path.read_text(encoding="utf-8-sig")  # some editors put a mark before the text
    except FileNotFoundError:
        files.note(name, "", "is missing", "Every language needs this file.")
    except (OSError, UnicodeDecodeError) as error:
        what = f"cannot be read ({type(error).__name__})"
        files.note(name, "", what, "Save it as UTF-8 text, readable by you.")
    return ""


def _toml(path: Path, folder: Path, files: Files) -> Toml:
    source = _read(path, folder, files)
    try:
        return tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        files.note(path.relative_to(folder).as_posix(), *slip(source, str(error)))
        return {}


def check_names(folder: Path) -> Iterator[Problem]:
    """Yield each file that was meant to be read, and is passed over because of its name."""
    for kind in ("flows", "skills"):
        for path in sorted([*folder.glob(f"{kind}/*"), *folder.glob(f"*/{kind}/*")]):
            meant = path.suffix.lower() in ("", ".txt", ".toml") and not path.name.startswith(".")
            if meant and path.suffix != ".toml" and path.is_file():
                name = path.relative_to(folder).as_posix()
                yield Problem(name, "", "is not read: its name must end in .toml", "Rename it.")
