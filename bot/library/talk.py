"""Reads the talk in a hard moment: the cards, their words in every language, and what is wrong.

A card's words get the keys `card-<id>` and `card-<id>-brief`; the button that leads to it is
`button-care-<id>`. The crisis page of a language gets `crisis-page-<language>`, in every language,
because whoever writes in one that has only a page is answered with that page.
"""

from __future__ import annotations

import datetime
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, get_args

from babel import Locale

from bot.core.content import Card
from bot.core.helplines import HelplineKind
from bot.features.care import NEEDED
from bot.features.nearest import ABROAD
from bot.library.files import SOURCE_LANGUAGE, TALK, Files, Toml
from bot.library.problems import Problem
from bot.library.words import Sentence

STRUCTURE = {"calls", "lines", "yes", "no", "unsaid", "go", "offer"}
FACTS = {"source", "checked_on", "evidence", "reviewed_by"}
WORDS = {"say", "brief", "button"}
LONGEST_ID = 12
"""A button carries `go.care-<id>`, and a platform gives it 20 bytes."""

SHORTEST_ID = 3
"""One of two letters would be taken for a language where sentences are read for their wording."""

LONGEST_PAGE = 450
"""Two pages together are one message of at most 900 characters."""


def build_cards(files: Files, problems: list[Problem]) -> dict[str, Card]:
    """Return the cards by id; whatever is wrong with the file is added to `problems`."""
    cards: dict[str, Card] = {}
    for card_id, raw in cards_in(files.talk).items():
        problems += _structure(card_id, raw)
        cards[card_id] = Card(
            id=card_id,
            calls=raw.get("calls") is True,
            lines=tuple(raw.get("lines", ())),
            yes=str(raw.get("yes", "")),
            no=str(raw.get("no", "")),
            unsaid=str(raw.get("unsaid", "")),
            go=tuple(raw.get("go", ())),
            offer=tuple(raw.get("offer", ())),
            brief="brief" in raw,
        )
    for missing in sorted(NEEDED - cards.keys()):
        what = "is missing, and the program names it"
        problems.append(Problem(TALK, f"card.{missing}", what, "Put it back."))
    for card in cards.values():
        for other in (card.yes, card.no, card.unsaid, *card.go):
            if other and other not in cards:
                what = f"leads to {other!r}, which there is not"
                problems.append(Problem(TALK, f"card.{card.id}", what, "Mend the name."))
    return cards


def talk_sentences(files: Files, language: str) -> dict[str, Sentence]:
    """Return the words of all cards in `language`, and every language's crisis page, by key."""
    source = language == SOURCE_LANGUAGE
    raw = files.talk if source else files.talk_words.get(language, {})
    file = TALK if source else f"{language}/talk.toml"
    found: dict[str, Sentence] = {}
    for card_id, card in cards_in(raw).items():
        for key, name in (
            ("say", f"card-{card_id}"),
            ("brief", f"card-{card_id}-brief"),
            ("button", f"button-care-{card_id}"),
        ):
            if isinstance(card.get(key), str):
                found[name] = Sentence(card[key].strip(), file, f"card.{card_id}, {key}")
    for one, page_file, page in pages(files):
        if isinstance(page.get("page"), str):
            found[f"crisis-page-{one}"] = Sentence(page["page"].strip(), page_file, "page")
    return found


def country_sentences(codes: Iterable[str], language: str) -> dict[str, Sentence]:
    """Return the name of each country in `language`, as Unicode has it, under `country-<code>`.

    "abroad" names a number for each country the talk may have one for, where it is not "none".
    """
    names = Locale(language).territories
    found = {
        f"country-{code.lower()}": Sentence(names.get(code, code), "helplines.toml", code)
        for code in codes
    }
    parts = "".join(_where_known(code.lower(), names[code]) for code in ABROAD)
    found["abroad"] = Sentence(parts, "helplines.toml", "abroad")
    return found


def _where_known(code: str, name: str) -> str:
    return f'{{ ${code} ->\n[none] {{""}}\n*[some] {name}: **{{ ${code} }}**.{{" "}}\n}}'


