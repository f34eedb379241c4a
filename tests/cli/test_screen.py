"""Which face a terminal gets, and that the screen leaves it as it was, whatever happens."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.console import (
    alongside,
    environment,
    label,
    through_a_terminal,
    words,
)
from tests.cli.test_chat import stored

SCREEN_ON, SCREEN_OFF = "\x1b[?1049h", "\x1b[?1049l"
ON_A_SCREEN = {"ALONGSIDE_PLAIN": "", "TERM": "xterm-256color", "COLORTERM": "truecolor"}
WHITE = b"\x1b]11;rgb:ffff/ffff/ffff\x1b\\\x1b[?62;22c"
WHITE_PAGE = "48;2;244;242;236"

BROKEN = """
from adapters.terminal.app import ChatApp
def broken(self): raise RuntimeError("Xochitl")
ChatApp.action_other_theme = broken
from bot.cli.main import run
run()
"""

NOT_THERE = "raise ImportError('not here')"


def on_a_screen(data: Path, **more: str) -> dict[str, str]:
    return dict(environment(**{**ON_A_SCREEN, "COLORFGBG": "15;0", "HOME": str(data), **more}))


def left_as_it_was(shown: str) -> None:
    assert SCREEN_OFF in shown
    assert "\x1b[?25h" in shown, "with its cursor"
    assert "Traceback" not in shown
    assert "\r\x1b[K" in shown.rpartition(SCREEN_OFF)[2], "and on a line with nothing on it"


def test_a_terminal_gets_the_screen_in_its_own_colours_and_back_as_it_was(data: Path) -> None:
    env = on_a_screen(data, COLORFGBG="")
    with through_a_terminal("chat", "--data", data, env=env) as chat:
        chat.shows("\x1b]11;?")
        chat.presses(WHITE)
        shown = chat.shows(SCREEN_ON) + chat.shows("[Start]")
        assert WHITE_PAGE in shown
        chat.presses(b"\t\r")
        chat.shows("[Under 18]")
        chat.presses(b"\x11")  # Ctrl+Q
        rest = chat.ends()
    left_as_it_was(rest)
    after = rest.rpartition(SCREEN_OFF)[2]
    assert words("terminal-closing") in after
    assert "18 or over" not in after, "nothing of the talk stays on the screen"
    assert chat.process.returncode == 0
    session, _ = stored(data)
    assert session is not None
    assert session.flows[-1].step == "age"


@pytest.mark.parametrize(
    ("arguments", "more"),
    [
        (("--plain",), {}),
        (("--trace",), {}),
        ((), {"ALONGSIDE_PLAIN": "yes"}),
        ((), {"TERM": "dumb"}),
        ((), {"PYTHONPATH": "without textual"}),
    ],
    ids=["plain", "trace", "variable", "dumb", "no textual"],
)
def test_line_by_line_where_it_is_asked_for_or_nothing_else_is_possible(
    data: Path, tmp_path: Path, arguments: tuple[str, ...], more: dict[str, str]
) -> None:
    if "PYTHONPATH" in more:
        (tmp_path / "textual").mkdir()
        (tmp_path / "textual" / "__init__.py").write_text(NOT_THERE, encoding="utf-8")
        more = {"PYTHONPATH": str(tmp_path)}
    env = on_a_screen(data, **more)
    with through_a_terminal("chat", "--data", data, *arguments, env=env) as chat:
        shown = chat.shows(words("terminal-opening")) + chat.shows("1. " + label("button-join"))
        chat.says("/quit")
        assert SCREEN_ON not in shown + chat.ends()
        assert chat.process.returncode == 0


def test_a_pipe_gets_lines_and_the_help_says_how_to_choose(data: Path) -> None:
    done = alongside("chat", "--data", data, env=on_a_screen(data))
    assert words("terminal-opening") in done.stdout
    assert "\x1b" not in done.stdout
    said = " ".join(alongside("chat", "--help").stdout.split())
    assert "--plain" in said
    assert "ALONGSIDE_PLAIN" in said


def test_textual_is_imported_only_when_it_is_used() -> None:
    look = "import sys, bot.cli.chat; sys.exit('textual' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", look], check=False).returncode == 0


def test_a_screen_that_breaks_says_so_in_a_sentence_with_help_and_no_traceback(data: Path) -> None:
    program = [sys.executable, "-c", BROKEN, "chat", "--data", str(data)]
    env = on_a_screen(data)
    with through_a_terminal(env=env, program=program) as chat:
        chat.shows("[Start]")
        chat.presses(b"\t\r")
        chat.shows("[Under 18]")
        chat.presses(b"\x1b[15~")  # F5
        rest = chat.ends()
    left_as_it_was(rest)
    assert "Something broke here (RuntimeError). What was answered is kept." in rest
    assert "findahelpline.com" in rest.rpartition(SCREEN_OFF)[2]
    assert "Xochitl" not in rest
    assert chat.process.returncode == 1


def test_a_store_that_cannot_be_opened_is_told_on_the_plain_screen(data: Path) -> None:
    (data / "alongside.db").write_bytes(b"not a database " * 100)
    with through_a_terminal("chat", "--data", data, env=on_a_screen(data)) as chat:
        rest = chat.ends()
    left_as_it_was(rest)
    after = rest.rpartition(SCREEN_OFF)[2]
    assert f"{data / 'alongside.db'}" in after
    assert "findahelpline.com" in after
    assert chat.process.returncode == 1


def test_a_computer_that_shuts_down_leaves_the_terminal_as_it_was(data: Path) -> None:
    with through_a_terminal("chat", "--data", data, env=on_a_screen(data)) as chat:
        chat.shows("F4")
        chat.process.send_signal(signal.SIGTERM)
        left_as_it_was(chat.ends())
        assert chat.process.returncode == 0


def test_a_window_that_is_closed_ends_the_chat_and_lets_the_next_one_in(data: Path) -> None:
    for _ in range(2):
        with through_a_terminal("chat", "--data", data, env=on_a_screen(data)) as chat:
            chat.shows("F4")
            assert chat.is_closed() in (0, 120)  # 120: Python had words left, and nowhere to write


def test_an_interrupt_from_outside_is_no_crash(data: Path) -> None:
    with through_a_terminal("chat", "--data", data, env=on_a_screen(data)) as chat:
        chat.shows("F4")
        os.kill(chat.process.pid, signal.SIGINT)
        left_as_it_was(chat.ends())
        assert chat.process.returncode == 0
