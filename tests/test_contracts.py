"""The import contracts hold, and each of them bites."""

import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import grimp
import pytest

from tests.contracts import StdlibOnly

ROOT = Path(__file__).resolve().parent.parent
LINT = "from importlinter.cli import lint_imports_command as lint; lint()"

# One file for each contract, that breaks it. Written into a copy, all at once.
PLANTS = {
    "The rooms depend downwards only, and every room has its place": (
        "bot/library/planted.py",
        "import bot.storage",
    ),
    "The pure rooms use nothing but a harmless part of the standard library": (
        "bot/conversation/planted.py",
        "def late():\n    from time import time",
    ),
    "Adapters know the core's types and the port, nothing else of the bot": (
        "adapters/planted.py",
        "import bot.library",
    ),
    "The port knows the core only": (
        "bot/runtime/port.py",
        "import bot.features",
    ),
    "Only the composition root imports adapters": (
        "bot/operations/planted.py",
        "import adapters",
    ),
    "Only storage knows how things are stored and sealed": (
        "bot/runtime/planted.py",
        "import msgspec",
    ),
}

Check = Callable[[str], list[str]]


@pytest.fixture
def check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Check:
    """Return a function: source of toy.core.rules in, sentences of StdlibOnly out."""
    core = tmp_path / "toy" / "core"
    core.mkdir(parents=True)
    (tmp_path / "toy" / "__init__.py").touch()
    (tmp_path / "toy" / "shell.py").write_text("import asyncio, msgspec\n")
    (core / "__init__.py").touch()
    (core / "words.py").touch()
    monkeypatch.syspath_prepend(tmp_path)

    def run(source: str) -> list[str]:
        (core / "rules.py").write_text(source)
        graph = grimp.build_graph("toy", include_external_packages=True, cache_dir=None)
        contract = StdlibOnly(
            "pure",
            {"root_packages": ["toy"]},
            {"rooms": ["toy.core", "toy.not_built_yet"], "banned": ["asyncio", "os", "time"]},
        )
        result = contract.check(graph, verbose=False)
        wrong = result.metadata["wrong"]
        assert isinstance(wrong, list)
        assert result.kept is not bool(wrong)
        return wrong

    return run


def test_a_clean_room_passes(check: Check) -> None:
    clean = "import re\nfrom collections.abc import Mapping\nfrom toy.core import words\n"
    assert check("from __future__ import annotations\n" + clean) == []


def test_a_third_party_import_is_caught(check: Check) -> None:
    assert check("import re\nimport msgspec\n") == [
        "toy.core.rules imports msgspec (l.2), which is not in the standard library"
    ]


@pytest.mark.parametrize(
    "source",
    [
        "import time",
        "import os.path",
        "from asyncio.events import get_event_loop",
        "def late():\n    import time",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import asyncio",
    ],
)
def test_a_banned_stdlib_import_is_caught(check: Check, source: str) -> None:
    (sentence,) = check(source)
    assert sentence.endswith("which does more than compute")


def lint(folder: Path) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-c", LINT, "--no-cache", "--no-logo"],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def test_the_contracts_hold() -> None:
    status, report = lint(ROOT)
    assert status == 0, report


def test_every_contract_bites(tmp_path: Path) -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    names = {contract["name"] for contract in contracts["contracts"]}
    assert names == PLANTS.keys(), "each contract needs a plant that breaks it"

    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for package in ("bot", "adapters"):
        shutil.copytree(ROOT / package, tmp_path / package)
    (tmp_path / "tests").mkdir()
    shutil.copy(ROOT / "tests" / "contracts.py", tmp_path / "tests")
    for path, source in PLANTS.values():
        with (tmp_path / path).open("a") as planted:
            planted.write(f"\n{source}\n")

    status, report = lint(tmp_path)
    assert status == 1, report
    verdicts = {name: f"{name} BROKEN" in " ".join(report.split()) for name in names}
    assert verdicts == dict.fromkeys(names, True), report


def test_a_room_without_a_place_is_refused(tmp_path: Path) -> None:
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for package in ("bot", "adapters"):
        shutil.copytree(ROOT / package, tmp_path / package)
    (tmp_path / "tests").mkdir()
    shutil.copy(ROOT / "tests" / "contracts.py", tmp_path / "tests")
    (tmp_path / "bot" / "attic").mkdir()
    (tmp_path / "bot" / "attic" / "__init__.py").touch()

    status, report = lint(tmp_path)
    assert status == 1, report
    assert "attic" in report
