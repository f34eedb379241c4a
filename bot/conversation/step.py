"""What one event does to one conversation.

Laws: (1) the crisis door comes before everything else and needs nothing known; (2) every turn
leaves a way out: a question on screen, or nothing open; (3) "stop" leaves within one turn.
The order is: crisis, global words and commands, the open flow, the fallback. Room rules, answers
to questions and small talk take their places between as their issues arrive.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from bot.conversation.intent import Wants, intent
from bot.conversation.openflow import answer, go_back, leave, settle, skip
from bot.core.asking import go
from bot.core.content import Library
from bot.core.effects import Loaded, Message, Need, Say, Turn
from bot.core.events import Event
from bot.core.state import Session
from bot.core.text import text
from bot.features import FEATURES
from bot.features.scene import Command, Scene, after, begin, interject, tell
from bot.features.settings import language_commands
from bot.features.welcome import greet


def step(
    session: Session, event: Event, library: Library, loaded: Loaded | None = None
) -> Turn | Need:
    """Return what becomes of `event`: a `Turn`, or a `Need` to be answered in `loaded`.

    Asked again with `loaded`, it always returns a `Turn`. It raises nothing: whatever a person
    sends, there is a sentence for it.
    """
    wants = intent(session, event, library)
    if wants.command == "crisis":
        return Turn(session, (crisis_page(),))
    scene = Scene(session, event, library, loaded)
    settled = settle(scene)
    result = _dispatch(replace(scene, session=settled.session), wants)
    return result if isinstance(result, Need) else after(settled, result)


def crisis_page() -> Say:
    """Return the static page that needs no database, no configuration and no known person."""
    return Say(Message((text("crisis-page"),)), lane="crisis")


def _dispatch(scene: Scene, wants: Wants) -> Turn | Need:
    if wants.command:
        return _command(scene, wants.command)
    if wants.nonce:
        if scene.session.flows and scene.session.flows[-1].nonce == wants.nonce:
            return answer(scene, tapped=wants.choice)
        return _stale(scene)
    if scene.session.flows:
        return answer(scene, said=wants.words)
    return _fallback(scene)


def _command(scene: Scene, command: str) -> Turn | Need:
    match command:
        case "stop":
            return leave(scene)
        case "back":
            return go_back(scene)
        case "skip":
            return skip(scene)
    run = commands(scene.library.languages).get(command)
    flow = scene.library.flow_for_command(command) if run is None else None
    if run is None and flow is None:
        return _unknown(scene)
    open_to_all = visitors(scene.library.languages)
    keeps_nothing = flow is not None and not flow.records
    if not scene.session.welcomed and command not in open_to_all and not keeps_nothing:
        return greet(scene)
    if run:
        return run(scene)
    return begin(scene, flow) if flow else _unknown(scene)


@lru_cache(maxsize=8)
def commands(languages: tuple[str, ...]) -> Mapping[str, Command]:
    """Return every command that is code, by name: the features', and one for each language."""
    found = dict(language_commands(languages))
    for feature in FEATURES:
        found.update(feature.commands)
    return found


@lru_cache(maxsize=8)
def visitors(languages: tuple[str, ...]) -> frozenset[str]:
    """Return the commands that need no welcome first; choosing a language is one of them."""
    chosen = frozenset(language_commands(languages))
    return chosen.union(*(feature.visitors for feature in FEATURES))


def _stale(scene: Scene) -> Turn:
    return interject(scene, text("stale-tap"), choices=(go("menu"), go("crisis")))


def _unknown(scene: Scene) -> Turn:
    return interject(scene, text("unknown-command"), choices=(go("menu"), go("crisis")))


def _fallback(scene: Scene) -> Turn:
    if not scene.session.welcomed:
        return greet(scene)
    return tell(scene, text("fallback"), choices=(go("checkin"), go("menu"), go("crisis")))
