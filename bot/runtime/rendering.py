"""A turn's effects to messages ready to leave: rendered before the commit, so promises stand."""

from __future__ import annotations

from collections.abc import Callable

from bot.core.chart import Chart
from bot.core.effects import Ask, Attach, Edit, File, Message, Say, Turn
from bot.core.ids import derive_id
from bot.core.outgoing import Attached, Button, DrawnChart, DrawnSeries, Outgoing
from bot.core.text import Spans, Text, plain, text
from bot.library.render import Lexicon, Unrenderable
from bot.runtime.observer import Observer
from bot.runtime.port import Arrival


def outgoing(
    lexicon: Lexicon, arrival: Arrival, turn: Turn, observer: Observer
) -> tuple[Outgoing, ...]:
    """Return the messages that `turn` says, addressed back to where `arrival` came from."""
    items: list[Outgoing] = []
    for effect in turn.effects:
        if not isinstance(effect, (Say, Ask, Edit, Attach)):
            continue
        lane = effect.lane if isinstance(effect, Say) else "reply"
        lang = turn.session.lang
        instead = f"crisis-page-{lang}" if lane == "crisis" else "answer-broken"
        body, buttons = rendered(lexicon, effect.message, lang, observer, instead=instead)
        file = effect.file if isinstance(effect, Attach) else None
        items.append(
            Outgoing(
                id=derive_id(arrival.event.seed, f"out {len(items)}"),
                platform=arrival.platform,
                address=arrival.address,
                lane=lane,
                kind="edit" if isinstance(effect, Edit) else "send",
                key="" if isinstance(effect, Attach) else effect.key,
                body=body,
                buttons=buttons,
                columns=effect.message.columns,
                typed=effect.message.typed,
                attached=attached(lexicon, file, lang, observer) if file else None,
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


def attached(lexicon: Lexicon, file: File, lang: str, observer: Observer) -> Attached:
    """Return `file` with its words in `lang`; an apology stands where one cannot be filled."""

    def words(one: Text) -> str:
        spans, _ = rendered(lexicon, Message((one,)), lang, observer)
        return plain(spans)

    lines = "".join(": ".join(words(part) for part in line) + "\n" for line in file.lines)
    chart = drawn_chart(file.chart, words) if file.chart else None
    return Attached(file.kind, file.name, file.content or lines, chart)


def drawn_chart(chart: Chart, words: Callable[[Text], str]) -> DrawnChart:
    """Return `chart` with `words` for its texts."""
    series = tuple(DrawnSeries(words(s.label), s.values, s.highest) for s in chart.series)
    return DrawnChart(words(chart.title), chart.first, chart.last, series)
