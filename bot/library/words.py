"""Gathers every sentence of every language under one key each, and every typed phrase.

A flow's words get keys like `flow-checkin-mood`, `flow-checkin-mood-short` (what the answer is
called when it is read back), `flow-checkin-used-no` (an option) and `flow-checkin-closing-steady`;
the keys of a language's .ftl files stand as they are written.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.core.content import Phrases
from bot.core.heard import normalise
from bot.library.files import SOURCE_LANGUAGE, Files, Toml
from bot.library.problems import Problem

ANSWERS = (
    *("yes", "sure", "no", "everything", "filler", "counts"),
    *("rated", "feelings", "linking", "articles", "unrated"),
    *("decline", "choosing", "padding", "light", "joints", "doubt"),
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A pattern in Fluent's syntax, and where its author finds it."""

    pattern: str
    file: str
    where: str


def flow_sentences(files: Files, language: str) -> dict[str, Sentence]:
    """Return the sentences of all flows in `language`, by key."""
    found: dict[str, Sentence] = {}
    for flow_id, flow in files.flows.items():
        if language == SOURCE_LANGUAGE:
            file, words = f"flows/{flow_id}.toml", _source_words(flow)
        else:
            file = f"{language}/flows/{flow_id}.toml"
            words = _translated_words(files.flow_words[language].get(flow_id, {}))
        for part, (pattern, where) in words.items():
            command = flow.get("command")
            key = f"button-{command}" if part == "button" else f"flow-{flow_id}-{part}"
            found[key] = Sentence(pattern.strip(), file, where)
    return found


def _source_words(flow: Toml) -> dict[str, tuple[str, str]]:
    words: dict[str, tuple[str, str]] = {}
    if isinstance(flow.get("button"), str):
        words["button"] = (flow["button"], "button")
    for step in _dicts(flow.get("step")):
        words.update(_step_words(str(step.get("name")), step))
    for closing in _dicts(flow.get("closing")):
        name = str(closing.get("name"))
        words[f"closing-{name}"] = (str(closing.get("say", "")), f"closing {name}")
    return words


def _translated_words(raw: Toml) -> dict[str, tuple[str, str]]:
    words: dict[str, tuple[str, str]] = {}
    for name, table in raw.items():
        if not isinstance(table, dict):
            continue
        if name == "flow":
            words["button"] = (str(table.get("button", "")), "flow.button")
        elif name == "closing":
            for closing, said in table.items():
                words[f"closing-{closing}"] = (str(said), f"closing.{closing}")
        else:
            words.update(_step_words(name, table))
    return words


def _step_words(name: str, step: Toml) -> dict[str, tuple[str, str]]:
    words = {name: (str(step.get("ask", "")), f"step {name}, ask")}
    if isinstance(step.get("short"), str):
        words[f"{name}-short"] = (step["short"], f"step {name}, short")
    options = step.get("options")
    for option, label in options.items() if isinstance(options, dict) else ():
        words[f"{name}-{option}"] = (str(label), f"step {name}, option {option}")
    worded = step.get("worded")
    for variant, labels in worded.items() if isinstance(worded, dict) else ():
        for option, label in labels.items() if isinstance(labels, dict) else ():
            where = f"step {name}, option {option} of worded.{variant}"
            words[f"{name}-{option}-{variant}"] = (str(label), where)
    return words


