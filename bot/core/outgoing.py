"""A message as it leaves: rendered, addressed, ready to be kept in the outbox and drawn.

Rendering happens before the commit, so what was promised to a person is what is sent, whatever
happens to the content files in between.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from bot.core.effects import Lane
from bot.core.text import Spans


@dataclass(frozen=True, slots=True)
class Button:
    """A rendered choice; `picked` is None for a plain button, else whether the switch is on."""

    label: str
    token: str
    picked: bool | None = None


@dataclass(frozen=True, slots=True)
class DrawnSeries:
    """One row of a chart with its label in words; as in `chart.Series`."""

    label: str
    values: tuple[int | None, ...] = field(repr=False)
    highest: int = 10


@dataclass(frozen=True, slots=True)
class DrawnChart:
    """A chart with its words; as in `chart.Chart`."""

    title: str
    first: str
    last: str
    series: tuple[DrawnSeries, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that leaves with a message: `content` as it stands, or a `chart` still to be drawn."""

    kind: Literal["data", "text", "picture"]
    name: str
    content: str = field(default="", repr=False)
    chart: DrawnChart | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message to one address. `kind` "edit" changes the message sent before under `key`.

    `typed` as in `effects.Message`: number no buttons here.

    `id` is drawn from the event that caused it, so a platform that takes a nonce can tell a
    repeat. `address` is the platform's own and secret.
    """

    id: int
    platform: str
    address: str = field(repr=False)
    lane: Lane
    kind: Literal["send", "edit"]
    key: str
    body: Spans = field(repr=False)
    buttons: tuple[Button, ...] = ()
    columns: int = 0
    typed: bool = False
    attached: Attached | None = field(default=None, repr=False)
