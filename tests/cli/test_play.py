"""`alongside play` and the doors around it: what it prints, and what its exit code says."""

from __future__ import annotations

from pathlib import Path

import pytest

import bot
from adapters.rehearsal.talk import TalkBroken, read_talks
from tests.cli.console import alongside, environment

GOOD = """
[[talk]]
name = "a menu"
lines = ["me: /menu", "bot: ...", "end:"]
"""

WRONG = """# A comment first,
# and another.
[[talk]]
name = "a menu"
lines = [
  "me: /menu",
  {line},
]
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "talk.toml"


def test_a_talk_as_expected_ends_with_0(file: Path) -> None:
    file.write_text(GOOD, encoding="utf-8")
    done = alongside("play", file)
    assert (done.returncode, done.stderr) == (0, "")
    first, second, third, *_, last = done.stdout.splitlines()
    assert (first, second, third[:5]) == ("# a menu", "me:  /menu", "bot: ")
    assert last == "Talks as expected: 1. Talks that differ: 0."


def test_quietly_only_differences_are_printed(file: Path) -> None:
    file.write_text(GOOD, encoding="utf-8")
    done = alongside("play", "--quiet", file, file)
    assert done.stdout == "Talks as expected: 2. Talks that differ: 0.\n"


@pytest.mark.parametrize(
    ("line", "expected", "got"),
    [
        ("bot: Purple", "Purple", "Here"),
        ("any: Purple", "Purple", "Here"),
        ("not: ...", "not: ...", "Here"),
        ("end:", "nothing more", "Here"),
        ("tap: Purple", "a button 'Purple'", ""),
        ("tap: #99", "a button '#99'", ""),
    ],
)
def test_a_talk_that_differs_ends_with_1_and_says_where(
    file: Path, line: str, expected: str, got: str
) -> None:
    file.write_text(WRONG.format(line=f'"{line}"') + GOOD, encoding="utf-8")
    done = alongside("play", "--quiet", file)
    assert (done.returncode, done.stderr) == (1, "")
    where, wanted, instead, last = (*done.stdout.splitlines()[:3], done.stdout.splitlines()[-1])
    assert where == f"{file}, line 7, talk 'a menu':"
    assert wanted == f"  expected: {expected}"
    assert instead.startswith(f"  got:      {got}")
    assert len(instead) > len("  got:      ")
    assert last == "Talks as expected: 1. Talks that differ: 1."


def test_nothing_more_to_read_is_said_so(file: Path) -> None:
    file.write_text('[[talk]]\nname = "t"\nlines = ["bot: hello"]\n', encoding="utf-8")
    done = alongside("play", file)
    assert done.returncode == 1
    assert "got:      (nothing more was said)" in done.stdout


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("", "{file}: has no [[talk]]"),
        ("talk = 1", "{file}: has no [[talk]]"),
        ('talk = ["x"]', "{file}: has no [[talk]]"),
        ("[[talk]]\nname = ", "{file}: is not valid TOML: Invalid value (at end of document)"),
        ('[[talk]]\nlines = ["end:"]', "{file}: a [[talk]] has no name"),
        ('[[talk]]\nname = "t"', "{file}, talk 't': has no lines"),
        ('[[talk]]\nname = "t"\nlines = []', "{file}, talk 't': has no lines"),
        (
            '[[talk]]\nname = "t"\nline = ["end:"]',
            "{file}, talk 't': unknown ['line']; known: ['country', 'lang', 'lines', 'name', "
            "'needs', 'now', 'start', 'zone']",
        ),
        (
            '[[talk]]\nname = "t"\nstart = "old"\nlines = ["end:"]',
            '{file}, talk \'t\': start is "member" or "new"',
        ),
        (
            '[[talk]]\nname = "t"\nlines = [\n"me: hi",\n"you: hi",\n]',
            "{file}, talk 't', line 5: unknown 'you'; known: me, tap, later, restart, bot, any, "
            "not, file, end",
        ),
        (
            '[[talk]]\nname = "t"\nlines = ["later: soon"]',
            "{file}, talk 't', line 3: later takes 40s, 10m, 26h or 3d",
        ),
        (
            '[[talk]]\nname = "t"\nlines = ["me:"]',
            "{file}, talk 't', line 3: me: needs words behind it",
        ),
        ('[[talk]]\nname = "t"\nzone = "Mars"\nlines = ["end:"]', "{file}, talk 't': now or zone"),
        (
            '[[talk]]\nname = "t"\nzone = "America"\nlines = ["end:"]',
            "{file}, talk 't': now or zone",
        ),
        ('[[talk]]\nname = "t"\nnow = "noon"\nlines = ["end:"]', "{file}, talk 't': now or zone"),
    ],
)
def test_a_file_that_cannot_be_played_says_why(written: str, sentence: str) -> None:
    with pytest.raises(TalkBroken) as caught:
        read_talks(written, "talk.toml")
    assert str(caught.value).startswith(sentence.format(file="talk.toml"))


def test_and_ends_with_2(file: Path) -> None:
    file.write_text('[[talk]]\nname = "t"\nlines = ["you: hi"]', encoding="utf-8")
    done = alongside("play", file)
    assert (done.returncode, done.stdout) == (2, "")
    known = "me, tap, later, restart, bot, any, not, file, end"
    assert done.stderr == f"{file}, talk 't', line 3: unknown 'you'; known: {known}\n"


def test_a_file_that_is_not_there_or_no_text_ends_with_2(tmp_path: Path, file: Path) -> None:
    file.write_bytes(b"\xff\xfe")
    for path, why in (
        (tmp_path / "none.toml", "FileNotFoundError"),
        (tmp_path, "IsADirectoryError"),
        (file, "UnicodeDecodeError"),
    ):
        done = alongside("play", path)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr == f"{path}: cannot be read ({why})\n"


def test_a_talk_skips_days_and_survives_a_restart(file: Path) -> None:
    file.write_text(
        '[[talk]]\nname = "t"\nnow = 2026-03-01T18:00:00\nlines = ["me: /checkin", "bot: Sunday",'
        ' "restart", "later: 26h", "me: stop", "bot: ...", "me: /checkin", "any: Monday"]\n',
        encoding="utf-8",
    )
    done = alongside("play", file)
    assert done.returncode == 0, done.stdout
    assert "\n... restart\n... 1 day, 2:00:00 later\n" in done.stdout


def test_it_keeps_nothing(file: Path, tmp_path: Path) -> None:
    file.write_text(GOOD, encoding="utf-8")
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    env = environment(TMPDIR=str(scratch), HOME=str(scratch), XDG_DATA_HOME=str(scratch))
    assert alongside("play", file, env=env).returncode == 0
    assert list(scratch.iterdir()) == []


# --- the door itself ------------------------------------------------------------------------------


def test_help_names_every_verb() -> None:
    done = alongside("--help")
    assert (done.returncode, done.stderr) == (0, "")
    for verb in ("chat", "play", "content", "--config", "--version"):
        assert verb in done.stdout
    for arguments in (("chat", "--help"), ("play", "--help"), ("content", "check", "--help")):
        done = alongside(*arguments)
        assert (done.returncode, done.stderr) == (0, "")
        assert "Usage: alongside " in done.stdout
    chat = alongside("chat", "--help").stdout
    assert [one for one in ("--person", "--data", "--lang", "--trace") if one not in chat] == []


def test_version_is_the_packages() -> None:
    done = alongside("--version")
    assert (done.returncode, done.stdout, done.stderr) == (0, f"alongside {bot.__version__}\n", "")


@pytest.mark.parametrize("arguments", [("chatt",), ("chat", "--nope"), ("play",)])
def test_a_slip_of_the_fingers_is_told_without_a_traceback(arguments: tuple[str, ...]) -> None:
    done = alongside(*arguments)
    assert done.returncode == 2
    assert "Usage: alongside" in done.stderr
    assert "Traceback" not in done.stderr
