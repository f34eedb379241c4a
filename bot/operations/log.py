"""The log: names of events and counts, on standard error. Never words, names or ids of people."""

from __future__ import annotations

import io
import logging
import sys
from contextlib import suppress
from typing import TextIO, cast

import structlog

from bot.core.effects import Turn
from bot.core.events import Event


class _Quiet(io.TextIOBase):
    """Standard error, for as long as somebody reads it: a log must never stop a conversation."""

    def write(self, line: str) -> int:
        with suppress(OSError, ValueError):
            sys.stderr.write(line)
        return len(line)

    def flush(self) -> None:
        with suppress(OSError, ValueError):
            sys.stderr.flush()


def set_up_log(level: str) -> None:
    """Write lines of `level` and above to standard error; other libraries only their errors."""
    logging.basicConfig(stream=sys.stderr, level=logging.ERROR, format="%(name)s %(levelname)s")
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(cast(TextIO, _Quiet())),
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.LogfmtRenderer(key_order=["timestamp", "level", "event"]),
        ],
    )


class LoggingObserver:
    """Writes what the shell notices to the log."""

    def __init__(self) -> None:
        """Use the log as `set_up_log` left it."""
        self._log = structlog.get_logger()

    def turned(self, event: Event, turn: Turn) -> None:
        """Note the kind of event and of its effects."""
        effects = ",".join(type(effect).__name__ for effect in turn.effects)
        self._log.debug("turn", kind=type(event).__name__, effects=effects)

    def store_down(self, events: int) -> None:
        """Note that events could not be saved."""
        self._log.error("store_down", events=events)

    def quarantined(self, why: str) -> None:
        """Note that an event was put aside, with the name of the error."""
        self._log.error("quarantined", why=why)

    def undelivered(self, platform: str) -> None:
        """Note that a message waits for the next start."""
        self._log.warning("undelivered", platform=platform)

    def unrenderable(self, key: str) -> None:
        """Note the sentence that could not be filled."""
        self._log.error("unrenderable", sentence=key)


class TracingObserver(LoggingObserver):
    """Shows each event and what it became, for someone at a terminal; words stay hidden."""

    def turned(self, event: Event, turn: Turn) -> None:
        """Print both as they are."""
        _Quiet().write(f"{event!r}\n  -> {turn!r}\n")
