"""A skill is one file, its translation one more, as the guide says; a mistake is told as such."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.library.files import Files, check_names, content_folder, read_files
from bot.library.load import load_content
from bot.library.problems import Problem
from bot.library.skillfiles import KEYS, PART_KEYS, build_skills, lint_skills
from bot.library.skillnames import lint_names
from bot.library.wording import check_wording
from tests.library.garden import few_words, problems_in, with_skills
from tests.worlds import content

GUIDE = content_folder() / "README.md"
SKILLS_IN_THE_GUIDE = GUIDE.read_text(encoding="utf-8").partition("## A coping skill in one file")[
    2
]
ENGLISH, SPANISH = re.findall(r"```toml\n(.*?)```", SKILLS_IN_THE_GUIDE, re.S)[:2]

Raw = dict[str, Any]


def problems(change: Callable[[Raw], object]) -> list[Problem]:
    """Return what is said of the guide's skill after `change`."""
    raw = deepcopy(tomllib.loads(ENGLISH))
    change(raw)
    found: list[Problem] = []
    build_skills(Files(skills={"window": raw}), found)
    return found


def short(raw: Raw) -> list[Raw]:
    """Return the parts that move by themselves, as less than a minute."""
    far, breath, _ = raw["part"]
    return [{**far, "seconds": 9}, breath]


def test_the_skill_of_the_guide_is_a_skill_as_it_stands(tmp_path: Path) -> None:
    here = with_skills(tmp_path / "content")
    (here / "skills/window.toml").write_text(ENGLISH, encoding="utf-8")
    (missing,) = problems_in(here)
    assert missing.file == "es/skills/window.toml"
    assert "closing, and below [part] far, breath, near." in missing.remedy
    (here / "es/skills/window.toml").write_text(SPANISH, encoding="utf-8")
    library = load_content(here).library
    assert library.skills["window"].parts[1].lasts() == 50
    assert library.phrases.commands["look out"] == "do-window"
    assert library.phrases.commands["mira lejos"] == "do-window"


def test_a_file_may_be_called_like_one_of_a_language(tmp_path: Path) -> None:
    here = few_words(tmp_path / "content")
    (here / "skills").mkdir()
    for name in ("words", "crisis", "wording"):
        for folder in ("skills", "flows"):
            (here / f"{folder}/{name}.toml").write_text(f'id = "{name}"', encoding="utf-8")
    files = read_files(here)
    assert files.languages == ("en", "es")
    assert {"words", "crisis", "wording"} <= files.skills.keys() & files.flows.keys()
    assert check_wording(here) == []


def test_a_mistake_in_a_skill_is_one_problem(tmp_path: Path) -> None:
    here = with_skills(tmp_path / "content")
    (here / "skills/window.toml").write_text(ENGLISH.replace("tier = 3", "tier = 4"), "utf-8")
    (here / "es/skills/window.toml").write_text(SPANISH, encoding="utf-8")
    assert [(one.file, one.where) for one in problems_in(here)] == [("skills/window.toml", "tier")]


def test_the_guide_names_every_key() -> None:
    told = set(re.findall(r"`([a-z_]+)`", GUIDE.read_text(encoding="utf-8")))
    assert {*KEYS, *PART_KEYS, "source"} - {"part", "evidence", "was"} <= told
    rows = SKILLS_IN_THE_GUIDE.splitlines()
    assert ["was = [" in row for row in rows if row.startswith(("| `id`", "| `name`"))] == [
        True
    ] * 2


