"""A wheel, built from the source archive and installed elsewhere, works from any directory."""

import os
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Installed:
    """A fresh environment that holds the wheel, and an empty directory to stand in."""

    wheel: Path
    alongside: Path
    elsewhere: Path


def run(*command: str | Path, cwd: Path, said: str = "") -> str:
    """Run a command away from the checkout and return what it printed; it must succeed."""
    kept = {key: os.environ[key] for key in ("PATH", "TMPDIR") if key in os.environ}
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        input=said,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
        env=kept | {"HOME": str(cwd), "LANG": "C.UTF-8", "PYTHONWARNINGS": "default"},
    )
    assert done.returncode == 0, (
        f"{command} ended with {done.returncode}\n{done.stdout}{done.stderr}"
    )
    return done.stdout


def build(source: Path, target: str, into: Path) -> Path:
    run(sys.executable, "-m", "hatchling", "build", "-t", target, "-d", into, cwd=source)
    (built,) = (path for path in into.iterdir() if path.is_file())
    return built


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    base = tmp_path_factory.mktemp("wheel")
    archive = build(ROOT, "sdist", base / "sdist")
    with tarfile.open(archive) as packed:
        packed.extractall(base / "unpacked", filter="data")
    (source,) = (base / "unpacked").iterdir()
    wheel = build(source, "wheel", base / "dist")

    home = base / "venv"
    venv.create(home, with_pip=False, symlinks=os.name != "nt")
    python = home / "bin" / "python"
    arguments = ("install", "--quiet", "--no-index", "--no-deps", "--no-compile", wheel)
    run(sys.executable, "-m", "pip", "--python", python, *arguments, cwd=base)
    # The dependencies are those of the environment that runs the tests: nothing is fetched.
    site = run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=base)
    shared = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    (Path(site.strip()) / "shared.pth").write_text("\n".join(sorted(shared)) + "\n")

    elsewhere = base / "elsewhere"
    elsewhere.mkdir()
    where = run(python, "-c", "import bot; print(bot.__file__)", cwd=elsewhere)
    assert Path(where.strip()).is_relative_to(home), "the tests must not see the checkout"
    return Installed(wheel=wheel, alongside=home / "bin" / "alongside", elsewhere=elsewhere)


def test_it_carries_code_content_and_migrations_only(installed: Installed) -> None:
    with zipfile.ZipFile(installed.wheel) as packed:
        names = set(packed.namelist())
    content = [path for path in (ROOT / "content").rglob("*") if path.is_file()]
    assert content
    for path in content:
        assert f"bot/_content/{path.relative_to(ROOT / 'content').as_posix()}" in names
    migrations = (ROOT / "bot" / "storage" / "migrations").rglob("*.py")
    assert {path.relative_to(ROOT).as_posix() for path in migrations} <= names
    tops = {name.partition("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"bot", "adapters"}


def test_it_is_the_same_from_the_checkout_and_from_the_archive(
    installed: Installed, tmp_path: Path
) -> None:
    direct = build(ROOT, "wheel", tmp_path)
    with zipfile.ZipFile(direct) as ours, zipfile.ZipFile(installed.wheel) as theirs:
        assert sorted(ours.namelist()) == sorted(theirs.namelist())


def test_it_helps(installed: Installed) -> None:
    assert "chat" in run(installed.alongside, "--help", cwd=installed.elsewhere)


def test_its_content_is_sound(installed: Installed) -> None:
    said = run(installed.alongside, "content", "check", cwd=installed.elsewhere)
    assert said.startswith("The content is in order: ")


def test_it_talks(installed: Installed, tmp_path: Path) -> None:
    command = (installed.alongside, "chat", "--data", tmp_path / "data", "--person", "t")
    assert run(*command, cwd=installed.elsewhere, said="/help\n/quit\n").strip()
