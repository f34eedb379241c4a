"""What is wrong with small talk is told to its author, once, and with a way to mend it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.library.smalltalk import expanded
from tests.library.garden import copied, problems_in, swap

ENGLISH, SPANISH = "smalltalk.toml", "es/smalltalk.toml"
TEA = """
[entry.tea]
feeling = true
offers = ["note", "reachout"]
say = "Then tea it is."
phrases = ["(want|need) [some] tea"]
"""
TE = """
[entry.tea]
say = "Entonces té."
phrases = ["quiero té"]
"""
WHERE = "entry.tea"
FEELING = "[entry.tea]\nfeeling = true"
OFFER = '"reachout"]\nsay = "Then tea'
PHRASES = '["(want|need) [some] tea"]'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    here = copied(tmp_path / "content")
    for name, entry in ((ENGLISH, TEA), (SPANISH, TE)):
        path = here / name
        path.write_text(path.read_text(encoding="utf-8") + entry, encoding="utf-8")
    return here


def test_a_new_entry_is_two_tables(folder: Path) -> None:
    assert problems_in(folder) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "what"),
    [
        (ENGLISH, OFFER, OFFER.replace("reachout", "kettle"), "unknown command"),
        (
            ENGLISH,
            OFFER,
            OFFER.replace('"r', '"off", "r'),
            "makes 3 offers",
        ),
        (
            ENGLISH,
            OFFER,
            OFFER.replace('"reachout"', "1"),
            "is not a list of commands",
        ),
        (
            ENGLISH,
            FEELING,
            FEELING.replace("true", "1"),
            "is not true or false",
        ),
        (ENGLISH, FEELING, FEELING.replace("feeling", "mood"), "unknown key 'mood'"),
        (ENGLISH, "[entry.tea]\n", '[entry.tea]\ninstead_of = "sun"\n', "unknown category 'sun'"),
        (ENGLISH, PHRASES, "[]", "phrases is missing"),
        (
            ENGLISH,
            PHRASES,
            '["payday"]',
            "'payday' is also under entry.payday",
        ),
        (ENGLISH, PHRASES, '["(want tea"]', "has a stray sign"),
        (ENGLISH, "Then tea it is.", "Then tea it is. " * 20, "says too much"),
        (SPANISH, '["quiero té"]', "[]", "phrases is missing"),
        (SPANISH, '"Entonces té."', '""', "the translation of smalltalk-tea is missing"),
        (SPANISH, '["quiero té"]', '["quiero té"]\noffers = []', "belongs into the English file"),
    ],
)
def test_one_mistake_is_one_problem(file: str, old: str, new: str, what: str, folder: Path) -> None:
    swap(folder / file, old, new)
    (problem,) = problems_in(folder)
    assert problem.file == file
    assert problem.where.startswith(WHERE)
    assert what in problem.what
    assert problem.remedy.endswith(".")


def test_a_language_says_how_it_works(folder: Path) -> None:
    swap(folder / SPANISH, 'near = "', 'nearly = "')
    assert [one.what for one in problems_in(folder)] == [
        "'near' is missing",
        "unknown key 'nearly'",
    ]


def test_what_stands_for_several_phrases_is_written_out() -> None:
    assert expanded(["a (b|c d) e"]) == ["a b e", "a c d e"]
    assert expanded(["[very|so] cansad(o|a)"])[-1] == "cansada"
    assert expanded(["(a|(b|c) d)."]) == ["a.", "b d.", "c d."]
    assert expanded("not a list") == []


def test_an_id_that_looks_like_a_language_is_refused(tmp_path: Path) -> None:
    here = copied(tmp_path / "content")
    talk = here / "crisis" / "talk.toml"
    text = talk.read_text(encoding="utf-8")
    talk.write_text(text + '\n[card.no]\nsay = "x"\nbutton = "x"\n', encoding="utf-8")
    assert "the id is too short" in [one.what for one in problems_in(here)]
    swap(here / ENGLISH, "[entry.lapse]", "[entry.la]")
    assert "needs three small letters or more" in [one.what for one in problems_in(here)]
