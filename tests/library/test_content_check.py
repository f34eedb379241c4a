"""Every mistake an author can make is found, alone and together, with file, place and remedy."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from adapters.rehearsal.stage import PERSON, Stage
from adapters.rehearsal.talk import play, read_talks
from bot.cli.play import RunningWorld
from bot.core.effects import Need
from bot.core.events import Place
from bot.library.files import content_folder
from bot.library.load import load_content
from bot.storage.store import Store
from bot.storage.vault import Keyring, Vault
from tests.library.garden import add, alongside, copied, problems_in, swap

FLOW, WORDS = "flows/garden.toml", "es/flows/garden.toml"


@dataclass(frozen=True, slots=True)
class Mistake:
    """One replacement in one file, and the one problem that it must cause."""

    name: str
    edited: str
    old: str
    new: str
    where: str
    what: str
    file: str = ""
    remedy: str = ""


MISTAKES = (
    # words
    Mistake(
        "a translation missing",
        WORDS,
        'ask = "¿Qué llevaste?"\n',
        "",
        "step tools, ask",
        "the translation of flow-garden-tools is missing",
    ),
    Mistake(
        "a label's translation missing",
        WORDS,
        ', hose = "La manguera"',
        "",
        "step tools, option hose",
        "the translation of flow-garden-tools-hose is missing",
    ),
    Mistake(
        "a button's translation missing",
        WORDS,
        'button = "El jardín"\n',
        "",
        "button",
        "the translation of button-garden is missing",
    ),
    Mistake(
        "a placeholder missing in a translation",
        WORDS,
        ", después de { $weather }?",
        "?",
        "step height, ask",
        "mentions no placeholder, the English ['weather']",
    ),
    Mistake(
        "a placeholder too many in a translation",
        WORDS,
        "Gracias por mirar.",
        "Gracias por mirar { $height }.",
        "closing.done",
        "mentions ['height'], the English none",
    ),
    Mistake(
        "a closing that the English lacks",
        WORDS,
        'done = "Gracias',
        'gone = "Adiós."\ndone = "Gracias',
        "closing.gone",
        "flow-garden-closing-gone is not in the English",
    ),
    Mistake(
        "a brace left open",
        WORDS,
        "Gracias por mirar.",
        "Gracias { por mirar.",
        "closing.done",
        "cannot be read: a brace { or a variant is not closed",
    ),
    Mistake(
        "an unknown key in a translation",
        WORDS,
        "also = { sun",
        "alsoo = { sun",
        "weather",
        "unknown key 'alsoo'",
        remedy="Known: also, ask, options, short, worded.",
    ),
    Mistake(
        "a label too long for a phone",
        WORDS,
        "La manguera",
        "La manguera " + "muy " * 10 + "larga",
        "step tools, option hose",
        "a button with 57 characters",
    ),
    # labels for some, options for some, a member's own question
    Mistake(
        "a label for some that was not translated",
        FLOW,
        'also = { sun = ["sunlit"]',
        'worded = { stop = { sun = "Bright" } }\nalso = { sun = ["sunlit"]',
        "step weather, option sun of worded.stop",
        "the translation of flow-garden-weather-sun-stop is missing",
        file=WORDS,
    ),
    Mistake(
        "an option for some that there is not",
        FLOW,
        'also = { sun = ["sunlit"]',
        'only = { fog = "path == \'stop\'" }\nalso = { sun = ["sunlit"]',
        "step weather",
        "only: 'fog' is not an option",
    ),
    Mistake(
        "switches that are left out for some",
        FLOW,
        'hose = "The hose" }',
        'hose = "The hose" }\nonly = { hose = "path == \'stop\'" }',
        "step tools",
        "only a choice can leave options out",
    ),
    Mistake(
        "an option on a condition that nobody knows",
        FLOW,
        'also = { sun = ["sunlit"]',
        'only = { sun = "height >= 3" }\nalso = { sun = ["sunlit"]',
        "step weather, only",
        "condition on 'height', which is not asked before it",
    ),
    Mistake(
        "a question in words that are not given",
        FLOW,
        'kind = "scale"',
        'own = "own1"\nkind = "scale"',
        "step height",
        "own: 'own1' is not given",
    ),
    Mistake(
        "one of several offers that there is not",
        FLOW,
        'say = "Thank you for looking."',
        'say = "Thank you for looking."\noffer = ["menu", "dig"]',
        "closing done",
        "no command 'dig' to offer",
    ),
    # shape
    Mistake(
        "another id",
        FLOW,
        'id = "garden"',
        'id = "gardens"',
        "id",
        "must be 'garden', like the file's name",
    ),
    Mistake("no version", FLOW, "version = 2\n", "", "version", "is missing"),
    Mistake(
        "an unknown key in a flow",
        FLOW,
        "menu = true",
        "menus = true",
        "menus",
        "unknown key 'menus'",
    ),
    Mistake(
        "an unknown key in a step",
        FLOW,
        "skippable = true",
        "skipable = true",
        "step height",
        "unknown key 'skipable'",
    ),
    Mistake(
        "an unknown key in a closing",
        FLOW,
        'say = "Thank you',
        'says = 1\nsay = "Thank you',
        "closing done",
        "unknown key 'says'",
        remedy="Known: checked_on, evidence, name, next, offer, reviewed_by, say, source, when.",
    ),
    Mistake(
        "words where true or false belongs",
        FLOW,
        "skippable = true",
        'skippable = "yes"',
        "step height",
        "skippable is not written as it must be",
        remedy="It takes true or false.",
    ),
    Mistake(
        "an unknown consent",
        FLOW,
        "menu = true",
        'menu = true\nkeep = "everything"',
        "keep",
        'must be "checkins" or "words"',
    ),
    Mistake(
        "an unknown kind",
        FLOW,
        'kind = "scale"',
        'kind = "slider"',
        "step height",
        "unknown kind 'slider'",
        remedy=(
            "Kinds are: scale, choice, multi, text, yes-no, number, time, date, confirm, guide."
        ),
    ),
    Mistake(
        "a scale that goes nowhere",
        FLOW,
        "skippable = true",
        "skippable = true\nfrom = 10\nto = 10",
        "step height",
        "cannot go from 10 to 10",
    ),
    Mistake(
        "a phrase for no option",
        FLOW,
        "also = { sun",
        "also = { wind = ['breezy'], sun",
        "step weather",
        "also: 'wind' is not an option with a list of phrases",
    ),
    # names
    Mistake(
        "a command that is taken",
        FLOW,
        'command = "garden"\nbutton = "The garden"\n',
        'command = "checkin"\n',
        "command",
        "/checkin already belongs to flows/checkin.toml",
        file="flows/garden.toml",
    ),
    Mistake(
        "a former id that is another flow's",
        FLOW,
        'was = ["allotment"]',
        'was = ["checkin"]',
        "was",
        "'checkin' is another flow's id",
    ),
    Mistake(
        "a former name that is another step's",
        FLOW,
        'name = "height"',
        'name = "height"\nwas = ["weather"]',
        "was",
        "'weather' names two steps",
    ),
    # conditions
    Mistake(
        "a condition that is none",
        FLOW,
        "weather == 'sun'",
        "whenever",
        "step height",
        "unknown condition 'whenever': write a comparison",
    ),
    Mistake(
        "a condition that compares with nothing",
        FLOW,
        "weather == 'sun'",
        "weather == sun",
        "step height",
        "condition 'weather == sun': sun is not a number, a 'quoted word' or a list",
    ),
    Mistake(
        "a condition on a later step",
        FLOW,
        "weather == 'sun'",
        "tools in ['hose']",
        "step height",
        "condition on 'tools', which is not asked before it",
    ),
    Mistake(
        "a step on an option there is not",
        FLOW,
        "weather == 'sun'",
        "weather == 'snow'",
        "step height",
        "can never be reached: 'weather' never is what its condition wants",
    ),
    Mistake(
        "a step on a number there is not",
        FLOW,
        "height >= 7",
        "height >= 11",
        "closing tall",
        "can never be reached: 'height' never is what its condition wants",
    ),
    Mistake(
        "conditions that contradict each other",
        FLOW,
        "when = \"weather == 'sun'\"",
        "when = [\"age == 'adult'\", \"age == 'minor'\"]",
        "step height",
        "can never be reached: 'age' never is what its condition wants",
    ),
    Mistake(
        "switches compared as if they were one word",
        FLOW,
        "height >= 7",
        "tools == 'hose'",
        "closing tall",
        "can never be reached: 'tools' never is what its condition wants",
    ),
    # ways out
    Mistake(
        "a closing behind one that always holds",
        FLOW,
        'when = "height >= 7"\n',
        "",
        "closing tall",
        "has no condition, so no closing after it is ever reached",
    ),
    Mistake(
        "a dead end",
        FLOW,
        'say = "Thank you',
        'when = "height <= 6"\nsay = "Thank you',
        "closing done",
        "a dead end: when its condition does not hold, nothing is said",
        remedy="Add a last [[closing]] without `when`.",
    ),
    Mistake(
        "a next flow there is not",
        FLOW,
        'say = "Thank you',
        'next = "greenhouse"\nsay = "Thank you',
        "closing done",
        "no flow 'greenhouse' to go on with",
    ),
    Mistake(
        "an offer of no command",
        FLOW,
        'say = "Thank you',
        'offer = "greenhouse"\nsay = "Thank you',
        "closing done",
        "no command 'greenhouse' to offer",
    ),
    Mistake(
        "a correction by no command",
        FLOW,
        "menu = true",
        'menu = true\ncorrect = "greenhouse"',
        "correct",
        "no command 'greenhouse'",
    ),
    # phrases
    Mistake(
        "a phrase for two options",
        FLOW,
        'rain = ["drizzle"]',
        'rain = ["drizzle", "Sunlit!"]',
        "step weather",
        "'Sunlit!' means two options",
    ),
    Mistake(
        "a phrase for two options, in a translation",
        WORDS,
        'also = { sun = ["soleado"] }',
        'also = { sun = ["soleado"], rain = ["soleado"] }',
        "step weather",
        "'soleado' means two options",
    ),
    Mistake(
        "a phrase for two commands",
        "es/words.toml",
        "[commands]\n",
        '[commands]\ngarden = ["menú"]\n',
        "garden",
        "'menú' means both 'menu' and 'garden'",
    ),
    Mistake(
        "a phrase for an unknown command",
        "en/words.toml",
        "[commands]\n",
        '[commands]\nlang-xx = ["klingon please"]\n',
        "lang-xx",
        "'klingon please' names the unknown command 'lang-xx'",
        file="*/words.toml",
    ),
    Mistake(
        "a phrase for yes and no",
        "es/words.toml",
        '[answers]\nyes = ["',
        '[answers]\nyes = ["nope", "',
        "answers",
        "'nope' means yes and no",
        file="*/words.toml",
    ),
    Mistake(
        "a short name that is long",
        WORDS,
        'short = "Altura"',
        'short = "La altura que tenía aquello la última vez"',
        "step height, short",
        "a short name with 41 characters",
    ),
    # what a sentence rests on
    Mistake(
        "a source that nobody opened",
        FLOW,
        'ask = "How high',
        'source = "a book"\nask = "How high',
        "step height",
        "has a source, and no day",
    ),
    Mistake(
        "a day without a source",
        FLOW,
        'say = "Thank you',
        'checked_on = 2026-11-23\nsay = "Thank you',
        "closing done",
        "was checked, and no source is named",
    ),
    Mistake(
        "a source that says nothing",
        FLOW,
        "menu = true",
        'menu = true\nsource = [" "]\nchecked_on = 2026-11-23',
        "source",
        "has a source that says nothing",
    ),
    Mistake(
        "a day that is only a text",
        FLOW,
        "menu = true",
        'menu = true\nsource = "a book"\nchecked_on = "2026"',
        "checked_on",
        "checked_on is not written as it must be",
        remedy="It takes a date like 2026-11-23.",
    ),
    Mistake(
        "both checked and not",
        FLOW,
        "menu = true",
        'menu = true\nevidence = "unverified"\nsource = "a book"\nchecked_on = 2026-11-23',
        "source",
        "is unverified, and yet was checked",
    ),
    Mistake(
        "evidence of a kind there is not",
        "crisis/talk.toml",
        '[card.wait]\nevidence = "unverified"',
        '[card.wait]\nevidence = "sure"',
        "card.wait",
        "evidence is 'sure'",
    ),
    # the crisis page
    Mistake(
        "a crisis page without its sources",
        "es/crisis.toml",
        "sources = [",
        "quellen = [",
        "sources",
        "is missing",
        remedy="The crisis page may not do without it.",
    ),
    Mistake(
        "a crisis page that does not say when it was checked",
        "en/crisis.toml",
        "checked_on = ",
        "checked_on = 1 # ",
        "checked_on",
        "is not a date",
    ),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return copied(tmp_path / "content")


def is_a_sentence(remedy: str) -> bool:
    return re.fullmatch(r"[A-Z0-9].*[.?]", remedy, re.DOTALL) is not None


def test_the_garden_itself_is_in_order(folder: Path) -> None:
    assert problems_in(folder) == []


@pytest.mark.parametrize("mistake", MISTAKES, ids=[mistake.name for mistake in MISTAKES])
def test_one_mistake_is_one_problem(mistake: Mistake, folder: Path) -> None:
    swap(folder / mistake.edited, mistake.old, mistake.new)
    (problem,) = problems_in(folder)
    assert problem.file == (mistake.file or mistake.edited)
    assert problem.where == mistake.where
    assert problem.what.startswith(mistake.what)
    assert problem.remedy.startswith(mistake.remedy)
    assert is_a_sentence(problem.remedy)
    assert str(problem).startswith(f"{problem.file}, {problem.where}: {problem.what}. ")


Found = list[tuple[str, str, str]]


def step_twice(folder: Path) -> Found:
    tools = '[[step]]\nname = "tools"\n'
    swap(folder / FLOW, tools, f'{tools}kind = "text"\nask = "And?"\n\n{tools}')
    return [(FLOW, "step tools", "this name stands twice")]


def closing_twice(folder: Path) -> Found:
    swap(folder / FLOW, 'name = "tall"', 'name = "done"')
    swap(folder / WORDS, 'tall = "{ $height }: qué alto."\n', "")
    return [(FLOW, "closing done", "this name stands twice")]


def key_twice(folder: Path) -> Found:
    found: Found = []
    for language in ("en", "es"):
        line = add(folder / language / "interface.ftl", "one-more = A\none-more = B\n") + 1
        found.append((f"{language}/interface.ftl", f"line {line}", "one-more stands twice"))
    return found


def key_in_two_files(folder: Path) -> Found:
    found: Found = []
    for language in ("en", "es"):
        add(folder / language / "interface.ftl", "flow-garden-tools = Which?\n")
        flow = FLOW if language == "en" else WORDS
        what = f"flow-garden-tools is also in {language}/interface.ftl"
        found.append((flow, "step tools, ask", what))
    return found


def junk(folder: Path) -> Found:
    line = add(folder / "es" / "interface.ftl", "this is no sentence\n")
    return [("es/interface.ftl", f"line {line}", "cannot be read")]


def junk_where_a_sentence_was(folder: Path) -> Found:
    path = folder / "en" / "interface.ftl"
    line = path.read_text(encoding="utf-8").split("\nmenu = ")[0].count("\n") + 2
    swap(path, "\nmenu = ", "\nmenu = { ")
    return [("en/interface.ftl", f"line {line}", "cannot be read")]


def a_sentence_gone(folder: Path) -> Found:
    lines = (folder / "es" / "interface.ftl").read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if not line.startswith("button-today =")]
    (folder / "es" / "interface.ftl").write_text("\n".join(kept) + "\n", encoding="utf-8")
    return [("es/interface.ftl", "button-today", "the translation of button-today is missing")]


def a_sentence_gone_everywhere(folder: Path) -> Found:
    for language in ("en", "es"):
        swap(folder / language / "interface.ftl", "\nretry-date-3 = ", "\nretry-date-4 = ")
    return [("en/interface.ftl", "retry-date-3", "is missing")]


def a_sentence_that_code_says_gone_everywhere(folder: Path) -> Found:
    for language in ("en", "es"):
        swap(folder / language / "interface.ftl", "\nstopped = ", "\nstopped-again = ")
    return [("en/interface.ftl", "stopped", "is missing")]


def a_placeholder_that_code_does_not_fill(folder: Path) -> Found:
    for language in ("en", "es"):
        swap(
            folder / language / "interface.ftl", "\nwelcome-back = ", "\nwelcome-back = { $name } "
        )
    (line,) = [
        number
        for number, written in enumerate(
            (folder / "en" / "interface.ftl").read_text(encoding="utf-8").splitlines(), 1
        )
        if written.startswith("welcome-back =")
    ]
    return [("en/interface.ftl", f"line {line}, welcome-back", "mentions { $name }, which is not")]


def a_reference_to_nothing(folder: Path) -> Found:
    swap(folder / FLOW, "What did you take along?", "What did you take { weather }?")
    return [(FLOW, "step tools, ask", "refers to { weather }, which there is not")]


def a_placeholder_nobody_fills(folder: Path) -> Found:
    swap(folder / FLOW, "Thank you for looking.", "Thank you, { $moon }.")
    swap(folder / WORDS, "Gracias por mirar.", "Gracias, { $moon }.")
    return [(FLOW, "closing done", "mentions { $moon }, which is not known there")]


def a_placeholder_too_early(folder: Path) -> Found:
    swap(folder / FLOW, "What's it like out there?", "What's it like, { $height }?")
    swap(folder / WORDS, "¿Qué tiempo hace?", "¿Qué tiempo hace, { $height }?")
    return [(FLOW, "step weather, ask", "mentions { $height }, which is not known there")]


def no_options(folder: Path) -> Found:
    swap(folder / FLOW, 'options = { spade = "The spade", hose = "The hose" }\n', "")
    swap(folder / WORDS, 'options = { spade = "La pala", hose = "La manguera" }\n', "")
    return [(FLOW, "step tools", "has no options")]


def an_option_too_long(folder: Path) -> Found:
    swap(folder / FLOW, "hose = ", "garden_hose_ = ")
    swap(folder / WORDS, "hose = ", "garden_hose_ = ")
    return [(FLOW, "step tools", "option name 'garden_hose_' is not usable")]


def an_exercise_nobody_named(folder: Path) -> Found:
    swap(folder / FLOW, 'kind = "multi"', 'kind = "guide"')
    return [
        (FLOW, "step tools", "a guide is told its exercise, and for what it is done"),
        (FLOW, "step tools", "a guide has the options next, pause, begin, run, enough"),
    ]


def only_conditional_steps(folder: Path) -> Found:
    when = "when = \"age == 'adult'\"\n"
    for kind in ('kind = "choice"\n', 'kind = "multi"\n'):
        swap(folder / FLOW, kind, kind + when)
    return [(FLOW, "step", "every step has a condition, so there may be nothing to ask")]


def no_step(folder: Path) -> Found:
    for path in (FLOW, WORDS):
        source = (folder / path).read_text(encoding="utf-8")
        start = source.index("[[step]]" if path == FLOW else "[weather]")
        end = source.index("[[closing]]" if path == FLOW else "[closing]")
        (folder / path).write_text(source[:start] + source[end:], encoding="utf-8")
    return [(FLOW, "step", "there is none")]


def a_file_missing(folder: Path) -> Found:
    (folder / "es" / "words.toml").unlink()
    return [("es/words.toml", "", "is missing")]


def the_sentences_missing(folder: Path) -> Found:
    (folder / "es" / "interface.ftl").unlink()
    return [("es/interface.ftl", "", "is missing")]


def the_english_missing(folder: Path) -> Found:
    (folder / "en" / "interface.ftl").unlink()
    return [("en/interface.ftl", "", "is missing")]


def the_crisis_file_missing(folder: Path) -> Found:
    (folder / "es" / "crisis.toml").unlink()
    return [("es/crisis.toml", "", "is missing")]


def the_crisis_page_missing(folder: Path) -> Found:
    swap(folder / "es" / "crisis.toml", 'page = """', 'leaf = """')
    return [
        ("es/crisis.toml", "page", "is missing"),
        ("es/crisis.toml", "page", "the translation of crisis-page is missing"),
    ]


def the_crisis_pages_too_long(folder: Path) -> Found:
    swap(folder / "es" / "crisis.toml", 'page = """\n', 'page = """\n' + "Respira. " * 99)
    return [("es/crisis.toml", "page", "the page of es has ")]


def a_quote_missing(folder: Path) -> Found:
    swap(folder / FLOW, 'command = "garden"', 'command = "garden')
    return [(FLOW, "line 4", 'cannot be read: command = "garden')]


def a_quote_missing_in_what_everyone_names(folder: Path) -> Found:
    path = folder / "flows" / "checkin.toml"
    path.write_text(path.read_text(encoding="utf-8") + "\nnotes = [", encoding="utf-8")
    return [("flows/checkin.toml", "", "cannot be read: ")]


def not_utf8(folder: Path) -> Found:
    (folder / "es" / "words.toml").write_bytes('[answers]\nyes = ["sí"]'.encode("latin-1"))
    return [("es/words.toml", "", "cannot be read (UnicodeDecodeError)")]


def a_needed_flow_missing(folder: Path) -> Found:
    for path in ("flows/note.toml", "es/flows/note.toml"):
        (folder / path).unlink()
    return [("flows/note.toml", "", "is missing or broken")]


def a_translation_of_nothing(folder: Path) -> Found:
    (folder / WORDS).rename(folder / "es" / "flows" / "gardens.toml")
    (folder / FLOW).unlink()
    what = "there is no flows/gardens.toml that it translates"
    return [("es/flows/gardens.toml", "", what)]


def a_folder_that_is_no_language(folder: Path) -> Found:
    (folder / "drafts").mkdir()
    (folder / "drafts" / "words.toml").write_text("", encoding="utf-8")
    return [("drafts", "", "is no language that we know")]


PLANTS = (
    step_twice,
    closing_twice,
    key_twice,
    key_in_two_files,
    junk,
    junk_where_a_sentence_was,
    a_sentence_gone,
    a_sentence_gone_everywhere,
    a_sentence_that_code_says_gone_everywhere,
    a_placeholder_that_code_does_not_fill,
    a_reference_to_nothing,
    a_placeholder_nobody_fills,
    a_placeholder_too_early,
    no_options,
    an_option_too_long,
    an_exercise_nobody_named,
    only_conditional_steps,
    no_step,
    a_file_missing,
    the_sentences_missing,
    the_english_missing,
    the_crisis_file_missing,
    the_crisis_page_missing,
    the_crisis_pages_too_long,
    a_quote_missing,
    a_quote_missing_in_what_everyone_names,
    not_utf8,
    a_needed_flow_missing,
    a_translation_of_nothing,
    a_folder_that_is_no_language,
)


@pytest.mark.parametrize("plant", PLANTS, ids=[plant.__name__ for plant in PLANTS])
def test_a_larger_mistake_is_told_without_its_echoes(
    plant: Callable[[Path], Found], folder: Path
) -> None:
    expected = sorted(plant(folder))
    problems = problems_in(folder)
    assert [(p.file, p.where) for p in problems] == [(file, where) for file, where, _ in expected]
    for problem, (_, _, what) in zip(problems, expected, strict=True):
        assert problem.what.startswith(what)
        assert is_a_sentence(problem.remedy)


def test_a_translation_that_was_forgotten_is_asked_for_sentence_by_sentence(folder: Path) -> None:
    (folder / WORDS).unlink()
    problems = problems_in(folder)
    assert {problem.file for problem in problems} == {WORDS}
    assert (
        len(problems) == 13
    )  # three questions and their names, four labels, two closings, a button


def test_mistakes_in_many_files_are_told_at_once(folder: Path) -> None:
    planted = [
        *a_quote_missing_in_what_everyone_names(folder),
        *junk(folder),
        *a_placeholder_too_early(folder),
        *no_options(folder),
        *the_crisis_pages_too_long(folder),
        *a_sentence_gone_everywhere(folder),
    ]
    found = [(problem.file, problem.where) for problem in problems_in(folder)]
    assert found == sorted((file, where) for file, where, _ in planted)


def test_a_folder_that_is_not_there_is_one_problem(tmp_path: Path) -> None:
    (problem,) = problems_in(tmp_path / "nowhere")
    assert problem.what == "there is no such folder"


# --- through the door -------------------------------------------------------------------------


FLOOR = """
[[family]]
id = "far"
level = "faraway"
says = "an unknown level"
wording = "gone"

