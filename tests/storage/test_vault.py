"""Keys: who can open what, what was moved or altered stays shut, and the file is guarded."""

from __future__ import annotations

import base64
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.storage.vault import Keyring, KeyringUnusable, Sealed, Vault, seal, unseal

ONE, TWO, LOOKUP = bytes(range(32)), bytes(range(1, 33)), bytes(range(2, 34))


def encoded(key: bytes) -> str:
    return base64.b64encode(key).decode()


def ring(*masters: tuple[int, bytes], lookup: bytes = LOOKUP) -> Keyring:
    return Keyring(dict(masters), lookup)


@settings(deadline=None)
@given(st.binary(max_size=200), st.text(max_size=30))
def test_what_is_sealed_opens_under_its_key_and_binding(value: bytes, bound: str) -> None:
    key = AESGCM(ONE)
    sealed = seal(key, value, bound)
    assert unseal(key, sealed, bound) == value
    assert len(value) < 4 or value not in sealed


def test_the_same_value_is_never_sealed_alike() -> None:
    key = AESGCM(ONE)
    assert len({seal(key, b"same", "here") for _ in range(100)}) == 100


def test_a_value_moved_to_another_row_stays_shut() -> None:
    key = AESGCM(ONE)
    sealed = seal(key, b"secret", "records|1|7|checkin")
    for elsewhere in ("records|2|7|checkin", "records|1|8|checkin", "records|1|7|note", ""):
        with pytest.raises(Sealed) as caught:
            unseal(key, sealed, elsewhere)
        assert "secret" not in str(caught.value)


@pytest.mark.parametrize("place", [0, 11, 12, -1])
def test_an_altered_value_stays_shut(place: int) -> None:
    key = AESGCM(ONE)
    sealed = bytearray(seal(key, b"secret", "here"))
    sealed[place] ^= 1
    with pytest.raises(Sealed):
        unseal(key, bytes(sealed), "here")


@pytest.mark.parametrize("length", [0, 5, 12, 27])
def test_a_value_cut_short_stays_shut(length: int) -> None:
    key = AESGCM(ONE)
    with pytest.raises(Sealed):
        unseal(key, seal(key, b"secret", "here")[:length], "here")


def test_another_key_opens_nothing() -> None:
    with pytest.raises(Sealed):
        unseal(AESGCM(TWO), seal(AESGCM(ONE), b"secret", "here"), "here")


def test_a_persons_key_is_wrapped_for_them_alone() -> None:
    vault = Vault(ring((1, ONE)))
    key, wrapped = vault.new_key("person 7")
    sealed = seal(key, b"secret", "here")
    assert unseal(vault.unwrap(wrapped, "person 7"), sealed, "here") == b"secret"
    with pytest.raises(Sealed):
        vault.unwrap(wrapped, "person 8")


def test_another_master_unwraps_nothing() -> None:
    _, wrapped = Vault(ring((1, ONE))).new_key("person 7")
    with pytest.raises(Sealed, match="does not open with this key file"):
        Vault(ring((1, TWO))).unwrap(wrapped, "person 7")
    with pytest.raises(Sealed, match="not in the key file"):
        Vault(ring((2, ONE))).unwrap(wrapped, "person 7")


@pytest.mark.parametrize("wrapped", [b"", b"\x00", b"\x00\x01", b"\x00\x01" + b"x" * 20])
def test_a_wrapped_key_cut_short_stays_shut(wrapped: bytes) -> None:
    with pytest.raises(Sealed):
        Vault(ring((1, ONE))).unwrap(wrapped, "person 7")


def test_a_new_master_wraps_and_the_old_one_still_unwraps() -> None:
    _, old = Vault(ring((1, ONE))).new_key("person 7")
    both = Vault(ring((1, ONE), (2, TWO)))
    _, new = both.new_key("person 8")
    both.unwrap(old, "person 7")
    Vault(ring((2, TWO))).unwrap(new, "person 8")


def test_lookups_survive_a_new_master_and_nothing_else() -> None:
    before = Vault(ring((1, ONE))).lookup("account", "terminal", "ana")
    assert len(before) == 32
    assert Vault(ring((2, TWO))).lookup("account", "terminal", "ana") == before
    others = [
        Vault(ring((1, ONE), lookup=TWO)).lookup("account", "terminal", "ana"),
        Vault(ring((1, ONE))).lookup("event", "terminal", "ana"),
        Vault(ring((1, ONE))).lookup("account", "terminala", "na"),
        Vault(ring((1, ONE))).lookup("account", "terminal", "ana", ""),
    ]
    assert before not in others
    assert len(set(others)) == len(others)


