"""Files that are handed over, in both faces: saved for the member alone, nothing overwritten."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest

from adapters.terminal.chat import Terminal
from adapters.terminal.client import Client
from adapters.terminal.saving import Draw, Files, downloads
from bot.cli.tongue import Tongue
from bot.core.outgoing import Attached, DrawnChart, Outgoing
from bot.core.text import Span
from bot.runtime.clock import SystemClock, random_seed
from bot.runtime.observer import Unobserved
from tests.terminal.conftest import Opens
from tests.worlds import content

DATA = Attached("data", "mine.json", '{"mood": "ánimo"}')
CHART = Attached("picture", "days.png", chart=DrawnChart("Days", "2026-03-01", "2026-03-07"))
ITEM = Outgoing(1, "terminal", "me", "reply", "send", "", (Span("Here it is."),))


def files(folder: Path | None, *, lang: str = "en", draw: Draw | None = None) -> Files:
    return Files(Tongue(content(), lang, Unobserved()), folder=folder, draw=draw)


def names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


async def printed(saving: Files, file: Attached) -> str:
    """Return what the line face prints for a message with `file`."""
    screen = io.StringIO()
    terminal = Terminal(
        Client("me"),
        lines=io.StringIO(),
        screen=screen,
        files=saving,
        now=SystemClock().now,
        seed=random_seed,
    )
    await terminal.send(replace(ITEM, attached=file), "")
    return " ".join(screen.getvalue().split())


async def drawing(chart: DrawnChart) -> bytes:
    return b"\x89PNG " + chart.title.encode()


async def failing(chart: DrawnChart) -> bytes:
    raise RuntimeError(chart.title)


async def test_a_file_is_written_for_its_owner_alone_and_never_over_another(tmp_path: Path) -> None:
    for name in ("mine.json", "mine-2.json", "mine-3.json"):
        assert f"I saved it here: {tmp_path / name}" in await printed(files(tmp_path), DATA)
        assert (tmp_path / name).read_text(encoding="utf-8") == DATA.content
        assert (tmp_path / name).stat().st_mode & 0o777 == 0o600


async def test_a_name_never_leads_out_of_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "here"
    folder.mkdir()
    for name in ("../../up.txt", "/etc/up.txt", "..\\up.txt", "..", ""):
        await printed(files(folder), Attached("text", name, "x"))
    assert names(tmp_path) == ["here"]
    assert len(names(folder)) == 5


async def test_where_nothing_can_be_written_a_sentence_says_so(tmp_path: Path) -> None:
    shown = await printed(files(tmp_path / "gone", lang="es"), DATA)
    assert shown.startswith("Here it is.")
    assert "No pude escribir el archivo aquí." in shown
    shown = await printed(files(tmp_path, draw=failing), CHART)
    assert "I couldn't save the file here." in shown
    assert names(tmp_path) == []


async def test_a_picture_is_its_words_and_a_file_where_something_draws(tmp_path: Path) -> None:
    assert await printed(files(tmp_path), CHART) == "Here it is."
    assert f"I saved it here: {tmp_path / 'days.png'}" in (
        await printed(files(tmp_path, draw=drawing), CHART)
    )
    assert (tmp_path / "days.png").read_bytes() == b"\x89PNG Days"


async def test_downloads_are_where_the_member_keeps_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    assert downloads() == tmp_path
    (tmp_path / "Downloads").mkdir()
    assert downloads() == tmp_path / "Downloads"
    (tmp_path / "Descargas").mkdir()
    (tmp_path / ".config").mkdir()
    named = tmp_path / ".config" / "user-dirs.dirs"
    named.write_text('# here\nXDG_DOWNLOAD_DIR="$HOME/Descargas"\n', encoding="utf-8")
    assert downloads() == tmp_path / "Descargas"
    named.write_text('XDG_DOWNLOAD_DIR="$HOME/gone"\n', encoding="utf-8")
    assert downloads() == tmp_path / "Downloads"
    assert "Downloads" in await printed(files(None), DATA)
    assert (tmp_path / "Downloads" / "mine.json").exists()


async def test_the_screen_says_where_a_file_is_too(opened: Opens) -> None:
    async with opened(lang="es") as me:
        await me.face.send(replace(ITEM, attached=DATA), "")
        await me.pilot.pause()
        assert "Here it is." in me.picture()
        assert "Quedó guardado aquí:" in me.picture()
        assert (me.downloads.folder / "mine.json").read_text(encoding="utf-8") == DATA.content
