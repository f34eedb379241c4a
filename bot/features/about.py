"""What this is and what it does: the menu, help, and who can see what."""

from __future__ import annotations

from bot.core.asking import go
from bot.core.effects import Turn
from bot.core.text import text
from bot.features.scene import Feature, Scene, interject, resume, tell


def menu(scene: Scene) -> Turn:
    """Show what can be done; with a question open, going back to it comes first."""
    welcomed = scene.session.welcomed
    names = ["checkin", "cope"] if welcomed else ["join", "question", "cope"]
    names += sorted(
        flow.command
        for flow in scene.library.flows.values()
        if flow.menu and flow.command and (welcomed or not flow.records)
    )
    names += ["note", "notes", "hope"] if welcomed and scene.session.keep_words else []
    names += ["lookback", "settings"] if welcomed else []
    names += ["privacy", "forget", "crisis"]
    if scene.session.flows:
        names.insert(0, "resume")
    return tell(scene, text("menu"), choices=tuple(go(name) for name in names))


def go_on(scene: Scene) -> Turn:
    """Ask the open question again, or show the menu where none is open."""
    return resume(scene) if scene.session.flows else menu(scene)


def explain(scene: Scene) -> Turn:
    """Say what this can and cannot do, and the words that always work."""
    start = "checkin" if scene.session.welcomed else "join"
    body = (text("help"), text("help-words"), text("help-why"))
    return interject(scene, *body, choices=(go(start), go("privacy"), go("crisis")))


def privacy(scene: Scene) -> Turn:
    """Say who can see what, what is kept for this person now, and how to leave."""
    session = scene.session
    kept = [
        ("kept-checkins", session.keep_checkins),
        ("kept-words", session.keep_words),
        ("kept-minor", session.age == "minor"),
        ("kept-visitor", not session.welcomed),
    ]
    now = [text(key) for key, holds in kept if holds] or [text("kept-nothing")]
    names = ("mydata", "kept", "forget") if session.welcomed else ("join", "mydata")
    buttons = tuple(go(name) for name in names)
    return interject(scene, text("privacy"), *now, text("privacy-leave"), choices=buttons)


FEATURE = Feature(
    name="about",
    commands={"menu": menu, "resume": go_on, "help": explain, "privacy": privacy},
    visitors=frozenset({"menu", "resume", "help", "privacy"}),
)