def pages(files: Files) -> Iterator[tuple[str, str, Toml]]:
    """Yield every language that has a crisis page, its file, and what is in it."""
    for language in files.languages:
        yield language, f"{language}/crisis.toml", files.crisis.get(language, {})
    for language, raw in files.pages.items():
        yield language, f"crisis/{language}.toml", raw


def page_alone(folder: Path, language: str) -> str:
    """Return the crisis page for a time when the rest of the content cannot be used; "" if none.

    It is read by itself: the client's language if there is a page in it, else any there is.
    """
    files = sorted((*folder.glob("*/crisis.toml"), *folder.glob("crisis/??.toml")))
    named = {path.parent.name if path.stem == "crisis" else path.stem: path for path in files}
    for one in dict.fromkeys((language, SOURCE_LANGUAGE, *named)):
        try:
            page = tomllib.loads(named[one].read_text(encoding="utf-8")).get("page")
        except (KeyError, OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
            continue
        if isinstance(page, str) and page.strip():
            return page.strip().replace("**", "")
    return ""


def check_talk(files: Files) -> Iterator[Problem]:
    """Yield what is missing: words of a card in a language, a page, or a page's sources."""
    for language, file, raw in pages(files):
        for key in ("page", "door", "slashes", "sources", "checked_on"):
            if not raw.get(key):
                remedy = "The crisis page may not do without it."
                yield Problem(file, key, "is missing", remedy)
        if raw.get("checked_on") and not isinstance(raw["checked_on"], datetime.date):
            yield Problem(file, "checked_on", "is not a date", "Like checked_on = 2026-11-23.")
        length = len(str(raw.get("page", "")).strip())
        if length > LONGEST_PAGE:
            what = f"the page of {language} has {length} characters"
            yield Problem(file, "page", what, f"At most {LONGEST_PAGE}: shorten.")
    for card_id, raw in cards_in(files.talk).items():
        for language in files.talk_words:
            theirs = cards_in(files.talk_words[language]).get(card_id, {})
            for key in sorted(WORDS & set(raw)):
                if not theirs.get(key):
                    where = f"card.{card_id}, {key}"
                    yield Problem(f"{language}/talk.toml", where, "is missing", "Add it.")
    for language, words in files.talk_words.items():
        for card_id, theirs in cards_in(words).items():
            known = WORDS & set(cards_in(files.talk).get(card_id, {}))
            for key in sorted(set(theirs) - known):
                what = f"there is no {key!r} to translate"
                yield Problem(f"{language}/talk.toml", f"card.{card_id}", what, "Remove it.")


def cards_in(raw: Toml) -> dict[str, Any]:
    """Return the tables of the cards in a talk file, by id."""
    cards = raw.get("card", {})
    return {key: one for key, one in cards.items() if isinstance(one, dict)}


def _structure(card_id: str, raw: Toml) -> Iterator[Problem]:
    where = f"card.{card_id}"
    for key in ("say", "button"):
        if not raw.get(key):
            yield Problem(TALK, where, f"{key} is missing", f"Add {key} = ...")
    for key in sorted(set(raw) - STRUCTURE - WORDS - FACTS):
        known = ", ".join(sorted(STRUCTURE | WORDS | FACTS))
        yield Problem(TALK, where, f"unknown key {key!r}", f"Known: {known}.")
    for kind in raw.get("lines", ()):
        if kind not in get_args(HelplineKind):
            known = ", ".join(get_args(HelplineKind))
            yield Problem(TALK, where, f"unknown kind of line {kind!r}", f"Known: {known}.")
    if len(card_id) < SHORTEST_ID:
        yield Problem(TALK, where, "the id is too short", f"{SHORTEST_ID} letters or more.")
    if len(card_id) > LONGEST_ID:
        what = f"the id has {len(card_id)} characters"
        yield Problem(TALK, where, what, f"{LONGEST_ID} fit into a button.")
    if raw.get("calls") and raw.get("brief"):
        what = "an emergency is never shortened"
        yield Problem(TALK, where, what, "Take `brief` out.")
