"""Our helplines are in order, old ones are told, and an operator's own are laid over them."""

from __future__ import annotations

import datetime
import re
import shutil
from collections import defaultdict
from pathlib import Path

import pytest

from bot.cli.content import run_check
from bot.library.files import content_folder
from bot.library.helplines import FILE, read_helplines, stale
from bot.library.load import load_content
from bot.runtime.clock import SetClock
from tests.library.garden import add, alongside, copied, problems_in, swap

OURS = read_helplines(content_folder(), None)
SEEN = [line for line in OURS.lines if line.evidence == "seen"]
CHECKED = datetime.date(2026, 11, 23)
DAY = datetime.timedelta(days=1)

DEAD = ("08457 90 90 90", "08457909090", "1-800-273-8255", "1 800 273 8255", "0900-0113")

ROW = """
[[helpline]]
id = "xx-line"
country = "US"
service = "A line"
kind = "crisis"
call = "555 01"
source = "a page"
checked_on = 2026-11-23
evidence = "seen"
"""


def digits(number: str) -> str:
    return re.sub(r"[^\d*#]", "", number)


# --- our own ----------------------------------------------------------------------------------


def test_our_own_are_in_order() -> None:
    assert OURS.problems == ()
    assert load_content(content_folder()).library.helplines == OURS.lines


def test_everything_has_a_source_and_what_is_shown_a_day() -> None:
    assert all(line.source for line in OURS.lines)
    assert all(line.checked_on for line in SEEN)
    assert all(line.checked_on is None for line in OURS.lines if line.evidence == "unverified")


def test_a_country_has_no_two_numbers_for_one_service_nor_two_services_at_one_number() -> None:
    numbers: dict[tuple[str, str], set[str]] = defaultdict(set)
    services: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for line in SEEN:
        for country in line.countries:
            if line.call:
                numbers[country, line.service].add(digits(line.call))
                services[country, digits(line.call), line.call_option].add(line.service)
    assert [key for key, found in numbers.items() if len(found) > 1] == []
    assert [key for key, found in services.items() if len(found) > 1] == []


def test_numbers_that_died_are_not_there() -> None:
    source = (content_folder() / FILE).read_text(encoding="utf-8")
    assert [number for number in DEAD if number in source] == []
    brazil = {line.call for line in OURS.lines if "BR" in line.countries}
    assert "188" in brazil
    assert "141" not in brazil
    assert not any("3" in line.call_option for line in SEEN if line.call == "988")


# --- age --------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The real content, with every helpline checked on the same day."""
    folder = copied(tmp_path / "content")
    source = (folder / FILE).read_text(encoding="utf-8")
    same = re.sub(r"(?m)^checked_on = .*$", f"checked_on = {CHECKED}", source)
    (folder / FILE).write_text(same, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("days", "warned", "failed"),
    [
        (0, False, False),
        (179, False, False),
        (180, True, False),
        (364, True, False),
        (365, False, True),
        (4000, False, True),
        (-1, False, True),
    ],
)
def test_age_warns_at_180_days_and_fails_at_365(
    folder: Path, days: int, warned: bool, failed: bool
) -> None:
    warnings, failures = stale(read_helplines(folder, None), CHECKED + days * DAY)
    others = {line.id for line in SEEN if line.kind != "directory"}
    assert {one.where for one in failures} == (others if failed else set())
    assert {one.where for one in warnings} - {"directory"} == (others if warned else set())
    assert ("directory" in {one.where for one in warnings}) is (warned or failed)


def check(folder: Path | None, day: datetime.date, config: Path | None = None) -> int:
    moment = datetime.datetime.combine(day, datetime.time(12), tzinfo=datetime.UTC)
    return run_check(config, folder, clock=SetClock(moment))


def test_the_check_prints_warnings_and_passes(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert check(folder, CHECKED) == 0
    assert FILE not in capsys.readouterr().out
    assert check(folder, CHECKED + 180 * DAY) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0].startswith("The content is in order: ")
    assert said[1] == f"Soon to be checked again: {len(SEEN)} helpline(s)."
    assert len(said) == 2 + len(SEEN)
    assert "us-988: was seen 180 days ago." in "\n".join(said)


