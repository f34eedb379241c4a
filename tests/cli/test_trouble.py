"""What cannot work is said in a sentence, with the way to help shown, and never pretended."""

from __future__ import annotations

import base64
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.library.files import content_folder
from bot.operations.config import KEYS_VARIABLE, ConfigBroken, read_settings
from bot.storage.vault import Keyring
from tests.cli.console import (
    LIMITED,
    UNLIMITED,
    WITHOUT_PRIVILEGE,
    alongside,
    environment,
    label,
    through_a_pipe,
    through_a_terminal,
    words,
)
from tests.cli.test_chat import MOOD, PULL, WELCOME, stored, welcomed

HELP = "findahelpline.com"

# --- settings and content -------------------------------------------------------------------------


def test_every_mistake_in_the_settings_is_told_at_once(tmp_path: Path) -> None:
    settings = tmp_path / "settings.toml"
    settings.write_text(
        'data_dir = 3\nkey_file = "~nobody-of-that-name/key"\nlog_level = "loud"\ntokn = "x"\n',
        encoding="utf-8",
    )
    done = alongside("--config", settings, "chat")
    assert done.returncode == 2
    assert HELP in done.stdout, "help stands there even so"
    assert words("welcome") not in done.stdout
    assert done.stderr.splitlines() == [
        f"{settings}, tokn: there is no such setting. "
        "Known: content_dir, data_dir, database_url, helplines_file, key_file, log_level.",
        f'{settings}, data_dir: must be a path in quotes, like "/srv/alongside".',
        f"{settings}, key_file: there is no home folder behind '~nobody-of-that-name/key'.",
        f"{settings}, log_level: must be one of debug, info, warning, error.",
    ]


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        (None, ": cannot be read (No such file or directory)."),
        (b"data_dir = ", ": is not valid TOML: Invalid value (at end of document)."),
        (b"\xff", ": is not valid TOML: "),
    ],
)
def test_settings_that_cannot_be_read_are_told(
    tmp_path: Path, written: bytes | None, sentence: str
) -> None:
    settings = tmp_path / "settings.toml"
    if written is not None:
        settings.write_bytes(written)
    with pytest.raises(ConfigBroken) as caught:
        read_settings(settings)
    (problem,) = caught.value.problems
    assert problem.startswith(f"{settings}{sentence}")


@pytest.mark.parametrize("verb", [("chat",), ("play", "x.toml"), ("content", "check")])
def test_and_no_verb_starts_with_them(tmp_path: Path, verb: tuple[str, ...]) -> None:
    done = alongside("--config", tmp_path / "none.toml", *verb)
    assert done.returncode == 2
    assert (HELP in done.stdout) is (verb == ("chat",))
    assert done.stderr.startswith(f"{tmp_path / 'none.toml'}: cannot be read (No such file")


def test_every_mistake_in_the_content_is_told_at_once_and_with_those_in_the_settings(
    tmp_path: Path, data: Path
) -> None:
    folder = tmp_path / "content"
    shutil.copytree(content_folder(), folder)
    (folder / "es" / "crisis.toml").unlink()
    with (folder / "flows" / "note.toml").open("a", encoding="utf-8") as note:
        note.write('\n[[closing]]\nname = "Two Words"\nsays = 1\n')
    settings = tmp_path / "settings.toml"
    settings.write_text(f"content_dir = '{folder}'\ndata_dir = '{data}'\n", encoding="utf-8")
    done = alongside("--config", settings, "chat", said="hello\n")
    assert done.returncode == 2
    assert "call now" in done.stdout, "somebody may need the crisis page this minute"
    told = done.stderr.splitlines()
    assert len(told) > 2
    assert all(line.startswith("content: ") for line in told)
    assert any(line.startswith("content: es/crisis.toml: is missing.") for line in told)
    assert any(line.startswith("content: flows/note.toml, ") for line in told)

    settings.write_text("tokn = 1\n", encoding="utf-8")
    done = alongside("--config", settings, "chat")
    assert done.returncode == 2


def test_a_content_folder_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    settings = tmp_path / "settings.toml"
    settings.write_text('content_dir = "/nowhere/at/all"\n', encoding="utf-8")
    done = alongside("--config", settings, "chat")
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert line.startswith("content: /nowhere/at/all: there is no such folder.")


