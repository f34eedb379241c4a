"""Finds the keys: in the environment, in their file, or made anew for a store that has none."""

from __future__ import annotations

import os

from bot.operations.config import KEYS_VARIABLE, Settings
from bot.storage.vault import Keyring, KeyringUnusable


def find_keys(settings: Settings, founded: bool) -> Keyring:
    """Return the keys for the store of `settings`; raises KeyringUnusable.

    A key file is made only where no store was `founded` yet: new keys beside an old database would
    look like a working program that has lost everything.
    """
    written = os.environ.get(KEYS_VARIABLE)
    if written:
        return Keyring.parse(written.replace(";", "\n"), source=KEYS_VARIABLE)
    path = settings.keys
    if not path.exists() and not founded:
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            return Keyring.create(path)
        except FileExistsError:
            return Keyring.read(path)
        except OSError as error:
            raise KeyringUnusable(f"{path}: cannot be written ({error.strerror})") from error
    if not path.exists():
        raise KeyringUnusable(
            f"{path}: there is no key file, but {settings.database} was sealed with one. Put the "
            f"key file back, or set key_file or {KEYS_VARIABLE} to where the keys are now."
        )
    return Keyring.read(path)