def gather_phrases(files: Files, problems: list[Problem]) -> Phrases:
    """Return what may be typed, of all languages; a phrase with two meanings is a problem."""
    commands: dict[str, str] = {}
    slashes: dict[str, str] = {}
    answers: dict[str, dict[str, str]] = {key: {} for key in ANSWERS}
    days: dict[str, int] = {}
    months: dict[str, int] = {}
    numbers: dict[str, int] = {}
    places: dict[str, int] = {}

    for language in files.languages:
        file = f"{language}/words.toml"
        raw = files.words.get(language, {})

        def claim(phrase: str, command: str, file: str = file) -> None:
            key = normalise(phrase)
            slashes.setdefault(key, command)
            if commands.setdefault(key, command) != command:
                what = f"{phrase!r} means both {commands[key]!r} and {command!r}"
                problems.append(Problem(file, command, what, "Keep it under one of them."))

        for section in ("global", "commands"):
            for command, phrases in _dict(raw.get(section)).items():
                slashes[normalise(command)] = command
                for phrase in _list(phrases):
                    claim(phrase, command)
        for phrase in _list(files.crisis.get(language, {}).get("door")):
            claim(phrase, "crisis", f"{language}/crisis.toml")
        for slash in _list(files.crisis.get(language, {}).get("slashes")):
            slashes[normalise(slash)] = "crisis"
        said = _dict(raw.get("answers"))
        for key, kept in answers.items():
            kept.update({normalise(p): p for p in _list(said.get(key))})
        days.update({normalise(p): 0 for p in _list(said.get("today"))})
        days.update({normalise(p): -1 for p in _list(said.get("yesterday"))})
        months.update({normalise(m): n for n, m in enumerate(_list(said.get("months")), 1)})
        for word, number in _dict(raw.get("numbers")).items():
            if isinstance(number, int):
                numbers[normalise(word)] = number
        for word, place in _dict(raw.get("places")).items():
            if isinstance(place, int):
                places[normalise(word)] = place
    for language, page in files.pages.items():
        for phrase in (*_list(page.get("door")), *_list(page.get("slashes"))):
            commands.setdefault(normalise(phrase), f"crisis-{language}")
        for slash in _list(page.get("slashes")):
            slashes.setdefault(normalise(slash), f"crisis-{language}")
    for both in sorted(set(answers["yes"]) & set(answers["no"])):
        problems.append(
            Problem("*/words.toml", "answers", f"{both!r} means yes and no", "Keep it under one.")
        )
    labels = [files.talk, *files.talk_words.values()]
    for card_id, card in (one for raw in labels for one in _dict(raw.get("card")).items()):
        label = normalise(str(_dict(card).get("button", "")))
        if label and label not in answers["yes"] | answers["no"]:
            commands.setdefault(label, f"care-{card_id}")
    titled = [("", files.skills), *((f"{one}/", ours) for one, ours in files.skill_words.items())]
    for folder, skills in titled:
        for skill_id, skill in skills.items():
            title = normalise(str(skill.get("title", "")))
            if skill_id not in files.skills or not title:
                continue
            owner = commands.setdefault(title, f"do-{skill_id}").removeprefix("do-")
            if owner != skill_id:
                file = f"{folder}skills/{skill_id}.toml"
                what = f"{skill['title']!r} means {owner!r} already"
                problems.append(Problem(file, "title", what, "Choose another."))
    for flow in files.flows.values():
        if isinstance(flow.get("command"), str):
            slashes.setdefault(normalise(flow["command"]), flow["command"])
    return Phrases(
        commands=commands,
        slashes=slashes,
        yes=frozenset(answers["yes"]),
        sure=frozenset(answers["sure"]),
        no=frozenset(answers["no"]),
        numbers=numbers,
        everything=frozenset(answers["everything"]),
        filler=frozenset(answers["filler"]),
        counts=frozenset(answers["counts"]),
        rated=frozenset(answers["rated"]),
        feelings=frozenset(answers["feelings"]),
        linking=frozenset(answers["linking"]),
        articles=frozenset(answers["articles"]),
        unrated=frozenset(answers["unrated"]),
        decline=frozenset(answers["decline"]),
        padding=frozenset(answers["padding"]),
        joints=frozenset(answers["joints"]),
        light=frozenset(answers["light"]),
        choosing=frozenset(answers["choosing"]),
        places=places,
        doubt=frozenset(answers["doubt"]),
        days=days,
        months=months,
    )


def _dict(raw: Any) -> Toml:
    return raw if isinstance(raw, dict) else {}


def _dicts(raw: Any) -> list[Toml]:
    return [one for one in raw if isinstance(one, dict)] if isinstance(raw, list) else []


def _list(raw: Any) -> list[str]:
    return [one for one in raw if isinstance(one, str)] if isinstance(raw, list) else []
