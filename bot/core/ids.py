"""Names drawn from an event's seed.

The core has no randomness of its own: the shell gives each event 16 random bytes, and everything
the event causes is named from them. So the same event always causes the same names, which is what
lets a turn be replayed after a conflict or compared with a reference run.
"""

from __future__ import annotations

import hashlib
from base64 import b32encode

_SIXTY_TWO_BITS = (1 << 62) - 1


def derive_id(seed: bytes, purpose: str) -> int:
    """Return a number of at most 62 bits for `purpose`: fits every database's integer key."""
    digest = hashlib.blake2b(purpose.encode(), key=seed, digest_size=8).digest()
    return int.from_bytes(digest, "big") & _SIXTY_TWO_BITS or 1


def derive_nonce(seed: bytes, purpose: str) -> str:
    """Return eight lower-case letters and digits (40 bits) that no one can guess."""
    digest = hashlib.blake2b(purpose.encode(), key=seed, digest_size=5).digest()
    return b32encode(digest).decode().lower()