@pytest.mark.parametrize(
    ("change", "where", "what"),
    [
        (lambda raw: raw.pop("tier"), "tier", "is missing"),
        (lambda raw: raw.pop("not_when"), "not_when", "is missing"),
        (lambda raw: raw.update(id="other"), "id", "is not the file's name"),
        (lambda raw: raw.update(was=["Old"]), "was", "'Old' was never a name"),
        (lambda raw: raw.update(states=["wrath"]), "states", "unknown 'wrath'"),
        (lambda raw: raw.update(states=[]), "states", "names none"),
        (lambda raw: raw.update(cautions=["heart"]), "cautions", "unknown 'heart'"),
        (lambda raw: raw.update(not_at=["noon"]), "not_at", "unknown 'noon'"),
        (lambda raw: raw.update(category="magic"), "category", "unknown 'magic'"),
        (lambda raw: raw.update(tier=4), "tier", "is not 1, 2 or 3"),
        (lambda raw: raw.update(tier="1"), "tier", "not written as it must be"),
        (lambda raw: raw.update(title="x" * 29), "title", "is too long"),
        (lambda raw: raw.update(about="x" * 111), "about", "is too long"),
        (lambda raw: raw.update(colour="blue"), "colour", "unknown key"),
        (lambda raw: raw.update(minutes=9), "minutes", "lasts 90 seconds, and 30 for parts"),
        (lambda raw: raw.update(part=raw["part"][:1]), "part", "has fewer than two"),
        (lambda raw: raw["part"][0].update(name="x"), "part x", "is not three to eleven"),
        (lambda raw: raw["part"][0].pop("name"), "part 1", "has no name"),
        (lambda raw: raw["part"][0].update(name="near"), "part near", "has no name of its own"),
        (lambda raw: raw["part"][0].update(say=" "), "part far", "says nothing"),
        (lambda raw: raw["part"][0].update(say="x" * 421), "part far", "says too much"),
        (lambda raw: raw["part"][0].update(wait=3), "part far", "unknown key"),
        (lambda raw: raw["part"][0].update(times=3), "part far", "breath is not two to four"),
        (lambda raw: raw["part"][1].update(breath=[4]), "part breath", "breath is not two to four"),
        (lambda raw: raw["part"][1].update(breath=[4, 60]), "part breath", "not two to four"),
        (lambda raw: raw["part"][1].update(seconds=3), "part breath", "needs times, and no"),
        (lambda raw: raw["part"][1].update(breath=[0, 0]), "part breath", "in or out takes no"),
        (lambda raw: raw["part"][1].update(breath=[4, 9, 0]), "part breath", "in or out takes no"),
        (lambda raw: raw["part"][0].update(seconds=-5), "part far", "lasts less than a second"),
        (lambda raw: raw["part"][0].update(seconds=0), "part far", "lasts less than a second"),
        (lambda raw: raw.update(minutes=0, part=short(raw)), "minutes", "not 0 minutes"),
    ],
)
def test_a_mistake_is_told_where_it_is(
    change: Callable[[Raw], object], where: str, what: str
) -> None:
    assert any(one.where == where and what in one.what for one in problems(change))


def test_only_holding_and_waiting_may_take_no_time() -> None:
    assert problems(lambda raw: raw["part"][1].update(breath=[4, 0, 6, 0])) == []


@pytest.mark.parametrize(
    ("old", "new", "where", "remedy"),
    [
        ('["anxiety", "bored"]', '["anxiety" "bored"]', "line 3", "A comma is missing"),
        ('["anxiety", "bored"]', '["anxiety", "bored"', "line 4", "or in the line above"),
        ('"grounding"', "\u201cgrounding\u201d", "line 2", "Type straight quotes"),
        ('"Look out"', '"Look out\u201d', "line 8", "Type straight quotes"),
        ('"Look out"', '"Look out', "line 8", "The quote at the end is missing"),
        ('"Look out"', "Look out", "line 8", "Words stand in quotes"),
        ('"Look out"', '"Look "out""', "line 8", "a quote among the words"),
        ('title = "Look out"', 'title: "Look out"', "line 8", "Write name = value"),
        ('[[part]]\nname = "near"', '[part]\nname = "near"', "line 24", "is like [[part]]"),
        ('name = "near"', 'name = "near"\nname = "nigh"', "line 26", "The same stands above"),
    ],
)
def test_a_slip_of_the_hand_is_shown_and_nothing_is_said_of_the_translation(
    tmp_path: Path, old: str, new: str, where: str, remedy: str
) -> None:
    here = with_skills(tmp_path / "content")
    assert ENGLISH.count(old) == 1
    (here / "skills/window.toml").write_text(ENGLISH.replace(old, new), encoding="utf-8")
    (here / "es/skills/window.toml").write_text(SPANISH, encoding="utf-8")
    (told,) = problems_in(here)
    line = (here / "skills/window.toml").read_text("utf-8").splitlines()[int(where[5:]) - 1]
    assert (told.file, told.where) == ("skills/window.toml", where)
    assert told.what == f"cannot be read: {line}"
    assert remedy in told.remedy


