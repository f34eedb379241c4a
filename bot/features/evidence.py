"""What is known of one exercise: what it is, when not to use it, and what it rests on.

Its source and the day that was opened are told by "why" (`why.py`), one tap from here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.core.asking import go
from bot.core.effects import Choice, Need, Turn
from bot.core.skills import Skill
from bot.core.text import text
from bot.features.cautions import hint
from bot.features.coping import cope, skill_about
from bot.features.ongoing import meant
from bot.features.scene import Feature, Scene, tell

TIERS: Mapping[int, str] = {1: "trials", 2: "tested", 3: "peers"}


def about(scene: Scene, *, name: str) -> Turn | Need:
    """Tell of the exercise called `name`; one that is open waits."""
    skill = scene.library.skill(name)
    return _told(scene, skill) if skill else cope(scene)


def about_this(scene: Scene) -> Turn | Need:
    """Tell of the exercise that is open, or of the one that was done last."""
    return about(scene, name=meant(scene))


def _told(scene: Scene, skill: Skill) -> Turn:
    body = (
        text(f"skill-{skill.id}-named", minutes=skill.minutes),
        replace(skill_about(scene, skill), tight=True),
        skill_about(scene, skill, "not_when"),
        text("exercise-evidence", tier=TIERS[skill.tier]),
    )
    begins = Choice(text(f"skill-{skill.id}-title"), f"go.do-{skill.id}")
    open_now = scene.session.flows
    choices = [go("resume") if open_now else begins, *hint(scene, skill), go("why")]
    choices += [go("skills")] if scene.session.welcomed else []
    return tell(scene, *body, choices=tuple(choices))


FEATURE = Feature(
    name="evidence",
    commands={"cope-about": about_this},
    named={"info": about},
    visitors=frozenset({"cope-about", "info"}),
)
