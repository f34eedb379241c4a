"""Seals what is kept: AES-256-GCM, one random key per person, wrapped by a master key.

Associated data binds every sealed value to its table, row, person and kind, so that a value moved
to another row does not open. Losing a person's wrapped key makes everything of theirs unreadable.
Lookup hashes have a key of their own, which a change of master key leaves alone.
"""

from __future__ import annotations

import base64
import hmac
import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
_NONCE_BYTES = 12
_KEY_NAME = re.compile(r"lookup|master-[1-9][0-9]{0,3}")


class KeyringUnusable(Exception):
    """The key file is missing, malformed or readable by others; the message says how to mend it."""


class Sealed(Exception):
    """A stored value does not open with this key: it was altered, moved, or is someone else's."""


@dataclass(frozen=True, slots=True)
class Keyring:
    """The keys that unlock everything: `masters` by number, the highest in use, and `lookup`."""

    masters: Mapping[int, bytes] = field(repr=False)
    lookup: bytes = field(repr=False)

    @classmethod
    def create(cls, path: Path) -> Keyring:
        """Write a new key file at `path`, readable by its owner alone, and return its keys.

        Raises FileExistsError where there is one already: a key is never overwritten.
        """
        master, lookup = secrets.token_bytes(KEY_BYTES), secrets.token_bytes(KEY_BYTES)
        lines = (
            "# Alongside's keys. Without this file nothing that is stored can be read again.\n"
            "# Keep a copy apart from the data, and let nobody else have it.\n"
            f"lookup {base64.b64encode(lookup).decode()}\n"
            f"master-1 {base64.b64encode(master).decode()}\n"
        )
        partial = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
        descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(descriptor, "w", encoding="ascii") as file:
                file.write(lines)
                file.flush()
                os.fsync(file.fileno())
            os.link(partial, path)
        finally:
            partial.unlink(missing_ok=True)
        _make_lasting(path.parent)
        return cls({1: master}, lookup)

    @classmethod
    def read(cls, path: Path) -> Keyring:
        """Return the keys in the file at `path`; raises KeyringUnusable."""
        try:
            if os.name == "posix" and path.stat().st_mode & 0o077:
                raise KeyringUnusable(
                    f"{path}: other users of this machine can read the keys; run: chmod 600 {path}"
                )
            return cls.parse(path.read_text(encoding="ascii"), source=str(path))
        except FileNotFoundError as error:
            raise KeyringUnusable(f"{path}: there is no key file here") from error
        except (OSError, UnicodeDecodeError) as error:
            raise KeyringUnusable(f"{path}: cannot be read ({type(error).__name__})") from error

    @classmethod
    def parse(cls, written: str, *, source: str) -> Keyring:
        """Return the keys in `written`, lines of "name base64"; raises KeyringUnusable."""
        keys: dict[str, bytes] = {}
        for number, line in enumerate(written.splitlines(), start=1):
            name, _, encoded = line.strip().partition(" ")
            if not name or name.startswith("#"):
                continue
            where = f"{source}, line {number}"
            if not _KEY_NAME.fullmatch(name):
                raise KeyringUnusable(f'{where}: begins with neither "lookup" nor "master-1"')
            if name in keys:
                raise KeyringUnusable(f"{where}: {name} stands twice")
            try:
                keys[name] = base64.b64decode(encoded, validate=True)
            except ValueError:
                raise KeyringUnusable(f"{where}: not a base64 key") from None
            if len(keys[name]) != KEY_BYTES:
                raise KeyringUnusable(f"{where}: a key has {KEY_BYTES} bytes")
        lookup = keys.pop("lookup", b"")
        if not lookup or not keys:
            raise KeyringUnusable(f'{source}: needs a line "lookup ..." and a line "master-1 ..."')
        return cls({int(name.removeprefix("master-")): key for name, key in keys.items()}, lookup)


class Vault:
    """Opens and seals with one keyring."""

    def __init__(self, keyring: Keyring) -> None:
        """Use the highest-numbered master key for wrapping, and all of them for unwrapping."""
        self._masters = {number: AESGCM(key) for number, key in keyring.masters.items()}
        self._current = max(self._masters)
        self._lookup = hmac.new(keyring.lookup, digestmod="sha256")

    def lookup(self, *parts: str) -> bytes:
        """Return the 32-byte keyed hash under which something known only outside is found again."""
        keyed = self._lookup.copy()
        keyed.update("\x1f".join(parts).encode())
        return keyed.digest()

    def new_key(self, owner: str) -> tuple[AESGCM, bytes]:
        """Return a fresh random key, and the same key wrapped for storage in `owner`'s row."""
        raw = AESGCM.generate_key(bit_length=256)
        nonce = os.urandom(_NONCE_BYTES)
        wrapped = self._masters[self._current].encrypt(nonce, raw, f"key|{owner}".encode())
        return AESGCM(raw), self._current.to_bytes(2, "big") + nonce + wrapped

    def unwrap(self, wrapped: bytes, owner: str) -> AESGCM:
        """Return the key in `wrapped`; raises Sealed where no master key of ours opens it."""
        master = self._masters.get(int.from_bytes(wrapped[:2], "big"))
        if master is None:
            raise Sealed("wrapped by a master key that is not in the key file")
        nonce, sealed = wrapped[2 : 2 + _NONCE_BYTES], wrapped[2 + _NONCE_BYTES :]
        try:
            return AESGCM(master.decrypt(nonce, sealed, f"key|{owner}".encode()))
        except (InvalidTag, ValueError):
            raise Sealed("a wrapped key does not open with this key file") from None


def _make_lasting(folder: Path) -> None:
    """See that a new name in `folder` survives a power cut, where the system can promise that."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def seal(key: AESGCM, value: bytes, bound_to: str) -> bytes:
    """Return `value` sealed under `key` and bound to `bound_to`."""
    nonce = os.urandom(_NONCE_BYTES)
    return nonce + key.encrypt(nonce, value, bound_to.encode())


def unseal(key: AESGCM, sealed: bytes, bound_to: str) -> bytes:
    """Return what `sealed` holds; raises Sealed where key or binding is wrong."""
    try:
        return key.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], bound_to.encode())
    except (InvalidTag, ValueError):
        raise Sealed("a stored value does not open with its key") from None
