"""What every verb needs before it can talk: settings, content and keys, or all that is wrong."""

from __future__ import annotations

import gc
import sys
from dataclasses import dataclass
from pathlib import Path

from bot.library.files import content_folder
from bot.library.load import Content, load_content
from bot.library.problems import ContentBroken
from bot.operations.config import ConfigBroken, Settings, read_settings


class CannotStart(Exception):
    """Something an operator must mend first: `sentences` says what.

    `content` is there if at least the words are in order: somebody may need the crisis page now.
    """

    def __init__(self, sentences: list[str], content: Content | None) -> None:
        """Keep the sentences to print."""
        self.sentences = sentences
        self.content = content
        super().__init__(sentences[0])


@dataclass(frozen=True, slots=True)
class Ready:
    """Settings and content, both checked."""

    settings: Settings
    content: Content


def make_ready(config: Path | None, data: Path | None) -> Ready:
    """Return settings and content; raises CannotStart with every mistake in both at once.

    An operator's helplines that cannot be used are told on standard error: ours stand in for them.
    """
    sentences: list[str] = []
    settings: Settings | None = None
    content: Content | None = None
    try:
        settings = read_settings(config, data_dir=data)
    except ConfigBroken as error:
        sentences += error.problems
    folder = (settings.content_dir if settings else None) or content_folder()
    try:
        content = load_content(folder, settings.helplines_file if settings else None)
    except ContentBroken as error:
        sentences += [f"content: {problem}" for problem in error.problems]
    if settings is None or content is None:
        raise CannotStart(sentences, content)
    if content.helplines.ignored:
        sys.stderr.write(
            f"helplines_file = {settings.helplines_file} has a mistake, so only the helplines that "
            "came along are used; alongside content check says what to mend.\n"
        )
    tune_garbage_collection()
    return Ready(settings, content)


def tune_garbage_collection() -> None:
    """Leave what is loaded by now out of the search for garbage, and search less often.

    The content lives as long as the program. A turn makes some hundreds of objects and next to no
    cycles, so Python's own threshold of 700 has every few turns searched for nothing.
    """
    gc.freeze()
    gc.set_threshold(10_000, 10, 10)
