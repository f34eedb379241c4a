"""Values to bytes and back, the one place that knows msgspec.

Stored form: a version number, a colon, JSON. A reader for every version that was ever written
stays here, and a stored sample of each in `tests/samples`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TypeVar

import msgspec

from bot.core.outgoing import Outgoing
from bot.core.state import SESSION_VERSION, Answer, Session

T = TypeVar("T")

OUTGOING_VERSION = 2
BODY_VERSION = 1

_encoder = msgspec.json.Encoder()
_session = msgspec.json.Decoder(Session).decode


class _Turned(msgspec.Struct):
    """A path as it was kept up to version 4: with the day its fresh page began on."""

    fresh: str = ""


class _Paths(msgspec.Struct):
    """What of a session up to version 4 stands elsewhere now."""

    tracks: tuple[_Turned, ...] = ()


_paths = msgspec.json.Decoder(_Paths).decode


def _session_4(body: bytes) -> Session:
    """Return a session up to version 4, its fresh page where it is now: one for all paths.

    Where paths had several, the latest hid what came before it; no hidden day is shown again.
    """
    session = _session(body)
    fresh = max((one.fresh for one in _paths(body).tracks), default="")
    if session.wishes.fresh or not fresh:
        return session
    return replace(session, wishes=replace(session.wishes, fresh=fresh))


# What a later version added, an older one reads as empty: 2 `care`; 3 wishes, tracks, latest;
# 4 `ahead` of a run, and `checked`; 5 `coping`, a run's `part`, what is wished of the exercises,
# the day of the latest words, when a path ended, and `introduced`. 5 also moved the fresh page.
_sessions = {**dict.fromkeys((1, 2, 3, 4), _session_4), 5: _session}
_item = msgspec.json.Decoder(Outgoing).decode
_outgoing = {1: _item, 2: _item}  # 2 added `attached`
_bodies = {1: msgspec.json.Decoder(dict[str, Answer]).decode}


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


def _decode(readers: Mapping[int, Callable[[bytes], T]], stored: bytes) -> T:
    version, _, body = stored.partition(b":")
    known = readers.get(int(version)) if version.isdigit() and len(version) < 5 else None
    if known is None:
        raise Undecodable("stored by no version that this program knows")
    try:
        return known(body)
    except (ValueError, msgspec.MsgspecError) as error:
        # `from None`: the decoder's message may quote what a member said.
        raise Undecodable(f"stored version {int(version)}: {type(error).__name__}") from None