def test_the_check_fails_at_a_year_and_the_start_does_not(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert check(folder, CHECKED + 365 * DAY) == 1
    assert f"{FILE}, us-988: was seen 365 days ago." in capsys.readouterr().out
    path = folder / FILE
    aged = path.read_text(encoding="utf-8").replace(f"{CHECKED}", "2019-11-23")
    path.write_text(aged, encoding="utf-8")
    assert load_content(folder).library.helplines


# --- mistakes in a row ------------------------------------------------------------------------


MISTAKES = [
    ('id = "xx-line"', 'id = "XX line"', "XX line", "id = 'XX line' is not written right"),
    ('id = "xx-line"\n', "", "row 1", "id = '' is not written right"),
    ('country = "US"', 'country = "UK"', "xx-line", "country 'UK' is none"),
    ('country = "US"', 'country = ["US", "usa"]', "xx-line", "country 'usa' is none"),
    ('country = "US"', "country = []", "xx-line", "has no country"),
    ('country = "US"\n', "", "xx-line", "has no country"),
    ('service = "A line"\n', "", "xx-line", "has no service"),
    ('kind = "crisis"', 'kind = "warmline"', "xx-line", "kind = 'warmline' is not known"),
    ('kind = "crisis"\n', "", "xx-line", "kind = '' is not known"),
    ('call = "555 01"\n', "", "xx-line", "cannot be reached"),
    ('call = "555 01"', 'call = "five"', "xx-line", "call = 'five' is not written right"),
    ('call = "555 01"', "call = 55501", "xx-line", "call is not text"),
    ('call = "555 01"', 'call = "1"\ntext_word = "HI"', "xx-line", "has text_word but no"),
    ('call = "555 01"', 'text_to = "1"\ncall_option = "2"', "xx-line", "has call_option but"),
    ('call = "555 01"', 'call = "1"\nhours = "always"', "xx-line", "hours = 'always' is not"),
    ('call = "555 01"', 'call = "1"\ncost = "cheap"', "xx-line", "cost = 'cheap' is not known"),
    ('call = "555 01"', 'chat = "https://a.org"', "xx-line", "chat = 'https://a.org' is not"),
    ('call = "555 01"', 'call = "1"\nlanguages = ["EN"]', "xx-line", "languages has 'EN'"),
    ('call = "555 01"', 'call = "1"\ntopics = "drugs"', "xx-line", "topics is not a list"),
    ('call = "555 01"', 'call = "1"\nphone = "2"', "xx-line", "unknown key 'phone'"),
    ('source = "a page"\n', "", "xx-line", "has no source"),
    ('source = "a page"', 'source = " "', "xx-line", "has no source"),
    ("checked_on = 2026-11-23\n", "", "xx-line", "has no checked_on"),
    ("2026-11-23", '"2026-11-23"', "xx-line", "checked_on is not a date"),
    ("2026-11-23", "2026-11-23T10:00:00", "xx-line", "checked_on is not a date"),
    ('evidence = "seen"\n', "", "xx-line", "has no evidence"),
    ('evidence = "seen"', 'evidence = "sure"', "xx-line", "evidence = 'sure' is not known"),
    ('kind = "crisis"', 'kind = "emergency"', "xx-line", "is a second emergency number for US"),
    ("[[helpline]]", "[[helplines]]", "helplines", "is not known here"),
]


def planted(path: Path, old: str, new: str, where: str) -> None:
    """Add a row with one mistake to the file at `path`; where the row's place counts, on top."""
    assert ROW.count(old) == 1
    row, source = ROW.replace(old, new), path.read_text(encoding="utf-8")
    path.write_text(row + source if where == "row 1" else source + row, encoding="utf-8")


@pytest.mark.parametrize(("old", "new", "where", "what"), MISTAKES)
def test_a_mistake_in_a_row_is_told(
    tmp_path: Path, old: str, new: str, where: str, what: str
) -> None:
    path = Path(shutil.copy(content_folder() / FILE, tmp_path))
    planted(path, old, new, where)
    (problem,) = read_helplines(tmp_path, None).problems
    assert (problem.file, problem.where) == (FILE, where)
    assert problem.what.startswith(what)
    assert problem.remedy[-1] in ".)"


def test_mistakes_in_rows_stop_the_start_and_have_no_echo_elsewhere(folder: Path) -> None:
    for old, new, where, _ in MISTAKES:
        planted(folder / FILE, old, new, where)
    problems = problems_in(folder)
    assert {problem.file for problem in problems} == {FILE}
    assert {where for _, _, where, _ in MISTAKES} <= {problem.where for problem in problems}


def test_the_file_itself_must_be_there_and_readable(folder: Path) -> None:
    add(folder / FILE, ROW + ROW)
    assert [problem.what for problem in problems_in(folder)] == ["stands twice"]
    add(folder / FILE, "[[helpline")
    assert [problem.file for problem in problems_in(folder)] == [FILE]
    (folder / FILE).unlink()
    assert [problem.what for problem in problems_in(folder)] == ["is missing"]


def test_a_file_without_the_directory_is_told(folder: Path) -> None:
    swap(folder / FILE, 'kind = "directory"', 'kind = "crisis"')
    assert [problem.what for problem in problems_in(folder)] == [
        "leaves no directory for people anywhere"
    ]


# --- an operator's own ------------------------------------------------------------------------

OWN = """
remove = ["us-samhsa"]

[[helpline]]
id = "us-988"
country = "US"
service = "Our own night line"
kind = "crisis"
call = "555 0100"
source = "our own door"
checked_on = 2026-11-20

[[helpline]]
id = "us-our-house"
country = "US"
service = "Our house"
kind = "crisis"
call = "555 0101"
source = "our own door"
checked_on = 2026-11-20
"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    path = tmp_path / "own.toml"
    path.write_text(OWN, encoding="utf-8")
    return path


def test_an_operators_rows_replace_add_and_take_away(own: Path) -> None:
    files = read_helplines(content_folder(), own)
    assert (files.problems, files.ignored) == ((), ())
    by_id = {line.id: line for line in files.lines}
    assert by_id.keys() == {*OURS.origin, "us-our-house"} - {"us-samhsa"}
    assert by_id["us-988"].call == "555 0100"
    assert by_id["us-988"].evidence == "seen"
    assert files.lines[0].id == "us-our-house"
    assert files.origin["us-988"] == files.origin["us-our-house"] == str(own)


def test_an_operators_rows_grow_old_too(own: Path) -> None:
    files = read_helplines(content_folder(), own)
    _, failures = stale(files, CHECKED - 3 * DAY + 365 * DAY)
    failures = tuple(one for one in failures if one.file == str(own))
    assert {one.where for one in failures} == {"us-988", "us-our-house"}


BROKEN = [
    ('call = "555 0100"', "call = ", "is not valid TOML: "),
    ('call = "555 0100"\n', "", "cannot be reached"),
    ('id = "us-our-house"', 'id = "us-988"', "stands twice"),
    ('country = "US"\nservice = "Our house"', 'service = "Our house"', "has no country"),
    ('remove = ["us-samhsa"]', 'remove = ["us-sahmsa"]', "names 'us-sahmsa', which there is not"),
    ('remove = ["us-samhsa"]', 'remove = "us-samhsa"', "is not a list of ids"),
    ('remove = ["us-samhsa"]', 'remove = ["directory"]', "leaves no directory"),
    ('remove = ["us-samhsa"]', 'removed = ["us-samhsa"]', "is not known here"),
    ('kind = "crisis"\ncall = "555 0101"', 'kind = "x"\ncall = "1"', "kind = 'x' is not known"),
    ('call = "555 0101"', 'call = "1"\nevidence = "unverified"', "is unverified"),
    ('call = "555 0101"\nsource = "our own door"', 'call = "555 0101"', "has no source"),
    ("checked_on = 2026-11-20\n\n", "\n", "has no checked_on"),
]


@pytest.mark.parametrize(("old", "new", "what"), BROKEN)
def test_a_broken_file_of_an_operator_leaves_ours_standing(
    own: Path, old: str, new: str, what: str
) -> None:
    swap(own, old, new)
    files = read_helplines(content_folder(), own)
    assert files.lines == OURS.lines
    assert files.problems == ()
    (problem,) = files.ignored
    assert problem.file == str(own)
    assert problem.what.startswith(what)


@pytest.mark.parametrize("content", [None, b"\xff"])
def test_so_does_one_that_cannot_be_read(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "own.toml"
    if content is not None:
        path.write_bytes(content)
    files = read_helplines(content_folder(), path)
    assert files.lines == OURS.lines
    assert len(files.ignored) == 1


TALK = """
[[talk]]
name = "whose line is named"
country = "US"
lines = ["me: I want to die", "any: {number}"]
"""


def test_a_broken_file_is_told_in_one_sentence_at_the_start(own: Path, tmp_path: Path) -> None:
    config, talk = tmp_path / "settings.toml", tmp_path / "talk.toml"
    config.write_text(f"helplines_file = '{own}'\n", encoding="utf-8")

    talk.write_text(TALK.format(number="555 0100"), encoding="utf-8")
    done = alongside("--config", config, "play", "--quiet", talk)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout

    talk.write_text(TALK.format(number="988"), encoding="utf-8")
    swap(own, 'call = "555 0100"\n', "")
    done = alongside("--config", config, "play", "--quiet", talk)
    assert done.returncode == 0, done.stdout
    assert done.stderr.splitlines() == [
        f"helplines_file = {own} has a mistake, so only the helplines that came along are used; "
        "alongside content check says what to mend."
    ]


def test_the_check_says_what_to_mend_in_it(
    folder: Path, own: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = tmp_path / "settings.toml"
    lines = (f"content_dir = '{folder}'", f"helplines_file = '{own}'")
    config.write_text("\n".join(lines), encoding="utf-8")
    assert check(None, CHECKED, config) == 0
    swap(own, 'call = "555 0100"\n', "")
    assert check(None, CHECKED, config) == 1
    assert f"{own}, us-988: cannot be reached." in capsys.readouterr().out