@pytest.mark.parametrize(
    ("old", "new", "where", "what", "remedy"),
    [
        ("[part]", "[[part]]", "part", "two pairs of brackets", "write [part] once"),
        ("near =", "nigh =", "part nigh", "no such part in the English", "mend its name"),
        ('title = "Mira lejos"', "", "title", "is missing", 'Add title = "...", above [part].'),
        ("Mira lejos", "Agua y algo de comer", "title", "means 'water' already", "Choose"),
    ],
)
def test_a_slip_in_a_translation_is_told_once(
    tmp_path: Path, old: str, new: str, where: str, what: str, remedy: str
) -> None:
    here = with_skills(tmp_path / "content")
    assert SPANISH.count(old) == 1
    (here / "skills/window.toml").write_text(ENGLISH, encoding="utf-8-sig")  # as Notepad does
    (here / "es/skills/window.toml").write_text(SPANISH.replace(old, new), encoding="utf-8")
    told = [one for one in problems_in(here) if one.where == where]
    assert [(what in one.what, remedy in one.remedy) for one in told] == [(True, True)]


def test_what_stands_in_the_wrong_place_is_told_where_it_belongs() -> None:
    def remedy(change: Callable[[Raw], object], where: str) -> str:
        return next(one.remedy for one in problems(change) if one.where == where)

    assert "above the first [[part]]" in remedy(
        lambda raw: raw["part"][2].update(closing=raw.pop("closing")), "part near"
    )
    assert "below a [[part]]" in remedy(lambda raw: raw.update(seconds=3), "seconds")
    assert "Is it seconds?" in remedy(lambda raw: raw["part"][0].update(second=3), "part far")


def test_a_file_that_is_passed_over_because_of_its_name_is_told(tmp_path: Path) -> None:
    here = with_skills(tmp_path / "content")
    for name in ("skills/window.toml.txt", "es/skills/window", "skills/.notes", "flows/a.toml~"):
        (here / name).write_text(ENGLISH, encoding="utf-8")
    told = [one.file for one in check_names(here)]
    assert told == ["es/skills/window", "skills/window.toml.txt"]


def test_no_two_skills_share_more_than_two_sentences() -> None:
    files = read_files(content_folder())
    again = {**files.skills["surf"], "title": "Another", "about": "Something else."}
    files.skills["again"] = again
    told = [
        one for one in lint_skills(files, content().library) if "sentences that are in" in one.what
    ]
    assert {one.file for one in told} == {"skills/again.toml"}


def test_no_button_of_a_skill_does_something_else(tmp_path: Path) -> None:
    here = with_skills(tmp_path / "content")
    for name in ("checkins", "words"):
        renamed = ENGLISH.replace('id = "window"', f'id = "{name}"')
        (here / f"skills/{name}.toml").write_text(renamed, encoding="utf-8")
    told = [(one.file, one.what) for one in problems_in(here) if one.where == "id"]
    assert told == [
        (f"skills/{name}.toml", f"'drop-{name}' is a button of ours that does something else")
        for name in ("checkins", "words")
    ]


def test_an_old_name_is_nobody_elses() -> None:
    library = content().library
    surf = library.skills["surf"]
    skills = {
        **library.skills,
        "ride": replace(surf, id="ride", was=("surf", "swim", "checkins", "wait")),
        "dive": replace(surf, id="dive", was=("swim", "dive")),
    }
    told = {(one.file, one.what) for one in lint_names(replace(library, skills=skills))}
    assert told == {
        ("skills/ride.toml", "'surf' names two exercises"),
        ("skills/dive.toml", "'swim' names two exercises"),
        ("skills/ride.toml", "'drop-checkins' is a button of ours that does something else"),
        ("skills/ride.toml", "'wait' names two exercises"),
        ("skills/ride.toml", "'wait' is the exercise that all others are held to"),
    }


def test_a_stray_translation_is_told() -> None:
    files = read_files(content_folder())
    files.skill_words["es"] = {
        "surf": {**files.skill_words["es"]["surf"], "colour": "azul", "part": {"none": "Nada."}},
        "nothing": {"title": "Nada"},
    }
    told = {(one.file, one.where) for one in lint_skills(files, content().library)}
    assert told >= {
        ("es/skills/surf.toml", "colour"),
        ("es/skills/surf.toml", "part none"),
        ("es/skills/nothing.toml", ""),
    }
