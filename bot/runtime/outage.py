"""What is said when nothing can be saved: help at once, and to everyone else the truth, once.

Nothing here reads or writes the store.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.conversation.intent import cries
from bot.core.effects import Lane, Message
from bot.core.events import Due
from bot.core.ids import derive_id
from bot.core.outgoing import Outgoing
from bot.core.text import Span, Spans, plain, text
from bot.library.load import Content
from bot.runtime.observer import Observer
from bot.runtime.port import Arrival, NotDelivered, Port
from bot.runtime.rendering import rendered

LONGEST_PAGE = 900
"""Characters of the page that needs nothing: every platform takes that in one message."""

BETWEEN = "\n\n"


class Outage:
    """Remembers, while the store is down, who was told and which cries for help were answered."""

    def __init__(self, content: Content, ports: Mapping[str, Port], observer: Observer) -> None:
        """Speak straight through `ports`: without a store there is no outbox."""
        self._content = content
        self._ports = ports
        self._observer = observer
        self._told: set[tuple[str, str]] = set()
        self._helped: set[tuple[str, str]] = set()

    def over(self) -> None:
        """Forget who was told: the store works again."""
        if self._told or self._helped:
            self._told.clear()
            self._helped.clear()

    async def answer(self, arrival: Arrival) -> None:
        """Answer an arrival that could not be saved."""
        event = (arrival.platform, arrival.event.id)
        person = (arrival.platform, arrival.user)
        cry = cries(arrival.event, self._content.library, arrival.lang)
        if cry is not None:
            page = self._page(cry.language or arrival.lang)
            if event not in self._helped and await self._send(arrival, page):
                self._helped.add(event)
            return
        redelivers = self._ports[arrival.platform].redelivers
        if redelivers and person in self._told:
            return
        key = "store-down-redelivered" if redelivers else "store-down-again"
        if await self._send(arrival, self._said(key, arrival.lang)):
            self._told.add(person)

    def apology(self, arrival: Arrival) -> Outgoing:
        """Return what to tell a person whose event is put aside for good: help, if they asked.

        A moment of an exercise is an event they know nothing of, so they are told what they see.
        """
        if isinstance(arrival.event, Due):
            return _item(arrival, self._said("guide-stuck", arrival.lang), lane="reply")
        cry = cries(arrival.event, self._content.library, arrival.lang)
        if cry is not None:
            return _item(arrival, self._page(cry.language or arrival.lang), lane="crisis")
        return _item(arrival, self._said("turn-failed", arrival.lang), lane="reply")

    def _page(self, first: str) -> Spans:
        """Return the crisis page in the language `first`, and in as many more as one message holds.

        Which language the person chose stands in the store, which is what cannot be read.
        """
        known = self._content.library.pages
        spans: list[Span] = []
        length = 0
        for one in sorted(known, key=lambda language: language != first):
            page = self._content.lexicon.render(text(f"crisis-page-{one}"), one)
            length += len(plain(page)) + len(BETWEEN)
            if spans and length > LONGEST_PAGE:
                break
            spans += [Span(BETWEEN), *page] if spans else page
        return tuple(spans)

    def _said(self, key: str, lang: str) -> Spans:
        body, _ = rendered(self._content.lexicon, Message((text(key),)), lang, self._observer)
        return body

    async def _send(self, arrival: Arrival, body: Spans) -> bool:
        try:
            await self._ports[arrival.platform].send(_item(arrival, body, lane="crisis"), "")
        except NotDelivered:
            self._observer.undelivered(arrival.platform)
            return False
        return True


def _item(arrival: Arrival, body: Spans, *, lane: Lane) -> Outgoing:
    return Outgoing(
        id=derive_id(arrival.event.seed, "outage"),
        platform=arrival.platform,
        address=arrival.address,
        lane=lane,
        kind="send",
        key="",
        body=body,
    )