[[family]]
id = "near"
level = "crisis"
category = "suicide"
says = "a slot there is not"
wording = "{nowhere} gone"
"""


def test_the_verb_prints_every_problem_and_ends_with_1(folder: Path, tmp_path: Path) -> None:
    """Of flows, of sentences, of how they are worded, and of the wordings of the crisis floor."""
    (tmp_path / "settings.toml").write_text(f"content_dir = '{folder}'\n", encoding="utf-8")
    planted = [*no_options(folder), *junk(folder)]
    line = add(folder / "en" / "interface.ftl", "\nwave = Hello, addicts.\n") + 1
    (folder / "safety" / "en").mkdir(parents=True)
    (folder / "safety" / "en" / "gone.toml").write_text(FLOOR, encoding="utf-8")

    done = alongside("--config", tmp_path / "settings.toml", "content", "check")
    assert (done.returncode, done.stderr) == (1, "")
    *said, last = done.stdout.splitlines()
    assert said == sorted(said)
    starts = [f"{file}, {where}: {what}" for file, where, what in planted]
    starts += [
        f'en/interface.ftl, line {line}, wave: says "addicts"',
        "es/interface.ftl, wave: the translation of wave is missing",
        "safety/en/gone.toml, family far: unknown level 'faraway'",
        "safety/en, gone/near: {nowhere} gone: there is no slot {nowhere}",
    ]
    assert all(any(one.startswith(start) for one in said) for start in starts), done.stdout
    assert (len(said), last) == (len(starts), f"{len(starts)} problem(s).")


def test_the_verb_says_that_there_is_no_folder(tmp_path: Path) -> None:
    done = alongside("content", "check", tmp_path / "nowhere")
    assert done.returncode == 1
    assert done.stdout.startswith(f"{tmp_path / 'nowhere'}: there is no such folder.")


# --- a new author -----------------------------------------------------------------------------

NEW_TALK = """
[[talk]]
name = "somebody's first flow"
lines = ["me: /gratitude", "bot: however small", "restart", "tap: A little", "bot: Thank you",
         "end:"]

