"""The picture in the README is what the program draws today, and needs nothing from elsewhere."""

from __future__ import annotations

import re

from tests.terminal.picture import PICTURE, make


def test_the_picture_is_what_is_drawn() -> None:
    assert make() == PICTURE.read_text(encoding="utf-8"), "make it again: make picture"


def test_it_fetches_nothing() -> None:
    links = re.findall(r"\bhttps?:[^\s\"'<>)]*", PICTURE.read_text(encoding="utf-8"))
    assert set(links) == {"http://www.w3.org/2000/svg"}
    assert "url(" not in re.sub(r"url\(#[\w-]+\)", "", PICTURE.read_text(encoding="utf-8"))