# --- keys -----------------------------------------------------------------------------------------


def refused(done: object, *, code: int, sentence: str) -> None:
    """Check that a chat did not open, said why, and still showed where help is."""
    assert getattr(done, "returncode", None) == code
    stdout, stderr = getattr(done, "stdout", ""), getattr(done, "stderr", "")
    assert sentence in stderr
    assert "Traceback" not in stderr
    assert HELP in stdout
    assert words("welcome") not in stdout


def test_a_lost_key_file_is_never_replaced(data: Path) -> None:
    (data / "master.key").unlink()
    done = alongside("chat", "--data", data, said="hello\n")
    refused(done, code=2, sentence=f"{data / 'master.key'}: there is no key file, but ")
    assert f"set key_file or {KEYS_VARIABLE} to where the keys are now." in done.stderr
    assert not (data / "master.key").exists()


def test_a_key_file_that_others_can_read_is_refused(data: Path) -> None:
    (data / "master.key").chmod(0o644)
    done = alongside("chat", "--data", data)
    refused(done, code=2, sentence=f"run: chmod 600 {data / 'master.key'}")


@pytest.mark.parametrize("written", ["", "lookup", "lookup x\nmaster-1 y", "what is this"])
def test_a_broken_key_file_is_told(data: Path, written: str) -> None:
    (data / "master.key").write_text(written, encoding="utf-8")
    refused(alongside("chat", "--data", data), code=2, sentence=f"{data / 'master.key'}")


def test_another_key_file_is_told_apart(data: Path) -> None:
    assert alongside("chat", "--data", data, said="hello\n").returncode == 0
    (data / "master.key").unlink()
    Keyring.create(data / "master.key")
    done = alongside("chat", "--data", data)
    refused(done, code=2, sentence="was not sealed with the keys in use here")


def test_keys_come_from_the_environment_too(tmp_path: Path) -> None:
    one, two = (base64.b64encode(bytes([n]) * 32).decode() for n in (1, 2))
    env = environment(**{KEYS_VARIABLE: f"lookup {one};master-1 {two}"})
    for greeting in ("hello\n", ""):
        done = alongside("chat", "--data", tmp_path / "data", said=greeting, env=env)
        assert (done.returncode, done.stderr) == (0, "")
    assert not (tmp_path / "data" / "master.key").exists()
    refused(
        alongside("chat", "--data", tmp_path / "data"),
        code=2,
        sentence="there is no key file, but ",
    )
    for broken in ("garbage", "lookup é", f"lookup {one}"):
        env = environment(**{KEYS_VARIABLE: broken})
        done = alongside("chat", "--data", tmp_path / "data", env=env)
        refused(done, code=2, sentence=f"{KEYS_VARIABLE}")
        assert one not in done.stderr


# --- the store ------------------------------------------------------------------------------------


def test_a_second_chat_on_the_same_data_is_refused(data: Path) -> None:
    with through_a_pipe("chat", "--data", data) as chat:
        chat.shows(words("welcome"))
        done = alongside("chat", "--data", data, "--person", "ben", said="hello\n")
        refused(done, code=1, sentence=f"{data} is in use: a chat is open in another window.")
        chat.says(label("button-join"))
        chat.shows(words("flow-welcome-age"))
        chat.dies()
    assert alongside("chat", "--data", data).returncode == 0, "a kill leaves nothing locked"


def test_a_database_of_a_newer_program_is_refused(data: Path) -> None:
    with sqlite3.connect(data / "alongside.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    refused(alongside("chat", "--data", data), code=1, sentence="written by a newer Alongside")


@pytest.mark.parametrize("content", [b"not a database " * 100, b"SQLite format 3\0 nearly" * 99])
def test_a_file_that_is_no_database_is_told(data: Path, content: bytes) -> None:
    (data / "alongside.db").write_bytes(content)
    refused(alongside("chat", "--data", data), code=1, sentence=f"{data / 'alongside.db'}")
    assert (data / "alongside.db").read_bytes() == content


@pytest.mark.parametrize("place", ["a file/data", "a file"])
def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path, place: str) -> None:
    (tmp_path / "a file").write_text("in the way", encoding="utf-8")
    done = alongside("chat", "--data", tmp_path / place)
    assert done.returncode in (1, 2)
    refused(done, code=done.returncode, sentence=str(tmp_path / "a file"))


