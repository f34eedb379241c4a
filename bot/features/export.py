"""Everything kept about a person as one JSON text; its format is described in docs/data.md.

Whatever a session may come to hold is in it by itself, because fields are gone through one by one;
what is left out stands in `LEFT_OUT`, with the reason.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime

from bot.core.effects import Fact
from bot.core.state import FlowState, Session
from bot.features.kinds import declared
from bot.features.scene import Scene

FORMAT, VERSION = "alongside-export", 1

LEFT_OUT: Mapping[type, Mapping[str, str]] = {
    Session: {"person": "a number of ours that ties rows together; it means nothing elsewhere"},
    FlowState: {
        "run": "names a message on a screen, or is drawn by chance; nothing of the person's",
        "nonce": "what the buttons of one message carry",
    },
}
"""What the export does not hold of a session, by type and field, and why."""


def written(scene: Scene) -> str:
    """Return everything kept about the person, as JSON with two spaces to a level."""
    loaded = scene.loaded
    facts = sorted(loaded.facts, key=lambda one: (one.at, one.id)) if loaded else ()
    promises = loaded.reminders if loaded else ()
    content = {
        "format": FORMAT,
        "version": VERSION,
        "made": _told(scene.event.at),
        "session": _told(scene.session),
        "facts": [_fact(one) for one in facts],
        "promises": [{"kind": one.kind, "due": _told(one.due)} for one in promises],
        "kinds": {
            kind: {"what": keeps.what, "why": keeps.why, "until": keeps.until}
            for kind, keeps in declared().items()
        },
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _fact(fact: Fact) -> Mapping[str, object]:
    """Return `fact` as it is written. Ids have too many digits for a number in JSON."""
    return {
        "id": str(fact.id),
        "kind": fact.kind,
        "time": _told(fact.at),
        "day": fact.body.get("day"),
        "replaces": str(fact.replaces) if fact.replaces else None,
        "body": _told(fact.body),
    }


def _told(value: object) -> object:
    """Return `value` in the terms of JSON: a dataclass by its fields, a time in UTC."""
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat()
        case Mapping():
            return {str(key): _told(one) for key, one in value.items()}
        case tuple():
            return [_told(one) for one in value]
    if is_dataclass(value) and not isinstance(value, type):
        left = LEFT_OUT.get(type(value), {})
        names = [one.name for one in fields(value) if one.name not in left]
        return {name: _told(getattr(value, name)) for name in names}
    return value
