"""Values to bytes and back, the one place that knows msgspec.

Stored form: a version number, a colon, JSON. A reader for every version that was ever written
stays here, and a stored sample of each in `tests/samples`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

import msgspec

from bot.core.outgoing import Outgoing
from bot.core.state import SESSION_VERSION, Answer, Session

T = TypeVar("T")

OUTGOING_VERSION = 2
BODY_VERSION = 1

_encoder = msgspec.json.Encoder()
_session = msgspec.json.Decoder(Session)
# What a later version added, an older one reads as empty: 2 `care`; 3 wishes, tracks, latest,
# checked, and `ahead` of a run; 4 `coping`, a run's `part`, and what is left out of the exercises.
_sessions = dict.fromkeys((1, 2, 3, 4), _session)
_item = msgspec.json.Decoder(Outgoing)
_outgoing = {1: _item, 2: _item}  # 2 added `attached`
_bodies = {1: msgspec.json.Decoder(dict[str, Answer])}


class Undecodable(Exception):
    """Stored bytes are not what this program, or an older one, wrote."""


def encode_session(session: Session) -> bytes:
    """Return `session` as it is stored."""
    return _with_version(SESSION_VERSION, session)


def decode_session(stored: bytes) -> Session:
    """Return the session in `stored`, of this or an older version; raises Undecodable."""
    return _decode(_sessions, stored)


def encode_outgoing(item: Outgoing) -> bytes:
    """Return an outbox item as it is stored."""
    return _with_version(OUTGOING_VERSION, item)


def decode_outgoing(stored: bytes) -> Outgoing:
    """Return the outbox item in `stored`; raises Undecodable."""
    return _decode(_outgoing, stored)


def encode_body(body: Mapping[str, Answer]) -> bytes:
    """Return a record's body as it is stored."""
    return _with_version(BODY_VERSION, body)


def decode_body(stored: bytes) -> Mapping[str, Answer]:
    """Return the record body in `stored`; raises Undecodable."""
    return _decode(_bodies, stored)


def _with_version(version: int, value: object) -> bytes:
    return b"%d:" % version + _encoder.encode(value)


def _decode(decoders: Mapping[int, msgspec.json.Decoder[T]], stored: bytes) -> T:
    version, _, body = stored.partition(b":")
    known = decoders.get(int(version)) if version.isdigit() and len(version) < 5 else None
    if known is None:
        raise Undecodable("stored by no version that this program knows")
    try:
        return known.decode(body)
    except (ValueError, msgspec.MsgspecError) as error:
        # `from None`: the decoder's message may quote what a member said.
        raise Undecodable(f"stored version {int(version)}: {type(error).__name__}") from None