[[talk]]
name = "and in Spanish"
lang = "es"
lines = ["me: /gratitude", "bot: algo bueno", "tap: Un poco", "bot: Gracias por mirar", "end:"]
"""


@pytest.fixture
def authored(tmp_path: Path) -> Path:
    """The ten lines of content/README.md, saved where it says."""
    readme = (content_folder() / "README.md").read_text(encoding="utf-8")
    structure, words = re.findall(r"```toml\n(.*?)```", readme, re.DOTALL)[:2]
    assert structure.count("\n") + words.count("\n") <= 11
    folder = copied(tmp_path / "content")
    (folder / "flows" / "gratitude.toml").write_text(structure, encoding="utf-8")
    (folder / "es" / "flows" / "gratitude.toml").write_text(words, encoding="utf-8")
    return folder


def test_an_authors_flow_plays_as_soon_as_it_is_saved(authored: Path, tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text(f"content_dir = '{authored}'\n", encoding="utf-8")
    (tmp_path / "talk.toml").write_text(NEW_TALK, encoding="utf-8")
    done = alongside("--config", tmp_path / "settings.toml", "play", tmp_path / "talk.toml")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "[A little] [Not today]" in done.stdout


async def test_an_authors_flow_keeps_what_it_says_it_keeps(authored: Path, tmp_path: Path) -> None:
    talk = read_talks(NEW_TALK, "talk.toml")[0]
    home = tmp_path / "home"
    home.mkdir()
    async with RunningWorld(talk, load_content(authored), home, Place()) as world:
        assert await play(talk, world) is None
    (database,) = home.glob("*.db")
    store = await Store.open(database, Vault(Keyring.read(home / "master.key")))
    try:
        account = store.account_hash(Stage.platform, PERSON)
        async with store.unit(talk.now) as unit:
            people, _ = await unit.load([account], [])
            loaded = await unit.facts(people[account], Need(kinds=("gratitude",), newest=9))
    finally:
        await store.close()
    (fact,) = loaded.facts
    assert fact.kind == "gratitude"
    assert dict(fact.body) == {"day": "2026-03-01", "size": "yes"}
