"""What each part of a turn costs alone, over the very values of real turns.

    python -m tests.bench.parts

Prints one line of JSON: for every part its microseconds of CPU time a message. What SQLite takes
is the yardstick's figure, so it is not here.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bot.conversation import step
from bot.core.content import Library
from bot.core.effects import Record, Turn
from bot.core.outgoing import Outgoing
from bot.core.state import Session
from bot.core.verdict import Verdict
from bot.library.files import content_folder
from bot.library.load import Content, load_content
from bot.runtime.observer import Unobserved
from bot.runtime.port import Arrival
from bot.runtime.rendering import outgoing
from bot.storage.codec import decode_session, encode_body, encode_outgoing, encode_session
from bot.storage.vault import Vault, seal, unseal
from tests.bench.checkin import KEYRING, LINES, arrival
from tests.bench.members import session
from tests.bench.ours import REF

MEMBERS = 200
REPEATS = 7
BOUND = "outbox|4611686018427387904|bench|1"
"""As long as what a sealed row is bound to."""


@dataclass(frozen=True, slots=True)
class Told:
    """One message of one member, and everything that came of it."""

    arrival: Arrival
    before: Session
    turn: Turn
    replies: tuple[Outgoing, ...]
    key: AESGCM
    wrapped: bytes
    sealed: bytes


class Remembering:
    """A screen that works once for each text: what a turn costs without the screen's own work."""

    def __init__(self, screen: Callable[[str, str], Verdict]) -> None:
        """Ask `screen` about what is new."""
        self.screen = screen
        self._verdicts: dict[str, Verdict] = {}
        self.asked: list[tuple[str, str]] = []

    def __call__(self, text: str, language: str) -> Verdict:
        """Return what the screen said of `text`."""
        self.asked.append((text, language))
        if text not in self._verdicts:
            self._verdicts[text] = self.screen(text, language)
        return self._verdicts[text]


def stepped(before: Session, came: Arrival, library: Library) -> Turn:
    """Return the turn; a check-in needs nothing looked up."""
    turn = step(before, came.event, library)
    if not isinstance(turn, Turn):
        raise TypeError("a check-in that needs facts: measure their loading too")
    return turn


def told(content: Content, vault: Vault) -> list[Told]:
    """Return what comes of the check-ins of some members."""
    found = []
    for member in range(MEMBERS):
        state = session(member)
        key, wrapped = vault.new_key(f"person {state.person}")
        for words in LINES:
            came = arrival(member, words)
            turn = stepped(state, came, content.library)
            replies = outgoing(content.lexicon, came, turn, Unobserved())
            sealed = seal(key, encode_session(state), BOUND)
            found.append(Told(came, state, turn, replies, key, wrapped, sealed))
            state = turn.session
    return found


def parts(content: Content) -> dict[str, float]:
    """Return the microseconds of every part."""
    vault = Vault(KEYRING)
    screen = content.library.screen
    remembering = Remembering(screen)
    content = replace(content, library=replace(content.library, screen=remembering))
    messages = told(content, vault)
    asked = tuple(remembering.asked)
    day_key, _ = vault.new_key("day")

    def arriving() -> None:
        for one in range(MEMBERS):
            for words in LINES:
                arrival(one, words)

    def hashing() -> None:
        for one in messages:
            vault.lookup("account", one.arrival.platform, one.arrival.user)
            vault.lookup("event", one.arrival.platform, one.arrival.event.id)

    def opening() -> None:
        for one in messages:
            key = vault.unwrap(one.wrapped, f"person {one.before.person}")
            decode_session(unseal(key, one.sealed, BOUND))

    def thinking() -> None:
        for one in messages:
            stepped(one.before, one.arrival, content.library)

    def screening() -> None:
        for text, language in asked:
            screen(text, language)

    def rendering() -> None:
        for one in messages:
            outgoing(content.lexicon, one.arrival, one.turn, Unobserved())

    def sealing() -> None:
        for one in messages:
            seal(one.key, encode_session(one.turn.session), BOUND)
            for effect in one.turn.effects:
                if isinstance(effect, Record):
                    seal(one.key, encode_body(effect.body), BOUND)
            for reply in one.replies:
                seal(day_key, encode_outgoing(reply), BOUND)
                vault.lookup("place", reply.platform, reply.address)
                seal(day_key, REF.encode(), BOUND)

    works = {
        "arriving": arriving,
        "hashing": hashing,
        "opening": opening,
        "thinking": thinking,
        "screening": screening,
        "rendering": rendering,
        "sealing": sealing,
    }
    return {name: spent(work) / len(messages) for name, work in works.items()}


def spent(work: Callable[[], None]) -> float:
    """Return the microseconds of CPU time that `work` takes, the median of several times."""
    times = []
    for _ in range(REPEATS):
        begun = time.process_time_ns()
        work()
        times.append((time.process_time_ns() - begun) / 1000)
    return statistics.median(times)


if __name__ == "__main__":
    sys.stdout.write(json.dumps(parts(load_content(content_folder()))) + "\n")
