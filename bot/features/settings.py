"""What a member may change: what is kept, their path, their language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.core.effects import Turn
from bot.core.flow import facts
from bot.core.state import FlowState
from bot.features.scene import Command, Feature, Scene, ask_again, begin, close
from bot.features.welcome import greet


def settings(scene: Scene) -> Turn:
    """Open the settings form."""
    return begin(scene, scene.library.flows["settings"])


def changed(scene: Scene, state: FlowState) -> Turn:
    """Put the answers of the form into effect at once."""
    known = facts(state)
    session = scene.session
    kept = known.get("keep")
    if isinstance(kept, tuple) and session.age == "adult":
        session = replace(session, keep_checkins="checkins" in kept, keep_words="words" in kept)
    if path := known.get("path") if known.get("what") == "path" else None:
        session = replace(session, path=str(path))
    language = known.get("language")
    if language in scene.library.languages:
        session = replace(session, lang=str(language))
    return close(scene.with_session(session), state)


def speak(language: str) -> Command:
    """Return the command that goes on in `language` from now on."""

    def go_on(scene: Scene) -> Turn:
        scene = scene.with_session(replace(scene.session, lang=language))
        return ask_again(scene) if scene.session.flows else greet(scene)

    return go_on


def language_commands(languages: tuple[str, ...]) -> Mapping[str, Command]:
    """Return one command per language, "lang-en" and so on, for the languages content has."""
    return {f"lang-{one}": speak(one) for one in languages}


FEATURE = Feature(
    name="settings",
    commands={"settings": settings},
    endings={"settings": changed},
)
