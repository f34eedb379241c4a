"""The documents say what there is: settings, stored columns, kinds kept, verbs, the talk."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from dataclasses import fields
from datetime import timedelta
from pathlib import Path

import pytest

from bot.features import FEATURES
from bot.library.files import content_folder
from bot.library.load import load_content
from bot.operations.config import KEYS_VARIABLE, Settings, read_settings
from bot.storage.schema import metadata
from bot.storage.unit import HALF_WELCOMED, OVERDUE, QUARANTINED, SEEN, SHOWN, UNDELIVERED

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "config.example.toml"
PAGES = ("README.md", "content/README.md", "docs/data.md", "docs/design.md")


def page(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def rows(name: str, header: str) -> list[list[str]]:
    """Return the cells of the table whose header begins with `header`, a list for each row."""
    lines = page(name).splitlines()
    start = next(n for n, line in enumerate(lines) if line.startswith(header))
    found: list[list[str]] = []
    for line in lines[start + 2 :]:
        if not line.startswith("|"):
            break
        found.append([cell.strip() for cell in line.strip("|").split("|")])
    return found


def test_every_setting_is_in_the_example_and_the_reverse() -> None:
    example = tomllib.loads(EXAMPLE.read_text(encoding="utf-8"))
    assert list(example) == [field.name for field in fields(Settings)]
    assert KEYS_VARIABLE in EXAMPLE.read_text(encoding="utf-8")


def test_the_example_as_it_stands_changes_nothing() -> None:
    assert read_settings(EXAMPLE) == read_settings(None)


def test_every_setting_of_the_example_is_explained() -> None:
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines):
        if re.match(r"\w+ =", line):
            assert lines[number - 1].startswith("# "), line


def test_every_column_is_in_the_data_page_and_the_reverse() -> None:
    described: list[tuple[str, str]] = []
    for table, columns, *rest in rows("docs/data.md", "| table |"):
        described += [(table, column.strip()) for column in columns.split(",")]
        assert len(rest) == 3, f"{table}: what, why, until when"
        assert all(rest), f"{table}, {columns}: a cell is empty"
    there = [(table.name, column.name) for table in metadata.tables.values() for column in table.c]
    assert sorted(described) == sorted(there)


@pytest.mark.parametrize(
    ("table", "column", "time"),
    [
        ("people", "id", HALF_WELCOMED),
        ("reminders", "id", OVERDUE),
        ("outbox", "seq", UNDELIVERED),
        ("outbox", "body", UNDELIVERED),
        ("shown", "place", SHOWN),
        ("shown", "ref", SHOWN),
        ("seen", "event", SEEN),
        ("quarantine", "event", QUARANTINED),
        ("day_keys", "day", SHOWN + timedelta(days=1)),
    ],
)
def test_how_long_it_says_is_how_long_it_is(table: str, column: str, time: timedelta) -> None:
    (until,) = [
        cells[4]
        for cells in rows("docs/data.md", "| table |")
        if cells[0] == table and column in re.split(r",\s*", cells[1])
    ]
    said = f"{time.days} days" if time.days > 1 else f"{time // timedelta(hours=1)} hours"
    assert said in until


def test_every_kind_kept_is_in_the_data_page_word_for_word_and_the_reverse() -> None:
    kept = [[k.kind, k.what, k.why, k.until] for one in FEATURES for k in one.keeps]
    assert sorted(rows("docs/data.md", "| kind |")) == sorted(kept)


def test_every_flow_that_keeps_something_is_of_a_kind_there() -> None:
    known = {cells[0] for cells in rows("docs/data.md", "| kind |")}
    flows = load_content(content_folder()).library.flows.values()
    assert {flow.records for flow in flows if flow.records} <= known


def test_the_transcript_is_what_the_talk_prints() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bot", "play", "tests/dialogues/readme.toml"],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    shown = re.search(
        r"<!-- transcript -->\n```text\n(.*?)```\n<!-- /transcript -->",
        page("README.md"),
        re.DOTALL,
    )
    assert shown, "README.md has the talk between its two marks"
    assert shown[1].rstrip().splitlines() == done.stdout.rstrip().splitlines()


@pytest.mark.parametrize("name", PAGES)
def test_every_make_verb_named_exists(name: str) -> None:
    targets = set(re.findall(r"^([a-z][a-z-]*):", page("Makefile"), re.MULTILINE))
    named = set(re.findall(r"(?:^|`)make ([a-z][a-z-]*)", page(name), re.MULTILINE))
    assert named <= targets
    assert name != "README.md" or named >= {"chat", "test", "check", "content"}


@pytest.mark.parametrize("name", PAGES)
def test_every_file_linked_exists(name: str) -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", page(name))
    missing = [link for link in links if not (ROOT / name).parent.joinpath(link).exists()]
    assert missing == []
