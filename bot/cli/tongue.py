"""An adapter's own sentences, in the language the member speaks by now."""

from __future__ import annotations

from bot.core.effects import Turn
from bot.core.events import Event
from bot.core.text import Text, plain
from bot.library.load import Content
from bot.runtime.observer import Observer


class Tongue:
    """Watches which language the turns of the one person here are in, and speaks it.

    It stands before another observer, which is told everything.
    """

    def __init__(self, content: Content, lang: str, observer: Observer) -> None:
        """Begin in `lang`; pass on to `observer` what is noticed."""
        self._lexicon = content.lexicon
        self.lang = lang
        self._observer = observer

    def __call__(self, key: str, **args: str | int) -> str:
        """Return the sentence `key`, as plain text."""
        return plain(self._lexicon.render(Text(key, tuple(args.items())), self.lang))

    def turned(self, event: Event, turn: Turn) -> None:
        """Note the language, and pass the turn on."""
        self.lang = turn.session.lang
        self._observer.turned(event, turn)

    def store_down(self, events: int) -> None:
        """Pass it on."""
        self._observer.store_down(events)

    def quarantined(self, why: str) -> None:
        """Pass it on."""
        self._observer.quarantined(why)

    def undelivered(self, platform: str) -> None:
        """Pass it on."""
        self._observer.undelivered(platform)

    def unrenderable(self, key: str) -> None:
        """Pass it on."""
        self._observer.unrenderable(key)
