"""What authors do to the content while people are in the middle of it, careful and careless."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import get_args

from bot.conversation.openflow import endings
from bot.core.content import Flow, Library, Step, StepKind
from bot.core.skills import Part, Skill
from bot.library.lint import NEEDED_FLOWS
from tests.worlds import content


def _edited(flow: Flow) -> list[Flow]:
    """Return `flow` after each of a dozen edits an author might make."""
    steps = flow.steps
    # One that is told no exercise has no step that leads through one; the check refuses it.
    kinds = [one for one in get_args(StepKind) if one != "guide" or "skill" in flow.given]
    found = [
        replace(flow, version=flow.version + 1, steps=(Step("fresh", "scale"), *steps)),
        replace(flow, steps=(*steps, Step("last", "text"))),
        replace(flow, steps=tuple(reversed(steps))),
        replace(flow, records="" if flow.records else "other"),
    ]
    for place, one in enumerate(steps):
        others = (*steps[:place], *steps[place + 1 :])
        if not all(other.when for other in others):  # else there is nothing to ask; never loaded
            found.append(replace(flow, version=flow.version + 1, steps=others))
        renamed = replace(one, name=f"new_{place}", was=(*one.was, one.name))
        found.append(replace(flow, steps=(*steps[:place], renamed, *steps[place + 1 :])))
        kind = kinds[(kinds.index(one.kind) + 1 + place) % len(kinds)]
        changed = replace(one, kind=kind, options=one.options or ("a", "b"), lowest=2, highest=5)
        found.append(replace(flow, steps=(*steps[:place], changed, *steps[place + 1 :])))
        if len(one.options) > 1:
            fewer = replace(one, options=one.options[1:], heard={})
            found.append(replace(flow, steps=(*steps[:place], fewer, *steps[place + 1 :])))
    return found


def _rewritten(skill: Skill) -> list[Skill]:
    """Return `skill` after each of the edits an author might make to its parts."""
    first, *rest = skill.parts
    return [
        replace(skill, parts=tuple(rest)),
        replace(skill, parts=(first, rest[-1])),
        replace(skill, parts=(replace(first, name="fresh", was=(first.name,)), *rest)),
        replace(skill, parts=tuple(replace(one, name=f"new{one.name}") for one in skill.parts)),
        replace(skill, parts=tuple(replace(one, times=one.times // 3) for one in skill.parts)),
        replace(skill, parts=tuple(Part(one.name) for one in skill.parts)),
        replace(skill, parts=tuple(Part(one.name, breath=(4, 6), times=3) for one in skill.parts)),
    ]


@lru_cache(maxsize=1)
def libraries() -> list[Library]:
    """Return the content as it is, then as it could become; what code needs stays there."""
    now = content().library
    found = [now]
    for flow in now.flows.values():
        for edited in _edited(flow):
            found.append(replace(now, flows={**now.flows, flow.id: edited}))
    needed = {*endings(), *NEEDED_FLOWS}
    for gone in sorted(set(now.flows) - needed):
        left = {name: flow for name, flow in now.flows.items() if name != gone}
        found.append(replace(now, flows=left))
        was = replace(now.flows[gone], id="renamed", was=(gone,))
        found.append(replace(now, flows={**left, "renamed": was}))
    for number in range(len(_rewritten(now.skills["surf"]))):
        written = {name: _rewritten(one)[number] for name, one in now.skills.items()}
        found.append(replace(now, skills=written))
    renamed = (replace(one, id=f"new{name}", was=(name,)) for name, one in now.skills.items())
    found.append(replace(now, skills={one.id: one for one in renamed}))
    found.append(replace(now, skills={}))
    return found
