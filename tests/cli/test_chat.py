"""`alongside chat` as a person meets it: welcomed, killed, back again, and nothing lost."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from bot.core.effects import Fact, Need
from bot.core.state import Session
from bot.runtime.clock import SystemClock
from bot.storage.store import Store
from bot.storage.vault import Keyring, Vault
from tests.cli.console import (
    Console,
    alongside,
    environment,
    label,
    through_a_pipe,
    through_a_terminal,
    words,
)

Way = Callable[..., AbstractContextManager[Console]]
WAYS = pytest.mark.parametrize(
    "way", [through_a_pipe, through_a_terminal], ids=["pipe", "terminal"]
)

WELCOME = (
    ("button-join", "flow-welcome-age"),
    ("flow-welcome-age-adult", "flow-welcome-keep"),
    ("flow-welcome-keep-checkins", "flow-welcome-path"),
    ("flow-welcome-path-stop", "flow-welcome-closing-done"),
)
MOOD = "0 is as low as it gets"
PULL = "0 is none at all"
SURE = "0 is not at all"


def stored(data: Path, person: str = "me") -> tuple[Session | None, list[Fact]]:
    """Return what the store holds of a person, once nobody else has it open."""

    async def look() -> tuple[Session | None, list[Fact]]:
        keyring = Keyring.read(data / "master.key")
        store = await Store.open(data / "alongside.db", Vault(keyring))
        try:
            account = store.account_hash("terminal", person)
            async with store.unit(SystemClock().now()) as unit:
                people, _ = await unit.load([account], [])
                if account not in people:
                    return None, []
                loaded = await unit.facts(people[account], Need(("checkin",), newest=9))
                return people[account].session, list(loaded.facts)
        finally:
            await store.close()

    return asyncio.run(look())


def welcomed(chat: Console) -> None:
    """Go through the welcome, up to the first question of the check-in."""
    chat.shows(words("welcome"))
    for typed, answer in WELCOME:
        chat.says(label(typed))
        chat.shows(words(answer))
    chat.shows(MOOD)


@WAYS
def test_welcome_and_check_in_with_a_kill_in_the_middle(way: Way, data: Path) -> None:
    with way("chat", "--data", data) as chat:
        welcomed(chat)
        chat.says("5")
        chat.shows(PULL)
        chat.says("8")
        chat.shows(SURE)
        chat.dies()

    with way("chat", "--data", data) as chat:
        chat.shows(words("welcome-back-open"))
        chat.shows(SURE)
        chat.says("4")
        chat.shows(words("flow-checkin-used", part="evening"))
        chat.says(label("flow-checkin-used-no"))
        chat.shows("A pull of 8 is strong")
        chat.says("/quit")
        assert words("terminal-closing") in chat.ends()
        assert chat.process.returncode == 0

    session, facts = stored(data)
    assert session is not None
    assert session.welcomed
    assert session.flows == ()
    (fact,) = facts
    kept = {name: fact.body[name] for name in ("mood", "craving", "confidence", "used")}
    assert kept == {"mood": 5, "craving": 8, "confidence": 4, "used": "no"}
    assert "partial" not in fact.body


def test_four_answers_by_their_numbers_are_a_welcome(data: Path) -> None:
    """Where a number is a button, the number is enough; on a scale it is the answer."""
    with through_a_pipe("chat", "--data", data) as chat:
        chat.shows("1. " + label("button-join"))
        for number in ("1", "1", "3", "1"):
            chat.says(number)
        chat.shows(MOOD)
        chat.says("0")
        chat.shows(PULL)
    session, facts = stored(data)
    assert session is not None
    assert (session.welcomed, session.age, session.path) == (True, "adult", "stop")
    assert (session.keep_checkins, session.keep_words, facts) == (False, False, [])
    assert session.flows[-1].answers == {"mood": 0}


@WAYS
def test_the_end_of_the_input_is_a_goodbye(way: Way, data: Path) -> None:
    with way("chat", "--data", data) as chat:
        chat.shows(words("welcome"))
        if way is through_a_terminal:
            chat.shows("> ")
            chat.presses(b"\x04")
        else:
            assert chat.process.stdin
            chat.process.stdin.close()
        assert words("terminal-closing") in chat.ends()
        assert chat.process.returncode == 0


@WAYS
@pytest.mark.parametrize("after", ["welcome", "question"])
def test_an_interrupt_is_no_crash(way: Way, data: Path, after: str) -> None:
    with way("chat", "--data", data) as chat:
        chat.shows(words("welcome"))
        if after == "question":
            chat.says(label("button-join"))
            chat.shows(label("flow-welcome-age-minor"))
        if way is through_a_terminal:
            chat.shows("> ")
            chat.presses(b"\x03")
        else:
            chat.process.send_signal(signal.SIGINT)
        rest = chat.ends()
        assert "Traceback" not in rest
        assert "Error" not in rest
        assert chat.process.returncode == 0


def test_a_reader_that_goes_away_is_no_crash(data: Path) -> None:
    with through_a_pipe("chat", "--data", data) as chat:
        chat.shows(words("terminal-opening"))
        assert chat.process.stdout
        chat.process.stdout.close()
        assert chat.process.stdin
        chat.says("hello")
        chat.process.stdin.close()
        assert chat.process.wait(20) in (0, 120)


def test_people_on_one_computer_are_strangers_to_each_other(data: Path) -> None:
    said = "".join(f"{label(typed)}\n" for typed, _ in WELCOME)
    done = alongside("chat", "--data", data, "--person", "ana", said=said)
    assert MOOD in done.stdout
    done = alongside("chat", "--data", data, "--person", "ben")
    assert words("welcome") in done.stdout
    assert MOOD not in done.stdout
    done = alongside("chat", "--data", data, "--person", "ana")
    assert MOOD in done.stdout
    assert words("welcome") not in done.stdout
    ana, ben, nobody = (stored(data, one)[0] for one in ("ana", "ben", "me"))
    assert ana is not None
    assert ben is not None
    assert (ana.welcomed, ben.welcomed, nobody) == (True, False, None)


def test_it_begins_in_the_language_it_is_told(data: Path) -> None:
    done = alongside("chat", "--data", data, "--lang", "es")
    assert words("terminal-opening", "es") in done.stdout
    assert words("welcome", "es") in done.stdout
    assert (done.returncode, done.stderr) == (0, "")
    done = alongside("chat", "--data", data, "--lang", "tlh", "--person", "ben")
    assert words("welcome", "en") in done.stdout
    assert done.stderr.startswith("--lang tlh: known are en, es")


def test_a_trace_is_shown_on_a_terminal_only_and_never_words(data: Path) -> None:
    said = "my secret is Xochitl\n"
    done = alongside("chat", "--data", data, "--trace", said=said)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Turn(" not in done.stdout
    with through_a_terminal("chat", "--data", data, "--trace") as chat:
        chat.shows("Turn(")
        chat.shows("> ")
        chat.says(said.strip())
        chat.shows(said.strip())  # the terminal's echo
        shown = chat.shows("Said(") + chat.shows("-> Turn(session=Session(") + chat.shows("\n> ")
        assert "Xochitl" not in shown


# --- whatever is typed ----------------------------------------------------------------------------

GARBAGE = (
    b"\xff\xfe\x80 not text\n",
    b"\xed\xa0\x80\xed\xbf\xbf lone surrogates\n",
    b"\x00\x00\x00\n",
    b"before\x00after\n",
    b"\x1b[2J\x1b]0;title\x07 escapes\n",
    "\u202eright to left\u2066\n".encode(),
    b"/\n",
    b"//\n",
    b"/ checkin\n",
    b"/\xff\n",
    b"/checkin \x00\n",
    b"\r\r\r\n",
    b"\t \n",
    b"999999999999999999999999999999\n",
    b"1" * 5000 + b"\n",
    "\u0661\n\u0663\n\u00b2\n".encode(),
    b"*bold* `code` { $note } {{ x }} <b>\n",
    b"a" * 100_000 + b"\n",
    b"/" + b"b" * 100_000 + b"\n",
    b"1 " * 50_000 + b"\n",
    "é".encode() * 50_000 + b"\n",
    b"no line end",
)


def test_nothing_that_can_be_typed_breaks_it(data: Path) -> None:
    lines = b"".join(GARBAGE)
    done = alongside("chat", "--data", data, said=lines)
    assert (done.returncode, done.stderr) == (0, "")
    assert "\x00" not in done.stdout
    assert "\x1b" not in done.stdout
    assert words("turn-failed") not in done.stdout
    assert words("terminal-closing") in done.stdout


def test_nor_in_the_middle_of_a_question(data: Path) -> None:
    start = "".join(f"{label(typed)}\n" for typed, _ in WELCOME).encode()
    done = alongside("chat", "--data", data, said=start + b"".join(GARBAGE) + b"\n/checkin\n5\n")
    assert (done.returncode, done.stderr) == (0, "")
    assert words("turn-failed") not in done.stdout
    assert PULL in done.stdout


@pytest.mark.parametrize("person", [b"\xff", b"", b"x" * 5000])
def test_nor_whoever_is_said_to_be_chatting(data: Path, person: bytes) -> None:
    done = alongside("chat", "--data", data, f"--person={os.fsdecode(person)}")
    assert (done.returncode, done.stderr) == (0, "")
    assert words("welcome") in done.stdout


def test_it_speaks_utf8_whatever_the_system_says(data: Path) -> None:
    env = environment(LC_ALL="C", PYTHONIOENCODING="ascii", PYTHONCOERCECLOCALE="0", PYTHONUTF8="0")
    done = alongside("chat", "--data", data, "--lang", "es", said="sí\n¿qué?\n", env=env)
    assert (done.returncode, done.stderr) == (0, "")
    assert words("welcome", "es") in done.stdout


def test_what_it_makes_is_for_its_owner_alone(tmp_path: Path) -> None:
    data = tmp_path / "new" / "data"
    done = alongside("chat", "--data", data)
    assert (done.returncode, done.stderr) == (0, "")
    assert data.stat().st_mode & 0o777 == 0o700
    made = {path.name: path.stat().st_mode & 0o777 for path in data.iterdir()}
    assert made == dict.fromkeys(["alongside.db", "in-use.lock", "master.key"], 0o600)


def test_what_is_owed_to_one_person_is_never_shown_to_another(data: Path) -> None:
    """Ana's window is gone before her question is out; Ben is the next to open a chat."""
    said = "".join(f"{label(typed)}\n" for typed, _ in WELCOME)
    with through_a_pipe("chat", "--data", data, "--person", "ana") as chat:
        chat.shows(words("terminal-opening"))
        assert chat.process.stdout
        chat.process.stdout.close()
        chat.says(said + "/privacy")
        assert chat.process.stdin
        chat.process.stdin.close()
        chat.process.wait(20)
    done = alongside("chat", "--data", data, "--person", "ben")
    assert done.stdout.count(words("welcome")) == 1
    assert MOOD not in done.stdout
    assert words("kept-checkins") not in done.stdout
    done = alongside("chat", "--data", data, "--person", "ana")
    assert MOOD in done.stdout, "it waited for her"