def test_no_repr_shows_a_key() -> None:
    assert repr(ring((1, ONE))) == "Keyring()"


# --- the file -------------------------------------------------------------------------------------


def test_a_new_key_file_is_its_owners_alone_and_reads_back(tmp_path: Path) -> None:
    path = tmp_path / "master.key"
    with umask(0):
        made = Keyring.create(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert Keyring.read(path) == made
    assert made.masters.keys() == {1}
    assert made != Keyring.create(tmp_path / "another.key")
    assert {one.name for one in tmp_path.iterdir()} == {"master.key", "another.key"}


def test_a_key_file_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "master.key"
    path.write_bytes(b"precious")
    with pytest.raises(FileExistsError):
        Keyring.create(path)
    assert path.read_bytes() == b"precious"
    assert [one.name for one in tmp_path.iterdir()] == ["master.key"]


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o644, 0o610])
def test_a_key_file_that_others_can_use_is_refused(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "master.key"
    Keyring.create(path)
    path.chmod(mode)
    with pytest.raises(KeyringUnusable) as caught:
        Keyring.read(path)
    assert f"chmod 600 {path}" in str(caught.value)
    path.chmod(0o400)
    Keyring.read(path)


def test_a_key_file_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(KeyringUnusable, match="there is no key file here"):
        Keyring.read(tmp_path / "master.key")


@pytest.mark.parametrize("content", [b"\xff\xfe", "lookup é".encode()])
def test_a_key_file_that_is_no_text_is_said_so(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "master.key"
    path.write_bytes(content)
    path.chmod(0o600)
    with pytest.raises(KeyringUnusable, match="cannot be read"):
        Keyring.read(path)


GOOD_LOOKUP, GOOD_MASTER = f"lookup {encoded(LOOKUP)}", f"master-1 {encoded(ONE)}"


def test_comments_blank_lines_and_several_masters_are_read() -> None:
    written = f"# ours\n\n  {GOOD_LOOKUP}  \r\n{GOOD_MASTER}\nmaster-12 {encoded(TWO)}"
    assert Keyring.parse(written, source="here") == ring((1, ONE), (12, TWO))


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("", 'here: needs a line "lookup ..." and a line "master-1 ..."'),
        (GOOD_LOOKUP, 'here: needs a line "lookup ..." and a line "master-1 ..."'),
        (GOOD_MASTER, 'here: needs a line "lookup ..." and a line "master-1 ..."'),
        (f"{GOOD_LOOKUP}\nmaster-1 ***", "here, line 2: not a base64 key"),
        (f"{GOOD_LOOKUP}\nmaster-1 ключ", "here, line 2: not a base64 key"),
        (f"{GOOD_LOOKUP}\nmaster-1  {encoded(ONE)}", "here, line 2: not a base64 key"),
        (f"{GOOD_LOOKUP}\nmaster-1", "here, line 2: a key has 32 bytes"),
        (f"{GOOD_LOOKUP}\nmaster-1 {encoded(ONE[:16])}", "here, line 2: a key has 32 bytes"),
        (f"{GOOD_LOOKUP}\n{GOOD_LOOKUP}", "here, line 2: lookup stands twice"),
        (f"{GOOD_MASTER}\nmaster-1 {encoded(TWO)}", "here, line 2: master-1 stands twice"),
        *(
            (f"{name} {encoded(ONE)}", 'here, line 1: begins with neither "lookup" nor "master-1"')
            for name in ("master", "master-0", "master-x", "master-70000", "Lookup", "master-٣")
        ),
    ],
)
def test_a_wrong_key_file_says_where_and_what_and_never_a_key(written: str, sentence: str) -> None:
    with pytest.raises(KeyringUnusable) as caught:
        Keyring.parse(written, source="here")
    assert str(caught.value) == sentence
    assert caught.value.__cause__ is None


@contextmanager
def umask(mask: int) -> Iterator[None]:
    before = os.umask(mask)
    try:
        yield
    finally:
        os.umask(before)