@pytest.fixture
def read_only(data: Path) -> Iterator[Path]:
    """A data folder that nobody may write to, with someone's welcome already in it."""
    said = "".join(f"{label(typed)}\n" for typed, _ in WELCOME)
    assert alongside("chat", "--data", data, said=said).returncode == 0
    for path in (*data.iterdir(), data):
        path.chmod(0o500 if path is data else 0o400)
    yield data
    data.chmod(0o700)


UNPRIVILEGED = (sys.executable, "-c", WITHOUT_PRIVILEGE)


def forbidden(folder: Path) -> bool:
    """Tell whether a program without privilege cannot write there; some systems let anyone."""
    attempt = f"open({str(folder / 'x')!r}, 'w')"
    tried = [*UNPRIVILEGED, sys.executable, "-c", attempt]
    return subprocess.run(tried, capture_output=True, check=False).returncode != 0


def test_a_folder_that_is_read_only_is_told(read_only: Path) -> None:
    if not forbidden(read_only):
        pytest.skip("this user may write anywhere")
    before = {path.name: path.read_bytes() for path in read_only.iterdir()}
    done = alongside("chat", "--data", read_only, said="5\n", before=UNPRIVILEGED)
    refused(done, code=1, sentence="could not save")
    assert MOOD not in done.stdout
    assert {path.name: path.read_bytes() for path in read_only.iterdir()} == before


def test_a_new_store_in_a_folder_that_is_read_only_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "locked"
    folder.mkdir(mode=0o500)
    if not forbidden(folder):
        pytest.skip("this user may write anywhere")
    done = alongside("chat", "--data", folder / "data", before=UNPRIVILEGED)
    refused(done, code=2, sentence="cannot be written (Permission denied)")


@pytest.mark.parametrize("size", [0, 40_000])
def test_a_disk_that_is_full_from_the_start_is_told(tmp_path: Path, size: int) -> None:
    limited = (sys.executable, "-c", LIMITED, str(size))
    done = alongside("chat", "--data", tmp_path / "data", said="hello\n", before=limited)
    refused(done, code=done.returncode, sentence=str(tmp_path / "data"))
    assert done.returncode in (1, 2)
    done = alongside("chat", "--data", tmp_path / "data", said="hello\n")
    assert (done.returncode, done.stderr) == (0, ""), "with room again it opens"


def test_a_disk_that_fills_up_says_what_is_lost_and_keeps_the_rest(data: Path) -> None:
    with through_a_pipe("chat", "--data", data) as chat:
        welcomed(chat)
        chat.says("5")
        chat.shows(PULL)
        chat.limits_files(0)
        for typed in ("8", "hello", "/forget", label("flow-checkin-used-no")):
            chat.says(typed)
            shown = chat.shows(words("store-down-again"))
            assert words("forget-receipt") not in shown
            assert "0 is not at all" not in shown
        chat.says("help now")
        shown = chat.shows(HELP)
        assert words("store-down-again") not in shown
        chat.limits_files(UNLIMITED)
        chat.says("7")
        chat.shows("0 is not at all")
        chat.limits_files(0)
        chat.says("/quit")
        assert "Traceback" not in chat.ends()
        assert chat.process.returncode == 0

    session, _ = stored(data)
    assert session is not None
    assert session.flows[-1].answers == {"mood": 5, "craving": 7}


def test_a_disk_that_is_full_when_it_opens_says_so_and_still_shows_help(data: Path) -> None:
    limited = (sys.executable, "-c", LIMITED, "0")
    done = alongside("chat", "--data", data, said="hello\nhelp now\n", before=limited)
    assert done.returncode in (0, 1)
    assert HELP in done.stdout
    assert words("welcome") not in done.stdout
    assert "could not save" in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert stored(data) == (None, [])


def test_in_a_terminal_a_full_disk_reads_the_same(data: Path) -> None:
    with through_a_terminal("chat", "--data", data, complaints=False) as chat:
        chat.shows(words("welcome"))
        chat.limits_files(0)
        chat.says(label("button-join"))
        chat.shows(words("store-down-again"))
        chat.limits_files(UNLIMITED)
        chat.says(label("button-join"))
        chat.shows(words("flow-welcome-age"))
