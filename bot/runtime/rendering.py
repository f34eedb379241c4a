"""A turn's effects to messages ready to leave: rendered before the commit, so promises stand."""

from __future__ import annotations

from bot.core.effects import Ask, Edit, Message, Say, Turn
from bot.core.ids import derive_id
from bot.core.outgoing import Button, Outgoing
from bot.core.text import Spans, text
from bot.library.render import Lexicon, Unrenderable
from bot.runtime.observer import Observer
from bot.runtime.port import Arrival


def outgoing(
    lexicon: Lexicon, arrival: Arrival, turn: Turn, observer: Observer
) -> tuple[Outgoing, ...]:
    """Return the messages that `turn` says, addressed back to where `arrival` came from."""
    items: list[Outgoing] = []
    for effect in turn.effects:
        if not isinstance(effect, (Say, Ask, Edit)):
            continue
        lane = effect.lane if isinstance(effect, Say) else "reply"
        lang = turn.session.lang
        instead = f"crisis-page-{lang}" if lane == "crisis" else "answer-broken"
        body, buttons = rendered(lexicon, effect.message, lang, observer, instead=instead)
        items.append(
            Outgoing(
                id=derive_id(arrival.event.seed, f"out {len(items)}"),
                platform=arrival.platform,
                address=arrival.address,
                lane=lane,
                kind="edit" if isinstance(effect, Edit) else "send",
                key=effect.key,
                body=body,
                buttons=buttons,
                columns=effect.message.columns,
                typed=effect.message.typed,
            )
        )
    return tuple(items)


def rendered(
    lexicon: Lexicon,
    message: Message,
    lang: str,
    observer: Observer,
    *,
    instead: str = "answer-broken",
) -> tuple[Spans, tuple[Button, ...]]:
    """Return `message` in `lang`; one that cannot be filled becomes the sentence `instead`."""
    try:
        return lexicon.message(message, lang)
    except Unrenderable as error:
        observer.unrenderable(str(error))
        return lexicon.message(Message((text(instead),)), lang)
